"""The chosen indicator of the analysis page: title, legend, chart, four key figures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kjxd_desktop.charts.legend import TrendLegend
from kjxd_desktop.charts.trend_chart import TrendChart
from kjxd_desktop.charts.trend_data import TrendData
from kjxd_desktop.ui.analysis.achieved_bar import AchievedBar
from kjxd_desktop.ui.analysis.figures import Figure, QuarterTable
from kjxd_desktop.ui.parts.chips import Chip
from kjxd_desktop.ui.parts.glyphs import LIGHT_GLYPHS
from kjxd_desktop.ui.parts.labels import ElidedLabel, label, line
from kjxd_desktop.ui.tools.plain import set_tip
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.monitoring.shown import MonitorRow
from kjxd_desktop.wording.monitoring.standing import light_word

# From here on the legend stands at the right of the title.
WIDE = 720
_FIGURES = 4


class AnalysisDetail(QFrame):
    """Shows one indicator."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._theme = theme
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 8)
        layout.setSpacing(6)
        layout.addLayout(self._build_head())
        self._legend_below = QHBoxLayout()
        layout.addLayout(self._legend_below)
        self.legend = TrendLegend(theme.palette, theme.font(12))
        self._legend_below.addWidget(self.legend)
        self.chart = TrendChart(theme.palette, theme.font(12))
        layout.addWidget(self.chart, 1)
        layout.addWidget(line())
        self.figures = FigureRow(theme)
        layout.addWidget(self.figures)
        self.achieved = AchievedBar(theme)
        layout.addWidget(self.achieved)
        self._sentences = (ElidedLabel(), ElidedLabel())
        words = QVBoxLayout()
        words.setSpacing(1)
        for part in self._sentences:
            part.setProperty("role", "hint")
            words.addWidget(part)
        layout.addLayout(words)

    def _build_head(self) -> QHBoxLayout:
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._no, self._unit = label("", "label"), label("", "label")
        self._name = ElidedLabel()
        self._name.setStyleSheet(f"font-size: {self._theme.pixels(16)}px; font-weight: bold;")
        self.light = Chip(self._theme)
        self._head.addWidget(self._no)
        self._head.addWidget(self._name)
        self._head.addWidget(self._unit)
        self._head.addWidget(self.light)
        self._head.addStretch(1)
        return self._head

    def show_row(
        self, row: MonitorRow, trend: TrendData, figures: tuple[Figure, ...], sentences: tuple[str, str]
    ) -> None:
        """Show an indicator; the sentences say where it stands and where it seems to go."""
        indicator = row.indicator
        self._no.setText(indicator.no)
        self._name.setText(indicator.name)
        self._unit.setText(f"单位：{indicator.unit}")
        self.light.set_chip(light_word(row.standing), *LIGHT_GLYPHS[row.standing.light])
        self.legend.show_data(trend)
        self.chart.show_data(trend)
        self.figures.show_figures(figures)
        self.achieved.show_row(row)
        for part, sentence in zip(self._sentences, sentences, strict=True):
            part.setText(sentence)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What stands below the figures."""
        return tuple(part.text() for part in self._sentences)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The legend goes where there is room."""
        super().resizeEvent(event)
        place = self._head if self.width() >= WIDE else self._legend_below
        if place.indexOf(self.legend) < 0:
            for layout in (self._head, self._legend_below):
                layout.removeWidget(self.legend)
            place.addWidget(self.legend)


class FigureRow(QWidget):
    """Key figures beside each other, parted by thin lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(10)
        self._parts: list[tuple[ElidedLabel, ElidedLabel, ElidedLabel]] = []
        for place in range(_FIGURES):
            if place:
                parting = QFrame()
                parting.setFixedWidth(1)
                parting.setStyleSheet(f"background: {theme.palette.border};")
                layout.addWidget(parting)
            column = QVBoxLayout()
            column.setSpacing(1)
            title, value, note = ElidedLabel(), ElidedLabel(), ElidedLabel()
            title.setProperty("role", "label")
            colour = theme.palette.accent if place == 0 else theme.palette.text
            value.setStyleSheet(f"font-size: {theme.pixels(19)}px; font-weight: bold; color: {colour};")
            note.setStyleSheet(f"font-size: {theme.pixels(12)}px;")
            for part, pixels in ((title, 12), (value, 19), (note, 12)):
                # As high without words, so that the figures stand in one line.
                part.setFixedHeight(QFontMetrics(theme.font(pixels, bold=True)).height())
                column.addWidget(part)
            layout.addLayout(column, 1)
            self._parts.append((title, value, note))

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        """Show four figures."""
        for (title, value, note), figure in zip(self._parts, figures, strict=True):
            title.setText(figure.title)
            value.setText(figure.value)
            note.setText(figure.note)
            value.setAccessibleName(f"{figure.title} {figure.value} {figure.note}")
            for part in (title, value, note):
                set_tip(part, figure.tip)

    @property
    def texts(self) -> tuple[tuple[str, str, str], ...]:
        """What is shown: title, figure, note."""
        return tuple((title.text(), value.text(), note.text()) for title, value, note in self._parts)


class QuarterCard(QFrame):
    """The last periods as a small table, on wide screens."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._theme = theme
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 8)
        outer.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._subject = label("", "hint")
        head.addWidget(label("季度数据", "h2"))
        head.addWidget(self._subject)
        head.addStretch(1)
        self._star = label("上表带 * 的是更早一年的数据", "hint")
        head.addWidget(self._star)
        outer.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        outer.addLayout(self._grid)
        self._cells: list[QLabel] = []

    def show_star(self, shown: bool) -> None:
        """Say what a star in the table above means, or that there is none."""
        self._star.setVisible(shown)

    @property
    def star_shown(self) -> bool:
        """Whether the star is explained."""
        return not self._star.isHidden()

    def show_table(self, subject: str, table: QuarterTable) -> None:
        """Show another indicator."""
        self._subject.setText(subject)
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells = []
        for column, text in enumerate(table.periods, start=1):
            self._add(text, 0, column, "hint")
        for place, (title, texts) in enumerate(table.rows, start=1):
            self._add(title, place, 0, "label")
            for column, text in enumerate(texts, start=1):
                self._add(text, place, column, "")

    def _add(self, text: str, row: int, column: int, role: str) -> None:
        cell = label(text, role)
        if column:
            cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(cell, row, column)
        self._cells.append(cell)
