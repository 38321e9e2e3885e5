"""Keys and mouse on a real window. Nothing here calls a method of a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

PATIENCE_MS = 15000
STEP_MS = 20
# Accessible name of a notice's cross.
CLOSE = "关闭"


class LostWay(RuntimeError):
    """What the tour looks for is not on the screen."""


class Hands(QObject):
    """Two hands and an eye."""

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self._focus(), key, modifiers)
        QTest.qWait(STEP_MS)

    def press_in(self, widget: QWidget, key: Qt.Key) -> None:
        """Press a key that a dialog in front gets."""
        QTest.keyClick(widget, key)
        QTest.qWait(STEP_MS)

    def shortcut(self, window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        """Press a key that the window listens to, such as Alt+2."""
        if not window.isActiveWindow():
            # What a window manager does when a dialog in front was closed.
            window.activateWindow()
            QTest.qWait(STEP_MS)
        handle = window.windowHandle()
        if not isinstance(handle, QWindow):
            raise LostWay("the window is not on the screen")
        QTest.keyClick(handle, key, modifiers)
        QTest.qWait(STEP_MS)

    def type(self, text: str) -> None:
        """Type a text where the focus is: keys one by one, Chinese words as an input method commits them."""
        _type_into(self._focus, text)
        QTest.qWait(STEP_MS)

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Click a widget with the left button."""
        if not widget.isVisible() or not widget.isEnabled():
            raise LostWay(f"cannot be clicked: {widget.accessibleName() or widget}")
        QTest.mouseClick(
            widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place or widget.rect().center()
        )
        QTest.qWait(STEP_MS)

    def click_button(self, inside: QWidget, text: str) -> None:
        """Click the visible button that begins with a text."""
        self.click(self.button(inside, text))

    def button(self, inside: QWidget, text: str) -> QAbstractButton:
        """The visible button that begins with a text."""
        for widget in _widgets(inside):
            if isinstance(widget, QAbstractButton) and widget.isVisible() and widget.text().startswith(text):
                return widget
        raise LostWay(f"no button {text!r}")

    def choose_row(self, table: QTableView, column: int, text: str) -> None:
        """Click the row whose cell begins with a text."""
        model = table.model()
        for row in range(model.rowCount()):
            index = model.index(row, column)
            if str(index.data() or "").startswith(text):
                table.scrollTo(index)
                # A window that was just resized settles its rows a moment later.
                QTest.qWait(5 * STEP_MS)
                self.click(table.viewport(), table.visualRect(index).center())
                return
        raise LostWay(f"no row {text!r}")

    def wait_until(self, true: Callable[[], bool], what: str) -> None:
        """Wait until something shows."""
        waited = 0
        while not true():
            if waited >= PATIENCE_MS:
                raise LostWay(f"waited in vain for {what}")
            QTest.qWait(STEP_MS)
            waited += STEP_MS

    def answer_dialog(self, act: Callable[[QDialog], None]) -> None:
        """Act in the next dialog that opens, even when it keeps its opener waiting."""
        _Answer(self, act)

    def choose_file(self, path: Path) -> Callable[[QDialog], None]:
        """Types a path into a file dialog and presses Enter."""

        def act(dialog: QDialog) -> None:
            field = dialog.findChild(QLineEdit)
            if field is None:
                raise LostWay("no field for the file name")
            QTest.mouseClick(field, Qt.MouseButton.LeftButton)
            QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            _type_into(lambda: field, str(path))
            QTest.keyClick(field, Qt.Key.Key_Return)

        return act

    def close_notices(self, window: QWidget) -> None:
        """Close what is said at the corner, as a person does who has read it."""
        for cross in [
            item for item in _widgets(window) if item.accessibleName() == CLOSE and item.isVisible()
        ]:
            self.click(cross)

    def picture(self, widget: QWidget, path: Path) -> None:
        """Save what a window shows."""
        QTest.qWait(80)
        widget.grab().save(str(path), "PNG")

    @staticmethod
    def _focus() -> QWidget:
        widget = QApplication.focusWidget()
        if widget is None:
            raise LostWay("nothing has the keyboard focus")
        return widget


def visible_table(window: QWidget) -> QTableView:
    """The table on the page that is shown."""
    return next(item for item in _widgets(window) if isinstance(item, QTableView) and item.isVisible())


def visible_texts(window: QWidget) -> list[QPlainTextEdit]:
    """The text boxes on the page that is shown, in their order."""
    return [item for item in _widgets(window) if isinstance(item, QPlainTextEdit) and item.isVisible()]


def _widgets(inside: QWidget) -> list[QWidget]:
    return cast(list[QWidget], inside.findChildren(QWidget))


def _type_into(target: Callable[[], QWidget], text: str) -> None:
    """Type into whatever ``target`` names at each key: an editor may open with the first one."""
    for ascii_run, words in re.findall(r"([\x20-\x7e]+)|([^\x20-\x7e]+)", text):
        for char in ascii_run:
            QTest.keyClicks(target(), char)
        if words:
            event = QInputMethodEvent()
            event.setCommitString(words)
            QApplication.sendEvent(target(), event)


class _Answer(QObject):
    """Looks for a dialog a few times a second and acts in the first one that shows."""

    def __init__(self, parent: QObject, act: Callable[[QDialog], None]) -> None:
        super().__init__(parent)
        self._act = act
        self._tries = PATIENCE_MS // 50
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_look)
        self._timer.start(50)

    def _on_look(self) -> None:
        self._tries -= 1
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible() and widget.isModal():
                self._timer.stop()
                QTest.qWait(100)
                self._act(widget)
                self.deleteLater()
                return
        if self._tries <= 0:
            self._timer.stop()
            self.deleteLater()
