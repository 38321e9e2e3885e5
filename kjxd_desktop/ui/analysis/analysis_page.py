"""监测分析: every indicator against its targets at the left, the chosen one's trend at the right."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QSpacerItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.charts.chart_file import save_png
from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.analysis.achieved_acts import AchievedActs
from kjxd_desktop.ui.analysis.analysis_delegate import AnalysisDelegate
from kjxd_desktop.ui.analysis.analysis_model import (
    COLUMNS,
    WIDE_ONLY,
    AnalysisColumn,
    AnalysisLine,
    AnalysisModel,
    ClassLine,
    two_kinds,
)
from kjxd_desktop.ui.analysis.cards import LightCards
from kjxd_desktop.ui.analysis.detail import AnalysisDetail, QuarterCard
from kjxd_desktop.ui.analysis.figures import figures_of, quarter_table
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.file_choice import PICTURE, choose_new_file
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.page import Page, PageTools
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.monitoring.shown import MonitorRow, MonitorShown
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.monitoring.standing import (
    forecast_sentence,
    no_forecast_sentence,
    standing_sentence,
)

CLASS_HEIGHT = 22
HEADER_HEIGHT = 28
# A window of 1600 beside its open navigation; below the narrow one the small lines go.
WIDE_PAGE = 1420
NARROW_PAGE = 1060
_WIDTHS = {
    AnalysisColumn.NO: 36,
    AnalysisColumn.UNIT: 44,
    AnalysisColumn.BASELINE: 58,
    AnalysisColumn.NOW: 56,
    AnalysisColumn.BINDING: 52,
    AnalysisColumn.EXPECTED: 52,
    AnalysisColumn.BAR: 98,
    AnalysisColumn.SPARK: 62,
    AnalysisColumn.LIGHT: 70,
}


class AnalysisPage(Page):
    """One unit's indicators in one period."""

    def __init__(self, tools: PageTools, parent: QWidget | None = None) -> None:
        super().__init__(tools, parent)
        self._answer: MonitorShown | None = None
        self._code: str | None = None
        self._acts = AchievedActs(tools, self)
        self.model = AnalysisModel(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("page")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIZES.page_margin, 8, SIZES.page_margin, 8)
        layout.setSpacing(SIZES.gap)
        head = QHBoxLayout()
        head.addWidget(label("监测分析", "h1"))
        head.addStretch(1)
        self.export = push_button("导出图表", self._theme, self._icons, "image")
        head.addWidget(self.export)
        layout.addLayout(head)
        self.cards = LightCards(self._theme)
        layout.addWidget(self.cards)
        body = QHBoxLayout()
        body.setSpacing(SIZES.gap)
        left = QVBoxLayout()
        left.setSpacing(SIZES.gap)
        self.table = self._build_table()
        self.quarters = QuarterCard(self._theme)
        # The quarters follow the last row; what is left over stays below both.
        left.addWidget(self.table, 1)
        left.addWidget(self.quarters)
        left.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding))
        self.detail = AnalysisDetail(self._theme)
        body.addLayout(left, 49)
        body.addWidget(self.detail, 51)
        layout.addLayout(body, 1)
        self.setFocusProxy(self.table)

    def _build_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName("指标和目标的对照")
        self._delegate = AnalysisDelegate(self.model, self._theme)
        table.setItemDelegate(self._delegate)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(CLASS_HEIGHT)
        table.verticalHeader().setDefaultSectionSize(self._theme.row_height)
        header = table.horizontalHeader()
        header.setFixedHeight(HEADER_HEIGHT)
        header.setMinimumSectionSize(24)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for place, column in enumerate(COLUMNS):
            stretch = column is AnalysisColumn.NAME
            mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(place, mode)
            if not stretch:
                table.setColumnWidth(place, round(_WIDTHS[column] * self._theme.scale))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        return table

    def _connect(self) -> None:
        self.export.clicked.connect(self._on_export)
        self.detail.achieved.mark_asked.connect(self._on_mark)
        self.detail.achieved.take_back_asked.connect(self._on_take_back)
        self.detail.achieved.evidence_asked.connect(self._on_take_out)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self._changes.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Read everything anew; the chosen indicator stays chosen."""
        answer = self._actions.monitor.monitor(self._actions.desk.key())
        self._answer = answer
        self.model.show_json(answer)
        self.cards.show_json(answer, two_kinds=two_kinds(answer))
        self.quarters.show_star(self.model.starred)
        self._place_columns()
        self.table.clearSpans()
        for row, line in enumerate(self.model.lines):
            if isinstance(line, ClassLine):
                self.table.setSpan(row, 0, 1, len(COLUMNS))
                self.table.setRowHeight(row, CLASS_HEIGHT)
            else:
                self.table.setRowHeight(row, self._theme.row_height)
        rows = self.table.verticalHeader().length()
        self.table.setMaximumHeight(HEADER_HEIGHT + rows + 2 * self.table.frameWidth())
        row_to_show = self.model.row_of(self._code) if self._code else None
        if row_to_show is None:
            row_to_show = self.model.first_row()
        if row_to_show is not None:
            self.table.setCurrentIndex(self.model.index(row_to_show, 1))
            self._show_detail(row_to_show)
        self.export.setEnabled(row_to_show is not None)

    def go_to(self, code: str) -> None:
        """Choose an indicator."""
        row = self.model.row_of(code)
        if row is not None:
            self.table.setCurrentIndex(self.model.index(row, 1))

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._show_detail(current.row())

    def _show_detail(self, place: int) -> None:
        line, answer = self.model.line(place), self._answer
        if not isinstance(line, AnalysisLine) or answer is None:
            return
        row = line.row
        self._code = row.indicator.code
        ahead = (
            forecast_sentence(row.indicator, row.forecast)
            if row.forecast is not None
            else no_forecast_sentence(row.indicator, row.points)
        )
        where = standing_sentence(row.indicator, row.entry, row.standing, row.asks)
        self.detail.show_row(row, line.trend, figures_of(row, answer), (where, ahead))
        subject = f"{row.indicator.name}，单位：{row.indicator.unit}"
        self.quarters.show_table(subject, quarter_table(row, answer.period))

    def _on_changed(self, changes: Changes) -> None:
        """Values or targets changed; a page that is not seen reads anew when it is opened."""
        if self.isVisible() and (changes.entries or changes.plan or changes.head):
            self.refresh()

    def _chosen(self) -> tuple[MonitorShown, MonitorRow] | None:
        """The chosen indicator, after the answer it stands in."""
        line = self.model.line(self.table.currentIndex().row())
        return (self._answer, line.row) if self._answer and isinstance(line, AnalysisLine) else None

    def _on_mark(self) -> None:
        if (chosen := self._chosen()) is not None:
            self._acts.mark(*chosen)

    def _on_take_back(self) -> None:
        if (chosen := self._chosen()) is not None:
            self._acts.take_back(chosen[0].key, chosen[1])

    def _on_take_out(self) -> None:
        if (chosen := self._chosen()) is not None:
            self._acts.take_out(chosen[1])

    def _on_export(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        answer, row = chosen
        name = f"{row.indicator.name}_{answer.unit.name}_{period_title(answer.period)}.png"
        path = choose_new_file(self, "导出图表", name, PICTURE)
        if path is not None:
            self._notices.try_to(partial(self._write, row, answer, path))

    def _write(self, row: MonitorRow, answer: MonitorShown, path: Path) -> None:
        save_png(row, answer, path)
        self._notices.success(f"已导出：{path.name}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wide pages show more columns and the quarters, narrow ones no small lines."""
        super().resizeEvent(event)
        self._place_columns()
        self.quarters.setVisible(self.width() >= WIDE_PAGE)

    def _place_columns(self) -> None:
        hidden = set() if self.width() >= WIDE_PAGE else set(WIDE_ONLY)
        if self.width() < NARROW_PAGE:
            hidden.add(AnalysisColumn.SPARK)
        if self._answer is not None and not two_kinds(self._answer):
            hidden.add(AnalysisColumn.EXPECTED)
        for place, column in enumerate(COLUMNS):
            self.table.setColumnHidden(place, column in hidden)
