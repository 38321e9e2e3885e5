"""A row of a file that says two things which cannot both hold: a question for a person, never mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.entry import MISSING
from kjxd_desktop.domain.returns.form_texts import entry_texts
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.receiving.codes import Reason
from kjxd_desktop.usecases.receiving.decide import entry_after
from kjxd_desktop.usecases.receiving.read import Fields, read_entry
from kjxd_desktop.usecases.sending.exchange import FileCell
from kjxd_desktop.wording.receiving.imports import REASON_CODES
from tests.helpers.offices import PLAN

PLAN_OF = BuiltInPlans().load(PLAN)
Q3 = Period(2024, 3)


def row(code: str, exact: bool = False, **texts: str) -> Fields:
    indicator = PLAN_OF.indicator(code)
    assert indicator is not None
    cells = {
        name: replace(FileCell("指标", "G10", "entry", code, name, text), exact=text if exact else None)
        for name, text in texts.items()
    }
    return read_entry(indicator, cells, Q3, indicator.baseline.year if indicator.baseline else None)


def problems(found: Fields) -> dict[str, Reason | None]:
    return {name: field.reason for name, field in found.items() if field.problem}


@pytest.mark.parametrize("word", ["—", "/", "不适用", "不涉及", "未公布"])
@pytest.mark.parametrize(
    ("beside", "text", "reason"),
    [
        ("numerator", "26.5", Reason.CONTRADICTS),
        ("denominator", "3500", Reason.CONTRADICTS),
        ("data_year", "2023", Reason.CONTRADICTS),
        ("estimate", "是", Reason.NO_NUMBER_TO_ESTIMATE),
    ],
)
def test_beside_a_word_for_no_value(word: str, beside: str, text: str, reason: Reason) -> None:
    assert problems(row("I04", value=word, **{beside: text})) == {beside: reason}
    assert problems(row("I04", value=word, **{beside: ""})) == {}
    assert reason.value in REASON_CODES


def test_beside_a_number_all_of_it_stands() -> None:
    found = row("I04", value="0.76", numerator="26.6", denominator="3500", data_year="2023", estimate="是")
    assert problems(found) == {}


def test_a_year_belongs_to_annual_figures_only() -> None:
    assert problems(row("I12", value="1.5", data_year="2023")) == {"data_year": Reason.YEAR_NOT_ANNUAL}
    assert problems(row("I13", value="12", data_year="2023年")) == {"data_year": Reason.YEAR_NOT_ANNUAL}
    assert problems(row("I12", value="1.5", data_year="")) == {}


@pytest.mark.parametrize(
    ("code", "year", "reason", "suggested"),
    [
        ("I12", "2023", Reason.YEAR_NOT_ANNUAL, ""),
        ("I04", "2024", Reason.YEAR_OF_PERIOD, "2024"),
        ("I04", "2019", Reason.YEAR_BEFORE_BASELINE, "2019"),
        ("I04", "2013", Reason.YEAR_OUTSIDE, ""),
    ],
)
def test_what_the_sender_kept_so_is_for_a_person(
    code: str, year: str, reason: Reason, suggested: str
) -> None:
    """Earlier releases kept such years; what its digest covers stays, so its return keeps its check code."""
    for exact in (True, False):
        found = row(code, exact=exact, value="1.5", data_year=year)
        assert problems(found) == {"data_year": reason}
        read = found["data_year"]
        assert (read.suggested, read.said) == (suggested, year if exact else "")


def test_a_figure_that_stands_from_an_earlier_return_was_asked_about_there() -> None:
    found = row("I04", exact=True, value="0.7", data_year="2019", carried="1")
    assert problems(found) == {} and found["data_year"].text == "2019"
    assert found["carried"].text == "1"


@pytest.mark.parametrize("year", ["2020", "2023"])
def test_years_from_the_baselines_on_are_taken(year: str) -> None:
    assert problems(row("I04", exact=True, value="0.7", data_year=year)) == {}


@pytest.mark.parametrize(
    ("texts", "note"),
    [
        ({"value": "90"}, "含园区"),
        ({"value": "85"}, "含园区 ①"),
        ({"value": "90", "note": "含园区 ①"}, "含园区 ①"),
        ({"value": "90", "note": ""}, ""),
    ],
)
def test_a_footnote_mark_goes_with_its_figure_unless_the_file_says_it(
    texts: dict[str, str], note: str
) -> None:
    indicator = PLAN_OF.indicator("I13")
    assert indicator is not None
    here, _ = TextEdit("85①").apply(replace(MISSING, note="含园区"), indicator, Q3)
    taken = {("entry", "I13", name, ""): text for name, text in texts.items()}
    after = entry_after(PLAN_OF, Q3, "I13", entry_texts(here), row("I13", **texts), taken)
    assert after.note == note
