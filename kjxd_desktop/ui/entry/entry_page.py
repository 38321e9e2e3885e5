"""指标填报: the grid, the detail panel beside it, and the steps from the first number to the export."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.returns import Return, ReturnState, Signature
from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.entry.acts import CellActs
from kjxd_desktop.ui.entry.columns import column_of
from kjxd_desktop.ui.entry.entry_grid import EntryGrid
from kjxd_desktop.ui.entry.entry_model import EntryTableModel, Filter
from kjxd_desktop.ui.entry.footer import EntryFooter
from kjxd_desktop.ui.entry.header import EntryHeaderBar
from kjxd_desktop.ui.entry.panel import EntryPanel
from kjxd_desktop.ui.entry.problems import problem_codes, step_code
from kjxd_desktop.ui.entry.steps import EntrySteps
from kjxd_desktop.ui.entry.typed import EntryTyped
from kjxd_desktop.ui.entry.writer import EntryWriter
from kjxd_desktop.ui.grid.cell_texts import SheetView, own_mark
from kjxd_desktop.ui.grid.editor import Move
from kjxd_desktop.ui.parts.restore_dialog import ask_restore
from kjxd_desktop.ui.tools.page import Page, PageTools
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.checking.rekey_check import REKEY_RULES
from kjxd_desktop.usecases.keeping.shown import Side
from kjxd_desktop.wording.sending.desk import Whose

# A window of 1180 with the folded navigation leaves this much; below it the panel is a drawer.
DOCKED_FROM = 1132
# The cell that was kept is drawn first, the panel in the next frame.
PANEL_DELAY_MS = 8


class EntryPage(Page):
    """One return's indicators."""

    sign_off_asked = Signal(object)
    export_requested = Signal()
    source_requested = Signal(str)
    history_requested = Signal(object, str)

    def __init__(self, tools: PageTools, parent: QWidget | None = None) -> None:
        super().__init__(tools, parent)
        self._view: SheetView | None = None
        self.years: tuple[int, int] | None = None
        self._state = ReturnState.DRAFT
        self._checked = False
        self._rekeyed = False
        self._panel_wanted = True
        self._docked = True
        self.model = EntryTableModel(self)
        self.writer = EntryWriter(tools.actions, self.model, tools.notices, tools.changes, self)
        self.header = EntryHeaderBar(tools.theme, tools.icons)
        self.grid = EntryGrid(self.model, self.writer, tools.theme)
        self.panel = EntryPanel(self.writer, tools.theme)
        self.footer = EntryFooter(tools.theme, tools.icons)
        self.typed = EntryTyped(
            self.grid, self.panel, self.footer, self.writer, tools.changes, tools.notices, self
        )
        self.left = self.typed.left
        self.acts = CellActs(self.grid, self.panel, self.writer, self)
        self.steps = EntrySteps(tools, self.writer, self.grid, self, (self.grid, self.panel))
        self._panel_timer = QTimer(self)
        self._panel_timer.setSingleShot(True)
        self._panel_timer.setInterval(PANEL_DELAY_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("page")
        self.setAccessibleName("指标填报")
        self.setFocusProxy(self.grid)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        body = QVBoxLayout()
        body.setContentsMargins(SIZES.page_margin, 5, SIZES.page_margin, 4)
        body.setSpacing(5)
        self.header.setFixedHeight(32)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(SIZES.gap)
        self._middle.addWidget(self.grid, 1)
        self._middle.addWidget(self.panel)
        body.addWidget(self.header)
        body.addLayout(self._middle, 1)
        outer.addLayout(body, 1)
        outer.addWidget(self.footer)

    def _connect(self) -> None:
        self.header.filter_chosen.connect(self._on_filter)
        self.header.undo.clicked.connect(self.writer.undo)
        self.header.rekey.clicked.connect(self.steps.rekey)
        self.header.backfill.clicked.connect(self.steps.backfill)
        self.header.targets.clicked.connect(self.steps.targets)
        self.footer.check.clicked.connect(self.check)
        self.footer.sign.clicked.connect(self._on_sign)
        self.footer.export.clicked.connect(self._on_export)
        self.footer.signature_typed.connect(self._on_signature)
        self.grid.current_changed.connect(self._on_current_changed)
        self.acts.panel_asked.connect(self.toggle_panel)
        self.panel.source_requested.connect(self.source_requested)
        self.panel.history_requested.connect(self._on_history)
        self.panel.restore_asked.connect(self._on_restore_asked)
        self.panel.grid_asked.connect(self._on_grid_asked)
        self.panel.edit_asked.connect(self._on_edit_asked)
        self.panel.year_typed.connect(self._on_year_typed)
        self.panel.step_asked.connect(self.step_problem)
        self.panel.cell_asked.connect(self.go_to)
        self.grid.edit_cancelled.connect(self.writer.forget_expected)
        self.writer.row_changed.connect(self._on_row_changed)
        self.writer.restored.connect(self._on_restored)
        self.writer.met_fault.connect(self.typed.wait)
        self.writer.head_changed.connect(self._on_head_changed)
        self.writer.refused_cells_asked.connect(self._on_refused_cells)
        self._changes.changed.connect(self._on_changed)
        self._panel_timer.timeout.connect(self._show_panel_row)
        self._connect_keys()

    def _connect_keys(self) -> None:
        slots = (
            ("F4", self.toggle_panel),
            ("F8", self._on_next_problem),
            ("Shift+F8", self._on_previous_problem),
            ("F9", self.check),
            ("Ctrl+S", self._on_save_key),
            ("Ctrl+Z", self.writer.undo),
            ("Ctrl+Y", self.writer.redo),
            ("Ctrl+Shift+Z", self.writer.redo),
        )
        for keys, slot in (*slots, *self.acts.keys()):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # Showing

    def refresh(self) -> None:
        """Read the chosen return and show it; what is still being typed is kept first."""
        kept = self.commit_pending()
        desk, key = self._actions.desk.desk(), self._actions.desk.key()
        self.footer.whose = Whose.of(city=desk.city, own=desk.own)
        fresh = self._view is None or key != self.writer.key
        line = self.grid.current_line()
        shown = "" if fresh or line is None else line.code
        typed = None if kept or fresh else self.typed.cell()
        if not kept and typed is None and self.grid.notice_text:
            # The cell goes with its page; what was typed is named once more.
            self._notices.attention(self.grid.notice_text)
        self.writer.set_key(key)
        self.years = desk.plan.period
        self._view = SheetView.of(desk)
        self._rekeyed = bool(desk.plan.rekeyed)
        if not self._rekeyed:
            self.header.show_rekey(None)
        sheet = self._actions.fill.sheet(key)
        if fresh:
            self._checked = False
            self.model.set_filter(Filter.ALL)
            self.header.filters.choose(Filter.ALL)
        self.model.set_sheet(sheet, self._view)
        self.header.show_unit(own_mark(desk.unit))
        self._show_head(sheet.head)
        self._show_counts()
        if not shown or not self.grid.go_to(shown):
            self.grid.go_to_first_missing()
        if typed is not None and self.grid.go_to(*typed[:2]):
            self.grid.resume_edit(typed[2])
        self._show_panel_row()

    def go_to(self, code: str) -> None:
        """Put the cursor on an indicator, asked for from another page."""
        if self.grid.commit() and self.grid.go_to(code):
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit_pending(self) -> bool:
        """Keep what stands in an open editor; False when it was not taken."""
        return self.grid.commit() and self.panel.components.commit() and self.typed.keep_signature()

    def _show_head(self, head: Return) -> None:
        self._state = head.state
        self.footer.show_head(head, editable=any(row.editable for row in self.model.rows))

    def _show_counts(self) -> None:
        counts = self.model.counts
        self.header.show_counts(counts)
        if self._rekeyed:
            self.header.show_rekey(self.steps.rekey_left())
        rights = self._actions.status.rights()
        self.footer.show_state(counts, self._state, checked=self._checked, rights=rights)
        self._show_problem_place()

    def _show_panel_row(self) -> None:
        """Show the cursor's indicator in the panel; a commit and the move after it show it once."""
        line = self.grid.current_line()
        if self._view is not None and line is not None and not self.panel.isHidden():
            if line.code != self.panel.code and not self.panel.components.commit():
                # The fields keep what they hold; the cursor goes back to where it belongs.
                self.grid.go_to(self.panel.code)
                return
            self.panel.show_row(line.row, self._view)
            if self._checked:
                self._show_problem_place()

    def _show_problem_place(self) -> None:
        codes = problem_codes(self.model.rows)
        place = codes.index(self.panel.code) + 1 if self.panel.code in codes else 0
        self.panel.show_problem_place(place, len(codes) if self._checked else 0)

    # What was done elsewhere

    def _on_changed(self, changes: Changes) -> None:
        if self.writer.publishing or self._view is None:
            return
        if changes.plan or changes.head or changes.entries:
            self.refresh()

    def _on_row_changed(self, code: str) -> None:
        line = self.grid.current_line()
        if line is not None and line.code == code:
            self._panel_timer.start()
        self._show_counts()

    def _on_restored(self, code: str, names: frozenset[str]) -> None:
        """The cursor goes where the change was: Delete after Ctrl+Z is meant for that cell."""
        self.grid.go_to(code, column_of(names))

    def _on_head_changed(self) -> None:
        self._show_head(self._actions.fill.sheet(self.writer.key).head)
        self._show_counts()

    # Grid and panel

    def _on_current_changed(self, code: str) -> None:
        self.writer.forget_year(code)
        self._panel_timer.start()

    def _on_filter(self, wanted: Filter) -> None:
        if not self.grid.commit():
            self.header.filters.choose(self.model.filter)
            return
        self.model.set_filter(wanted)
        self.grid.go_to_first_missing()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_grid_asked(self) -> None:
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grid.go(Move.NEXT)

    def _on_edit_asked(self) -> None:
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grid.go_to(self.panel.code)
        self.grid.begin_edit()

    def _on_year_typed(self, code: str, year: int) -> None:
        """A button said of which year the figure is that is typed next."""
        self.writer.expect_year(code, year)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grid.go_to(code)
        self.grid.begin_edit("")

    def _on_refused_cells(self, cells: tuple[tuple[str, str], ...]) -> None:
        if self.grid.commit():
            self.grid.select_cells([(code, column_of({field})) for code, field in cells])
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_panel(self) -> None:
        """Show or hide the detail panel; under 1180 it slides over the grid as a drawer."""
        self._panel_wanted = self.panel.isHidden()
        self._place_panel()
        self._show_panel_row()

    def _place_panel(self) -> None:
        docked = self.width() >= DOCKED_FROM
        if docked != self._docked:
            self._docked = docked
            self._panel_wanted = docked
            if docked:
                self._middle.addWidget(self.panel)
            else:
                self._middle.removeWidget(self.panel)
        if self._panel_wanted and self.panel.isHidden():
            # It shows whatever line the cursor came to while it was away.
            self._panel_timer.start()
        self.panel.setVisible(self._panel_wanted)
        if not docked:
            area = self.grid.geometry()
            left = area.right() + 1 - self.panel.width()
            self.panel.setGeometry(left, area.top(), self.panel.width(), area.height())
            self.panel.raise_()

    # Looking back

    def _on_history(self, code: str) -> None:
        if self.commit_pending():
            self.history_requested.emit(self.writer.key, code)

    def _on_restore_asked(self, line: int) -> None:
        if self.commit_pending():
            restore = partial(self._restore, self.panel.code, line)
            ask_restore(self._tools, line, None, restore, self)

    def _restore(self, code: str, line: int, side: Side) -> None:
        sentence = self.writer.restore_line(code, line, side)
        if sentence is not None:
            self._notices.attention(sentence)
        elif self.grid.go_to(code):
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # Checking and sending

    def step_problem(self, step: int) -> None:
        """Go to the next or previous problem, going round."""
        if not self.grid.commit():
            return
        line = self.grid.current_line()
        code = step_code(self.model.rows, line.code if line else "", step)
        if code is None:
            self._notices.success("没有要处理的问题。")
            return
        self.grid.go_to(code)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_next_problem(self) -> None:
        self.step_problem(1)

    def _on_previous_problem(self) -> None:
        self.step_problem(-1)

    def check(self) -> None:
        """审核: a clean return becomes *checked*; otherwise lead to the first problem."""
        if not self.commit_pending():
            return
        self._checked = True
        answer = self._actions.check.check(self.writer.key)
        if answer.clean:
            if self._notices.try_to(self.writer.mark_checked):
                signed = self._state is ReturnState.SIGNED
                self._notices.success("审核通过，已经签报。" if signed else "审核通过，请签报。")
            return
        self._show_counts()
        if self.model.counts.clean and any(item.rule in REKEY_RULES for item in answer.findings):
            self._notices.attention("指标都填好了，还有要复录的。", "复录…", self.steps.rekey)
            return
        elsewhere = answer.count(Grade.LOGIC) - self.model.counts.errors
        if self.model.counts.clean and elsewhere > 0:
            self._notices.attention(f"指标都没有问题；任务进展还有 {elsewhere} 处错误，请到“任务进展”里改。")
            return
        code = step_code(self.model.rows, "", 1)
        if code is not None:
            self.grid.go_to(code)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_sign(self) -> None:
        if self.commit_pending():
            self.sign_off_asked.emit(self.writer.key)

    def _on_export(self) -> None:
        if self.commit_pending():
            self.export_requested.emit()

    def _on_signature(self, signature: Signature) -> None:
        assert signature == self.footer.typed_signature(), "told as it is typed"
        self.typed.keep_signature()

    def _on_save_key(self) -> None:
        if self.commit_pending():
            at = self.writer.saved_at
            self._notices.success(f"已自动保存{f' {at:%H:%M}' if at else ''}，不用手动存")

    # Qt events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_panel()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.grid.commit()
        self.model.set_pasted(())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.grid.apply_theme()
            self.panel.apply_theme()
