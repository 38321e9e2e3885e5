"""Whether the window can show Chinese: looked for a moment after it is shown, so that no start waits for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

AFTER_MS = 300


def watch_fonts(window: QWidget, tell: Callable[[], None]) -> None:
    """Look once, while the window lives.

    Args:
        tell: Called when no font on this computer has Simplified Chinese.
    """

    def look() -> None:
        if window.isVisible() and not has_chinese():
            tell()

    QTimer.singleShot(AFTER_MS, window, look)


def has_chinese() -> bool:
    """Whether a font of this computer has Simplified Chinese; to ask the first time takes Qt a moment."""
    from PySide6.QtGui import QFontDatabase

    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
