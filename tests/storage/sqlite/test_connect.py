"""A database is opened by its exact name, is never made by the way, and is read where nothing can be written."""

from __future__ import annotations

import ast
import os
import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import kjxd_desktop
from kjxd_desktop.bootstrap.office import new_office, reading_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.paths import migrations_dir
from kjxd_desktop.storage.sqlite import connect as room
from kjxd_desktop.storage.sqlite.connect import CREATE, MOST_STEPS, READ, WRITE, connect
from kjxd_desktop.storage.sqlite.vault import SqlVault
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, again, county_office

Usage = namedtuple("Usage", "total used free")
NAMES = [
    "完成95%2024年.kjxd",
    "a#b?mode=memory&cache=shared.kjxd",
    "%20 %41.kjxd",
    ":memory:",
    "file:x.kjxd",
    "🙂 会宁\u3000县.kjxd",
    'it\'s "q" [1] {2} $HOME `x` ;.kjxd',
    "行\n二.kjxd",
    "-rf.kjxd",
    " 前后空格 ",
    "a" * 245 + ".kjxd",
    "会" * 81 + ".kjxd",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_any_legal_name_is_that_file_and_no_other(tmp_path: Path, name: str) -> None:
    path = tmp_path / "中文 50%#?" / name
    path.parent.mkdir()
    with new_office(path, Role.COUNTY, COUNTY, PLAN, FixedClock()) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        assert office.store.path == path
    with again(path) as office:
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"
    with closing(connect(path, WRITE)) as connection:
        assert connection.execute("SELECT count(*) FROM entries").fetchone() == (1,)
    assert {item.name for item in path.parent.iterdir()} <= {name, f"{name}.lock"}
    backup = SqlVault(path, tmp_path / "backups", migrations_dir(), FixedClock(), "").export(
        tmp_path / "x.kjxd"
    )
    assert backup.sound


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_no_character_set_knows(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.kjxd"))
    with new_office(path, Role.COUNTY, COUNTY, PLAN, FixedClock()):
        pass
    assert os.listdir(os.fsencode(tmp_path)).count(b"\xff\xfe.kjxd") == 1


def test_a_name_longer_than_the_system_takes_is_said_to_be_so(tmp_path: Path) -> None:
    long = tmp_path / ("会" * 90)
    for opened in (
        new_office(long, Role.COUNTY, COUNTY, PLAN, FixedClock()),
        again(long),
        reading_office(long, FixedClock()),
    ):
        with pytest.raises(WorkspaceFault) as caught, opened:
            pass
        assert caught.value.code == "name_too_long"
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_there_is_not_made(tmp_path: Path) -> None:
    for mode in (READ, WRITE):
        with pytest.raises(sqlite3.OperationalError):
            connect(tmp_path / "none.kjxd", mode).execute("SELECT 1 FROM sqlite_master")
    assert list(tmp_path.iterdir()) == []


# Where nothing can be written


@pytest.fixture
def read_only_medium(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick that was pulled from another computer's running program, and is locked now."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with county_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        office.actions.keep.settle()
        office.actions.fill.edit(KEY, "I13", TextEdit("13"))
        for side in ("", "-wal"):
            source = office.store.path
            shutil.copyfile(source.with_name(source.name + side), stick / f"county.kjxd{side}")
    assert (stick / "county.kjxd-wal").stat().st_size > 0
    allowed = room._takes_sides
    monkeypatch.setattr(room, "_takes_sides", lambda path: path.parent != stick and allowed(path))
    return stick / "county.kjxd"


def test_the_newest_figures_are_read_from_a_medium_that_cannot_be_written(read_only_medium: Path) -> None:
    before = sorted(item.name for item in read_only_medium.parent.iterdir())
    with reading_office(read_only_medium, FixedClock()) as office:
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "13"
        assert office.store.verify().ok
    assert sorted(item.name for item in read_only_medium.parent.iterdir()) == before


def test_a_workspace_is_restored_from_there(read_only_medium: Path, tmp_path: Path) -> None:
    place = tmp_path / "mine.kjxd"
    vault = SqlVault(place, tmp_path / "backups", migrations_dir(), FixedClock(), "")
    assert vault.restore(read_only_medium).backup.sound
    with again(place) as office:
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "13"


def test_without_a_log_it_is_read_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with county_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        path = office.store.path
    monkeypatch.setattr(room, "_takes_sides", lambda path: False)
    with closing(connect(path)) as connection:
        found = connection.execute("SELECT value FROM entries WHERE indicator = 'I13'").fetchone()
        assert found[0].strip() != "" and isinstance(connection, room._Borrowed) and connection.folder is None


@pytest.mark.parametrize("left", [None, 3])
def test_on_a_full_disk_a_workspace_is_read_without_side_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int | None
) -> None:
    """Neither by what a writer left who met the full disk before."""
    with county_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        path = office.store.path
    memory = path.with_name(f"{path.name}-shm")
    if left:
        memory.write_bytes(bytes(left))
    seen = []
    real = sqlite3.connect

    def noted(address: str, **options: Any) -> sqlite3.Connection:
        seen.append(address)
        return real(address, **options)

    monkeypatch.setattr(room.shutil, "disk_usage", lambda folder: Usage(10**9, 10**9, 0))
    monkeypatch.setattr(room.sqlite3, "connect", noted)
    with reading_office(path, FixedClock()) as office:
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"
        assert memory.exists() == bool(left)
    assert seen and all("immutable=1" in address for address in seen)


def test_on_a_full_disk_the_writers_shared_memory_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with county_office(tmp_path) as office:
        monkeypatch.setattr(room.shutil, "disk_usage", lambda folder: Usage(10**9, 10**9, 0))
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        with reading_office(office.store.path, FixedClock()) as reader:
            assert str(reader.actions.fill.row(KEY, "I13").entry.value) == "12"


def test_what_was_half_undone_is_undone_first(tmp_path: Path) -> None:
    path, copy = tmp_path / "w.db", tmp_path / "copy.db"
    with closing(connect(path, CREATE)) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("INSERT INTO t VALUES (1)")
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE t SET x = 7")
        connection.execute("CREATE TABLE u (x)")
        for _ in range(9):
            connection.execute("INSERT INTO u VALUES (zeroblob(3000))")
        for side in ("", "-journal"):
            shutil.copyfile(path.with_name(path.name + side), copy.with_name(copy.name + side))
    with closing(connect(copy)) as connection:
        assert connection.execute("SELECT x FROM t").fetchall() == [(1,)]


# What others wrote


def test_no_statement_on_a_foreign_file_runs_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_STEPS", MOST_STEPS // 1000)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with (
        closing(connect(tmp_path / "w.db", CREATE)) as connection,
        pytest.raises(sqlite3.OperationalError) as caught,
    ):
        connection.execute(endless).fetchone()
    assert "interrupted" in str(caught.value)


def test_what_a_schema_brings_along_does_not_act(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "w.db", CREATE)) as connection:
        assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)


# Nobody goes another way


def opens_by_itself(source: str) -> list[int]:
    """Lines that open a database past the one way."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and (
            ast.unparse(node.func) == "sqlite3.connect"
            or (ast.unparse(node.func).endswith("create_engine") and "creator" not in ast.unparse(node))
        )
    ]


def test_every_database_is_opened_by_the_one_way() -> None:
    assert opens_by_itself("sqlite3.connect(path)\ncreate_engine('sqlite:///' + path)") == [1, 2]
    package = Path(kjxd_desktop.__file__).parent
    sources = [*package.rglob("*.py"), *migrations_dir().rglob("*.py")]
    found = {path.name: opens_by_itself(path.read_text("utf-8")) for path in sources}
    assert {name for name, lines in found.items() if lines} == {"connect.py"}


def test_the_window_s_command_line_takes_such_names_too(tmp_path: Path) -> None:
    from kjxd_desktop.cli import main

    path = tmp_path / "完成95%2024年#?.kjxd"
    assert main(["new", str(path), "--role", "county", "--unit", COUNTY, "--plan", PLAN]) == 0
    assert main(["verify", "--workspace", str(path)]) == 0
    assert all(item.name.startswith(path.name) for item in tmp_path.iterdir())
