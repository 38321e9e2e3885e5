"""The columns of the indicator grid as frozen records: what each says, how wide, when it gives way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import partial

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.returns.entry import NAMED_FIELDS
from kjxd_desktop.ui.entry.tips import findings_tip, name_tip, targets_tip, value_tip
from kjxd_desktop.ui.grid.cell_texts import (
    SheetView,
    cell_text,
    change_text,
    check_mark,
    light_word,
    targets_mark,
    targets_text,
    value_text,
)
from kjxd_desktop.usecases.filling.edits import Edit, RemarkEdit, TextEdit
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.wording.dates import span_text
from kjxd_desktop.wording.numbers import ABSENT, number_text, percent_text
from kjxd_desktop.wording.terms import ENTRY_FIELD


class ColumnId(StrEnum):
    """Names of the columns."""

    NO = "no"
    NAME = "name"
    UNIT = "unit"
    BASELINE = "baseline"
    LAST_YEAR = "last_year"
    PREVIOUS = "previous"
    VALUE = "value"
    CHANGE = "change"
    TARGETS = "targets"
    COMPLETION = "completion"
    LIGHT = "light"
    CHECK = "check"
    NOTE = "note"


class Align(Enum):
    """Where a cell's text stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


Text = Callable[[EntryRow, SheetView], str]


def _nothing(row: EntryRow) -> str:
    return ""


# The longest names of the plans fit; more room than this goes to the other columns.
WIDEST_NAME = 380
MOST_PERCENT = 999


@dataclass(frozen=True, slots=True)
class EntryColumn:
    """One column.

    Attributes:
        title: Header, at most two lines.
        text: The cell's text, for the eye, for screen readers and for Ctrl+C.
        width: In logical pixels at normal letter size; the name column takes what is left over.
        drop: Order in which columns give way when the grid is too narrow; None never.
        narrow: Width a column shrinks to when it gives way; 0 hides it.
        wide: Shown only when there is room to spare (screens from 1600 logical pixels).
        field: The entry's field that is filled here; empty where nothing is.
        edit: What a text typed, pasted or cleared here does to the cell; None where nothing is filled.
        kept: What an editor opens with, and Ctrl+C takes from a cell that is filled.
        prose: Free text: the input method stays on, spaces begin a text, the editor is wide.
        sign: Shows only that there is something; the text stands in the tooltip and the panel.
        tip: The tooltip; empty when the cell says everything itself.
    """

    id: ColumnId
    title: Callable[[SheetView], str]
    text: Text
    width: int
    align: Align
    drop: int | None = None
    narrow: int = 0
    wide: bool = False
    field: str = ""
    edit: Callable[[str], Edit] | None = None
    kept: Callable[[EntryRow], str] = _nothing
    prose: bool = False
    sign: bool = False
    tip: Callable[[EntryRow], str] = _nothing


def remark_column(
    id: ColumnId, name: str, width: int, drop: int | None, *, sign: bool = False
) -> EntryColumn:
    """A column of a free text beside the figure, headed by the field's own word.

    Args:
        name: One of ``REMARKS``.
        drop: Its place among the columns that give way in a narrow window, see :class:`EntryColumn`.
    """
    remark = NAMED_FIELDS[name]

    def text(row: EntryRow, view: SheetView | None = None) -> str:
        return remark.text_of(row.entry)

    return EntryColumn(
        id,
        _fixed(ENTRY_FIELD[remark.name]),
        text,
        width,
        Align.CENTRE if sign else Align.LEFT,
        drop=drop,
        field=name,
        edit=partial(RemarkEdit, name),
        kept=text,
        prose=True,
        sign=sign,
        tip=text,
    )


def _fixed(title: str) -> Callable[[SheetView], str]:
    return lambda view: title


def _no(row: EntryRow, view: SheetView) -> str:
    return row.indicator.no


def _name(row: EntryRow, view: SheetView) -> str:
    return row.indicator.name


def _unit(row: EntryRow, view: SheetView) -> str:
    return row.indicator.unit


def _baseline(row: EntryRow, view: SheetView) -> str:
    baseline = row.standing.yardstick.baseline or row.indicator.baseline
    return ABSENT if baseline is None else f"{number_text(baseline.value)} ({baseline.year})"


def _last_year(row: EntryRow, view: SheetView) -> str:
    return value_text(row.last_year)


def _previous(row: EntryRow, view: SheetView) -> str:
    return value_text(row.previous)


def _value(row: EntryRow, view: SheetView) -> str:
    return cell_text(row)


def _change(row: EntryRow, view: SheetView) -> str:
    return change_text(row)


def _targets(row: EntryRow, view: SheetView) -> str:
    return f"{targets_mark(row, view)} {targets_text(row, view)}".strip()


def _completion(row: EntryRow, view: SheetView) -> str:
    share = row.standing.completion
    # Beyond this the digits say no more, and they would run into the bar.
    return f">{MOST_PERCENT}%" if share is not None and share * 100 > MOST_PERCENT else percent_text(share)


def _light(row: EntryRow, view: SheetView) -> str:
    return light_word(row)


def _check(row: EntryRow, view: SheetView) -> str:
    return check_mark(row)[1]


def _kept_value(row: EntryRow) -> str:
    """The number as kept, without grouping."""
    return "" if row.entry.value is None else plain_text(row.entry.value)


def _previous_title(view: SheetView) -> str:
    return f"上期\n{span_text(view.period.previous())}"


def _value_title(view: SheetView) -> str:
    return f"本期累计\n{span_text(view.period)}"


def _targets_title(view: SheetView) -> str:
    return f"{view.target_year} 目标\n约束 / 预期" if view.two_kinds else f"{view.target_year}\n目标"


def _completion_title(view: SheetView) -> str:
    return "完成率\n对约束值" if view.two_kinds else "完成率"


COLUMNS: tuple[EntryColumn, ...] = (
    EntryColumn(ColumnId.NO, _fixed("序号"), _no, 30, Align.CENTRE),
    EntryColumn(ColumnId.NAME, _fixed("指标"), _name, 200, Align.LEFT, tip=name_tip),
    EntryColumn(ColumnId.UNIT, _fixed("单位"), _unit, 36, Align.CENTRE),
    EntryColumn(ColumnId.BASELINE, _fixed("基期\n（年份）"), _baseline, 96, Align.RIGHT, wide=True),
    EntryColumn(ColumnId.LAST_YEAR, _fixed("上年同期"), _last_year, 56, Align.RIGHT, drop=1),
    EntryColumn(ColumnId.PREVIOUS, _previous_title, _previous, 54, Align.RIGHT),
    EntryColumn(
        ColumnId.VALUE,
        _value_title,
        _value,
        90,
        Align.RIGHT,
        field="value",
        edit=TextEdit,
        kept=_kept_value,
        tip=value_tip,
    ),
    EntryColumn(ColumnId.CHANGE, _fixed("同比"), _change, 60, Align.RIGHT),
    EntryColumn(ColumnId.TARGETS, _targets_title, _targets, 84, Align.RIGHT, tip=targets_tip),
    EntryColumn(ColumnId.COMPLETION, _completion_title, _completion, 84, Align.RIGHT, drop=2, narrow=60),
    EntryColumn(ColumnId.LIGHT, _fixed("序时"), _light, 66, Align.LEFT),
    EntryColumn(ColumnId.CHECK, _fixed("检查"), _check, 84, Align.LEFT, tip=findings_tip),
    remark_column(ColumnId.NOTE, "note", 34, drop=3, sign=True),
)


def column_of(names: Collection[str]) -> ColumnId:
    """The column that fills one of these fields; the value's where none does alone."""
    if len(names) > 1:
        return ColumnId.VALUE
    return next((column.id for column in COLUMNS if column.field in names), ColumnId.VALUE)


INDEX: dict[ColumnId, int] = {column.id: place for place, column in enumerate(COLUMNS)}


def fit_widths(available: int, scale: float, columns: Sequence[EntryColumn] = COLUMNS) -> tuple[int, ...]:
    """Widths that fill the grid; 0 hides a column.

    Columns give way in their ``drop`` order until the name keeps its least width; the name takes
    what is left over. Wide columns come in only when the name still has half as much again.

    Args:
        available: Inner width of the grid in logical pixels.
        scale: 1.0 at normal letter size, above it for large letters.
    """
    widths = {column.id: 0 if column.wide else round(column.width * scale) for column in columns}
    giving = sorted(
        (column for column in columns if column.drop is not None), key=lambda item: item.drop or 0
    )
    for column in giving:
        if sum(widths.values()) <= available:
            break
        widths[column.id] = round(column.narrow * scale)
    for column in columns:
        wanted = round(column.width * scale)
        if column.wide and sum(widths.values()) + wanted + widths[ColumnId.NAME] // 2 <= available:
            widths[column.id] = wanted
    spare = max(0, available - sum(widths.values()))
    name_wants = max(0, round(WIDEST_NAME * scale) - widths[ColumnId.NAME])
    if spare > name_wants:
        # On a wide screen every column breathes, so that names do not drift away from their numbers.
        others = sum(widths.values()) - widths[ColumnId.NAME]
        for column in columns:
            if column.id is not ColumnId.NAME:
                widths[column.id] += (spare - name_wants) * widths[column.id] // others
    widths[ColumnId.NAME] += max(0, available - sum(widths.values()))
    return tuple(widths[column.id] for column in columns)
