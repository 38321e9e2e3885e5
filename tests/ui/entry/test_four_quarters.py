"""A clerk's four quarters of a year by keyboard: no annual figure is typed twice, and the keys are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Kind
from tests.helpers.offices import FOURTEEN, KEY
from tests.ui.fakes import EntryDesk, entry_desk

YEAR = 2024
# What a year's running totals come to by each quarter, in percent; counts stay whole.
GROWN = {"I12": ("0.20", "0.60", "1.00", "1.50"), "I15": ("2", "7", "11", "15")}


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[EntryDesk]:
    """A county without any figure yet."""
    with entry_desk(qtbot, tmp_path) as made:
        yield made


def text_of(code: str, quarter: int) -> str:
    """What the clerk has on paper; annual figures get new ones when they are published."""
    if code in GROWN:
        return GROWN[code][quarter - 1]
    return FOURTEEN[code]


def fill_quarter(desk: EntryDesk, quarter: int) -> tuple[list[str], int]:
    """Type whatever the page asks for, Enter after each; the indicators typed and the keys pressed."""
    key = replace(KEY, period=Period(YEAR, quarter))
    desk.office.actions.desk.choose_period(key.period)
    desk.page.refresh()
    desk.page.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    typed: list[str] = []
    keys = 0
    while not desk.page.model.row_of(desk.code).answered:
        code, text = desk.code, text_of(desk.code, quarter)
        desk.type_enter(text)
        assert desk.office.actions.fill.row(key, code).answered, code
        typed.append(code)
        keys += len(text) + 1
    counts = desk.page.model.counts
    assert counts.filled == counts.due == len(FOURTEEN) and counts.missing == 0
    return typed, keys


def test_no_annual_figure_is_typed_twice(desk: EntryDesk) -> None:
    plan = desk.office.actions.desk.desk().plan
    annual = {code for code in FOURTEEN if (item := plan.indicator(code)) and item.kind is Kind.ANNUAL}
    assert len(annual) == 7
    year = [fill_quarter(desk, quarter) for quarter in (1, 2, 3, 4)]
    typed = [sorted(annual & set(codes)) for codes, _ in year]
    # 2022's figures in the first return, 2023's when they are published in September; nothing in between.
    assert typed == [sorted(annual), [], sorted(annual), []]
    entries = {
        (code, quarter): desk.office.actions.fill.row(replace(KEY, period=Period(YEAR, quarter)), code).entry
        for code in annual
        for quarter in (1, 2, 3, 4)
    }
    assert {entries[code, quarter].data_year for code in annual for quarter in (1, 2)} == {2022}
    assert {entries[code, quarter].data_year for code in annual for quarter in (3, 4)} == {2023}
    keys = [count for _, count in year]
    whole = sum(len(text_of(code, quarter)) + 1 for code in FOURTEEN for quarter in (1, 2, 3, 4))
    assert (keys, sum(keys), whole) == ([59, 24, 60, 25], 168, 238)
