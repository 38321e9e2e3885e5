"""Periods as people write them (rules.md 2.1)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.figures.period import FIRST_YEAR, LAST_YEAR, Period, read_day
from kjxd_desktop.domain.problems import CallError
from kjxd_desktop.wording.dates import form_period, period_title, span_title

periods = st.builds(Period, st.integers(FIRST_YEAR + 1, LAST_YEAR - 1), st.integers(1, 4))


@pytest.mark.parametrize(
    "text",
    [
        "2024Q3",
        "2024q3",
        "２０２４Ｑ３",
        "2024年三季度",
        "2024年第三季度",
        "2024年3季度",
        " 2024 年 三 季度 ",
        "2024年1-9月",
        "2024年1—9月",
        "2024年1月-9月",
        "2024年1至9月累计",
        "2024年9月",
        "2024年09月",
        "2024-09-30",
        "2024-09-30 00:00:00",
        "2024/9/30",
        "2024年9月30日",
        "2024年前三季度",
        "2024前三季度",
        "2024年前3季度",
        "2024年前三个季度",
        "２０２４年前三季度累计",
        "2024年三季度末",
        "2024年一至三季度",
        "2024年1-3季度",
        "2024年第一至第三季度",
        "2024年一季度至三季度",
        "2024年前9个月",
        "2024年前九个月",
        "2024年1-9月份",
        "2024年一至九月",
        "2024年01-09月",
        "2024年9月份",
        "2024年九月",
        "截至2024年9月底",
        "截止到2024年9月30日",
    ],
)
def test_texts_that_mean_the_third_quarter(text: str) -> None:
    assert Period.parse(text) == Period(2024, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "2024Q5",
        "2024Q0",
        "2024年8月",
        "2024-09-29",
        "三季度",
        "24Q3",
        "2024年1-8月",
        "1024Q1",
        "Q3 2024",
        "前三季度",
        "上半年",
        "2024年",
        "2024年下半年",
        "2024年前五季度",
        "2024年前8个月",
        "2024年2-3季度",
        "2024年三至九月",
        "2024年1-9",
        "1024年上半年",
    ],
)
def test_texts_that_are_no_period(text: str) -> None:
    with pytest.raises(CallError) as caught:
        Period.parse(text)
    assert caught.value.problem.code == "period_unreadable"


@given(periods)
def test_key_and_titles_read_back(period: Period) -> None:
    assert Period.parse(period.key) == period
    assert Period.parse(period_title(period)) == period
    assert Period.parse(form_period(period)) == period
    assert Period.parse(period.end.isoformat()) == period


@given(periods)
def test_neighbours(period: Period) -> None:
    assert period.next().previous() == period
    assert period.previous() < period < period.next()
    assert period.last_year().next().next().next().next() == period
    assert Period.of_day(period.end) == period


def test_deadline_and_span() -> None:
    """The default deadline of 2024Q4 is day 10 of January 2025 at 18:00."""
    assert Period(2024, 4).default_deadline() == datetime(2025, 1, 10, 18)
    assert Period(2024, 1).end == date(2024, 3, 31)
    assert span_title(Period(2024, 3)) == "累计 1—9月"


@pytest.mark.parametrize(
    "text", ["2024-10-12", " 2024/10/12", "2024.10.12", "2024年10月12日", "２０２４-１０-１２ 00:00:00"]
)
def test_days_of_the_calendar(text: str) -> None:
    assert read_day(text) == date(2024, 10, 12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-13-45",
        "2023-02-29",
        "2024-00-10",
        "1989-10-12",
        "2100-01-01",
        "2024年10月",
        "12-10-2024",
        "十月",
    ],
)
def test_texts_that_are_no_day(text: str) -> None:
    assert read_day(text) is None
