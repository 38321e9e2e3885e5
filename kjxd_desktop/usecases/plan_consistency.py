"""Whether a plan agrees with itself: codes once only, references that lead somewhere, usable settings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from kjxd_desktop.domain.indicator import (
    Aggregation,
    ComponentRole,
    Direction,
    Indicator,
    Kind,
    Measure,
    Target,
)
from kjxd_desktop.domain.period import FIRST_YEAR, LAST_YEAR
from kjxd_desktop.domain.plan import Goal, Plan, Task
from kjxd_desktop.domain.unit import Unit
from kjxd_desktop.usecases.plan_fields import PlanFault, entry_label

TASK_LISTS = ("text", "annex", "box", "clause", "measure", "field", "area", "item", "safeguard")
OPERATORS = (">=", "<=", ">")
MAX_DECIMALS = 6

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class _Breach:
    """A rule broken by an entry.

    Attributes:
        field: Field the fault is shown at.
        rests_on: Other fields the rule read; when one of them could not be read the rule says nothing.
    """

    field: str
    message: str
    rests_on: tuple[str, ...] = ()


def consistency_faults(plan: Plan, shape: Collection[PlanFault] = ()) -> tuple[PlanFault, ...]:
    """Everything in the plan that contradicts itself.

    Args:
        plan: The plan; where its document could not be read it holds stand-ins.
        shape: Faults already found while reading: rules that rest on those fields are left out.
    """
    checks = _Checks(shape)
    checks.ask("plan", (plan,), lambda item: "", _head)
    checks.ask("indicators", plan.indicators, lambda item: item.code, lambda item: _indicator(plan, item))
    checks.ask("tasks", plan.tasks, lambda item: item.code, lambda item: _task(plan, item))
    checks.ask("goals", plan.goals, lambda item: item.code, lambda item: _goal(plan, item))
    checks.ask("boxes", plan.boxes, lambda item: item.no, lambda item: _leads("task", item.task, plan.task))
    checks.ask("units", plan.units, lambda item: item.code, lambda item: _unit(plan, item))
    checks.once("indicators", "code", _indicator_codes(plan))
    checks.once("indicators", "name or alias", ((i.code, {i.name, *i.aliases}) for i in plan.indicators))
    checks.once("tasks", "code", ((task.code, {task.code}) for task in plan.tasks))
    checks.once("goals", "code", ((goal.code, {goal.code}) for goal in plan.goals))
    checks.once("boxes", "no", ((box.no, {box.no}) for box in plan.boxes))
    checks.once("units", "code", ((unit.code, {unit.code}) for unit in plan.units))
    checks.once("units", "name or alias", ((u.code, {u.name, u.office, *u.aliases}) for u in plan.units))
    return tuple(checks.found)


def unknown_names(plan: Plan, collectives: Collection[str] = ()) -> tuple[PlanFault, ...]:
    """Names in tasks and goals that belong to no unit of the plan.

    Args:
        collectives: Names that stand for several units, or for a body whose members nobody listed.
    """
    known = {*collectives}
    for unit in plan.units:
        known |= {unit.name, unit.office, *unit.aliases}
    faults: list[PlanFault] = []

    def look(table: str, entry: str, field: str, names: Sequence[str]) -> None:
        for name in names:
            if name not in known:
                faults.append(PlanFault(table, entry, field, f'"{name}" is no unit of this plan'))

    for number, task in enumerate(plan.tasks, start=1):
        entry = entry_label(number, task.code)
        look("tasks", entry, "lead", task.lead)
        look("tasks", entry, "coop", task.coop)
        look("tasks", entry, "responsible", task.responsible)
    for number, goal in enumerate(plan.goals, start=1):
        look("goals", entry_label(number, goal.code), "units", goal.units)
    return tuple(faults)


class _Checks:
    """Collects faults, leaving out those that rest on fields which could not be read."""

    def __init__(self, shape: Collection[PlanFault]) -> None:
        self.found: list[PlanFault] = []
        self._unread = {(fault.table, fault.entry, fault.field.split()[0]) for fault in shape}

    def ask(
        self,
        table: str,
        entries: Sequence[Entry],
        code: Callable[[Entry], str],
        check: Callable[[Entry], Iterable[_Breach]],
    ) -> None:
        """Run one check over the entries of a table."""
        for number, item in enumerate(entries, start=1):
            entry = "" if table == "plan" else entry_label(number, code(item))
            for breach in check(item):
                fields = (breach.field.split()[0], *breach.rests_on)
                if not any((table, entry, name) in self._unread for name in fields):
                    self.found.append(PlanFault(table, entry, breach.field, breach.message))

    def once(self, table: str, field: str, entries: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Each of these words may stand for one entry only."""
        owners: dict[str, int] = {}
        for number, (code, words) in enumerate(entries, start=1):
            for word in sorted(words):
                first = owners.setdefault(word, number)
                if word and first != number:
                    message = f'"{word}" is already used by #{first}'
                    self.found.append(PlanFault(table, entry_label(number, code), field, message))


def _indicator_codes(plan: Plan) -> Iterator[tuple[str, set[str]]]:
    # Indicators and components share one name space: check rules name both alike.
    components = {item.code: sorted(part.code for part in item.components) for item in plan.indicators}
    for item in plan.indicators:
        yield item.code, {item.code, *components[item.code]}


def _empty(record: object, *fields: str) -> Iterator[_Breach]:
    for field in fields:
        if not getattr(record, field):
            yield _Breach("class" if field == "group" else field, "must not be empty")


def _year(field: str, year: int) -> Iterator[_Breach]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        yield _Breach(field, f"{year} is not a year from {FIRST_YEAR} to {LAST_YEAR}")


def _leads(field: str, code: str | None, find: Callable[[str], object]) -> Iterator[_Breach]:
    if code is not None and find(code) is None:
        yield _Breach(field, f'"{code}" is no code of this plan')


def _head(plan: Plan) -> Iterator[_Breach]:
    yield from _empty(plan, "id", "title", "short_title")
    first, last = plan.period
    yield from _year("period", first)
    yield from _year("period", last)
    if first > last:
        yield _Breach("period", "the first year comes after the last")
    if plan.revision < 1:
        yield _Breach("revision", "must be 1 or more")
    yield from _leads("region", plan.region, plan.unit)
    if plan.reported_list not in TASK_LISTS:
        yield _Breach("reported_list", f'"{plan.reported_list}" is not one of {", ".join(TASK_LISTS)}')
    elif not plan.reported_tasks:
        yield _Breach("reported_list", f'no task has list = "{plan.reported_list}"')
    if not 0 <= plan.bands.between <= plan.bands.ahead:
        yield _Breach("bands", "must hold 0 ≤ between ≤ ahead")
    if not 0 <= plan.bands.task_lag_points <= 100:
        yield _Breach("bands", "task_lag_points must be 0 to 100")


def _indicator(plan: Plan, item: Indicator) -> Iterator[_Breach]:
    yield from _empty(item, "code", "no", "name", "group", "unit")
    yield from _aliases(plan, item)
    yield from _settings(item)
    yield from _ratio(item)
    if item.baseline is not None:
        yield from _year("baseline year", item.baseline.year)
    seen: set[tuple[object, ...]] = set()
    for number, target in enumerate(item.targets, start=1):
        yield from _target(plan, f"targets #{number}", target)
        same = (target.year, target.kind, target.scope, target.unit_code)
        if same in seen:
            yield _Breach(f"targets #{number}", "a second target of the same year and kind")
        seen.add(same)
    for number, plausible in enumerate(item.ranges, start=1):
        if plausible.low > plausible.high:
            yield _Breach(f"ranges #{number}", "low is above high")


def _aliases(plan: Plan, item: Indicator) -> Iterator[_Breach]:
    """A row named like a numerator must never be read as the ratio itself."""
    parts = {part.name for other in plan.indicators for part in other.components}
    for name in (item.name, *item.aliases):
        if name in parts:
            yield _Breach("aliases", f'"{name}" is also the name of a component')


def _settings(item: Indicator) -> Iterator[_Breach]:
    if not 0 <= item.decimals <= MAX_DECIMALS:
        yield _Breach("decimals", f"must be 0 to {MAX_DECIMALS}")
    if item.integral and item.decimals:
        yield _Breach("decimals", "must be 0 for counts and ranks", ("measure",))
    if item.measure is Measure.RANK and item.direction is Direction.UP:
        yield _Breach("direction", 'must be "down" for a rank', ("measure",))
    wanted = {
        Measure.RATIO: Aggregation.RATIO,
        Measure.AMOUNT: Aggregation.SUM,
        Measure.COUNT: Aggregation.SUM,
    }
    aggregation = wanted.get(item.measure, Aggregation.CITY)
    # A count or amount that only the city knows is allowed to stay with the city.
    if item.aggregation not in (aggregation, Aggregation.CITY):
        yield _Breach(
            "aggregation", f'"{item.aggregation}" does not fit measure "{item.measure}"', ("measure",)
        )
    if item.release_month is not None:
        if item.kind is not Kind.ANNUAL:
            yield _Breach("release_month", "is for annual indicators only", ("kind",))
        if not 1 <= item.release_month <= 12:
            yield _Breach("release_month", "must be 1 to 12")


def _ratio(item: Indicator) -> Iterator[_Breach]:
    numerator, denominator = (
        item.component(ComponentRole.NUMERATOR),
        item.component(ComponentRole.DENOMINATOR),
    )
    if item.factor <= 0:
        yield _Breach("factor", "must be above 0")
    if (numerator is None) != (denominator is None):
        yield _Breach("components", "a numerator and a denominator belong together")
    if item.aggregation is Aggregation.RATIO and numerator is None:
        yield _Breach(
            "components", "aggregation by ratio needs a numerator and a denominator", ("aggregation",)
        )
    if item.unit == "%" and numerator is not None and denominator is not None:
        if numerator.unit != denominator.unit:
            yield _Breach(
                "components", "a percentage needs numerator and denominator in the same unit", ("unit",)
            )
        if item.factor != Decimal(100):
            yield _Breach("factor", "must be 100 for a percentage", ("unit",))
    for number, part in enumerate(item.components, start=1):
        for breach in _empty(part, "code", "name", "unit"):
            yield _Breach(f"components #{number} {breach.field}", breach.message)


def _target(plan: Plan, place: str, target: Target) -> Iterator[_Breach]:
    yield from _year(f"{place} year", target.year)
    if target.op not in OPERATORS:
        yield _Breach(f"{place} op", f'"{target.op}" is not one of {", ".join(OPERATORS)}')
    if (target.value is None) == (not target.text):
        yield _Breach(place, "needs either a value or a text")
    yield from _leads(f"{place} unit_code", target.unit_code, plan.unit)


def _task(plan: Plan, task: Task) -> Iterator[_Breach]:
    yield from _empty(task, "code", "title", "text")
    if task.list not in TASK_LISTS:
        yield _Breach("list", f'"{task.list}" is not one of {", ".join(TASK_LISTS)}')
    yield from _leads("parent", task.parent, plan.task)
    for year in task.deadlines:
        yield from _year("deadlines", year)
    if list(task.deadlines) != sorted(set(task.deadlines)):
        yield _Breach("deadlines", "must be ascending years, each once")


def _goal(plan: Plan, goal: Goal) -> Iterator[_Breach]:
    yield from _empty(goal, "code", "text", "subject")
    if goal.year is not None:
        yield from _year("year", goal.year)
    yield from _leads("repeats_indicator", goal.repeats_indicator, plan.indicator)


def _unit(plan: Plan, unit: Unit) -> Iterator[_Breach]:
    yield from _empty(unit, "code", "name")
    yield from _leads("inside", unit.inside, plan.unit)
    if unit.inside == unit.code:
        yield _Breach("inside", "a unit cannot be inside itself")
