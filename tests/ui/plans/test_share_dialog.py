"""共用指标 by mouse and keys: nothing is shared but what is ticked, and what it did is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.ui.plans.share_dialog import ShareDialog
from kjxd_desktop.ui.tools.style import Theme, apply_theme
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import KEY, PLAN, county_office
from tests.helpers.revisions import with_indicator
from tests.ui.fakes import focused, page_tools

OWN = "huining-2024"
FIRMS = "高新技术企业（家）"


class Opened:
    """The dialog on a county's workspace with two plans."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme = Theme()
        apply_theme(application, theme)
        self.office = office
        self.window = QWidget()
        self.window.resize(900, 600)
        tools = page_tools(office.actions, theme)
        self.notices = tools.notices
        self.notices.show_over(self.window)
        self.published: list[Changes] = []
        tools.changes.changed.connect(self.published.append)
        self.dialog = ShareDialog(tools, PLAN, self.window)
        with qtbot.waitActive(self.dialog):
            self.dialog.open()

    def box(self, text: str) -> QCheckBox:
        return next(box for box in self.boxes if box.text() == text)

    @property
    def boxes(self) -> list[QCheckBox]:
        return [box for box in self.dialog.findChildren(QCheckBox) if box.isVisibleTo(self.dialog)]

    @property
    def words(self) -> list[str]:
        return [item.text() for item in self.dialog.findChildren(QLabel) if item.isVisibleTo(self.dialog)]

    def shared(self) -> dict[str, tuple[tuple[str, str], ...]]:
        with self.office.store.reading() as uow:
            return dict(uow.plans.shared(PLAN))

    def value(self, code: str, plan_id: str = OWN) -> str | None:
        found = self.office.actions.fill.row(replace(KEY, plan_id=plan_id), code).entry.value
        return None if found is None else str(found)

    def choose(self, one: str, other: str) -> None:
        self.dialog.one.setCurrentIndex(self.dialog.one.findData(one))
        places = [self.dialog.other.itemData(place) for place in range(self.dialog.other.count())]
        self.dialog.other.setCurrentIndex([tuple(place) for place in places].index((OWN, other)))
        self.dialog.pair.click()


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    """The county's own plan has the city's indicators; only 科技型中小企业 is counted in another way."""
    plan = BuiltInPlans().load(PLAN)
    small = plan.indicator("I15")
    assert small is not None
    own = replace(plan, id=OWN, title="会宁县科技计划", short_title="会宁县科技计划")
    with county_office(tmp_path) as office:
        office.actions.plans.adopt(with_indicator(own, replace(small, kind=Kind.CUMULATIVE)))
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        made = Opened(office, qtbot)
        yield made
        made.notices.clear()
        if isValid(made.dialog):
            made.dialog.close()
        made.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_what_sharing_does_is_said_before(opened: Opened) -> None:
    assert opened.dialog.windowTitle() == "共用指标 — 强科技行动 2022—2025"
    said = "".join(opened.words)
    for part in ("同一期也跟着变", "马上补上", "都不动", "已经上报的报表不会改"):
        assert part in said
    assert opened.shared() == {} and not any(box.isChecked() for box in opened.boxes)


def test_a_ticked_pair_is_shared_and_the_blank_is_filled(opened: Opened) -> None:
    opened.box(FIRMS).click()
    assert opened.shared() == {"I13": ((OWN, "I13"),)}
    assert opened.value("I13") == "12"
    assert opened.box(FIRMS).isChecked() and "已共用" in opened.words
    assert any("已补上 1 个空格" in text for text in opened.notices.texts)
    assert [changes.plan for changes in opened.published] == [True]


def test_a_pair_is_parted_and_its_figures_stay(opened: Opened) -> None:
    opened.box(FIRMS).click()
    opened.box(FIRMS).click()
    assert opened.shared() == {} and opened.value("I13") == "12"
    assert opened.dialog.told.text() == "已取消共用，两边的数都留着。"


def test_the_keyboard_stays_at_its_pair(opened: Opened) -> None:
    opened.box(FIRMS).setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert focused() is opened.box(FIRMS) and opened.box(FIRMS).isChecked()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert not opened.box(FIRMS).isChecked()


def test_a_pair_that_cannot_be_says_why(opened: Opened) -> None:
    assert "科技型中小企业（家）" not in [box.text() for box in opened.boxes]
    assert "不能共用：一个是累计数，一个是期末数或年度数" in opened.words


def test_any_two_can_be_paired_by_hand(opened: Opened) -> None:
    opened.choose("I13", "I14")
    assert opened.shared() == {"I13": ((OWN, "I14"),)}
    assert opened.value("I14") == "12"


def test_two_unlike_ones_are_refused_in_words(opened: Opened) -> None:
    opened.choose("I12", "I13")
    assert (
        opened.dialog.told.text()
        == "“技术合同成交额”和“高新技术企业”不能共用一个数：计量单位不同。没有改动。"
    )
    assert opened.shared() == {}
    opened.choose("I13", "I14")
    opened.choose("I13", "I13")
    assert "已经和那个方案的另一项指标共用" in opened.dialog.told.text()


def test_figures_that_differ_are_counted(opened: Opened) -> None:
    opened.office.actions.fill.edit(replace(KEY, plan_id=OWN), "I13", TextEdit("15"))
    opened.box(FIRMS).click()
    assert (opened.value("I13", PLAN), opened.value("I13")) == ("12", "15")
    assert any("有 1 个两边填的不一样" in text for text in opened.notices.texts)


def test_the_dialog_dies_when_it_is_closed(opened: Opened, qtbot: QtBot) -> None:
    opened.dialog.close_button.click()
    qtbot.waitUntil(lambda: not isValid(opened.dialog))
