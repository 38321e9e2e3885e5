"""Status shapes by name: every status is shape, word and colour, so a grey print can be read too."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kjxd_desktop.domain.pace.standing import Light, TaskPace
from kjxd_desktop.domain.returns.progress import TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.theme import Palette
from kjxd_desktop.ui.parts import shapes


class Glyph(StrEnum):
    """Names of the shapes."""

    MET = "met"
    AHEAD = "ahead"
    BETWEEN = "between"
    BEHIND = "behind"
    RING = "ring"
    CHECK = "check"
    WARN = "warn"
    BAD = "bad"
    OPEN = "open"
    HALF = "half"
    PAUSE = "pause"
    DASH = "dash"
    UP = "up"
    BACK = "back"
    PLUS = "plus"
    ARROW = "arrow"
    EQUALS = "equals"
    UNEQUAL = "unequal"
    CONFLICT = "conflict"
    LOCK = "lock"
    NOTE = "note"
    HOOK = "hook"


class Tone(StrEnum):
    """Colours a status is shown in; a word of :class:`Palette` each."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    ACCENT = "accent"
    QUIET = "muted"


LIGHT_GLYPHS = {
    Light.MET: (Glyph.MET, Tone.GOOD),
    Light.AHEAD: (Glyph.AHEAD, Tone.GOOD),
    Light.BETWEEN: (Glyph.BETWEEN, Tone.GOOD),
    Light.BEHIND: (Glyph.BEHIND, Tone.WARN),
    Light.NOT_DUE: (Glyph.RING, Tone.QUIET),
    Light.NOT_SPLIT: (Glyph.RING, Tone.QUIET),
    Light.NO_PATH: (Glyph.RING, Tone.QUIET),
    Light.OVERDUE: (Glyph.RING, Tone.QUIET),
    Light.OTHER_SCOPE: (Glyph.RING, Tone.QUIET),
    Light.TEXT_TARGET: (Glyph.RING, Tone.QUIET),
    Light.NONE: (Glyph.RING, Tone.QUIET),
}
TASK_GLYPHS = {
    TaskStatus.NOT_STARTED: (Glyph.RING, Tone.QUIET),
    TaskStatus.IN_PROGRESS: (Glyph.HALF, Tone.ACCENT),
    TaskStatus.DONE: (Glyph.CHECK, Tone.GOOD),
    TaskStatus.BLOCKED: (Glyph.PAUSE, Tone.WARN),
    TaskStatus.NOT_INVOLVED: (Glyph.DASH, Tone.QUIET),
}
PACE_GLYPHS = {
    TaskPace.NORMAL: (Glyph.AHEAD, Tone.GOOD),
    TaskPace.BEHIND: (Glyph.BEHIND, Tone.WARN),
    TaskPace.NOT_UPDATED: (Glyph.RING, Tone.QUIET),
}
STATE_GLYPHS = {
    ReturnState.DRAFT: (Glyph.HALF, Tone.ACCENT),
    ReturnState.CHECKED: (Glyph.CHECK, Tone.ACCENT),
    ReturnState.SIGNED: (Glyph.CHECK, Tone.ACCENT),
    ReturnState.SUBMITTED: (Glyph.UP, Tone.ACCENT),
    ReturnState.ACCEPTED: (Glyph.CHECK, Tone.GOOD),
    ReturnState.RETURNED: (Glyph.BACK, Tone.WARN),
}


def tone_colour(tone: Tone, palette: Palette, glyph: Glyph | None = None) -> QColor:
    """The colour of a tone; amber shapes are brighter than amber words."""
    if tone is Tone.WARN and glyph is not None:
        return QColor(palette.warn_mark)
    return QColor(getattr(palette, tone.value))


def tone_ground(tone: Tone, palette: Palette) -> QColor:
    """The ground a tone stands on in chips."""
    grounds = {
        Tone.GOOD: palette.good_bg,
        Tone.WARN: palette.warn_bg,
        Tone.BAD: palette.bad_bg,
        Tone.ACCENT: palette.tint,
        Tone.QUIET: palette.surface,
    }
    return QColor(grounds[tone])


def paint_glyph(painter: QPainter, box: QRectF, glyph: Glyph, colour: QColor, ground: QColor) -> None:
    """Paint a shape into a square box.

    Args:
        ground: Colour behind the shape; inner marks are cut out in it.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _PAINTERS[glyph](painter, box, colour, ground)
    painter.restore()


def _plain(paint: Callable[[QPainter, QRectF, QColor], None]) -> Callable[..., None]:
    def painted(painter: QPainter, box: QRectF, colour: QColor, _ground: QColor) -> None:
        paint(painter, box, colour)

    return painted


def _lines(*lines: tuple[float, float, float, float]) -> Callable[..., None]:
    """Strokes given in shares of the box: x1, y1, x2, y2."""

    def painted(painter: QPainter, box: QRectF, colour: QColor, _ground: QColor) -> None:
        pen = QPen(colour, max(1.4, box.width() / 9))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for x1, y1, x2, y2 in lines:
            painter.drawLine(
                QPointF(box.x() + x1 * box.width(), box.y() + y1 * box.height()),
                QPointF(box.x() + x2 * box.width(), box.y() + y2 * box.height()),
            )

    return painted


def _square(painter: QPainter, box: QRectF, colour: QColor, _ground: QColor) -> None:
    painter.setPen(QPen(colour, 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1.2, 1.2, -1.2, -1.2), 1.5, 1.5)


def _half(painter: QPainter, box: QRectF, colour: QColor, _ground: QColor) -> None:
    ring = box.adjusted(0.8, 0.8, -0.8, -0.8)
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPie(ring.adjusted(2, 2, -2, -2), -90 * 16, 180 * 16)


def _pause(painter: QPainter, box: QRectF, colour: QColor, ground: QColor) -> None:
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(0.8, 0.8, -0.8, -0.8))
    _lines((0.39, 0.35, 0.39, 0.65), (0.61, 0.35, 0.61, 0.65))(painter, box, colour, ground)


def _diamond(painter: QPainter, box: QRectF, colour: QColor, ground: QColor) -> None:
    shapes.paint_diamond(painter, box.center(), box.width() * 0.42, colour, ground)


_PAINTERS: dict[Glyph, Callable[..., None]] = {
    Glyph.MET: shapes.paint_double_ring,
    Glyph.AHEAD: shapes.paint_check_disc,
    Glyph.BETWEEN: _plain(shapes.paint_half_disc),
    Glyph.BEHIND: _plain(shapes.paint_down),
    Glyph.RING: _plain(shapes.paint_dashed_ring),
    Glyph.CHECK: _plain(shapes.paint_check),
    Glyph.WARN: shapes.paint_warning,
    Glyph.BAD: shapes.paint_octagon,
    Glyph.OPEN: _square,
    Glyph.HALF: _half,
    Glyph.PAUSE: _pause,
    Glyph.DASH: _lines((0.2, 0.5, 0.8, 0.5)),
    Glyph.UP: _lines((0.5, 0.85, 0.5, 0.15), (0.2, 0.45, 0.5, 0.15), (0.8, 0.45, 0.5, 0.15)),
    Glyph.BACK: _lines(
        (0.15, 0.4, 0.4, 0.15), (0.15, 0.4, 0.4, 0.65), (0.15, 0.4, 0.8, 0.4), (0.8, 0.4, 0.8, 0.8)
    ),
    Glyph.PLUS: _lines((0.5, 0.15, 0.5, 0.85), (0.15, 0.5, 0.85, 0.5)),
    Glyph.ARROW: _lines((0.12, 0.5, 0.85, 0.5), (0.55, 0.22, 0.85, 0.5), (0.55, 0.78, 0.85, 0.5)),
    Glyph.EQUALS: _lines((0.18, 0.36, 0.82, 0.36), (0.18, 0.64, 0.82, 0.64)),
    Glyph.UNEQUAL: _lines((0.18, 0.36, 0.82, 0.36), (0.18, 0.64, 0.82, 0.64), (0.68, 0.12, 0.32, 0.88)),
    Glyph.CONFLICT: _diamond,
    Glyph.LOCK: _plain(shapes.paint_padlock),
    Glyph.NOTE: _plain(shapes.paint_note),
    Glyph.HOOK: _plain(shapes.paint_hook),
}


# The largest size that the shapes' strokes are thick enough for.
_DRAWN_FOR = 18


class GlyphMark(QWidget):
    """A shape alone, as a widget."""

    def __init__(self, palette: Palette, glyph: Glyph, tone: Tone, size: int = 16) -> None:
        super().__init__()
        self._palette = palette
        self.glyph, self.tone, self._size = glyph, tone, size
        self.setFixedSize(size, size)

    def set_glyph(self, glyph: Glyph, tone: Tone) -> None:
        """Show another shape."""
        self.glyph, self.tone = glyph, tone
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The shape; a large one has strokes as much thicker."""
        painter = QPainter(self)
        larger = max(1.0, self._size / _DRAWN_FOR)
        painter.scale(larger, larger)
        box = QRectF(0, 0, self._size / larger, self._size / larger).adjusted(1, 1, -1, -1)
        colour = tone_colour(self.tone, self._palette, self.glyph)
        paint_glyph(painter, box, self.glyph, colour, QColor(self._palette.surface))
