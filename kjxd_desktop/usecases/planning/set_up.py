"""Making a new workspace's first content: role, unit, plan."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.figure_bounds import split_questions
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Level, Unit
from kjxd_desktop.domain.problems import Problem, QuestionError, refuse
from kjxd_desktop.usecases.access import unit_of
from kjxd_desktop.usecases.planning.decompose import put_split
from kjxd_desktop.usecases.planning.take import take_plan
from kjxd_desktop.usecases.ports import Clock, Role, Store, WorkspaceInfo


def check_choice(plan: Plan, role: Role, unit_text: str) -> Unit:
    """The unit of a choice of role, unit and plan, before any file is made.

    Raises:
        CallError: ``unknown_unit``.
        ProblemError: A county role with the city's unit, a city role with another unit, or a unit
            that fills no return.
    """
    unit = unit_of(plan, unit_text)
    if role is Role.CITY and unit.code != plan.region:
        raise refuse("unit", "city_needs_city_unit", unit=unit.name)
    if role is Role.COUNTY and unit.level is Level.CITY:
        raise refuse("unit", "county_needs_own_unit", unit=unit.name)
    if not unit.reports:
        raise refuse("unit", "unit_does_not_report", unit=unit.name)
    return unit


def first_questions(plan: Plan, splits: Mapping[str, UnitSplit]) -> tuple[Problem, ...]:
    """What is asked of a decomposition that comes where nothing stands yet."""
    city = splits.get(plan.region or "", UnitSplit())
    return tuple(
        problem
        for code, split in splits.items()
        for problem in split_questions(plan, code, split, UnitSplit(), city)
    )


class SetUp:
    """Writes the head and the plan of an empty workspace."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def set_up(
        self,
        plan: Plan,
        role: Role,
        unit_text: str,
        *,
        demo: bool = False,
        splits: Mapping[str, UnitSplit] | None = None,
        sure: bool = False,
    ) -> WorkspaceInfo:
        """Write the first content in one transaction.

        Args:
            splits: What a plan workbook says of units.
            sure: Keep what would be asked of them.

        Raises:
            QuestionError: Targets or baselines of units that a person should look at again.
            ProblemError: See :func:`check_choice`.
        """
        unit = check_choice(plan, role, unit_text)
        if not sure and (questions := first_questions(plan, splits or {})):
            raise QuestionError(questions)
        info = WorkspaceInfo(uuid.uuid4().hex, role, unit.code, plan.id, self._clock.now(), demo)
        with self._store.writing("set_up", Act.MANAGE) as uow:
            uow.workspace.create(info)
            take_plan(uow, plan, unit)
            for code, split in (splits or {}).items():
                put_split(uow, plan, code, split)
        return info
