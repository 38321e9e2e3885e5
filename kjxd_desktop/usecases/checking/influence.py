"""How much the cells that something was found at weigh in the city's totals: what is worth asking about first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.indicator import Aggregation, Indicator
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.carry import standing_entry
from kjxd_desktop.domain.returns.data_year import year_of
from kjxd_desktop.domain.returns.earlier import previous_figure
from kjxd_desktop.domain.whole.total import Part, added, weight
from kjxd_desktop.usecases.access import reporting_units
from kjxd_desktop.usecases.filling.view import ReturnView
from kjxd_desktop.usecases.ports import Role, UnitOfWork


def influence_of(uow: UnitOfWork, view: ReturnView, findings: Iterable[Finding]) -> Mapping[str, Fraction]:
    """The weight of each found cell of a unit in the city's total, by indicator code.

    Nothing in a county, for the city's own return, for what is not summed, and for a figure that is no part of the
    total.
    """
    if view.role is not Role.CITY or view.unit.code == view.plan.region:
        return {}
    codes = {item.code for item in findings}
    summed = [
        item for item in view.plan.indicators if item.code in codes and item.aggregation is Aggregation.SUM
    ]
    parts = _parts(uow, view, summed) if summed else {}
    found: dict[str, Fraction] = {}
    for item in summed:
        before = previous_figure(item, view.entry(item), view.head.key.period, view.cells(item.code))
        share = weight(added(view.plan, parts[item.code]), view.unit.code, before.value)
        if share is not None:
            found[item.code] = share
    return found


def _parts(uow: UnitOfWork, view: ReturnView, summed: list[Indicator]) -> dict[str, list[Part]]:
    """What every unit has of these indicators, whatever the state of its return."""
    key = view.head.key
    frozen = {head.key.unit_code for head in uow.returns.heads(key.plan_id, key.period) if not head.editable}
    parts: dict[str, list[Part]] = {item.code: [] for item in summed}
    for unit in reporting_units(view.plan, key.period):
        duty = Duty(view.plan, unit, uow.splits.assigned(key.plan_id, unit.code))
        own = [item for item in summed if duty.owes(item) and _has_part(uow, duty, item)]
        series = uow.returns.series(key.plan_id, unit.code, [item.code for item in own]) if own else {}
        for item in own:
            cells = dict(series.get(item.code, ()))
            entry = standing_entry(item, key.period, cells, frozen=unit.code in frozen)
            parts[item.code].append(Part(unit, year_of(item, entry, key.period), entry.value))
    return parts


def _has_part(uow: UnitOfWork, duty: Duty, indicator: Indicator) -> bool:
    """Whether a unit that owes a figure has a part of the whole, as in the decomposition (rules.md 3.2).

    A department that owes one because it is its source reports the whole's figure.
    """
    if duty.unit.level is not Level.DEPARTMENT or duty.assigned.get(indicator.code):
        return True
    return indicator.code in uow.splits.targets(duty.plan.id, duty.unit.code)
