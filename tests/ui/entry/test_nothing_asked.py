"""Nothing asks to fill, change or press what this person cannot fill, change or press here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.standing import Light
from kjxd_desktop.domain.returns.asks import CellAsk
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.entry.carried_box import CarriedBox
from kjxd_desktop.ui.entry.standing_texts import standing_sentence
from kjxd_desktop.ui.entry.tips import findings_tip, spoken_value, value_tip
from kjxd_desktop.ui.grid.cell_texts import cell_text
from kjxd_desktop.usecases.filling.edits import TextEdit, YearEdit
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.wording.monitoring import standing as words
from tests.helpers.offices import KEY
from tests.ui.fakes import EntryDesk, entry_desk

# What a sentence says that asks for something to be typed, changed or pressed.
ASKING = ("请", "填好", "改好", "点“", "点下面", "待填", "直接填", "不用再填")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[EntryDesk]:
    """A quarter with every light that can be brought about by filling, a carried figure and a wrong one."""
    with entry_desk(qtbot, tmp_path) as made:
        fill = made.office.actions.fill
        fill.edit(
            ReturnKey(KEY.plan_id, KEY.unit_code, Period(2024, 2)), "I03", YearEdit(2022), TextEdit("71.9")
        )
        fill.edit(ReturnKey(KEY.plan_id, KEY.unit_code, Period(2023, 3)), "I13", TextEdit("12"))
        fill.edit(KEY, "I13", TextEdit("1200"))
        yield made


def said(row: EntryRow, box: CarriedBox) -> str:
    """Everything that is said of a row."""
    box.show_row(row, KEY.period)
    buttons = (box.carry_on, box.new_year, box.correction)
    card = (box.sentence.text(), *(button.text() for button in buttons if not button.isHidden()))
    return "\n".join(
        (
            standing_sentence(row),
            words.standing_sentence(row.indicator, row.entry, row.standing, row.asks),
            cell_text(row),
            value_tip(row),
            findings_tip(row),
            spoken_value(row),
            *(card if row.entry.carried else ()),
        )
    )


def test_no_sentence_asks_for_what_cannot_be_done(desk: EntryDesk) -> None:
    box = CarriedBox(desk.page._theme)
    rows = desk.office.actions.fill.sheet(KEY).rows
    assert any(row.awaits for row in rows) and any(row.findings for row in rows)
    asking = False
    for row, light, locked in product(rows, (None, Light.OVERDUE, Light.NONE), (False, True)):
        standing = row.standing if light is None else replace(row.standing, light=light)
        closed = replace(row, standing=standing, locked=locked, editable=False)
        heard = said(closed, box)
        assert not [word for word in ASKING if word in heard], (row.indicator.code, light, heard)
        free = replace(closed, locked=False, editable=True)
        asking = asking or "请" in said(free, box)
    # It listened: where it can be done, it is asked for.
    assert asking


def test_a_figure_sent_down_is_not_asked_for(desk: EntryDesk) -> None:
    row = desk.office.actions.fill.row(KEY, "I03")
    assert row.awaits and "有了请填" in standing_sentence(row)
    locked = replace(row, locked=True, editable=False)
    assert locked.asks is CellAsk.SENT_DOWN
    assert standing_sentence(locked).endswith("这一项由上级公布并下发，本单位不用填。")
    answered = replace(row, awaits=False)
    assert answered.asks is CellAsk.NOTHING and "有了请填" not in standing_sentence(answered)
