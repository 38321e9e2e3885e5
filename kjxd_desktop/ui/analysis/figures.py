"""The key figures and the quarter table of one indicator, as texts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.pace import path_value
from kjxd_desktop.domain.plan.indicator import Indicator, Kind, Measure, Target
from kjxd_desktop.domain.returns.data_year import year_of
from kjxd_desktop.domain.returns.earlier import settled
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.ui.grid.cell_texts import final_targets, target_text, value_text
from kjxd_desktop.usecases.monitoring.shown import MonitorRow, MonitorShown
from kjxd_desktop.wording.dates import quarter_word
from kjxd_desktop.wording.monitoring.standing import (
    change_text,
    forecast_outlook,
    forecast_sentence,
    gap_text,
    light_word,
    no_forecast_sentence,
    path_name,
    path_text,
)
from kjxd_desktop.wording.numbers import ABSENT, number_text, percent_text, signed_text

QUARTERS = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure: what it is, the figure, and one more fact."""

    title: str
    value: str
    note: str
    tip: str = ""


def figures_of(row: MonitorRow, answer: MonitorShown) -> tuple[Figure, Figure, Figure, Figure]:
    """The four figures below the chart."""
    indicator, entry = row.indicator, row.entry
    year = _year_of(row, answer)
    title = f"{year}年实际" if year else "本期实际"
    note = "" if entry.value is None else f"同比 {change_text(indicator, row.year_change)}"
    now = Figure(title, value_text(entry), note)
    return (now, *_path_figures(row, answer), _forecast_figure(row, answer))


def _year_of(row: MonitorRow, answer: MonitorShown) -> int | None:
    """The year an annual figure is of; None where the figure is the period's."""
    annual = row.indicator.kind is Kind.ANNUAL and row.entry.value is not None
    return year_of(row.indicator, row.entry, answer.period) if annual else None


def _end_of(row: MonitorRow, answer: MonitorShown) -> str:
    year = _year_of(row, answer)
    return f"{year}年末" if year else "本期"


def _path_figures(row: MonitorRow, answer: MonitorShown) -> tuple[Figure, Figure]:
    standing, value = row.standing, row.entry.value
    binding, expected = final_targets(row)
    if standing.yardstick.against is None:
        return _shown("全市约束目标" if expected else "全市目标", binding), _shown("全市预期目标", expected)
    # A figure of another year is held against that year's end.
    when = _end_of(row, answer)
    first = Figure(
        f"{when}{'约束' if standing.yardstick.expected else ''}应达",
        path_text(row.indicator, standing.binding_path),
        gap_text(row.indicator, value, standing.binding_path) or light_word(standing),
    )
    if standing.yardstick.expected:
        gap = gap_text(row.indicator, value, standing.expected_path)
        second = Figure(f"{when}预期应达", path_text(row.indicator, standing.expected_path), gap)
    else:
        aim = "" if binding is None else f"{binding.year} 年目标 {target_text(binding)}"
        second = Figure("完成率", percent_text(standing.completion), aim)
    return first, second


def _shown(title: str, target: Target | None) -> Figure:
    if target is None:
        return Figure(title, ABSENT, "")
    return Figure(title, target_text(target), "未分解，不评进度")


def _forecast_figure(row: MonitorRow, answer: MonitorShown) -> Figure:
    title = f"{row.standing.yardstick.year or answer.plan.period[1]}年底预测"
    found = row.forecast
    if found is None:
        ranked = row.indicator.measure is Measure.RANK
        why = no_forecast_sentence(row.indicator, row.points)
        return Figure(title, "不预测" if ranked else "数据不足", f"现有 {row.points} 个数", why)
    span = number_text(found.low)
    if found.high != found.low:
        span = f"{span}—{number_text(found.high)}"
    outlook = forecast_outlook(row.indicator, found, row.standing.yardstick)
    return Figure(title, span, outlook, forecast_sentence(row.indicator, found))


@dataclass(frozen=True, slots=True)
class QuarterTable:
    """The last periods of one indicator beside its binding path.

    Attributes:
        periods: Column titles, the newest last.
        rows: (title, one text a column).
    """

    periods: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def quarter_table(row: MonitorRow, period: Period) -> QuarterTable:
    """The last eight quarters; of an annual figure the years they speak of."""
    indicator = row.indicator
    entries = dict(settled(indicator, row.series))
    wanted = [period]
    while len(wanted) < QUARTERS:
        wanted.insert(0, wanted[0].previous())
    cells: dict[str, tuple[Entry, Fraction | None]] = {}
    for at in wanted:
        entry = entries.get(at, MISSING)
        measure = row.standing.yardstick
        year = year_of(indicator, entry, at)
        path = path_value(indicator, measure.binding, measure.baseline, at, year)
        title = f"{year}年" if indicator.kind is Kind.ANNUAL else _short(at)
        if entry.value is not None or title not in cells:
            cells[title] = (entry, path)
    name = path_name(row.standing)
    return QuarterTable(
        tuple(cells),
        (
            ("实际", tuple(value_text(entry) for entry, _ in cells.values())),
            (name, tuple(path_text(indicator, path) for _, path in cells.values())),
            (f"比{name}", tuple(_difference(indicator, *cell) for cell in cells.values())),
        ),
    )


def _difference(indicator: Indicator, entry: Entry, path: Fraction | None) -> str:
    if entry.value is None or path is None:
        return ABSENT
    return signed_text(Fraction(entry.value) - path, max(indicator.decimals, 1))


def _short(period: Period) -> str:
    """``23年一季度``, ``2023年末``."""
    return f"{period.year}年末" if period.quarter == 4 else f"{period.year % 100}年{quarter_word(period)}"
