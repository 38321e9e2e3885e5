"""年度归档 by mouse and keys: year, plan, place; what came of it, and stopping."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.paths import DATA_VARIABLE
from kjxd_desktop.ui.keeping import archive_dialog
from kjxd_desktop.ui.keeping.archive_dialog import STOP, ArchiveDialog
from kjxd_desktop.ui.keeping.keep_dialog import KeepDialog
from kjxd_desktop.ui.parts import file_choice
from kjxd_desktop.ui.parts.file_choice import ARCHIVE
from kjxd_desktop.ui.tools.style import Theme, apply_theme
from kjxd_desktop.usecases.keeping.archive import Archive
from kjxd_desktop.wording.keeping import archive as words
from tests.helpers.archive_reader import read_zip
from tests.helpers.offices import COUNTY, PLAN, county_office, fill_all
from tests.ui.fakes import focused, page_tools


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))


class Opened:
    """The dialog on a county's workspace; what was asked for a place is in ``asked``."""

    def __init__(self, office: Office, qtbot: QtBot, target: Path | None) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme = Theme()
        apply_theme(application, theme)
        self.office, self.target = office, target
        self.window = QWidget()
        self.window.resize(900, 430)
        self.tools = page_tools(office.actions, theme)
        self.tools.notices.show_over(self.window)
        self.asked: list[str] = []
        self.dialog = ArchiveDialog(self.tools, self.window, self.choose)
        with qtbot.waitActive(self.dialog):
            self.dialog.open()
        self.settle(qtbot)

    def choose(self, _parent: QWidget, name: str) -> Path | None:
        self.asked.append(name)
        return self.target

    def settle(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: not self.tools.tasks.busy)

    @property
    def said(self) -> str:
        return self.dialog.told.text()

    def close(self) -> None:
        self.tools.tasks.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        delete(self.window)


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    with county_office(tmp_path) as office:
        fill_all(office)
        office.actions.backfill.set_block(PLAN, COUNTY, [(Period(2023, 1), "I13", "5")])
        shown = Opened(office, qtbot, tmp_path / "归档.zip")
        yield shown
        shown.close()


def test_a_year_by_keyboard(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened.dialog
    assert [dialog.year.itemText(at) for at in range(dialog.year.count())] == [
        "2024年（报表 1 份）",
        "2023年（报表 1 份）",
    ]
    # One plan: nothing to choose.
    assert not dialog.plan.isVisible() and not dialog.open_folder.isVisible()
    assert dialog.year.hasFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    opened.settle(qtbot)
    assert opened.asked == ["会宁县科技局_强科技行动 2022—2025_2023年归档.zip"]
    assert opened.said.startswith("已归档到“归档.zip”：报表 1 份，指标数据 16 行，文件 ")
    assert opened.target is not None
    assert {row["period"] for row in read_zip(opened.target).rows("报表")} == {"2023Q1"}
    assert (
        dialog.confirm.text() == words.CONFIRM and dialog.year.isEnabled() and dialog.open_folder.isVisible()
    )
    assert dialog.width() <= 900 and dialog.height() <= 430
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert len(opened.asked) == 1 and not dialog.isVisible()


def test_the_folder_is_opened_when_asked(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    opened.dialog.confirm.click()
    opened.settle(qtbot)
    opened.dialog.open_folder.click()
    assert opened.target is not None
    assert [Path(url.toLocalFile()) for url in shown] == [opened.target.parent]


def test_who_chooses_no_place_is_left_where_he_is(opened: Opened) -> None:
    opened.target = None
    opened.dialog.confirm.click()
    assert opened.said == "" and opened.dialog.confirm.text() == words.CONFIRM and not opened.tools.tasks.busy


def test_a_place_that_cannot_be_is_told_and_asked_for_again(opened: Opened, qtbot: QtBot) -> None:
    assert opened.target is not None
    good = opened.target
    opened.target = opened.office.store.path
    opened.dialog.confirm.click()
    opened.settle(qtbot)
    assert "是本程序的数据文件或备份，不能盖掉它" in opened.said and opened.dialog.confirm.isEnabled()
    opened.target = good
    opened.dialog.confirm.click()
    opened.settle(qtbot)
    assert "已归档到" in opened.said


def until_stopped(
    _archive: Archive, *_args: object, told: Callable[[int, int], None], **_named: object
) -> None:
    while True:
        told(3, 8)


def test_stopping(opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Archive, "write", until_stopped)
    dialog = opened.dialog
    dialog.confirm.click()
    assert dialog.confirm.text() == STOP and not dialog.year.isEnabled()
    qtbot.waitUntil(lambda: opened.said == "正在归档……已做完 3 步，共 8 步。")
    dialog.confirm.click()
    opened.settle(qtbot)
    assert opened.said == words.STOPPED
    assert dialog.confirm.text() == words.CONFIRM and dialog.year.isEnabled()


def test_closing_stops_it_and_that_is_said_outside(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Archive, "write", until_stopped)
    opened.dialog.confirm.click()
    QTest.keyClick(opened.dialog, Qt.Key.Key_Escape)
    opened.settle(qtbot)
    assert opened.tools.notices.texts == (words.STOPPED,)


def test_what_ended_just_as_it_was_closed_is_said_outside(opened: Opened, qtbot: QtBot) -> None:
    opened.dialog.confirm.click()
    assert opened.target is not None
    # Whole on the disk, while its end waits to be delivered.
    while not opened.target.exists():
        pass
    opened.dialog.close()
    opened.settle(qtbot)
    (said,) = opened.tools.notices.texts
    assert said.startswith("已归档到")


def test_without_a_return_there_is_nothing_to_choose(qtbot: QtBot, tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        shown = Opened(office, qtbot, tmp_path / "归档.zip")
        assert shown.said == words.NO_YEARS and not shown.dialog.confirm.isEnabled()
        shown.close()


def test_one_plan_of_several(qtbot: QtBot, tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        plan = replace(office.actions.plans.plan(PLAN), id="demo-other", title="另一个", short_title="另一个")
        office.actions.plans.adopt(replace(plan, document=""))
        shown = Opened(office, qtbot, tmp_path / "归档.zip")
        dialog = shown.dialog
        assert [dialog.plan.itemText(at) for at in range(dialog.plan.count())] == [
            "全部方案",
            "强科技行动 2022—2025",
            "另一个",
        ]
        dialog.plan.setCurrentIndex(2)
        dialog.confirm.click()
        shown.settle(qtbot)
        assert shown.said == "2024 年没有报表，没有归档，什么都没有写。请换一个年份。"
        shown.close()


def test_it_opens_from_the_data_file(qtbot: QtBot, tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        shown = Opened(office, qtbot, None)
        keep = KeepDialog(shown.tools, lambda parent, name: None, shown.window)
        with qtbot.waitActive(keep):
            keep.open()
        keep.archive.click()
        dialog = keep.findChild(ArchiveDialog)
        assert isinstance(dialog, ArchiveDialog) and dialog.isVisible()
        shown.settle(qtbot)
        shown.close()


def test_the_file_is_asked_for_as_a_zip(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(archive_dialog, "choose_new_file", lambda *args: asked.append(args))
    window = QWidget()
    qtbot.addWidget(window)
    assert archive_dialog.choose_archive(window, "a.zip") is None
    assert asked == [(window, "年度归档", "a.zip", ARCHIVE)]
    assert file_choice._SUFFIXES[ARCHIVE] == "zip"
