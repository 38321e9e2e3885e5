"""Dialogs on the tour: found by their title, and answered even when they keep their opener waiting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimerEvent
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from kjxd_desktop.ui.tour.waiting import LOOK_MS, LostWay, Waiter
from kjxd_desktop.wording import tour as words

Act = Callable[[QDialog], None]


def shown_dialog(title: str = "") -> QDialog | None:
    """The dialog on the screen whose title begins with a text; None for none."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible() and widget.windowTitle().startswith(title):
            return widget
    return None


def blocked(window: QWidget) -> bool:
    """Whether a modal dialog keeps keys and mouse from a window."""
    for dialog in QApplication.topLevelWidgets():
        if not dialog.isVisible() or not dialog.isModal() or _stands_over(window, dialog):
            continue
        whole_program = dialog.windowModality() is Qt.WindowModality.ApplicationModal
        if whole_program or _stands_over(dialog, window):
            return True
    return False


def _stands_over(window: QWidget | None, other: QWidget) -> bool:
    """Whether a window is another one, or was opened over it."""
    while window is not None:
        if window is other:
            return True
        parent = window.parentWidget()
        window = None if parent is None else parent.window()
    return False


class Reply(QObject):
    """Acts in the dialog of a title as soon as it shows, from inside its own event loop.

    A dialog that keeps its opener waiting goes on waiting for ever when nobody closes it. Whatever goes
    wrong, an error of the act or a question nobody expected, is kept and every dialog is taken away, so
    that the opener comes back and :meth:`result` can raise it.
    """

    def __init__(self, waiter: Waiter, title: str, act: Act) -> None:
        super().__init__()
        self._waiter = waiter
        self._title = title
        self._act = act
        self._dialog: QDialog | None = None
        self._lost: LostWay | None = None
        self.over = False
        self.startTimer(LOOK_MS)

    def result(self) -> None:
        """Wait until the dialog was answered; raise what went wrong in it."""
        self._waiter.wait_until(lambda: self.over, words.dialog_open(self._title))
        if self._lost is not None:
            raise self._lost

    def give_up(self) -> None:
        """Look no more."""
        self.over = True

    def timerEvent(self, event: QTimerEvent) -> None:
        # One timer after the other: the same one is not called again inside its own call, where the
        # dialog's loop and those of its questions run.
        self.killTimer(event.timerId())
        if self.over:
            return
        self.startTimer(LOOK_MS)
        if self._dialog is not None:
            self._look_for_questions()
            return
        dialog = shown_dialog(self._title)
        if dialog is not None and dialog.isModal():
            self._dialog = dialog
            self._answer(dialog)

    def _answer(self, dialog: QDialog) -> None:
        title = dialog.windowTitle()
        done = False
        try:
            self._act(dialog)
            self._waiter.wait_until(lambda: shown_dialog(title) is None, words.dialog_closed(title))
            done = True
        except LostWay as lost:
            self._lost = lost
        finally:
            self.over = True
            if not done:
                take_dialogs_away()

    def _look_for_questions(self) -> None:
        front = QApplication.activeModalWidget()
        if not isinstance(front, QDialog) or front is self._dialog or self._waiter.trouble is not None:
            return
        text = front.text() if isinstance(front, QMessageBox) else ""
        self._waiter.trouble = self._waiter.lose(words.unexpected_dialog(front.windowTitle(), text))
        front.reject()


def take_dialogs_away() -> None:
    """Close every modal dialog, the one in front first."""
    tried: set[QWidget] = set()
    while (front := QApplication.activeModalWidget()) is not None and front not in tried:
        tried.add(front)
        if isinstance(front, QDialog):
            front.done(QDialog.DialogCode.Rejected)
        else:
            front.close()
