"""Tasks that stand from an earlier quarter: shown grey, never chosen again, changed by one key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress, TaskStatus
from kjxd_desktop.ui.parts.glyphs import Glyph, Tone
from kjxd_desktop.ui.tasks.task_model import COLUMNS, TaskColumn, TaskFilter, status_look
from kjxd_desktop.ui.tasks.tasks_page import TasksPage
from kjxd_desktop.ui.tour.hands import Hands
from tests.helpers.offices import KEY

FIRST, SECOND, THIRD = "A1-1", "A1-2", "A1-3"
BEFORE = replace(KEY, period=Period(2024, 2))
CTRL = Qt.KeyboardModifier.ControlModifier
DIGITS = dict(
    zip(
        TaskStatus,
        (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5),
        strict=True,
    )
)


@pytest.fixture
def standing(page: TasksPage, office: Office) -> TasksPage:
    """In the second quarter the first task was done, the second none of ours; the third was under way."""
    report = office.actions.report
    report.put(BEFORE, FIRST, Progress(TaskStatus.DONE, 100, "验收通过。\n已挂牌", next_step="移交"))
    report.not_involved(BEFORE, (SECOND,))
    report.put(BEFORE, THIRD, Progress(TaskStatus.BLOCKED, 40, "开工", "缺经费"))
    page.refresh()
    return page


def kept(office: Office, code: str) -> Progress:
    return office.actions.report.row(KEY, code).kept


def shown(page: TasksPage) -> list[str]:
    return [row.task.code for row in page.model.tasks()]


def words_below(page: TasksPage) -> list[str]:
    boxes = (page.form._done, page.form._problems, page.form._next)
    return [box.before.text() for box in boxes if box.before.isVisible()]


def test_it_is_shown_grey_with_its_quarter_and_counted(standing: TasksPage) -> None:
    form = standing.form
    assert form.stands.isVisible() and form.stands.title.text() == "沿用2024年二季度：已完成"
    assert "再点一次“已完成”" in form.stands.sentence.text()
    row = standing.model.row_of(FIRST)
    assert row is not None
    text = standing.model.index(row, COLUMNS.index(TaskColumn.STATUS)).data()
    assert text == "沿用2024年二季度：已完成"
    assert status_look(standing.model.tasks()[0].progress) == (Glyph.HOOK, Tone.QUIET)
    assert any(item.text() == "已更新 2 / 32，其中沿用 2" for item in standing.findChildren(QLabel))
    Hands().click(standing.filter.button(TaskFilter.CARRIED))
    assert standing.filter.button(TaskFilter.CARRIED).text() == "沿用 2"
    assert shown(standing) == [FIRST, SECOND]
    Hands().click(standing.filter.button(TaskFilter.OPEN))
    assert SECOND not in shown(standing) and THIRD in shown(standing)


def test_what_was_said_last_quarter_stands_below_the_boxes(standing: TasksPage, office: Office) -> None:
    assert words_below(standing) == ["上季报的：验收通过。 已挂牌", "上季报的：移交"]
    standing.go_to(THIRD)
    assert not standing.form.stands.isVisible()
    assert words_below(standing) == ["上季报的：开工", "上季报的：缺经费"]
    standing.go_to(SECOND)
    assert words_below(standing) == []
    office.actions.desk.choose_period(Period(2024, 4))
    standing.refresh()
    standing.go_to(FIRST)
    assert words_below(standing) == ["2024年二季度报的：验收通过。 已挂牌", "2024年二季度报的：移交"]


def test_looking_at_it_keeps_nothing(standing: TasksPage, office: Office) -> None:
    for code in (SECOND, FIRST, SECOND):
        standing.go_to(code)
        assert standing.commit_pending() and standing.left() == ""
    Hands().press(Qt.Key.Key_Return, CTRL)
    assert standing.table.currentIndex().row() == standing.model.row_of(THIRD), "the next that is open"
    assert kept(office, FIRST) == kept(office, SECOND) == NO_PROGRESS


@pytest.mark.parametrize("status", TaskStatus)
def test_one_key_makes_it_the_quarters_own(standing: TasksPage, office: Office, status: TaskStatus) -> None:
    Hands().press(DIGITS[status], CTRL)
    percent = {TaskStatus.DONE: 100, TaskStatus.NOT_STARTED: 0}.get(status)
    assert kept(office, FIRST) == Progress(status, percent), "nothing of what stood is part of it"
    assert not standing.form.stands.isVisible()
    assert not standing.form.typed().carried


def test_choosing_the_same_again_by_hand_makes_it_the_quarters_own(
    standing: TasksPage, office: Office
) -> None:
    standing.go_to(SECOND)
    Hands().click_button(standing.form, "不涉及")
    assert kept(office, SECOND) == Progress(TaskStatus.NOT_INVOLVED)
    assert standing.model.tasks()[1].progress == Progress(TaskStatus.NOT_INVOLVED)


def test_words_make_it_the_quarters_own(standing: TasksPage, office: Office) -> None:
    hands = Hands()
    hands.click(standing.form._done)
    hands.type("复核通过")
    standing.go_to(SECOND)
    assert kept(office, FIRST) == Progress(TaskStatus.DONE, 100, "复核通过")


def test_taken_back_it_stands_again(standing: TasksPage, office: Office) -> None:
    hands = Hands()
    hands.press(Qt.Key.Key_D, CTRL)
    assert kept(office, FIRST) == Progress(TaskStatus.NOT_INVOLVED)
    hands.click_button(standing, "撤回")
    assert kept(office, FIRST) == NO_PROGRESS
    assert office.actions.report.row(KEY, FIRST).progress.carried_from == "2024Q2"


def test_in_a_sent_return_it_is_only_shown(standing: TasksPage, office: Office) -> None:
    row = replace(office.actions.report.row(KEY, FIRST), editable=False)
    standing.form.show_row(row)
    assert standing.form.stands.isVisible() and not standing.form.stands.sentence.isVisible()
    standing.form.choose(TaskStatus.BLOCKED)
    assert standing.form.status.current() == TaskStatus.DONE.value


def test_a_small_window_leaves_room_for_what_the_task_is(standing: TasksPage, qtbot: QtBot) -> None:
    title, lead = (COLUMNS.index(column) for column in (TaskColumn.TITLE, TaskColumn.LEAD))
    table = standing.table
    for width, hidden in ((850, True), (1230, False)):
        standing.resize(width, 392)
        qtbot.waitUntil(lambda hidden=hidden: table.isColumnHidden(lead) is hidden)  # type: ignore[misc]
        assert table.columnWidth(title) >= 160


def test_a_low_window_shows_the_status_without_scrolling(standing: TasksPage, qtbot: QtBot) -> None:
    form = standing.form
    text = form._row.task.text  # type: ignore[union-attr]
    assert text != form._row.task.title and form._title.text() == text  # type: ignore[union-attr]
    standing.resize(850, 392)
    qtbot.waitUntil(lambda: form._title.text() == form._row.task.title)  # type: ignore[union-attr]
    foot = form.finish.mapTo(form, QPoint(0, 0)).y()
    qtbot.waitUntil(lambda: form.status.mapTo(form, QPoint(0, form.status.height())).y() < foot)
    standing.resize(1230, 640)
    qtbot.waitUntil(lambda: form._title.text() == text)


# What a clerk answers in each quarter: 20 tasks are others', 4 get done in the second quarter, 8 go on.
AWAY, DONE_BY_JUNE = 20, 4


def fill_quarter(page: TasksPage, office: Office, quarter: int, *, carried: bool) -> int:
    """Answer whatever the page asks for; the keys pressed. Chords count once."""
    hands, keys = Hands(), 0
    key = replace(KEY, period=Period(2024, quarter))
    office.actions.desk.choose_period(key.period)
    page.refresh()
    for place, row in enumerate(office.actions.report.sheet(key).rows):
        if row.progress.updated and carried:
            continue
        page.go_to(row.task.code)
        page.form.focus_first()
        if place < AWAY:
            hands.press(Qt.Key.Key_D, CTRL)
            keys += 1
        elif place < AWAY + DONE_BY_JUNE and quarter > 1:
            hands.press(Qt.Key.Key_3, CTRL)
            keys += 1
        else:
            hands.press(Qt.Key.Key_2, CTRL)
            hands.type("本季推进")
            hands.press(Qt.Key.Key_Return, CTRL)
            keys += 2 + len("本季推进")
    assert office.actions.report.sheet(key).updated == 32
    return keys


def test_a_clerks_four_quarters_choose_nothing_twice(page: TasksPage, office: Office) -> None:
    keys = [fill_quarter(page, office, quarter, carried=True) for quarter in (1, 2, 3, 4)]
    assert keys == [20 + 12 * 6, 4 + 8 * 6, 8 * 6, 8 * 6]
    sheet = office.actions.report.sheet(replace(KEY, period=Period(2024, 4)))
    assert sheet.carried == AWAY + DONE_BY_JUNE
    assert {row.progress.carried_from for row in sheet.rows} == {"2024Q1", "2024Q2", ""}
    # Without it every task is answered in every quarter.
    whole = [fill_quarter(page, office, quarter, carried=False) for quarter in (1, 2, 3, 4)]
    assert (sum(keys), sum(whole)) == (240, 92 + 3 * 72)
