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
    return read_entry(indicator, cells, Q3)


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


def test_what_the_sender_kept_so_is_taken_as_it_kept_it() -> None:
    """An earlier release kept a year on a running total; its return keeps its check code."""
    assert problems(row("I12", exact=True, value="1.5", data_year="2023")) == {}


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
