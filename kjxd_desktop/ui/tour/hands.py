"""Keys and mouse on a real window. Nothing here calls a method of a page."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint, Qt
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

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.ui.tour.dialogs import Act, Reply, blocked, shown_dialog, take_dialogs_away
from kjxd_desktop.ui.tour.waiting import Waiter
from kjxd_desktop.wording import tour as words

# Accessible name of a notice's cross.
CLOSE = "关闭"
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Hands(Waiter):
    """Two hands and an eye. Every act waits until it can be done, and then until its effects have shown."""

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NO_MODIFIER) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self._focus(), key, modifiers)
        self.settle()

    def press_in(self, widget: QWidget, key: Qt.Key) -> None:
        """Press a key that a dialog in front gets."""
        QTest.keyClick(widget, key)
        self.settle()

    def shortcut(self, window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        """Press a key that the window listens to, such as Ctrl+K."""
        QTest.keyClick(self.bring_to_front(window), key, modifiers)
        self.settle()

    def bring_to_front(self, window: QWidget) -> QWindow:
        """Wait until a window is shown and has the keyboard."""

        def in_front() -> bool:
            handle = window.windowHandle()
            if handle is None or not handle.isExposed():
                return False
            if not window.isActiveWindow():
                # What a window manager does when a dialog in front was closed.
                window.activateWindow()
            return window.isActiveWindow()

        self.wait_until(in_front, words.WINDOW_IN_FRONT)
        return window.windowHandle()

    def open_page(self, window: QWidget, number: int, name: str) -> None:
        """Press Alt and the number of a page, and wait until it is shown."""
        keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6)
        self.shortcut(window, keys[number - 1], Qt.KeyboardModifier.AltModifier)
        assert isinstance(window, MainWindow), "only this one has pages"
        self.wait_until(lambda: window.current_page == name, words.page_shown(f"Alt+{number}"))

    def type(self, text: str) -> None:
        """Type a text where the focus is: keys one by one, Chinese words as an input method commits them."""
        _type_into(self._focus, text)
        self.settle()

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Click a widget with the left button, once that is possible."""
        name = widget.accessibleName() or getattr(widget, "text", str)()
        self.wait_until(lambda: _clickable(widget), words.place_ready(name), widget.accessibleDescription)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, _NO_MODIFIER, place or widget.rect().center())
        self.settle()

    def click_button(self, inside: QWidget, text: str) -> None:
        """Click the visible button that begins with a text, once it can be clicked."""
        self.click(self.button(inside, text))

    def button(self, inside: QWidget, text: str) -> QAbstractButton:
        """Wait for the visible button that begins with a text, until it can be clicked."""
        self.wait_until(
            lambda: _clickable(_button(inside, text)),
            words.button_ready(text),
            lambda: getattr(_button(inside, text), "accessibleDescription", str)(),
        )
        return cast(QAbstractButton, _button(inside, text))

    def click_for_dialog(self, inside: QWidget, text: str, title: str, act: Act) -> None:
        """Click a button and act in the dialog it opens, whether or not that keeps the click waiting.

        Args:
            title: What the dialog's title begins with.

        Raises:
            LostWay: The dialog does not come or does not close. No dialog is left.
        """
        answer = Reply(self, title, act)
        try:
            self.click_button(inside, text)
            answer.result()
        finally:
            answer.give_up()
        self.settle()

    def table(self, window: QWidget) -> QTableView:
        """The table on the page that is shown."""

        def shown() -> QTableView | None:
            tables = (item for item in _widgets(window) if isinstance(item, QTableView))
            return next((item for item in tables if item.isVisible()), None)

        self.wait_until(lambda: shown() is not None, words.list_shown())
        return cast(QTableView, shown())

    def choose_row(self, table: QTableView, column: int, text: str) -> None:
        """Click the row whose cell begins with a text."""

        def row() -> int | None:
            model = table.model()
            texts = (str(model.index(n, column).data() or "") for n in range(model.rowCount()))
            return next((n for n, shown in enumerate(texts) if shown.startswith(text)), None)

        def in_sight() -> bool:
            number = row()
            if number is None:
                return False
            index = table.model().index(number, column)
            table.scrollTo(index)
            place = table.visualRect(index)
            return place.isValid() and table.viewport().rect().contains(place.center())

        self.settle()
        self.wait_until(in_sight, words.row_shown(text))
        index = table.model().index(cast(int, row()), column)
        self.click(table.viewport(), table.visualRect(index).center())
        self.wait_until(lambda: table.currentIndex().row() == row(), words.row_shown(text))

    def dialog(self, title: str = "", name: str = "") -> QDialog:
        """Wait for a dialog whose title begins with a text; ``name`` is how it is spoken of."""
        self.wait_until(lambda: shown_dialog(title) is not None, words.dialog_open(title or name))
        self.settle()
        dialog = shown_dialog(title)
        if dialog is None:
            raise self.lose(words.dialog_open(title or name))
        return dialog

    def wait_closed(self, title: str = "", name: str = "") -> None:
        """Wait until no dialog of a title is shown any more."""
        self.wait_until(lambda: shown_dialog(title) is None, words.dialog_closed(title or name))
        self.settle()

    def choose_file(self, path: Path) -> Act:
        """Types a path into a file dialog and presses Enter."""

        def act(dialog: QDialog) -> None:
            # A path that is typed before the field has the keyboard is taken apart: the dialog then writes
            # the name of whatever file it finds into the field, in the middle of the typing.
            self.bring_to_front(dialog)
            field = dialog.findChild(QLineEdit)
            if field is None:
                raise self.lose(words.place_ready("文件名"))
            self.click(field)
            self.wait_until(field.hasFocus, words.KEYBOARD)
            QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            _type_into(lambda: field, str(path))
            self.wait_until(lambda: field.text() == str(path), words.field_holds(str(path)), field.text)
            QTest.keyClick(field, Qt.Key.Key_Return)

        return act

    def wait_for_file(self, path: Path) -> None:
        """Wait until a workbook is there in full."""

        def whole() -> bool:
            return path.is_file() and zipfile.is_zipfile(path)

        self.wait_until(whole, words.file_whole(path.name))

    def close_notices(self, window: QWidget) -> None:
        """Close what is said at the corner, as a person does who has read it."""

        def cross() -> QWidget | None:
            found = (item for item in _widgets(window) if item.accessibleName() == CLOSE)
            return next((item for item in found if item.isVisible()), None)

        while (shown := cross()) is not None:
            self.click(shown)

    def picture(self, widget: QWidget, path: Path) -> None:
        """Save what a window shows once it has come to rest.

        Raises:
            FileFault: ``write_failed``.
        """
        self.settle()
        save_picture(widget, path)

    def leave_dialogs(self) -> None:
        """Take every dialog away, after the way was lost."""
        take_dialogs_away()

    def _focus(self) -> QWidget:
        self.wait_until(lambda: QApplication.focusWidget() is not None, words.KEYBOARD)
        return QApplication.focusWidget()


def save_picture(widget: QWidget, path: Path) -> None:
    """Save what a window shows at this moment.

    Raises:
        FileFault: ``write_failed``.
    """
    if not widget.grab().save(str(path), "PNG"):
        raise FileFault(FaultCode.WRITE_FAILED, path.name)


def visible_texts(window: QWidget) -> list[QPlainTextEdit]:
    """The text boxes on the page that is shown, in their order."""
    return [item for item in _widgets(window) if isinstance(item, QPlainTextEdit) and item.isVisible()]


def _button(inside: QWidget, text: str) -> QAbstractButton | None:
    buttons = (item for item in _widgets(inside) if isinstance(item, QAbstractButton))
    return next((item for item in buttons if item.isVisible() and item.text().startswith(text)), None)


def _clickable(widget: QWidget | None) -> bool:
    """Whether a click reaches a widget: shown, enabled, and no dialog keeps its window from it."""
    return widget is not None and widget.isVisible() and widget.isEnabled() and not blocked(widget.window())


def _widgets(inside: QWidget) -> list[QWidget]:
    return cast(list[QWidget], inside.findChildren(QWidget))


def _type_into(target: Callable[[], QWidget], text: str) -> None:
    """Type into whatever ``target`` names at each key: an editor may open with the first one."""
    for ascii_run, words_run in re.findall(r"([\x20-\x7e]+)|([^\x20-\x7e]+)", text):
        for char in ascii_run:
            QTest.keyClicks(target(), char)
        if words_run:
            event = QInputMethodEvent()
            event.setCommitString(words_run)
            QApplication.sendEvent(target(), event)
