"""Cards and what is shown when there is nothing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout

from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.plain import PlainLabel
from kjxd_desktop.ui.tools.style import Theme, set_look


class Card(QFrame):
    """A bordered box with a bold title and at most one link at the right.

    Attributes:
        body: Layout for the content.
    """

    def __init__(self, title: str = "", link: QPushButton | None = None, *, margin: int = 12) -> None:
        super().__init__()
        self.setProperty("role", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(margin + 4, margin, margin + 4, margin)
        outer.setSpacing(8)
        self.title = label(title, "h2")
        self.aside = label("", "hint")
        if title:
            head = QHBoxLayout()
            head.setSpacing(8)
            head.addWidget(self.title)
            head.addWidget(self.aside)
            head.addStretch(1)
            if link is not None:
                head.addWidget(link)
            outer.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)

    def set_state(self, state: str) -> None:
        """``next`` frames the card in the accent colour; empty is plain."""
        set_look(self, "state", state)


class EmptyState(QFrame):
    """Says what is missing and what to do, with at most one button."""

    def __init__(
        self, icon: str, title: str, text: str, theme: Theme, icons: Icons, button: QPushButton | None = None
    ) -> None:
        super().__init__()
        self.setProperty("role", "empty")
        layout = QVBoxLayout(self)
        layout.setSpacing(6)
        picture = PlainLabel()
        picture.setPixmap(icons.pixmap(icon, theme.palette.muted, 28))
        layout.addStretch(1)
        for widget in (picture, label(title, "h2"), label(text, "hint", wrap=True)):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(widget)
        if button is not None:
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)


class ScrollRoom(QScrollArea):
    """Room for content that scrolls up and down where it is higher than its place; without a frame of its own."""

    _BESIDE_BAR = 8

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # What stands at the right edge keeps clear of the bar.
        self.setViewportMargins(0, 0, self._BESIDE_BAR, 0)
        self.setProperty("role", "plain")

    def sizeHint(self) -> QSize:
        """As high as its content is now."""
        wanted, content = super().sizeHint(), self.widget()
        return wanted if content is None else QSize(wanted.width(), content.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As wide as its content needs, since nothing scrolls sideways."""
        least, content = super().minimumSizeHint(), self.widget()
        if content is None:
            return least
        beside = self._BESIDE_BAR + self.verticalScrollBar().sizeHint().width()
        return QSize(content.minimumSizeHint().width() + beside, least.height())
