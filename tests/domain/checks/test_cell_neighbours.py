"""Which earlier figures a cell is held against: one rule for grid, checks and answers (rules.md 1, 4)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from kjxd_desktop.domain.checks.cells import CellContext, cell_context
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Indicator, Kind, Measure
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from tests.helpers.plans import indicator, value

STOCK = indicator(Kind.STOCK)
RUNNING = indicator(Kind.YTD, Measure.AMOUNT, unit="亿元", decimals=2)
RUNNING_SHARE = indicator(Kind.YTD, Measure.RATIO, unit="%", decimals=1)
CUMULATIVE = indicator(Kind.CUMULATIVE)
ANNUAL = indicator(Kind.ANNUAL, Measure.RATIO, unit="%", decimals=2, release_month=9)
UNPUBLISHED = Entry(EntryStatus.NOT_PUBLISHED)


def context(item: Indicator, now: str, **cells: str | Entry) -> CellContext:
    """The context of a period such as ``2024Q3``; cells as ``q2024_3="12"``."""
    kept = {}
    for key, cell in cells.items():
        year, quarter = key[1:].split("_")
        kept[Period(int(year), int(quarter))] = value(cell) if isinstance(cell, str) else cell
    return cell_context(item, Level.COUNTY, Period.parse(now), dict(sorted(kept.items())), CheckSettings())


def number(entry: Entry) -> str | None:
    return None if entry.value is None else str(entry.value)


@pytest.mark.parametrize(
    ("item", "now", "previous"),
    [
        (STOCK, "2024Q3", "2"),
        (STOCK, "2024Q1", "4"),
        (CUMULATIVE, "2024Q1", "4"),
        (RUNNING, "2024Q3", "2"),
        (RUNNING, "2024Q1", None),
        (RUNNING_SHARE, "2024Q1", None),
        (RUNNING_SHARE, "2024Q2", "1"),
    ],
)
def test_last_quarter_but_what_runs_from_january_begins_anew(
    item: Indicator, now: str, previous: str | None
) -> None:
    found = context(item, now, q2023_4="4", q2024_1="1", q2024_2="2", q2024_3="3")
    assert number(found.previous) == previous


def test_a_year_before_is_the_same_quarter() -> None:
    found = context(STOCK, "2024Q3", q2022_3="5", q2023_2="6", q2023_3="7", q2023_4="8")
    assert number(found.last_year) == "7"


def test_annual_figures_are_compared_by_the_year_they_speak_of() -> None:
    """In 2024Q3 the figure of 2023 is new; the year before it is 2022's, the newest that was given."""
    found = context(
        ANNUAL,
        "2024Q3",
        q2023_2=value("0.40", 2021),
        q2023_3=value("0.50", 2022),
        q2023_4=value("0.51", 2022),
        q2024_2=value("0.52", 2022),
        q2024_3=value("0.60", 2023),
    )
    assert number(found.last_year) == "0.52"
    assert (found.same_year, found.before) == (MISSING, found.last_year)
    assert found.history == (Decimal("0.40"), Decimal("0.52"))


def test_the_same_year_given_before_is_the_newest_that_was() -> None:
    cells = {"q2024_2": value("0.58", 2023), "q2024_3": value("0.59", 2023), "q2024_4": value("0.60", 2023)}
    assert number(context(ANNUAL, "2024Q4", **cells).same_year) == "0.59"
    assert number(context(ANNUAL, "2024Q3", **cells).same_year) == "0.58"
    assert number(context(ANNUAL, "2024Q2", **cells).same_year) is None


def test_a_later_return_is_no_earlier_figure() -> None:
    found = context(ANNUAL, "2024Q3", q2024_3=value("0.60", 2023), q2024_4=value("0.61", 2023))
    assert (found.same_year, found.history) == (MISSING, ())
    assert context(STOCK, "2024Q3", q2024_3="3", q2024_4="4").history == ()


def test_what_nobody_published_is_an_answer_but_no_figure() -> None:
    """未公布 of 2023 in the second quarter: no figure of that year was given."""
    found = context(
        ANNUAL,
        "2024Q3",
        q2024_2=Entry(EntryStatus.NOT_PUBLISHED, data_year=2023),
        q2024_3=value("0.60", 2023),
    )
    assert found.same_year == MISSING
    assert not found.carried and found.history == ()
    blank = context(ANNUAL, "2024Q3", q2024_2=Entry(data_year=2023), q2024_3=Entry(data_year=2023))
    assert blank.same_year == MISSING and not blank.carried


@pytest.mark.parametrize(("now", "carried"), [("0.60", True), ("0.600", True), ("0.61", False)])
def test_a_figure_that_an_earlier_return_held_is_carried(now: str, carried: bool) -> None:
    cells = {"q2024_3": value("0.60", 2023), "q2024_4": value(now, 2023)}
    assert context(ANNUAL, "2024Q4", **cells).carried is carried


def test_only_annual_figures_are_carried() -> None:
    assert not context(STOCK, "2024Q3", q2024_2="12", q2024_3="12").carried


def test_history_of_a_stock_is_its_levels() -> None:
    found = context(STOCK, "2024Q2", q2023_3="5", q2023_4=UNPUBLISHED, q2024_1="7", q2024_2="9")
    assert (found.step, found.history) == (Decimal(9), (Decimal(5), Decimal(7)))


def test_history_of_a_running_total_is_what_each_quarter_brought() -> None:
    """2023: 2, 5, then nothing reported, 11: the fourth quarter's part is not known. 2024: 3, 7."""
    found = context(
        RUNNING,
        "2024Q2",
        q2023_1="2",
        q2023_2="5",
        q2023_3=UNPUBLISHED,
        q2023_4="11",
        q2024_1="3",
        q2024_2="7",
    )
    assert found.history == (Decimal(2), Decimal(3), Decimal(3))
    assert found.step == Decimal(4)


def test_a_running_total_without_the_quarter_before_brought_nobody_knows_what() -> None:
    assert context(RUNNING, "2024Q2", q2024_2="7").step is None
    assert context(RUNNING, "2024Q1", q2023_4="11", q2024_1="3").step == Decimal(3)


def test_what_a_running_total_was_a_year_before_by_the_quarter_before() -> None:
    """The second quarter looks at 2023Q1; the first has no quarter before it in its year."""
    cells = {"q2023_1": "2", "q2023_2": "5", "q2022_4": "9", "q2024_1": "3", "q2024_2": "7"}
    assert number(context(RUNNING, "2024Q2", **cells).year_before_previous) == "2"
    assert context(RUNNING, "2024Q1", **cells).year_before_previous == MISSING
    assert context(STOCK, "2024Q2", **cells).year_before_previous == MISSING


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # 8 by September of last year, 6 by June; 9 by June now: half as much again, 12 by September.
        ({"q2023_2": "6", "q2023_3": "8", "q2024_2": "9"}, Fraction(12)),
        ({"q2023_2": "0", "q2023_3": "8", "q2024_2": "9"}, Fraction(8)),
        ({"q2023_3": "8", "q2024_2": "9"}, Fraction(8)),
        ({"q2023_2": "6", "q2023_3": "8"}, Fraction(8)),
        ({"q2023_2": "6", "q2023_3": "8", "q2024_2": "0"}, Fraction(0)),
        ({"q2023_2": "6", "q2024_2": "9"}, None),
    ],
)
def test_what_a_running_total_was_to_come_to(cells: dict[str, str], expected: Fraction | None) -> None:
    assert context(RUNNING, "2024Q3", **cells).expected == expected


def test_a_running_total_is_most_like_its_season_and_a_stock_like_last_quarter() -> None:
    cells = {"q2023_3": "7", "q2024_2": "5"}
    assert number(context(RUNNING, "2024Q3", **cells).before) == "7"
    assert number(context(STOCK, "2024Q3", **cells).before) == "5"
    assert number(context(RUNNING, "2024Q3", q2024_2="5").before) == "5"
    assert number(context(STOCK, "2024Q3", q2023_3="7").before) == "7"
    assert number(context(ANNUAL, "2024Q3", q2024_2=value("5", 2020)).before) is None
