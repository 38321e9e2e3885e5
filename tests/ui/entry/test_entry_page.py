"""The page around the grid: states, filters, checking, faults, foot, drawer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.returns import ReturnState, Signature
from kjxd_desktop.ui.entry.columns import INDEX, ColumnId
from kjxd_desktop.ui.entry.entry_model import Filter
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.filling.edits import StatusEdit, TextEdit
from tests.helpers.offices import FOURTEEN, KEY
from tests.ui.fakes import EntryDesk, entry_desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[EntryDesk]:
    """The page of a return whose last quarter is known."""
    with entry_desk(qtbot, tmp_path, last_quarter=True) as opened:
        yield opened


def fill(desk: EntryDesk, **other: str) -> None:
    """Fill all fourteen, some with other texts, and show them."""
    for code, text in {**FOURTEEN, "I12": "0.48", **other}.items():
        desk.office.actions.fill.edit(KEY, code, TextEdit(text))
    desk.page.refresh()


@pytest.mark.parametrize(
    ("key", "status"), [(Key.Key_2, EntryStatus.NOT_APPLICABLE), (Key.Key_3, EntryStatus.NOT_PUBLISHED)]
)
def test_states_without_a_value_have_keys(desk: EntryDesk, key: Qt.Key, status: EntryStatus) -> None:
    desk.press(key, CTRL)
    assert desk.entry("I03").status is status
    assert desk.page.model.counts.filled == 1


def test_an_estimate_is_marked_and_unmarked_by_the_same_key(desk: EntryDesk) -> None:
    desk.press(Key.Key_1, CTRL)
    assert "还没有数" in desk.page.grid.notice_text
    desk.type("71.9")
    desk.press(Key.Key_1, CTRL)
    assert desk.entry("I03").status is EntryStatus.ESTIMATED
    desk.press(Key.Key_1, CTRL)
    assert desk.entry("I03").status is EntryStatus.REPORTED


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(
    ("key", "modifiers"), [(Key.Key_Menu, Qt.KeyboardModifier.NoModifier), (Key.Key_F10, SHIFT)]
)
def test_the_menu_opens_by_keyboard_and_marks_the_cell(
    qtbot: QtBot, desk: EntryDesk, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    desk.press(key, modifiers)
    menu = desk.page.acts.menu
    qtbot.waitUntil(menu.isVisible)
    assert not menu.estimate.isEnabled()
    menu.setActiveAction(menu.not_applicable)
    qtbot.keyClick(menu, Key.Key_Return)
    assert desk.entry("I03").status is EntryStatus.NOT_APPLICABLE


def test_filters_show_counts_and_keep_filled_rows_until_chosen_again(desk: EntryDesk) -> None:
    fill(desk, I13="12.5", I12="0.42")
    desk.office.actions.fill.edit(KEY, "I08", StatusEdit(EntryStatus.MISSING))
    desk.page.refresh()
    words = [desk.page.header.filters.button(item).text() for item in Filter]
    assert words == ["全部 16", "待填 1", "沿用 0", "错误 1", "待说明 1"]
    desk.page.header.filters.button(Filter.MISSING).click()
    assert desk.code == "I08"
    assert desk.page.model.rowCount() == 2
    desk.type_enter("8.1")
    assert desk.page.model.place_of("I08") is not None
    assert desk.page.header.filters.button(Filter.MISSING).text() == "待填 0"


def test_f8_goes_round_the_problems_and_says_which_it_is(qtbot: QtBot, desk: EntryDesk) -> None:
    fill(desk, I13="12.5", I12="0.42")
    desk.go_to("I03")
    desk.press(Key.Key_F9)
    assert desk.code == "I12"
    assert desk.page.footer.reason.text() == "改正 1 处错误、写好 1 处说明后可上报"
    desk.press(Key.Key_F8)
    assert desk.code == "I13"
    desk.press(Key.Key_F8)
    assert desk.code == "I12"
    desk.press(Key.Key_F8, SHIFT)
    assert desk.code == "I13"
    qtbot.waitUntil(lambda: desk.page.panel.code == "I13")


def test_f8_without_problems_leads_to_cells_to_fill(desk: EntryDesk) -> None:
    desk.type_enter("71.9")
    desk.go_to("I16")
    desk.press(Key.Key_F8)
    assert desk.code == "I04"


def test_f9_keeps_the_open_cell_and_marks_a_clean_return_checked(desk: EntryDesk) -> None:
    fill(desk)
    desk.go_to("I03")
    desk.type("72")
    desk.press(Key.Key_F9)
    assert str(desk.entry("I03").value) == "72"
    assert desk.office.actions.fill.sheet(KEY).head.state is ReturnState.CHECKED
    assert desk.page.footer.sign.isEnabled()
    assert desk.page.footer.sign.property("kind") == "primary"
    assert "审核通过，请签报。" in desk.notices.texts


def test_an_edit_after_checking_makes_a_draft_again(desk: EntryDesk) -> None:
    fill(desk)
    desk.press(Key.Key_F9)
    desk.go_to("I03")
    desk.type_enter("72")
    assert desk.page.footer.reason.text() == "都填好了，请审核"


def test_export_is_asked_for_only_when_nothing_is_open(qtbot: QtBot, desk: EntryDesk) -> None:
    footer = desk.page.footer
    assert not footer.sign.isEnabled()
    assert footer.reason.text() == "还差 14 项"
    fill(desk)
    assert footer.sign.isEnabled() and not footer.export.isVisible()
    desk.office.actions.sign_off.sign_off(KEY, Signature("张建平", "", "王芳"))
    desk.page.refresh()
    assert footer.export.isVisible() and not footer.sign.isVisible()
    with qtbot.waitSignal(desk.page.export_requested):
        desk.page.footer.export.click()


def test_ctrl_s_says_when_everything_was_kept(desk: EntryDesk) -> None:
    desk.type_enter("71.9")
    desk.press(Key.Key_S, CTRL)
    saved = desk.page.writer.saved_at
    assert saved is not None
    assert desk.notices.texts[-1] == f"已自动保存 {saved:%H:%M}，不用手动存"


def test_a_full_disk_leaves_the_typed_text_on_screen(
    desk: EntryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Changes:
        raise WorkspaceFault("disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(desk.office.actions.fill, "edit", full)
        desk.type_enter("71.9")
        assert desk.page.grid.editor is not None
        assert desk.page.grid.editor.text() == "71.9"
        assert any("磁盘满了" in text for text in desk.notices.texts)
        assert not desk.entry("I03").filled
    desk.press(Key.Key_Return)
    assert str(desk.entry("I03").value) == "71.9"


def test_what_is_typed_is_kept_when_the_page_is_left(desk: EntryDesk) -> None:
    desk.type("71.9")
    desk.page.hide()
    assert str(desk.entry("I03").value) == "71.9"


def test_another_period_is_shown_after_what_is_typed_was_kept_on_the_first(desk: EntryDesk) -> None:
    desk.type("71.9")
    desk.changes.publish(desk.office.actions.desk.choose_period(Period(2024, 2)))
    assert desk.page.writer.key.period == Period(2024, 2)
    assert str(desk.entry("I03").value) == "71.9"
    assert str(desk.page.model.row_of("I03").entry.value) == "69.8"


def test_a_text_that_was_not_taken_is_named_when_another_period_is_shown(desk: EntryDesk) -> None:
    desk.type_enter("abc")
    desk.changes.publish(desk.office.actions.desk.choose_period(Period(2024, 2)))
    assert desk.page.grid.editor is None
    assert any("“abc”不是数字" in text for text in desk.notices.texts)


def test_other_pages_can_ask_for_an_indicator(desk: EntryDesk) -> None:
    desk.page.header.filters.button(Filter.ERRORS).click()
    desk.page.go_to("I13")
    assert desk.code == "I13"


def test_a_name_is_shown_as_it_is_kept(qtbot: QtBot, desk: EntryDesk) -> None:
    field = desk.page.footer.fields["filled_by"]
    field.setText("王\u200b芳\t（代）")
    field.editingFinished.emit()
    assert desk.office.actions.fill.sheet(KEY).head.signature.filled_by == "王芳 （代）"
    assert field.text() == "王芳 （代）" and desk.page.footer.unsaved == ""


def test_a_date_that_is_no_day_stays_where_it_was_typed(qtbot: QtBot, desk: EntryDesk) -> None:
    field = desk.page.footer.fields["date"]
    field.setText("2024-13-45")
    field.editingFinished.emit()
    assert desk.office.actions.fill.sheet(KEY).head.signature.date == ""
    assert field.text() == "2024-13-45" and desk.page.footer.unsaved == "2024-13-45"
    field.setText("2024-10-12")
    field.editingFinished.emit()
    assert desk.office.actions.fill.sheet(KEY).head.signature.date == "2024-10-12"
    assert desk.page.footer.unsaved == ""


def test_the_signature_is_kept_field_by_field(qtbot: QtBot, desk: EntryDesk) -> None:
    field = desk.page.footer.fields["filled_by"]
    field.setFocus()
    field.setText("王芳")
    desk.press(Key.Key_Return)
    assert desk.office.actions.fill.sheet(KEY).head.signature.filled_by == "王芳"


def test_sixteen_indicators_fit_a_page_of_1366_by_768(desk: EntryDesk) -> None:
    grid = desk.page.grid
    last = grid.visualRect(desk.page.model.index_of("I16"))
    assert grid.viewport().rect().contains(last)
    assert not grid.isColumnHidden(INDEX[ColumnId.NOTE])


def test_a_class_opens_and_closes_by_a_click(qtbot: QtBot, desk: EntryDesk) -> None:
    grid, model = desk.page.grid, desk.page.model
    header = QPoint(60, grid.rowViewportPosition(0) + 8)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=header)
    assert model.place_of("I01") is None
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=header)
    assert model.place_of("I01") is not None


def test_below_1180_the_panel_is_a_drawer_over_the_grid(desk: EntryDesk) -> None:
    desk.page.resize(976, 552)
    assert desk.page.panel.isHidden()
    desk.press(Key.Key_F4)
    assert desk.page.panel.isVisible()
    assert desk.page.grid.geometry().right() == desk.page.panel.geometry().right()
    desk.press(Key.Key_F4)
    assert desk.page.panel.isHidden()


def test_everything_that_takes_the_focus_has_a_name(desk: EntryDesk) -> None:
    nameless = [
        widget
        for widget in desk.page.findChildren(QWidget)
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and widget.isVisibleTo(desk.page)
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and not widget.focusProxy()
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []


def test_a_submitted_return_is_grey_and_says_why(desk: EntryDesk) -> None:
    fill(desk)
    with desk.office.store.writing("test", None) as uow:
        head = desk.office.actions.fill.sheet(KEY).head
        uow.returns.put(replace(head, state=ReturnState.SUBMITTED))
    desk.page.refresh()
    desk.go_to("I03")
    desk.type("5")
    assert desk.page.grid.editor is None
    assert "点“撤回…”" in desk.page.grid.notice_text
    assert not desk.page.footer.check.isEnabled()
