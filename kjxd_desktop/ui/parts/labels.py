"""Labels by role, and those that elide what does not fit."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from kjxd_desktop.ui.tools.plain import PlainLabel, set_tip


def label(text: str = "", role: str = "", *, wrap: bool = False) -> PlainLabel:
    """A label; ``role`` is one of the style sheet's: h1, h2, figure, figure_of, label, hint, …"""
    made = PlainLabel(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def line() -> QFrame:
    """A thin divider."""
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made


class ElidedLabel(PlainLabel):
    """One line of text that ends in … when there is no room; the tooltip says everything."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """May become very narrow."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, elided at the right."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        fitted = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        set_tip(self, self.text() if fitted != self.text() else "")
        painter.drawText(self.rect(), int(self.alignment()), fitted)


class NameLabel(ElidedLabel):
    """Who did something: a short name whole, a long one (an account has any) as far as there is room.

    Args:
        whole: A name of so many Chinese characters is never cut.
    """

    def __init__(self, text: str = "", whole: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._whole = whole

    def minimumSizeHint(self) -> QSize:
        """As wide as the name, up to ``whole`` characters."""
        most = self._whole * self.fontMetrics().horizontalAdvance("字")
        return QSize(min(self.sizeHint().width(), most), super().minimumSizeHint().height())
