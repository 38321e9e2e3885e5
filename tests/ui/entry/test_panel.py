"""The detail panel: components, reasons, data years, what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.returns import Explanation, ReturnState
from kjxd_desktop.ui.entry.cell_history import value_word
from kjxd_desktop.ui.grid.cell_texts import change_text
from kjxd_desktop.ui.parts.sure_dialog import SureDialog
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, TextEdit
from tests.helpers.offices import COUNTY, KEY, PLAN
from tests.ui.fakes import EntryDesk, entry_desk

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[EntryDesk]:
    """The page of a return whose last quarter is known."""
    with entry_desk(qtbot, tmp_path, last_quarter=True) as opened:
        yield opened


def show(qtbot: QtBot, desk: EntryDesk, code: str) -> None:
    """Put the cursor on an indicator and wait for the panel."""
    desk.go_to(code)
    qtbot.waitUntil(lambda: desk.page.panel.code == code)


def words(desk: EntryDesk) -> str:
    """Everything the panel says."""
    labels = desk.page.panel.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(desk.page.panel))


def test_the_panel_follows_the_cursor(qtbot: QtBot, desk: EntryDesk) -> None:
    show(qtbot, desk, "I13")
    assert "高新技术企业" in words(desk)
    assert "口径" in words(desk)


def test_a_ratio_is_worked_out_from_its_components_at_once(qtbot: QtBot, desk: EntryDesk) -> None:
    show(qtbot, desk, "I07")
    fields = desk.page.panel.components
    fields.numerator.setFocus()
    desk.type_enter("77")
    assert fields.denominator.hasFocus()
    desk.type_enter("250")
    entry = desk.entry("I07")
    assert (str(entry.numerator), str(entry.denominator), entry.computed) == ("77", "250", True)
    assert str(entry.value) == str(desk.page.model.row_of("I07").entry.value)
    assert entry.value is not None and entry.value * 250 == 7700
    assert desk.page.grid.hasFocus()
    assert desk.code == "I08"


def test_a_component_that_is_no_number_is_refused_beside_its_field(qtbot: QtBot, desk: EntryDesk) -> None:
    show(qtbot, desk, "I07")
    desk.page.panel.components.numerator.setFocus()
    desk.type_enter("many")
    assert "不是数字" in words(desk)
    assert desk.page.panel.components.numerator.text() == "many"
    assert desk.entry("I07").numerator is None
    desk.page.panel.components.numerator.clear()


def test_an_indicator_without_components_offers_none(qtbot: QtBot, desk: EntryDesk) -> None:
    show(qtbot, desk, "I13")
    assert desk.page.panel.components.isHidden()


def test_a_reason_makes_the_finding_stand(qtbot: QtBot, desk: EntryDesk) -> None:
    desk.go_to("I12")
    desk.type_enter("0.42")
    show(qtbot, desk, "I12")
    assert "本期累计 0.42 亿元" in words(desk)
    assert desk.page.model.counts.to_explain == 1
    desk.page.panel.reason.edit.setFocus()
    desk.page.panel.reason.edit.setPlainText("上季度重复登记 2 份合同，本季核减")
    desk.press(Key.Key_Return, CTRL)
    findings = desk.office.actions.fill.row(KEY, "I12").findings
    assert [item.explanation for item in findings] == ["上季度重复登记 2 份合同，本季核减"]
    assert desk.page.model.counts.to_explain == 0
    assert desk.page.grid.hasFocus()


def test_an_empty_reason_is_refused(qtbot: QtBot, desk: EntryDesk) -> None:
    desk.go_to("I12")
    desk.type_enter("0.42")
    show(qtbot, desk, "I12")
    desk.page.panel.reason.button.click()
    assert "说明还没有写" in words(desk)
    assert desk.page.model.counts.to_explain == 1


def test_a_half_written_reason_waits_while_the_cursor_is_elsewhere(qtbot: QtBot, desk: EntryDesk) -> None:
    desk.go_to("I12")
    desk.type_enter("0.42")
    show(qtbot, desk, "I12")
    desk.page.panel.reason.edit.setPlainText("上季度重复登记")
    show(qtbot, desk, "I13")
    assert desk.page.panel.reason.isHidden()
    show(qtbot, desk, "I12")
    assert desk.page.panel.reason.edit.toPlainText() == "上季度重复登记"


def test_going_back_to_correct_opens_the_cell(qtbot: QtBot, desk: EntryDesk) -> None:
    desk.go_to("I12")
    desk.type_enter("0.42")
    show(qtbot, desk, "I12")
    desk.page.panel.reason.back.click()
    assert desk.page.grid.editor is not None
    assert desk.page.grid.editor.text() == "0.42"


def test_annual_figures_have_a_year_that_keys_reach(qtbot: QtBot, desk: EntryDesk) -> None:
    desk.go_to("I04")
    desk.type_enter("0.69")
    show(qtbot, desk, "I04")
    desk.press(Key.Key_4, CTRL)
    box = desk.page.panel.year.box
    assert box.hasFocus()
    assert box.currentData() == desk.entry("I04").data_year
    desk.press(Key.Key_Down)
    assert desk.entry("I04").data_year == box.currentData()
    show(qtbot, desk, "I13")
    desk.page.grid.setFocus()
    desk.press(Key.Key_4, CTRL)
    assert "不是年度数" in desk.page.grid.notice_text


def test_a_doubtful_year_is_asked_about(qtbot: QtBot, desk: EntryDesk) -> None:
    """Nothing is kept, and the panel shows what stands, until 仍要保存."""

    def question() -> SureDialog | None:
        return next((item for item in desk.page.findChildren(SureDialog) if item.isVisible()), None)

    desk.go_to("I04")
    desk.type_enter("0.69")
    show(qtbot, desk, "I04")
    field = desk.page.panel.year
    kept = desk.entry("I04").data_year
    wrong = field.box.findData(desk.page.writer.key.period.year)
    for answer in ("back", "confirm"):
        field.box.setCurrentIndex(wrong)
        field.box.activated.emit(wrong)
        qtbot.waitUntil(lambda: question() is not None)
        assert desk.entry("I04").data_year == kept == field.box.currentData()
        dialog = question()
        assert dialog is not None and "报告期这一年" in dialog.words.text()
        getattr(dialog, answer).click()
        qtbot.waitUntil(lambda: question() is None)
    qtbot.waitUntil(lambda: field.box.currentData() == desk.page.writer.key.period.year)
    assert desk.entry("I04").data_year == desk.page.writer.key.period.year


def test_an_assumed_year_is_told_once_a_return(desk: EntryDesk) -> None:
    desk.go_to("I04")
    desk.type_enter("0.69")
    desk.type_enter("0.83")
    assert len([text for text in desk.notices.texts if "数据年份" in text]) == 1


def test_a_conversion_is_told_with_both_figures(desk: EntryDesk) -> None:
    desk.go_to("I12")
    desk.office.actions.fill.edit(KEY, "I12", TextEdit("0.5"))
    for character in "4800万元":
        desk.type(character)
    desk.press(Key.Key_Return)
    assert str(desk.entry("I12").value) == "0.48"
    assert any("4800万元 已换算成 0.48 亿元" in text for text in desk.notices.texts)


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ("0.48亿", EntryStatus.REPORTED, "0.48亿 已换算成 0.48 亿元"),
        ("4800万", EntryStatus.REPORTED, "4800万 已换算成 0.48 亿元"),
        ("预计0.48", EntryStatus.ESTIMATED, "预计0.48 已记作预计数 0.48 亿元"),
        ("0.48（预计）", EntryStatus.ESTIMATED, "0.48（预计） 已记作预计数 0.48 亿元"),
    ],
)
def test_short_ways_to_write_are_taken_and_told(
    desk: EntryDesk, typed: str, status: EntryStatus, told: str
) -> None:
    desk.go_to("I12")
    for character in typed:
        desk.type(character)
    desk.press(Key.Key_Return)
    entry = desk.entry("I12")
    assert (str(entry.value), entry.status) == ("0.48", status)
    assert any(told in text for text in desk.notices.texts)


def test_points_are_refused_where_they_are_typed(desk: EntryDesk) -> None:
    desk.go_to("I04")
    for character in "0.76个百分点":
        desk.type(character)
    desk.press(Key.Key_Return)
    assert desk.entry("I04").value is None
    assert "升降了几个百分点" in desk.page.grid.notice_text


def test_history_shows_old_and_new(qtbot: QtBot, desk: EntryDesk) -> None:
    desk.go_to("I13")
    desk.type_enter("12")
    desk.go_to("I13")
    desk.type_enter("13")
    show(qtbot, desk, "I13")
    assert "12 → 13" in words(desk)
    assert "空 → 12" in words(desk)


def test_more_than_three_changes_can_be_unfolded(qtbot: QtBot, desk: EntryDesk) -> None:
    for text in ("11", "12", "13", "14", "15"):
        desk.go_to("I13")
        desk.type_enter(text)
    show(qtbot, desk, "I13")
    assert "空 → 11" not in words(desk)
    desk.page.panel.all_history.click()
    assert "空 → 11" in words(desk)
    desk.page.panel.all_history.click()
    assert "空 → 11" not in words(desk)


def test_a_trend_is_told_every_indicator_shown(qtbot: QtBot, desk: EntryDesk) -> None:
    shown: list[str] = []
    trend = QLabel("趋势")
    desk.page.panel.place_trend(trend, lambda row: shown.append(row.indicator.code))
    show(qtbot, desk, "I13")
    show(qtbot, desk, "I12")
    assert shown[-1] == "I12"
    assert "I13" in shown
    assert trend.isVisibleTo(desk.page.panel)


def test_links_name_the_indicator(qtbot: QtBot, desk: EntryDesk) -> None:
    show(qtbot, desk, "I13")
    with qtbot.waitSignal(desk.page.source_requested) as asked:
        desk.page.panel.source.click()
    assert asked.args == ["I13"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (None, "空"),
        ('{"status":"missing"}', "空"),
        ('{"status":"reported","value":"0"}', "0"),
        ('{"status":"estimated","value":"1.50"}', "1.50（预计）"),
        (f'{{"status":"{EntryStatus.NOT_APPLICABLE}"}}', "不适用"),
    ],
)
def test_history_in_a_word(content: str | None, word: str) -> None:
    assert value_word(content) == word


def test_the_reason_sent_last_time_is_offered_and_never_taken_by_itself(
    qtbot: QtBot, desk: EntryDesk
) -> None:
    before = replace(KEY, period=KEY.period.previous())
    with desk.office.store.writing("sent", None) as uow:
        head = uow.returns.find(before)
        assert head is not None
        uow.returns.put_explanation(
            before, Explanation("I12", "ytd_below_previous", "那时的依据", "一份合同注销")
        )
    panel = desk.page.panel
    desk.go_to("I12")
    desk.type_enter("0.42")
    show(qtbot, desk, "I12")
    # What was written but never sent is nobody's word yet.
    assert panel.reason.offer.isHidden()
    with desk.office.store.writing("sent", None) as uow:
        uow.returns.put(replace(head, state=ReturnState.SUBMITTED))
    desk.go_to("I12")
    desk.type_enter("0.41")
    show(qtbot, desk, "I13")
    show(qtbot, desk, "I12")
    assert panel.reason.offer.text() == "照抄2024年二季度的说明"
    assert desk.page.model.counts.to_explain == 1
    panel.reason.offer.click()
    assert panel.reason.edit.toPlainText() == "一份合同注销"
    assert desk.page.model.counts.to_explain == 1
    panel.reason.button.click()
    assert desk.page.model.counts.to_explain == 0


def test_a_change_that_would_not_fit_says_ten_times(qtbot: QtBot, desk: EntryDesk) -> None:
    """0.60 a year before: 5.99 is +898.3 %, 6.00 is ten times."""
    desk.office.actions.backfill.set_block(PLAN, COUNTY, [(KEY.period.last_year(), "I12", "0.60")])
    for text, shown in (("5.99", "+898.3%"), ("6.00", "≥10倍")):
        desk.office.actions.fill.edit(KEY, "I12", TextEdit(text))
        assert change_text(desk.office.actions.fill.row(KEY, "I12")) == shown


def test_what_blocks_stands_before_what_asks(desk: EntryDesk) -> None:
    """规上工业 R&D above the enterprises', and a ratio far out of range."""
    fill = desk.office.actions.fill
    fill.edit(KEY, "I03", ComponentsEdit("200", "280"))
    fill.edit(KEY, "I06", ComponentsEdit("300", "4000"))
    grades = [finding.grade.value for finding in fill.row(KEY, "I06").findings]
    assert grades == ["logic", "verify"]


def test_a_rule_between_cells_leads_to_the_other_one(qtbot: QtBot, desk: EntryDesk) -> None:
    """The wrong figure may be the other one: one press of the link and the cursor is there."""
    fill = desk.office.actions.fill
    fill.edit(KEY, "I06", ComponentsEdit("900", "1000"))
    fill.edit(KEY, "I03", ComponentsEdit("800", "1000"))
    desk.page.refresh()
    (finding,) = (item for item in desk.page.model.row_of("I06").findings if item.rule == "R01")
    assert finding.others == ("I03",)
    show(qtbot, desk, "I06")
    buttons = desk.page.panel.findChildren(QPushButton)
    next(button for button in buttons if button.text() == "去看第 3 项").click()
    line = desk.page.grid.current_line()
    assert line is not None and line.code == "I03"


def test_the_one_change_that_fits_is_offered_put_in_and_taken_back(qtbot: QtBot, desk: EntryDesk) -> None:
    panel = desk.page.panel
    desk.office.actions.fill.edit(replace(KEY, period=KEY.period.previous()), "I13", TextEdit("12"))
    desk.page.refresh()
    desk.go_to("I13")
    desk.type_enter("120")
    show(qtbot, desk, "I13")
    assert panel.repair.isVisibleTo(panel) and "若改成 12，" in words(desk)
    assert panel.repair.button.text() == "改成 12"
    qtbot.mouseClick(panel.repair.button, Qt.MouseButton.LeftButton)
    assert str(desk.entry("I13").value) == "12"
    qtbot.waitUntil(panel.repair.isHidden)
    desk.page.writer.undo()
    assert str(desk.entry("I13").value) == "120"
    show(qtbot, desk, "I13")
    qtbot.waitUntil(lambda: panel.repair.isVisibleTo(panel))


def test_what_was_sent_is_offered_no_change(qtbot: QtBot, desk: EntryDesk) -> None:
    desk.go_to("I13")
    desk.type_enter("120")
    with desk.office.store.writing("test", None) as uow:
        head = uow.returns.find(KEY)
        assert head is not None
        uow.returns.put(replace(head, state=ReturnState.SUBMITTED))
    desk.page.refresh()
    show(qtbot, desk, "I13")
    assert desk.page.model.row_of("I13").findings and desk.page.panel.repair.isHidden()
