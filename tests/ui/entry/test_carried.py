"""Annual figures that stand from an earlier return, on the page: seen, skipped, asked about, let stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.entry import MISSING
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.entry.entry_model import Filter, GroupLine
from kjxd_desktop.ui.entry.year_dialog import YearDialog
from kjxd_desktop.ui.grid.cell_texts import CellState, Mark
from kjxd_desktop.ui.parts.reason_dialog import ReasonDialog
from kjxd_desktop.usecases.filling.edits import TextEdit, YearEdit
from tests.helpers.offices import COUNTY, FOURTEEN, KEY, PLAN, answer_all, city_office, county_office
from tests.ui.fakes import EntryDesk, desk_of, entry_desk

LATER = ReturnKey(KEY.plan_id, KEY.unit_code, KEY.period.next())


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[EntryDesk]:
    """The fourth quarter; I04 of 2023 was given in the third, I03 of 2022 in the second."""
    with entry_desk(qtbot, tmp_path) as made:
        fill = made.office.actions.fill
        fill.edit(KEY, "I04", YearEdit(2023), TextEdit("0.69"))
        fill.edit(
            ReturnKey(KEY.plan_id, KEY.unit_code, Period(2024, 2)), "I03", YearEdit(2022), TextEdit("71.9")
        )
        made.office.actions.desk.choose_period(LATER.period)
        made.page.refresh()
        yield made


def asked(qtbot: QtBot, desk: EntryDesk) -> YearDialog:
    """The question, once it is open."""
    qtbot.waitUntil(lambda: desk.page.findChild(YearDialog) is not None)
    dialog = desk.page.findChild(YearDialog)
    assert isinstance(dialog, YearDialog)
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_what_stands_is_seen_and_counted(desk: EntryDesk) -> None:
    model = desk.page.model
    stands = model.indicator_line(model.place_of("I04") or 0)
    waits = model.indicator_line(model.place_of("I03") or 0)
    assert stands is not None and waits is not None
    assert (stands.state, stands.mark) == (CellState.CARRIED, Mark.CARRIED)
    assert (waits.state, waits.mark) == (CellState.CARRIED, Mark.AWAITS)
    counts = model.counts
    assert (counts.carried, counts.filled) == (1, 1)
    assert f"其中沿用 {counts.carried}" in desk.page.header.filled.text()
    model.set_filter(Filter.CARRIED)
    assert [line.code for line in map(model.indicator_line, range(model.rowCount())) if line] == ["I04"]
    groups = [line for line in map(model.line, range(model.rowCount())) if isinstance(line, GroupLine)]
    assert next(line.words for line in groups).endswith("沿用 1")


def test_enter_skips_what_stands(desk: EntryDesk) -> None:
    desk.go_to("I03")
    desk.type_enter("72.4")
    line = desk.page.grid.current_line()
    assert line is not None and line.code == "I05", "I04 stands from the third quarter"


@pytest.mark.parametrize(
    ("period", "answer", "year"), [("2024Q4", "correction", 2023), ("2025Q1", "new_year", 2024)]
)
def test_a_figure_over_it_is_asked_for_its_year(
    qtbot: QtBot, desk: EntryDesk, period: str, answer: str, year: int
) -> None:
    later = replace(LATER, period=Period.parse(period))
    desk.office.actions.desk.choose_period(later.period)
    desk.page.refresh()
    desk.go_to("I04")
    desk.type_enter("0.75")
    dialog = asked(qtbot, desk)
    assert dialog.new_year.isHidden() == (answer == "correction"), "2024 is not over in its fourth quarter"
    fill = desk.office.actions.fill
    assert fill.row(later, "I04").kept == MISSING, "nothing is kept unasked"
    qtbot.mouseClick(getattr(dialog, answer), Qt.MouseButton.LeftButton)
    kept = fill.row(later, "I04").kept
    assert (str(kept.value), kept.data_year, kept.carried) == ("0.75", year, False)
    assert desk.page.grid.editor is None
    desk.page.writer.undo()
    assert fill.row(later, "I04").kept == MISSING and fill.row(later, "I04").entry.carried


def test_esc_leaves_it_as_it_stands(qtbot: QtBot, desk: EntryDesk) -> None:
    desk.go_to("I04")
    desk.type_enter("0.75")
    asked(qtbot, desk).reject()
    assert desk.office.actions.fill.row(LATER, "I04").kept == MISSING
    assert desk.page.grid.editor is not None and desk.page.grid.editor.text() == "0.75", (
        "nothing is thrown away"
    )


def test_a_button_of_the_panel_says_the_year_before_it_is_typed(qtbot: QtBot, desk: EntryDesk) -> None:
    desk.go_to("I04")
    box = desk.page.panel.carried
    qtbot.waitUntil(lambda: "2023 年数 0.69" in box.title.text())
    assert "2025 年 9 月公布" in box.sentence.text() and box.carry_on.isHidden()
    qtbot.mouseClick(box.correction, Qt.MouseButton.LeftButton)
    desk.type_enter("0.70")
    kept = desk.office.actions.fill.row(LATER, "I04").kept
    assert (str(kept.value), kept.data_year) == ("0.70", 2023)


def test_one_key_lets_several_stand(qtbot: QtBot, desk: EntryDesk) -> None:
    model, grid = desk.page.model, desk.page.grid
    assert model.counts.missing > 0 and not model.row_of("I03").answered
    desk.go_to("I03")
    qtbot.waitUntil(lambda: "待更新" in desk.page.panel.carried.title.text())
    assert "2023 年的数" in desk.page.panel.carried.sentence.text()
    grid.selectAll()
    desk.press(Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    kept = desk.office.actions.fill.row(LATER, "I03").kept
    assert (str(kept.value), kept.data_year, kept.carried) == ("71.9", 2022, True)
    assert model.row_of("I03").answered
    desk.page.writer.undo()
    assert not model.row_of("I03").answered


def test_a_year_that_was_named_holds_for_what_is_typed_next_and_no_longer(
    qtbot: QtBot, desk: EntryDesk
) -> None:
    desk.go_to("I04")
    box, fill = desk.page.panel.carried, desk.office.actions.fill
    qtbot.waitUntil(lambda: "2023 年数 0.69" in box.title.text())
    qtbot.mouseClick(box.correction, Qt.MouseButton.LeftButton)
    desk.press(Qt.Key.Key_Escape)
    desk.type_enter("0.70")
    asked(qtbot, desk).reject()
    assert fill.row(LATER, "I04").kept == MISSING, "Esc took back what the button said"


def test_a_year_that_was_named_says_nothing_of_a_mark(qtbot: QtBot, desk: EntryDesk) -> None:
    desk.go_to("I04")
    box, fill = desk.page.panel.carried, desk.office.actions.fill
    qtbot.waitUntil(lambda: "2023 年数 0.69" in box.title.text())
    qtbot.mouseClick(box.correction, Qt.MouseButton.LeftButton)
    desk.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert fill.row(LATER, "I04").entry.status is EntryStatus.NOT_APPLICABLE, desk.page.grid.notice_text


def test_enter_in_the_question_gives_the_usual_answer(qtbot: QtBot, desk: EntryDesk) -> None:
    desk.go_to("I04")
    desk.type_enter("0.75")
    dialog = asked(qtbot, desk)
    qtbot.waitUntil(dialog.correction.hasFocus)
    desk.press(Qt.Key.Key_Return)
    kept = desk.office.actions.fill.row(LATER, "I04").kept
    assert (str(kept.value), kept.data_year) == ("0.75", 2023)


def test_opening_a_cell_that_stands_and_leaving_it_changes_nothing(desk: EntryDesk) -> None:
    fill = desk.office.actions.fill
    desk.go_to("I04")
    for keys in (
        (Qt.Key.Key_F2, Qt.Key.Key_Return),
        (Qt.Key.Key_F2, Qt.Key.Key_Escape),
        (Qt.Key.Key_Delete,),
    ):
        desk.go_to("I04")
        for key in keys:
            desk.press(key)
        assert desk.page.grid.editor is None
        assert fill.row(LATER, "I04").kept == MISSING and fill.row(LATER, "I04").entry.carried


def test_what_stands_is_called_no_other_year_without_a_figure(qtbot: QtBot, desk: EntryDesk) -> None:
    panel, fill = desk.page.panel, desk.office.actions.fill
    fill.carry_on(LATER, ("I03",))
    desk.page.refresh()
    desk.go_to("I03")
    desk.page.grid.setFocus()
    qtbot.waitUntil(lambda: panel.code == "I03")
    assert fill.row(LATER, "I03").kept.carried and not panel.year.box.isEnabled()


def test_a_correction_of_what_was_accepted_asks_for_its_reason_and_then_for_its_year(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with county_office(tmp_path) as county, city_office(tmp_path) as city:
        county.actions.fill.edit(
            ReturnKey(PLAN, COUNTY, Period(2024, 1)), "I04", YearEdit(2022), TextEdit("0.69")
        )
        later = ReturnKey(PLAN, COUNTY, Period(2024, 2))
        for row in county.actions.fill.sheet(later).rows:
            if row.due and not row.answered:
                county.actions.fill.edit(later, row.indicator.code, TextEdit(FOURTEEN[row.indicator.code]))
        answer_all(county, later)
        county.actions.send.submit(later, tmp_path / "sent.xlsx")
        preview = city.actions.receive.preview(tmp_path / "sent.xlsx")
        city.actions.receive.apply(preview, city.actions.receive.accept_all(preview))
        assert city.actions.fill.row(later, "I04").kept.carried
        city.actions.accept.accept(later)
        city.actions.accept.reopen(later, "来函更正")
        city.actions.desk.choose_return(later)
        with desk_of(qtbot, city) as desk:
            desk.go_to("I04")
            desk.type_enter("0.75")
            qtbot.waitUntil(lambda: desk.page.findChild(ReasonDialog) is not None)
            reason = desk.page.findChild(ReasonDialog)
            assert isinstance(reason, ReasonDialog)
            reason.reason.setText("统计局修订")
            reason.confirm.click()
            asked(qtbot, desk).correction.click()
        kept = city.actions.fill.row(later, "I04").kept
        assert (str(kept.value), kept.data_year, kept.carried) == ("0.75", 2022, False)
        assert city.actions.fill.history(later, "I04")[0].why == "统计局修订"


def test_a_block_over_what_stands_names_no_command(desk: EntryDesk) -> None:
    desk.go_to("I04")
    QGuiApplication.clipboard().setText("0.75\n0.80\n")
    desk.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    said = "\n".join(desk.notices.texts)
    assert "现在沿用2022年的数" in said or "现在沿用2023年的数" in said
    assert "--" not in said and "命令" not in said and "请在这一格里单独再填一次" in said
