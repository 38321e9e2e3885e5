"""The search in the window: Ctrl+K, typing, moving, opening; all by keys."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.window import Program
from kjxd_desktop.theme import LIGHT
from kjxd_desktop.ui.entry.entry_page import EntryPage
from kjxd_desktop.ui.search.search_dialog import SearchDialog
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.ui.tasks.tasks_page import TasksPage
from kjxd_desktop.usecases.search.search import MOST_HITS
from kjxd_desktop.wording.search.search import found
from tests.helpers.offices import FixedClock, county_office


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with county_office(tmp_path) as office:
        office.actions.plans.use("baiyin-2015")
        path = office.store.path
    program = Program(path, FixedClock())
    program.start()
    assert isinstance(program.window, MainWindow)
    qtbot.addWidget(program.window)
    yield program.window
    program.close()


def search(window: MainWindow, qtbot: QtBot) -> SearchDialog:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(SearchDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.field.hasFocus)
    return dialog


def compose(dialog: SearchDialog, text: str, *, committed: bool) -> None:
    event = QInputMethodEvent("" if committed else text, [])
    if committed:
        event.setCommitString(text)
    QApplication.sendEvent(dialog.field, event)


def test_letters_find_and_enter_opens_the_cell(window: MainWindow, qtbot: QtBot) -> None:
    dialog = search(window, qtbot)
    qtbot.keyClicks(dialog.field, "jsht")
    assert dialog.hits[0].code == "I12"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    page = window.page("entry")
    assert window.current_page == "entry" and isinstance(page, EntryPage)
    line = page.grid.current_line()
    assert line is not None and line.code == "I12"


def test_arrows_move_while_the_field_keeps_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    dialog = search(window, qtbot)
    qtbot.keyClicks(dialog.field, "kj")
    assert len(dialog.hits) > 12
    keys = (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown)
    rows = []
    for key in keys:
        qtbot.keyClick(dialog.field, key)
        rows.append(dialog.list.currentRow())
    assert rows[:3] == [1, 2, 1] and rows[3] > 5
    assert dialog.field.hasFocus()
    for _ in range(3):
        qtbot.keyClick(dialog.field, Qt.Key.Key_PageUp)
    assert dialog.list.currentRow() == 0


def test_kinds_stand_together_and_words_beside_the_name_take_a_line(window: MainWindow, qtbot: QtBot) -> None:
    dialog = search(window, qtbot)
    # By rank alone its indicators, tasks and goals would alternate.
    compose(dialog, "高新技术企业", committed=True)
    kinds = [hit.kind for hit in dialog.hits]
    assert len(set(kinds)) > 2
    assert sum(before is not after for before, after in pairwise(kinds)) == len(set(kinds)) - 1
    one = next(row for row, hit in enumerate(dialog.hits) if hit.snippet == hit.name)
    two = next(row for row, hit in enumerate(dialog.hits) if hit.snippet != hit.name)
    assert dialog.list.sizeHintForRow(two) > dialog.list.sizeHintForRow(one)
    # A page ends at a line that can be seen, however high the lines are.
    qtbot.keyClick(dialog.field, Qt.Key.Key_PageDown)
    shown = dialog.list.visualItemRect(dialog.list.currentItem())
    assert dialog.list.currentRow() > 3 and dialog.list.viewport().rect().contains(shown)


def test_the_match_is_painted_in_the_accent_colour(window: MainWindow, qtbot: QtBot) -> None:
    dialog = search(window, qtbot)
    qtbot.keyClicks(dialog.field, "jsht")
    hit_row = dialog.list.visualItemRect(dialog.list.item(0))
    accent = QColor(LIGHT.accent).rgb()
    picture = dialog.list.viewport().grab(hit_row).toImage()
    places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    assert any(picture.pixel(x, y) == accent for x, y in places)


def test_more_hits_than_shown_are_told(window: MainWindow, qtbot: QtBot) -> None:
    dialog = search(window, qtbot)
    qtbot.keyClicks(dialog.field, "j")
    assert len(dialog.hits) == MOST_HITS and dialog.told.text() == found(MOST_HITS, MOST_HITS)
    qtbot.keyClicks(dialog.field, "sht")
    assert dialog.told.text() == f"{len(dialog.hits)} 条"


def test_a_composition_is_searched_once_it_is_committed(window: MainWindow, qtbot: QtBot) -> None:
    dialog = search(window, qtbot)
    compose(dialog, "zhuan li", committed=False)
    assert dialog.hits == ()
    compose(dialog, "2-7", committed=True)
    assert dialog.hits[0].code == "A2-7"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert window.current_page == "tasks" and isinstance(window.page("tasks"), TasksPage)


def test_a_hit_of_another_plan_changes_the_plan(window: MainWindow, qtbot: QtBot) -> None:
    dialog = search(window, qtbot)
    compose(dialog, "新增科技型企业", committed=True)
    assert dialog.hits[0].plan_id == "baiyin-2015"
    place = dialog.list.visualItemRect(dialog.list.item(0)).center()
    qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    page = window.page("entry")
    assert isinstance(page, EntryPage) and page.years == (2015, 2015)


def test_nothing_found_says_what_to_try_and_escape_closes(window: MainWindow, qtbot: QtBot) -> None:
    dialog = search(window, qtbot)
    qtbot.keyClicks(dialog.field, "zzzz")
    assert dialog.hits == () and "没有找到“zzzz”" in dialog.told.text()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
