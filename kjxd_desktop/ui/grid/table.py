"""A table that is filled by keyboard like a spreadsheet: the base of the grids of this program.

Typing replaces a cell and the first key is never lost; Enter keeps the cell and goes on; a text that
cannot be kept stays in its editor with the reason beside it. What can be edited, how it is kept and
where the cursor goes is said by the subclass.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from kjxd_desktop.ui.grid.editor import CellBubble, CellEditor, Move, clipboard_text
from kjxd_desktop.ui.grid.index import Index, plain_index

_TEXT_EDITOR_WIDTH = 280
_COMMAND_KEYS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class ValueTable(QTableView):
    """Keyboard, editors and clipboard of a table of values."""

    edit_cancelled = Signal()

    # Qt lays the table out while it is being made.
    _editor: CellEditor | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(True)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self._number = CellEditor(self.viewport(), number=True)
        self._text = CellEditor(self.viewport(), number=False)
        self._bubble = CellBubble(self.viewport())
        self._index = QPersistentModelIndex()
        self._initial = ""
        self._refused = False
        self._handing = False
        # Moving the focus would break off the composition that opened the editor.
        self._first_composition = False
        for editor in (self._number, self._text):
            editor.finished.connect(self._on_finished)
            editor.cancelled.connect(self._on_cancelled)
            editor.left.connect(self._on_left)
            editor.block_pasted.connect(self._on_block_pasted)
            editor.textEdited.connect(self._on_text_edited)

    # What a subclass says

    def can_edit(self, index: QModelIndex) -> bool:
        """Whether the cell may be edited."""
        raise NotImplementedError

    def is_text(self, index: QModelIndex) -> bool:
        """Whether the cell holds free text; otherwise a number."""
        return False

    def edit_target(self, index: QModelIndex) -> QModelIndex:
        """The cell that typing here goes to."""
        return index

    def refusal(self, index: QModelIndex) -> str:
        """Why a cell cannot be edited; empty to say nothing."""
        return ""

    def store(self, index: QModelIndex, text: str) -> str | None:
        """Keep a text; None when it is kept, else the sentence that says why not."""
        raise NotImplementedError

    def neighbour(self, index: QModelIndex, move: Move) -> QModelIndex:
        """The cell a move leads to; invalid when it leads nowhere."""
        raise NotImplementedError

    def clear_cells(self, indexes: Sequence[QModelIndex]) -> None:
        """Empty the selected cells."""
        raise NotImplementedError

    def paste_text(self, text: str) -> None:
        """Put a block from the clipboard in, from the cursor on."""
        raise NotImplementedError

    def copied_text(self, index: QModelIndex) -> str:
        """What Ctrl+C takes from a cell."""
        return str(self.model().data(index, Qt.ItemDataRole.DisplayRole) or "")

    def editor_rect(self, index: QModelIndex) -> QRect:
        """Where the number editor stands inside a cell."""
        return self.visualRect(index).adjusted(6, 3, -8, -3)

    # Editing

    @property
    def editing(self) -> QModelIndex:
        """The cell whose editor is open; invalid when none is."""
        return plain_index(self._index) if self._editor is not None else QModelIndex()

    @property
    def refused(self) -> bool:
        """Whether the text in the open editor was not taken."""
        return self._editor is not None and self._refused

    @property
    def editor(self) -> CellEditor | None:
        """The open editor."""
        return self._editor

    @property
    def unsaved_text(self) -> str | None:
        """What stands changed in the open editor; None when nothing does."""
        editor = self._editor
        if editor is None or not (editor.isModified() or editor.text() != self._initial):
            return None
        return editor.text()

    def resume_edit(self, text: str) -> None:
        """Open the current cell's editor again with a text that could not be kept."""
        if self.begin_edit(text, take_focus=self.isVisible()):
            self._refused = True

    @property
    def notice_text(self) -> str:
        """The sentence shown at the cell; empty when none is."""
        return self._bubble.text() if self._bubble.isVisibleTo(self.viewport()) else ""

    def begin_edit(self, first: str | None = None, *, take_focus: bool = True) -> bool:
        """Open the editor on the current cell.

        Args:
            first: What was typed, replacing the cell; None keeps what stands there.
            take_focus: False while an input method is composing in the table itself.
        """
        if self._editor is not None:
            return True
        index = self.edit_target(self.currentIndex())
        if not self.can_edit(index):
            self._say(index, self.refusal(index))
            return False
        if index != self.currentIndex():
            self.put_cursor(index)
        self.scrollTo(index)
        self._bubble.hide()
        self._index = QPersistentModelIndex(index)
        self._editor = self._text if self.is_text(index) else self._number
        self._initial = str(self.model().data(index, Qt.ItemDataRole.EditRole) or "")
        self._refused = False
        self._editor.setText(self._initial if first is None else first)
        self._editor.setModified(first is not None)
        self._place_editor()
        self._editor.show()
        self._editor.raise_()
        if take_focus:
            self._hand_focus(self._editor)
        self.viewport().update(self.visualRect(index))
        return True

    def commit(self) -> bool:
        """Keep what stands in the open editor; False when it could not be kept and stays open."""
        editor = self._editor
        if editor is None:
            return True
        index = plain_index(self._index)
        if self.unsaved_text is not None:
            sentence = self.store(index, editor.text())
            if sentence is not None:
                self._refused = True
                self._say(index, sentence)
                self.viewport().update(self.visualRect(index))
                return False
        self._close_editor()
        return True

    def cancel_edit(self) -> None:
        """Close the editor; the cell keeps what it had."""
        if self._editor is not None:
            self._close_editor()
            self.edit_cancelled.emit()

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        index, self._index = plain_index(self._index), QPersistentModelIndex()
        self._refused = self._first_composition = False
        self._bubble.hide()
        if editor is not None:
            if editor.hasFocus():
                self._hand_focus(self)
            editor.hide()
        self.viewport().update(self.visualRect(index))

    def _hand_focus(self, receiver: QWidget) -> None:
        """Move the focus between table and editor; nothing needs to be drawn again for it."""
        self._handing = True
        receiver.setFocus(Qt.FocusReason.OtherFocusReason)
        self._handing = False

    def _place_editor(self) -> None:
        if self._editor is None:
            return
        index = plain_index(self._index)
        if self._editor is self._number:
            self._editor.setGeometry(self.editor_rect(index))
            return
        cell = self.visualRect(index)
        width = max(cell.width(), min(_TEXT_EDITOR_WIDTH, self.viewport().width()))
        self._editor.setGeometry(max(0, cell.right() + 1 - width), cell.top(), width, cell.height())

    def _say(self, index: QModelIndex, sentence: str) -> None:
        if sentence:
            self._bubble.show_at(self.visualRect(index), sentence)

    def put_cursor(self, index: QModelIndex) -> None:
        """Put the cursor on a cell and select it alone.

        Qt's own way looks at the keys that are held: Ctrl+Z or Shift+Enter would add the cell to the selection, and
        the next Delete empty several.
        """
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def go(self, move: Move) -> bool:
        """Move the cursor; False when there is nowhere to go."""
        if move is Move.STAY:
            return True
        target = self.neighbour(self.currentIndex(), move)
        if not target.isValid():
            return False
        self._bubble.hide()
        self.put_cursor(target)
        self.scrollTo(target)
        return True

    def _on_finished(self, move: Move) -> None:
        if self.commit():
            self.go(move)

    def _on_cancelled(self) -> None:
        self.cancel_edit()

    def _on_left(self) -> None:
        if not self._first_composition:
            self.commit()

    def _on_block_pasted(self, text: str) -> None:
        self.cancel_edit()
        self.paste_text(text)

    def _on_text_edited(self) -> None:
        if self._refused:
            self._refused = False
            self._bubble.hide()
            self.viewport().update(self.visualRect(plain_index(self._index)))

    # Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._first_composition:
            event.accept()
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_text(clipboard_text())
        elif event.key() == Qt.Key.Key_F2:
            self.begin_edit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_cells(self.selectedIndexes() or [self.currentIndex()])
        elif event.key() == Qt.Key.Key_Escape and self._bubble.isVisible():
            self._bubble.hide()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            # At the ends Tab goes on to the next widget, so that nobody is locked in.
            event.setAccepted(self.go(Move.RIGHT if event.key() == Qt.Key.Key_Tab else Move.LEFT))
            return
        elif not self._enter(event) and not self._type(event):
            self._bubble.hide()
            super().keyPressEvent(event)
            return
        event.accept()

    def _enter(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & _COMMAND_KEYS:
            return False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.go(Move.PREVIOUS if shift else Move.NEXT)
        return True

    def _type(self, event: QKeyEvent) -> bool:
        text = event.text()
        if not text or not text.isprintable() or event.modifiers() & _COMMAND_KEYS:
            return False
        if text.isspace() and not self.is_text(self.edit_target(self.currentIndex())):
            return True
        self.begin_edit(text)
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        composing = bool(event.preeditString())
        if self._editor is None:
            if not composing and not event.commitString():
                event.ignore()
                return
            if not self.begin_edit("", take_focus=False):
                return
            self._first_composition = True
        editor = self._editor
        if editor is None:
            return
        QCoreApplication.sendEvent(editor, event)
        if not composing:
            self._first_composition = False
            if event.commitString():
                self._hand_focus(editor)
            else:
                self._close_editor()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        if self._first_composition and self._editor is not None:
            return self._editor.inputMethodQuery(query)
        return super().inputMethodQuery(query)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self._handing:
            # Qt draws the whole table again.
            super().focusInEvent(event)
        self._choose_input_method()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if not self._handing:
            super().focusOutEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._choose_input_method()

    def _choose_input_method(self) -> None:
        target = self.edit_target(self.currentIndex())
        wanted = target.isValid() and self.is_text(target)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, wanted)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._editor is not None and not self.commit():
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._bubble.hide()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if self.currentIndex().isValid():
            self.begin_edit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_editor()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._place_editor()

    def reset(self) -> None:
        self._close_editor()
        super().reset()

    def copy(self) -> None:
        """Put the selected cells on the clipboard, columns by tabs, rows by line ends."""
        chosen = self.selectedIndexes() or [self.currentIndex()]
        by_row: dict[int, list[QModelIndex]] = {}
        for index in chosen:
            if index.isValid() and not self.isColumnHidden(index.column()):
                by_row.setdefault(index.row(), []).append(index)
        lines = (
            "\t".join(self.copied_text(index) for index in sorted(row, key=QModelIndex.column))
            for _, row in sorted(by_row.items())
        )
        QGuiApplication.clipboard().setText("\n".join(lines))
