"""Returns as a table: a city's units in one period, or a county's own periods."""

from __future__ import annotations

from PySide6.QtCore import QObject

from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.ui.parts.glyphs import STATE_GLYPHS, Glyph, Tone
from kjxd_desktop.ui.parts.marked_model import MarkedModel
from kjxd_desktop.ui.parts.marked_table import CellMark
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.sending.shown import ReturnsRow, ReturnsShown
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.terms import RETURN_STATE

CITY_TITLES = ("单位", "应报内容", "状态", "收到时间", "是否按时", "审核", "缺项")
COUNTY_TITLES = ("报告期", "应报内容", "状态", "上报时间", "校验码", "审核", "缺项")


class ReturnsModel(MarkedModel[ReturnsRow]):
    """One row a unit (city) or a period (county)."""

    def __init__(self, role: Role, parent: QObject | None = None) -> None:
        super().__init__(CITY_TITLES if role is Role.CITY else COUNTY_TITLES, parent)
        self._role = role

    def show_json(self, answer: ReturnsShown) -> None:
        """Show other rows."""
        self.show_rows(answer.rows)

    def line(self, row: int) -> ReturnsRow:
        """What a row shows."""
        return self._rows[row]

    def text_of(self, row: ReturnsRow, column: int) -> str:
        """The words of a cell."""
        return self._cell(row, column)[0]

    def mark_of(self, row: ReturnsRow, column: int) -> CellMark | None:
        """What stands before them."""
        return self._cell(row, column)[1]

    def _cell(self, row: ReturnsRow, column: int) -> tuple[str, CellMark | None]:
        cells = (
            self._name,
            _content,
            _state,
            self._when,
            self._on_time,
            _check,
            _missing,
        )
        return cells[column](row)

    def _name(self, row: ReturnsRow) -> tuple[str, CellMark | None]:
        name = (row.unit.office or row.unit.name) if self._role is Role.CITY else period_title(row.period)
        return name, CellMark(bold=True)

    def _when(self, row: ReturnsRow) -> tuple[str, CellMark | None]:
        city = self._role is Role.CITY
        moment = row.received_at if city else row.head.submitted_at if row.head else None
        return ("—" if moment is None else f"{moment:%m-%d %H:%M}"), None

    def _on_time(self, row: ReturnsRow) -> tuple[str, CellMark | None]:
        if self._role is Role.COUNTY:
            return (row.head.check_code if row.head and row.head.check_code else "—"), None
        if row.on_time is None:
            return "—", None
        if row.on_time:
            return "按时", CellMark(Glyph.CHECK, Tone.GOOD)
        return "晚了", CellMark(Glyph.BEHIND, Tone.WARN)


def _content(row: ReturnsRow) -> tuple[str, CellMark | None]:
    return f"指标 {row.due} · 任务 {row.tasks}", None


def _state(row: ReturnsRow) -> tuple[str, CellMark | None]:
    if row.head is None or (row.head.state is ReturnState.DRAFT and not row.begun and not row.reported):
        return "未报", CellMark(Glyph.RING, Tone.QUIET, chip=True)
    glyph, tone = STATE_GLYPHS[row.head.state]
    return RETURN_STATE[row.head.state], CellMark(glyph, tone, chip=True)


def _check(row: ReturnsRow) -> tuple[str, CellMark | None]:
    if row.errors:
        return f"错误 {row.errors}", CellMark(Glyph.BAD, Tone.BAD)
    if row.to_explain:
        return f"待说明 {row.to_explain}", CellMark(Glyph.WARN, Tone.WARN)
    if not row.begun:
        # What stands there from earlier returns was checked in those.
        return "—", None
    return "通过", CellMark(Glyph.CHECK, Tone.GOOD)


def _missing(row: ReturnsRow) -> tuple[str, CellMark | None]:
    parts = []
    if row.due > row.filled:
        parts.append(f"指标缺 {row.due - row.filled}")
    if row.tasks > row.updated:
        parts.append(f"任务没更新 {row.tasks - row.updated}")
    return "，".join(parts) or "—", None
