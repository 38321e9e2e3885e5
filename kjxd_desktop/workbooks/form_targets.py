"""Targets and completion on the 指标 sheet."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from openpyxl.utils import get_column_letter

from kjxd_desktop.domain.figures.quantity import MAX_DIGITS, plain_text, round_half_up, significant_digits
from kjxd_desktop.domain.plan.indicator import Direction, Indicator, Target
from kjxd_desktop.sheets.cells import format_of
from kjxd_desktop.sheets.styles import FormStyle
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.usecases.sending.form_figures import (
    SHARE_DECIMALS,
    FormFigures,
    form_figures,
    share_text,
)
from kjxd_desktop.wording.sending import form
from kjxd_desktop.workbooks.form_head import fillable
from kjxd_desktop.workbooks.pen import Pen

_PERCENT = "0.0%"
_SIGNS = {">=": "", "<=": '"≤"', ">": '"＞"'}


class TargetCells:
    """Writes the cells right of a value: target figures and 完成率."""

    def __init__(self, pen: Pen, content: ReturnContent, at: Mapping[str, int]) -> None:
        self._pen = pen
        self._content = content
        self._at = at

    def write(self, row: int, indicator: Indicator) -> None:
        """Write one row. Figures of the whole city that were not split are marked as such."""
        figures = form_figures(self._content, indicator)
        self._write_target(row, "binding", figures.binding, city_wide=figures.city_wide)
        if "expected" in self._at:
            self._write_target(row, "expected", figures.expected, city_wide=figures.city_wide)
        self._write_completion(row, indicator, figures)

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

    def _write_completion(self, row: int, indicator: Indicator, figures: FormFigures) -> None:
        """完成率 against the final binding figure.

        In a form that is to be filled in it is a formula, so that the clerk sees it move. In a return that
        was sent it is the number itself: previews and programs that compute nothing show it too, and it
        cannot change any more.
        """
        column = self._at["completion"]
        if not figures.measurable:
            self._pen.text(
                row, column, form.NOT_SPLIT if figures.not_split else form.NOTHING, FormStyle.NUMBER
            )
        elif fillable(self._content):
            self._pen.formula(row, column, self._formula(row, indicator), FormStyle.NUMBER, _PERCENT)
        elif figures.completion is None:
            self._pen.text(row, column, form.NOTHING, FormStyle.NUMBER)
        else:
            self._write_share(row, column, figures.completion)

    def _write_share(self, row: int, column: int, completion: Fraction) -> None:
        """As a number; as the text it would show where a target near zero makes it too long for one."""
        share = round_half_up(completion, SHARE_DECIMALS)
        if significant_digits(plain_text(share)) <= MAX_DIGITS:
            self._pen.number(row, column, share, FormStyle.NUMBER, _PERCENT)
        else:
            self._pen.text(row, column, share_text(completion), FormStyle.NUMBER)

    def _formula(self, row: int, indicator: Indicator) -> str:
        value, target = (f"{get_column_letter(self._at[key])}{row}" for key in ("value", "binding"))
        if indicator.direction is Direction.UP:
            return f'=IF(ISNUMBER({value}),{value}/{target},"")'
        return f'=IF(ISNUMBER({value}),IF({value}>0,{target}/{value},""),"")'
