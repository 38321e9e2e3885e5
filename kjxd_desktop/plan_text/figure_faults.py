"""Figures of a plan's own indicator that can be neither target nor baseline, by the rules of units' figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kjxd_desktop.domain.figures.period import FIRST_YEAR, LAST_YEAR
from kjxd_desktop.domain.plan.figure_bounds import impossible_figure, impossible_start
from kjxd_desktop.domain.plan.indicator import Indicator


@dataclass(frozen=True, slots=True)
class FigureFault:
    """One figure, or year of one, that cannot be.

    Attributes:
        field: Field it is shown at.
        rests_on: Other fields the rule read.
    """

    field: str
    code: str
    params: Mapping[str, str]
    rests_on: tuple[str, ...]


def figure_faults(item: Indicator) -> Iterator[FigureFault]:
    """Everything wrong with the figures of an indicator."""
    places = [("baseline value", item.baseline.value)] if item.baseline is not None else []
    places += [
        (f"targets #{number} value", target.value)
        for number, target in enumerate(item.targets, start=1)
        if target.value is not None
    ]
    fractions = False
    for place, value in places:
        found = impossible_figure(item, value)
        if found is None:
            continue
        params = {"text": found.params["text"]}
        if found.code != "figures_of_count":
            yield FigureFault(place, found.code, params, ("measure", "share"))
        elif not fractions:
            # Rather the measure is wrong than all its figures: it is told once.
            fractions = True
            yield FigureFault("measure", found.code, params, ("baseline", "targets"))
    # A year that can be none is a mistake of its own.
    years = [target.year for target in item.targets if FIRST_YEAR <= target.year <= LAST_YEAR]
    first = min(years, default=None)
    if item.baseline is not None and (found := impossible_start(item, item.baseline.year, first)) is not None:
        params = {name: found.params[name] for name in ("year", "first")}
        yield FigureFault("baseline year", found.code, params, ("targets",))
