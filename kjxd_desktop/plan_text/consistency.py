"""Whether a plan agrees with itself: codes once only, references that lead somewhere, usable settings."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from kjxd_desktop.domain.checks.rules import RULE_CODES
from kjxd_desktop.domain.figures.period import FIRST_YEAR, LAST_YEAR
from kjxd_desktop.domain.plan.expressions import At
from kjxd_desktop.domain.plan.indicator import (
    Aggregation,
    ComponentRole,
    Direction,
    Indicator,
    Kind,
    Measure,
    Target,
)
from kjxd_desktop.domain.plan.plan import Box, Goal, Plan, Task
from kjxd_desktop.domain.plan.rule_book import Place, places_of
from kjxd_desktop.domain.plan.rules import CheckRule
from kjxd_desktop.domain.plan.unit import Collective, Unit
from kjxd_desktop.plan_text.faults import PlanFault, entry_label
from kjxd_desktop.plan_text.figure_faults import figure_faults

TASK_LISTS = ("text", "annex", "box", "clause", "measure", "field", "area", "item", "safeguard")
OPERATORS = (">=", "<=", ">")
MAX_DECIMALS = 6
# A median of fewer says nothing of a spread.
MIN_OUTLIER_POINTS = 3

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class _Breach:
    """A rule broken by an entry.

    Attributes:
        field: Field the fault is shown at.
        rests_on: Other fields the rule read; when one of them could not be read the rule says nothing.
    """

    field: str
    code: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)
    rests_on: tuple[str, ...] = ()


def _breach(field: str, code: str, *rests_on: str, **params: str) -> _Breach:
    return _Breach(field, code, params, rests_on)


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
    checks.ask("boxes", plan.boxes, lambda item: item.no, lambda item: _box(plan, item))
    checks.ask("collectives", plan.collectives, lambda item: item.name, lambda item: _members(plan, item))
    places = places_of(plan.indicators)
    checks.ask("rules", plan.rules, lambda item: item.code, lambda item: _rule(places, item))
    checks.once("rules", "code", ((rule.code, {rule.code}) for rule in plan.rules))
    checks.ask("units", plan.units, lambda item: item.code, lambda item: _unit(plan, item))
    checks.once("indicators", "code", _indicator_codes(plan))
    checks.once("indicators", "name or alias", ((i.code, {i.name, *i.aliases}) for i in plan.indicators))
    checks.once("tasks", "code", ((task.code, {task.code}) for task in plan.tasks))
    # Duties are kept by code alone: an indicator and a task must not share one.
    taken = places_of(plan.indicators)
    checks.ask("tasks", plan.tasks, lambda item: item.code, lambda item: _apart(taken, item))
    checks.once("goals", "code", ((goal.code, {goal.code}) for goal in plan.goals))
    checks.once("boxes", "no", ((box.no, {box.no}) for box in plan.boxes))
    checks.once("units", "code", ((unit.code, {unit.code}) for unit in plan.units))
    checks.once("units", "name or alias", ((u.code, {u.name, u.office, *u.aliases}) for u in plan.units))
    checks.once("collectives", "name", ((item.name, {item.name}) for item in plan.collectives))
    return tuple(checks.found)


def unknown_names(plan: Plan) -> tuple[PlanFault, ...]:
    """Names in tasks and goals that belong to no unit and no collective of the plan."""
    known = {collective.name for collective in plan.collectives}
    for unit in plan.units:
        known |= {unit.name, unit.office, *unit.aliases}
    faults: list[PlanFault] = []

    def look(table: str, number: int, code: str, field: str, names: Sequence[str]) -> None:
        entry = entry_label(number, code)
        for name in names:
            if name not in known:
                faults.append(PlanFault(table, number, entry, field, "unknown_unit", {"text": name}))

    for number, task in enumerate(plan.tasks, start=1):
        look("tasks", number, task.code, "lead", task.lead)
        look("tasks", number, task.code, "coop", task.coop)
        look("tasks", number, task.code, "responsible", task.responsible)
    for number, goal in enumerate(plan.goals, start=1):
        look("goals", number, goal.code, "units", goal.units)
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
            number = 0 if table == "plan" else number
            entry = entry_label(number, code(item)) if number else ""
            for breach in check(item):
                fields = (breach.field.split()[0], *breach.rests_on)
                if not any((table, entry, name) in self._unread for name in fields):
                    self.found.append(
                        PlanFault(table, number, entry, breach.field, breach.code, breach.params)
                    )

    def once(self, table: str, field: str, entries: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Each of these words may stand for one entry only."""
        owners: dict[str, int] = {}
        for number, (code, words) in enumerate(entries, start=1):
            for word in sorted(words):
                first = owners.setdefault(word, number)
                if word and first != number:
                    params = {"text": word, "first": str(first)}
                    entry = entry_label(number, code)
                    self.found.append(PlanFault(table, number, entry, field, "used_twice", params))


def _indicator_codes(plan: Plan) -> Iterator[tuple[str, set[str]]]:
    # Indicators and components share one name space: check rules name both alike.
    components = {item.code: sorted(part.code for part in item.components) for item in plan.indicators}
    for item in plan.indicators:
        yield item.code, {item.code, *components[item.code]}


def _empty(record: object, *fields: str) -> Iterator[_Breach]:
    for field in fields:
        if not getattr(record, field):
            yield _breach("class" if field == "group" else field, "empty")


def _year(field: str, year: int) -> Iterator[_Breach]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        yield _breach(field, "year_outside", year=str(year), first=str(FIRST_YEAR), last=str(LAST_YEAR))


def _leads(field: str, code: str | None, find: Callable[[str], object]) -> Iterator[_Breach]:
    if code is not None and find(code) is None:
        yield _breach(field, "unknown_code", text=code)


def _head(plan: Plan) -> Iterator[_Breach]:
    yield from _empty(plan, "id", "title", "short_title")
    first, last = plan.period
    yield from _year("period", first)
    yield from _year("period", last)
    if first > last:
        yield _breach("period", "years_backwards")
    if plan.revision < 1:
        yield _breach("revision", "revision_small")
    yield from _adjustment(plan)
    yield from _rekeyed(plan)
    yield from _leads("region", plan.region, plan.unit)
    if plan.reported_list not in TASK_LISTS:
        yield _breach("reported_list", "not_a_choice", text=plan.reported_list, choices=", ".join(TASK_LISTS))
    elif not plan.reported_tasks:
        yield _breach("reported_list", "list_empty", text=plan.reported_list)
    if not 0 <= plan.bands.between <= plan.bands.ahead:
        yield _breach("bands", "bands_order")
    if not 0 <= plan.bands.task_lag_points <= 100:
        yield _breach("bands", "lag_outside")
    checks = plan.checks
    if min(checks.year_change, checks.quarter_change, checks.count_change, checks.slip, checks.outlier) < 0:
        yield _breach("checks", "checks_negative")
    if checks.outlier_points < MIN_OUTLIER_POINTS:
        yield _breach("checks", "outlier_points_few", limit=str(MIN_OUTLIER_POINTS))


def _rekeyed(plan: Plan) -> Iterator[_Breach]:
    """What is keyed twice is a figure that somebody below fills."""
    for code in plan.rekeyed:
        item = plan.indicator(code)
        if item is None:
            yield _breach("rekeyed", "unknown_code", "indicators", text=code)
        elif item.aggregation is Aggregation.CITY:
            yield _breach("rekeyed", "rekeyed_not_filled", "indicators", text=item.name)


def _adjustment(plan: Plan) -> Iterator[_Breach]:
    if plan.adjustment is None:
        if plan.revision > 1:
            yield _breach("adjustment", "adjustment_missing", "revision", revision=str(plan.revision))
        return
    if plan.revision == 1:
        yield _breach("adjustment", "adjustment_first", "revision")
    if not plan.period[0] <= plan.adjustment.since.year <= plan.period[1]:
        period = plan.adjustment.since.key
        yield _breach("adjustment since", "since_outside", "period", period=period)
    for field in ("summary", "reason"):
        if not getattr(plan.adjustment, field).strip():
            yield _breach(f"adjustment {field}", "empty")


def _indicator(plan: Plan, item: Indicator) -> Iterator[_Breach]:
    yield from _empty(item, "code", "no", "name", "group", "unit")
    yield from _aliases(plan, item)
    yield from _settings(item)
    yield from _ratio(item)
    yield from _figures(item)
    if item.baseline is not None:
        yield from _year("baseline year", item.baseline.year)
    seen: set[tuple[object, ...]] = set()
    for number, target in enumerate(item.targets, start=1):
        yield from _target(plan, f"targets #{number}", target)
        same = (target.year, target.kind, target.scope, target.unit_code)
        if same in seen:
            yield _breach(f"targets #{number}", "target_twice")
        seen.add(same)
    for number, plausible in enumerate(item.ranges, start=1):
        if plausible.low > plausible.high:
            yield _breach(f"ranges #{number}", "range_backwards")


def _figures(item: Indicator) -> Iterator[_Breach]:
    for fault in figure_faults(item):
        yield _Breach(fault.field, fault.code, fault.params, fault.rests_on)


def _aliases(plan: Plan, item: Indicator) -> Iterator[_Breach]:
    """A row named like a numerator must never be read as the ratio itself."""
    parts = {part.name for other in plan.indicators for part in other.components}
    for name in (item.name, *item.aliases):
        if name in parts:
            yield _breach("aliases", "names_component", text=name)


def _settings(item: Indicator) -> Iterator[_Breach]:
    if not 0 <= item.decimals <= MAX_DECIMALS:
        yield _breach("decimals", "decimals_outside", limit=str(MAX_DECIMALS))
    if item.integral and item.decimals:
        yield _breach("decimals", "decimals_of_count", "measure")
    if item.measure is Measure.RANK and item.direction is Direction.UP:
        yield _breach("direction", "rank_goes_down", "measure")
    wanted = {
        Measure.RATIO: Aggregation.RATIO,
        Measure.AMOUNT: Aggregation.SUM,
        Measure.COUNT: Aggregation.SUM,
    }
    aggregation = wanted.get(item.measure, Aggregation.CITY)
    # A count or amount that only the city knows is allowed to stay with the city.
    if item.aggregation not in (aggregation, Aggregation.CITY):
        yield _breach(
            "aggregation", "aggregation_unfit", "measure", text=item.aggregation, measure=item.measure
        )
    if item.release_month is not None:
        if item.kind is not Kind.ANNUAL:
            yield _breach("release_month", "month_not_annual", "kind")
        if not 1 <= item.release_month <= 12:
            yield _breach("release_month", "month_outside")
    yield from _profile(item)


def _profile(item: Indicator) -> Iterator[_Breach]:
    """Three cumulated shares of the year: a quarter may bring nothing, but not less."""
    if not item.profile:
        return
    if not item.running:
        yield _breach("profile", "profile_not_running", "kind", "measure")
    if len(item.profile) != 3:
        yield _breach("profile", "profile_three", count=str(len(item.profile)))
    steps = (Decimal(0), *item.profile, Decimal(100))
    if any(later < earlier for earlier, later in pairwise(steps)):
        yield _breach("profile", "profile_order")


def _ratio(item: Indicator) -> Iterator[_Breach]:
    numerator, denominator = (
        item.component(ComponentRole.NUMERATOR),
        item.component(ComponentRole.DENOMINATOR),
    )
    if item.factor <= 0:
        yield _breach("factor", "factor_small")
    if (numerator is None) != (denominator is None):
        yield _breach("components", "half_a_ratio")
    if item.aggregation is Aggregation.RATIO and numerator is None:
        yield _breach("components", "ratio_without_parts", "aggregation")
    if item.unit == "%" and numerator is not None and denominator is not None:
        if numerator.unit != denominator.unit:
            yield _breach("components", "percent_units", "unit")
        if item.factor != Decimal(100):
            yield _breach("factor", "percent_factor", "unit")
    for number, part in enumerate(item.components, start=1):
        for breach in _empty(part, "code", "name", "unit"):
            yield _breach(f"components #{number} {breach.field}", breach.code)


def _target(plan: Plan, place: str, target: Target) -> Iterator[_Breach]:
    yield from _year(f"{place} year", target.year)
    if target.op not in OPERATORS:
        yield _breach(f"{place} op", "not_a_choice", text=target.op, choices=", ".join(OPERATORS))
    if (target.value is None) == (not target.text):
        yield _breach(place, "value_or_text")
    yield from _leads(f"{place} unit_code", target.unit_code, plan.unit)


def _rule(places: Mapping[str, Place], rule: CheckRule) -> Iterator[_Breach]:
    yield from _empty(rule, "code", "message")
    if rule.code in RULE_CODES:
        yield _breach("code", "rule_built_in", text=rule.code)
    for field, side in (("left", rule.left), ("right", rule.right)):
        for figure in side.figures:
            place = places.get(figure.code)
            if place is None:
                yield _breach(field, "rule_unknown_name", "indicators", text=figure.code)
            elif figure.at is At.TARGET and place.role is not None:
                yield _breach(field, "rule_target_of_part", text=figure.code)
    if rule.left.steps and rule.right.steps and not any(item.at is At.NOW for item in rule.figures):
        yield _breach("left", "rule_reads_nothing", "right")
    if rule.pair and not all(side.figures for side in rule.sides):
        yield _breach("right", "rule_half_a_pair", "left", "op")


def _task(plan: Plan, task: Task) -> Iterator[_Breach]:
    yield from _empty(task, "code", "title", "text")
    if task.list not in TASK_LISTS:
        yield _breach("list", "not_a_choice", text=task.list, choices=", ".join(TASK_LISTS))
    yield from _leads("parent", task.parent, plan.task)
    yield from _deadlines("deadlines", task.deadlines)


def _deadlines(field: str, years: tuple[int, ...]) -> Iterator[_Breach]:
    for year in years:
        yield from _year(field, year)
    if list(years) != sorted(set(years)):
        yield _breach(field, "years_not_ascending")


def _box(plan: Plan, box: Box) -> Iterator[_Breach]:
    yield from _leads("task", box.task, plan.task)
    for number, item in enumerate(box.items, start=1):
        yield from _deadlines(f"items #{number} deadlines", item.deadlines)


def _apart(taken: Mapping[str, Place], task: Task) -> Iterator[_Breach]:
    if task.code in taken:
        yield _breach("code", "code_of_indicator", text=task.code)


def _goal(plan: Plan, goal: Goal) -> Iterator[_Breach]:
    yield from _empty(goal, "code", "text", "subject")
    if goal.year is not None:
        yield from _year("year", goal.year)
    yield from _leads("repeats_indicator", goal.repeats_indicator, plan.indicator)


def _members(plan: Plan, item: Collective) -> Iterator[_Breach]:
    yield from _empty(item, "name")
    for code in item.members:
        yield from _leads("members", code, plan.unit)


def _unit(plan: Plan, unit: Unit) -> Iterator[_Breach]:
    yield from _empty(unit, "code", "name")
    yield from _leads("inside", unit.inside, plan.unit)
    if unit.inside == unit.code or unit.code in {host.code for host in plan.hosts(unit)}:
        yield _breach("inside", "inside_itself")
