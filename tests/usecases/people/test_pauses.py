"""Pauses after wrong tries: kept with the workspace, whoever opens it next and wherever it went."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.actions import vault_of
from kjxd_desktop.bootstrap.office import Office, open_office, reading_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.people.tries import LONGEST
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.paths import DATA_VARIABLE, migrations_dir
from kjxd_desktop.storage.people.passwords import Argon2Passwords
from kjxd_desktop.storage.sqlite import migrate
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.people.operators import Operators
from kjxd_desktop.usecases.ports import HistoryLine, LineFilter
from tests.helpers.chains import lines_of, recovered, vault
from tests.helpers.clocks import Watch
from tests.helpers.offices import KEY, again, county_office

PASSWORD, WRONG = "huining620", "not the one"
WAIT = "wait_before_trying"


def people_of(office: Office, watch: Watch) -> Operators:
    """As a process that was just started has them: nothing in memory."""
    return Operators(office.store, Argon2Passwords(1, 8), watch)


def refused(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(ProblemError) as caught:
        act()
    return caught.value.problem.code, caught.value.problem.params["seconds"]


def told(office: Office) -> list[HistoryLine]:
    """Lines of wrong tries, oldest first."""
    with office.store.reading() as uow:
        return list(reversed(uow.history.lines(LineFilter(kinds=frozenset({"wrong_try"})))))


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def path(tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A county with 张建平, 管理, and 王芳, who tried her password twice and was wrong."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    with county_office(tmp_path) as office:
        people = people_of(office, watch)
        people.add("张建平", OperatorRole.ADMIN, PASSWORD)
        people.add("王芳", OperatorRole.FILLER, PASSWORD)
        people.sign_out()
        for pause in ("1", "2"):
            assert refused(lambda: people.sign_in("王芳", WRONG)) == ("wrong_password", pause)
            watch.moment += timedelta(seconds=1)
        return office.store.path


@pytest.fixture
def later(path: Path, watch: Watch) -> Path:
    """The same when the pause is over: the third wrong try waits 4 seconds."""
    watch.moment += timedelta(seconds=1)
    return path


def test_who_opens_it_next_waits(path: Path, watch: Watch) -> None:
    with again(path) as office:
        # Whichever way the name is written.
        assert refused(lambda: people_of(office, watch).sign_in(" 王 芳 ", PASSWORD)) == (WAIT, "1")
        # Everybody else goes in.
        people_of(office, watch).sign_in("张建平", PASSWORD)
        watch.moment += timedelta(seconds=1)
        people_of(office, watch).sign_in("王芳", PASSWORD)
        assert refused(lambda: people_of(office, watch).sign_in("王芳", WRONG))[1] == "1"


def test_history_tells_who_tried_whose_and_how_often(later: Path, watch: Watch) -> None:
    with again(later) as office:
        people = people_of(office, watch)
        people.sign_in("张建平", PASSWORD)
        refused(lambda: people.sign_in("王芳", WRONG))
        refused(lambda: people.reset_password("王芳", "AAAA-AAAA", "another one"))
        refused(lambda: people.set_password("张建平", "another one", WRONG))
        lines = told(office)
        assert [(line.code, json.loads(line.new or "")) for line in lines] == [
            ("王芳", {"secret": "password", "count": 1}),
            ("王芳", {"secret": "password", "count": 2}),
            ("王芳", {"secret": "password", "count": 3}),
            ("王芳", {"secret": "recovery", "count": 1}),
            ("张建平", {"secret": "password", "count": 1}),
        ]
        assert [line.who == "张建平" for line in lines] == [False, False, True, True, True]
        page = office.actions.look_back.page(LineFilter(kinds=frozenset({"wrong_try"})))
        assert page.lines[1].deed == "写错“王芳”的密码或恢复码"
        assert (page.lines[1].new, page.lines[1].why) == (
            "试的 恢复码；连着写错 第 1 次",
            "写的不对",
        )
        assert office.store.verify().ok


def test_a_code_is_one_whoever_it_is_typed_for(path: Path, watch: Watch) -> None:
    with again(path) as office:
        for name, pause in (("王芳", "1"), ("张建平", "2")):
            act = people_of(office, watch).reset_password
            assert refused(lambda: act(name, "AAAA", "another one")) == ("wrong_recovery", pause)  # noqa: B023
            watch.moment += timedelta(seconds=int(pause))
        assert refused(lambda: people_of(office, watch).reset_password("王芳", "AAAA", "x" * 9))[1] == "4"


def test_a_new_secret_has_no_wrong_tries(path: Path, watch: Watch) -> None:
    """Who waits need not wait any longer once 管理 gave a new password, or made a new code."""
    with again(path) as office:
        people = people_of(office, watch)
        people.sign_in("张建平", PASSWORD)
        refused(lambda: people.reset_password("王芳", "AAAA", "another one"))
        people.change_role("王芳", OperatorRole.CHECKER)
        assert refused(lambda: people_of(office, watch).sign_in("王芳", PASSWORD))[0] == WAIT
        people.set_password("王芳", "another one")
        people_of(office, watch).sign_in("王芳", "another one")
        people.sign_in("张建平", PASSWORD)
        code = people.new_recovery_code()
        people_of(office, watch).reset_password("王芳", code, "third one")


def test_who_only_reads_waits_as_well_and_writes_nothing(path: Path, watch: Watch) -> None:
    with again(path):
        pass
    before = path.read_bytes()
    with reading_office(path, watch) as office:
        people = people_of(office, watch)
        assert refused(lambda: people.sign_in("王芳", PASSWORD)) == (WAIT, "1")
        watch.moment += timedelta(seconds=1)
        # Counted on from the file, in memory.
        assert refused(lambda: people.sign_in("王芳", WRONG)) == ("wrong_password", "4")
        assert refused(lambda: people.sign_in("王芳", PASSWORD)) == (WAIT, "4")
        watch.moment += timedelta(seconds=4)
        people.sign_in("王芳", PASSWORD)
    assert path.read_bytes() == before


def test_a_file_that_was_moved_away_keeps_nobody_out(later: Path, watch: Watch) -> None:
    with again(later) as office:
        people = people_of(office, watch)
        later.rename(later.with_name("moved.kjxd"))
        assert refused(lambda: people.sign_in("王芳", WRONG)) == ("wrong_password", "4")
        assert refused(lambda: people.sign_in("王芳", PASSWORD)) == (WAIT, "4")
        watch.moment += timedelta(seconds=4)
        people.sign_in("王芳", PASSWORD)
        with pytest.raises(WorkspaceFault):
            office.actions.fill.edit(KEY, "I13", TextEdit("12"))


def test_a_file_that_cannot_even_be_read_counts_in_memory(
    path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the hash and noting the try the stick was pulled: what is known is the hash alone."""
    with again(path) as office:
        people = people_of(office, watch)
        pauses, store = people._pauses, office.store

        def pulled(*_words: object) -> None:
            raise WorkspaceFault("gone", path=str(path))

        with monkeypatch.context() as patch:
            patch.setattr(store, "reading", pulled)
            patch.setattr(store, "writing", pulled)
            assert pauses.wrong("王芳", "王芳", pauses.begin("王芳")) == 1
            assert refused(lambda: pauses.begin("王芳")) == (WAIT, "1")
            pauses.right("王芳")
            assert pauses.begin("王芳").pause == 1


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE wrong_tries SET last = 'yesterday'",
        "UPDATE wrong_tries SET last = '2024-10-08'",
        "UPDATE wrong_tries SET last = x'00ff'",
        "UPDATE wrong_tries SET tries = 'many'",
        "UPDATE wrong_tries SET tries = 1.5",
        "UPDATE wrong_tries SET tries = x'ff'",
        "UPDATE wrong_tries SET tries = -5",
        "UPDATE wrong_tries SET tries = 9223372036854775807",
        "UPDATE wrong_tries SET last = '9999-12-31T23:59:59+00:00', tries = 60",
        "UPDATE wrong_tries SET last = '0001-01-01T00:00:00+00:00'",
        "UPDATE wrong_tries SET last = '2024-10-08T10:21:00'",
        "UPDATE wrong_tries SET name = ''",
        "DELETE FROM wrong_tries",
    ],
)
def test_whatever_stands_there_keeps_nobody_out_for_longer_than_a_pause(
    path: Path, watch: Watch, edit: str
) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(edit).rowcount == 1
    with again(path) as office:
        try:
            people_of(office, watch).sign_in("王芳", WRONG)
        except ProblemError as error:
            assert error.problem.code in ("wrong_password", WAIT)
            assert int(error.problem.params["seconds"]) <= LONGEST
        watch.moment += timedelta(seconds=LONGEST)
        people_of(office, watch).sign_in("王芳", PASSWORD)
        assert refused(lambda: people_of(office, watch).sign_in("王芳", WRONG)) == ("wrong_password", "1")
        assert refused(lambda: people_of(office, watch).sign_in("王芳", PASSWORD)) == (WAIT, "1")
        assert office.store.verify().ok


@pytest.mark.parametrize("how", ["copied", "exported", "restored", "put back", "saved elsewhere"])
def test_it_goes_where_the_file_goes(later: Path, watch: Watch, tmp_path: Path, how: str) -> None:
    place = tmp_path / "elsewhere" / "w.kjxd"
    place.parent.mkdir()
    if how == "copied":
        shutil.copyfile(later, place)
    elif how == "exported":
        vault_of(later).export(place)
    elif how == "restored":
        vault_of(place).restore(vault_of(later).make(BackupReason.START).path)
    elif how == "put back":
        place = later
        backup = vault_of(later).make(BackupReason.START).path
        with again(later) as office:
            people_of(office, watch).sign_in("王芳", PASSWORD)
        vault_of(later).restore(backup)
    else:
        with again(later) as office:
            office.store.move_to(place)
            assert refused(lambda: people_of(office, watch).sign_in("王芳", WRONG))[1] == "4"
        watch.moment += timedelta(seconds=4)
    with open_office(place, watch) as office:
        people = people_of(office, watch)
        assert refused(lambda: people.sign_in("王芳", WRONG))[1] == ("8" if how == "saved elsewhere" else "4")
        watch.moment += timedelta(seconds=8)
        people.sign_in("王芳", PASSWORD)
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        assert len(told(office)) == (4 if how == "saved elsewhere" else 3)
        assert office.store.verify().ok


def test_lines_of_wrong_tries_come_back_after_a_damage(path: Path, watch: Watch) -> None:
    """With the links they had, and those of everything after them; who may come in does."""
    vault(path).make(BackupReason.START)
    watch.moment += timedelta(seconds=1)
    with open_office(path, watch) as office:
        people = people_of(office, watch)
        refused(lambda: people.sign_in("王芳", WRONG))
        watch.moment += timedelta(seconds=4)
        people.sign_in("王芳", PASSWORD)
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    before = lines_of(path)
    restored = recovered(path)
    assert restored.lost == ()
    assert lines_of(path)[: len(before)] == before
    with open_office(path, watch) as office:
        assert office.store.verify().ok
        people_of(office, watch).sign_in("王芳", PASSWORD)


def test_a_file_of_the_version_before_counts_from_now_on(path: Path, watch: Watch) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM wrong_tries")
    migrate.downgrade(path, migrations_dir(), "0007")
    with again(path) as office:
        assert refused(lambda: people_of(office, watch).sign_in("王芳", WRONG)) == ("wrong_password", "1")
        assert refused(lambda: people_of(office, watch).sign_in("王芳", PASSWORD)) == (WAIT, "1")
        watch.moment += timedelta(seconds=1)
        people_of(office, watch).sign_in("王芳", PASSWORD)
        assert office.store.verify().ok
