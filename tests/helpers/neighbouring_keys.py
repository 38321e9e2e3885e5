"""A return, others that differ from it in one thing only, and made-up contents of theirs, told apart by a number."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnKey

HERE = ReturnKey("plan-a", "620422", Period(2024, 3))
# Everything that differs from HERE in one thing only.
NEIGHBOURS = {
    "plan": replace(HERE, plan_id="plan-b"),
    "unit": replace(HERE, unit_code="620423"),
    "year": replace(HERE, period=Period(2023, 3)),
    "quarter": replace(HERE, period=Period(2024, 2)),
}


def entry(number: int) -> Entry:
    return Entry(
        EntryStatus.ESTIMATED,
        Decimal(number),
        2000 + number,
        Decimal(number * 2),
        Decimal(3),
        True,
        f"注{number}",
    )


def progress(number: int) -> Progress:
    files = tuple(Evidence(f"{number}-{at}.jpg", at, f"{number}{at}" * 16) for at in (2, 1))
    return Progress(TaskStatus.BLOCKED, number, f"做{number}", f"难{number}", f"下{number}", files)
