"""A unit's own targets and baselines beside the plan's, and the deadlines the city sets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.figures.reading import read_cell
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.figure_bounds import (
    OwnFigures,
    baseline_questions,
    impossible_baseline,
    impossible_target,
    target_questions,
)
from kjxd_desktop.domain.plan.indicator import Baseline, Direction, Indicator, Target, TargetKind
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.problems import Problem, ProblemError, QuestionError, refuse, wrong_call
from kjxd_desktop.usecases.access import indicator_of, plan_of, require_own, require_whole, unit_of
from kjxd_desktop.usecases.changes import Changes, Notes
from kjxd_desktop.usecases.planning.plans_shown import TargetLine
from kjxd_desktop.usecases.ports import Store, UnitOfWork

OWN_SOURCE = "本单位设定"
# What came with the city's template, and goes when the city takes it back.
SENT_SOURCE = "市级下达"


class SetTargets:
    """Reads and sets what measures a unit."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def lines(self, plan_id: str, unit_code: str) -> tuple[TargetLine, ...]:
        """One line an indicator: the unit's own baseline and figures for the plan's last year."""
        with self._store.reading() as uow:
            plan = plan_of(uow, plan_id)
            unit = unit_of(plan, unit_code)
            own, baselines = uow.splits.targets(plan_id, unit.code), uow.splits.baselines(plan_id, unit.code)
        year = plan.period[1]
        lines = []
        for indicator in plan.indicators:
            figures = {item.kind: item.value for item in own.get(indicator.code, ()) if item.year == year}
            baseline = baselines.get(indicator.code)
            default_year = indicator.baseline.year if indicator.baseline else plan.period[0] - 1
            lines.append(
                TargetLine(
                    indicator=indicator,
                    baseline=baseline.value if baseline else None,
                    baseline_year=baseline.year if baseline else default_year,
                    binding=figures.get(TargetKind.BINDING, figures.get(TargetKind.TARGET)),
                    expected=figures.get(TargetKind.EXPECTED),
                    year=year,
                )
            )
        return tuple(lines)

    def set_target(
        self,
        plan_id: str,
        unit_code: str,
        code: str,
        kind: TargetKind,
        year: int,
        text: str,
        *,
        sure: bool = False,
    ) -> Changes:
        """Set one own target from typed text; empty removes it.

        Args:
            sure: Keep what would be asked.

        Raises:
            QuestionError: It can be, but a person should look again (rules.md 5.8).
            ProblemError: The text is no number, or a target cannot be so.
            CallError: Unknown plan, unit or indicator, or the year lies outside the plan.
        """
        with self._store.writing("target", Act.FILL) as uow:
            plan = plan_of(uow, plan_id)
            unit, indicator = unit_of(plan, unit_code), indicator_of(plan, code)
            require_own(uow, plan, unit)
            _require_year(plan, year, plan.period[0])
            value, notes = _number(text, indicator, code)
            op = _op(indicator)
            target = Target(year, kind, op, value, unit_code=unit.code, source=OWN_SOURCE)
            if value is not None:
                _require_split(plan, unit, indicator)
                own = own_figures(uow, plan, unit.code, indicator)
                _settle(impossible_target(own, target), () if sure else target_questions(own, target))
            uow.splits.put_target(plan_id, unit.code, code, target)
        return Changes(entries=frozenset({code}), plan=True, notes=notes)

    def set_baseline(
        self, plan_id: str, unit_code: str, code: str, year: int, text: str, *, sure: bool = False
    ) -> Changes:
        """Set a unit's own baseline from typed text; empty removes it.

        Args:
            sure: Keep what would be asked.

        Raises:
            QuestionError: It can be, but a person should look again (rules.md 5.8).
            ProblemError: The text is no number, or a baseline cannot be so.
            CallError: Unknown plan, unit or indicator, or the year lies too far before the plan.
        """
        with self._store.writing("baseline", Act.FILL) as uow:
            plan = plan_of(uow, plan_id)
            unit, indicator = unit_of(plan, unit_code), indicator_of(plan, code)
            require_own(uow, plan, unit)
            _require_year(plan, year, plan.period[0] - 5)
            value, notes = _number(text, indicator, code)
            baseline = None if value is None else Baseline(year, value)
            if baseline is not None:
                _require_split(plan, unit, indicator)
                own = own_figures(uow, plan, unit.code, indicator)
                _settle(impossible_baseline(own, baseline), () if sure else baseline_questions(own, baseline))
            uow.splits.put_baseline(plan.id, unit.code, code, baseline)
        return Changes(entries=frozenset({code}), plan=True, notes=notes)

    def set_deadline(self, plan_id: str, period: Period, due: datetime) -> Changes:
        """Set a period's deadline (local time)."""
        with self._store.writing("deadline", Act.PLAN) as uow:
            plan = plan_of(uow, plan_id)
            require_whole(uow, plan)
            uow.plans.put_deadline(plan.id, period, due)
        return Changes(plan=True)


def own_figures(uow: UnitOfWork, plan: Plan, unit_code: str, indicator: Indicator) -> OwnFigures:
    """What measures a unit's indicator, as it stands here."""
    code = indicator.code
    return OwnFigures(
        plan,
        indicator,
        unit_code,
        uow.splits.targets(plan.id, unit_code).get(code, ()),
        uow.splits.baselines(plan.id, unit_code).get(code),
        uow.splits.targets(plan.id, plan.region).get(code, ()),
        uow.splits.baselines(plan.id, plan.region).get(code),
    )


def _require_split(plan: Plan, unit: Unit, indicator: Indicator) -> None:
    """Ranks and composites are measured at their own level only."""
    if indicator.published and unit.code != plan.region:
        raise refuse(indicator.code, "target_not_split", name=indicator.name)


def _settle(impossible: Problem | None, questions: Sequence[Problem]) -> None:
    if impossible is not None:
        raise ProblemError(impossible)
    if questions:
        raise QuestionError(questions)


def _require_year(plan: Plan, year: int, first: int) -> None:
    last = plan.period[1]
    if not first <= year <= last:
        raise wrong_call("year", "year_before_plan", year=str(year), first=str(first), last=str(last))


def _op(indicator: Indicator) -> str:
    """The comparator of the plan's own targets, else what the direction asks for."""
    if indicator.targets:
        return indicator.targets[0].op
    return ">=" if indicator.direction is Direction.UP else "<="


def _number(text: str, indicator: Indicator, code: str) -> tuple[Decimal | None, Notes]:
    """The number and, where it was written in another unit, the note that says how it was converted."""
    unit = indicator.unit
    reading = read_cell(text, unit, code, rate=indicator.rate)
    if reading.problem is not None:
        raise ProblemError(reading.problem)
    # A footnote mark has no place beside a target: it must not be dropped in silence.
    if reading.note or reading.status not in (EntryStatus.REPORTED, EntryStatus.MISSING):
        raise refuse(code, "not_a_number", text=text[:20])
    if not reading.converted_from or reading.value is None:
        return reading.value, ()
    params = (("text", reading.converted_from), ("value", plain_text(reading.value)), ("unit", unit))
    return reading.value, (("converted", params),)
