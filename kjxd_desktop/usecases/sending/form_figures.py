"""The figures right of a value on the official form: targets and 完成率. One rule for paper and screen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.figures.quantity import plain_text, round_half_up
from kjxd_desktop.domain.pace.pace import standing
from kjxd_desktop.domain.pace.standing import Yardstick
from kjxd_desktop.domain.plan.indicator import Indicator, Target
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.usecases.sending.exchange import ReturnContent

# 完成率 is a share; with three places it reads 71.9%.
SHARE_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class FormFigures:
    """What the form shows beside one value.

    Attributes:
        city_wide: The targets are the whole city's, not the unit's own.
        measurable: Whether there is a figure the value can be measured against.
        not_split: There is one, but it was not split off for the unit.
        completion: Value against the final binding figure; None without a value or a figure.
    """

    binding: Target | None
    expected: Target | None
    city_wide: bool
    measurable: bool
    not_split: bool
    completion: Fraction | None


def form_figures(content: ReturnContent, indicator: Indicator) -> FormFigures:
    """The figures of one indicator."""
    measure = content.yardsticks.get(indicator.code, Yardstick(None))
    entry = content.entries.get(indicator.code, MISSING)
    own = measure.against is not None
    final = next((item for item in reversed(measure.binding) if item.value is not None), None)
    measurable = own and final is not None and bool(final.value)
    return FormFigures(
        binding=_last(measure.binding) if own else measure.shown_binding,
        expected=_last(measure.expected) if own else measure.shown_expected,
        city_wide=not own,
        measurable=measurable,
        not_split=not own and measure.shown_binding is not None and not indicator.published,
        completion=standing(indicator, measure, entry, content.period, content.plan).completion
        if measurable
        else None,
    )


def kept_number(entry: Entry, field: str) -> Decimal | None:
    """The number in the row of a value or of one of its parts: ``value``, ``numerator``, ``denominator``."""
    return {"value": entry.value, "numerator": entry.numerator, "denominator": entry.denominator}[field]


def _last(targets: tuple[Target, ...]) -> Target | None:
    return targets[-1] if targets else None


def share_text(share: Fraction) -> str:
    """A share as the printed form shows it: ``71.9%``, without commas."""
    return f"{plain_text(round_half_up(share * 100, SHARE_DECIMALS - 2))}%"
