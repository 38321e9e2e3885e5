"""Workspaces of releases whose history did not yet tell of the head and of what was sent."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.chains import content_of, edit, lines_of, recovered, relink, vault, verified
from tests.helpers.offices import COUNTY, KEY, PLAN, again, county_office, fill_clean


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """As the first release left it: two returns were sent, history has no line of it."""
    with county_office(tmp_path) as office:
        fill_clean(office)
        office.actions.send.submit(KEY, tmp_path / "1.xlsx")
        office.actions.send.withdraw(KEY, "漏了一项")
        office.actions.fill.edit(KEY, "I14", TextEdit("9"))
        office.actions.send.submit(KEY, tmp_path / "2.xlsx")
        path = office.store.path
    edit(
        path,
        "DELETE FROM history WHERE what IN ('workspace', 'submission')",
        "UPDATE submissions SET line = NULL, link = NULL, workbook = NULL, evidence = NULL",
    )
    relink(path)
    assert verified(path).ok
    return path


def test_the_first_opening_tells_history_of_head_and_submissions(older: Path) -> None:
    before = len(lines_of(older))
    with again(older):
        pass
    added = lines_of(older)[before:]
    assert [line.what for line in added] == ["workspace", "submission", "submission"]
    head = json.loads(added[0].new or "")
    assert (head["role"], head["unit"], head["plan"]) == ("county", COUNTY, PLAN)
    sent = [json.loads(line.new or "") for line in added[1:]]
    assert [(item["round"], item["file"], "line" in item) for item in sent] == [
        (1, "1.xlsx", False),
        (2, "2.xlsx", False),
    ]
    assert {(line.plan_id, line.unit, line.period) for line in added[1:]} == {(PLAN, COUNTY, "2024Q3")}
    assert {line.why for line in added} == {"anchor"}
    assert verified(older).ok


def test_it_is_told_once(older: Path) -> None:
    for _ in range(2):
        with again(older):
            pass
        assert [line.what for line in lines_of(older)].count("workspace") == 1


def test_a_submission_changed_past_the_program_is_found_from_then_on(older: Path) -> None:
    with again(older):
        pass
    edit(older, "DELETE FROM submissions WHERE round = 1")
    assert {item.what for item in verified(older).discrepancies} == {"submission"}


def test_what_an_older_backup_did_not_tell_comes_back_with_the_lines_after_it(older: Path) -> None:
    """The backup is from before; the first opening and the day's work are made again from the damaged file."""
    vault(older).make(BackupReason.START)
    with again(older) as office:
        office.actions.send.withdraw(KEY, "再改一项")
        office.actions.fill.edit(KEY, "I13", TextEdit("14"))
    before, lines = content_of(older), lines_of(older)
    restored = recovered(older)
    assert restored.lost == () and content_of(older) == before
    assert lines_of(older)[: len(lines)] == lines
    # Rows that the backup has are told of, not made a second time.
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("SELECT count(*) FROM submissions").fetchone() == (2,)


def test_the_unit_taken_from_the_head_is_told_for_itself(tmp_path: Path) -> None:
    """The step to several plans wrote the own unit into a table of its own, and no line of it."""
    with county_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        path = office.store.path
    edit(path, "DELETE FROM history WHERE what = 'own_unit'")
    relink(path)
    before = len(lines_of(path))
    with again(path):
        pass
    (added,) = lines_of(path)[before:]
    assert (added.what, added.plan_id, added.old) == ("own_unit", PLAN, None)
    assert json.loads(added.new or "") == {"unit": COUNTY}
    assert verified(path).ok
