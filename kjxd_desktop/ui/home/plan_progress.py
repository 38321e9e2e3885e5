"""How the plan stands: a bar of lights, their counts, what is behind, and the tasks."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kjxd_desktop.domain.pace.standing import UNJUDGED, Light
from kjxd_desktop.domain.returns.progress import TaskStatus
from kjxd_desktop.ui.grid.ink import EntryInk
from kjxd_desktop.ui.grid.marks import paint_target_bar
from kjxd_desktop.ui.parts.glyphs import LIGHT_GLYPHS, TASK_GLYPHS, GlyphMark
from kjxd_desktop.ui.parts.labels import ElidedLabel, label, line
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.monitoring.shown import MonitorRow, MonitorShown
from kjxd_desktop.wording.numbers import number_text
from kjxd_desktop.wording.terms import TASK_STATUS

# Lights that say little for a clerk's next step are shown as one group.
GROUPS = (
    ("达到预期", (Light.MET, Light.AHEAD)),
    ("达到约束", (Light.BETWEEN,)),
    ("滞后", (Light.BEHIND,)),
    ("未报或不评", UNJUDGED),
)
MOST_BEHIND = 3


class LightStrip(QWidget):
    """One bar divided by lights; every part differs in fill as well as in colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts = (0,) * len(GROUPS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: tuple[int, ...]) -> None:
        """Show how many indicators are in each group."""
        self._counts = counts
        self.update()

    def sizeHint(self) -> QSize:
        """A thin bar."""
        return QSize(200, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The parts, left to right."""
        palette = self._theme.palette
        painter = QPainter(self)
        total = sum(self._counts) or 1
        looks = (
            (palette.good, palette.good, Qt.PenStyle.SolidLine),
            (palette.good_bg, palette.good, Qt.PenStyle.SolidLine),
            (palette.warn_mark, palette.warn_mark, Qt.PenStyle.SolidLine),
            (palette.surface, palette.control, Qt.PenStyle.DashLine),
        )
        left = 0.0
        for count, (fill, edge, style) in zip(self._counts, looks, strict=True):
            width = (self.width() - 1) * count / total
            if count:
                painter.setPen(QPen(QColor(edge), 1, style))
                painter.setBrush(QColor(fill))
                painter.drawRect(QRectF(left + 0.5, 0.5, max(2.0, width - 2), self.height() - 1.5))
            left += width


class BehindBar(QWidget):
    """The target bar of one indicator."""

    def __init__(self, row: MonitorRow, theme: Theme) -> None:
        super().__init__()
        self._row = row
        self._ink = EntryInk(theme)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bar, tick and diamond."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_target_bar(painter, QRectF(self.rect()).adjusted(5, 0, -5, 0), self._row, self._ink)


class PlanProgress(QWidget):
    """The right-hand card of the desk."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        self._strip = LightStrip(theme)
        layout.addWidget(self._strip)
        self._counts = QGridLayout()
        self._counts.setHorizontalSpacing(8)
        self._counts.setVerticalSpacing(8)
        self._figures = []
        for place, (word, lights) in enumerate(GROUPS):
            glyph, tone = LIGHT_GLYPHS[lights[-1] if place == 0 else lights[0]]
            figure = label("0", "h2")
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            row, column = divmod(place, 2)
            for offset, widget in enumerate(
                (GlyphMark(theme.palette, glyph, tone), label(word), figure, label("项", "hint"))
            ):
                self._counts.addWidget(widget, row, column * 5 + offset)
            self._counts.setColumnStretch(column * 5 + 1, 1)
            self._figures.append(figure)
        self._counts.setColumnMinimumWidth(4, 20)
        layout.addLayout(self._counts)
        layout.addWidget(line())
        self._behind = QVBoxLayout()
        self._behind.setSpacing(6)
        layout.addLayout(self._behind)
        layout.addWidget(line())
        layout.addWidget(label("任务", "h2"))
        self._tasks = QHBoxLayout()
        self._tasks.setSpacing(14)
        layout.addLayout(self._tasks)
        layout.addStretch(1)

    def show_json(self, answer: MonitorShown) -> None:
        """Show how the plan stands."""
        counts = tuple(sum(answer.count(light) for light in lights) for _, lights in GROUPS)
        self._strip.show_counts(counts)
        for figure, count in zip(self._figures, counts, strict=True):
            figure.setText(str(count))
        behind = tuple(row for row in answer.rows if row.standing.light is Light.BEHIND)
        self._show_behind(behind, judged=sum(counts[:3]) > 0)
        _empty(self._tasks)
        for status in (TaskStatus.DONE, TaskStatus.IN_PROGRESS, TaskStatus.BLOCKED, TaskStatus.NOT_STARTED):
            number = sum(row.progress.status is status for row in answer.tasks)
            glyph, tone = TASK_GLYPHS[status]
            part = QHBoxLayout()
            part.setSpacing(4)
            part.addWidget(GlyphMark(self._theme.palette, glyph, tone))
            part.addWidget(label(TASK_STATUS[status], "label"))
            part.addWidget(label(str(number), "h2"))
            holder = QWidget()
            holder.setLayout(part)
            part.setContentsMargins(0, 0, 0, 0)
            self._tasks.addWidget(holder)
        self._tasks.addStretch(1)

    def _show_behind(self, rows: tuple[MonitorRow, ...], judged: bool) -> None:
        _empty(self._behind)
        title = "滞后指标" if rows else "没有滞后的指标" if judged else "还没有能评的数，填好后显示进度"
        self._behind.addWidget(label(title, "h2"))
        for row in rows[:MOST_BEHIND]:
            glyph, tone = LIGHT_GLYPHS[Light.BEHIND]
            head = QHBoxLayout()
            head.setContentsMargins(0, 0, 0, 0)
            head.setSpacing(6)
            head.addWidget(GlyphMark(self._theme.palette, glyph, tone, 14))
            head.addWidget(ElidedLabel(row.indicator.name), 1)
            final = row.standing.yardstick.binding[-1]
            figures = f"{number_text(row.entry.value)} / {number_text(final.value)} {row.indicator.unit}"
            head.addWidget(label(figures, "label"))
            holder = QWidget()
            holder.setLayout(head)
            self._behind.addWidget(holder)
            self._behind.addWidget(BehindBar(row, self._theme))
        if len(rows) > MOST_BEHIND:
            self._behind.addWidget(label(f"还有 {len(rows) - MOST_BEHIND} 项，见“监测分析”", "hint"))


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()
