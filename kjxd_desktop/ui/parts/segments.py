"""A row of choices of which one holds: filters with counts, statuses of a task."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from kjxd_desktop.ui.parts.glyphs import Glyph, Tone, paint_glyph, tone_colour
from kjxd_desktop.ui.tools.plain import PaintedButton
from kjxd_desktop.ui.tools.style import Theme

# A shape with its gap, and what a word needs beside it at the least.
_MARK, _LEAST_BESIDE = 20, 8


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice: name for the program, word for the person, a shape before it."""

    name: str
    word: str
    glyph: Glyph | None = None
    tone: Tone = Tone.QUIET


class _SegmentButton(PaintedButton):
    def __init__(self, segment: Segment, theme: Theme, *, first: bool, last: bool) -> None:
        super().__init__()
        self.segment = segment
        self._theme = theme
        self._ends = (first, last)
        self.setCheckable(True)
        self.setFont(theme.font(13))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_word(segment.word)

    def set_word(self, word: str) -> None:
        self.setText(word)
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        mark = _MARK if self.segment.glyph is not None else 0
        return QSize(metrics.horizontalAdvance(self.text()) + mark + 24, 30)

    def minimumSizeHint(self) -> QSize:
        """The word alone: in a narrow row the shape before it gives way."""
        font = self.font()
        font.setBold(True)
        return QSize(QFontMetrics(font).horizontalAdvance(self.text()) + _LEAST_BESIDE, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = QColor(palette.tint if chosen else palette.surface)
        painter.setClipPath(self._outline())
        painter.fillRect(self.rect(), ground)
        if not self._ends[1]:
            painter.setPen(QPen(QColor(palette.border), 1))
            painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        font = self.font()
        font.setBold(chosen)
        painter.setFont(font)
        words = painter.fontMetrics().horizontalAdvance(self.text())
        marked = self.segment.glyph is not None and self.width() >= words + _MARK + 2
        mark = _MARK if marked else 0
        left = (self.width() - words - mark) / 2
        if marked and self.segment.glyph is not None:
            colour = tone_colour(self.segment.tone, palette, self.segment.glyph)
            paint_glyph(
                painter, QRectF(left, self.height() / 2 - 7, 14, 14), self.segment.glyph, colour, ground
            )
        painter.setPen(QColor(palette.accent if chosen else palette.text))
        if not self.isEnabled():
            painter.setPen(QColor(palette.muted))
        rest = QRectF(left + mark, 0, words + 4, self.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 3, 3)

    def _outline(self) -> QPainterPath:
        box = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(box.adjusted(0 if self._ends[0] else -6, 0, 0 if self._ends[1] else 6, 0), 3, 3)
        return path


class Segments(QWidget):
    """Choices in a row; arrows move between them, ``chosen`` names the new one."""

    chosen = Signal(str)

    def __init__(self, segments: tuple[Segment, ...], theme: Theme, accessible_name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _SegmentButton] = {}
        for place, segment in enumerate(segments):
            button = _SegmentButton(segment, theme, first=place == 0, last=place == len(segments) - 1)
            self._buttons[segment.name] = button
            self._group.addButton(button)
            layout.addWidget(button)
        self._group.buttonClicked.connect(self._on_clicked)

    def choose(self, name: str | None) -> None:
        """Mark a choice without telling anyone; None marks none."""
        if name is None:
            self._group.setExclusive(False)
            for button in self._buttons.values():
                button.setChecked(False)
            self._group.setExclusive(True)
        else:
            self._buttons[name].setChecked(True)

    def current(self) -> str | None:
        """Name of the choice that holds."""
        button = self._group.checkedButton()
        return button.segment.name if isinstance(button, _SegmentButton) else None

    def set_word(self, name: str, word: str) -> None:
        """Change a choice's word, such as its count."""
        self._buttons[name].set_word(word)

    def button(self, name: str) -> QAbstractButton:
        """The button of a choice (focus order, tests)."""
        return self._buttons[name]

    def paintEvent(self, event: QPaintEvent) -> None:
        """The common border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.palette.control), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _on_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, _SegmentButton):
            self.chosen.emit(button.segment.name)
