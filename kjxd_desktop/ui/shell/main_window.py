"""The window: navigation, top bar and one page at a time, each page made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.shell.navigation import Navigation, PageName
from kjxd_desktop.ui.shell.top_bar import TopBar
from kjxd_desktop.ui.tools.page import Page, PageTools
from kjxd_desktop.ui.tools.unsaved import UnsavedKeeper
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.wording.filling.unsaved import leaving_sentence
from kjxd_desktop.wording.literal import window_title

# At normal letters; a screen of 1366 × 768 at 125 % leaves 1092 × 542 to a window.
MINIMUM = (900, 460)
COUNT_MS = 150
APP_TITLE = "科技行动监测填报"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of the window: its place in the navigation and how it is made."""

    name: PageName
    make: Callable[[], Page]


class MainWindow(QMainWindow):
    """Shows one workspace.

    Args:
        pages: In the order of the navigation; the first is opened.
        help_dialog: Makes the help dialog.
        show_document: Opens the plan document.
        show_search: Opens the search.
    """

    elsewhere_wanted = Signal()

    def __init__(
        self,
        tools: PageTools,
        pages: tuple[PageEntry, ...],
        navigation: Navigation,
        top_bar: TopBar,
        help_dialog: Callable[[QWidget], QWidget],
        show_document: Callable[[], None],
        show_search: Callable[[], None],
    ) -> None:
        super().__init__()
        self._actions = tools.actions
        self._entries = {entry.name.name: entry for entry in pages}
        self._order = tuple(self._entries)
        self._navigation = navigation
        self._top_bar = top_bar
        self._changes = tools.changes
        self._notices = tools.notices
        self._tasks = tools.tasks
        self._help_dialog = help_dialog
        self._show_document = show_document
        self._show_search = show_search
        self._clock = tools.clock
        self._pages: dict[str, Page] = {}
        self._shown = ""
        self._companion: object = None
        self._close_refused = False
        self._let_go = False
        self.keeper = UnsavedKeeper(tools.changes, tools.notices, self)
        self._count_timer = QTimer(self)
        self._count_timer.setSingleShot(True)
        self._count_timer.setInterval(COUNT_MS)
        self.setMinimumSize(*(round(length * tools.theme.scale) for length in MINIMUM))
        self._build()
        self._connect()
        self._show_desk()

    def _build(self) -> None:
        self._stack = QStackedWidget()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._top_bar)
        right.addWidget(self._stack, 1)
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._navigation)
        layout.addLayout(right, 1)
        self.setCentralWidget(body)

    def _connect(self) -> None:
        self._navigation.page_chosen.connect(self.open_page)
        self._navigation.help_asked.connect(self._on_help)
        self._top_bar.period_stepped.connect(self._on_period)
        self._top_bar.unit_chosen.connect(self._on_unit)
        self._top_bar.plan_chosen.connect(self.choose_plan)
        self._top_bar.document_asked.connect(self._show_document)
        self._top_bar.search_asked.connect(self._on_search)
        self._top_bar.retry_asked.connect(self._on_retry)
        self.keeper.waiting_changed.connect(self._on_waiting)
        self._changes.changed.connect(self._on_changed)
        self._count_timer.timeout.connect(self._show_counts)
        for number, name in enumerate(self._order, start=1):
            QShortcut(QKeySequence(f"Alt+{number}"), self).activated.connect(partial(self.open_page, name))
        for keys, steps in (("Alt+Left", -1), ("Alt+Right", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._on_period, steps))
        QShortcut(QKeySequence(Qt.Key.Key_F1), self).activated.connect(self._on_help)
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self._on_search)

    def open_page(self, name: str) -> Page:
        """Show a page, making it when it was not open before."""
        page = self._pages.get(name)
        if page is None:
            page = self._entries[name].make()
            self._pages[name] = page
            page.refresh()
            self._stack.addWidget(page)
            self._stack.setCurrentWidget(page)
        else:
            self._stack.setCurrentWidget(page)
            page.refresh()
        self._shown = name
        self._navigation.choose(name)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        return page

    def page(self, name: str) -> Page | None:
        """A page that was opened before."""
        return self._pages.get(name)

    @property
    def shown_page(self) -> Page | None:
        """The page that is shown; None before the first one was opened."""
        return self._pages.get(self._shown)

    def keep(self, companion: object) -> None:
        """Hold on to an object for the window's life."""
        self._companion = companion

    def stop_work(self) -> bool:
        """Keep what is being typed and wait for what runs: the workspace is about to be closed."""
        if not self._commit_pending():
            return False
        self._tasks.close()
        return True

    def leave(self) -> str:
        """Close without asking anything: what can be kept is kept, what cannot is returned in words."""
        kept = self._commit_pending()
        left = self.keeper.left()
        if not kept and not left:
            # Refused, not failed: it stands where it was typed, and only there.
            left = getattr(self._stack.currentWidget(), "left", str)()
        self._let_go = True
        self.close()
        return left

    @property
    def working(self) -> bool:
        """Whether anything runs off the window's thread."""
        return self._tasks.busy

    @property
    def current_page(self) -> str:
        """Name of the page that is shown; empty before the first one was opened."""
        return self._shown

    def open_first_page(self) -> None:
        """Show the first page of the navigation."""
        self.open_page(self._order[0])

    def _show_desk(self) -> None:
        desk = self._actions.desk.desk()
        self.setWindowTitle(window_title(f"{APP_TITLE} — {desk.unit.office or desk.unit.name}"))
        self._top_bar.show_desk(desk)
        # Numbers in the navigation may follow a moment later; neither the start nor the next key waits for them.
        self._count_timer.start()

    def _show_counts(self) -> None:
        cells, tasks = self._actions.standing.left(self._actions.desk.key())
        self._navigation.set_count("entry", cells)
        self._navigation.set_count("tasks", tasks)

    def _commit_pending(self) -> bool:
        """Let the shown page keep what is being typed; False when it cannot be kept as it is.

        What another page could not save counts too: it belongs to the place that is about to be left.
        """
        page = self.shown_page
        kept = page is None or page.commit_pending()
        if self.keeper.waiting and not self.keeper.try_again():
            return False
        return kept

    def _may_leave(self) -> bool:
        """As :meth:`_commit_pending`; what is not saved is named to whoever wants to go elsewhere."""
        kept = self._commit_pending()
        if self.keeper.waiting:
            self._notices.attention(leaving_sentence(self.keeper.left()))
        return kept

    def _on_retry(self) -> None:
        page = self.shown_page
        if not self.keeper.try_again():
            self._notices.failure(self.keeper.why())
        elif page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_waiting(self, waiting: bool) -> None:
        self._top_bar.show_unsaved(waiting)

    def _on_period(self, steps: int) -> None:
        if not self._may_leave():
            return
        period = self._actions.desk.desk().period
        target = period.next() if steps > 0 else period.previous()
        self._notices.try_to(partial(self._choose, self._actions.desk.choose_period, target))

    def _on_unit(self, code: str) -> None:
        if not self._may_leave():
            self._top_bar.show_desk(self._actions.desk.desk())
            return
        self._notices.try_to(partial(self._choose, self._actions.desk.choose_unit, code))

    def choose_plan(self, plan_id: str) -> None:
        """Go to another plan, once what is being typed is kept."""
        if not self._may_leave():
            self._top_bar.show_desk(self._actions.desk.desk())
            return
        self._notices.try_to(partial(self._choose, self._actions.desk.choose_plan, plan_id))

    def choose_return(self, key: ReturnKey) -> bool:
        """Go to the return of a plan, period and unit; False when that is refused, which is told."""
        if key == self._actions.desk.key():
            return True
        if not self._commit_pending():
            return False
        chosen = self._notices.try_to(partial(self._actions.desk.choose_return, key))
        self._show_desk()
        return chosen

    def _on_search(self) -> None:
        if self._commit_pending():
            self._show_search()

    def _choose(self, choose: Callable[..., Changes], value: object) -> None:
        choose(value)
        self._show_desk()
        self.open_page(self.current_page)

    def _on_changed(self, changes: Changes) -> None:
        self._top_bar.show_saved(self._clock.now())
        if changes.plan:
            self._show_desk()
        else:
            self._count_timer.start()

    def _on_help(self) -> None:
        dialog = self._help_dialog(self)
        dialog.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the navigation when the window is narrow."""
        super().resizeEvent(event)
        self._navigation.fit(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being typed, wait for work that still runs; asked is only about a fault of the disk."""
        kept = self._commit_pending()
        if self.keeper.waiting and not self._let_go:
            event.ignore()
            self._ask_to_close()
            return
        if not kept and not self._close_refused and not self._let_go:
            # The page shows why the last text cannot be kept; a second close lets it go.
            self._close_refused = True
            event.ignore()
            return
        self.keeper.timer.stop()
        self._tasks.close()
        super().closeEvent(event)

    def _ask_to_close(self) -> None:
        from kjxd_desktop.ui.shell.unsaved_dialog import UnsavedDialog

        dialog = UnsavedDialog(
            self.keeper.left(),
            self.keeper.why(),
            self._top_bar.theme,
            self,
            elsewhere=self.keeper.file_gone,
        )
        dialog.elsewhere_asked.connect(self.elsewhere_wanted)
        dialog.retry_asked.connect(self.close)
        dialog.given_up.connect(self._on_given_up)
        dialog.open()

    def _on_given_up(self) -> None:
        self._let_go = True
        self.close()
