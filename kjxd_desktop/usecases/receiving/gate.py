"""Whether a file belongs here: format, plan, revision, unit, period and direction, each refused by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.figure_bounds import LATER_FAULTS
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.problems import ProblemError, refuse
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.plan_text.consistency import consistency_faults
from kjxd_desktop.plan_text.document import PlanDocumentError, plan_from_document
from kjxd_desktop.usecases.access import own_unit, plan_at, plan_for, plan_of
from kjxd_desktop.usecases.planning.take import measure_of, office_in, require_same_measures
from kjxd_desktop.usecases.ports import PlanSource, Role, Store, UnitOfWork, WorkspaceInfo
from kjxd_desktop.usecases.sending.exchange import FORMAT, FileKind, Identity, ReturnFile
from kjxd_desktop.wording.receiving.imports import EMPTY


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that belongs here.

    Attributes:
        plan: In the revision the return stands under here.
        file_plan: In the revision the file was made under, the same or an older one.
        assigned: The city's word on what the unit answers for.
        new_plan: The plan is not in the workspace yet (a dispatch brings it).
        submission: A unit's return; else a city's dispatch for the own unit.
        signed: It came out of the program as a submission, with a check code.
    """

    file: ReturnFile
    key: ReturnKey
    plan: Plan
    unit: Unit
    file_plan: Plan
    assigned: Mapping[str, bool]
    new_plan: bool
    submission: bool
    signed: bool

    @property
    def duty(self) -> Duty:
        """What the unit's return holds and must answer for."""
        return Duty(self.plan, self.unit, self.assigned)


class KnownPlans:
    """Finds plans for the reader: those of the workspace, then the built-in ones.

    Besides ids it takes a title as a cover shows it, and an empty id for the workspace's own plan; a
    file without an identity sheet names no id.
    """

    def __init__(self, store: Store, plans: PlanSource) -> None:
        self._store = store
        self._plans = plans

    def __call__(self, plan_id: str, revision: int | None = None) -> Plan | None:
        """The plan of that id or title; None when it is not known here."""
        with self._store.reading() as uow:
            found = _kept_plan(uow, plan_id, revision)
        return found or built_in(self._plans, plan_id, revision)


def built_in(plans: PlanSource, plan_id: str, revision: int | None) -> Plan | None:
    """The built-in plan of that id and revision."""
    if plan_id not in plans.ids():
        return None
    plan = plans.load(plan_id)
    return plan if revision in (None, plan.revision) else None


def admit(uow: UnitOfWork, file: ReturnFile, plans: PlanSource) -> Incoming:
    """Whether and as what the file belongs here.

    Raises:
        ProblemError: ``newer_format``, ``unknown_plan``, ``other_revision``, ``unknown_unit``,
            ``wrong_unit``, ``unit_mixed``, ``wrong_period``, ``period_mixed``, ``own_submission``,
            ``county_takes_dispatch``, ``no_tables`` or ``plan_unreadable``.
    """
    info = uow.workspace.info()
    identity = file.identity
    if identity is not None and identity.format > FORMAT:
        raise refuse("file", "newer_format", name=file.file_name)
    if identity is not None:
        _right_direction(info, identity)
    if info.role is Role.COUNTY:
        if identity is None or identity.kind is not FileKind.DISPATCH or file.dispatch is None:
            raise refuse("file", "county_takes_dispatch", name=file.file_name)
        return _admit_dispatch(uow, file, identity, plans)
    return _admit_submission(uow, file)


def _right_direction(info: WorkspaceInfo, identity: Identity) -> None:
    if identity.kind is FileKind.RETURN and identity.workspace_id == info.id:
        raise refuse("file", "own_submission", unit=identity.unit_name)


def _admit_submission(uow: UnitOfWork, file: ReturnFile) -> Incoming:
    identity = file.identity
    named = identity.plan_id if identity else file.guessed_plan
    plan = _kept_plan(uow, named, None)
    if plan is None:
        raise refuse("plan", "unknown_plan", plan=identity.plan_title if identity else named)
    period = _period(plan, file)
    governing = plan_at(uow, plan.id, period)
    unit = _unit(governing, file)
    key = ReturnKey(plan.id, unit.code, period)
    plan = plan_for(uow, key)
    if identity is not None and plan.revision < identity.revision <= governing.revision:
        # A new round, filled under the revision that governs the period by now.
        plan = uow.plans.get(plan.id, identity.revision) or plan
    file_plan = plan if identity is None else uow.plans.get(plan.id, identity.revision)
    if identity is not None and (file_plan is None or file_plan.revision > plan.revision):
        raise _other_revision(plan, identity.revision)
    assert file_plan is not None, "the plan itself, or found"
    if not any(cell.subject in ("entry", "progress") for cell in file.cells):
        raise refuse("file", "no_tables", name=file.file_name)
    signed = identity is not None and identity.kind is FileKind.RETURN and bool(identity.digest)
    assigned = uow.splits.assigned(plan.id, unit.code)
    return Incoming(file, key, plan, unit, file_plan, assigned, False, True, signed)


def _admit_dispatch(uow: UnitOfWork, file: ReturnFile, identity: Identity, plans: PlanSource) -> Incoming:
    assert file.dispatch is not None, "asked by the caller"
    known = uow.plans.get(identity.plan_id, identity.revision)
    if known is not None:
        _require_alike(known, carried_plan(file))
    plan = known or carried_plan(file) or built_in(plans, identity.plan_id, identity.revision)
    if plan is None or (plan.id, plan.revision) != (identity.plan_id, identity.revision):
        raise refuse("plan", "unknown_plan", plan=identity.plan_title)
    own = office_in(uow, plan)
    if own is None or identity.unit_code != own.code:
        name = own.name if own else own_unit(uow, plan_of(uow, uow.workspace.info().plan_id)).name
        raise refuse("unit", "wrong_unit", unit=identity.unit_name, own=name)
    unit = _unit(plan, file)
    key = ReturnKey(plan.id, unit.code, _period(plan, file))
    here = uow.plans.at(plan.id, key.period)
    governs = here is not None and (here.adjustment is None or here.adjustment.since <= key.period)
    if here is not None and governs and plan.revision < here.revision:
        raise _other_revision(here, plan.revision)
    newest = uow.plans.get(plan.id)
    if known is None and newest is not None:
        require_same_measures(uow, newest, plan)
    return Incoming(file, key, plan, unit, plan, file.dispatch.assigned, known is None, False, True)


def _require_alike(known: Plan, carried: Plan | None) -> None:
    """Refuse a plan of the same number that measures its indicators otherwise than the one kept here."""
    if carried is None:
        return
    names = [
        item.name
        for item in carried.indicators
        if (here := known.indicator(item.code)) is None or measure_of(here) != measure_of(item)
    ]
    if names:
        file = str(known.revision)
        raise refuse("plan", "other_plan_content", plan=known.title, file=file, names="、".join(names))


def _other_revision(here: Plan, file: int) -> ProblemError:
    return refuse("plan", "other_revision", plan=here.title, file=str(file), here=str(here.revision))


def carried_plan(file: ReturnFile) -> Plan | None:
    """The plan a dispatch brings, refused when it is not a sound plan."""
    if file.dispatch is None or not file.dispatch.plan_document:
        return None
    try:
        document = json.loads(file.dispatch.plan_document)
        # Halves of characters, which JSON can say and no file can hold, end here.
        json.dumps(document, ensure_ascii=False).encode()
        plan = plan_from_document(document)
    except (PlanDocumentError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise refuse("plan", "plan_unreadable", name=file.file_name) from error
    if any(fault.code not in LATER_FAULTS for fault in consistency_faults(plan)):
        raise refuse("plan", "plan_unreadable", name=file.file_name)
    return plan


def _unit(plan: Plan, file: ReturnFile) -> Unit:
    """The unit the file is of. Identity sheet and visible cover must not name two."""
    shown = plan.unit_named(file.guessed_unit) if file.guessed_unit else None
    if file.identity is None:
        if shown is None:
            raise refuse("unit", "unknown_unit", unit=file.guessed_unit or EMPTY)
        unit = shown
    else:
        found = plan.unit(file.identity.unit_code)
        if found is None:
            raise refuse("unit", "unknown_unit", unit=file.identity.unit_name or file.identity.unit_code)
        unit = found
        if shown is not None and shown.code != unit.code:
            raise refuse("unit", "unit_mixed", shown=shown.name, unit=unit.name)
    if not unit.reports:
        raise refuse("unit", "unit_does_not_report", unit=unit.name)
    return unit


def _period(plan: Plan, file: ReturnFile) -> Period:
    shown = _period_of(file.guessed_period)
    period = file.identity.period if file.identity else shown
    if period is None:
        raise refuse("period", "no_period", text=file.guessed_period or EMPTY)
    if shown is not None and shown != period:
        raise refuse("period", "period_mixed", shown=shown.key, period=period.key)
    first, last = plan.period
    if not first <= period.year <= last + 1:
        raise refuse("period", "wrong_period", period=period.key, first=str(first), last=str(last))
    return period


def _period_of(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except ProblemError:
        return None


def _kept_plan(uow: UnitOfWork, named: str, revision: int | None) -> Plan | None:
    """A plan of the workspace by id or title; the workspace's own for an empty name."""
    ids = [plan_id for plan_id, _ in uow.plans.kept()]
    wanted = named or uow.workspace.info().plan_id
    if wanted in ids:
        return uow.plans.get(wanted, revision)
    folded = "".join(wanted.split())
    for plan_id in ids:
        plan = uow.plans.get(plan_id, revision)
        if plan is not None and folded in ("".join(plan.title.split()), "".join(plan.short_title.split())):
            return plan
    return None


def choice_of_dispatch(file: ReturnFile, plans: PlanSource) -> tuple[Plan, str]:
    """The plan and the unit code a city's template brings, before any file is made.

    Raises:
        ProblemError: ``county_takes_dispatch``, ``plan_unreadable`` or ``unknown_plan``.
    """
    identity = file.identity
    if identity is None or identity.kind is not FileKind.DISPATCH or file.dispatch is None:
        raise refuse("file", "county_takes_dispatch", name=file.file_name)
    plan = carried_plan(file) or built_in(plans, identity.plan_id, identity.revision)
    if plan is None or (plan.id, plan.revision) != (identity.plan_id, identity.revision):
        raise refuse("plan", "unknown_plan", plan=identity.plan_title)
    return plan, identity.unit_code
