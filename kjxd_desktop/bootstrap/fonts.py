"""Whether the window can show Chinese: looked for once it was painted, so that no start waits for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QWidget


class FontWatch(QObject):
    """Looks once, after the first painting of a window.

    Args:
        tell: Called when no font on this computer has Simplified Chinese.
    """

    def __init__(self, window: QWidget, tell: Callable[[], None]) -> None:
        super().__init__(window)
        self._tell = tell
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._look)
        return False

    def _look(self) -> None:
        if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
            self._tell()
