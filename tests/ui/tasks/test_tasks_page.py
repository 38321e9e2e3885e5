"""任务进展 with real keys on a real workspace."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.bootstrap.pages import main_window
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.standing import TaskPace
from kjxd_desktop.domain.returns.progress import MAX_PROGRESS_TEXT, Progress, TaskStatus
from kjxd_desktop.ui.tasks import tasks_page
from kjxd_desktop.ui.tasks.task_model import COLUMNS, GroupLine, TaskColumn, TaskTableModel, TimeAxis
from kjxd_desktop.ui.tasks.tasks_page import TasksPage
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.ui.tour.hands import Hands
from tests.helpers.offices import KEY, FixedClock
from tests.ui.fakes import notices_of


def kept(office: Office, no: str) -> Progress:
    return next(row.progress for row in office.actions.report.sheet(KEY).rows if row.task.no == no)


def test_list_is_grouped_and_starts_on_the_first_task(page: TasksPage) -> None:
    model = page.model
    groups = [model.line(row) for row in range(model.rowCount()) if isinstance(model.line(row), GroupLine)]
    assert [group.text for group in groups] == [f"已更新 0/{count}" for count in (8, 9, 4, 7, 4)]  # type: ignore[union-attr]
    assert page.table.currentIndex().row() == 1
    assert model.index(1, COLUMNS.index(TaskColumn.NO)).data() == "1-1"


def test_typed_progress_is_kept_and_the_next_comes(page: TasksPage, office: Office, qtbot: QtBot) -> None:
    hands = Hands()
    hands.click_button(page.form, "进行中")
    hands.click(page.form.percent)
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.type("70")
    hands.click(page.form._done)
    hands.type("签订合作协议 3 份。")
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kept(office, "1-1") == Progress(TaskStatus.IN_PROGRESS, 70, "签订合作协议 3 份。")
    assert page.table.currentIndex().row() == 2
    assert QApplication.focusWidget() is page.form._done


def test_leaving_a_text_keeps_it(page: TasksPage, office: Office) -> None:
    hands = Hands()
    hands.click(page.form._done)
    hands.type("正在做。")
    hands.press(Qt.Key.Key_Tab)
    assert kept(office, "1-1") == Progress(TaskStatus.IN_PROGRESS, None, "正在做。")


def test_what_is_left_out_of_a_text_goes_from_the_box_too(page: TasksPage, office: Office) -> None:
    hands = Hands()
    hands.click_button(page.form, "进行中")
    hands.click(page.form._done)
    page.form._done.setPlainText("完成\x07 3\u202e 份\u2028第二行")
    hands.click(page.form._next)
    assert kept(office, "1-1").done == "完成 3 份\n第二行"
    assert page.form._done.toPlainText() == "完成 3 份\n第二行"
    assert page.left() == ""


def test_composing_is_left_alone(page: TasksPage, office: Office) -> None:
    box = page.form._done
    Hands().click(box)
    preedit = QInputMethodEvent("qianding", [])
    QApplication.sendEvent(box, preedit)
    Hands().press(Qt.Key.Key_Return)
    assert kept(office, "1-1") == Progress()
    commit = QInputMethodEvent()
    commit.setCommitString("签订")
    QApplication.sendEvent(box, commit)
    assert box.toPlainText().replace("\n", "") == "签订"


def test_one_key_for_not_involved(page: TasksPage, office: Office) -> None:
    Hands().press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert kept(office, "1-1") == Progress(TaskStatus.NOT_INVOLVED)


def test_no_change_carries_last_quarter(page: TasksPage, office: Office) -> None:
    before = KEY.__class__(KEY.plan_id, KEY.unit_code, KEY.period.previous())
    office.actions.report.put(before, "A1-1", Progress(TaskStatus.IN_PROGRESS, 55, "做了一半。"))
    page.refresh()
    Hands().click_button(page.form, "本季无变化")
    assert kept(office, "1-1") == Progress(TaskStatus.IN_PROGRESS, 55, "本季无变化。")


def test_blocked_without_its_problem_cannot_be_sent(page: TasksPage, office: Office) -> None:
    Hands().click_button(page.form, "受阻")
    assert "blocked_without_problem" in {item.rule for item in office.actions.check.check(KEY).findings}


def test_evidence_comes_and_goes(
    page: TasksPage, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    proof, out = tmp_path / "验收意见.pdf", tmp_path / "取出.pdf"
    proof.write_bytes(b"%PDF proof")
    monkeypatch.setattr(tasks_page, "choose_files", lambda parent, title: (proof, tmp_path / "absent.pdf"))
    monkeypatch.setattr(tasks_page, "choose_new_file", lambda *words: out)
    hands = Hands()
    page.form.attach.click()
    (file,) = kept(office, "1-1").evidence
    assert (file.name, file.bytes) == ("验收意见.pdf", 10)
    assert any("absent.pdf" in text for text in page.notices.texts)  # type: ignore[attr-defined]
    hands.settle()
    hands.button(page.form, "取出").click()
    assert out.read_bytes() == b"%PDF proof"
    hands.button(page.form, "移除").click()
    assert kept(office, "1-1").evidence == ()


TOO_LONG = "长" * (MAX_PROGRESS_TEXT + 1)


@pytest.mark.parametrize("leave", ["finish", "row", "filter", "not_involved"])
def test_a_text_that_is_refused_stays_to_be_mended(page: TasksPage, office: Office, leave: str) -> None:
    hands = Hands()
    hands.click(page.form._done)
    page.form._done.setPlainText(TOO_LONG)
    if leave == "finish":
        hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    elif leave == "row":
        page.table.setFocus()
        hands.press(Qt.Key.Key_Down)
    elif leave == "filter":
        hands.click(page.filter.button("blocked"))
        assert page.filter.current() == "all"
    else:
        hands.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert page.form._done.toPlainText() == TOO_LONG
    assert page.table.currentIndex().row() == 1
    assert page.form._done.counter.property("role") == "bad"
    assert not page.commit_pending()
    assert kept(office, "1-1") == Progress()
    page.form._done.setPlainText("改短了。")
    page.refresh()
    assert page.form._done.toPlainText() == "改短了。"
    assert page.commit_pending()
    assert kept(office, "1-1").done == "改短了。"


def test_what_is_typed_stays_in_its_own_quarter(office: Office, qtbot: QtBot) -> None:
    """Alt+← while a text has the focus: it belongs to the quarter it was typed in."""
    theme, icons = Theme(), Icons(paths.resources_dir() / "icons")
    notices = notices_of(theme)
    window = main_window(office, theme, icons, notices, FixedClock())
    qtbot.addWidget(window)
    notices.show_over(window)
    window.resize(1366, 696)
    with qtbot.waitActive(window):
        window.show()
    window.open_page("tasks")
    shown = window.page("tasks")
    assert isinstance(shown, TasksPage)
    hands = Hands()
    hands.click(shown.form._done)
    hands.type("三季度做的事。")
    hands.shortcut(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert office.actions.desk.desk().period == Period(2024, 2)
    assert shown.form._done.toPlainText() == ""
    shown.table.setFocus()
    second = office.actions.report.sheet(replace(KEY, period=Period(2024, 2)))
    assert second.rows[0].progress == Progress()
    assert kept(office, "1-1").done == "三季度做的事。"


def test_saving_goes_to_the_return_that_is_shown(page: TasksPage, office: Office) -> None:
    """Even when the desk has moved on before the page was told."""
    Hands().click(page.form._done)
    Hands().type("三季度做的事。")
    office.actions.desk.choose_period(Period(2024, 2))
    assert page.commit_pending()
    second = office.actions.report.sheet(replace(KEY, period=Period(2024, 2)))
    assert second.rows[0].progress == Progress()
    assert kept(office, "1-1").done == "三季度做的事。"


def test_a_filter_keeps_the_task_that_is_being_edited(page: TasksPage, office: Office) -> None:
    """Under 未更新 a task is updated by its first word; the next words are its own too."""
    hands = Hands()
    hands.click(page.filter.button("open"))
    hands.click(page.form._done)
    hands.type("在做。")
    hands.press(Qt.Key.Key_Tab)
    hands.type("缺经费。")
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kept(office, "1-1") == Progress(TaskStatus.IN_PROGRESS, None, "在做。", "缺经费。")
    assert kept(office, "1-2") == Progress()
    page.refresh()
    assert [row.task.no for row in page.model.tasks()][:2] == ["1-2", "1-3"]


def test_one_key_can_be_called_back(page: TasksPage, office: Office) -> None:
    """The last open task: Ctrl+D clears the form, 撤回 brings every word back."""
    codes = [row.task.code for row in office.actions.report.sheet(KEY).rows]
    office.actions.report.not_involved(KEY, codes[1:])
    page.refresh()
    hands = Hands()
    hands.click(page.form._done)
    hands.type("写了很久。")
    hands.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    page.table.setFocus()
    assert kept(office, "1-1") == Progress(TaskStatus.NOT_INVOLVED)
    assert page.form._done.toPlainText() == ""
    assert "任务都更新了" in page.notices.texts[-1]  # type: ignore[attr-defined]
    hands.click_button(page, "撤回")
    assert kept(office, "1-1") == Progress(TaskStatus.IN_PROGRESS, None, "写了很久。")
    assert page.form._done.toPlainText() == "写了很久。"


def test_finishing_asks_for_what_the_status_needs(page: TasksPage, office: Office) -> None:
    hands = Hands()
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "请先选状态" in page.form.lack.text()
    hands.click_button(page.form, "受阻")
    assert not page.form.lack.isVisible()
    assert page.form._problems.hint.text() == "必填"
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.form.lack.text() == "受阻的任务要写存在问题。"
    assert QApplication.focusWidget() is page.form._problems
    hands.type("经费没到位。")
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kept(office, "1-1") == Progress(TaskStatus.BLOCKED, None, "", "经费没到位。")
    assert page.table.currentIndex().row() == 2
    assert not page.form.lack.isVisible()


def test_percent_is_typed_cleared_and_never_turned(page: TasksPage, office: Office) -> None:
    hands, box = Hands(), page.form.percent
    hands.click(box)
    hands.type("40")
    hands.press(Qt.Key.Key_Tab)
    assert kept(office, "1-1").percent == 40
    hands.click(box)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    hands.press(Qt.Key.Key_Tab)
    assert kept(office, "1-1").percent == 40
    hands.click(box)
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.press(Qt.Key.Key_Delete)
    hands.press(Qt.Key.Key_Tab)
    assert kept(office, "1-1").percent is None
    hands.click(box)
    hands.type("０")
    hands.press(Qt.Key.Key_Tab)
    assert kept(office, "1-1").percent == 0
    hands.click(box)
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.type("101")
    assert box.percent == 10


def test_arrows_pass_over_headings(page: TasksPage) -> None:
    hands = Hands()
    for _ in range(8):
        hands.press(Qt.Key.Key_Down)
    assert page.form._no.text() == "2-1"
    hands.press(Qt.Key.Key_Up)
    assert page.form._no.text() == "1-8"


def test_strips_stand_on_the_years_of_the_plan(page: TasksPage, office: Office) -> None:
    row = office.actions.report.sheet(KEY).rows[0]
    early = replace(row, task=replace(row.task, deadlines=(2023,)))
    axis = TimeAxis(2022, 2025, 2024.75)
    assert page.model.axis == axis
    assert (axis.years, axis.today, axis.end(row), axis.end(early)) == (
        (2022, 2023, 2024, 2025),
        0.6875,
        1.0,
        0.5,
    )
    assert TimeAxis(2022, 2025, 2027.0).today == 1.0


def test_filters_count_and_choose(page: TasksPage, office: Office) -> None:
    office.actions.report.put(KEY, "A1-2", Progress(TaskStatus.IN_PROGRESS, 10, "刚开始。"))
    page.refresh()
    Hands().click(page.filter.button("behind"))
    tasks = [page.model.line(row) for row in range(page.model.rowCount())]
    shown = [line for line in tasks if not isinstance(line, GroupLine)]
    assert [(line.task.no, line.pace) for line in shown] == [("1-2", TaskPace.BEHIND)]
    assert page.filter.button("open").text() == "未更新 31"


def test_a_sent_return_is_only_read(page: TasksPage, office: Office) -> None:
    model = TaskTableModel()
    sheet = office.actions.report.sheet(KEY)
    model.show_sheet(sheet)
    row = sheet.rows[0]
    page.form.show_row(replace(row, editable=False))
    assert not page.form.finish.isEnabled()
    assert all(box.isReadOnly() for box in page.form.findChildren(QPlainTextEdit))
