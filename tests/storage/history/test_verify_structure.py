"""``verify`` on files whose structure is wrong: rows without a parent, another schema, pages nobody can read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import reading_office
from kjxd_desktop.domain.keeping.verification import HEAD_DIFFERS, OK
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from tests.helpers.chains import break_table, edit, relink, verified
from tests.helpers.offices import KEY, FixedClock, county_office, fill_clean


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A county's workspace with a figure, a task with a photo, and a submission."""
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"\xff\xd8 the works")
    with county_office(tmp_path) as office:
        fill_clean(office)
        office.actions.report.put(KEY, "A1-1", Progress(TaskStatus.IN_PROGRESS, 40, "开工"))
        office.actions.report.attach(KEY, "A1-1", photo)
        office.actions.send.submit(KEY, tmp_path / "报表.xlsx")
        path = office.store.path
    assert verified(path).ok
    return path


def test_figures_of_a_return_that_is_gone(workspace: Path) -> None:
    """Somebody deleted the return with another program, which asks nothing about what hangs on it."""
    edit(workspace, "DELETE FROM returns")
    found = verified(workspace)
    assert found.integrity.endswith("rows without their parent")
    assert found.audit_chain == OK and not found.ok


def test_evidence_of_a_task_that_is_gone(workspace: Path) -> None:
    edit(workspace, "DELETE FROM progress")
    (lost,) = [item for item in verified(workspace).discrepancies if item.reason]
    assert lost.what == "progress" and lost.reason.endswith("evidence without progress: A1-1")


def test_a_schema_that_claims_to_be_another_one(workspace: Path) -> None:
    edit(workspace, "UPDATE alembic_version SET version_num = '0002'")
    found = verified(workspace)
    assert (found.schema, found.integrity, found.audit_chain) == ("version 0002", OK, OK)


def test_a_column_somebody_added(workspace: Path) -> None:
    with closing(sqlite3.connect(workspace)) as connection, connection:
        connection.execute("ALTER TABLE baselines ADD COLUMN remark TEXT")
    assert verified(workspace).schema == "table baselines"


def test_figures_that_cannot_be_read_at_all(workspace: Path) -> None:
    break_table(workspace, "entries")
    found = verified(workspace)
    assert "malformed" in found.integrity
    assert (found.audit_chain, found.schema) == (OK, OK)
    assert [item.what for item in found.discrepancies if item.reason] == ["entry"]


def test_what_can_be_said_of_a_damaged_file_is_said(workspace: Path) -> None:
    """Not only that it is damaged: which figures cannot be read, and that the others are in order."""
    break_table(workspace, "baselines")
    with reading_office(workspace, FixedClock()) as office:
        found = office.store.verify()
    assert not found.ok and found.audit_chain == OK
    assert [item.what for item in found.discrepancies] == ["baseline"]


def test_a_version_that_cannot_be_read(workspace: Path) -> None:
    break_table(workspace, "alembic_version")
    found = verified(workspace)
    assert "malformed" in found.schema and found.audit_chain == OK


def test_a_history_that_cannot_be_read_leaves_nothing_to_compare_with(workspace: Path) -> None:
    break_table(workspace, "history")
    found = verified(workspace)
    assert found.audit_chain == "unreadable: DatabaseError"
    assert (found.lines, found.discrepancies, found.schema) == (0, (), OK)


def test_a_history_rewritten_whole_contradicts_what_was_sent(workspace: Path) -> None:
    """The chain fits in itself again; the head that went to the city with the return does not."""
    edit(workspace, "UPDATE history SET who = '别人' WHERE id = 5")
    relink(workspace)
    found = verified(workspace)
    assert found.audit_chain == OK
    (item,) = found.discrepancies
    assert (item.what, item.reason) == ("submission", HEAD_DIFFERS)
    assert item.told is not None and item.held is not None and item.told != item.held
