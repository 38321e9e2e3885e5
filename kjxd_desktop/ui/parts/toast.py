"""One notice: a coloured edge, a shape, a sentence, at most one action, and a cross."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.glyphs import Glyph, GlyphMark, Tone, tone_colour
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.notices import Notice, NoticeCard, NoticeKind
from kjxd_desktop.ui.tools.plain import PlainToolButton
from kjxd_desktop.ui.tools.style import Theme

_WIDTH = 420
_LOOKS = {
    NoticeKind.SUCCESS: (Glyph.CHECK, Tone.GOOD),
    NoticeKind.ATTENTION: (Glyph.WARN, Tone.WARN),
    NoticeKind.FAILURE: (Glyph.BAD, Tone.BAD),
}


class Toast(QFrame):
    """Lives until dismissed or its time is over; never takes the focus."""

    dismissed = Signal(object)

    def __init__(self, notice: Notice, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self._theme = theme
        self._glyph, self._tone = _LOOKS[notice.kind]
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(notice.text)
        self.setFixedWidth(_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 10, 8, 10)
        layout.setSpacing(10)
        layout.addWidget(GlyphMark(theme.palette, self._glyph, self._tone))
        layout.addWidget(label(notice.text, wrap=True), 1)
        if notice.action_text and notice.action is not None:
            button = push_button(notice.action_text, theme, kind="link")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._on_action)
            layout.addWidget(button)
        cross = PlainToolButton()
        cross.setIcon(icons.icon("close", theme.palette.muted))
        cross.setIconSize(QSize(14, 14))
        cross.setAutoRaise(True)
        cross.setAccessibleName("关闭")
        cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        cross.clicked.connect(self.dismiss)
        layout.addWidget(cross)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)

    def appear(self, ms: int) -> None:
        """Show it; ``ms`` 0 keeps it until it is closed."""
        self.show()
        self.raise_()
        if ms:
            self._timer.start(ms)

    def fit(self) -> None:
        """As high as its sentence needs at its width."""
        layout = self.layout()
        self.setFixedHeight(max(40, layout.heightForWidth(_WIDTH)) if layout is not None else 40)

    def dismiss(self) -> None:
        """Take it away."""
        self.dismissed.emit(self)
        self.close()

    def _on_action(self) -> None:
        self.dismiss()
        if self.notice.action is not None:
            self.notice.action()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Card with a coloured left edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._theme.palette
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), SIZES.radius, SIZES.radius)
        painter.fillPath(outline, QColor(palette.surface))
        painter.setClipPath(outline)
        painter.fillRect(0, 0, 4, self.height(), tone_colour(self._tone, palette, self._glyph))
        painter.setClipping(False)
        painter.strokePath(outline, QPen(QColor(palette.control), 1))


@dataclass(frozen=True, slots=True)
class ToastMaker:
    """Makes the toasts of :class:`kjxd_desktop.ui.tools.notices.Notices`."""

    theme: Theme
    icons: Icons

    def __call__(self, notice: Notice, window: QWidget, dismissed: Callable[[object], None]) -> NoticeCard:
        """A toast over a window, not shown yet; ``dismissed`` is called with it when it goes."""
        toast = Toast(notice, self.theme, self.icons, window)
        toast.dismissed.connect(dismissed)
        return toast
