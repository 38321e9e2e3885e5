"""补录: earlier quarters as one table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.entry.backfill_dialog import BackfillDialog
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import COUNTY, PLAN
from tests.ui.fakes import EntryDesk, entry_desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
FIRST = Period(2023, 1)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[EntryDesk]:
    """The page below the dialog."""
    with entry_desk(qtbot, tmp_path) as opened:
        yield opened


@pytest.fixture
def dialog(qtbot: QtBot, desk: EntryDesk) -> Iterator[BackfillDialog]:
    """The table from 2023 on."""
    desk.page.steps.backfill()
    opened = desk.page.findChild(BackfillDialog)
    assert isinstance(opened, BackfillDialog)
    qtbot.waitUntil(opened.isVisible)
    opened.first_year.setCurrentIndex(opened.first_year.findData(2023))
    opened.first_year.activated.emit(opened.first_year.currentIndex())
    yield opened
    if isValid(opened):
        opened.table.cancel_edit()
        opened.close()


def kept(desk: EntryDesk, period: Period, code: str) -> Entry:
    """What is stored."""
    return desk.office.actions.fill.row(ReturnKey(PLAN, COUNTY, period), code).entry


def test_it_covers_the_quarters_before_the_chosen_one(dialog: BackfillDialog) -> None:
    titles = [
        dialog.model.headerData(at, Qt.Orientation.Horizontal) for at in range(dialog.model.columnCount())
    ]
    assert titles[0] == "2023年\n一季度"
    assert titles[-1] == "2024年\n二季度"
    assert dialog.model.rowCount() == 16


def test_enter_goes_down_past_what_is_locked(desk: EntryDesk, dialog: BackfillDialog) -> None:
    desk.type_enter("65.2")
    desk.type_enter("0.52")
    assert str(kept(desk, FIRST, "I03").value) == "65.2"
    assert str(kept(desk, FIRST, "I04").value) == "0.52"
    assert desk.office.actions.fill.sheet(ReturnKey(PLAN, COUNTY, FIRST)).head.backfilled


def test_tab_goes_on_to_the_next_quarter(desk: EntryDesk, dialog: BackfillDialog) -> None:
    desk.type("65.2")
    desk.press(Key.Key_Tab)
    desk.type_enter("66.0")
    assert str(kept(desk, Period(2023, 2), "I03").value) == "66.0"


def test_a_block_is_pasted_over_quarters_and_taken_back_whole(
    desk: EntryDesk, dialog: BackfillDialog
) -> None:
    QGuiApplication.clipboard().setText("65.2\t66.0\n0.52\tx\n")
    desk.press(Key.Key_V, CTRL)
    assert dialog.told.text() == "粘贴了 3 格，1 格不是数字，没写入。"
    assert str(kept(desk, Period(2023, 2), "I03").value) == "66.0"
    assert dialog.table.currentIndex() == dialog.model.index_of(Period(2023, 2), "I04")
    dialog.table.undo()
    assert not kept(desk, Period(2023, 2), "I03").filled
    dialog.table.redo()
    assert str(kept(desk, FIRST, "I04").value) == "0.52"


def test_letters_stay_with_their_reason(desk: EntryDesk, dialog: BackfillDialog) -> None:
    desk.type_enter("abc")
    assert dialog.table.refused
    assert "不是数字" in dialog.table.notice_text
    desk.press(Key.Key_Escape)
    assert dialog.table.editor is None
    assert dialog.isVisible()


def test_a_quarter_with_its_own_return_is_locked(desk: EntryDesk, dialog: BackfillDialog) -> None:
    desk.office.actions.fill.edit(ReturnKey(PLAN, COUNTY, Period(2024, 1)), "I03", TextEdit("69"))
    dialog.last_year.activated.emit(dialog.last_year.currentIndex())
    index = dialog.model.index_of(Period(2024, 1), "I03")
    assert dialog.model.locked_at(index)
    dialog.table.setCurrentIndex(index)
    desk.type("5")
    assert dialog.table.editor is None
    assert "正式报表" in dialog.table.notice_text


def test_the_page_shows_the_new_previous_values(
    qtbot: QtBot, desk: EntryDesk, dialog: BackfillDialog
) -> None:
    dialog.table.setCurrentIndex(dialog.model.index_of(Period(2024, 2), "I13"))
    desk.type_enter("11")
    dialog.close_button.click()
    assert str(desk.page.model.row_of("I13").previous.value) == "11"
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_delete_empties_the_chosen_cells(desk: EntryDesk, dialog: BackfillDialog) -> None:
    desk.type_enter("65.2")
    dialog.table.setCurrentIndex(dialog.model.index_of(FIRST, "I03"))
    desk.press(Key.Key_Delete)
    assert not kept(desk, FIRST, "I03").filled
