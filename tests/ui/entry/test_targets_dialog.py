"""本县目标: a unit's own baselines and targets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kjxd_desktop.domain.pace.standing import MeasuredAgainst
from kjxd_desktop.ui.entry.targets_dialog import TargetsDialog
from kjxd_desktop.ui.entry.targets_model import TargetColumn
from kjxd_desktop.ui.parts.sure_dialog import SureDialog
from kjxd_desktop.usecases.planning.plans_shown import TargetLine
from tests.helpers.offices import COUNTY, PLAN
from tests.ui.fakes import EntryDesk, entry_desk

Key = Qt.Key


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[EntryDesk]:
    """The page below the dialog."""
    with entry_desk(qtbot, tmp_path) as opened:
        yield opened


@pytest.fixture
def dialog(qtbot: QtBot, desk: EntryDesk) -> Iterator[TargetsDialog]:
    """The table."""
    desk.page.steps.targets()
    opened = desk.page.findChild(TargetsDialog)
    assert isinstance(opened, TargetsDialog)
    qtbot.waitUntil(opened.isVisible)
    yield opened
    if isValid(opened):
        opened.table.cancel_edit()
        opened.close()


def cell(dialog: TargetsDialog, code: str, column: TargetColumn) -> QModelIndex:
    """Index of a cell."""
    for row in range(dialog.model.rowCount()):
        for place in range(dialog.model.columnCount()):
            index = dialog.model.index(row, place)
            if dialog.model.line_at(index).indicator.code == code and dialog.model.column_at(index) is column:
                return index
    raise KeyError(code)


def line(desk: EntryDesk, code: str) -> TargetLine:
    """What is stored."""
    lines = desk.office.actions.targets.lines(PLAN, COUNTY)
    return next(item for item in lines if item.indicator.code == code)


def put(desk: EntryDesk, dialog: TargetsDialog, code: str, column: TargetColumn, text: str) -> None:
    """Type into a cell."""
    dialog.table.setCurrentIndex(cell(dialog, code, column))
    dialog.table.setFocus()
    desk.type_enter(text)


def test_own_figures_are_kept_and_measure_the_unit(desk: EntryDesk, dialog: TargetsDialog) -> None:
    assert dialog.windowTitle().startswith("本县目标")
    put(desk, dialog, "I13", TargetColumn.BASELINE, "8")
    put(desk, dialog, "I13", TargetColumn.BINDING, "12")
    put(desk, dialog, "I13", TargetColumn.EXPECTED, "16")
    own = line(desk, "I13")
    assert (str(own.baseline), str(own.binding), str(own.expected)) == ("8", "12", "16")
    assert desk.page.model.row_of("I13").standing.yardstick.against is MeasuredAgainst.OWN


def test_the_year_of_a_baseline_can_be_set_once_there_is_one(desk: EntryDesk, dialog: TargetsDialog) -> None:
    year = cell(dialog, "I13", TargetColumn.BASELINE_YEAR)
    assert dialog.model.locked_at(year)
    put(desk, dialog, "I13", TargetColumn.BASELINE, "8")
    put(desk, dialog, "I13", TargetColumn.BASELINE_YEAR, "2020年")
    assert (str(line(desk, "I13").baseline), line(desk, "I13").baseline_year) == ("8", 2020)


def test_what_is_no_number_stays_with_its_reason(desk: EntryDesk, dialog: TargetsDialog) -> None:
    put(desk, dialog, "I13", TargetColumn.BINDING, "abc")
    assert dialog.table.refused
    assert "不是数字" in dialog.table.notice_text
    assert line(desk, "I13").binding is None


def test_published_indicators_have_no_target_of_a_unit(desk: EntryDesk, dialog: TargetsDialog) -> None:
    dialog.table.setCurrentIndex(cell(dialog, "I01", TargetColumn.BINDING))
    desk.type("5")
    assert dialog.table.editor is None
    assert "由上级公布" in dialog.table.notice_text


def test_the_plans_own_figures_stand_beside_and_cannot_be_changed(
    desk: EntryDesk, dialog: TargetsDialog
) -> None:
    city = cell(dialog, "I07", TargetColumn.CITY)
    assert dialog.model.data(city) == "30 / 35"
    dialog.table.setCurrentIndex(city)
    desk.type("5")
    assert dialog.table.editor is None


def test_a_block_can_be_pasted(desk: EntryDesk, dialog: TargetsDialog) -> None:
    dialog.table.setCurrentIndex(cell(dialog, "I13", TargetColumn.BINDING))
    QGuiApplication.clipboard().setText("12\t16\n9\t11\n")
    desk.press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dialog.told.text() == "粘贴了 4 格。"
    assert (str(line(desk, "I14").binding), str(line(desk, "I14").expected)) == ("9", "11")


def test_delete_removes_a_target(desk: EntryDesk, dialog: TargetsDialog) -> None:
    put(desk, dialog, "I13", TargetColumn.BINDING, "12")
    dialog.table.setCurrentIndex(cell(dialog, "I13", TargetColumn.BINDING))
    desk.press(Key.Key_Delete)
    assert line(desk, "I13").binding is None


def question(dialog: TargetsDialog) -> SureDialog | None:
    """The question that is open over the table."""
    found = [item for item in dialog.table.findChildren(SureDialog) if item.isVisible()]
    return found[0] if found else None


def test_what_is_doubtful_is_asked_and_kept_when_a_person_says_so(
    qtbot: QtBot, desk: EntryDesk, dialog: TargetsDialog
) -> None:
    """约束 30 above 预期 20: back to what was typed first, kept the second time."""
    put(desk, dialog, "I13", TargetColumn.EXPECTED, "20")
    put(desk, dialog, "I13", TargetColumn.BINDING, "30")
    qtbot.waitUntil(lambda: question(dialog) is not None)
    asked = question(dialog)
    assert asked is not None and "约束值 30 比预期值 20 还高" in asked.words.text()
    assert line(desk, "I13").binding is None
    asked.back.click()
    qtbot.waitUntil(lambda: question(dialog) is None)
    assert dialog.table.unsaved_text == "30"
    assert not dialog.table.commit()
    qtbot.waitUntil(lambda: question(dialog) is not None)
    again = question(dialog)
    assert again is not None
    again.confirm.click()
    assert str(line(desk, "I13").binding) == "30"
    assert dialog.table.editor is None


def test_a_pasted_block_is_asked_about_once(qtbot: QtBot, desk: EntryDesk, dialog: TargetsDialog) -> None:
    put(desk, dialog, "I13", TargetColumn.EXPECTED, "10")
    dialog.table.setCurrentIndex(cell(dialog, "I13", TargetColumn.BINDING))
    # 12 is beyond the 10 that stands there, not beyond the 16 that comes with it.
    QGuiApplication.clipboard().setText("12\t16\n11\t9\n")
    desk.press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dialog.told.text() == "粘贴了 3 格，1 格没写入。"
    assert (str(line(desk, "I13").binding), str(line(desk, "I13").expected)) == ("12", "16")
    assert (str(line(desk, "I14").binding), line(desk, "I14").expected) == ("11", None)
    qtbot.waitUntil(lambda: question(dialog) is not None)
    asked = question(dialog)
    assert asked is not None
    asked.confirm.click()
    assert str(line(desk, "I14").expected) == "9"


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        (TargetColumn.BINDING, "-5", "不会是负数"),
        (TargetColumn.BASELINE, "10.5", "要填整数"),
        (TargetColumn.BASELINE_YEAR, "2025", "不早于第一个目标的年份 2025"),
    ],
)
def test_what_cannot_be_stays_with_its_reason(
    desk: EntryDesk, dialog: TargetsDialog, column: TargetColumn, text: str, said: str
) -> None:
    put(desk, dialog, "I14", TargetColumn.BASELINE, "3")
    put(desk, dialog, "I14", column, text)
    assert dialog.table.refused and said in dialog.table.notice_text
    assert question(dialog) is None
    assert (str(line(desk, "I14").baseline), line(desk, "I14").binding) == ("3", None)
