"""Data years on a real workspace: refused, asked and kept when a person is sure, one by one and in blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.problems import ProblemError, QuestionError
from kjxd_desktop.usecases.filling.edits import TextEdit, YearEdit
from tests.helpers.offices import COUNTY, KEY, PLAN, county_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        opened.actions.fill.edit(KEY, "I04", TextEdit("0.70"))
        yield opened


def told(act: Callable[[], object]) -> tuple[str, bool]:
    with pytest.raises(ProblemError) as caught:
        act()
    return caught.value.problem.code, isinstance(caught.value, QuestionError)


def year(office: Office, code: str = "I04") -> int | None:
    return office.actions.fill.row(KEY, code).entry.data_year


def test_a_doubtful_year_is_kept_only_when_a_person_is_sure(office: Office) -> None:
    fill = office.actions.fill
    # The plan's baseline of I04 is of 2020.
    for wrong, code in ((2024, "year_of_period"), (2019, "year_before_baseline")):
        assert told(lambda: fill.edit(KEY, "I04", YearEdit(wrong))) == (code, True)  # noqa: B023
        assert year(office) == 2023
    fill.edit(KEY, "I04", YearEdit(2019, sure=True))
    assert year(office) == 2019
    assert told(lambda: fill.edit(KEY, "I04", YearEdit(2013, sure=True))) == ("year_outside", False)


def test_the_units_own_baseline_holds_before_the_plans(office: Office) -> None:
    office.actions.targets.set_baseline(PLAN, COUNTY, "I04", 2022, "0.60")
    fill = office.actions.fill
    assert told(lambda: fill.edit(KEY, "I04", YearEdit(2021))) == ("year_before_baseline", True)
    fill.edit(KEY, "I04", YearEdit(2022))
    assert year(office) == 2022


def test_a_running_total_has_none(office: Office) -> None:
    for sure in (False, True):
        edits = (TextEdit("1.5"), YearEdit(2023, sure=sure))
        assert told(lambda: office.actions.fill.edit(KEY, "I12", *edits)) == ("year_not_annual", False)  # noqa: B023
    assert not office.actions.fill.row(KEY, "I12").entry.filled


def test_of_a_block_the_doubtful_row_is_named_and_the_rest_kept(office: Office) -> None:
    cells = [("I04", TextEdit("0.80")), ("I04", YearEdit(2024)), ("I13", TextEdit("12"))]
    outcome = office.actions.fill.set_block(KEY, cells)
    assert [(item.field, item.code) for item in outcome.refused] == [("I04", "year_of_period")]
    assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"
    assert str(office.actions.fill.row(KEY, "I04").entry.value) == "0.70"
