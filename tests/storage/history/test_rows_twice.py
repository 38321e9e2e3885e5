"""Verifying sees rows that stand for one place twice, and submissions that stand in another order."""

from __future__ import annotations

from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import reading_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.wording.keeping.verify import discrepancy_sentence
from tests.helpers.chains import edit, relink, vault, verified
from tests.helpers.offices import KEY, FixedClock, again, county_office, fill_clean


@pytest.fixture
def sent_twice(tmp_path: Path) -> Path:
    """A return that was sent, taken back and sent once more."""
    with county_office(tmp_path) as office:
        fill_clean(office)
        office.actions.send.submit(KEY, tmp_path / "第一次.xlsx")
        office.actions.send.withdraw(KEY, "数不对")
        office.actions.send.submit(KEY, tmp_path / "第二次.xlsx")
        path = office.store.path
    assert verified(path).ok
    return path


COPIED = "INSERT INTO submissions SELECT {}, return_id, round, digest, file_name, line, link, workbook, evidence FROM submissions WHERE id = 1"


@pytest.mark.parametrize("number", [7, 0, -1])
def test_a_submission_that_stands_there_twice(sent_twice: Path, number: int) -> None:
    edit(sent_twice, COPIED.format(number))
    (only,) = verified(sent_twice).discrepancies
    assert only.what == "submission"
    assert "不一致" in discrepancy_sentence(only)


def test_submissions_in_another_order(sent_twice: Path) -> None:
    """The last one is what ``again`` writes and what the next one goes on from."""
    edit(sent_twice, "UPDATE submissions SET id = 9 WHERE id = 1")
    (only,) = verified(sent_twice).discrepancies
    assert only.what == "submission"


def test_a_submission_that_is_gone_is_named_once(sent_twice: Path) -> None:
    edit(sent_twice, "DELETE FROM submissions WHERE id = 2")
    (only,) = verified(sent_twice).discrepancies
    assert only.held is None


SECOND_HEAD = "INSERT INTO workspace (rowid, {0}) SELECT -5, 'other', 'city', '620400', plan_id, created_at, demo FROM workspace"


def test_a_second_head(sent_twice: Path) -> None:
    edit(sent_twice, SECOND_HEAD.format("id, role, unit_code, plan_id, created_at, demo"))
    (only,) = verified(sent_twice).discrepancies
    assert "有重复的" in discrepancy_sentence(only)
    with pytest.raises(WorkspaceFault, match="damaged"), reading_office(sent_twice, FixedClock()) as office:
        office.actions.desk.desk()
    assert not vault(sent_twice).checked(sent_twice).sound


def test_a_second_recovery_code(sent_twice: Path) -> None:
    with again(sent_twice) as office:
        office.store.rights()
        with office.store.writing("test", None) as uow:
            uow.people.put_recovery("scrypt:a")
    edit(sent_twice, "INSERT INTO recovery VALUES (0, 'scrypt:b')")
    (only,) = verified(sent_twice).discrepancies
    assert (only.what, only.reason) == ("recovery", "twice")


@pytest.mark.parametrize("at", [-1, 9])
def test_a_second_schema_version(sent_twice: Path, at: int) -> None:
    edit(sent_twice, f"INSERT INTO alembic_version (rowid, version_num) VALUES ({at}, '0001')")
    assert not verified(sent_twice).ok
    with pytest.raises(WorkspaceFault, match="damaged"), reading_office(sent_twice, FixedClock()):
        pass


def test_a_row_of_an_earlier_release_that_an_earlier_restore_made_twice(sent_twice: Path) -> None:
    """Nobody did anything to such a file."""
    edit(
        sent_twice,
        "UPDATE submissions SET line = NULL, link = NULL, workbook = NULL, evidence = NULL",
        "UPDATE history SET new = json_remove(new, '$.line', '$.link', '$.workbook', '$.evidence') WHERE what = 'submission'",
        "INSERT INTO submissions SELECT 7, return_id, round, digest, file_name, NULL, NULL, NULL, NULL FROM submissions WHERE id = 1",
    )
    relink(sent_twice)
    assert verified(sent_twice).ok
