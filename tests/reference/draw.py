"""Random cases of all kinds: every draw from the seed and the case's number alone."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import (
    Aggregation,
    Baseline,
    Component,
    ComponentRole,
    Direction,
    Indicator,
    Kind,
    Measure,
    Target,
    TargetKind,
)
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plans.package import load_package
from tests.reference.case import CITY, COUNTY, OTHER_COUNTY, Case, Frame, Revision
from tests.reference.figures import rounded, standing_figure, year_of

FIRST, LAST = Period(2017, 1), Period(2027, 4)
RELEASE_MONTHS = (None, 1, 3, 4, 6, 7, 9, 10, 12)
PLANS = ((2021, 2025), (2022, 2025), (2020, 2025), (2023, 2025))
PRINTED = ("baiyin-2015", "baiyin-2022", "jiayuguan-2020", "liupanshui-2021", "wuwei-145")
BANDS = ((Decimal("1"), Decimal("0.9")), (Decimal("0.95"), Decimal("0.8")))
VALUED = (EntryStatus.REPORTED, EntryStatus.ESTIMATED)
TWO_KINDS = (TargetKind.BINDING, TargetKind.EXPECTED)


def draw(seed: int, number: int, frame: Frame | None = None) -> Case:
    """The case of that number; in the frame of one return, where one is given."""
    chance = random.Random(f"{seed}/{number}")
    return _Drawn(chance, seed, number, frame or draw_frame(chance)).case()


def draw_frame(chance: random.Random) -> Frame:
    """A plan's years and revisions, a unit and a period."""
    years = chance.choice(PLANS)
    since: tuple[Period | None, ...] = (None,)
    if chance.random() < 0.25:
        since = (None, _period(chance, years[0], years[1]))
    bands = tuple(chance.choices(BANDS, (0.9, 0.1))[0] for _ in since)
    unit = chance.choice((CITY, COUNTY))
    period, sent = _period(chance, years[0] - 1, years[1] + 1), chance.random() < 0.15
    return Frame(years, unit, period, since, bands, sent)


def _period(chance: random.Random, first: int, last: int) -> Period:
    return Period(chance.randint(first, last), chance.randint(1, 4))


@cache
def printed_indicators() -> tuple[Indicator, ...]:
    """The indicators of the built-in plans."""
    return tuple(
        item for name in PRINTED for item in load_package(resources_dir() / "plans" / name).indicators
    )


class _Drawn:
    def __init__(self, chance: random.Random, seed: int, number: int, frame: Frame) -> None:
        self.chance = chance
        self.frame = frame
        self.years = frame.years
        self.seed, self.number = seed, number
        self.kind = list(Kind)[number % len(Kind)]
        self.measure = list(Measure)[number // len(Kind) % len(Measure)]
        falls = self.measure is Measure.RANK or self.rarely(0.3)
        self.direction = Direction.DOWN if falls else Direction.UP
        whole = self.measure in (Measure.COUNT, Measure.RANK)
        self.decimals = 0 if whole else chance.choice((1, 2, 2, 3))
        self.size = (
            Decimal(chance.choice(("8", "40", "900"))) if not whole else Decimal(chance.choice((9, 60)))
        )
        self.release_month = chance.choice(RELEASE_MONTHS) if self.kind is Kind.ANNUAL else None
        self.printed: Indicator | None = None
        if self.rarely(0.12):
            self._take(chance.choice(printed_indicators()))

    def _take(self, item: Indicator) -> None:
        """An indicator as a plan has it, with other figures."""
        numbers = [target.value for target in item.targets if target.value]
        self.printed = item
        self.kind, self.measure, self.direction = item.kind, item.measure, item.direction
        self.decimals, self.release_month = item.decimals, item.release_month
        self.size = numbers[-1] if numbers else Decimal(1)

    def rarely(self, share: float) -> bool:
        return self.chance.random() < share

    def case(self) -> Case:
        """The whole case."""
        indicator, later = self._indicator(), self.frame.since[1:]
        indicators = [indicator, *(self._revised(indicator) for _ in later)]
        revisions = tuple(map(Revision, self.frame.since, indicators, self.frame.bands))
        own_baseline: Baseline | None = None
        own_targets: tuple[Target, ...] = ()
        if self.frame.unit != CITY and self.rarely(0.6):
            own_baseline = self._baseline(0.25)
            given = self._targets(own_baseline, unit=self.frame.unit, worded=0.08)
            own_targets = () if self.rarely(0.15) else given
            wanted = own_targets or tuple(item for each in indicators for item in each.targets)
            if own_baseline is not None and own_baseline.year >= min(item.year for item in wanted):
                own_baseline = None  # "refused: a baseline year not before the first target year"
        words = [item for item in (own_targets or indicator.targets) if item.text and not item.scope]
        marks = tuple(self._mark(item) for item in words if self.rarely(0.4))
        case = Case(self.seed, self.number, self.frame, revisions, own_targets, own_baseline, marks)
        return replace(case, series=self._series(case))

    def _mark(self, target: Target) -> Achieved:
        wanted = "10的突破" if self.rarely(0.1) else str(target.text)
        since = _period(self.chance, self.years[0], self.years[1])
        return Achieved(target.year, target.kind, wanted, since, "首家上市")

    # -- the plan

    def _indicator(self) -> Indicator:
        baseline = self._baseline(0.4)
        ways = {
            Measure.RATIO: Aggregation.RATIO,
            Measure.AMOUNT: Aggregation.SUM,
            Measure.COUNT: Aggregation.SUM,
        }
        ratio = self.measure is Measure.RATIO
        parts: tuple[Component, ...] = (
            Component("X1N", "分子", "万元", ComponentRole.NUMERATOR),
            Component("X1D", "分母", "万人", ComponentRole.DENOMINATOR),
        )
        if self.printed is not None:
            # Measured, not counted: whole or not is a matter of checks, and none of this reference's.
            parts = tuple(
                replace(part, code=f"X1{part.role.value[0]}", unit="万元") for part in self.printed.components
            )
            return replace(self.printed, code="X1", components=parts)
        item = Indicator(
            code="X1",
            no="1",
            name="某项指标",
            group="投入",
            unit={Measure.RANK: "位", Measure.COUNT: "家", Measure.AMOUNT: "万元"}.get(self.measure, "%"),
            kind=self.kind,
            measure=self.measure,
            direction=self.direction,
            decimals=self.decimals,
            aggregation=ways.get(self.measure, Aggregation.CITY),
            baseline=baseline,
            targets=self._plan_targets(baseline),
            components=parts if ratio else (),
            factor=Decimal(self.chance.choice((1, 100, 10000))) if ratio else Decimal(1),
            release_month=self.release_month,
        )
        running = self.kind is Kind.YTD and self.measure in (Measure.AMOUNT, Measure.COUNT)
        if running and self.rarely(0.35):
            shares = sorted(self.chance.sample(range(3, 96), 3))
            item = replace(item, profile=tuple(Decimal(share) for share in shares))
        return item

    def _revised(self, item: Indicator) -> Indicator:
        if self.rarely(0.5):
            return replace(item, targets=self._plan_targets(item.baseline))
        moved = [self._moved(target) if self.rarely(0.6) else target for target in item.targets]
        return replace(item, targets=tuple(moved))

    def _moved(self, target: Target) -> Target:
        return target if target.value is None else replace(target, value=target.value + self._step())

    def _step(self) -> Decimal:
        return self._exact(float(self.size) * 0.05)

    def _baseline(self, without: float) -> Baseline | None:
        if self.rarely(without):
            return None
        year = self.years[0] - self.chance.choice((1, 1, 1, 2, 2, 0))
        value = self._exact(float(self.size) * self.chance.uniform(0.6, 1.1))
        if self.measure is Measure.RANK:
            value = max(value, Decimal(1))
        return Baseline(year, Decimal(0) if self.measure is not Measure.RANK and self.rarely(0.06) else value)

    def _plan_targets(self, baseline: Baseline | None) -> tuple[Target, ...]:
        found = self._targets(baseline, unit=None, worded=0.08)
        if self.rarely(0.1):
            # Only targets of another scope, or one beside those of the whole.
            scoped = replace(found[-1], scope="市本级")
            found = (scoped,) if self.rarely(0.5) else (*found, scoped)
        if self.rarely(0.12):
            # The document splits a target to units: this county, or another whose figures are not ours.
            last = self._targets(baseline, unit=self.chance.choice((COUNTY, OTHER_COUNTY)), worded=0)
            found = (*found, *last)
        return found

    def _targets(self, baseline: Baseline | None, unit: str | None, worded: float) -> tuple[Target, ...]:
        last = self.chance.choice((self.years[1], self.years[1], self.years[1] - 1, self.years[1] - 2))
        start = self.years[0] if baseline is None else baseline.year + 1
        last = max(last, start)
        between = [year for year in range(start, last) if self.rarely(0.3)]
        if self.rarely(worded):
            return (Target(last, TargetKind.TARGET, ">=", None, "0的突破", unit_code=unit),)
        kinds = TWO_KINDS if self.rarely(0.5) else (self.chance.choice(list(TargetKind)),)
        base = self.size if baseline is None else baseline.value
        found = []
        goals = sorted(
            float(base) + float(self.size) * self.chance.choice((0.0, 0.1, 0.3, 0.6, -0.1)) for _ in kinds
        )
        for kind, goal in zip(kinds, goals, strict=True):
            years = (*between, last)
            if self.rarely(0.15):
                # One kind has fewer milestones than the other, or ends before it.
                years = tuple(sorted(self.chance.sample(years, self.chance.randint(1, len(years)))))
            for year in years:
                share = (year - start + 1) / (last - start + 1)
                found.append(self._target(kind, year, float(base) + (goal - float(base)) * share, unit))
        return tuple(found)

    def _target(self, kind: TargetKind, year: int, goal: float, unit: str | None) -> Target:
        up = self.direction is Direction.UP
        value = self._exact(goal if up else float(self.size) * 2 - goal)
        if self.measure is Measure.RANK:
            value = max(value, Decimal(1))
        elif self.rarely(0.04):
            value = Decimal(0)
        op = "<=" if not up else ">" if self.rarely(0.1) else ">="
        return Target(year, kind, op, value, unit_code=unit)

    def _exact(self, value: float) -> Decimal:
        return Decimal(f"{value:.{self.decimals}f}") + 0

    # -- what the returns hold

    def _series(self, case: Case) -> dict[Period, Entry]:
        first = self.chance.choice((2018, 2018, 2019, 2019, 2020, 2020, 2021, 2022, 2024))
        start = Period(first, self.chance.randint(1, 4))
        gap, mark = self.chance.choice((0.0, 0.05, 0.2)), self.chance.choice((0.0, 0.03, 0.1))
        ahead = self.rarely(0.2)
        # Most go from about the baseline towards the target, some faster, some the other way.
        base = case.own_baseline or case.indicator.baseline
        level = float(self.size if base is None else base.value) * self.chance.uniform(0.8, 1.15)
        drift = self.chance.choice((-0.01, 0.0, 0.008, 0.015, 0.03)) * float(self.size)
        if self.direction is Direction.DOWN:
            drift = -drift
        flat = self.rarely(0.1)
        found: dict[Period, Entry] = {}
        at = start
        while at <= LAST:
            level += 0 if flat else drift + self.chance.gauss(0, 0.02) * float(self.size)
            late = at > case.period and not ahead
            if not late and not self.rarely(gap):
                found[at] = self._entry(case, at, level, mark)
            at = at.next()
        if self.rarely(0.05):
            found.pop(case.period, None)
        found = {at: entry for at, entry in found.items() if entry.status is not EntryStatus.MISSING}
        return self._frozen(replace(case, series=found))

    def _frozen(self, case: Case) -> dict[Period, Entry]:
        """Some sent returns hold what was carried into them, or taken on by the key."""
        found = dict(case.series)
        at = min(found, default=LAST)
        while self.kind is Kind.ANNUAL and at < LAST:
            at = at.next()
            if at in found or at > case.period or not self.rarely(0.3):
                continue
            there = replace(case, frame=replace(case.frame, period=at, sent=False), series=found)
            figure = standing_figure(there)
            if figure.carried:
                found[at] = replace(figure.entry, data_year=figure.year, carried=True)
        return found

    def _entry(self, case: Case, at: Period, level: float, mark: float) -> Entry:
        if self.kind is Kind.ANNUAL and not self.rarely(0.35 if self._due(at) else 0.12):
            return Entry()  # left to be carried forward, or forgotten
        if self.rarely(mark):
            return Entry(self.chance.choice((EntryStatus.NOT_APPLICABLE, EntryStatus.NOT_PUBLISHED)))
        if self.kind is Kind.YTD and self.measure in (Measure.AMOUNT, Measure.COUNT):
            level *= at.quarter / 4 * self.chance.uniform(0.85, 1.1)
        entry = self._valued(case.indicator, self._value(level))
        if self.kind is Kind.ANNUAL and self.rarely(0.6):
            entry = replace(entry, data_year=self._data_year(case, entry, at))
        return entry

    def _due(self, at: Period) -> bool:
        return at.quarter == ((self.release_month or 1) + 2) // 3

    def _data_year(self, case: Case, entry: Entry, at: Period) -> int:
        # "A data year lies before the period's year and not before the baseline's (without one: ten years back)"
        bases = [item.year for item in (case.indicator.baseline, case.own_baseline) if item is not None]
        newest = year_of(case.indicator, entry, at)
        year = newest + self.chance.choice((0, 0, 0, 0, 0, -1, -1, -2, 1))
        return min(at.year - 1, max([year, *bases]))

    def _value(self, level: float) -> Decimal:
        if self.measure is Measure.RANK:
            return max(Decimal(round(abs(level))), Decimal(1))
        if self.rarely(0.03):
            return Decimal(0)
        if self.measure is not Measure.COUNT and self.rarely(0.02):
            return self._exact(-abs(level))
        if self.measure is Measure.COUNT and self.rarely(0.01):
            return Decimal(f"{abs(level):.0f}.5")  # a fraction of a count: a logic error
        return self._exact(level if self.measure is not Measure.COUNT else abs(level))

    def _valued(self, indicator: Indicator, value: Decimal) -> Entry:
        status = VALUED[self.rarely(0.15)]
        if indicator.measure is not Measure.RATIO or self.rarely(0.5):
            return Entry(status, value)
        denominator = Decimal(self.chance.choice((7, 20, 31, 160)))
        numerator = round(value * denominator / indicator.factor, 3)
        stated = rounded(
            Fraction(numerator) / Fraction(denominator) * Fraction(indicator.factor), indicator.decimals
        )
        told = Decimal(stated.numerator) / Decimal(stated.denominator)
        told = round(told, indicator.decimals)
        if self.rarely(0.12):
            # Numerator and denominator contradict what is stated, or there is nothing to divide by.
            if self.rarely(0.3):
                return Entry(status, told, numerator=numerator, denominator=Decimal(0))
            off = Decimal(self.chance.choice((1, 3, 100))).scaleb(-indicator.decimals)
            return Entry(status, told + off, numerator=numerator, denominator=denominator)
        return Entry(status, told, numerator=numerator, denominator=denominator, computed=self.rarely(0.7))
