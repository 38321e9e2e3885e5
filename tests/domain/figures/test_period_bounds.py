"""The years a period may lie in, and the quarter of every month."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.problems import CallError


@pytest.mark.parametrize(("year", "quarter"), [(1990, 1), (2099, 4)])
def test_the_first_and_the_last_period(year: int, quarter: int) -> None:
    assert Period(year, quarter).key == f"{year}Q{quarter}"
    assert Period.parse(f"{year}Q{quarter}") == Period(year, quarter)


@pytest.mark.parametrize(("year", "quarter"), [(1989, 4), (2100, 1), (2024, 0), (2024, 5), (2024, -1)])
def test_beyond_them_there_is_none(year: int, quarter: int) -> None:
    with pytest.raises(CallError) as caught:
        Period(year, quarter)
    assert (caught.value.problem.code, caught.value.problem.params["text"]) == (
        "period_unreadable",
        f"{year}Q{quarter}",
    )


@pytest.mark.parametrize(
    "text", ["1989-12-31", "2100-03-31", "1989Q4", "2100年一季度", "2024-06-31", "2024-03-30"]
)
def test_days_and_texts_beyond_them(text: str) -> None:
    with pytest.raises(CallError):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("1990-03-31", Period(1990, 1)),
        ("2098年12月31日", Period(2098, 4)),
        ("2024.6.30", Period(2024, 2)),
        ("2024年1~6月", Period(2024, 2)),
        ("2024年1—12月累计", Period(2024, 4)),
        ("2024年3月末", Period(2024, 1)),
        ("2024年12月底", Period(2024, 4)),
        ("2024年1季度", Period(2024, 1)),
        ("2024年第二季度", Period(2024, 2)),
        ("2024年四季度", Period(2024, 4)),
        ("2024第3季度", Period(2024, 3)),
        ("2024年上半年", Period(2024, 2)),
        ("2024上半年", Period(2024, 2)),
        ("2024年半年度", Period(2024, 2)),
        ("2024年前两季度", Period(2024, 2)),
        ("2024年前六个月", Period(2024, 2)),
        ("2024年1-6月", Period(2024, 2)),
        ("2024年全年", Period(2024, 4)),
        ("2024年度", Period(2024, 4)),
        ("2024年底", Period(2024, 4)),
        ("2024年年末", Period(2024, 4)),
        ("2024年前四季度", Period(2024, 4)),
        ("2024年一至十二月", Period(2024, 4)),
        ("2024年前三个月", Period(2024, 1)),
        ("2024年1-3月", Period(2024, 1)),
    ],
)
def test_what_is_read(text: str, period: Period) -> None:
    assert Period.parse(text) == period


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_quarter(month: int) -> None:
    quarters = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 3, 10: 4, 11: 4, 12: 4}
    assert Period.of_day(date(2024, month, 1)) == Period(2024, quarters[month])


@pytest.mark.parametrize(
    ("quarter", "months", "end", "deadline"),
    [
        (1, 3, date(2024, 3, 31), datetime(2024, 4, 10, 18)),
        (2, 6, date(2024, 6, 30), datetime(2024, 7, 10, 18)),
        (3, 9, date(2024, 9, 30), datetime(2024, 10, 10, 18)),
        (4, 12, date(2024, 12, 31), datetime(2025, 1, 10, 18)),
    ],
)
def test_ends_months_and_deadlines(quarter: int, months: int, end: date, deadline: datetime) -> None:
    period = Period(2024, quarter)
    assert (period.months, period.end, period.default_deadline()) == (months, end, deadline)


def test_neighbours_of_the_turn_of_the_year() -> None:
    assert Period(2024, 1).previous() == Period(2023, 4)
    assert Period(2024, 2).previous() == Period(2024, 1)
    assert Period(2024, 4).next() == Period(2025, 1)
    assert Period(2024, 3).next() == Period(2024, 4)
    assert Period(2024, 3).last_year() == Period(2023, 3)


def test_a_long_text_is_named_by_its_first_forty_characters() -> None:
    with pytest.raises(CallError) as caught:
        Period.parse("字" * 41)
    assert caught.value.problem.params["text"] == "字" * 40
