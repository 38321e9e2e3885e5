"""The states a return passes: which it passed, and whose step is missing (rules.md 6.1, 6.2)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kjxd_desktop.domain.keeping.clock import with_zone
from kjxd_desktop.domain.people.operators import Act, Operator, Rights
from kjxd_desktop.domain.problems import Problem, refuse
from kjxd_desktop.domain.returns.returns import UNCHECKED, ReturnKey, ReturnState
from kjxd_desktop.domain.texts import kept_line
from kjxd_desktop.usecases.filling.view import ReturnView
from kjxd_desktop.usecases.ports import HistoryLine, Role, UnitOfWork

# Who must stand on a form that is signed off, by field of the signature.
SIGNERS = ("head", "filled_by")
MAX_REASON = 200
_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Transition:
    """A return came into a state.

    Attributes:
        before: The state it came from; None when it was begun.
        why: How history says it came; a written reason where one was asked for.
    """

    state: ReturnState
    at: datetime
    who: str
    round: int
    before: ReturnState | None
    why: str


def passed(uow: UnitOfWork, key: ReturnKey) -> tuple[Transition, ...]:
    """Who put a return into each of its states, and when; oldest first."""
    return transitions_of(reversed(uow.history.of(key=key)))


def not_before(uow: UnitOfWork, key: ReturnKey, now: datetime) -> datetime:
    """The time for what is said of a return: never one before what was done to it.

    A clock that was set back must not date a return before its figures; history keeps what the clock said. Where
    the figures are years later than their quarter and the clock is not, it was ahead before.
    """
    latest = max((with_zone(line.at) for line in uow.history.of(key=key)), default=with_zone(now))
    were_ahead = latest.date() > key.period.end + _YEAR and now.date() > key.period.previous().end
    return with_zone(now) if latest <= with_zone(now) or were_ahead else latest


def transitions_of(lines: Iterable[HistoryLine]) -> tuple[Transition, ...]:
    """The transitions out of history's lines of one return, oldest first.

    Other contents of such a line (a check code, a plan's revision) are no transition.
    """
    found: list[Transition] = []
    for line in lines:
        if line.what != "state" or line.new is None:
            continue
        data = json.loads(line.new)
        state, round_no = ReturnState(data["state"]), int(data["round"])
        before = found[-1] if found else None
        if before is None or (before.state, before.round) != (state, round_no):
            came_from = None if before is None else before.state
            found.append(Transition(state, line.at, line.who, round_no, came_from, line.why))
    return tuple(found)


def step_missing(rights: Rights, state: ReturnState) -> Problem | None:
    """Whose step must come before a return may be sent: ``not_signed`` or ``not_checked`` with the names.

    An office that named its people and has a 负责人 sends nothing he did not sign; one that has a 审核人
    only, nothing that person did not check. An office without people named asks for neither.
    """
    if not rights.known:
        return None
    if state is not ReturnState.SIGNED and (heads := rights.holders(Act.SIGN)):
        return Problem("return", "not_signed", {"names": _names(heads)})
    if state in UNCHECKED and not rights.may(Act.CHECK):
        return Problem("return", "not_checked", {"names": _names(rights.holders(Act.CHECK))})
    return None


def _names(people: tuple[Operator, ...]) -> str:
    return "、".join(item.name for item in people)


def require_reason(uow: UnitOfWork, view: ReturnView) -> None:
    """Refuse a change without a written reason where the city reopened what it had accepted.

    Raises:
        ProblemError: ``correction_needs_reason``.
    """
    if view.role is not Role.CITY or view.unit.code == view.plan.region:
        return
    if view.head.state is ReturnState.SUBMITTED and corrected(uow, view.head.key):
        raise refuse("return", "correction_needs_reason", unit=view.unit.name)


def corrected(uow: UnitOfWork, key: ReturnKey) -> bool:
    """Whether the round that stands here was accepted once and is open again."""
    steps = passed(uow, key)
    return any(step.state is ReturnState.ACCEPTED and step.round == steps[-1].round for step in steps[:-1])


def written_reason(why: str) -> str:
    """A reason as history keeps it.

    Raises:
        ProblemError: ``why_empty`` or ``reason_too_long``.
    """
    why = kept_line(why)
    if not why:
        raise refuse("why", "why_empty")
    if len(why) > MAX_REASON:
        raise refuse("why", "reason_too_long", limit=str(MAX_REASON), length=str(len(why)))
    return why
