"""Things said at once of one cell or task: every pair of them, in every order, agrees or is refused."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.problems import CallError, ProblemError
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import TaskStatus, percent_fits
from kjxd_desktop.usecases.filling.edits import (
    ComponentsEdit,
    Edit,
    RemarkEdit,
    StatusEdit,
    TextEdit,
    YearEdit,
)
from kjxd_desktop.usecases.filling.together import require_agreeing_progress
from kjxd_desktop.wording.problems import problem_sentence
from tests.helpers.offices import KEY, county_office

# An annual share: it takes every kind of edit.
CODE = "I04"
SAID: dict[str, Edit] = {
    "number": TextEdit("0.76"),
    "estimate": TextEdit("0.76（预计）"),
    "dash": TextEdit("—"),
    "unpublished": TextEdit("未公布"),
    "empty": TextEdit(""),
    "is reported": StatusEdit(EntryStatus.REPORTED),
    "is estimated": StatusEdit(EntryStatus.ESTIMATED),
    "is not applicable": StatusEdit(EntryStatus.NOT_APPLICABLE),
    "is not published": StatusEdit(EntryStatus.NOT_PUBLISHED),
    "is missing": StatusEdit(EntryStatus.MISSING),
    "parts": ComponentsEdit("26.6", "3500"),
    "numerator": ComponentsEdit("26.6", None),
    "other parts": ComponentsEdit("1", "2"),
    "no parts": ComponentsEdit("", ""),
    "year": YearEdit(2022),
    "no year": YearEdit(None),
    "note": RemarkEdit("note", "见附件"),
}
_NONE = {"dash", "unpublished", "empty", "is not applicable", "is not published", "is missing"}
_VALUE = {"number", "estimate", "is reported", "is estimated", "parts", "numerator", "other parts", "year"}
# Pairs without a value that say the same, or of which the second says it more closely.
_SAME = {
    frozenset(pair)
    for pair in (
        ("dash", "is not applicable"),
        ("unpublished", "is not published"),
        ("empty", "is not applicable"),
        ("empty", "is not published"),
        ("empty", "is missing"),
    )
}
_DIFFERENT = {
    frozenset(pair)
    for pair in (
        ("estimate", "is reported"),
        ("is reported", "is estimated"),
        ("number", "other parts"),
        ("estimate", "other parts"),
    )
}


def agree(one: str, other: str) -> bool:
    pair = frozenset((one, other))
    if pair <= _NONE:
        return pair in _SAME
    if pair & _NONE and pair & _VALUE:
        return False
    return pair not in _DIFFERENT


# Two edits of one kind are never given together: a command and a row have one place for each.
PAIRS = [
    pair
    for pair in combinations(SAID, 2)
    if type(SAID[pair[0]]) is not type(SAID[pair[1]]) or ("is reported" in pair and "is estimated" in pair)
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        opened.actions.fill.edit(KEY, CODE, TextEdit("0.5"), RemarkEdit("note", "上次"))
        yield opened


def entry(office: Office) -> Entry:
    return office.actions.fill.row(KEY, CODE).entry


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_every_pair_agrees_or_is_refused_whole(office: Office, one: str, other: str) -> None:
    fill, before = office.actions.fill, entry(office)
    for first, second in ((one, other), (other, one)):
        edits = (SAID[first], SAID[second])
        if agree(one, other):
            fill.restore(KEY, {CODE: before}, "undo")
            fill.edit(KEY, CODE, *sorted(edits, key=lambda edit: isinstance(edit, StatusEdit)))
            continue
        with pytest.raises(CallError) as caught:
            fill.edit(KEY, CODE, *edits)
        assert caught.value.problem.code == "contradicts"
        assert "没有存" in problem_sentence(caught.value.problem)
        assert entry(office) == before


@pytest.mark.parametrize(("one", "other"), [pair for pair in PAIRS if not agree(*pair)])
def test_the_same_in_a_row_of_a_block(office: Office, one: str, other: str) -> None:
    """The row stays as it was; the other rows of the block are written."""
    before = entry(office)
    cells = [(CODE, SAID[one]), ("I13", TextEdit("12")), (CODE, SAID[other])]
    outcome = office.actions.fill.set_block(KEY, cells)
    assert [(item.field, item.code) for item in outcome.refused] == [(CODE, "contradicts")]
    assert entry(office) == before
    assert office.actions.fill.row(KEY, "I13").entry.value == Decimal(12)


# The figure's own


@pytest.mark.parametrize(
    ("edits", "note"),
    [
        ((TextEdit("90"),), ""),
        ((TextEdit(""),), ""),
        ((StatusEdit(EntryStatus.NOT_APPLICABLE),), ""),
        ((TextEdit("90*"),), "*"),
        ((TextEdit("85"),), "①"),
        ((TextEdit("85.0"),), "①"),
        ((StatusEdit(EntryStatus.ESTIMATED),), "①"),
        ((TextEdit("90"), RemarkEdit("note", "口径同上①")), "口径同上①"),
    ],
)
def test_a_footnote_mark_goes_with_its_figure(office: Office, edits: tuple[Edit, ...], note: str) -> None:
    fill = office.actions.fill
    fill.edit(KEY, "I12", TextEdit("85①"))
    assert fill.row(KEY, "I12").entry.note == "①"
    fill.edit(KEY, "I12", *edits)
    assert fill.row(KEY, "I12").entry.note == note


def test_words_beside_a_mark_stay(office: Office) -> None:
    fill = office.actions.fill
    fill.edit(KEY, "I12", RemarkEdit("note", "含园区"))
    fill.edit(KEY, "I12", TextEdit("85①"))
    assert fill.row(KEY, "I12").entry.note == "含园区 ①"
    fill.edit(KEY, "I12", TextEdit("90"))
    assert fill.row(KEY, "I12").entry.note == "含园区"


def test_a_mark_goes_when_the_parts_give_another_value(office: Office) -> None:
    fill = office.actions.fill
    fill.edit(KEY, CODE, TextEdit("0.7①"))
    fill.edit(KEY, CODE, ComponentsEdit("1", "200"))
    assert fill.row(KEY, CODE).entry.note == "上次"


def test_one_part_alone_leaves_the_other(office: Office) -> None:
    fill = office.actions.fill
    fill.edit(KEY, CODE, ComponentsEdit("26.6", "3500"))
    fill.edit(KEY, CODE, ComponentsEdit("35", None))
    assert (entry(office).numerator, entry(office).denominator) == (Decimal(35), Decimal(3500))
    assert entry(office).value == Decimal(1)


@pytest.mark.parametrize(("code", "refused"), [("I04", False), ("I12", True), ("I13", True)])
def test_only_annual_figures_speak_of_a_year(office: Office, code: str, refused: bool) -> None:
    fill = office.actions.fill
    if not refused:
        fill.edit(KEY, code, YearEdit(2022))
        assert fill.row(KEY, code).entry.data_year == 2022
        return
    with pytest.raises(ProblemError) as caught:
        fill.edit(KEY, code, TextEdit("12"), YearEdit(2022))
    assert caught.value.problem.code == "year_not_annual"
    assert fill.row(KEY, code).entry.value is None
    fill.edit(KEY, code, YearEdit(None))


@pytest.mark.parametrize(
    ("status", "code"),
    [(EntryStatus.REPORTED, "reported_needs_value"), (EntryStatus.ESTIMATED, "needs_value")],
)
def test_a_mark_for_a_value_needs_one(office: Office, status: EntryStatus, code: str) -> None:
    with pytest.raises(ProblemError) as caught:
        office.actions.fill.edit(KEY, "I13", StatusEdit(status))
    assert caught.value.problem.code == code
    assert ("预计数" in problem_sentence(caught.value.problem)) is (status is EntryStatus.ESTIMATED)


# Tasks


@pytest.mark.parametrize("status", TaskStatus)
@pytest.mark.parametrize("percent", [None, 0, 40, 100])
@pytest.mark.parametrize("beside", [(), ("problems",), ("evidence",)])
def test_every_pair_of_a_task(status: TaskStatus, percent: int | None, beside: tuple[str, ...]) -> None:
    allowed = {TaskStatus.DONE: {100}, TaskStatus.NOT_STARTED: {0}, TaskStatus.NOT_INVOLVED: set()}
    fits = percent is None or percent in allowed.get(status, {0, 40, 100})
    assert fits == (percent is None or percent_fits(status, percent))
    if fits and not (beside and status is TaskStatus.NOT_INVOLVED):
        require_agreeing_progress("A2-7", status, percent, beside)
        return
    with pytest.raises(CallError) as caught:
        require_agreeing_progress("A2-7", status, percent, beside)
    assert caught.value.problem.code == "contradicts"
