"""Decomposition (分解): who answers for what, with which targets, and whether the parts fit the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.assignment import Duty, UnitSplit
from kjxd_desktop.domain.plan.fit import among, fit_of
from kjxd_desktop.domain.plan.indicator import Indicator, Target, TargetKind
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Level, Unit
from kjxd_desktop.domain.problems import wrong_call
from kjxd_desktop.usecases.access import plan_of, require_whole, unit_of
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.planning.plans_shown import SplitCell, SplitGrid, SplitRow
from kjxd_desktop.usecases.ports import Store, UnitOfWork

BELOW = (Level.COUNTY, Level.PARK, Level.DEPARTMENT)


class Decompose:
    """Reads and sets what a city splits off for units; targets themselves are set by ``SetTargets``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def grid(self, plan_id: str, year: int, kind: TargetKind) -> SplitGrid:
        """The whole decomposition for one year and kind of target."""
        with self._store.reading() as uow:
            plan = plan_of(uow, plan_id)
            units = tuple(unit for unit in plan.units if unit.reports and unit.level in BELOW)
            splits = {unit.code: split_of(uow, plan, unit.code) for unit in units}
            city = uow.splits.targets(plan_id, plan.region)
            weights = {unit.code: _denominators(uow, plan_id, unit.code) for unit in units}
        duties = {unit.code: Duty(plan, unit, splits[unit.code].assigned) for unit in units}
        return SplitGrid(
            plan,
            year,
            kind,
            units,
            indicators=tuple(
                _indicator_row(
                    item, plan, units, duties, splits, weights, year, kind, city.get(item.code, ())
                )
                for item in plan.indicators
            ),
            tasks=tuple(
                SplitRow(
                    task,
                    None,
                    {
                        unit.code: SplitCell(
                            duties[unit.code].reports(task), splits[unit.code].assigned.get(task.code)
                        )
                        for unit in units
                    },
                )
                for task in plan.reported_tasks
            ),
        )

    def assign(self, plan_id: str, cells: Iterable[tuple[str, str]], assigned: bool | None) -> Changes:
        """Give indicators and tasks to units or take them off, in one transaction.

        Args:
            cells: Pairs of unit code and code of an indicator or task.
            assigned: None follows the plan again.

        Raises:
            CallError: ``unknown_unit`` or ``unknown_item``.
            ProblemError: ``only_city_sets``.
        """
        with self._store.writing("assignment", Act.PLAN) as uow:
            plan = plan_of(uow, plan_id)
            require_whole(uow, plan)
            for unit_code, code in cells:
                unit = unit_of(plan, unit_code)
                if plan.indicator(code) is None and plan.task(code) is None:
                    raise wrong_call("code", "unknown_item", code=code)
                uow.splits.put_assigned(plan_id, unit.code, code, assigned)
        return Changes(head=True, plan=True)


def split_of(uow: UnitOfWork, plan: Plan, unit_code: str) -> UnitSplit:
    """What was split off for a unit."""
    return UnitSplit(
        uow.splits.assigned(plan.id, unit_code),
        uow.splits.targets(plan.id, unit_code),
        uow.splits.baselines(plan.id, unit_code),
    )


def put_split(uow: UnitOfWork, plan: Plan, unit_code: str, split: UnitSplit) -> None:
    """Make what stands for a unit equal to a split, in the caller's transaction."""
    here = split_of(uow, plan, unit_code)
    for code in {**here.assigned, **split.assigned}:
        uow.splits.put_assigned(plan.id, unit_code, code, split.assigned.get(code))
    for code in {**here.targets, **split.targets}:
        wanted = {(item.year, item.kind): item for item in split.targets.get(code, ())}
        for item in here.targets.get(code, ()):
            if (item.year, item.kind) not in wanted:
                uow.splits.put_target(plan.id, unit_code, code, Target(item.year, item.kind))
        for item in wanted.values():
            uow.splits.put_target(plan.id, unit_code, code, item)
    for code in {**here.baselines, **split.baselines}:
        uow.splits.put_baseline(plan.id, unit_code, code, split.baselines.get(code))


def _indicator_row(
    indicator: Indicator,
    plan: Plan,
    units: Sequence[Unit],
    duties: Mapping[str, Duty],
    splits: Mapping[str, UnitSplit],
    weights: Mapping[str, Mapping[str, Decimal]],
    year: int,
    kind: TargetKind,
    city: tuple[Target, ...],
) -> SplitRow:
    cells = {
        unit.code: SplitCell(
            duties[unit.code].owes(indicator),
            splits[unit.code].assigned.get(indicator.code),
            _figure(splits[unit.code].targets.get(indicator.code, ()), year, kind),
            splits[unit.code].baselines.get(indicator.code),
            None if indicator.code in splits[unit.code].targets else _printed(indicator, unit, year, kind),
        )
        for unit in units
    }
    printed = tuple(
        item
        for item in indicator.targets
        if item.unit_code in (None, plan.region) and (not item.scope or item.scope in indicator.name)
    )
    own = _figure(city, year, kind)
    whole = own if own is not None else _figure(printed, year, kind)
    held = {code: cell.printed if cell.target is None else cell.target for code, cell in cells.items()}
    parts = {code: figure for code, figure in held.items() if figure is not None}
    begun = [unit for unit in units if unit.since is None or unit.since.year <= year]
    carrying = [unit for unit in begun if _carries(unit, cells[unit.code], unit.code in parts)]
    known = {code: figures[indicator.code] for code, figures in weights.items() if indicator.code in figures}
    return SplitRow(indicator, whole, cells, fit_of(indicator, whole, among(plan, carrying), parts, known))


def _carries(unit: Unit, cell: SplitCell, given: bool) -> bool:
    """Whether a unit has a part of the whole.

    A department that answers for an indicator because it is its source reports the whole's figure: it
    has a part of its own only when the city gives it the indicator or a target.
    """
    return cell.owes and (unit.level is not Level.DEPARTMENT or bool(cell.assigned) or given)


def _printed(indicator: Indicator, unit: Unit, year: int, kind: TargetKind) -> Decimal | None:
    """What the document itself asks of a unit."""
    named = tuple(item for item in indicator.targets if item.unit_code == unit.code)
    return _figure(named, year, kind)


def _figure(targets: tuple[Target, ...], year: int, kind: TargetKind) -> Decimal | None:
    return next((item.value for item in targets if (item.year, item.kind) == (year, kind)), None)


def _denominators(uow: UnitOfWork, plan_id: str, unit_code: str) -> dict[str, Decimal]:
    """The newest denominator of each ratio of a unit: what its target weighs in the whole."""
    found: dict[str, tuple[Period, Decimal]] = {}
    for code, points in uow.returns.series(plan_id, unit_code).items():
        for period, entry in points:
            if entry.denominator is not None and (code not in found or period >= found[code][0]):
                found[code] = (period, entry.denominator)
    return {code: figure for code, (_, figure) in found.items()}
