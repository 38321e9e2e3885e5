"""The window around the pages: first start, desk, navigation, period, faults."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.window import Program, run_window
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.ui.help.help_dialog import HelpDialog
from kjxd_desktop.ui.home.first_run_page import FirstRunPage
from kjxd_desktop.ui.home.step_card import StepCard
from kjxd_desktop.ui.shell.bug_dialog import BugDialog
from kjxd_desktop.ui.shell.fault_window import FaultWindow
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.ui.tour.hands import Hands
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.planning.book import PlanBook
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, county_office, fill_all
from tests.ui.fakes import notices_of


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program on a county's workspace with three values filled."""
    with county_office(tmp_path) as office:
        for code, text in (("I13", "12"), ("I14", "8"), ("I15", "15")):
            office.actions.fill.edit(KEY, code, TextEdit(text))
        path = office.store.path
    opened = Program(path, FixedClock())
    opened.start()
    assert opened.window is not None
    qtbot.addWidget(opened.window)
    yield opened
    opened.close()


def main_window(program: Program) -> MainWindow:
    assert isinstance(program.window, MainWindow)
    return program.window


def words(widget) -> str:  # type: ignore[no-untyped-def]
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_desk_says_what_is_due_and_missing(program: Program) -> None:
    window = main_window(program)
    assert window.current_page == "home"
    assert window.windowTitle() == "科技行动监测填报 — 会宁县科技局"
    said = words(window)
    assert "三季度报表还剩 2 天 7 小时，先填完 11 项指标。" in said
    assert "10月10日（周四）18:00" in said
    assert "报送至 白银市科技局" in said


def test_what_a_check_says_follows_the_first_painting(program: Program, qtbot: QtBot) -> None:
    window = main_window(program)
    before = words(window)
    assert "还有 11 项待填" in before and "正在审核…" in before and "还有 11 项指标待填" not in before
    qtbot.waitUntil(lambda: "还有 11 项指标待填" in words(window))
    assert "正在审核…" not in words(window)


def test_desk_leads_to_the_next_step(program: Program, qtbot: QtBot) -> None:
    window = main_window(program)
    cards = window.findChildren(StepCard)
    assert [card.property("state") for card in cards] == ["next", "", "", ""]
    qtbot.mouseClick(cards[0].button, Qt.MouseButton.LeftButton)
    assert window.current_page == "entry"


def test_pages_by_key_and_period_by_key(program: Program, qtbot: QtBot) -> None:
    window = main_window(program)
    qtbot.waitExposed(window)
    handle = window.windowHandle()
    qtbot.keyClick(handle, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.current_page == "entry"
    qtbot.keyClick(handle, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert program.office is not None
    assert program.office.actions.desk.desk().period == Period(2024, 2)
    assert "2024年二季度" in words(window)
    for _ in range(40):
        qtbot.keyClick(handle, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert program.office.actions.desk.desk().period == Period(2017, 1)
    assert any("不在方案的年份" in text for text in program.notices.texts)


def test_counts_follow_a_write(program: Program, qtbot: QtBot) -> None:
    window = main_window(program)
    item = window.findChild(object, "navigation")
    assert item is not None
    assert program.office is not None
    changes = program.office.actions.fill.edit(KEY, "I16", TextEdit("0"))
    window._changes.publish(changes)
    qtbot.waitUntil(lambda: "还有 10 项指标待填" in words(window))


def test_narrow_window_folds_the_navigation(program: Program) -> None:
    window = main_window(program)
    window.resize(1200, 700)
    folded = window._navigation.width()
    window.resize(1400, 700)
    middle = window._navigation.width()
    window.resize(1700, 900)
    assert (folded, middle, window._navigation.width()) == (48, 136, 160)


def test_a_finished_return_can_be_exported(qtbot: QtBot, tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        for finding in office.actions.check.check(KEY).findings:
            if finding.blocks:
                office.actions.fill.explain(KEY, finding.code, finding.rule, "经核对无误。")
        office.actions.check.mark_checked(KEY)
        path = office.store.path
    program = Program(path, FixedClock())
    program.start()
    assert program.window is not None
    qtbot.addWidget(program.window)
    cards = program.window.findChildren(StepCard)
    qtbot.waitUntil(lambda: [card.property("state") for card in cards] == ["", "", "", "next"])
    assert "审核通过了，请签报" in words(program.window)
    program.close()


class FirstRun:
    """The first page with functions that only remember."""

    def __init__(self, qtbot: QtBot, template: Path | None = None, own_plan: PlanBook | None = None) -> None:
        self.made: list[tuple[object, ...]] = []
        self.refuse = False
        plans = BuiltInPlans()
        icons = Icons(paths.resources_dir() / "icons")
        self.notices = notices_of(Theme(), lambda error: None)
        self.page = FirstRunPage(
            [plans.load(PLAN)],
            lambda parent: template,
            lambda path: self._make("template", path),
            lambda role, unit, book: self._make(role, unit, book.plan.id),
            lambda parent: own_plan,
            "某处",
            self.notices,
            Theme(),
            icons,
        )
        qtbot.addWidget(self.page)
        self.notices.show_over(self.page)
        self.page.show()

    def _make(self, *what: object) -> None:
        if self.refuse:
            raise refuse("unit", "unit_does_not_report", unit="某单位")
        self.made.append(what)

    def button(self, text: str) -> QPushButton:
        return next(item for item in self.page.findChildren(QPushButton) if item.text().startswith(text))


@pytest.fixture
def first_run(qtbot: QtBot) -> Iterator[Callable[..., FirstRun]]:
    """Makes first pages, which outlive the test: a notice may still be painted when it ends."""
    kept: list[FirstRun] = []

    def make(**chosen: object) -> FirstRun:
        kept.append(FirstRun(qtbot, **chosen))  # type: ignore[arg-type]
        return kept[-1]

    yield make
    for run in kept:
        run.page.close()


def test_first_choice_is_the_template(
    qtbot: QtBot, first_run: Callable[..., FirstRun], tmp_path: Path
) -> None:
    run = first_run(template=tmp_path / "t.xlsx")
    with qtbot.waitSignal(run.page.finished):
        qtbot.mouseClick(run.button("打开市局"), Qt.MouseButton.LeftButton)
    assert run.made == [("template", tmp_path / "t.xlsx")]


def test_by_hand_with_search(qtbot: QtBot, first_run: Callable[..., FirstRun]) -> None:
    run = first_run()
    qtbot.waitExposed(run.page)
    run.page.activateWindow()
    assert not run.button("开始使用").isEnabled()
    search, units = run.page.findChild(QLineEdit), run.page.findChild(QListWidget)
    assert units.count() == 6
    search.setFocus()
    qtbot.waitUntil(search.hasFocus)
    Hands().type("会宁")
    assert units.count() == 1
    with qtbot.waitSignal(run.page.finished):
        qtbot.mouseClick(run.button("开始使用"), Qt.MouseButton.LeftButton)
    assert run.made == [(Role.COUNTY, COUNTY, PLAN)]


def test_city_role_offers_the_city(qtbot: QtBot, first_run: Callable[..., FirstRun]) -> None:
    run = first_run()
    radio = next(item for item in run.page.findChildren(QRadioButton) if item.text() == "市级汇总")
    qtbot.mouseClick(radio, Qt.MouseButton.LeftButton)
    units = run.page.findChild(QListWidget)
    assert [units.item(row).text() for row in range(units.count())] == ["白银市科技局"]
    assert run.page.role is Role.CITY


def test_a_county_starts_with_a_plan_of_its_own(qtbot: QtBot, first_run: Callable[..., FirstRun]) -> None:
    """Its own plan's region is the county itself, which then fills it."""
    plan = replace(BuiltInPlans().load(PLAN), id="huining-2024", title="会宁县科技计划", region=COUNTY)
    run = first_run(own_plan=PlanBook(plan))
    qtbot.mouseClick(run.button("用自己的方案工作簿"), Qt.MouseButton.LeftButton)
    units = run.page.findChild(QListWidget)
    names = [units.item(row).text() for row in range(units.count())]
    assert "会宁县科技局" in names and "白银市科技局" not in names
    units.setCurrentRow(names.index("会宁县科技局"))
    qtbot.mouseClick(run.button("开始使用"), Qt.MouseButton.LeftButton)
    assert run.made == [(Role.COUNTY, COUNTY, "huining-2024")]


def test_a_refused_choice_is_said(qtbot: QtBot, first_run: Callable[..., FirstRun]) -> None:
    run = first_run()
    run.refuse = True
    units = run.page.findChild(QListWidget)
    units.setCurrentRow(0)
    qtbot.mouseClick(run.button("开始使用"), Qt.MouseButton.LeftButton)
    assert run.notices.texts == ("某单位不填这张报表。请换一个单位。",)


def test_the_first_start_makes_a_workspace(qtbot: QtBot, tmp_path: Path) -> None:
    program = Program(tmp_path / "sub" / "new.kjxd", FixedClock())
    program.start()
    first = program.window
    assert first is not None
    qtbot.addWidget(first)
    units = first.findChild(QListWidget)
    units.setCurrentRow(3)
    start = next(item for item in first.findChildren(QPushButton) if item.text() == "开始使用")
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    assert isinstance(program.window, MainWindow)
    qtbot.addWidget(program.window)
    assert "会宁县科技局" in program.window.windowTitle()
    program.close()
    assert (tmp_path / "sub" / "new.kjxd").is_file()


def test_help_shows_the_manual(qtbot: QtBot) -> None:
    dialog = HelpDialog(paths.resources_dir() / "manual", Theme())
    qtbot.addWidget(dialog)
    pages = dialog.findChild(QListWidget)
    assert pages.count() >= 6
    for row in range(pages.count()):
        pages.setCurrentRow(row)
        assert len(dialog._text.toPlainText()) > 100


def test_bug_dialog_holds_the_details(qtbot: QtBot) -> None:
    from PySide6.QtGui import QGuiApplication

    dialog = BugDialog(ValueError("ours"), Theme())
    qtbot.addWidget(dialog)
    copy = next(item for item in dialog.findChildren(QPushButton) if item.text() == "复制详情")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert "ValueError: ours" in QGuiApplication.clipboard().text()


def test_fault_window_says_the_sentence(qtbot: QtBot) -> None:
    window = FaultWindow("数据文件正在被另一个窗口使用。", Theme())
    qtbot.addWidget(window)
    window.show()
    assert "正在被另一个窗口使用" in words(window)
    qtbot.mouseClick(window.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert not window.isVisible()


def test_no_screen_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert run_window(None) == 2
    assert "没有图形界面" in capsys.readouterr().err


def test_a_workspace_in_use_is_said(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second window on the same file shows the sentence and leaves with status 4."""
    monkeypatch.setattr(QApplication, "exec", lambda *words: 0)
    monkeypatch.setattr("kjxd_desktop.bootstrap.window.start_log", lambda: None)
    monkeypatch.setattr("sys.excepthook", sys.excepthook)
    with county_office(tmp_path) as office:
        assert run_window(office.store.path) == 4
    assert "正在被另一个窗口使用" in capsys.readouterr().err


def test_what_no_one_caught_is_said(program: Program) -> None:
    error = refuse("I13", "not_a_number", text="abc")
    program.excepthook(type(error), error, None)
    assert any("“abc”不是数字" in text for text in program.notices.texts)
