"""SQLite says that it cannot; the sentence says why."""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import reading_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.storage.sqlite import faults
from kjxd_desktop.storage.sqlite.faults import fault_of_sqlite
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from kjxd_desktop.usecases.ports import LineFilter
from tests.helpers.offices import KEY, FixedClock, county_office

Usage = namedtuple("Usage", "total used free")


def error(name: str) -> sqlite3.Error:
    made = sqlite3.OperationalError("no")
    made.sqlite_errorname = name
    return made


def code(name: str, path: Path) -> str:
    found = fault_of_sqlite(error(name), path)
    assert found is not None and found.params["path"] == str(path)
    return found.code


@pytest.mark.parametrize("name", ["SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMMAP", "SQLITE_CANTOPEN"])
def test_a_disk_without_room_for_the_shared_memory_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / "w.kjxd"
    path.write_bytes(b"")
    monkeypatch.setattr(faults.shutil, "disk_usage", lambda folder: Usage(9, 9, 0))
    assert code(name, path) == "disk_full"
    monkeypatch.setattr(faults.shutil, "disk_usage", lambda folder: Usage(10**9, 0, 10**9))
    assert code(name, path) == ("no_permission" if name == "SQLITE_CANTOPEN" else "io")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("w.kjxd", "absent"),
        ("nowhere/w.kjxd", "folder_missing"),
        ("会" * 90, "name_too_long"),
        ("a" * 250, "name_too_long"),
    ],
)
def test_a_file_that_does_not_open(tmp_path: Path, name: str, expected: str) -> None:
    path = tmp_path / name
    if name == "a" * 250:
        path.write_bytes(b"")
    assert code("SQLITE_CANTOPEN", path) == expected


@pytest.mark.parametrize(
    "column", ["plan_revisions.document", "entries.note", "history.why", "workspace.unit_code"]
)
def test_a_text_that_a_flipped_bit_made_none_is_damage(tmp_path: Path, column: str) -> None:
    """Python's error of it has no code, and quotes the text."""
    with county_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"), RemarkEdit("note", "两个"))
        path = office.store.path
    table, _, name = column.partition(".")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            f"UPDATE {table} SET {name} = CAST(X'E4' || CAST({name} AS BLOB) AS TEXT) WHERE {name} IS NOT NULL"
        )
    with pytest.raises(WorkspaceFault) as caught, reading_office(path, FixedClock()) as office:
        office.actions.fill.sheet(KEY)
        office.actions.look_back.page(LineFilter())
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("document", ["", "{", "[]", "{}", "null", '{"id": 1}'])
def test_a_plan_that_is_none_any_more_is_damage(tmp_path: Path, document: str) -> None:
    with county_office(tmp_path) as office:
        path = office.store.path
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE plan_revisions SET document = ?", (document,))
    with pytest.raises(WorkspaceFault) as caught, reading_office(path, FixedClock()) as office:
        office.actions.fill.sheet(KEY)
    assert (caught.value.code, caught.value.params["path"]) == ("damaged", str(path))
