"""Filling by keyboard alone: no key lost, every value on disk before the cursor moves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.ui.entry.columns import ColumnId
from kjxd_desktop.ui.entry.entry_model import EntryTableModel
from tests.helpers.offices import FOURTEEN
from tests.ui.fakes import EntryDesk, entry_desk

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[EntryDesk]:
    """The page of an empty return."""
    with entry_desk(qtbot, tmp_path) as opened:
        yield opened


def column(desk: EntryDesk) -> ColumnId:
    """Column under the cursor."""
    return EntryTableModel.column(desk.page.grid.currentIndex()).id


def test_fourteen_values_take_their_characters_and_fourteen_enters(desk: EntryDesk) -> None:
    for text in FOURTEEN.values():
        desk.type_enter(text)
    for code, text in FOURTEEN.items():
        entry = desk.entry(code)
        assert str(entry.value) == text
        assert entry.status is EntryStatus.REPORTED
    assert desk.page.model.counts.filled == 14
    assert "已填 14 / 14" in desk.page.header.filled.text()


def test_each_value_is_stored_before_the_cursor_is_on_the_next_cell(desk: EntryDesk) -> None:
    stored_when_moving: list[Decimal | None] = []
    desk.page.grid.current_changed.connect(lambda code: stored_when_moving.append(desk.entry("I03").value))
    desk.type_enter("71.9")
    assert stored_when_moving == [Decimal("71.9")]
    assert desk.code == "I04"


def test_the_first_key_replaces_what_stood_there(desk: EntryDesk) -> None:
    desk.type_enter("71.9")
    desk.press(Key.Key_Up)
    desk.type_enter("68")
    assert str(desk.entry("I03").value) == "68"


def test_full_width_digits_are_numbers(desk: EntryDesk) -> None:
    desk.type("７１．９")
    assert desk.page.grid.editor is not None
    assert desk.page.grid.editor.text() == "７１．９"
    desk.press(Key.Key_Return)
    assert str(desk.entry("I03").value) == "71.9"


def test_typing_on_another_column_of_the_row_goes_to_its_value(desk: EntryDesk) -> None:
    desk.page.grid.go_to("I05", ColumnId.NAME)
    desk.type_enter("0.83")
    assert str(desk.entry("I05").value) == "0.83"


def test_shift_enter_goes_back(desk: EntryDesk) -> None:
    desk.go_to("I05")
    desk.type("0.83")
    desk.press(Key.Key_Return, SHIFT)
    assert desk.code == "I04"
    assert str(desk.entry("I05").value) == "0.83"


def test_enter_skips_locked_rows_and_class_headers(desk: EntryDesk) -> None:
    desk.page.grid.go_to("I01")
    desk.press(Key.Key_Return)
    assert desk.code == "I03"
    desk.press(Key.Key_Return)
    assert desk.code == "I04"
    desk.go_to("I08")
    desk.press(Key.Key_Return)
    assert desk.code == "I09"


def test_enter_on_the_last_cell_keeps_it_and_stays(desk: EntryDesk) -> None:
    desk.go_to("I16")
    desk.type_enter("0")
    assert desk.code == "I16"
    assert desk.entry("I16").value == 0


def test_tab_leads_from_value_to_remark_to_the_next_row_and_back(desk: EntryDesk) -> None:
    desk.type("71.9")
    desk.press(Key.Key_Tab)
    assert (desk.code, column(desk)) == ("I03", ColumnId.NOTE)
    desk.type("ab")
    desk.press(Key.Key_Tab)
    assert (desk.code, column(desk)) == ("I04", ColumnId.VALUE)
    assert desk.entry("I03").note == "ab"
    desk.press(Key.Key_Backtab)
    assert (desk.code, column(desk)) == ("I03", ColumnId.NOTE)


def test_up_and_down_commit_left_and_right_move_the_caret(desk: EntryDesk) -> None:
    desk.type("12")
    desk.press(Key.Key_Left)
    desk.type("5")
    desk.press(Key.Key_Down)
    assert str(desk.entry("I03").value) == "152"
    assert desk.code == "I04"
    desk.type("1.5")
    desk.press(Key.Key_Up)
    assert str(desk.entry("I04").value) == "1.5"
    assert desk.code == "I03"


def test_f2_edits_what_stands_there_and_esc_restores_it(desk: EntryDesk) -> None:
    desk.type_enter("1234.50")
    desk.press(Key.Key_Up)
    desk.press(Key.Key_F2)
    assert desk.page.grid.editor is not None
    assert desk.page.grid.editor.text() == "1234.50"
    desk.type("9")
    desk.press(Key.Key_Escape)
    assert desk.page.grid.editor is None
    assert str(desk.entry("I03").value) == "1234.50"


def test_delete_makes_a_cell_missing_never_zero(desk: EntryDesk) -> None:
    desk.type_enter("71.9")
    desk.press(Key.Key_Up)
    desk.press(Key.Key_Delete)
    assert desk.entry("I03").status is EntryStatus.MISSING
    assert desk.entry("I03").value is None


def test_letters_stay_in_the_open_editor_with_the_reason(desk: EntryDesk) -> None:
    desk.type_enter("71.9")
    desk.press(Key.Key_Up)
    desk.type_enter("12a")
    grid = desk.page.grid
    assert grid.editor is not None
    assert grid.editor.hasFocus()
    assert grid.editor.text() == "12a"
    assert grid.refused
    assert "不是数字" in grid.notice_text
    assert str(desk.entry("I03").value) == "71.9"
    desk.press(Key.Key_Backspace)
    assert not grid.refused
    assert grid.notice_text == ""
    desk.press(Key.Key_Return)
    assert str(desk.entry("I03").value) == "12"
    assert desk.code == "I04"


def test_a_refused_text_survives_a_click_elsewhere(qtbot: QtBot, desk: EntryDesk) -> None:
    desk.type("x")
    grid = desk.page.grid
    other = grid.visualRect(desk.page.model.index_of("I09")).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=other)
    assert grid.editor is not None
    assert grid.editor.text() == "x"
    assert desk.code == "I03"


def test_clicking_another_cell_keeps_what_was_typed(qtbot: QtBot, desk: EntryDesk) -> None:
    desk.type("71.9")
    grid = desk.page.grid
    other = grid.visualRect(desk.page.model.index_of("I09")).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=other)
    assert str(desk.entry("I03").value) == "71.9"
    assert desk.code == "I09"


def test_typing_on_a_locked_row_says_why_and_opens_nothing(desk: EntryDesk) -> None:
    desk.page.grid.go_to("I01")
    desk.type("5")
    assert desk.page.grid.editor is None
    assert "上级公布" in desk.page.grid.notice_text
    assert desk.entry("I01").value is None


def test_a_space_alone_clears_nothing(desk: EntryDesk) -> None:
    desk.type_enter("71.9")
    desk.press(Key.Key_Up)
    desk.press(Key.Key_Space)
    assert desk.page.grid.editor is None
    assert str(desk.entry("I03").value) == "71.9"


def test_tab_leaves_the_grid_at_its_end(desk: EntryDesk) -> None:
    desk.page.grid.go_to("I16", ColumnId.NOTE)
    desk.press(Key.Key_Tab)
    assert not desk.page.grid.hasFocus()
