"""Every column that is filled: typing, pasting, clearing, copying and taking back touch its own field and no other.

The kind that this is against: what is not the remark is therefore the value.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, REMARKS, Entry
from kjxd_desktop.ui.entry.columns import COLUMNS, INDEX, ColumnId, EntryColumn
from tests.helpers.offices import KEY
from tests.ui.fakes import EntryDesk, entry_desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
CODE, BELOW = "I13", "I14"
FILLED = [column for column in COLUMNS if column.edit is not None]
SAID = Entry(EntryStatus.ESTIMATED, Decimal(9)).with_fields(
    {item.name: f"原来的{item.name}" for item in REMARKS}
)

filled = pytest.mark.parametrize("column", FILLED, ids=lambda item: item.id.value)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[EntryDesk]:
    """A page wide enough for every column, with two filled cells."""
    with entry_desk(qtbot, tmp_path, size=(1860, 900)) as opened:
        for code in (CODE, BELOW):
            opened.office.actions.fill.restore(KEY, {code: SAID}, "undo")
        opened.page.refresh()
        yield opened


def field_of(column: EntryColumn) -> str:
    """The field a column fills."""
    assert column.field, f"ui/entry/columns.py: {column.id} does not say which field it fills"
    return column.field


def changed(before: Entry, after: Entry) -> set[str]:
    """The fields in which two entries differ."""
    return {item.name for item in ENTRY_FIELDS if item.text_of(before) != item.text_of(after)}


def belongs(column: EntryColumn) -> set[str]:
    """What a change in a column may touch: its own field; the value takes along what belongs to it."""
    own = field_of(column)
    return {item.name for item in ENTRY_FIELDS if item.of_value} if own == "value" else {own}


def sample(column: EntryColumn) -> str:
    """What a person types there."""
    return "写上的话" if column.prose else "12"


def put_cursor(desk: EntryDesk, column: EntryColumn, code: str = CODE) -> None:
    assert desk.page.grid.go_to(code, column.id), "the column is not shown"


def test_every_remark_has_a_column() -> None:
    assert {field_of(column) for column in FILLED} == {"value", *(item.name for item in REMARKS)}


@filled
def test_typing(desk: EntryDesk, column: EntryColumn) -> None:
    put_cursor(desk, column)
    desk.type_enter(sample(column))
    after = desk.entry(CODE)
    assert str(getattr(after, field_of(column))) == sample(column)
    assert changed(SAID, after) <= belongs(column)
    assert not changed(SAID, desk.entry(BELOW))


@filled
def test_pasting(desk: EntryDesk, column: EntryColumn) -> None:
    put_cursor(desk, column)
    QGuiApplication.clipboard().setText(f"{sample(column)}\n{sample(column)}\n")
    desk.press(Key.Key_V, CTRL)
    for code in (CODE, BELOW):
        assert str(getattr(desk.entry(code), field_of(column))) == sample(column)
        assert changed(SAID, desk.entry(code)) <= belongs(column)


@filled
def test_clearing_one_and_several(desk: EntryDesk, column: EntryColumn) -> None:
    put_cursor(desk, column)
    desk.press(Key.Key_Delete)
    assert len(changed(SAID, desk.entry(CODE)) & {field_of(column)}) > 0
    assert changed(SAID, desk.entry(CODE)) <= belongs(column)
    desk.press(Key.Key_Z, CTRL)
    put_cursor(desk, column)
    desk.press(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    desk.press(Key.Key_Delete)
    for code in (CODE, BELOW):
        assert field_of(column) in changed(SAID, desk.entry(code))
        assert changed(SAID, desk.entry(code)) <= belongs(column)


@filled
def test_taking_back(desk: EntryDesk, column: EntryColumn) -> None:
    put_cursor(desk, column)
    desk.type_enter(sample(column))
    assert changed(SAID, desk.entry(CODE))
    desk.go_to("I03")
    desk.press(Key.Key_Z, CTRL)
    assert not changed(SAID, desk.entry(CODE))
    # The cursor is where the change was: a Delete now must not hit another field.
    assert (desk.code, desk.page.grid.currentIndex().column()) == (CODE, INDEX[column.id])
    desk.press(Key.Key_Y, CTRL)
    assert desk.page.grid.currentIndex().column() == INDEX[column.id]
    assert str(getattr(desk.entry(CODE), field_of(column))) == sample(column)


@filled
def test_copying_gives_what_is_kept(desk: EntryDesk, column: EntryColumn) -> None:
    put_cursor(desk, column)
    desk.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == str(getattr(SAID, field_of(column)))


@filled
def test_an_editor_opens_with_what_is_kept(desk: EntryDesk, column: EntryColumn) -> None:
    put_cursor(desk, column)
    desk.press(Key.Key_F2)
    editor = desk.page.grid.editor
    assert editor is not None
    assert editor.text() == str(getattr(SAID, field_of(column)))


def test_a_block_over_all_columns_fills_each(desk: EntryDesk) -> None:
    first = min(INDEX[column.id] for column in FILLED)
    shown = [at for at in range(first, len(COLUMNS)) if not desk.page.grid.isColumnHidden(at)]
    texts = [sample(COLUMNS[at]) if COLUMNS[at].edit else "别的列" for at in shown]
    desk.go_to(CODE)
    QGuiApplication.clipboard().setText("\t".join(texts))
    desk.press(Key.Key_V, CTRL)
    for column in FILLED:
        assert str(getattr(desk.entry(CODE), field_of(column))) == sample(column)


def test_keys_walk_through_every_filled_column_and_on_to_the_next_line(desk: EntryDesk) -> None:
    desk.go_to(CODE)
    for column in FILLED[1:]:
        desk.press(Key.Key_Tab)
        assert (desk.code, desk.page.grid.currentIndex().column()) == (CODE, INDEX[column.id])
    desk.press(Key.Key_Tab)
    assert (desk.code, desk.page.grid.currentIndex().column()) == (BELOW, INDEX[ColumnId.VALUE])
    for column in reversed(FILLED):
        desk.press(Key.Key_Backtab)
        assert (desk.code, desk.page.grid.currentIndex().column()) == (CODE, INDEX[column.id])


def test_taking_back_selects_one_cell_though_ctrl_is_held(desk: EntryDesk) -> None:
    """Otherwise the next Delete would empty another cell too."""
    desk.go_to(CODE)
    desk.type_enter("12")
    desk.go_to("I03")
    desk.press(Key.Key_Z, CTRL)
    assert desk.code == CODE
    assert [index.row() for index in desk.page.grid.selectedIndexes()] == [
        desk.page.grid.currentIndex().row()
    ]


def test_going_back_with_shift_selects_one_cell(desk: EntryDesk) -> None:
    desk.go_to(BELOW)
    desk.press(Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert desk.code == CODE
    assert len(desk.page.grid.selectedIndexes()) == 1
