"""The data year in a cell of a file: what it says, and what of it is for a person (rules.md 1.6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.returns.data_year import year_fault
from kjxd_desktop.usecases.receiving.codes import Reason

_YEAR = re.compile(r"((?:19|20)\d{2})年?", re.ASCII)
_REASONS = {
    "year_not_annual": Reason.YEAR_NOT_ANNUAL,
    "year_outside": Reason.YEAR_OUTSIDE,
    "year_of_period": Reason.YEAR_OF_PERIOD,
    "year_before_baseline": Reason.YEAR_BEFORE_BASELINE,
}


@dataclass(frozen=True, slots=True)
class YearDoubt:
    """Why a year is not taken as it stands.

    Attributes:
        asked: A person may take it with one word.
    """

    reason: Reason
    params: Mapping[str, str]
    asked: bool


def written_year(text: str) -> str | None:
    """The four digits of a year as people write it; None for anything else."""
    match = _YEAR.fullmatch(text)
    return None if match is None else match[1]


def year_doubt(
    indicator: Indicator, year: str, period: Period, baseline_year: int | None, *, carried: bool
) -> YearDoubt | None:
    """What of a year is for a person; a figure that stands from an earlier return was asked about there."""
    fault = year_fault(indicator, int(year), period, baseline_year)
    if fault is None or (carried and fault.asked):
        return None
    return YearDoubt(_REASONS[fault.problem.code], fault.problem.params, fault.asked)
