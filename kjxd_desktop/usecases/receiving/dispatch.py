"""What a city sends down to a county with its template: plan, targets, baselines, deadline, values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.indicator import Baseline, Indicator, Target
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.returns.entry import MARKS, MISSING, Entry
from kjxd_desktop.domain.returns.form_texts import ENTRY_CELLS, entry_of_texts, entry_texts
from kjxd_desktop.domain.returns.returns import EDITABLE, Return, ReturnState
from kjxd_desktop.usecases.changes import Changes, Notes
from kjxd_desktop.usecases.exchanged import ImportRecord, Snapshot
from kjxd_desktop.usecases.filling.keep_entry import put_cell
from kjxd_desktop.usecases.planning.take import take_plan
from kjxd_desktop.usecases.planning.targets import OWN_SOURCE, SENT_SOURCE
from kjxd_desktop.usecases.ports import UnitOfWork
from kjxd_desktop.usecases.receiving.apply import Applied
from kjxd_desktop.usecases.receiving.codes import Notice, Reason
from kjxd_desktop.usecases.receiving.decide import Decisions, settle
from kjxd_desktop.usecases.receiving.gate import Incoming
from kjxd_desktop.usecases.receiving.lines import (
    Line,
    Subject,
    indicator_subject,
    numbered,
    replace_field,
    shown,
    task_subject,
)
from kjxd_desktop.usecases.receiving.read import FieldRead
from kjxd_desktop.usecases.receiving.sent_figures import SentFigures, left_out
from kjxd_desktop.usecases.receiving.shown import Decision, RowStatus
from kjxd_desktop.usecases.sending.exchange import Dispatch

TargetPlace = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Order:
    """A dispatch against what stands here.

    Attributes:
        targets: What the file sets or withdraws, by indicator code, year and kind; withdrawn ones have
            neither value nor text.
        baselines: What the file sets, or withdraws (None), by indicator code.
        assigned: What the unit is to answer for, by code; None follows the plan again.
    """

    lines: tuple[Line, ...]
    notices: Notes
    head: Return | None
    entries: Mapping[str, Entry]
    targets: Mapping[TargetPlace, Target]
    baselines: Mapping[str, Baseline | None]
    assigned: Mapping[str, bool | None]


def compare_dispatch(uow: UnitOfWork, incoming: Incoming) -> Order:
    """Everything the dispatch would write, line by line. What the city sets replaces what stands here."""
    plan, unit, dispatch = incoming.plan, incoming.unit, _dispatch(incoming)
    own = uow.splits.targets(plan.id, unit.code)
    targets = _targets(incoming, dispatch, own)
    head, entries = uow.returns.find(incoming.key), uow.returns.entries(incoming.key)
    baselines = uow.splits.baselines(plan.id, unit.code)
    lines: list[Line] = []
    if incoming.new_plan:
        lines.append(_plan_line(uow, incoming))
    kept = uow.splits.assigned(plan.id, unit.code)
    assigned = {**dict.fromkeys(kept), **dispatch.assigned}
    lines.extend(_assignment_lines(plan, assigned, kept))
    sent_baselines = _baselines(dispatch, baselines)
    split = UnitSplit(targets=dispatch.targets, baselines=dispatch.baselines)
    figures = SentFigures(plan, unit.code, split, UnitSplit(targets=own, baselines=baselines))
    refused = Counter[str]()
    for place, target in targets.items():
        line = _target_line(incoming, place, target, own)
        if figures.impossible(place[0], target):
            refused[place[0]] += 1
            line = left_out(line)
        lines.append(line)
    for code, baseline in sent_baselines.items():
        indicator = plan.indicator(code)
        if indicator is not None:
            line = _baseline_line(indicator, baseline, baselines.get(code))
            if figures.impossible(code, baseline):
                refused[code] += 1
                line = left_out(line)
            lines.append(line)
    due = uow.plans.deadline(plan.id, incoming.key.period)
    lines.extend(_deadline_lines(incoming, due))
    locked = head is not None and head.state not in EDITABLE
    for indicator in plan.indicators:
        if indicator.code in dispatch.sent_down and not incoming.duty.owes(indicator):
            sent, here = dispatch.sent_down[indicator.code], entries.get(indicator.code, MISSING)
            lines.extend(_sent_lines(indicator, sent, here, locked))
    notices = (*_notices(incoming), *figures.notices(refused))
    return Order(numbered(iter(lines)), notices, head, entries, targets, sent_baselines, assigned)


def apply_dispatch(
    uow: UnitOfWork, incoming: Incoming, order: Order, decisions: Decisions, now: datetime
) -> Applied:
    """Write the decided lines in the caller's transaction and archive the file."""
    plan, unit, key = incoming.plan, incoming.unit, incoming.key
    settled = settle(order.lines, decisions, plan, key.period)
    taken = {
        (line.row.subject, line.row.code, line.row.field)
        for line in order.lines
        if line.row.status is not RowStatus.SAME and decisions[line.row.index][0] is Decision.TAKE
    }
    if ("plan", plan.id, "revision") in taken:
        take_plan(uow, plan, unit)
    elif incoming.new_plan:
        # Without the plan nothing else of the file has a place to go.
        return Applied(0, Changes(), 0)
    for (code, year, kind), target in order.targets.items():
        if ("target", code, f"{kind}.{year}") in taken:
            uow.splits.put_target(plan.id, unit.code, code, target)
    for code, assigned in order.assigned.items():
        if ("assignment", code, "assigned") in taken:
            uow.splits.put_assigned(plan.id, unit.code, code, assigned)
    for code, baseline in order.baselines.items():
        if ("baseline", code, "value") in taken:
            uow.splits.put_baseline(plan.id, unit.code, code, baseline)
    deadline = incoming.file.identity.deadline if incoming.file.identity else None
    if deadline is not None and ("deadline", plan.id, "due") in taken:
        uow.plans.put_deadline(plan.id, key.period, deadline)
    written, notes = _keep_sent(uow, incoming, order, {place for place in taken if place[0] == "entry"})
    record = ImportRecord(
        id=0,
        at=now,
        key=key,
        file_name=incoming.file.file_name,
        digest=incoming.file.digest,
        submission="",
        decisions=settled.record,
        snapshot=Snapshot(),
        original=incoming.file.original,
    )
    import_id = uow.exchange.add_import(record)
    text = f"{plan.id}/{unit.code}/{key.period.key}"
    changes = Changes(text, entries=written, head=bool(written), plan=True, notes=notes)
    return Applied(import_id, changes, settled.written)


def _dispatch(incoming: Incoming) -> Dispatch:
    assert incoming.file.dispatch is not None, "admitted as a dispatch"
    return incoming.file.dispatch


def _plan_line(uow: UnitOfWork, incoming: Incoming) -> Line:
    before = uow.plans.get(incoming.plan.id)
    here = "" if before is None else str(before.revision)
    read = FieldRead(
        "revision",
        str(incoming.plan.revision),
        incoming.plan.title,
        exact=True,
        reason=Reason.PLAN_NEW if before is None else Reason.PLAN_REVISED,
    )
    return replace_field(Subject("plan", incoming.plan.id, incoming.plan.title), read, here)


def _assignment_lines(
    plan: Plan, assigned: Mapping[str, bool | None], kept: Mapping[str, bool]
) -> Iterator[Line]:
    """What the city gives to the unit or takes off it; a word withdrawn follows the plan again."""
    words = {True: "yes", False: "no", None: ""}
    for code, word in assigned.items():
        indicator, task = plan.indicator(code), plan.task(code)
        if indicator is not None:
            subject = indicator_subject(indicator)
        elif task is not None:
            subject = task_subject(task)
        else:
            continue
        read = FieldRead("assigned", words[word], exact=True, reason=Reason.SENT_DOWN)
        yield replace_field(replace(subject, kind="assignment"), read, words[kept.get(code)])


def _targets(
    incoming: Incoming, dispatch: Dispatch, own: Mapping[str, tuple[Target, ...]]
) -> dict[TargetPlace, Target]:
    """Targets to set, and those the city no longer has: sent down before, or beside others it sends now."""
    found: dict[TargetPlace, Target] = {}
    for code, targets in dispatch.targets.items():
        for target in targets:
            source = SENT_SOURCE if target.source == OWN_SOURCE else target.source
            sent = replace(target, unit_code=incoming.unit.code, source=source)
            found[code, target.year, target.kind.value] = sent
    for code, targets in own.items():
        for target in targets:
            if code in dispatch.targets or target.source == SENT_SOURCE:
                withdrawn = replace(target, value=None, text=None)
                found.setdefault((code, target.year, target.kind.value), withdrawn)
    return {place: target for place, target in found.items() if incoming.plan.indicator(place[0])}


def _baselines(dispatch: Dispatch, own: Mapping[str, Baseline]) -> dict[str, Baseline | None]:
    """Baselines to set, and None for those that were sent down before and are no longer."""
    found: dict[str, Baseline | None] = {
        code: replace(baseline, note=baseline.note or SENT_SOURCE)
        for code, baseline in dispatch.baselines.items()
    }
    for code, baseline in own.items():
        if baseline.note == SENT_SOURCE:
            found.setdefault(code, None)
    return found


def _target_line(
    incoming: Incoming, place: TargetPlace, target: Target, own: Mapping[str, tuple[Target, ...]]
) -> Line:
    code, year, kind = place
    indicator = incoming.plan.indicator(code)
    assert indicator is not None, "unknown codes were left out"
    before = next((item for item in own.get(code, ()) if (item.year, item.kind.value) == (year, kind)), None)
    withdrawn = target.value is None and target.text is None
    read = FieldRead(
        f"{kind}.{year}",
        _target_text(target),
        exact=True,
        reason=Reason.WITHDRAWN if withdrawn else Reason.SENT_DOWN,
    )
    line = replace_field(indicator_subject(indicator, "target"), read, _target_text(before))
    if line.row.status is RowStatus.SAME and before is not None and before != target:
        # Same figure, other comparator, certainty, scope or source.
        row = replace(line.row, status=RowStatus.CHANGED, reason=Reason.SENT_DOWN.value)
        return replace(line, row=row)
    return line


def _target_text(target: Target | None) -> str:
    if target is None:
        return ""
    return plain_text(target.value) if target.value is not None else target.text or ""


def _baseline_line(indicator: Indicator, baseline: Baseline | None, before: Baseline | None) -> Line:
    def text(item: Baseline | None) -> str:
        return "" if item is None else plain_text(item.value)

    params = (("year", str(baseline.year)),) if baseline is not None else ()
    reason = Reason.SENT_DOWN if baseline is not None else Reason.WITHDRAWN
    read = FieldRead("value", text(baseline), exact=True, reason=reason, params=params)
    line = replace_field(indicator_subject(indicator, "baseline"), read, text(before))
    if line.row.status is RowStatus.SAME and before != baseline:
        return replace(line, row=replace(line.row, status=RowStatus.CHANGED, reason=Reason.SENT_DOWN.value))
    return line


def _deadline_lines(incoming: Incoming, due: datetime | None) -> Iterator[Line]:
    deadline = incoming.file.identity.deadline if incoming.file.identity else None
    if deadline is None:
        return
    here = due or incoming.key.period.default_deadline()
    # The default is local time without a zone; what comes from a file may have one.
    same = deadline.astimezone() == here.astimezone()
    if same and due is None:
        return
    subject = Subject("deadline", incoming.plan.id, incoming.key.period.key)
    text = here.isoformat() if same else deadline.isoformat()
    read = FieldRead("due", text, deadline.isoformat(), exact=True, reason=Reason.SENT_DOWN)
    yield replace_field(subject, read, "" if due is None else due.isoformat())


def _sent_lines(indicator: Indicator, sent: Entry, here: Entry, locked: bool) -> Iterator[Line]:
    subject, now = indicator_subject(indicator), entry_texts(here)
    for name, text in entry_texts(sent).items():
        read = FieldRead(name, text, exact=True, reason=Reason.SENT_DOWN)
        if name not in ENTRY_CELLS or not (name == "value" or shown(read, now[name])):
            continue
        line = replace_field(subject, read, now[name])
        if locked and line.row.status is not RowStatus.SAME:
            row = replace(line.row, status=RowStatus.SAME, reason=Reason.RETURN_LOCKED.value)
            line = replace(line, row=row)
        yield line


def _keep_sent(
    uow: UnitOfWork, incoming: Incoming, order: Order, taken: set[tuple[str, str, str]]
) -> tuple[frozenset[str], Notes]:
    """Write the sent-down values; a return that was checked or signed is a draft again, and that is told."""
    codes = {code for _, code, _ in taken}
    if not codes:
        return frozenset(), ()
    notes: Notes = ()
    head = order.head or Return(incoming.key, incoming.plan.revision)
    if head.state in (ReturnState.CHECKED, ReturnState.SIGNED):
        head = replace(head, state=ReturnState.DRAFT)
        notes = (("sent_reopened", (("period", head.key.period.key),)),)
    uow.returns.put(head)
    for code in codes:
        texts = entry_texts(order.entries.get(code, MISSING))
        sent = entry_texts(_dispatch(incoming).sent_down[code])
        texts.update({name: sent[name] for name in sent if ("entry", code, name) in taken})
        texts.update({mark.name: sent[mark.name] for mark in MARKS})
        notes = (*notes, *put_cell(uow, head, incoming.plan, code, entry_of_texts(texts)))
    # One return that carries several of them is told of once.
    return frozenset(codes), tuple(dict.fromkeys(notes))


def _notices(incoming: Incoming) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    filled = [cell for cell in incoming.file.cells if cell.field in ("value", "status") and cell.text.strip()]
    own = {item.code for item in incoming.duty.indicators if incoming.duty.owes(item)}
    count = sum(cell.subject == "progress" or cell.code in own for cell in filled)
    if count:
        yield Notice.VALUES_NOT_TAKEN.value, (("count", str(count)),)
