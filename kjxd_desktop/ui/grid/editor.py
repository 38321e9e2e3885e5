"""The editor that opens on a cell, and the note that says why a text was not taken."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from kjxd_desktop.ui.tools.plain import PlainLabel

# Losing the focus to a menu or to another program is no decision about the cell.
_PASSING_REASONS = frozenset(
    {
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    }
)
_BUBBLE_WIDTH = 320
_BUBBLE_GAP = 4


class Move(Enum):
    """Where the cursor goes when a cell is finished."""

    STAY = "stay"
    NEXT = "next"
    PREVIOUS = "previous"
    RIGHT = "right"
    LEFT = "left"
    UP = "up"
    DOWN = "down"


class CellEditor(QLineEdit):
    """One line of text in a cell. While the input method composes, every key is its own.

    A number editor switches the input method off, so that digits arrive at once; the box around
    it is drawn by the cell's delegate.
    """

    finished = Signal(object)
    block_pasted = Signal(str)
    cancelled = Signal()
    left = Signal()

    def __init__(self, parent: QWidget, *, number: bool) -> None:
        super().__init__(parent)
        self._preedit = ""
        self.setFrame(False)
        if number:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhPreferNumbers)
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            self.setStyleSheet("QLineEdit{background:transparent;border:none;padding:0;min-height:0}")
        self.setAccessibleName("本期累计" if number else "备注")
        self.hide()

    @property
    def composing(self) -> bool:
        """Whether the input method has text that is not yet confirmed."""
        return bool(self._preedit)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.composing:
            event.accept()
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit(Move.PREVIOUS if shift else Move.NEXT)
        elif key == Qt.Key.Key_Up:
            self.finished.emit(Move.UP)
        elif key == Qt.Key.Key_Down:
            self.finished.emit(Move.DOWN)
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.matches(QKeySequence.StandardKey.Paste) and _is_block(clipboard_text()):
            self.block_pasted.emit(clipboard_text())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        if not self.composing:
            self.finished.emit(Move.RIGHT if forward else Move.LEFT)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING_REASONS:
            self.left.emit()


def clipboard_text() -> str:
    """The text on the clipboard."""
    return QGuiApplication.clipboard().text()


def _is_block(text: str) -> bool:
    """Whether a text is more than one cell; a spreadsheet ends even a single cell with a line end."""
    return any(mark in text.rstrip("\r\n") for mark in "\t\n")


class CellBubble(PlainLabel):
    """A sentence at a cell: why its text was not taken. Not a dialog; the next key closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def dress(self, text: str, fill: str, line: str) -> None:
        """Take the colours of the theme."""
        self.setStyleSheet(
            f"QLabel{{color:{text};background:{fill};border:1px solid {line};border-radius:4px;padding:6px 8px}}"
        )

    def show_at(self, cell: QRect, sentence: str) -> None:
        """Show a sentence below a cell, above it when there is no room below."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        host = self.parentWidget().rect()
        width = min(_BUBBLE_WIDTH, host.width() - 2 * _BUBBLE_GAP)
        self.setFixedWidth(width)
        height = self.heightForWidth(width)
        self.setFixedHeight(height)
        left = max(_BUBBLE_GAP, min(cell.right() - width, host.width() - width - _BUBBLE_GAP))
        below = cell.bottom() + _BUBBLE_GAP
        top = below if below + height <= host.height() else cell.top() - height - _BUBBLE_GAP
        self.move(left, max(0, top))
        self.show()
        self.raise_()
