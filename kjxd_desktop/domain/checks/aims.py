"""Targets and starts that a figure is held against when nothing earlier of its own is there (rules.md 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.indicator import Baseline, Indicator, Kind, Target

_QUARTERS = 4


class Aims(NamedTuple):
    """What a unit and its plan aim at in one indicator.

    Attributes:
        own: The unit's own targets, split off for it.
        plan: The whole plan's; for the city's own return they are its own.
        start: The unit's own starting value.
        city: Figures of the whole city that a county's workspace knows: what the plan starts from.
    """

    own: tuple[Target, ...] = ()
    plan: tuple[Target, ...] = ()
    start: Baseline | None = None
    city: tuple[Decimal, ...] = ()

    def texts(self) -> tuple[str, ...]:
        """Everything in it, as exact texts."""
        targets = (f"{item.year} {_text(item.value)}" for item in (*self.own, *self.plan))
        start = () if self.start is None else (f"{self.start.year} {plain_text(self.start.value)}",)
        return (*targets, *start, *map(plain_text, self.city))

    def target_like(self, value: Decimal) -> Target | None:
        """The first target that is this very number, own ones first."""
        return next((item for item in (*self.own, *self.plan) if item.value == value), None)


NO_AIMS = Aims()


def anchor(indicator: Indicator, aims: Aims, period: Period, data_year: int) -> Fraction | None:
    """What the unit's own targets let expect of a first return; None without a target of its own.

    The point of the line from the own start through the targets, or the next target where there is no
    start; of a running total the year's point × what the plan's profile, or a quarter each, brings by then.

    Args:
        data_year: The year an annual figure speaks of.
    """
    at = _place(indicator, period, data_year)
    points = sorted(_points(aims))
    ahead = next(((year, value) for year, value in points if year >= at), None)
    if ahead is None or not any(item.value for item in aims.own):
        return None
    behind = next(((year, value) for year, value in reversed(points) if year < at), None)
    level = ahead[1]
    if behind is not None:
        share = (at - behind[0]) / (ahead[0] - behind[0])
        level = behind[1] + (ahead[1] - behind[1]) * share
    return level * indicator.share_of_year(period.quarter) if indicator.running else level


def _place(indicator: Indicator, period: Period, data_year: int) -> Fraction:
    """Where on the line a figure lies: at its year's end, or for stocks at its quarter's."""
    if indicator.kind is Kind.ANNUAL:
        return Fraction(data_year)
    if indicator.kind is Kind.YTD:
        return Fraction(period.year)
    return Fraction(period.year - 1) + Fraction(period.quarter, _QUARTERS)


def _points(aims: Aims) -> Iterator[tuple[Fraction, Fraction]]:
    """One point a year: the start and, of each year's own targets, the firmest (they come first)."""
    if aims.start is not None:
        yield Fraction(aims.start.year), Fraction(aims.start.value)
    told = set()
    for item in aims.own:
        if item.value is not None and item.year not in told:
            told.add(item.year)
            yield Fraction(item.year), Fraction(item.value)


def _text(value: Decimal | None) -> str:
    return "" if value is None else plain_text(value)
