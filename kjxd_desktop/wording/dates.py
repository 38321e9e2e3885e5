"""Dates and periods as an office writes them."""

from __future__ import annotations

from datetime import datetime

from kjxd_desktop.domain.figures.period import Period

_QUARTERS = "一二三四"
_WEEKDAYS = "一二三四五六日"


def period_title(period: Period) -> str:
    """``2024年三季度``."""
    return f"{period.year}年{quarter_word(period)}"


def quarter_word(period: Period) -> str:
    """``三季度``."""
    return f"{_QUARTERS[period.quarter - 1]}季度"


def span_text(period: Period) -> str:
    """``1—9月``; the year-to-date span."""
    return f"1—{period.months}月"


def span_title(period: Period) -> str:
    """``累计 1—9月``."""
    return f"累计 {span_text(period)}"


def form_period(period: Period) -> str:
    """``2024年1—9月``, as official forms name a cumulative period."""
    return f"{period.year}年{span_text(period)}"


def day_time(moment: datetime) -> str:
    """``10月10日（周四）18:00``."""
    return f"{moment.month}月{moment.day}日（周{_WEEKDAYS[moment.weekday()]}）{moment:%H:%M}"


def short_moment(moment: datetime, now: datetime) -> str:
    """``10:21`` today, else ``10-08``; with the year when it is another one."""
    if moment.date() == now.date():
        return f"{moment:%H:%M}"
    return f"{moment:%m-%d}" if moment.year == now.year else f"{moment:%Y-%m-%d}"


def left_text(due: datetime, now: datetime) -> str:
    """``还剩 3 天 7 小时``, ``还剩 40 分钟`` or ``已过 2 天``."""
    seconds = int((due - now).total_seconds())
    word, seconds = ("还剩", seconds) if seconds >= 0 else ("已过", -seconds)
    days, hours, minutes = seconds // 86400, seconds % 86400 // 3600, seconds % 3600 // 60
    if days:
        return f"{word} {days} 天 {hours} 小时" if days < 7 and hours else f"{word} {days} 天"
    return f"{word} {hours} 小时" if hours else f"{word} {minutes} 分钟"
