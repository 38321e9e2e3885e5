"""The pages of the window and the ways between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.bootstrap.people import PeopleDesk
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.home.home_page import HomePage
from kjxd_desktop.ui.keeping.caretaker import Caretaker
from kjxd_desktop.ui.shell.main_window import MainWindow, PageEntry
from kjxd_desktop.ui.shell.navigation import Navigation, PageName
from kjxd_desktop.ui.shell.top_bar import TopBar
from kjxd_desktop.ui.tools.changes import ChangeBus
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.notices import Notices
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.ui.tools.tasks import TaskRunner
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.usecases.ports import Clock

if TYPE_CHECKING:
    from kjxd_desktop.charts.mini_trend import MiniTrend
    from kjxd_desktop.ui.entry.entry_page import EntryPage
    from kjxd_desktop.usecases.search.search import SearchHit


@dataclass
class PageMaker:
    """Makes each page when it is first opened; charts and workbooks are imported only then."""

    office: Office
    theme: Theme
    icons: Icons
    notices: Notices
    clock: Clock
    changes: ChangeBus = field(default_factory=ChangeBus)
    tasks: TaskRunner = field(default_factory=TaskRunner)
    window: MainWindow | None = None
    restore: Callable[[Path], None] | None = None

    def entries(self) -> tuple[PageEntry, ...]:
        """All pages in the order of the navigation."""
        return (
            PageEntry(PageName("home", "工作台", "home"), self.home),
            PageEntry(PageName("entry", "指标填报", "table"), self.entry),
            PageEntry(PageName("tasks", "任务进展", "clipboard"), self.task_page),
            PageEntry(PageName("analysis", "监测分析", "chart"), self.analysis),
            PageEntry(PageName("returns", "报送管理", "send"), self.returns),
            PageEntry(PageName("plans", "方案与单位", "building"), self.plans),
            PageEntry(PageName("history", "修改记录", "history"), self.history),
        )

    def home(self) -> QWidget:
        """工作台."""
        page = HomePage(
            self.office.actions,
            self.tasks,
            self.notices,
            self.theme,
            self.icons,
            self.changes,
            self.clock,
        )
        page.page_wanted.connect(self.open_page)
        page.cell_wanted.connect(self.open_cell)
        page.plan_wanted.connect(self.open_plan)
        return page

    def entry(self) -> QWidget:
        """指标填报."""
        from kjxd_desktop.charts.mini_trend import MiniTrend
        from kjxd_desktop.ui.entry.entry_page import EntryPage

        page = EntryPage(
            self.office.actions, self.tasks, self.notices, self.theme, self.changes, icons=self.icons
        )
        trend = MiniTrend(self.theme.palette, self.theme.font(12))
        page.panel.place_trend(trend, partial(self.show_trend, trend, page))
        page.export_requested.connect(partial(self.open_page, "returns"))
        page.source_requested.connect(self.show_source)
        page.history_requested.connect(self.show_history)
        return page

    def show_trend(self, trend: MiniTrend, page: EntryPage, row: EntryRow) -> None:
        """Draw the small trend of an indicator in the period and plan of its page."""
        from kjxd_desktop.charts.trend_data import trend_of

        if page.years is not None:
            trend.show_data(trend_of(row, page.writer.key.period, page.years))

    def task_page(self) -> QWidget:
        """任务进展."""
        from kjxd_desktop.ui.tasks.tasks_page import TasksPage

        page = TasksPage(self.office.actions, self.tasks, self.notices, self.theme, self.icons, self.changes)
        page.source_requested.connect(self.show_source)
        return page

    def analysis(self) -> QWidget:
        """监测分析."""
        from kjxd_desktop.ui.analysis.analysis_page import AnalysisPage

        return AnalysisPage(
            self.office.actions, self.tasks, self.notices, self.theme, self.icons, self.changes
        )

    def returns(self) -> QWidget:
        """报送管理."""
        from kjxd_desktop.ui.returns.returns_page import ReturnsPage

        return ReturnsPage(
            self.office.actions, self.tasks, self.notices, self.theme, self.icons, self.changes
        )

    def plans(self) -> QWidget:
        """方案与单位."""
        from kjxd_desktop.ui.plans.plans_page import PlansPage

        page = PlansPage(self.office.actions, self.tasks, self.notices, self.theme, self.icons, self.changes)
        page.source_requested.connect(self.show_source_in)
        page.share_requested.connect(self.show_shared)
        return page

    def history(self) -> QWidget:
        """修改记录."""
        from kjxd_desktop.ui.history.history_page import HistoryPage

        page = HistoryPage(
            self.office.actions,
            self.tasks,
            self.notices,
            self.theme,
            self.icons,
            self.changes,
            self.clock,
        )
        page.cell_wanted.connect(self.open_cell_of)
        return page

    def show_history(self, key: ReturnKey, code: str) -> None:
        """All changes of one cell or task."""
        self.open_page("history")
        assert self.window is not None, "set when the window is made"
        show_cell = getattr(self.window.page("history"), "show_cell", None)
        if show_cell is not None:
            show_cell(key, code)

    def show_shared(self, plan_id: str) -> None:
        """Say which indicators of two plans are one figure."""
        from kjxd_desktop.ui.plans.share_dialog import ShareDialog

        ShareDialog(self.office.actions, plan_id, self.theme, self.notices, self.changes, self.window).show()

    def open_page(self, name: str) -> None:
        """Go to a page."""
        assert self.window is not None, "set when the window is made"
        self.window.open_page(name)

    def open_cell(self, code: str) -> None:
        """Go to the cell of an indicator, or to a task."""
        plan = self.office.actions.desk.desk().plan
        self.open_page("entry" if plan.indicator(code) else "tasks")
        assert self.window is not None, "set when the window is made"
        page = self.window.page(self.window.current_page)
        go_to = getattr(page, "go_to", None)
        if go_to is not None:
            go_to(code)

    def open_cell_of(self, key: ReturnKey, code: str) -> None:
        """Go to a cell or task of a return: plan, period and unit are chosen first."""
        assert self.window is not None, "set when the window is made"
        if not self.window.choose_return(key):
            return
        plan = self.office.actions.desk.desk().plan
        if plan.indicator(code) is None and plan.task(code) is None:
            from kjxd_desktop.wording.keeping.history import ITEM_GONE

            self.notices.attention(ITEM_GONE)
            return
        self.open_cell(code)

    def open_plan(self, plan_id: str) -> None:
        """Go on with another plan of the workspace, on the page that is shown."""
        assert self.window is not None, "set when the window is made"
        self.window.choose_plan(plan_id)

    def open_hit(self, hit: SearchHit) -> None:
        """Go where a found indicator, task, goal or unit is at home."""
        assert self.window is not None, "set when the window is made"
        desk = self.office.actions.desk.desk()
        if hit.plan_id != desk.plan.id:
            self.window.choose_plan(hit.plan_id)
            desk = self.office.actions.desk.desk()
        reported = {task.code for task in desk.plan.reported_tasks}
        if hit.kind.value == "indicator" or hit.code in reported:
            self.open_cell(hit.code)
            return
        self.open_page("plans")
        page = self.window.page("plans")
        go_to = getattr(page, "go_to", None)
        if go_to is not None:
            go_to(hit.code)

    def show_source(self, code: str) -> None:
        """Open the chosen plan's document at an item's passage."""
        self.show_source_in(self.office.actions.desk.desk().plan, code)

    def show_source_in(self, plan: Plan, code: str) -> None:
        """Open a plan's document at the passage of an indicator, task or goal."""
        from kjxd_desktop.ui.plans.source_dialog import SourceDialog

        indicator, task = plan.indicator(code), plan.task(code)
        goal = next((item for item in plan.goals if item.code == code), None)
        if indicator is not None:
            title, quote = indicator.name, indicator.quote
        elif task is not None:
            title, quote = f"{task.no} {task.title}", task.text
        elif goal is not None:
            title, quote = goal.subject, goal.text
        else:
            return
        dialog = SourceDialog(plan.document, quote, title, self.theme, self.window)
        dialog.show()

    def show_document(self) -> None:
        """Open the whole plan document, to be read and searched."""
        from kjxd_desktop.ui.plans.source_dialog import SourceDialog

        plan = self.office.actions.desk.desk().plan
        SourceDialog(plan.document, "", plan.title, self.theme, self.window).show()

    def show_search(self) -> None:
        """Search the plans of the workspace, the chosen one first."""
        from kjxd_desktop.ui.search.search_dialog import SearchDialog

        desk = self.office.actions.desk.desk()
        others = [item.id for item in desk.plans if item.id != desk.plan.id]
        plans = (desk.plan, *(self.office.actions.plans.plan(plan_id) for plan_id in others))
        dialog = SearchDialog(plans, self.theme, self.window)
        dialog.hit_chosen.connect(self.open_hit)
        # Modal, so that Ctrl+K again does not open a second one.
        dialog.open()

    def show_data(self) -> None:
        """The workspace file and its backups."""
        from kjxd_desktop.ui.keeping.keep_dialog import KeepDialog
        from kjxd_desktop.ui.parts.file_choice import WORKSPACES, choose_new_file

        dialog = KeepDialog(
            self.office.actions.keep,
            self.tasks,
            self.notices,
            self.theme,
            lambda parent, name: choose_new_file(parent, "另存一份数据文件", name, WORKSPACES),
            self.window,
        )
        dialog.restore_wanted.connect(self.restore_backup)
        dialog.open()

    def restore_backup(self, file: object) -> None:
        """Leave the workspace to the program, which puts the backup in its place."""
        if self.restore is not None and isinstance(file, Path):
            # The window that asks is about to go: not while its dialog still speaks.
            QTimer.singleShot(0, partial(self.restore, file))

    def help(self, parent: QWidget) -> QWidget:
        """The manual."""
        from kjxd_desktop.ui.help.help_dialog import HelpDialog

        return HelpDialog(paths.resources_dir() / "manual", self.theme, parent)


def main_window(
    office: Office,
    theme: Theme,
    icons: Icons,
    notices: Notices,
    clock: Clock,
    restore: Callable[[Path], None] | None = None,
) -> MainWindow:
    """The window of a workspace.

    Args:
        restore: Puts a backup in the workspace's place and opens it anew.
    """
    maker = PageMaker(office, theme, icons, notices, clock, restore=restore)
    entries = maker.entries()
    navigation = Navigation(tuple(entry.name for entry in entries), theme, icons)
    top_bar = TopBar(theme, icons)
    window = MainWindow(
        office.actions,
        entries,
        navigation,
        top_bar,
        maker.changes,
        notices,
        maker.tasks,
        maker.help,
        maker.show_document,
        maker.show_search,
        clock,
    )
    maker.window = window
    navigation.data_asked.connect(maker.show_data)
    Caretaker(office.actions, maker.tasks, notices, maker.show_data, window).start()
    # The pages' signals are bound to the maker; it lives as long as the window.
    window.keep(maker)
    PeopleDesk(office, window, top_bar, maker.changes, theme)
    return window
