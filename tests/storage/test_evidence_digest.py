"""Evidence is known by its digest: another picture in its place is found, even one as long."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import reading_office
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from tests.helpers.offices import KEY, FixedClock, county_office

PICTURE = b"\xff\xd8" + bytes(range(200))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """会宁县 reported one task and attached one picture."""
    with county_office(tmp_path) as office:
        code = office.actions.report.sheet(KEY).rows[0].task.code
        office.actions.report.put(KEY, code, Progress(TaskStatus.IN_PROGRESS, 40, "已开工"))
        picture = tmp_path / "照片.jpg"
        picture.write_bytes(PICTURE)
        office.actions.report.attach(KEY, code, picture)
        return office.store.path


def discrepancies(path: Path) -> list[str]:
    with reading_office(path, FixedClock()) as office:
        return [item.what for item in office.store.verify().discrepancies]


def put(path: Path, column: str, value: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(f"UPDATE evidence_files SET {column} = ?", (value,)).rowcount == 1


def test_a_picture_that_nobody_touched_is_in_order(workspace: Path) -> None:
    assert discrepancies(workspace) == []


def test_another_picture_of_the_same_length_is_found(workspace: Path) -> None:
    put(workspace, "content", PICTURE[::-1])
    assert discrepancies(workspace) == ["evidence"]


def test_a_wrong_length_beside_the_right_picture_is_found(workspace: Path) -> None:
    put(workspace, "bytes", len(PICTURE) + 1)
    assert discrepancies(workspace) == ["evidence"]
