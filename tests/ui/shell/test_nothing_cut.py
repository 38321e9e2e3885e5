"""Every page in small windows and with large letters: words keep the room they need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.bootstrap.window import Program
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.ui.home.home_page import HomePage
from kjxd_desktop.ui.parts.labels import ElidedLabel
from kjxd_desktop.ui.parts.marked_table import MarkedTable
from kjxd_desktop.ui.parts.segments import Segments
from kjxd_desktop.ui.shell.main_window import MINIMUM, MainWindow
from kjxd_desktop.ui.tools.style import Theme, apply_theme
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import KEY, FixedClock, city_office, county_office, fill_clean

PAGES = ("home", "entry", "tasks", "analysis", "returns", "plans", "history")
# 1366 × 768 as it is and at 125 %, the title bar and the task bar taken off; the smallest window.
SIZES = ((1366, 696), (1092, 542), MINIMUM)


@pytest.fixture(params=[False, True], ids=["letters", "large_letters"])
def window(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A county's window in which much is to be done: figures to explain, to fill, tasks to report."""
    with county_office(tmp_path) as office:
        _fill_doubtful(office)
        path = office.store.path
    theme = Theme(large=request.param)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, theme)
    program = Program(path, FixedClock(), theme)
    program.start()
    assert isinstance(program.window, MainWindow)
    qtbot.addWidget(program.window)
    yield program.window
    program.close()
    apply_theme(application, Theme())


def _fill_doubtful(office: Office) -> None:
    for code, text in (("I12", "0.42"), ("I13", "130"), ("I14", "90"), ("I15", "15"), ("I16", "0")):
        office.actions.fill.edit(KEY, code, TextEdit(text))
    office.actions.fill.edit(KEY, "I05", TextEdit("83"))


@pytest.mark.parametrize("size", SIZES)
def test_words_keep_their_room(window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    least = window.minimumSize()
    wanted = max(size[0], least.width()), max(size[1], least.height())
    window.resize(*wanted)
    for page in PAGES:
        shown = window.open_page(page)
        if isinstance(shown, HomePage):
            qtbot.waitUntil(lambda: shown._judged and shown._progress is not None)  # noqa: B023
        qtbot.waitUntil(lambda: cut(window) == [])
        assert (window.width(), window.height()) == wanted, f"{page} makes the window no larger"


def test_a_screen_at_125_percent_holds_the_window(window: MainWindow) -> None:
    least = window.minimumSize()
    assert least.width() <= 1092 and least.height() <= 542


def cut(window: QWidget) -> list[str]:
    """Words that have less room than they need; what is elided says so itself."""
    found = []
    parts = [part for part in QApplication.allWidgets() if window.isAncestorOf(part)]
    for part in parts:
        if not part.isVisible() or isinstance(part, ElidedLabel):
            continue
        if isinstance(part, QLabel) and part.text():
            high = part.heightForWidth(part.width()) if part.wordWrap() else part.sizeHint().height()
            wide = 0 if part.wordWrap() else part.sizeHint().width()
        elif isinstance(part, QPushButton) and part.text():
            high, wide = part.sizeHint().height(), part.sizeHint().width()
        elif isinstance(part, QAbstractButton) and isinstance(part.parent(), Segments):
            high, wide = part.minimumSizeHint().height(), part.minimumSizeHint().width()
        else:
            continue
        if part.height() < high or part.width() < wide:
            found.append(f"{part.text()}: {part.size().toTuple()} < {(wide, high)}")
    found += [
        f"{part.text()}: {part.height()}"
        for part in parts
        if isinstance(part, ElidedLabel)
        and part.isVisible()
        and part.text()
        and part.height() < part.fontMetrics().height()
    ]
    return found


@pytest.mark.parametrize("large", [False, True])
def test_a_city_and_somebody_with_a_long_name(qtbot: QtBot, tmp_path: Path, large: bool) -> None:
    """A unit that can be chosen, and a name, stand beside the quarter: it stays whole; so does a code."""
    with county_office(tmp_path) as county, city_office(tmp_path) as city:
        fill_clean(county)
        county.actions.send.submit(KEY, tmp_path / "return.xlsx")
        preview = city.actions.receive.preview(tmp_path / "return.xlsx")
        city.actions.receive.apply(preview, city.actions.receive.accept_all(preview))
        city.actions.operators.add("欧阳建国同志", OperatorRole.ADMIN)
        path = city.store.path
    theme = Theme(large=large)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, theme)
    program = Program(path, FixedClock(), theme)
    program.start()
    shown = program.window
    assert isinstance(shown, MainWindow)
    qtbot.addWidget(shown)
    for size in (shown.minimumSize(), QSize(1366, 696)):
        shown.resize(size)
        page = shown.open_page("returns")
        table = page.findChild(MarkedTable)
        assert table is not None
        row = next(
            row for row in range(table.model().rowCount()) if "会宁" in table.model().index(row, 0).data()
        )
        table.setCurrentIndex(table.model().index(row, 0))
        qtbot.waitUntil(lambda: cut(shown) == [])
    program.close()
    apply_theme(application, Theme())
