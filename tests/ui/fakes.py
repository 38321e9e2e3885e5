"""The real indicator page on a real workspace, driven by real keys; only the surroundings are thin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.joins import join_sign_off
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.theme import LIGHT, Palette
from kjxd_desktop.ui.entry.entry_page import EntryPage
from kjxd_desktop.ui.parts.toast import ToastMaker
from kjxd_desktop.ui.tools.changes import ChangeBus
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.notices import Notices
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.style import Theme, apply_theme
from kjxd_desktop.ui.tools.tasks import TaskRunner
from kjxd_desktop.usecases.actions import Actions
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, county_office

LAST_QUARTER = {
    "I03": "69.8",
    "I04": "0.66",
    "I05": "0.74",
    "I06": "0.61",
    "I07": "28.4",
    "I08": "7.85",
    "I09": "0.71",
    "I10": "8.90",
    "I11": "0.42",
    "I12": "0.47",
    "I13": "11",
    "I14": "7",
    "I15": "13",
    "I16": "0",
}
# A page of a window of 1366 × 768 beside the open navigation and below the top bar.
PAGE_SIZE = (1230, 648)


def raise_bug(error: BaseException) -> None:
    """A bug in a test is a failed test."""
    raise error


def notices_of(theme: Theme, show_bug: Callable[[BaseException], None] = raise_bug) -> Notices:
    """Notices as the program makes them."""
    return Notices(ToastMaker(theme, Icons(resources_dir() / "icons")), show_bug)


def page_tools(
    actions: Actions, theme: Theme | None = None, show_bug: Callable[[BaseException], None] = raise_bug
) -> PageTools:
    """What pages and their dialogs are made with; its tasks have to be closed."""
    chosen = theme or Theme()
    return PageTools(
        actions,
        TaskRunner(),
        notices_of(chosen, show_bug),
        chosen,
        Icons(resources_dir() / "icons"),
        ChangeBus(),
        FixedClock(),
    )


class EntryDesk:
    """An open page with short ways to press keys and to look at what is stored."""

    def __init__(self, office: Office, palette: Palette, size: tuple[int, int]) -> None:
        self.office = office
        self.theme = Theme(palette)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply_theme(application, self.theme)
        tools = page_tools(office.actions, self.theme)
        self.notices, self.changes, self.tasks = tools.notices, tools.changes, tools.tasks
        self.page = EntryPage(tools)
        join_sign_off(self.page, tools)
        self.notices.show_over(self.page)
        self.page.resize(*size)

    @property
    def grid(self) -> QWidget:
        """The grid."""
        return self.page.grid

    @property
    def code(self) -> str:
        """Indicator under the cursor."""
        line = self.page.grid.current_line()
        return line.code if line is not None else ""

    def entry(self, code: str) -> Entry:
        """What is stored for an indicator, read from the workspace."""
        return self.office.actions.fill.row(KEY, code).kept

    def go_to(self, code: str) -> None:
        """Put the cursor on an indicator's value."""
        assert self.page.grid.go_to(code)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(focused(), key, modifiers)

    def type(self, text: str) -> None:
        """Type characters where the focus is; it may move with the first one."""
        for character in text:
            if character.isascii():
                QTest.keyClick(focused(), character)
            else:
                # Qt's test keys know Latin letters only.
                event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
                QCoreApplication.sendEvent(focused(), event)

    def type_enter(self, text: str) -> None:
        """A value and Enter."""
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def compose(self, preedit: str, commit: str = "") -> None:
        """What an input method sends while it composes, or when it confirms."""
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QCoreApplication.sendEvent(focused(), event)


def focused() -> QWidget:
    """The widget that gets keys."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


@contextmanager
def entry_desk(
    qtbot: QtBot,
    folder: Path,
    *,
    palette: Palette = LIGHT,
    size: tuple[int, int] = PAGE_SIZE,
    last_quarter: bool = False,
) -> Iterator[EntryDesk]:
    """The page of a new county workspace, shown and with the focus on it."""
    with county_office(folder) as office:
        if last_quarter:
            cells = [(Period(2024, 2), code, text) for code, text in LAST_QUARTER.items()]
            assert not office.actions.backfill.set_block(PLAN, COUNTY, cells).refused
        with desk_of(qtbot, office, palette, size) as desk:
            yield desk


@contextmanager
def desk_of(
    qtbot: QtBot, office: Office, palette: Palette = LIGHT, size: tuple[int, int] = PAGE_SIZE
) -> Iterator[EntryDesk]:
    """The page of a workspace at the return its desk stands at, shown and with the focus on it."""
    desk = EntryDesk(office, palette, size)
    with qtbot.waitActive(desk.page):
        desk.page.show()
    desk.page.refresh()
    desk.page.setFocus(Qt.FocusReason.OtherFocusReason)
    yield desk
    desk.page.grid.cancel_edit()
    desk.notices.clear()
    desk.page.close()
    desk.tasks.close()
    desk.page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
