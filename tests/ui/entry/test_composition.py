"""The input method: off where numbers go, undisturbed where words go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kjxd_desktop.ui.entry.columns import ColumnId
from kjxd_desktop.usecases.filling.edits import RemarkEdit
from tests.ui.fakes import EntryDesk, entry_desk, focused

Key = Qt.Key
ENABLED = Qt.WidgetAttribute.WA_InputMethodEnabled


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[EntryDesk]:
    """The page of an empty return."""
    with entry_desk(qtbot, tmp_path) as opened:
        yield opened


def test_the_input_method_is_off_on_numbers_and_on_for_remarks(desk: EntryDesk) -> None:
    grid = desk.page.grid
    assert not grid.testAttribute(ENABLED)
    desk.type("7")
    assert not focused().testAttribute(ENABLED)
    desk.press(Key.Key_Tab)
    assert grid.testAttribute(ENABLED)
    desk.press(Key.Key_F2)
    assert focused().testAttribute(ENABLED)


def test_composing_starts_in_the_remark_without_losing_the_first_syllable(desk: EntryDesk) -> None:
    grid = desk.page.grid
    grid.go_to("I03", ColumnId.NOTE)
    desk.compose("an")
    assert grid.editor is not None
    assert grid.hasFocus(), "moving the focus would break the composition off"
    desk.compose("anchang")
    desk.compose("", "按常住")
    assert grid.editor.text() == "按常住"
    assert grid.editor.hasFocus()
    desk.press(Key.Key_Return)
    assert desk.entry("I03").note == "按常住"


@pytest.mark.parametrize(
    "key", [Key.Key_Return, Key.Key_Space, Key.Key_Escape, Key.Key_Up, Key.Key_Left, Key.Key_Tab]
)
def test_keys_belong_to_the_input_method_while_it_composes(desk: EntryDesk, key: Qt.Key) -> None:
    grid = desk.page.grid
    grid.go_to("I03", ColumnId.NOTE)
    desk.press(Key.Key_F2)
    desk.compose("renkou")
    desk.press(key)
    assert grid.editor is not None
    assert grid.editor.isVisible()
    assert desk.code == "I03"
    assert desk.entry("I03").note == ""
    desk.compose("", "人口")
    assert grid.editor.text() == "人口"


def test_keys_of_the_first_composition_do_not_move_the_cursor(desk: EntryDesk) -> None:
    grid = desk.page.grid
    grid.go_to("I03", ColumnId.NOTE)
    desk.compose("an")
    desk.press(Key.Key_Return)
    desk.press(Key.Key_Down)
    assert desk.code == "I03"
    desk.compose("", "按")
    assert grid.editor is not None
    assert grid.editor.text() == "按"


def test_a_composition_that_is_given_up_leaves_the_remark_as_it_was(desk: EntryDesk) -> None:
    desk.office.actions.fill.edit(desk.page.writer.key, "I03", RemarkEdit("note", "原来的"))
    desk.page.refresh()
    desk.page.grid.go_to("I03", ColumnId.NOTE)
    desk.compose("an")
    desk.compose("")
    assert desk.page.grid.editor is None
    assert desk.entry("I03").note == "原来的"


def test_text_an_input_method_sends_to_a_number_is_not_lost(desk: EntryDesk) -> None:
    desk.compose("", "７")
    desk.type("1")
    desk.press(Key.Key_Return)
    assert str(desk.entry("I03").value) == "71"
