"""What becomes of one cell: marks, units of measure, parts, years, remarks; and what is not taken."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.problems import ProblemError, QuestionError
from kjxd_desktop.domain.returns.entry import MAX_NOTE, Entry
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, Edit, RemarkEdit, TextEdit, YearEdit
from tests.helpers.offices import COUNTY, KEY, PLAN, county_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


def kept(office: Office, code: str) -> Entry:
    return office.actions.fill.row(KEY, code).entry


def refused(office: Office, code: str, edit: Edit) -> tuple[str, str]:
    """The code of the refusal and the field it names; what stood in the cell stays."""
    before = kept(office, code)
    with pytest.raises(ProblemError) as caught:
        office.actions.fill.edit(KEY, code, edit)
    assert kept(office, code) == before
    return caught.value.problem.code, caught.value.problem.field


def test_a_mark_beside_a_number_goes_to_the_remark_once(office: Office) -> None:
    """``12*`` copied from a printed table: the star says something, so it is not lost."""
    office.actions.fill.edit(KEY, "I13", RemarkEdit("note", "含待公示"))
    office.actions.fill.edit(KEY, "I13", TextEdit("12*"))
    assert (kept(office, "I13").value, kept(office, "I13").note) == (Decimal(12), "含待公示 *")
    office.actions.fill.edit(KEY, "I13", TextEdit("13*"))
    assert (kept(office, "I13").value, kept(office, "I13").note) == (Decimal(13), "含待公示 *")


def test_another_unit_of_measure_is_converted_and_said(office: Office) -> None:
    """指标 12 is in 亿元; 4200 万元 is 0.42 of it, and no digit that was given is lost."""
    changes = office.actions.fill.edit(KEY, "I12", TextEdit("4200万元"))
    assert kept(office, "I12").value == Decimal("0.42")
    assert changes.notes == (("converted", (("text", "4200万元"), ("value", "0.42"), ("unit", "亿元"))),)


def test_a_part_is_converted_and_said_too(office: Office) -> None:
    changes = office.actions.fill.edit(KEY, "I04", ComponentsEdit("0.28亿元", "350000"))
    assert (kept(office, "I04").numerator, kept(office, "I04").value) == (Decimal(2800), Decimal("0.80"))
    assert [code for code, _ in changes.notes] == ["converted", "data_year_assumed"]


def test_what_has_no_parts_takes_none(office: Office) -> None:
    assert refused(office, "I13", ComponentsEdit("1", "2")) == ("no_components", "I13")


@pytest.mark.parametrize("text", ["不适用", "未公布", "26.5（预计）"])
def test_a_part_is_a_plain_number_or_nothing(office: Office, text: str) -> None:
    assert refused(office, "I04", ComponentsEdit(text, "3500")) == ("not_a_number", "I04N")


@pytest.mark.parametrize("year", [2014, 2024])
def test_a_figure_speaks_of_one_of_the_last_ten_years(office: Office, year: int) -> None:
    office.actions.fill.edit(KEY, "I04", TextEdit("0.69"))
    with pytest.raises(QuestionError):
        office.actions.fill.edit(KEY, "I04", YearEdit(year))
    assert kept(office, "I04").data_year == 2023
    office.actions.fill.edit(KEY, "I04", YearEdit(year, sure=True))
    assert kept(office, "I04").data_year == year
    # What stands is not asked about again.
    office.actions.fill.edit(KEY, "I04", YearEdit(year))


def test_a_year_may_be_taken_back(office: Office) -> None:
    office.actions.fill.edit(KEY, "I04", TextEdit("0.69"), YearEdit(2022))
    office.actions.fill.edit(KEY, "I04", YearEdit(None))
    assert kept(office, "I04").data_year is None


@pytest.mark.parametrize("year", [2013, 2025])
def test_no_figure_speaks_of_the_future_or_of_long_ago(office: Office, year: int) -> None:
    office.actions.fill.edit(KEY, "I04", TextEdit("0.69"))
    assert refused(office, "I04", YearEdit(year)) == ("year_outside", "I04")


def test_a_year_is_judged_by_the_period_it_stands_in(office: Office) -> None:
    """In the return for 2023 a figure of 2013 is ten years old, in this year's it is too old."""
    earlier = ReturnKey(PLAN, COUNTY, Period(2023, 3))
    office.actions.fill.edit(earlier, "I04", TextEdit("0.55"), YearEdit(2013, sure=True))
    assert office.actions.fill.row(earlier, "I04").entry.data_year == 2013


def test_a_remark_is_as_long_as_it_may_be_and_no_longer(office: Office) -> None:
    office.actions.fill.edit(KEY, "I13", RemarkEdit("note", "注" * MAX_NOTE + "  "))
    assert kept(office, "I13").note == "注" * MAX_NOTE
    assert refused(office, "I13", RemarkEdit("note", "注" * (MAX_NOTE + 1))) == ("remark_too_long", "I13")
    assert [line.why for line in office.actions.fill.history(KEY, "I13")] == ["note"]
