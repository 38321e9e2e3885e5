"""The detail panel beside the grid: everything about the indicator the cursor is on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.returns.entry import REMARKS
from kjxd_desktop.ui.entry.carried_box import CarriedBox
from kjxd_desktop.ui.entry.cell_history import HistoryLines
from kjxd_desktop.ui.entry.components import ComponentFields
from kjxd_desktop.ui.entry.findings import FindingBox, ReasonBox, first_to_explain
from kjxd_desktop.ui.entry.panel_style import panel_style
from kjxd_desktop.ui.entry.repair_box import RepairBox
from kjxd_desktop.ui.entry.standing_line import StandingLine
from kjxd_desktop.ui.grid.cell_texts import SheetView
from kjxd_desktop.ui.parts.panel_parts import Section, YearField, link, toned
from kjxd_desktop.ui.tools.style import Theme, set_look
from kjxd_desktop.usecases.checking.repair_shown import Repair
from kjxd_desktop.usecases.filling.edits import Edit, YearEdit
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.usecases.ports import HistoryLine
from kjxd_desktop.wording.terms import ENTRY_FIELD

WIDTH = 264
PAD = 12


class PanelWriter(Protocol):
    """Keeps what is written in the panel; each method says in a sentence why it was not kept."""

    def write_components(self, code: str, numerator: str, denominator: str) -> str | None: ...
    def choose(self, code: str, edit: Edit) -> str | None: ...
    def carry_on(self, codes: Sequence[str]) -> str | None: ...
    def write_reason(self, code: str, rule: str, text: str) -> str | None: ...
    def earlier_reason(self, code: str, rule: str) -> tuple[Period, str] | None: ...
    def repair(self, code: str) -> Repair | None: ...
    def history(self, code: str) -> tuple[HistoryLine, ...]: ...
    def indicator(self, code: str) -> Indicator | None: ...


class EntryPanel(QFrame):
    """One indicator: trend, standing, components, meaning, checks, reason, history."""

    source_requested = Signal(str)
    history_requested = Signal(str)
    restore_asked = Signal(int)
    edit_asked = Signal()
    year_typed = Signal(str, int)
    grid_asked = Signal()
    step_asked = Signal(int)
    cell_asked = Signal(str)

    def __init__(self, writer: PanelWriter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writer = writer
        self._theme = theme
        self._row: EntryRow | None = None
        self._boxes: list[FindingBox] = []
        self._all_history = False
        self._show_trend: Callable[[EntryRow], None] | None = None
        self._build()
        self._connect()
        self.apply_theme()

    def _build(self) -> None:
        self.setObjectName("entryPanel")
        self.setAccessibleName("指标详情")
        self.setFixedWidth(WIDTH)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = QScrollArea()
        self._area.setObjectName("entryPanelArea")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setObjectName("entryPanelBody")
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(PAD, 8, PAD, 8)
        self._layout.setSpacing(6)
        self._area.setWidget(body)
        outer.addWidget(self._area)
        self._build_head()
        self._build_sections()

    def _build_head(self) -> None:
        self._problems = QWidget()
        steps = QHBoxLayout(self._problems)
        steps.setContentsMargins(0, 0, 0, 0)
        self._place = toned("", "text2")
        self.previous_problem = link("上一处", "上一处问题")
        self.next_problem = link("F8 下一处", "下一处问题")
        steps.addWidget(self._place)
        steps.addStretch(1)
        steps.addWidget(self.previous_problem)
        steps.addWidget(self.next_problem)
        self._problems.hide()
        title = QHBoxLayout()
        title.setSpacing(6)
        self._no, self._name, self._unit = (
            toned("", "text2"),
            toned("", "title", wrap=True),
            toned("", "text2"),
        )
        for label in (self._no, self._name, self._unit):
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        title.addWidget(self._no)
        title.addWidget(self._name, 1)
        title.addWidget(self._unit)
        self.standing = StandingLine(self._theme)
        self._layout.addWidget(self._problems)
        self._layout.addLayout(title)
        self._layout.addWidget(self.standing)

    def _build_sections(self) -> None:
        self._findings = QVBoxLayout()
        self._findings.setSpacing(6)
        self._layout.addLayout(self._findings)
        self.repair = RepairBox(self._theme)
        self.carried = CarriedBox(self._theme)
        self.reason = ReasonBox(self._writer.write_reason, self._writer.earlier_reason)
        self.components = ComponentFields(self._writer.write_components)
        self.year = YearField()
        self._refusal = toned("", "bad", wrap=True)
        self._refusal.hide()
        self.source = link("原文", "看方案原文")
        self._meaning_section = Section("口径", self.source)
        self._meaning = toned("", "text2", wrap=True)
        self._origin = toned("", "muted", wrap=True)
        self._meaning_section.body.addWidget(self._meaning)
        self._meaning_section.body.addWidget(self._origin)
        self._check_section = Section("检查")
        self._passed = toned("", "good", wrap=True)
        self._check_section.body.addWidget(self._passed)
        self._remarks = tuple((remark, Section(ENTRY_FIELD[remark.name])) for remark in REMARKS)
        self._remark_texts = tuple(toned("", "text2", wrap=True) for _ in REMARKS)
        for (_, section), text in zip(self._remarks, self._remark_texts, strict=True):
            section.body.addWidget(text)
        self.all_history = link("展开", "展开这一格的修改记录")
        self._history_section = Section("修改记录", self.all_history)
        self._history = HistoryLines()
        self.history_page = link("看全部修改记录", "到修改记录里看这一格")
        self._history_section.body.addWidget(self._history)
        self._history_section.body.addWidget(self.history_page, 0, Qt.AlignmentFlag.AlignLeft)
        self._sections: tuple[QWidget, ...] = (
            self.standing,
            self.repair,
            self.carried,
            self.reason,
            self.components,
            self.year,
            self._refusal,
            self._meaning_section,
            self._check_section,
            *(section for _, section in self._remarks),
            self._history_section,
        )
        for widget in self._sections[1:]:
            self._layout.addWidget(widget)
        self._layout.addStretch(1)

    def _connect(self) -> None:
        self.source.clicked.connect(self._on_source)
        self.all_history.clicked.connect(self._on_history)
        self.history_page.clicked.connect(self._on_history_page)
        self._history.restore_asked.connect(self.restore_asked)
        self.repair.wanted.connect(self._on_repair)
        self.year.chosen.connect(self._on_year)
        self.carried.year_wanted.connect(self._on_year_wanted)
        self.carried.carry_on_wanted.connect(self._on_carry_on)
        self.components.finished.connect(self.grid_asked)
        self.reason.written.connect(self.grid_asked)
        self.reason.back_asked.connect(self.edit_asked)
        self.next_problem.clicked.connect(self._on_next)
        self.previous_problem.clicked.connect(self._on_previous)

    def apply_theme(self) -> None:
        """Take colours and letter size from the theme."""
        self.setStyleSheet(panel_style(self._theme))

    def place_trend(self, trend: QWidget, show: Callable[[EntryRow], None]) -> None:
        """Put a small trend below the name; ``show`` is called with every indicator shown."""
        self._layout.insertWidget(self._layout.indexOf(self.standing), trend)
        self._show_trend = show

    @property
    def code(self) -> str:
        """The indicator shown; empty when none is."""
        return "" if self._row is None else self._row.indicator.code

    def show_row(self, row: EntryRow, view: SheetView) -> None:
        """Show an indicator, or the same one after it changed."""
        self.setUpdatesEnabled(False)
        fresh = row.indicator.code != self.code
        self._row = row
        self._no.setText(row.indicator.no)
        self._name.setText(row.indicator.name)
        self._unit.setText(row.indicator.unit)
        self.standing.show_row(row, view)
        self.carried.show_row(row, view.period)
        if self._show_trend is not None:
            self._show_trend(row)
        self._show_findings(row)
        self.components.show_row(row)
        self.year.show_row(row, view.period)
        self._refuse(None)
        self._show_meaning(row)
        for (remark, section), text in zip(self._remarks, self._remark_texts, strict=True):
            text.setText(remark.text_of(row.entry))
            section.setVisible(bool(text.text()))
        if fresh:
            self._all_history = False
        self._show_history()
        if fresh:
            self._area.verticalScrollBar().setValue(0)
        self._settle()
        self.setUpdatesEnabled(True)

    def _settle(self) -> None:
        """Lay everything out at once: wrapped texts would otherwise take two frames to find their height."""
        for section in self._sections:
            layout = section.layout()
            if layout is not None:
                layout.activate()
        self._layout.invalidate()
        width = self._area.viewport().width()
        self._area.widget().setMinimumHeight(self._layout.totalHeightForWidth(width))

    def show_problem_place(self, place: int, total: int) -> None:
        """Say which of the problems this is; hidden when there are none."""
        self._problems.setVisible(total > 0)
        self._place.setText(f"第 {place} 处，共 {total} 处问题" if place else f"共 {total} 处问题")

    def _show_findings(self, row: EntryRow) -> None:
        for box in self._boxes:
            self._findings.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = [
            FindingBox(finding, self._writer.indicator, editable=row.editable) for finding in row.findings
        ]
        for box in self._boxes:
            box.cell_asked.connect(self.cell_asked)
            self._findings.addWidget(box)
            box.show()
        self._show_repair(row)
        self.reason.show_finding(first_to_explain(row) if row.editable else None)
        self._check_section.setVisible(row.editable)
        if not row.answered:
            self._passed.setText("填好后自动检查")
        else:
            self._passed.setText("✓ 其他检查都已通过" if row.findings else "✓ 检查都已通过")
        set_look(self._passed, "tone", "good" if row.answered else "muted")

    def _show_repair(self, row: EntryRow) -> None:
        """The search waits until its row is looked at: no keystroke pays for it."""
        asked = row.editable and any(finding.blocks for finding in row.findings)
        repair = self._writer.repair(self.code) if asked else None
        other = None if repair is None or repair.code == self.code else self._writer.indicator(repair.code)
        self.repair.show_repair(repair, "" if other is None else f"第 {other.no} 项")

    def _on_repair(self, repair: Repair) -> None:
        self._refuse(self._writer.choose(repair.code, repair.edit))

    def _show_meaning(self, row: EntryRow) -> None:
        definition = row.indicator.definition
        if definition and row.indicator.reference:
            definition = f"参考口径：{definition}"
        self._meaning.setText(definition or "方案没有写口径。")
        origin = row.indicator.source_dept
        self._origin.setText(f"来源：{origin}")
        self._origin.setVisible(bool(origin))

    def _refuse(self, sentence: str | None) -> None:
        self._refusal.setText(sentence or "")
        self._refusal.setVisible(sentence is not None)

    def _on_year(self, year: int | None) -> None:
        sentence = self._writer.choose(self.code, YearEdit(year))
        if sentence is not None:
            # What was not kept must not look as if it were.
            self.year.show_kept()
        self._refuse(sentence)

    def _on_year_wanted(self, year: int) -> None:
        self.year_typed.emit(self.code, year)

    def _on_carry_on(self) -> None:
        sentence = self._writer.carry_on((self.code,))
        self._refuse(sentence)
        if sentence is None:
            self.grid_asked.emit()

    def _on_source(self) -> None:
        self.source_requested.emit(self.code)

    def _on_history(self) -> None:
        self._all_history = not self._all_history
        self._show_history()
        self._settle()

    def _on_history_page(self) -> None:
        self.history_requested.emit(self.code)

    def _show_history(self) -> None:
        lines = self._writer.history(self.code)
        editable = self._row is not None and self._row.editable
        now = datetime.now().astimezone()
        self._history.show_lines(lines, now, everything=self._all_history, editable=editable)
        self.history_page.setVisible(bool(lines))
        self.all_history.setText("收起" if self._all_history else "展开")
        self.all_history.setVisible(self._history.more)

    def _on_next(self) -> None:
        self.step_asked.emit(1)

    def _on_previous(self) -> None:
        self.step_asked.emit(-1)
