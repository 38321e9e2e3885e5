"""复录 by keyboard alone: what was keyed first is never on the screen before the second."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.theme import LIGHT
from kjxd_desktop.ui.entry.rekey_dialog import RekeyDialog
from kjxd_desktop.usecases.filling.edits import ComponentsEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, fill_all
from tests.ui.fakes import EntryDesk

Key = Qt.Key


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[EntryDesk]:
    """The page of a filled return; I04, with its parts, and I13 are keyed twice."""
    plan = replace(BuiltInPlans().load(PLAN), rekeyed=("I04", "I13"))
    with new_office(tmp_path / "w.kjxd", Role.COUNTY, COUNTY, plan, FixedClock()) as office:
        fill_all(office)
        office.actions.fill.edit(KEY, "I04", ComponentsEdit("26.5", "3500"))
        office.actions.desk.choose_period(Period(2024, 3))
        yield opened(qtbot, office)


def opened(qtbot: QtBot, office: Office) -> EntryDesk:
    desk = EntryDesk(office, LIGHT, (1230, 640))
    qtbot.addWidget(desk.page)
    desk.page.show()
    desk.page.refresh()
    return desk


def dialog_of(qtbot: QtBot, desk: EntryDesk) -> RekeyDialog:
    desk.page.header.rekey.setFocus()
    QTest.keyClick(desk.page.header.rekey, Key.Key_Space)
    dialog = desk.page.findChild(RekeyDialog)
    assert isinstance(dialog, RekeyDialog)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.lines["I04"].fields[0])
    return dialog


def type_enter(text: str) -> None:
    """Type where the keyboard is."""
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Key.Key_Return)


def words(dialog: RekeyDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog))


def test_the_button_is_there_only_when_the_plan_asks(qtbot: QtBot, desk: EntryDesk, tmp_path: Path) -> None:
    assert desk.page.header.rekey.isVisibleTo(desk.page)
    assert desk.page.header.rekey.text() == "复录 2…"
    with new_office(tmp_path / "other.kjxd", Role.COUNTY, COUNTY, PLAN, FixedClock()) as office:
        assert not opened(qtbot, office).page.header.rekey.isVisibleTo(desk.page)


def test_first_figures_are_nowhere_to_be_seen(qtbot: QtBot, desk: EntryDesk) -> None:
    dialog = dialog_of(qtbot, desk)
    assert "26.5" not in words(dialog) and "12" not in words(dialog)
    assert not desk.page.grid.isVisible() and not desk.page.panel.isVisible()
    dialog.accept()
    qtbot.waitUntil(desk.page.grid.isVisible)


def test_keyed_and_settled_without_the_mouse(qtbot: QtBot, desk: EntryDesk) -> None:
    dialog = dialog_of(qtbot, desk)
    type_enter("26.5")
    assert QApplication.focusWidget() is dialog.lines["I04"].fields[1]
    type_enter("3500")
    assert dialog.lines["I04"].result.text() == "✓ 已核对"
    assert QApplication.focusWidget() is dialog.lines["I13"].fields[0]
    type_enter("21")
    qtbot.waitUntil(lambda: "第一次 12" in words(dialog) and "第二次 21" in words(dialog))
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton) and button.text() == "以第一次为准"
    QTest.keyClick(button, Key.Key_Tab)
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton) and button.text() == "以第二次为准"
    QTest.keyClick(button, Key.Key_Space)
    assert str(desk.entry("I13").value) == "21"
    assert "复录了 2 个数，1 个两次不一样；第一次填错的占 50.0%。" in words(dialog)
    assert QApplication.focusWidget() is dialog.done_button
    QTest.keyClick(dialog, Key.Key_Escape)
    qtbot.waitUntil(desk.page.grid.isVisible)
    assert desk.page.header.rekey.text() == "复录…"


def test_neither_of_both_is_keyed_a_third_time(qtbot: QtBot, desk: EntryDesk) -> None:
    dialog = dialog_of(qtbot, desk)
    line = dialog.lines["I13"]
    line.fields[0].setFocus()
    type_enter("21")
    assert line.fields[0].isReadOnly()
    again = next(button for button in line.findChildren(QPushButton) if button.text() == "都不对，重填")
    again.click()
    type_enter("1.2.3")
    assert "不是数字" in words(dialog)
    line.fields[0].clear()
    type_enter("22")
    assert str(desk.entry("I13").value) == "22"
    assert line.result.text() == "✓ 已核对"


def test_checking_leads_to_the_second_keying(qtbot: QtBot, desk: EntryDesk) -> None:
    for finding in desk.office.actions.check.check(KEY).findings:
        if finding.blocks and finding.grade.value == "verify":
            desk.office.actions.fill.explain(KEY, finding.code, finding.rule, "经核对无误。")
    desk.page.refresh()
    desk.page.check()
    assert any("复录" in text for text in desk.notices.texts)
