"""The second table: thirty kinds of mistakes in returns of odd units, with little history or none.

Every return of the tested years stands with histories of 0, 1, 3, 4 and 7 quarters before it; the first
return (none) with and without own targets, the others by turns.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.indicator import Aggregation, Indicator, Measure
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.usecases.checking.check import findings_of
from kjxd_desktop.usecases.filling.view import ReturnView
from kjxd_desktop.usecases.ports import Role
from tests.benchmarks.mistakes.generator import points
from tests.benchmarks.mistakes.injections import Sheet, Wrong
from tests.benchmarks.mistakes.kinds import KINDS, Desk, MistakeKind
from tests.benchmarks.mistakes.offices import COUNTIES, Office, before, offices

TESTED_YEARS = (2023, 2024)
# Quarters known before a return, and whether its unit has own targets; None: by turns.
HISTORIES: Sequence[tuple[int, bool | None]] = (
    (0, False),
    (0, True),
    (1, None),
    (3, None),
    (4, None),
    (7, None),
)
COUNTED, FEW = ("家", "户", "件", "个", "名"), 3
_GRADES = (Grade.LOGIC, Grade.VERIFY, Grade.HINT)


@dataclass
class Tally:
    """Mistakes of one kind: those that matter, found, and first named by their true cause."""

    made: int = 0
    caught: int = 0
    named: int = 0
    first: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Add another kind's or history's."""
        self.made += other.made
        self.caught += other.caught
        self.named += other.named


@dataclass
class Clean:
    """What right returns were told."""

    returns: int = 0
    grades: Counter[Grade] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    logic: list[str] = field(default_factory=list)


# By history: the label of HISTORIES.
Tables = Mapping[str, Mapping[str, Tally]]


@dataclass(frozen=True)
class Case:
    """One right return and what it stands among; its name is the same for all histories."""

    label: str
    name: str
    view: ReturnView
    desk: Desk


def label_of(quarters: int, own: bool | None) -> str:
    """``0`` or ``0 + targets``, ``1``, …"""
    return f"{quarters} + targets" if own and not quarters else str(quarters)


def cases(plan: Plan, seeds: Sequence[int], numbers: Sequence[int] | None = None) -> Iterator[Case]:
    """Every right return of some runs, in all its histories; of some offices only, by their number in a run."""
    for seed in seeds:
        found = offices(plan, seed)
        for number, office in enumerate(found):
            if numbers is not None and number not in numbers:
                continue
            for step, period in enumerate(_tested()):
                name = f"{seed} {number} {period}"
                desk = _desk(plan, found, office, period, random.Random(f"desk {name}"))
                for quarters, own in HISTORIES:
                    with_targets = (number + step) % 2 == 0 if own is None else own
                    view = view_of(plan, office, period, quarters, with_targets)
                    told = desk if with_targets else _without_own(desk, plan)
                    yield Case(label_of(quarters, own), name, view, told)


def _tested() -> tuple[Period, ...]:
    return tuple(Period(year, quarter) for year in TESTED_YEARS for quarter in range(1, 5))


def view_of(plan: Plan, office: Office, period: Period, quarters: int, with_targets: bool) -> ReturnView:
    """A unit's return with so many quarters before it."""
    return ReturnView(
        Return(ReturnKey(plan.id, office.unit.code, period), plan.revision),
        plan,
        office.unit,
        Role.COUNTY,
        Duty(plan, office.unit),
        points(before(office.series, period, quarters)),
        targets=office.targets if with_targets else {},
        baselines=office.baselines if with_targets else {},
        explanations=(),
    )


def _desk(plan: Plan, found: list[Office], office: Office, period: Period, chance: random.Random) -> Desk:
    now = {code: cells[period] for code, cells in office.series.items()}
    past = {
        code: {at: entry for at, entry in cells.items() if at <= period}
        for code, cells in office.series.items()
    }
    targets = {code: chance.choice(own).value for code, own in office.targets.items()}
    return Desk(
        Sheet(plan, period, now, past),
        {code: value for code, value in targets.items() if value is not None},
        _city(plan, found, period),
        {code: cells[period] for code, cells in chance.choice(found[COUNTIES:]).series.items()},
    )


def _without_own(desk: Desk, plan: Plan) -> Desk:
    """A desk whose column of targets holds the plan's."""
    plans = {
        item.code: target.value
        for item in plan.indicators
        for target in item.targets
        if target.value is not None
    }
    return Desk(desk.sheet, plans, desk.city, desk.park)


def _city(plan: Plan, found: list[Office], period: Period) -> dict[str, tuple[Decimal, ...]]:
    """The city's figures: the sum of the counties, and what the plan starts from."""
    city = {}
    for code in found[0].series:
        indicator = plan.indicator(code)
        assert indicator is not None
        known = [] if indicator.baseline is None else [indicator.baseline.value]
        if indicator.aggregation is Aggregation.SUM:
            values = [office.series[code][period].value for office in found[:COUNTIES]]
            known.append(sum((value for value in values if value is not None), Decimal(0)))
        if known:
            city[code] = tuple(known)
    return city


def in_order(view: ReturnView) -> list[Finding]:
    """What a return is told, as the panel shows it."""
    return sorted(findings_of(view), key=lambda item: _GRADES.index(item.grade))


def measure(
    plan: Plan, seeds: Sequence[int], numbers: Sequence[int] | None = None
) -> tuple[Mapping[str, Clean], Tables]:
    """Check every right return, then each with one mistake of every kind."""
    labels = [label_of(*history) for history in HISTORIES]
    cleans = {label: Clean() for label in labels}
    tables: Tables = {label: {kind.name: Tally() for kind in KINDS} for label in labels}
    for case in cases(plan, seeds, numbers):
        right = in_order(case.view)
        _count_clean(cleans[case.label], right)
        for kind in KINDS:
            # The same mistake whatever is known before.
            chance = random.Random(f"{kind.name} {case.name}")
            wrong = kind.make(case.desk, chance)
            if wrong and (kind.always or _matters(case.desk, wrong)):
                _count(tables[case.label][kind.name], case, kind, wrong, right)
    return cleans, tables


def _count_clean(clean: Clean, right: Sequence[Finding]) -> None:
    clean.returns += 1
    for finding in right:
        clean.grades[finding.grade] += 1
        clean.rules[f"{finding.rule}{'' if finding.grade is not Grade.HINT else ' (hint)'}"] += 1
        if finding.grade is Grade.LOGIC:
            clean.logic.append(f"{finding.code} {finding.rule} {finding.left} {finding.right}")


def _matters(desk: Desk, wrong: Wrong) -> bool:
    """Whether a figure or one of its parts is off by enough: ``_off``."""
    return any(
        _off(getattr(desk.now[code], field), getattr(entry, field), counts=unit in COUNTED)
        for code, entry in wrong.items()
        for field, unit in _units(desk.sheet.indicator(code)).items()
    )


def _units(indicator: Indicator) -> Mapping[str, str]:
    parts = {part.role.value: part.unit for part in indicator.components}
    own = "家" if indicator.measure is Measure.COUNT else indicator.unit
    return {
        "value": "" if indicator.measure is Measure.RATIO else own,
        "numerator": parts.get("numerator", ""),
        "denominator": parts.get("denominator", ""),
    }


def _off(right: Decimal | None, wrong: Decimal | None, *, counts: bool) -> bool:
    """Counts by three units, others by a fifth; counts off by one or two are let be by the specification."""
    if right is None or wrong is None:
        return right is not wrong
    off = abs(wrong - right)
    return off >= FEW if counts else off * 5 >= abs(right) and off > 0


def _count(tally: Tally, case: Case, kind: MistakeKind, wrong: Wrong, right: Sequence[Finding]) -> None:
    tally.made += 1
    new = [finding for finding in in_order(case.view.with_entries(wrong)) if _is_new(finding, wrong, right)]
    asked = [finding for finding in new if kind.hint_will_do or finding.grade is not Grade.HINT]
    if not asked:
        tally.missed[_told(case, wrong)] += 1
        return
    tally.caught += 1
    tally.first[asked[0].rule] += 1
    tally.named += asked[0].rule in kind.causes


def _is_new(finding: Finding, wrong: Wrong, right: Sequence[Finding]) -> bool:
    """Not said of the right return; or said of the wrong cell with another figure, which voids a reason."""
    said = [item for item in right if (item.code, item.rule) == (finding.code, finding.rule)]
    if not said or finding.code not in wrong:
        return not said
    return all((item.left, item.right) != (finding.left, finding.right) for item in said)


def _told(case: Case, wrong: Wrong) -> str:
    """A missed mistake in one line, for whoever looks at what is missed."""
    code, entry = next(iter(wrong.items()))
    return f"{code} {_entry_text(case.desk.now[code])} → {_entry_text(entry)}"


def _entry_text(entry: Entry) -> str:
    parts = "" if entry.numerator is None else f" ({entry.numerator}/{entry.denominator})"
    return f"{entry.value}{parts}"


def print_tables(cleans: Mapping[str, Clean], tables: Tables, *, misses: int) -> None:
    """Per kind and history, then what right returns were told."""
    known = [label for label in tables if not label.startswith("0")]
    first = [label for label in tables if label.startswith("0")]
    print(
        f"{'mistake that matters':32s}{'made':>6s}{'caught':>8s}{'named':>8s}"
        + "".join(f"{' h=' + label:>15s}" for label in tables)
    )
    for kind in KINDS:
        _print_row(kind.name, [tables[label][kind.name] for label in known], tables, kind, misses)
    everything = {label: {"all": _summed(tables[label].values())} for label in tables}
    _print_row("all with a history", [everything[label]["all"] for label in known], everything, None, 0)
    easy = [tables[label][kind.name] for label in known for kind in KINDS if not kind.hard]
    told = _summed(easy)
    print(f"{'all with a history but *':32s}{told.made:6d}{told.caught / max(1, told.made):8.1%}")
    for label in first:
        alone = everything[label]["all"]
        words = f"first return, {'own targets' if 'targets' in label else 'no targets'}"
        named = f"{alone.named / max(1, alone.caught):8.1%}"
        print(f"{words:32s}{alone.made:6d}{alone.caught / max(1, alone.made):8.1%}{named}")
    print("\nnamed: of the caught ones, those whose first message names the true cause (kinds.CAUSES)")
    for label, clean in cleans.items():
        _print_clean(f"h={label}", clean)
    _print_clean("with a history", _clean_sum([cleans[label] for label in known]))
    whole = _clean_sum(list(cleans.values()))
    _print_clean("all", whole)
    print("by rule:", ", ".join(f"{rule} {times}" for rule, times in whole.rules.most_common()))
    for line in whole.logic[:10]:
        print("false logic error:", line)


def _print_row(
    name: str, counted: list[Tally], tables: Tables, kind: MistakeKind | None, misses: int
) -> None:
    tally = _summed(counted)
    cells = []
    for table in tables.values():
        one = table[name] if name in table else table["all"]
        cells.append(f"{one.caught / one.made:15.1%}" if one.made else f"{'-':>15s}")
    made, caught = max(1, tally.made), max(1, tally.caught)
    mark = " *" if kind is not None and kind.hard else ""
    print(
        f"{name + mark:32s}{tally.made:6d}{tally.caught / made:8.1%}{tally.named / caught:8.1%}"
        + "".join(cells)
    )
    if misses and kind is not None:
        for text in ("first", "missed"):
            all_of = sum((getattr(item, text) for item in counted), Counter[str]())
            print(
                f"    {text}: " + "; ".join(f"{what} {times}" for what, times in all_of.most_common(misses))
            )


def _summed(counted: Iterable[Tally]) -> Tally:
    total = Tally()
    for item in counted:
        total.add(item)
    return total


def _clean_sum(counted: Sequence[Clean]) -> Clean:
    total = Clean()
    for item in counted:
        total.returns += item.returns
        total.grades += item.grades
        total.rules += item.rules
        total.logic += item.logic
    return total


def _print_clean(name: str, clean: Clean) -> None:
    each = ", ".join(f"{grade.value} {clean.grades[grade] / max(1, clean.returns):.3f}" for grade in _GRADES)
    print(f"right returns, {name}: {clean.returns}; for each: {each}")
