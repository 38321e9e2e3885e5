"""What keeping the workspace safe answers: names of places, copies that are looked at, refusals."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.actions import vault_of
from kjxd_desktop.bootstrap.office import reading_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.paths import DATA_VARIABLE
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.keeping.vault import Difference, LostLine
from kjxd_desktop.usecases.ports import LineFilter
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, again, county_office, fill_all


@pytest.fixture(autouse=True)
def own_backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with county_office(tmp_path) as office:
        fill_all(office)
        return office.store.path


def tampered(path: Path) -> None:
    """Change a figure behind the program's back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE entries SET value = '99' WHERE indicator = 'I13'")


def test_places_have_the_names_people_know(path: Path) -> None:
    with again(path) as office:
        places = (
            Difference("entry", PLAN, COUNTY, "2024Q3", "I13", None, None),
            LostLine(0, "evidence", code="ab"),
            LostLine(7, "plan", "nowhere"),
        )
        named = office.actions.keep.names(places)
        plan = office.actions.plans.plan(PLAN)
    assert named[PLAN, COUNTY] == "会宁县"
    assert named[PLAN, "I13"] == "高新技术企业"
    task = plan.tasks[0]
    assert named[PLAN, task.code] == f"{task.no} {task.title}"
    assert {plan_id for plan_id, _ in named} == {PLAN}
    assert len(named) == len(plan.units) + len(plan.indicators) + len(plan.tasks)


def test_without_a_plan_nothing_is_named(path: Path) -> None:
    with again(path) as office:
        assert office.actions.keep.names([LostLine(0, "evidence", code="ab")]) == {}


def test_a_copy_is_looked_at_whole(path: Path, tmp_path: Path) -> None:
    sound, wrong = tmp_path / "sound.kjxd", tmp_path / "wrong.kjxd"
    with again(path) as office:
        keep = office.actions.keep
        keep.backup(sound)
        keep.backup(wrong)
        tampered(wrong)
        found = keep.checked(sound)
        head = office.actions.look_back.newest()
        assert (found.sound, found.head and found.head.line, found.unit) == (True, head, "会宁县")
        assert keep.checked(wrong).sound is False
        with pytest.raises(FileFault) as caught:
            keep.restore(wrong)
        assert caught.value.code is FaultCode.BACKUP_DAMAGED


def test_what_was_changed_behind_the_program_is_found_and_not_backed_up(path: Path) -> None:
    tampered(path)
    with again(path) as office:
        keep = office.actions.keep
        looked = keep.look_after()
        assert not looked.found.ok and looked.made is None and looked.notes == ()
        assert keep.verify() == looked.found
        assert keep.backups() == ()


def test_a_sound_workspace_is_verified_without_a_backup(path: Path) -> None:
    with again(path) as office:
        assert office.actions.keep.verify().ok
        assert office.actions.keep.backups() == ()


def test_who_only_looks_backs_nothing_up_and_restores_nothing(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.kjxd"
    vault_of(path, FixedClock()).export(copy)
    with reading_office(path, FixedClock()) as office:
        looked = office.actions.keep.look_after()
        assert looked.found.ok and looked.made is None and looked.notes == ()
        for refused in (office.actions.keep.require_restorable, office.actions.keep.restore):
            with pytest.raises(WorkspaceFault) as caught:
                refused(copy)
            assert (caught.value.code, caught.value.params["path"]) == ("viewing", str(path))


def test_a_copy_never_takes_the_place_of_another_file(path: Path, tmp_path: Path) -> None:
    there = tmp_path / "stick.kjxd"
    there.write_bytes(b"somebody else's")
    with again(path) as office:
        with pytest.raises(WorkspaceFault) as caught:
            office.actions.keep.backup(there)
        assert (caught.value.code, caught.value.params["path"]) == ("exists", str(there))
        nowhere = tmp_path / "no-stick" / "copy.kjxd"
        with pytest.raises(WorkspaceFault) as caught:
            office.actions.keep.backup(nowhere)
        assert (caught.value.code, caught.value.params["path"]) == ("folder_missing", str(nowhere.parent))
    assert there.read_bytes() == b"somebody else's"
    assert sorted(item.name for item in tmp_path.glob("*stick*")) == ["stick.kjxd"]


def test_a_backup_that_is_no_file(path: Path, tmp_path: Path) -> None:
    with again(path) as office:
        for place, code in ((tmp_path, FaultCode.NOT_BACKUP), (tmp_path / "none.kjxd", FaultCode.NOT_FOUND)):
            with pytest.raises(FileFault) as caught:
                office.actions.keep.preview(place)
            assert (caught.value.code, caught.value.path_name) == (code, place.name)


def test_lines_as_history_keeps_them(path: Path) -> None:
    with again(path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("14"))
        look_back = office.actions.look_back
        everything = look_back.raw(LineFilter())
        assert [line.line for line in everything] == list(range(look_back.newest(), 0, -1))
        assert look_back.raw(LineFilter(), limit=2) == everything[:2]
        of_cell = look_back.raw(LineFilter(code="I13", period=Period(2024, 3)))
        assert [line.new for line in of_cell] == [everything[0].new, of_cell[1].new]
        assert [line.old for line in of_cell] == [of_cell[1].new, None]
