"""Blocks from a spreadsheet, copying back, taking steps back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.ui.entry.columns import INDEX, ColumnId
from kjxd_desktop.ui.grid.clipboard import block_rows
from tests.helpers.offices import FOURTEEN
from tests.ui.fakes import EntryDesk, entry_desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[EntryDesk]:
    """The page of an empty return."""
    with entry_desk(qtbot, tmp_path) as opened:
        yield opened


def paste(desk: EntryDesk, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    desk.press(Key.Key_V, CTRL)


def test_a_column_fills_the_cells_below_and_jumps_class_headers(desk: EntryDesk) -> None:
    paste(desk, "\r\n".join(FOURTEEN.values()) + "\r\n")
    assert {code: str(desk.entry(code).value) for code in FOURTEEN} == FOURTEEN
    assert desk.notices.texts[-1] == "粘贴了 14 格。"
    assert desk.page.model.pasted == frozenset(FOURTEEN)


def test_a_paste_is_one_step_back_and_forward(desk: EntryDesk) -> None:
    desk.type_enter("50")
    desk.go_to("I03")
    paste(desk, "\n".join(FOURTEEN.values()))
    desk.press(Key.Key_Z, CTRL)
    assert str(desk.entry("I03").value) == "50"
    assert all(not desk.entry(code).filled for code in FOURTEEN if code != "I03")
    desk.press(Key.Key_Y, CTRL)
    assert {code: str(desk.entry(code).value) for code in FOURTEEN} == FOURTEEN


def test_a_block_pasted_into_an_open_cell_is_still_a_block(desk: EntryDesk) -> None:
    desk.type("5")
    paste(desk, "71.9\n0.69\n")
    assert desk.page.grid.editor is None
    assert [str(desk.entry(code).value) for code in ("I03", "I04")] == ["71.9", "0.69"]


def test_one_copied_cell_goes_into_the_open_cell(desk: EntryDesk) -> None:
    desk.type("7")
    paste(desk, "1.9\n")
    desk.press(Key.Key_Return)
    assert str(desk.entry("I03").value) == "71.9"


def test_refused_cells_are_counted_and_can_be_shown(qtbot: QtBot, desk: EntryDesk) -> None:
    paste(desk, "71.9\nabc\n0.83\nxyz\n30.8")
    assert desk.notices.texts[-1] == "粘贴了 3 格，2 格不是数字，没写入。"
    assert not desk.entry("I04").filled
    assert str(desk.entry("I07").value) == "30.8"
    show = next(button for button in desk.page.findChildren(QPushButton) if button.text() == "看这 2 格")
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    chosen = {desk.page.model.indicator_line(index.row()) for index in desk.page.grid.selectedIndexes()}
    assert {line.code for line in chosen if line is not None} == {"I04", "I06"}
    assert desk.code == "I04"


def test_locked_rows_use_up_their_text_but_keep_what_they_have(desk: EntryDesk) -> None:
    desk.page.grid.go_to("I01")
    paste(desk, "58\n51\n71.9")
    assert desk.entry("I01").value is None
    assert str(desk.entry("I03").value) == "71.9"
    assert desk.notices.texts[-1] == "粘贴了 1 格，2 格是锁定的，没动。"


def test_empty_texts_of_a_block_leave_their_cells_alone(desk: EntryDesk) -> None:
    desk.type_enter("71.9")
    desk.type_enter("0.69")
    desk.go_to("I03")
    paste(desk, "70\n\n0.83")
    assert str(desk.entry("I03").value) == "70"
    assert str(desk.entry("I04").value) == "0.69"
    assert str(desk.entry("I05").value) == "0.83"


def test_rows_below_the_table_are_told(desk: EntryDesk) -> None:
    desk.go_to("I16")
    paste(desk, "1\n2\n3")
    assert str(desk.entry("I16").value) == "1"
    assert desk.notices.texts[-1] == "粘贴了 1 格，有 2 行超出表格，没写入。"


def test_remarks_can_be_pasted_and_belong_to_the_same_step(desk: EntryDesk) -> None:
    desk.page.grid.go_to("I03", ColumnId.NOTE)
    paste(desk, "按新口径\n按常住人口")
    assert [desk.entry(code).note for code in ("I03", "I04")] == ["按新口径", "按常住人口"]
    desk.press(Key.Key_Z, CTRL)
    assert [desk.entry(code).note for code in ("I03", "I04")] == ["", ""]


def test_values_stay_visible_when_a_remark_of_the_block_is_refused(desk: EntryDesk) -> None:
    columns = sum(
        not desk.page.grid.isColumnHidden(at) for at in range(INDEX[ColumnId.VALUE], INDEX[ColumnId.NOTE])
    )
    paste(desk, "71.9" + "\t" * columns + "长" * 501)
    assert str(desk.page.model.row_of("I03").entry.value) == "71.9"
    assert "备注最多 500 个字" in desk.notices.texts[-1]
    desk.press(Key.Key_Z, CTRL)
    assert not desk.entry("I03").filled


def test_copy_gives_numbers_a_spreadsheet_can_read(desk: EntryDesk) -> None:
    desk.type_enter("1234.50")
    desk.go_to("I03")
    desk.press(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    desk.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "1234.50\n待填"


def test_undo_takes_typed_values_marks_and_clearing_back_one_by_one(desk: EntryDesk) -> None:
    desk.type_enter("71.9")
    desk.go_to("I03")
    desk.press(Key.Key_1, CTRL)
    desk.press(Key.Key_Delete)
    assert desk.entry("I03").status is EntryStatus.MISSING
    desk.press(Key.Key_Z, CTRL)
    assert desk.entry("I03").status is EntryStatus.ESTIMATED
    desk.press(Key.Key_Z, CTRL)
    assert desk.entry("I03").status is EntryStatus.REPORTED
    desk.press(Key.Key_Z, CTRL)
    assert not desk.entry("I03").filled
    desk.press(Key.Key_Y, CTRL)
    assert str(desk.entry("I03").value) == "71.9"


def test_a_new_act_ends_what_could_be_done_again(desk: EntryDesk) -> None:
    desk.type_enter("71.9")
    desk.press(Key.Key_Z, CTRL)
    desk.go_to("I03")
    desk.type_enter("70")
    desk.press(Key.Key_Y, CTRL)
    assert str(desk.entry("I03").value) == "70"


def test_the_corner_marks_go_when_the_page_is_left(desk: EntryDesk) -> None:
    paste(desk, "71.9")
    desk.page.hide()
    assert desk.page.model.pasted == frozenset()


def test_quoted_cells_may_hold_line_ends_and_tabs() -> None:
    assert block_rows('1\t"按新\n口径"\r\n2\t二\r\n') == [["1", "按新\n口径"], ["2", "二"]]
    assert block_rows("") == []
