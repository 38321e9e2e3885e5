"""What charts show, and that they draw it."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from kjxd_desktop.charts.chart_file import save_png
from kjxd_desktop.charts.legend import legend_keys
from kjxd_desktop.charts.mini_trend import MiniTrend
from kjxd_desktop.charts.scale import nice_ticks, pushed_apart, tick_texts
from kjxd_desktop.charts.sparkline import paint_sparkline, recent, sparkline_points
from kjxd_desktop.charts.trend_chart import NO_DATA, TrendChart, describe
from kjxd_desktop.charts.trend_data import Spot, TrendData, trend_of
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.pace.change import change
from kjxd_desktop.domain.pace.pace import standing, yardstick
from kjxd_desktop.domain.plan.indicator import Direction, Indicator, Kind, Measure
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.theme import LIGHT
from kjxd_desktop.usecases.monitoring.shown import MonitorRow, MonitorShown
from tests.helpers.forecasts import forecast_then, observations_then
from tests.helpers.plans import CITY, baseline, indicator, one_target, plan, two_targets, value

PERIOD = Period(2024, 3)
YEARS = (2022, 2025)
FIRMS = indicator(start=baseline("85"), targets=two_targets("100", "130"))
GREY = 40


def answer_of(item: Indicator, *series: tuple[Period, Entry]) -> MonitorShown:
    made = plan(item)
    entry = dict(series).get(PERIOD, MISSING)
    measure = yardstick(made, item, CITY, (), None)
    row = MonitorRow(
        indicator=item,
        entry=entry,
        standing=standing(item, measure, entry, PERIOD, made),
        year_change=change(item, entry.value, None),
        quarter_change=change(item, entry.value, None),
        forecast=forecast_then(item, series, 2025),
        points=len(observations_then(item, series)),
        series=series,
    )
    unit = made.unit(CITY)
    assert unit is not None
    return MonitorShown(made, unit, PERIOD, (row,), ())


def trend(item: Indicator, *series: tuple[Period, Entry]) -> TrendData:
    return trend_of(answer_of(item, *series).rows[0], PERIOD, YEARS)


def quarters(first: Period, *texts: str) -> tuple[tuple[Period, Entry], ...]:
    made = []
    for text in texts:
        if text:
            made.append((first, value(text)))
        first = first.next()
    return tuple(made)


LONG = quarters(Period(2022, 1), "86", "88", "91", "95", "96", "100", "104", "109", "110", "113", "118")


def test_stock_runs_from_its_baseline_to_its_targets() -> None:
    data = trend(FIRMS, *LONG)
    assert data.years == (2021, 2025)
    assert (data.actual[0].at, data.actual[0].value, data.actual[1].joined) == (2021.0, 85.0, True)
    assert data.binding is not None and data.expected is not None
    assert data.binding.runs == ((Spot(2021.0, 85.0), Spot(2025.0, 100.0)),)
    assert (data.binding.label, data.expected.label) == ("约束 100", "预期 130")
    assert (data.now, data.now_label, data.start_label) == (2023.75, "三季度 118 家", "2021年 85")
    assert data.forecast is not None
    assert data.forecast.line[0] == Spot(2023.75, 118.0)
    assert [name for name, _ in legend_keys(data)] == ["actual", "forecast", "binding", "expected"]


def test_missing_quarter_breaks_the_line_and_is_never_zero() -> None:
    data = trend(FIRMS, *quarters(Period(2024, 1), "110", "", "118"))
    assert [(spot.at, spot.value, spot.joined) for spot in data.actual] == [
        (2021.0, 85.0, False),
        (2023.25, 110.0, False),
        (2023.75, 118.0, False),
    ]


def test_estimate_is_hollow_and_named() -> None:
    estimate = Entry(EntryStatus.ESTIMATED, value("118").value)
    data = trend(FIRMS, (PERIOD, estimate))
    assert data.actual[-1].estimated
    assert ("estimated", "预计数") in legend_keys(data)


def test_later_values_are_left_out() -> None:
    data = trend(FIRMS, (PERIOD, value("118")), (Period(2024, 4), value("120")))
    assert data.actual[-1].value == 118.0


def test_year_to_date_sum_starts_anew_each_january() -> None:
    """Paths of 7.36 → 10 rise from zero to each year's total: 8.02, 8.68, 9.34, 10."""
    item = indicator(
        Kind.YTD, Measure.AMOUNT, start=baseline("7.36"), targets=one_target("10"), unit="亿元", decimals=2
    )
    data = trend(item, *quarters(Period(2023, 3), "6", "8", "2", "4", "7"))
    assert data.binding is not None
    assert [run[0] for run in data.binding.runs] == [Spot(float(year), 0.0) for year in range(2021, 2025)]
    assert [run[1].value for run in data.binding.runs] == [8.02, 8.68, 9.34, 10.0]
    assert data.binding.label == "目标 10"
    assert [spot.joined for spot in data.actual] == [False, False, True, False, True, True]


def test_annual_figure_stands_at_the_end_of_the_year_it_speaks_of() -> None:
    item = indicator(
        Kind.ANNUAL,
        Measure.RATIO,
        start=baseline("0.76", 2020),
        targets=two_targets("1.5", "1.8"),
        unit="%",
        decimals=2,
        release_month=9,
    )
    data = trend(item, *quarters(Period(2023, 3), "0.95", "0.95", "0.95", "0.95", "1.12"))
    assert data.years == (2020, 2025)
    assert [(spot.at, spot.value) for spot in data.actual] == [(2020.0, 0.76), (2022.0, 0.95), (2023.0, 1.12)]
    assert [spot.joined for spot in data.actual] == [False, False, True]
    assert data.now_label == "2023年 1.12%"


def test_rank_has_places_to_reach_but_no_line_between_them() -> None:
    item = indicator(
        Kind.ANNUAL,
        Measure.RANK,
        start=baseline("9"),
        targets=one_target("6", op="<="),
        direction=Direction.DOWN,
        unit="位",
    )
    data = trend(item, (PERIOD, value("8")))
    assert data.downward
    assert data.binding is not None
    assert data.binding.runs == () and data.binding.ends == (Spot(2025.0, 6.0),)


def test_without_anything_the_chart_says_so() -> None:
    data = trend(indicator())
    assert data.empty
    assert describe(data) == NO_DATA


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ((21.0, 100.0), ("0", "20", "40", "60", "80", "100")),
        ((85.0, 140.0), ("80", "90", "100", "110", "120", "130", "140")),
        ((0.52, 0.69), ("0.50", "0.55", "0.60", "0.65", "0.70")),
        ((0.0, 0.0), ("0.0", "0.2", "0.4", "0.6", "0.8", "1.0")),
    ],
)
def test_ticks_are_round_and_may_start_above_zero(values: tuple[float, ...], texts: tuple[str, ...]) -> None:
    assert tick_texts(nice_ticks(values)) == texts


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ((12.0,), ("10", "11", "12", "13", "14")),
        ((0.0, 0.0), ("0", "1")),
        ((0.0, 13.0), ("0", "5", "10", "15")),
    ],
)
def test_enterprises_are_counted_in_whole_ones(values: tuple[float, ...], texts: tuple[str, ...]) -> None:
    assert tick_texts(nice_ticks(values, whole=True)) == texts
    assert trend(FIRMS).whole and not trend(indicator(Kind.STOCK, Measure.RATIO)).whole


@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=8), st.booleans())
def test_ticks_hold_all_values(values: list[float], whole: bool) -> None:
    ticks = nice_ticks(tuple(values), whole=whole)
    assert ticks[0] <= Fraction(min(values)) and Fraction(max(values)) <= ticks[-1]
    assert 2 <= len(ticks) <= 9
    assert not whole or all(tick.denominator == 1 for tick in ticks)


@given(st.lists(st.floats(0, 100), max_size=5))
def test_labels_keep_apart_and_in_order(places: list[float]) -> None:
    moved = pushed_apart(places, 10, 0, 100)
    ranked = [place for _, place in sorted(zip(places, moved, strict=True))]
    assert all(
        after - before > 9.999 for before, after in zip(sorted(ranked), sorted(ranked)[1:], strict=False)
    )
    assert all(0 <= place <= 100 for place in moved)


def test_chart_draws_every_part_and_keeps_its_plot(qtbot: QtBot) -> None:
    chart = TrendChart(LIGHT, QFont())
    qtbot.addWidget(chart)
    chart.resize(620, 360)
    chart.show()
    chart.show_data(trend(FIRMS, *LONG))
    drawn = chart.grab().toImage()
    for colour in (LIGHT.accent, LIGHT.ink, LIGHT.expect):
        assert count_of(drawn, colour) > GREY, colour
    assert "118 家" in chart.accessibleDescription()
    chart.show_data(trend(indicator(), *()))
    cleared = chart.grab().toImage()
    for colour in (LIGHT.accent, LIGHT.expect):
        assert count_of(cleared, colour) == 0, colour


def count_of(image: QImage, colour: str) -> int:
    """How many pixels have very nearly a colour."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint8).reshape(-1, 4)[:, 2::-1].astype(np.int16)
    wanted = QColor(colour)
    distance = np.abs(pixels - [wanted.red(), wanted.green(), wanted.blue()])
    return int((distance.max(axis=1) <= 6).sum())


def test_mini_trend_draws_and_hides_when_there_is_nothing(qtbot: QtBot) -> None:
    mini = MiniTrend(LIGHT, QFont())
    qtbot.addWidget(mini)
    mini.resize(232, 128)
    mini.show_data(trend(FIRMS, *LONG))
    assert mini.isVisible()
    drawn = mini.grab().toImage()
    for colour in (LIGHT.accent, LIGHT.ink, LIGHT.expect):
        assert count_of(drawn, colour) > GREY // 2, colour
    mini.show_data(trend(indicator()))
    assert not mini.isVisible()


def test_sparkline_spans_its_box_and_shows_three_years(qtbot: QtBot) -> None:
    data = trend(FIRMS, *LONG)
    spots = recent(data.actual, data.now)
    assert (spots[0].at, spots[-1].at) == (2021.0, 2023.75)
    box = QRectF(0, 0, 50, 10)
    points = sparkline_points(spots, box)
    assert (points[0].x(), points[0].y()) == (0, 10)
    assert (points[-1].x(), points[-1].y()) == (50, 0)
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.surface))
    painter = QPainter(image)
    paint_sparkline(painter, box.translated(4, 4), spots, QColor(LIGHT.accent), QColor(LIGHT.surface))
    painter.end()
    assert count_of(image, LIGHT.accent) > 10
    assert sparkline_points((), box) == []


def test_picture_file(qtbot: QtBot, tmp_path: Path) -> None:
    answer = answer_of(FIRMS, *LONG)
    file = tmp_path / "高新技术企业.png"
    save_png(answer.rows[0], answer, file)
    image = QImage(str(file))
    assert (image.width(), image.height()) == (1920, 1200)
    assert count_of(image.scaled(480, 300), LIGHT.ink) > 5


def test_picture_needs_no_screen_whatever_platform_the_desktop_names(tmp_path: Path) -> None:
    """Linux desktops set QT_QPA_PLATFORM for every program; over ssh there is no such platform to start."""
    file = tmp_path / "a.png"
    draw = (
        "import sys, pathlib, tests.charts.test_charts as t; a = t.answer_of(t.FIRMS, *t.LONG); "
        "t.save_png(a.rows[0], a, pathlib.Path(sys.argv[1]))"
    )
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    about = {name: text for name, text in os.environ.items() if name not in screens}
    about["PYTHONPATH"] = str(Path(__file__).parents[2])
    if sys.platform.startswith("linux"):
        about["QT_QPA_PLATFORM"] = "dxcb;xcb"
    done = subprocess.run([sys.executable, "-c", draw, str(file)], env=about, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not QImage(str(file)).isNull()


def test_picture_that_cannot_be_written_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    answer = answer_of(FIRMS, *LONG)
    with pytest.raises(FileFault) as caught:
        save_png(answer.rows[0], answer, tmp_path / "no such folder" / "a.png")
    assert caught.value.code is FaultCode.FOLDER_MISSING
