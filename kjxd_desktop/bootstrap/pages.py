"""The pages of the window: in which order they stand, how each is made, and what its signals lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.bootstrap.people import PeopleDesk
from kjxd_desktop.bootstrap.ways import Ways
from kjxd_desktop.ui.home.home_page import HomePage
from kjxd_desktop.ui.keeping.caretaker import Caretaker
from kjxd_desktop.ui.keeping.settler import Settler
from kjxd_desktop.ui.shell.main_window import MainWindow, PageEntry
from kjxd_desktop.ui.shell.navigation import Navigation, PageName
from kjxd_desktop.ui.shell.top_bar import TopBar
from kjxd_desktop.ui.tools.changes import ChangeBus
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.notices import Notices
from kjxd_desktop.ui.tools.page import Page, PageTools
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.ui.tools.tasks import TaskRunner
from kjxd_desktop.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class PageMaker:
    """Makes each page when it is first opened; charts and workbooks are imported only then."""

    tools: PageTools
    ways: Ways

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

    def home(self) -> Page:
        """工作台."""
        page = HomePage(self.tools)
        page.page_wanted.connect(self.ways.open_page)
        page.cell_wanted.connect(self.ways.open_cell)
        page.plan_wanted.connect(self.ways.open_plan)
        return page

    def entry(self) -> Page:
        """指标填报."""
        from kjxd_desktop.bootstrap.joins import join_sign_off, join_trend
        from kjxd_desktop.ui.entry.entry_page import EntryPage

        page = EntryPage(self.tools)
        join_trend(page, self.tools)
        join_sign_off(page, self.tools)
        page.export_requested.connect(partial(self.ways.open_page, "returns"))
        page.source_requested.connect(self.ways.show_source)
        page.history_requested.connect(self.ways.show_history)
        return page

    def task_page(self) -> Page:
        """任务进展."""
        from kjxd_desktop.ui.tasks.tasks_page import TasksPage

        page = TasksPage(self.tools)
        page.source_requested.connect(self.ways.show_source)
        return page

    def analysis(self) -> Page:
        """监测分析."""
        from kjxd_desktop.ui.analysis.analysis_page import AnalysisPage

        return AnalysisPage(self.tools)

    def returns(self) -> Page:
        """报送管理."""
        from kjxd_desktop.bootstrap.joins import join_import
        from kjxd_desktop.ui.returns.returns_page import ReturnsPage

        page = ReturnsPage(self.tools)
        join_import(page, self.tools)
        return page

    def plans(self) -> Page:
        """方案与单位."""
        from kjxd_desktop.ui.plans.plans_page import PlansPage

        page = PlansPage(self.tools)
        page.source_requested.connect(self.ways.show_source_in)
        page.share_requested.connect(self.ways.show_shared)
        return page

    def history(self) -> Page:
        """修改记录."""
        from kjxd_desktop.ui.history.history_page import HistoryPage

        page = HistoryPage(self.tools)
        page.cell_wanted.connect(self.ways.open_cell_of)
        return page


def main_window(
    office: Office,
    theme: Theme,
    icons: Icons,
    notices: Notices,
    clock: Clock,
    restore: Callable[[Path], None] | None = None,
    reopen: Callable[[Path], None] | None = None,
) -> MainWindow:
    """The window of a workspace.

    Args:
        restore: Puts a backup in the workspace's place and opens it anew.
        reopen: Opens another workspace in this one's place.
    """
    tools = PageTools(office.actions, TaskRunner(), notices, theme, icons, ChangeBus(), clock)
    ways = Ways(tools, restore, reopen)
    maker = PageMaker(tools, ways)
    entries = maker.entries()
    navigation = Navigation(tuple(entry.name for entry in entries), theme, icons)
    top_bar = TopBar(theme, icons)
    window = MainWindow(tools, entries, navigation, top_bar, ways.help, ways.show_document, ways.show_search)
    ways.window = window
    navigation.data_asked.connect(ways.show_data)
    Caretaker(tools, ways.show_data, window).start()
    if office.store.writable:
        settler = Settler(tools, window, office.store.path, ways.ask_workspace, ways.saved_elsewhere)
        window.elsewhere_wanted.connect(settler.save_elsewhere)
        settler.gone_changed.connect(top_bar.show_gone)
    # The pages' signals are bound to the ways; they live as long as the window.
    window.keep(ways)
    PeopleDesk(tools, office, window, top_bar)
    return window
