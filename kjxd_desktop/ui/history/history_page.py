"""修改记录: every change that was ever made here; anything filled can be put back."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.history.detail import WITH_CELL, HistoryDetail
from kjxd_desktop.ui.history.export import EXPORT, HistoryExport
from kjxd_desktop.ui.history.filters import HistoryFilters
from kjxd_desktop.ui.history.history_model import WHY_COLUMN, HistoryModel
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.cards import EmptyState
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.marked_table import MarkedTable
from kjxd_desktop.ui.parts.restore_dialog import ask_restore
from kjxd_desktop.ui.tools.page import Page, PageTools
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.keeping.shown import LinePage, Side
from kjxd_desktop.usecases.ports import LineFilter, Role
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.keeping import history as words

# Below it the reason is told beside the table only.
_WIDE = 1150


class HistoryPage(Page):
    """Filters on top, lines below, the chosen one in full at the right."""

    cell_wanted = Signal(object, str)

    def __init__(self, tools: PageTools, parent: QWidget | None = None) -> None:
        super().__init__(tools, parent)
        self._clock = tools.clock
        self._wanted: LineFilter | None = None
        self._seen = 0
        self._city = tools.actions.desk.desk().role is Role.CITY
        self.model = HistoryModel(self._fetch, self, units=self._city)
        self.filters = HistoryFilters(tools.theme, tools.icons)
        self.detail = HistoryDetail(tools.theme, tools.icons)
        self._search_on = QTimer(self)
        self._search_on.setSingleShot(True)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("page")
        self.setAccessibleName("修改记录")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIZES.page_margin, 8, SIZES.page_margin, 8)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label("修改记录", "h1"))
        head.addWidget(label("每次改动都记一条，只增加，不修改、不删除", "hint"))
        head.addStretch(1)
        progress = label("", "label")
        self.export = push_button(EXPORT, self._theme, self._icons, "upload")
        self.exporting = HistoryExport(self._tools, self.export, progress, self)
        head.addWidget(progress)
        head.addWidget(self.export)
        layout.addLayout(head)
        layout.addWidget(self.filters)
        place = 158 if self._city else 112
        widths = self._scaled(130, 132, place, 0, 0, 112)
        # Times stay whole, and so do short names.
        least = self._scaled(130, 112, 96, 0, 0, 96)
        self.table = MarkedTable(self._theme, widths, "修改记录", self._theme.row_height, least)
        self.table.setModel(self.model)
        self.table.size_columns()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._nothing_yet = EmptyState(
            "history", words.NO_LINES, words.NO_LINES_HINT, self._theme, self._icons
        )
        self.show_all = push_button("清除条件", self._theme, self._icons, "close")
        self._nothing_found = EmptyState(
            "search",
            words.NOTHING_FOUND,
            words.NOTHING_FOUND_HINT,
            self._theme,
            self._icons,
            self.show_all,
        )
        for empty in (self._nothing_yet, self._nothing_found):
            self._stack.addWidget(empty)
        middle = QHBoxLayout()
        middle.setSpacing(SIZES.gap)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self.detail)
        layout.addLayout(middle, 1)
        self.setFocusProxy(self.table)
        filters, detail = self.filters, self.detail
        stops = (
            *(filters.search, filters.time, filters.unit, filters.plan, filters.who, filters.kind),
            *(filters.clear, self.table, detail.put_old, detail.put_new, detail.go, self.export),
        )
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def _scaled(self, *widths: int) -> tuple[int, ...]:
        return tuple(round(width * self._theme.scale) for width in widths)

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_filter)
        self.show_all.clicked.connect(self.filters.clear_all)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.activated.connect(self._on_activated)
        self.detail.restore_asked.connect(self._on_restore_asked)
        self.detail.cell_asked.connect(self._go)
        self.export.clicked.connect(self._on_export)
        self.filters.search.returnPressed.connect(self._on_search_done)
        self._search_on.timeout.connect(self._on_search_on)
        self._changes.changed.connect(self._on_changed)
        for keys, act in (("Ctrl+F", self._on_find), ("Down", self._on_search_done)):
            target = self if keys == "Ctrl+F" else self.filters.search
            shortcut = QShortcut(QKeySequence(keys), target)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # Showing

    def refresh(self) -> None:
        """Show what was written meanwhile; everything anew when another filter holds."""
        self._offer()
        if self._wanted is None or self._wanted != self.filters.wanted():
            self._load()
        else:
            self._load_newer()

    def show_cell(self, key: ReturnKey, code: str) -> None:
        """Only the lines of one cell or task, asked for from another page."""
        self._offer()
        desk = self._actions.desk.desk()
        unit = desk.plan.unit(key.unit_code)
        item = desk.plan.indicator(code)
        task = desk.plan.task(code)
        name = item.name if item else f"{task.no} {task.title}" if task else code
        where = f"{unit.name if unit else key.unit_code} {period_title(key.period)}"
        self.filters.show_only(key, code, f"{where} {name}")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self) -> None:
        people = self._actions.look_back.people()
        self.filters.show_desk(self._actions.desk.desk(), people, self._clock.now().date())

    def _load(self) -> None:
        self._wanted = self.filters.wanted()
        self._seen = self._actions.look_back.newest()
        self.model.show_page(self._actions.look_back.page(self._wanted))
        self.table.setCurrentIndex(self.model.index(0, 3))
        self._show_state()

    def _load_newer(self) -> None:
        assert self._wanted is not None, "something is shown already"
        newest = self._actions.look_back.newest()
        if newest != self._seen:
            self.model.put_newer(self._actions.look_back.newer(self._wanted, self._seen))
            self._seen = newest
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 3))
        self._show_state()

    def _fetch(self, before: int) -> LinePage | None:
        """The page before a line, for the model."""
        assert self._wanted is not None, "the first page was read with it"
        found: list[LinePage] = []
        read = partial(self._actions.look_back.page, self._wanted, before)
        self._notices.try_to(lambda: found.append(read()))
        return found[0] if found else None

    def _show_state(self) -> None:
        """The table, or what is missing and what to do."""
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.table)
        elif self.model.canFetchMore(QModelIndex()):
            # Nothing among the newest; the older ones are looked through bit by bit.
            self._search_on.start()
        else:
            empty = self._nothing_found if self.filters.narrows else self._nothing_yet
            self._stack.setCurrentWidget(empty)
        self._show_line()
        self.export.setEnabled(bool(self.model.rowCount()) or self.exporting.running)

    def _on_search_on(self) -> None:
        self.model.fetchMore(QModelIndex())
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 3))
        self._show_state()

    def _show_line(self) -> None:
        self.detail.show_line(self.model.line(self.table.currentIndex().row()))

    # What the person does

    def _on_filter(self) -> None:
        self._load()

    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_line()

    def _on_find(self) -> None:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def _on_search_done(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_activated(self, _index: QModelIndex) -> None:
        self._go()

    def _go(self) -> None:
        line = self.model.line(self.table.currentIndex().row())
        if line is not None and line.key is not None and line.kind in WITH_CELL:
            self.cell_wanted.emit(line.key, line.code)

    def _on_restore_asked(self, side: Side) -> None:
        line = self.model.line(self.table.currentIndex().row())
        if line is not None:
            restore = partial(self._restore, line.line, line.item)
            ask_restore(self._tools, line.line, side, restore, self)

    def _restore(self, number: int, name: str, side: Side) -> None:
        done: list[Changes] = []
        if self._notices.try_to(lambda: done.append(self._actions.look_back.restore(number, side))):
            self._changes.publish(done[0])
            self._notices.success(words.RESTORED_NOTICE.format(name=name))
            self._notices.notes(done[0].notes)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, _changes: Changes) -> None:
        if self.isVisible() and self._wanted is not None:
            self._load_newer()

    def _on_export(self) -> None:
        if self._wanted is not None:
            self.exporting.start(self._wanted, self.filters.words())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the reason in the panel only where there is no room for it."""
        super().resizeEvent(event)
        self.table.setColumnHidden(WHY_COLUMN, self.width() < _WIDE)
        self.table.share_room()
        self.detail.fit(narrow=self.width() < _WIDE)
