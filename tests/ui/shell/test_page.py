"""What the window asks of its pages: every page answers, and one that cannot commit keeps the window on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.bootstrap.pages import main_window
from kjxd_desktop.bootstrap.people import PeopleDesk
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.entry.entry_page import EntryPage
from kjxd_desktop.ui.history.history_page import HistoryPage
from kjxd_desktop.ui.people.sign_in_dialog import SignInDialog
from kjxd_desktop.ui.plans.plans_page import PlansPage
from kjxd_desktop.ui.shell.main_window import MainWindow, PageEntry
from kjxd_desktop.ui.shell.navigation import Navigation, PageName
from kjxd_desktop.ui.shell.top_bar import TopBar
from kjxd_desktop.ui.tasks.tasks_page import TasksPage
from kjxd_desktop.ui.tools.page import Page, PageTools
from tests.helpers.offices import CITY, COUNTY, KEY, PLAN, city_office, county_office
from tests.ui.fakes import page_tools

OTHER_PLAN = "baiyin-2015"
HERE = replace(KEY, unit_code=CITY)


class PlainPage(Page):
    """A page with nothing of its own."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools)
        self.read = 0

    def refresh(self) -> None:
        self.read += 1


class StubbornPage(PlainPage):
    """A page on which something is typed that cannot be kept, until it can."""

    keeps = False

    def commit_pending(self) -> bool:
        return self.keeps


class Desk:
    """A window with a stubborn and a plain page, on a city's workspace with two plans."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        tools = page_tools(office.actions)
        self.actions = office.actions
        self.stubborn, self.plain = StubbornPage(tools), PlainPage(tools)
        self.searches: list[str] = []
        names = (PageName("stubborn", "固执", "table"), PageName("plain", "平常", "home"))
        entries = tuple(
            PageEntry(name, partial(self._page, page))
            for name, page in zip(names, (self.stubborn, self.plain), strict=True)
        )
        self.top_bar = TopBar(tools.theme, tools.icons)
        navigation = Navigation(names, tools.theme, tools.icons)
        self.window = MainWindow(
            tools,
            entries,
            navigation,
            self.top_bar,
            QWidget,
            self._nothing,
            partial(self.searches.append, ""),
        )
        qtbot.addWidget(self.window)
        tools.notices.show_over(self.window)
        self.people = PeopleDesk(tools, office, self.window, self.top_bar)
        self.window.show()
        self.window.open_first_page()

    @staticmethod
    def _page(page: Page) -> Page:
        return page

    @staticmethod
    def _nothing() -> None:
        pass

    @property
    def key(self) -> ReturnKey:
        return self.actions.desk.key()

    @property
    def asked_who(self) -> bool:
        return any(dialog.isVisible() for dialog in self.window.findChildren(SignInDialog))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with city_office(tmp_path) as office:
        office.actions.plans.use(OTHER_PLAN)
        office.actions.desk.choose_plan(PLAN)
        made = Desk(office, qtbot)
        yield made
        made.stubborn.keeps = True
        made.window.close()


def elsewhere(**parts: object) -> Callable[[Desk], bool]:
    """Whether the desk holds another return than the one it began with."""
    return lambda desk: desk.key == replace(HERE, **parts)  # type: ignore[arg-type]


# A wish of the person, and what has come about when it was granted.
WISHES: dict[str, tuple[Callable[[Desk], object], Callable[[Desk], bool]]] = {
    "period": (
        lambda desk: desk.top_bar.period_stepped.emit(-1),
        elsewhere(period=KEY.period.previous()),
    ),
    "unit": (lambda desk: desk.top_bar.unit_chosen.emit(COUNTY), elsewhere(unit_code=COUNTY)),
    "plan": (
        lambda desk: desk.top_bar.plan_chosen.emit(OTHER_PLAN),
        lambda desk: desk.key.plan_id == OTHER_PLAN,
    ),
    "return": (
        lambda desk: desk.window.choose_return(replace(HERE, unit_code=COUNTY)),
        elsewhere(unit_code=COUNTY),
    ),
    "search": (lambda desk: desk.top_bar.search_asked.emit(), lambda desk: desk.searches == [""]),
    "person": (lambda desk: desk.top_bar.sign_in_asked.emit(), lambda desk: desk.asked_who),
    "restore": (lambda desk: desk.window.stop_work(), lambda desk: desk.window.stop_work()),
    "close": (lambda desk: desk.window.close(), lambda desk: not desk.window.isVisible()),
}


@pytest.mark.parametrize("wish", WISHES)
def test_a_page_that_cannot_commit_keeps_the_window_on_it(desk: Desk, wish: str) -> None:
    ask, granted = WISHES[wish]
    assert desk.key == HERE
    ask(desk)
    assert not granted(desk)
    assert desk.key == HERE
    assert desk.window.isVisible() and desk.window.current_page == "stubborn"
    desk.stubborn.keeps = True
    ask(desk)
    assert granted(desk)


def test_a_second_close_lets_go_what_cannot_be_kept(desk: Desk) -> None:
    assert not desk.window.close()
    assert desk.window.close()


def test_only_the_shown_page_is_asked(desk: Desk) -> None:
    """The other pages may be looked at meanwhile; from there it goes on."""
    desk.window.open_page("plain")
    desk.top_bar.period_stepped.emit(-1)
    assert desk.key.period == KEY.period.previous()


def test_a_page_reads_anew_each_time_it_is_opened(desk: Desk) -> None:
    assert (desk.stubborn.read, desk.plain.read) == (1, 0)
    assert desk.window.open_page("plain") is desk.plain
    desk.window.open_page("stubborn")
    assert (desk.stubborn.read, desk.plain.read) == (2, 1)
    assert desk.window.shown_page is desk.stubborn


def test_a_plain_page_has_harmless_answers(desk: Desk) -> None:
    desk.plain.go_to("I13")
    desk.plain.show_cell(KEY, "I13")
    assert desk.plain.commit_pending()
    assert desk.plain.read == 0


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The program's own window on a county's workspace."""
    with county_office(tmp_path) as office:
        tools = page_tools(office.actions)
        made = main_window(office, tools.theme, tools.icons, tools.notices, tools.clock)
        qtbot.addWidget(made)
        made.show()
        yield made
        made.close()


def test_every_page_of_the_program_answers(window: MainWindow) -> None:
    names = tuple(window._entries)
    assert {"home", "entry", "history"} <= set(names)
    for name in names:
        page = window.open_page(name)
        assert isinstance(page, Page), name
        page.go_to("no such code")
        page.go_to("I13")
        page.show_cell(KEY, "I13")
        page.refresh()
        assert page.commit_pending(), name
        assert window.shown_page is page


def test_pages_go_where_they_are_asked_to(window: MainWindow) -> None:
    entry, tasks, plans, history = (window.open_page(name) for name in ("entry", "tasks", "plans", "history"))
    assert isinstance(entry, EntryPage) and isinstance(tasks, TasksPage)
    assert isinstance(plans, PlansPage) and isinstance(history, HistoryPage)
    entry.show_cell(KEY, "I14")
    line = entry.grid.current_line()
    assert line is not None and line.code == "I14"
    tasks.show_cell(KEY, "A2-7")
    assert tasks._code == "A2-7"
    plans.go_to("I14")
    assert plans.tabs.current() == "indicators"
    history.show_cell(KEY, "I14")
    wanted = history.filters.wanted()
    assert (wanted.plan_id, wanted.unit, wanted.period, wanted.code) == (PLAN, COUNTY, KEY.period, "I14")
