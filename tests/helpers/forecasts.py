"""Forecasts told in the period of the last stored figure."""

from __future__ import annotations

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.forecast import Point, forecast, observations
from kjxd_desktop.domain.pace.standing import Forecast
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.returns.entry import Entry

Series = tuple[tuple[Period, Entry], ...]


def forecast_then(indicator: Indicator, series: Series, target_year: int) -> Forecast | None:
    """What was to be expected when the last figure was given."""
    return forecast(indicator, series, target_year, _last(series))


def observations_then(indicator: Indicator, series: Series) -> tuple[Point, ...]:
    """The points it rested on."""
    return observations(indicator, series, _last(series))


def _last(series: Series) -> Period:
    """Of nothing any period will do."""
    return series[-1][0] if series else Period(2024, 3)
