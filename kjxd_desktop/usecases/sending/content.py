"""What a workbook that goes out shows and carries: a unit's return, or a city's dispatch to a unit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.pace.pace import yardstick
from kjxd_desktop.domain.pace.standing import Yardstick
from kjxd_desktop.domain.pace.text_targets import text_target
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.earlier import previous_figure, year_before
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.domain.returns.progress import Progress
from kjxd_desktop.domain.returns.returns import Explanation, ReturnKey, Signature
from kjxd_desktop.plan_text.document import plan_digest, plan_to_document
from kjxd_desktop.usecases.checking.shown import CheckResult
from kjxd_desktop.usecases.exchanged import ChainHead, SentSubmission
from kjxd_desktop.usecases.filling.passage import not_before
from kjxd_desktop.usecases.filling.standing_tasks import earlier_tasks, standing_tasks
from kjxd_desktop.usecases.filling.view import ReturnView, load_view
from kjxd_desktop.usecases.ports import UnitOfWork
from kjxd_desktop.usecases.sending.exchange import (
    DISPATCH_FORMAT,
    FORMAT,
    Dispatch,
    FileKind,
    Identity,
    ReturnContent,
)
from kjxd_desktop.usecases.sending.sealing import proven
from kjxd_desktop.usecases.sending.standing import deadline_of
from kjxd_desktop.wording.checking.findings import finding_sentence


def return_content(
    uow: UnitOfWork,
    key: ReturnKey,
    answer: CheckResult,
    now: datetime,
    signature: Signature | None = None,
    sent: SentSubmission | None = None,
    *,
    all_reasons: bool = False,
    format_no: int = FORMAT,
) -> ReturnContent:
    """A unit's return as it stands, with the digest and check code it would have when sent now.

    Args:
        signature: Who is going to answer for it; by default who does.
        sent: Its last submission, to be written once more: with the round and lineage it had.
        all_reasons: Also those that today's rules no longer ask for.
        format_no: Of the identity sheet; an older one for what was sent with it.
    """
    now = not_before(uow, key, now)
    view = load_view(uow, key)
    held = {indicator.code: view.answer(indicator) for indicator in view.duty.indicators}
    identity = _identity(uow, view, FileKind.RETURN, deadline_of(uow, key.plan_id, key.period), now)
    earlier, round_no = uow.exchange.submissions(key), next_round(uow, view)
    if sent is not None:
        earlier, round_no = earlier[:-1], sent.round
        # It is no later for being saved once more, neither for the deadline nor for the files that came after it.
        identity = replace(identity, created_at=view.head.submitted_at or now)
    content = _content(
        uow,
        view,
        replace(identity, format=format_no, round=round_no, earlier=earlier, heads=tuple(_heads(uow, sent))),
        entries={code: entry for code, entry in held.items() if not entry.same_as(MISSING)},
        progress=standing_tasks(uow, view.head, view.duty),
        explanations=_sorted(view.explanations) if all_reasons else tuple(_valid(view, answer.findings)),
        signature=signature or view.head.signature,
        findings_text=tuple(
            finding_sentence(item)[1] for item in answer.findings if item.grade is Grade.HINT
        ),
    )
    # Made anew of one whose file was not kept: then nobody sent marks yet.
    return proven(content if sent else replace(content, achieved=_achieved(view, content.yardsticks)))


def _achieved(view: ReturnView, measures: Mapping[str, Yardstick]) -> dict[str, tuple[Achieved, ...]] | None:
    """The unit's marks that hold in the period; None where no target of its own is in words and nothing is marked."""
    period, owed = view.head.key.period, [item for item in view.duty.indicators if view.duty.owes(item)]
    marks = {
        item.code: tuple(mark for mark in view.achieved.get(item.code, ()) if mark.since <= period)
        for item in owed
    }
    found = {code: items for code, items in marks.items() if items}
    return found if found or any(text_target(measures[item.code]) for item in owed) else None


def dispatch_content(uow: UnitOfWork, key: ReturnKey, now: datetime) -> ReturnContent:
    """What a city sends down: the empty form with targets, deadline and the values it publishes."""
    view = load_view(uow, key)
    sent_down = {
        indicator.code: entry
        for indicator in view.duty.indicators
        if not view.duty.owes(indicator) and (entry := view.answer(indicator)).filled
    }
    dispatch = Dispatch(
        targets={code: targets for code, targets in view.targets.items() if targets},
        baselines=dict(view.baselines),
        sent_down=sent_down,
        assigned=dict(view.duty.assigned),
        plan_document=json.dumps(plan_to_document(view.plan), ensure_ascii=False, separators=(",", ":")),
    )
    deadline = deadline_of(uow, key.plan_id, key.period)
    identity = _identity(uow, view, FileKind.DISPATCH, deadline, now)
    return _content(uow, view, identity, entries=sent_down, dispatch=dispatch)


def _heads(uow: UnitOfWork, sent: SentSubmission | None) -> Iterator[ChainHead]:
    """What history says now at each submission sent from here, and how far it is.

    Of one that is written once more, as far as it was then: the end that every later file tells.
    """
    now = uow.history.head()
    end = now.line if sent is None else sent.line or 0
    lines = {head.line for head in uow.exchange.sent_heads() if head.line < end}
    for line in sorted({*lines, end} - {0}):
        yield ChainHead(line, now.link if line == now.line else uow.history.link_at(line) or "")


def next_round(uow: UnitOfWork, view: ReturnView) -> int:
    """The round the next submission has: one more than were sent, and never less than the head says."""
    return max(view.head.round, len(uow.exchange.submissions(view.head.key)) + 1)


def _identity(
    uow: UnitOfWork, view: ReturnView, kind: FileKind, deadline: datetime, now: datetime
) -> Identity:
    plan, unit = view.plan, view.unit
    return Identity(
        format=DISPATCH_FORMAT if kind is FileKind.DISPATCH else FORMAT,
        kind=kind,
        plan_id=plan.id,
        plan_title=plan.title,
        revision=plan.revision,
        plan_digest=plan_digest(plan),
        unit_code=unit.code,
        unit_name=unit.name,
        period=view.head.key.period,
        workspace_id=uow.workspace.info().id,
        deadline=deadline,
        created_at=now,
    )


def _content(
    uow: UnitOfWork,
    view: ReturnView,
    identity: Identity,
    *,
    entries: Mapping[str, Entry],
    progress: Mapping[str, Progress] | None = None,
    explanations: tuple[Explanation, ...] = (),
    signature: Signature | None = None,
    dispatch: Dispatch | None = None,
    findings_text: tuple[str, ...] = (),
) -> ReturnContent:
    key = view.head.key
    assert identity.deadline is not None, "every workbook says until when"
    return ReturnContent(
        identity=identity,
        duty=view.duty,
        period=key.period,
        deadline=identity.deadline,
        entries=entries,
        previous=_filled(_previous(view)),
        last_year=_filled(_last_year(view)),
        locked=frozenset(item.code for item in view.duty.indicators if not view.duty.owes(item)),
        yardsticks=_yardsticks(view),
        progress=progress or {},
        previous_progress=earlier_tasks(uow, view.head, view.duty),
        explanations=explanations,
        signature=signature or Signature(),
        dispatch=dispatch,
        findings_text=findings_text,
    )


def _filled(found: Iterable[tuple[str, Entry]]) -> dict[str, Entry]:
    return {code: entry for code, entry in found if entry.filled}


def _previous(view: ReturnView) -> Iterator[tuple[str, Entry]]:
    for item in view.duty.indicators:
        yield item.code, previous_figure(item, view.entry(item), view.head.key.period, view.cells(item.code))


def _last_year(view: ReturnView) -> Iterator[tuple[str, Entry]]:
    for item in view.duty.indicators:
        yield item.code, year_before(item, view.entry(item), view.head.key.period, view.cells(item.code))


def _yardsticks(view: ReturnView) -> dict[str, Yardstick]:
    return {
        indicator.code: yardstick(
            view.plan,
            indicator,
            view.unit.code,
            view.targets.get(indicator.code, ()),
            view.baselines.get(indicator.code),
        )
        for indicator in view.duty.indicators
    }


def _valid(view: ReturnView, findings: tuple[Finding, ...]) -> Iterator[Explanation]:
    """The explanations that are bound to what the rules read today; void ones do not travel."""
    bound = {(item.code, item.rule): item for item in findings if item.explanation is not None}
    for item in _sorted(view.explanations):
        finding = bound.get((item.code, item.rule))
        if finding is not None and finding.rests_on(item.basis):
            yield item


def _sorted(explanations: tuple[Explanation, ...]) -> tuple[Explanation, ...]:
    return tuple(sorted(explanations, key=lambda kept: (kept.code, kept.rule)))
