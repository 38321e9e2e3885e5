"""Workspace files: made whole or not at all, one writer, faults named, nothing half-written."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import new_office, reading_office
from kjxd_desktop.domain.faults import FAULT_CODES, WorkspaceFault
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.storage.history.history import stored_lines
from kjxd_desktop.storage.history.line import ORIGIN
from kjxd_desktop.storage.sqlite.engine import open_engine
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.wording.faults import fault_sentence
from tests.helpers.offices import CITY, COUNTY, KEY, PLAN, FixedClock, again, county_office, fill_all
from tests.helpers.waiting import PATIENCE_S

# Bytes a file may grow to on the "full" disk: less than one page of the log.
LITTLE = 2000
RUN = [sys.executable, "-m", "kjxd_desktop"]


def fault_of(call) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(WorkspaceFault) as caught:
        call()
    assert fault_sentence(caught.value)
    return caught.value.code


def open_again(path: Path) -> None:
    with again(path):
        pass


def test_second_writer_is_refused_and_readers_are_not(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        assert fault_of(lambda: open_again(office.store.path)) == "in_use"
        with reading_office(office.store.path) as reader:
            assert reader.actions.desk.desk().unit.code == COUNTY
            assert fault_of(lambda: reader.actions.fill.edit(KEY, "I13", TextEdit("1"))) == "viewing"
    open_again(office.store.path)


def test_files_that_are_no_workspace(tmp_path: Path) -> None:
    assert fault_of(lambda: open_again(tmp_path / "nothing.kjxd")) == "absent"
    text = tmp_path / "text.kjxd"
    text.write_text("这不是数据文件" * 100, encoding="utf-8")
    assert fault_of(lambda: open_again(text)) == "not_a_workspace"
    foreign = tmp_path / "foreign.kjxd"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert fault_of(lambda: open_again(foreign)) == "not_a_workspace"


def test_a_newer_file_is_refused_and_untouched(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        path = office.store.path
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = path.read_bytes()
    assert fault_of(lambda: open_again(path)) == "newer"
    assert path.read_bytes() == before


def test_nothing_is_made_when_the_choice_does_not_hold(tmp_path: Path) -> None:
    def make(role: Role, unit: str, path: Path = tmp_path / "w.kjxd") -> None:
        with new_office(path, role, unit, PLAN, FixedClock()):
            pass

    for role, unit in ((Role.CITY, COUNTY), (Role.COUNTY, CITY), (Role.COUNTY, "999999")):
        with pytest.raises(ProblemError):
            make(role, unit)
    assert list(tmp_path.iterdir()) == []
    assert fault_of(lambda: make(Role.COUNTY, COUNTY, tmp_path / "no" / "w.kjxd"))
    make(Role.COUNTY, COUNTY)
    assert fault_of(lambda: make(Role.COUNTY, COUNTY)) == "exists"


def test_a_failing_block_writes_nothing(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        with pytest.raises(RuntimeError), office.store.writing("test", None) as uow:
            uow.returns.put(office.actions.fill.sheet(KEY).head)
            raise RuntimeError("stop")
        with office.store.reading() as uow:
            assert uow.returns.find(KEY) is None
            assert {line.what for line in uow.history.of()} == {"workspace", "plan", "own_unit"}


def test_history_is_linked(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        path = office.store.path
    engine = open_engine(path)
    with engine.connect() as connection:
        lines = tuple(stored_lines(connection))
    engine.dispose()
    before = ORIGIN
    for line in lines:
        assert line.linked(before) == line.link
        before = line.link
    assert len(lines) > 14


def test_full_disk_keeps_what_was_saved(tmp_path: Path) -> None:
    """A real limit: SQLite may not grow the file any more."""
    with county_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        path = office.store.path
    with again(path) as office:
        # The limit belongs to a connection; the pool hands out the one it has.
        with office.store._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(WorkspaceFault) as caught:
            for number in range(2000):
                office.actions.fill.edit(KEY, "I13", RemarkEdit("note", f"{number:0500d}"))
        assert caught.value.code == "disk_full"
        assert "以前存好的数据都在" in fault_sentence(caught.value)
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"
    with again(path) as office:
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"
        office.actions.fill.edit(KEY, "I13", TextEdit("13"))


def test_file_size_limit_in_a_real_process(tmp_path: Path) -> None:
    """RLIMIT_FSIZE stands for a full disk; status 4, one sentence, the value from before is there."""
    with county_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        path = office.store.path

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LITTLE, LITTLE))

    command = [*RUN, "set", "--workspace", str(path), "--period", "2024Q3", "--indicator", "I13", "99"]
    done = subprocess.run(
        command, preexec_fn=limit, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 4
    assert "以前存好的数据都在" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    with again(path) as office:
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"


def test_killed_right_after_a_commit(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        path = office.store.path
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from kjxd_desktop.usecases.filling.edits import TextEdit\n"
        "from tests.helpers.offices import KEY, again\n"
        "with again(Path(sys.argv[1])) as office:\n"
        "    office.actions.fill.edit(KEY, 'I12', TextEdit('1.50'))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], timeout=PATIENCE_S, check=False)
    assert done.returncode == -signal.SIGKILL
    with again(path) as office:
        assert str(office.actions.fill.row(KEY, "I12").entry.value) == "1.50"


def test_read_only_file_and_folder(tmp_path: Path) -> None:
    """Real permissions: writing is refused in one sentence, reading still works, nothing changes."""
    with county_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        path = office.store.path
    path.with_name(path.name + ".lock").unlink(missing_ok=True)
    before = path.read_bytes()
    os.chmod(path, 0o444)
    os.chmod(tmp_path, 0o555)
    words = ("--workspace", str(path), "--period", "2024Q3")
    done = run_bound([*RUN, "set", *words, "--indicator", "I13", "99"])
    show = run_bound([*RUN, "show", *words, "--json"])
    os.chmod(tmp_path, 0o755)
    os.chmod(path, 0o644)
    assert done.returncode == 4, done.stderr
    assert "数据" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert show.returncode == 0, show.stderr
    assert '"value": "12"' in show.stdout
    assert path.read_bytes() == before


def run_bound(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command that permissions bind: root gives up its right to override them."""
    if os.getuid() == 0:
        rights = "-dac_override,-dac_read_search"
        command = ["setpriv", "--bounding-set", rights, "--inh-caps", rights, *command]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)


def test_every_fault_has_its_sentence() -> None:
    for code in FAULT_CODES:
        sentence = fault_sentence(WorkspaceFault(code, path="某处"))
        assert "数据" in sentence or "没有" in sentence
        assert sentence.endswith(("。", "？"))
