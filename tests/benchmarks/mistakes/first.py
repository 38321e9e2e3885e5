"""The first table: how many mistakes of each kind are found, and the false alarms of a clean return."""

from __future__ import annotations

import random
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.usecases.filling.view import ReturnView
from kjxd_desktop.usecases.ports import Role
from tests.benchmarks.mistakes.generator import Series, counties, points, until
from tests.benchmarks.mistakes.injections import MISTAKES, Sheet, Wrong

PLAN, UNIT = "baiyin-2022", "620422"
TESTED_YEARS = (2023, 2024)
MATTERS_SHARE, MATTERS_COUNT = Decimal("0.2"), 3
Z_LIMIT, Z_POINTS = 3, 4

# One thing a check said: indicator, rule.
Said = tuple[str, str]


@dataclass
class Tally:
    """Mistakes of one kind."""

    made: int = 0
    caught: int = 0
    hinted: int = 0
    minor: int = 0
    minor_caught: int = 0
    z: int = 0
    range: int = 0


@dataclass
class Clean:
    """What clean returns were told."""

    returns: int = 0
    logic: int = 0
    verify: int = 0
    hints: int = 0
    z: int = 0
    range: int = 0
    rules: Counter[str] = field(default_factory=Counter)


def view_of(plan: Plan, series: Series, period: Period) -> ReturnView:
    """A county's return with everything before it."""
    unit = plan.unit(UNIT)
    assert unit is not None
    known = points(until(series, period))
    return ReturnView(
        Return(ReturnKey(plan.id, unit.code, period), plan.revision),
        plan,
        unit,
        Role.COUNTY,
        Duty(plan, unit),
        known,
        targets={},
        baselines={},
        explanations=(),
    )


def said(view: ReturnView, *grades: Grade) -> set[Said]:
    """What the checks say of a return."""
    return {
        (finding.code, finding.rule)
        for indicator in view.duty.indicators
        for finding in view.findings(indicator)
        if finding.grade in grades
    }


def rivals(view: ReturnView) -> tuple[set[str], set[str]]:
    """Indicators that a plain z-score and a min–max rule flag, on the same earlier values."""
    z, outside = set(), set()
    for code, cells in view.series.items():
        earlier = [
            float(entry.value) for at, entry in cells if at < view.head.key.period and entry.value is not None
        ]
        value = view.kept(code).value
        if value is None or len(earlier) < Z_POINTS:
            continue
        spread = statistics.stdev(earlier)
        if abs(float(value) - statistics.mean(earlier)) > Z_LIMIT * spread:
            z.add(code)
        if not min(earlier) <= float(value) <= max(earlier):
            outside.add(code)
    return z, outside


def matters(indicator: Indicator, right: Entry, wrong: Entry) -> bool:
    """Whether a mistake is of 20 % or more, or of 3 units or more."""
    if right.value is None or wrong.value is None:
        return True
    off = abs(wrong.value - right.value)
    if indicator.integral and off >= MATTERS_COUNT:
        return True
    return off >= MATTERS_SHARE * abs(right.value) if right.value else off > 0


def returns(plan: Plan, seeds: Sequence[int]) -> Iterator[tuple[Series, Period]]:
    """Every clean return that is tested."""
    for seed in seeds:
        for series in counties(plan, seed):
            for year in TESTED_YEARS:
                for quarter in range(1, 5):
                    yield series, Period(year, quarter)


def measure(plan: Plan, seeds: Sequence[int]) -> tuple[Clean, dict[str, Tally]]:
    """Check every clean return, then each with one mistake of every kind."""
    clean, tallies = Clean(), {name: Tally() for name, _ in MISTAKES}
    for number, (series, period) in enumerate(returns(plan, seeds)):
        view = view_of(plan, series, period)
        asked = said(view, Grade.LOGIC, Grade.VERIFY)
        before = asked, asked | said(view, Grade.HINT), *rivals(view)
        clean.returns += 1
        clean.logic += len(said(view, Grade.LOGIC))
        clean.verify += len(said(view, Grade.VERIFY))
        clean.hints += len(said(view, Grade.HINT))
        clean.z += len(before[2])
        clean.range += len(before[3])
        clean.rules.update(rule for _, rule in asked)
        now = {code: cells[period] for code, cells in series.items()}
        sheet = Sheet(plan, period, now, until(series, period))
        for kind, (name, mistake) in enumerate(MISTAKES):
            wrong = mistake(sheet, random.Random(number * 100 + kind))
            if wrong:
                _count(tallies[name], sheet, view, wrong, before)
    return clean, tallies


def _count(
    tally: Tally,
    sheet: Sheet,
    view: ReturnView,
    wrong: Wrong,
    before: tuple[set[Said], set[Said], set[str], set[str]],
) -> None:
    after = view.with_entries(wrong)
    asked = said(after, Grade.LOGIC, Grade.VERIFY)
    caught = bool(asked - before[0])
    if not any(matters(sheet.indicator(code), sheet.now[code], entry) for code, entry in wrong.items()):
        tally.minor += 1
        tally.minor_caught += caught
        return
    z, outside = rivals(after)
    tally.made += 1
    tally.caught += caught
    tally.hinted += bool((asked | said(after, Grade.HINT)) - before[1])
    tally.z += bool((z - before[2]) & wrong.keys())
    tally.range += bool((outside - before[3]) & wrong.keys())


def print_table(clean: Clean, tallies: dict[str, Tally]) -> None:
    """Print what was measured."""
    print(
        f"{'mistake that matters (≥ 20 % or ≥ 3)':34s}{'made':>6s}{'asked':>8s}{'+hints':>8s}{'z > 3':>8s}"
        f"{'min-max':>9s}   minor ones asked"
    )
    rows = [*tallies.items(), ("all", _summed(tallies))]
    for name, tally in rows:
        made = max(1, tally.made)
        minor = f"{tally.minor_caught}/{tally.minor}"
        print(
            f"{name:34s}{tally.made:6d}{tally.caught / made:8.1%}{tally.hinted / made:8.1%}{tally.z / made:8.1%}"
            f"{tally.range / made:9.1%}   {minor:>9s}"
        )
    count = clean.returns
    print(
        f"\nclean returns: {count}; for each: logic {clean.logic / count:.3f}, verify {clean.verify / count:.2f}, "
        f"hints {clean.hints / count:.2f}; z > 3: {clean.z / count:.2f}, min-max: {clean.range / count:.2f}"
    )
    print("verify by rule:", ", ".join(f"{rule} {times}" for rule, times in clean.rules.most_common()))


def _summed(tallies: dict[str, Tally]) -> Tally:
    total = Tally()
    for tally in tallies.values():
        for name in vars(total):
            setattr(total, name, getattr(total, name) + getattr(tally, name))
    return total
