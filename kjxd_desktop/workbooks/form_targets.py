"""Targets and completion on the 指标 sheet."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.utils import get_column_letter

from kjxd_desktop.domain.indicator import Direction, Indicator, Target
from kjxd_desktop.domain.pace import standing
from kjxd_desktop.domain.quantity import round_half_up
from kjxd_desktop.domain.returns import Entry
from kjxd_desktop.domain.standing import Yardstick
from kjxd_desktop.sheets.cells import format_of
from kjxd_desktop.sheets.styles import FormStyle
from kjxd_desktop.usecases.exchange import ReturnContent
from kjxd_desktop.wording import form
from kjxd_desktop.workbooks.form_head import fillable
from kjxd_desktop.workbooks.pen import Pen

_PERCENT = "0.0%"
_PERCENT_DECIMALS = 3
_SIGNS = {">=": "", "<=": '"≤"', ">": '"＞"'}


class TargetCells:
    """Writes the cells right of a value: target figures and 完成率."""

    def __init__(self, pen: Pen, content: ReturnContent, at: Mapping[str, int]) -> None:
        self._pen = pen
        self._content = content
        self._at = at

    def write(self, row: int, indicator: Indicator, entry: Entry, measure: Yardstick) -> None:
        """Write one row. Figures of the whole city that were not split are marked as such."""
        own = measure.against is not None
        binding = _last(measure.binding) if own else measure.shown_binding
        expected = _last(measure.expected) if own else measure.shown_expected
        self._write_target(row, "binding", binding, city_wide=not own)
        if "expected" in self._at:
            self._write_target(row, "expected", expected, city_wide=not own)
        self._write_completion(row, indicator, entry, measure)

    def _write_target(self, row: int, key: str, target: Target | None, *, city_wide: bool) -> None:
        column = self._at[key]
        if target is None or target.value is None:
            text = form.NOTHING if target is None else target.text or form.NOTHING
            self._pen.text(row, column, text, FormStyle.NUMBER)
            return
        year = "" if target.year == self._content.plan.period[1] else f'"（{target.year}年）"'
        whole = f'"{form.CITY_WIDE}"' if city_wide else ""
        shown = f"{_SIGNS[target.op]}{format_of(target.value)}{whole}{year}"
        self._pen.number(row, column, target.value, FormStyle.NUMBER, shown)

    def _write_completion(self, row: int, indicator: Indicator, entry: Entry, measure: Yardstick) -> None:
        """完成率 against the final binding figure.

        In a form that is to be filled in it is a formula, so that the clerk sees it move. In a return that
        was sent it is the number itself: previews and programs that compute nothing show it too, and it
        cannot change any more.
        """
        column, content = self._at["completion"], self._content
        target = next((item for item in reversed(measure.binding) if item.value is not None), None)
        if measure.against is None or target is None or not target.value:
            split = measure.shown_binding is None or measure.against is not None or indicator.published
            self._pen.text(row, column, form.NOTHING if split else form.NOT_SPLIT, FormStyle.NUMBER)
        elif fillable(content):
            self._pen.formula(row, column, self._formula(row, indicator), FormStyle.NUMBER, _PERCENT)
        else:
            share = standing(indicator, measure, entry, content.period, content.plan).completion
            if share is None:
                self._pen.text(row, column, form.NOTHING, FormStyle.NUMBER)
            else:
                self._pen.number(
                    row, column, round_half_up(share, _PERCENT_DECIMALS), FormStyle.NUMBER, _PERCENT
                )

    def _formula(self, row: int, indicator: Indicator) -> str:
        value, target = (f"{get_column_letter(self._at[key])}{row}" for key in ("value", "binding"))
        if indicator.direction is Direction.UP:
            return f'=IF(ISNUMBER({value}),{value}/{target},"")'
        return f'=IF(ISNUMBER({value}),IF({value}>0,{target}/{value},""),"")'


def _last(targets: tuple[Target, ...]) -> Target | None:
    return targets[-1] if targets else None
