"""A return that is last quarter's whole, from the keystroke to 审核: one question, answered once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.checks.copied_return import RETURN_COPIED
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import KEY, county_office, fill_all

LAST = replace(KEY, period=KEY.period.previous())
# The first figure of the plan that moves with the quarters.
PLACE, OTHER = "I05", "I13"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        fill_all(opened, LAST)
        fill_all(opened)
        yield opened


def copied(office: Office) -> list[Finding]:
    return [item for item in office.actions.check.check(KEY).findings if item.rule == RETURN_COPIED]


def in_rows(office: Office) -> set[str]:
    """Where the grid tells of it."""
    rows = office.actions.fill.sheet(KEY).rows
    return {row.indicator.code for row in rows if any(item.rule == RETURN_COPIED for item in row.findings)}


def test_it_is_one_question_and_has_one_answer(county: Office) -> None:
    (finding,) = copied(county)
    assert finding.code == PLACE and in_rows(county) == {PLACE}
    hints = {item.rule for item in county.actions.check.check(KEY).findings}
    assert "same_as_previous" not in hints
    county.actions.fill.explain(KEY, PLACE, RETURN_COPIED, "本季确实没有变化。")
    (answered,) = copied(county)
    assert answered.explanation == "本季确实没有变化。" and not answered.blocks


def test_one_figure_that_moved_takes_it_away_at_once(county: Office) -> None:
    """The line it stands at is among those that the keystroke gives back, though it was not touched itself."""
    county.actions.fill.explain(KEY, PLACE, RETURN_COPIED, "本季确实没有变化。")
    changes = county.actions.fill.edit(KEY, OTHER, TextEdit("13"))
    rows = {row.indicator.code: row for row in changes.rows}  # type: ignore[attr-defined]
    assert {PLACE, OTHER} <= rows.keys()
    assert not [item for item in rows[PLACE].findings if item.rule == RETURN_COPIED]
    assert not copied(county) and not in_rows(county)


def test_the_reason_does_not_come_back_with_another_copy(county: Office) -> None:
    county.actions.fill.explain(KEY, PLACE, RETURN_COPIED, "本季确实没有变化。")
    county.actions.fill.edit(LAST, OTHER, TextEdit("13"))
    county.actions.fill.edit(KEY, OTHER, TextEdit("13"))
    (finding,) = copied(county)
    assert finding.explanation is None and finding.blocks
