"""Workbooks of people without the program: rounds, files that came before, reasons, parts in another unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Component
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Explanation, Return, ReturnState
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.codes import Reason
from kjxd_desktop.usecases.receiving.read import read_component_cell, read_entry
from kjxd_desktop.usecases.sending.exchange import FileCell, ReturnFile
from tests.helpers.return_contents import PERIOD, built_in_plan, dispatch_content
from tests.helpers.return_files import KEY, Desk, receiving_desk, return_file

PLAN = built_in_plan()
# 技术合同成交额, of the year so far.
CODE = "I12"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Desk]:
    with receiving_desk(tmp_path / "市", Role.CITY) as desk:
        yield desk


def filled(text: str) -> ReturnFile:
    """A city's template, filled by hand."""
    return return_file(dispatch_content(), {("I13", "value"): text})


def head(desk: Desk) -> Return:
    with desk.store.reading() as uow:
        found = uow.returns.find(KEY)
    assert found is not None
    return found


def take_again(desk: Desk, file: ReturnFile) -> None:
    """Take a file over one that was taken before, whatever it waits for."""
    preview = desk.preview(file)
    decisions = desk.receive.accept_all(preview)
    for row in preview.rows:
        decisions.setdefault(row.index, (row.decisions[0], ""))
    desk.receive.apply(preview, decisions)


def test_each_file_after_a_sent_one_is_a_round_of_its_own(city: Desk) -> None:
    city.take(filled("8"))
    assert (head(city).round, head(city).state) == (1, ReturnState.SUBMITTED)
    city.take(filled("9"))
    assert (head(city).round, head(city).state) == (2, ReturnState.SUBMITTED)


@pytest.mark.parametrize(
    ("state", "number"),
    [
        (ReturnState.DRAFT, 3),
        (ReturnState.CHECKED, 3),
        (ReturnState.SIGNED, 3),
        (ReturnState.RETURNED, 3),
        (ReturnState.SUBMITTED, 4),
    ],
)
def test_a_return_that_was_not_out_keeps_its_round(city: Desk, state: ReturnState, number: int) -> None:
    with city.store.writing("test", None) as uow:
        uow.returns.put(Return(KEY, 1, state, round=3))
    city.take(filled("8"))
    assert (head(city).round, head(city).state) == (number, ReturnState.SUBMITTED)


def test_an_earlier_file_without_signature_is_held(city: Desk) -> None:
    """Without signatures only the files themselves tell which came first."""
    city.take(filled("8"))
    city.take(filled("9"))
    codes = {code for code, _ in city.preview(filled("8")).notices}
    assert "not_descendant" in codes
    assert "not_descendant" not in {code for code, _ in city.preview(filled("10")).notices}


def test_the_last_file_again_is_no_stray(city: Desk) -> None:
    city.take(filled("8"))
    codes = {code for code, _ in city.preview(filled("8")).notices}
    assert "not_descendant" not in codes


def test_a_data_year_nobody_wrote_is_the_newest_one_there_can_be(city: Desk) -> None:
    """A figure of a year, taken with the year that the program assumed and said so."""
    city.take(return_file(dispatch_content(), {("I03", "value"): "71.9"}))
    assert city.kept().entries["I03"] == Entry(EntryStatus.REPORTED, Decimal("71.9"), data_year=2023)


def component(code: str) -> Component:
    indicator = PLAN.indicator(code)
    assert indicator is not None
    return indicator.components[0]


def cell(text: str, **more: object) -> FileCell:
    return FileCell("指标", "F9", "entry", "I05", "numerator", text, **more)  # type: ignore[arg-type]


def test_a_part_in_another_unit_waits_for_a_person() -> None:
    part = component("I05")
    read = read_component_cell(part, cell("1234.5", unit="吨"))
    assert (read.reason, read.problem, dict(read.params)) == (
        Reason.UNIT_DIFFERS,
        True,
        {"text": "1234.5", "written": "吨", "unit": part.unit},
    )
    assert read_component_cell(part, cell("1234.5", unit=part.unit)).text == "1234.5"
    assert not read_component_cell(part, cell("", unit="吨")).problem


def test_a_part_that_is_a_formula_without_result_waits_for_a_person() -> None:
    read = read_component_cell(component("I05"), cell("", error=True))
    assert read.problem and read.text == ""


def test_a_value_by_formula_that_is_no_number_is_not_its_ratio() -> None:
    indicator = PLAN.indicator("I05")
    assert indicator is not None
    texts = {"numerator": "10", "denominator": "1000"}
    cells = {name: FileCell("指标", "F9", "entry", "I05", name, text) for name, text in texts.items()}
    for text, computed in (("1", True), ("未公布", False), ("0.9", False)):
        value = FileCell("指标", "G9", "entry", "I05", "value", text, formula=True)
        read = read_entry(indicator, {**cells, "value": value}, PERIOD)["value"]
        assert (read.reason is Reason.COMPUTED) == computed, text


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ("", {"ytd_below_previous"}),
        ("ytd_below_previous", {"ytd_below_previous"}),
        ("outlier", set()),
    ],
)
def test_a_reason_in_words_is_bound_to_what_the_checks_find_here(
    city: Desk, rule: str, kept: set[str]
) -> None:
    """Somebody without the program writes why; the city's own check says what for."""
    before = replace(KEY, period=KEY.period.previous())
    with city.store.writing("test", None) as uow:
        uow.returns.put(Return(before, 1))
        uow.returns.put_entry(before, CODE, Entry(EntryStatus.REPORTED, Decimal(12)))
    reason = (Explanation(CODE, rule, "", "按新口径重新统计"),)
    content = replace(dispatch_content(), explanations=reason)
    city.take(return_file(content, {(CODE, "value"): "8"}))
    with city.store.reading() as uow:
        found = uow.returns.explanations(KEY)
    assert {item.rule for item in found} == kept
    assert all((item.code, item.text) == (CODE, "按新口径重新统计") and item.basis for item in found)
