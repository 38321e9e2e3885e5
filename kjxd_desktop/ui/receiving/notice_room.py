"""What to know about a whole file, above its lines: all of it can be read, and the lines keep their room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.cards import ScrollRoom
from kjxd_desktop.ui.parts.glyphs import Glyph, GlyphMark, Tone
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.style import Theme


class NoticeRoom(ScrollRoom):
    """Sentences one below the other, as high as they need up to a limit; above it they scroll."""

    def __init__(self, sentences: Sequence[str], theme: Theme) -> None:
        super().__init__()
        self._most = 0
        self.setAccessibleName("这份文件要注意的")
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        for sentence in sentences:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(GlyphMark(theme.palette, Glyph.WARN, Tone.WARN))
            row.addWidget(label(sentence, "warn", wrap=True), 1)
            lines.addLayout(row)
        self.setWidget(inner)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        self.setVisible(bool(sentences))

    def set_most(self, most: int) -> None:
        """Say how high it may be."""
        if most != self._most:
            self._most = most
            self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """Words that wrap once more need more height."""
        return min(self._wanted(width), self._most)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tab stops here only where there is something to scroll."""
        super().resizeEvent(event)
        scrolls = self._wanted(self.width()) > self.height()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)

    def _wanted(self, width: int) -> int:
        margins = self.viewportMargins()
        return self.widget().heightForWidth(width - margins.left() - margins.right())
