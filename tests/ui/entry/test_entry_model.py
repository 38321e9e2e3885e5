"""Lines of the grid: texts, states, widths, and that one change touches one row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.ui.entry.columns import COLUMNS, INDEX, ColumnId, fit_widths
from kjxd_desktop.ui.entry.entry_model import EntryTableModel, GroupLine
from kjxd_desktop.ui.entry.standing_texts import standing_sentence
from kjxd_desktop.ui.grid.cell_texts import CellState, SheetView
from kjxd_desktop.ui.grid.ink import NARROW, EntryInk
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.filling.edits import StatusEdit, TextEdit
from tests.helpers.offices import COUNTY, KEY, PLAN, county_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A county's workspace."""
    with county_office(tmp_path) as opened:
        yield opened


def model_of(office: Office) -> EntryTableModel:
    """The lines of its return."""
    model = EntryTableModel()
    model.set_sheet(office.actions.fill.sheet(KEY), SheetView.of(office.actions.desk.desk()))
    return model


def text(model: EntryTableModel, code: str, column: ColumnId) -> str:
    """What a cell shows."""
    return str(model.data(model.index_of(code, column)))


def state(model: EntryTableModel, code: str) -> CellState:
    """How a value cell looks."""
    line = model.indicator_line(model.index_of(code).row())
    assert line is not None
    return line.state


def test_lines_are_classes_with_their_indicators(office: Office) -> None:
    model = model_of(office)
    groups = [line for at in range(model.rowCount()) if isinstance(line := model.line(at), GroupLine)]
    assert [(group.name, group.filled, group.due) for group in groups] == [
        ("综合", 0, 1),
        ("投入", 0, 5),
        ("产出", 0, 8),
    ]
    assert model.rowCount() == 19


def test_headers_name_the_cumulative_span(office: Office) -> None:
    model = model_of(office)
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(len(COLUMNS))]
    assert titles[INDEX[ColumnId.PREVIOUS]] == "上期\n1—6月"
    assert titles[INDEX[ColumnId.VALUE]] == "本期累计\n1—9月"
    assert titles[INDEX[ColumnId.TARGETS]] == "2025 目标\n约束 / 预期"


def test_cells_say_whose_targets_they_show(office: Office) -> None:
    office.actions.targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "12")
    office.actions.targets.set_target(PLAN, COUNTY, "I13", TargetKind.EXPECTED, 2025, "16")
    model = model_of(office)
    assert text(model, "I13", ColumnId.TARGETS) == "县 12 / 16"
    assert text(model, "I14", ColumnId.TARGETS).startswith("全市 ")
    assert text(model, "I07", ColumnId.TARGETS) == "30 / 35"


def test_states_of_cells(office: Office) -> None:
    fill = office.actions.fill
    fill.edit(KEY, "I03", TextEdit("71.9"))
    fill.edit(KEY, "I04", TextEdit("0.69估"))
    fill.edit(KEY, "I13", TextEdit("12.5"))
    fill.edit(KEY, "I14", StatusEdit(EntryStatus.NOT_APPLICABLE))
    model = model_of(office)
    assert state(model, "I01") is CellState.LOCKED
    assert state(model, "I03") is CellState.FILLED
    assert state(model, "I04") is CellState.ESTIMATED
    assert state(model, "I05") is CellState.MISSING
    assert state(model, "I13") is CellState.HARD
    assert text(model, "I14", ColumnId.VALUE) == "不适用"
    assert text(model, "I05", ColumnId.VALUE) == "待填"
    assert text(model, "I01", ColumnId.VALUE) == "未下发"
    assert text(model, "I13", ColumnId.LIGHT) == "待改"
    assert text(model, "I13", ColumnId.CHECK) == "应是整数"


def test_what_is_typed_is_what_is_shown(office: Office) -> None:
    office.actions.fill.edit(KEY, "I12", TextEdit("1234.50"))
    model = model_of(office)
    index = model.index_of("I12")
    assert text(model, "I12", ColumnId.VALUE) == "1,234.50"
    assert model.data(index, Qt.ItemDataRole.EditRole) == "1234.50"


def test_a_share_beyond_all_measure_stays_short(office: Office) -> None:
    office.actions.fill.edit(KEY, "I06", TextEdit("9"))
    assert text(model_of(office), "I06", ColumnId.COMPLETION) == ">999%"


def test_a_screen_reader_hears_indicator_value_unit_and_problem(office: Office) -> None:
    office.actions.fill.edit(KEY, "I13", TextEdit("12.5"))
    model = model_of(office)
    spoken = model.data(model.index_of("I13"), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "高新技术企业 本期累计 12.5 家 应是整数"


def test_one_changed_row_draws_itself_and_its_class_header_only(office: Office) -> None:
    model = model_of(office)
    rows: list[int] = []
    resets: list[None] = []

    def note_row(first: QModelIndex, last: QModelIndex) -> None:
        rows.extend(range(first.row(), last.row() + 1))

    model.dataChanged.connect(note_row)
    model.modelReset.connect(lambda: resets.append(None))
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    model.update_row(office.actions.fill.row(KEY, "I13"))
    place = model.place_of("I13")
    assert place is not None
    group = next(at for at in range(place, -1, -1) if isinstance(model.line(at), GroupLine))
    assert sorted(rows) == [group, place]
    assert resets == []
    line = model.line(group)
    assert isinstance(line, GroupLine) and line.filled == 1


@pytest.mark.parametrize("width", [780, 900, 952, 1100, 1500])
def test_widths_fill_the_grid(width: int) -> None:
    assert sum(fit_widths(width, 1.0)) == width


def test_columns_give_way_in_the_agreed_order() -> None:
    least = sum(column.width for column in COLUMNS if not column.wide)

    def hidden(width: int) -> set[ColumnId]:
        return {column.id for column, at in zip(COLUMNS, fit_widths(width, 1.0), strict=True) if at == 0}

    assert hidden(least) == {ColumnId.BASELINE}
    assert hidden(least - 1) == {ColumnId.BASELINE, ColumnId.LAST_YEAR}
    widths = fit_widths(least - 60, 1.0)
    assert 0 < widths[INDEX[ColumnId.COMPLETION]] < COLUMNS[INDEX[ColumnId.COMPLETION]].width
    assert hidden(least - 110) == {ColumnId.BASELINE, ColumnId.LAST_YEAR, ColumnId.NOTE}


def test_long_names_shrink_then_narrow_then_end_in_an_ellipsis(qapp: QApplication) -> None:
    ink = EntryInk(Theme())
    name = "全市规模以上工业企业研发经费支出占营业收入的比重"
    wide = round(QFontMetricsF(ink.font).horizontalAdvance(name)) + 1
    small = round(QFontMetricsF(ink.small).horizontalAdvance(name)) + 1
    assert ink.fit(name, wide, bold=False).font == ink.font
    assert (ink.fit(name, small, bold=False).font, ink.fit(name, small, bold=False).scale) == (ink.small, 1.0)
    narrow = ink.fit(name, round(small * NARROW) + 1, bold=False)
    assert (narrow.text, narrow.scale) == (name, NARROW)
    assert ink.fit(name, 120, bold=False).text.endswith("…")


def test_the_sentence_says_both_paths_and_the_gap(office: Office) -> None:
    targets = office.actions.targets
    targets.set_baseline(PLAN, COUNTY, "I13", 2021, "8")
    targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "12")
    targets.set_target(PLAN, COUNTY, "I13", TargetKind.EXPECTED, 2025, "16")

    def sentence(value: str) -> str:
        office.actions.fill.edit(KEY, "I13", TextEdit(value))
        return standing_sentence(office.actions.fill.row(KEY, "I13"))

    # Eleven of sixteen quarters have passed: 8 + 4 × 11/16 and 8 + 8 × 11/16.
    assert sentence("11") == "填 11 家：已达约束路径 10.8，距预期路径 13.5 还差 2.5 家。"
    assert sentence("14") == "填 14 家：已达预期路径 13.5。"
    assert sentence("9") == "填 9 家：低于约束路径 10.8，还差 1.8 家。"
