"""指标填报: the grid, the detail panel beside it, and the steps from the first number to the export."""

from __future__ import annotations

from typing import override

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.domain.findings import Grade
from kjxd_desktop.domain.returns import EntryStatus, ReturnState, Signature
from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.changes import ChangeBus
from kjxd_desktop.ui.dialogs.backfill_dialog import BackfillDialog
from kjxd_desktop.ui.dialogs.targets_dialog import TargetsDialog
from kjxd_desktop.ui.icons import Icons
from kjxd_desktop.ui.models.entry_columns import ColumnId
from kjxd_desktop.ui.models.entry_model import EntryTableModel, Filter
from kjxd_desktop.ui.models.entry_texts import SheetView, own_mark
from kjxd_desktop.ui.notices import Notices
from kjxd_desktop.ui.pages.entry_footer import EntryFooter
from kjxd_desktop.ui.pages.entry_header import EntryHeaderBar
from kjxd_desktop.ui.pages.entry_menu import EntryMenu
from kjxd_desktop.ui.pages.entry_writer import EntryWriter
from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.tasks import TaskRunner
from kjxd_desktop.ui.widgets.entry_grid import EntryGrid
from kjxd_desktop.ui.widgets.entry_panel import WIDTH as PANEL_WIDTH
from kjxd_desktop.ui.widgets.entry_panel import EntryPanel
from kjxd_desktop.usecases.actions import Actions
from kjxd_desktop.usecases.queries import Changes

# A window of 1180 with the folded navigation leaves this much; below it the panel is a drawer.
DOCKED_FROM = 1132


class EntryPage(QWidget):
    """One return's indicators."""

    export_requested = Signal()
    source_requested = Signal(str)
    history_requested = Signal(str)

    def __init__(
        self,
        actions: Actions,
        tasks: TaskRunner,
        notices: Notices,
        theme: Theme,
        changes: ChangeBus,
        parent: QWidget | None = None,
        *,
        icons: Icons | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._notices = notices
        self._theme = theme
        self._changes = changes
        self._view: SheetView | None = None
        self._state = ReturnState.DRAFT
        self._checked = False
        self._panel_wanted = True
        self._docked = True
        self.model = EntryTableModel(self)
        self.writer = EntryWriter(actions, self.model, notices, changes, self)
        self.header = EntryHeaderBar(theme, icons)
        self.grid = EntryGrid(self.model, self.writer, theme)
        self.panel = EntryPanel(self.writer, theme)
        self.footer = EntryFooter(theme, icons)
        self.menu = EntryMenu(self)
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
        self.header.backfill.clicked.connect(self.open_backfill)
        self.header.targets.clicked.connect(self.open_targets)
        self.footer.check.clicked.connect(self.check)
        self.footer.export.clicked.connect(self._on_export)
        self.footer.signature_typed.connect(self._on_signature)
        self.grid.current_changed.connect(self._on_current_changed)
        self.grid.menu_asked.connect(self._on_menu_asked)
        self.panel.source_requested.connect(self.source_requested)
        self.panel.history_requested.connect(self.history_requested)
        self.panel.grid_asked.connect(self._on_grid_asked)
        self.panel.edit_asked.connect(self._on_edit_asked)
        self.panel.step_asked.connect(self.step_problem)
        self.writer.row_changed.connect(self._on_row_changed)
        self.writer.head_changed.connect(self._on_head_changed)
        self.writer.refused_cells_asked.connect(self._on_refused_cells)
        self._changes.changed.connect(self._on_changed)
        self._connect_menu()
        self._connect_keys()

    def _connect_menu(self) -> None:
        self.menu.estimate.triggered.connect(self._on_estimate)
        self.menu.not_applicable.triggered.connect(self._on_not_applicable)
        self.menu.not_published.triggered.connect(self._on_not_published)
        self.menu.clear_cell.triggered.connect(self._on_clear)
        self.menu.data_year.triggered.connect(self._on_data_year)
        self.menu.note.triggered.connect(self._on_note)
        self.menu.copy.triggered.connect(self.grid.copy)
        self.menu.paste.triggered.connect(self._on_paste)

    def _connect_keys(self) -> None:
        slots = (
            ("Ctrl+1", self._on_estimate),
            ("Ctrl+2", self._on_not_applicable),
            ("Ctrl+3", self._on_not_published),
            ("Ctrl+4", self._on_data_year),
            ("F4", self.toggle_panel),
            ("F8", self._on_next_problem),
            ("Shift+F8", self._on_previous_problem),
            ("F9", self.check),
            ("Ctrl+S", self._on_save_key),
            ("Ctrl+Z", self.writer.undo),
            ("Ctrl+Y", self.writer.redo),
            ("Ctrl+Shift+Z", self.writer.redo),
        )
        for keys, slot in slots:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # Showing

    def refresh(self) -> None:
        """Read the chosen return and show it; what is still being typed is kept first."""
        self.commit_pending()
        desk, key = self._actions.desk.desk(), self._actions.desk.key()
        fresh = self._view is None or key != self.writer.key
        shown = "" if fresh else self.panel.code
        self.writer.set_key(key)
        self._view = SheetView.of(desk)
        sheet = self._actions.fill.sheet(key)
        if fresh:
            self._checked = False
            self.model.set_filter(Filter.ALL)
            self.header.filters.choose(Filter.ALL)
        self.model.set_sheet(sheet, self._view)
        self.header.show_unit(own_mark(desk.unit))
        self._show_head(sheet.head.state, sheet.head)
        self._show_counts()
        if not shown or not self.grid.go_to(shown):
            self.grid.go_to_first_missing()

    def commit_pending(self) -> bool:
        """Keep what stands in an open editor; False when it was not taken."""
        return self.grid.commit() and self.panel.components.commit()

    def _show_head(self, state: ReturnState, head: object) -> None:
        from kjxd_desktop.domain.returns import Return

        assert isinstance(head, Return)
        self._state = state
        editable = any(row.editable for row in self.model.rows)
        self.footer.show_head(head, editable=editable)

    def _show_counts(self) -> None:
        counts = self.model.counts
        self.header.show_counts(counts)
        self.footer.show_state(counts, self._state, checked=self._checked)
        self._show_problem_place()

    def _show_problem_place(self) -> None:
        codes = self._problem_codes()
        place = codes.index(self.panel.code) + 1 if self.panel.code in codes else 0
        self.panel.show_problem_place(place, len(codes) if self._checked else 0)
