"""任务进展 with real keys on a real workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.returns import Progress, TaskStatus
from kjxd_desktop.domain.standing import TaskPace
from kjxd_desktop.ui.changes import ChangeBus
from kjxd_desktop.ui.icons import Icons
from kjxd_desktop.ui.models.task_model import COLUMNS, GroupLine, TaskColumn, TaskTableModel
from kjxd_desktop.ui.notices import Notices
from kjxd_desktop.ui.pages import tasks_page
from kjxd_desktop.ui.pages.tasks_page import TasksPage
from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.tasks import TaskRunner
from kjxd_desktop.ui.tour.hands import Hands
from tests.helpers.offices import KEY, county_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> TasksPage:
    theme, icons = Theme(), Icons(paths.resources_dir() / "icons")
    notices = Notices(theme, icons, lambda error: None)
    made = TasksPage(office.actions, TaskRunner(), notices, theme, icons, ChangeBus())
    made.notices = notices  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    notices.show_over(made)
    made.resize(1230, 640)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.refresh()
    made.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.table)
    return made


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
    qtbot.wait(50)
    hands.button(page.form, "取出").click()
    assert out.read_bytes() == b"%PDF proof"
    hands.button(page.form, "移除").click()
    assert kept(office, "1-1").evidence == ()


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
    page.form.show_row(row.__class__(row.task, row.progress, row.previous, row.pace, row.passed, False))
    assert not page.form.finish.isEnabled()
    assert all(box.isReadOnly() for box in page.form.findChildren(QPlainTextEdit))
