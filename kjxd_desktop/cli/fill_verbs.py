"""``set``, ``progress``, ``explain``, ``sign``, ``target``, ``baseline``, ``achieved``, ``deadline``."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from datetime import datetime, time

from kjxd_desktop.cli.exit_status import DONE, NOT_ALLOWED
from kjxd_desktop.cli.offices import tell, writing, writing_office
from kjxd_desktop.domain.figures.period import DEFAULT_DEADLINE_HOUR
from kjxd_desktop.domain.figures.quantity import fold_digits
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.problems import refuse, wrong_call
from kjxd_desktop.domain.returns.entry import REMARKS
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, PERCENT_OF, Progress, TaskStatus
from kjxd_desktop.usecases.access import indicator_of, unit_of
from kjxd_desktop.usecases.filling.edits import (
    ComponentsEdit,
    Edit,
    RemarkEdit,
    StatusEdit,
    TextEdit,
    YearEdit,
)
from kjxd_desktop.usecases.filling.together import require_agreeing_progress
from kjxd_desktop.wording.commands import command_sentence


def set_entry(options: Namespace) -> int:
    """Fill one indicator: all that was given, in one transaction."""
    edits = _edits(options)
    with writing(options) as (office, key):
        indicator = indicator_of(office.actions.desk.desk().plan, options.indicator)
        fill = office.actions.fill
        if options.why is None:
            changes = fill.edit(key, indicator.code, *edits, why="command")
        else:
            changes = fill.correct(key, indicator.code, edits, options.why)
    tell(changes.notes)
    return DONE


def _edits(options: Namespace) -> list[Edit]:
    edits: list[Edit] = []
    if options.data_year is not None:
        edits.append(YearEdit(options.data_year))
    if options.numerator is not None or options.denominator is not None:
        edits.append(ComponentsEdit(options.numerator, options.denominator))
    if options.value is not None:
        edits.append(TextEdit(options.value))
    if options.status is not None:
        edits.append(StatusEdit(EntryStatus(options.status)))
    if options.estimate:
        edits.append(StatusEdit(EntryStatus.ESTIMATED))
    edits += [
        RemarkEdit(item.name, text) for item in REMARKS if (text := getattr(options, item.name)) is not None
    ]
    if not edits:
        raise wrong_call("value", "nothing_to_set")
    return edits


def progress(options: Namespace) -> int:
    """Report one task; fields that are not given stay as they are."""
    with writing(options) as (office, key):
        report = office.actions.report
        row = report.row(key, options.task)
        task = row.task
        updated = _reported(row.progress, task.code, options)
        if options.why is None:
            changes = report.put(key, task.code, updated, evidence=options.evidence)
        else:
            changes = report.correct(key, task.code, updated, options.why, options.evidence)
        tell(changes.notes)
    return DONE


_TEXTS = (("done", "text"), ("problems", "problems"), ("next_step", "next_step"))


def _reported(before: Progress, code: str, options: Namespace) -> Progress:
    """The progress after what was given; a percent that goes with the old status alone goes with it.

    Raises:
        CallError: ``contradicts``.
    """
    status = TaskStatus(options.status)
    if before.carried and status is not before.status:
        # Nothing of what stands is part of another status.
        before = NO_PROGRESS
    percent = None if options.percent is None else _percent(options.percent)
    texts = {name: text for name, option in _TEXTS if (text := getattr(options, option)) is not None}
    beside = [name for name in ("problems", "next_step") if texts.get(name)]
    require_agreeing_progress(code, status, percent, [*beside, *(["evidence"] if options.evidence else [])])
    updated = replace(before, status=status).with_fields(texts)
    if percent is None and status is not before.status and status in PERCENT_OF:
        percent = PERCENT_OF[status]
    elif percent is None:
        percent = before.percent
    return replace(updated, percent=percent)


def _percent(text: str) -> int:
    folded = fold_digits(text).removesuffix("%")
    if not (folded.isascii() and folded.isdigit() and len(folded) <= 3):
        raise refuse("percent", "percent_outside", text=text[:20])
    return int(folded)


def carry_on(options: Namespace) -> int:
    """Let figures of an earlier year stand where the new ones are not published yet."""
    with writing(options) as (office, key):
        plan = office.actions.desk.desk().plan
        codes = [indicator_of(plan, code).code for code in options.indicator]
        tell(office.actions.fill.carry_on(key, codes).notes)
    return DONE


def explain(options: Namespace) -> int:
    """Write the reason for a finding."""
    with writing(options) as (office, key):
        tell(office.actions.fill.explain(key, options.indicator, options.rule, options.text).notes)
    return DONE


def sign(options: Namespace) -> int:
    """Fill the footer, and sign the return off when nothing stands against it; fields not given stay."""
    given = {
        name: getattr(options, name)
        for name in ("head", "statistician", "filled_by", "phone", "date")
        if getattr(options, name) is not None
    }
    with writing(options) as (office, key):
        signature = replace(office.actions.fill.sheet(key).head.signature, **given)
        hindrances = office.actions.sign_off.lacks(key, signature)
        if not hindrances:
            office.actions.sign_off.sign_off(key, signature)
        else:
            office.actions.fill.set_signature(key, signature)
    for problem in hindrances:
        print(command_sentence(problem), file=sys.stderr)
    # The names are kept; what was asked for, the signing, was not done.
    return NOT_ALLOWED if hindrances else DONE


def target(options: Namespace) -> int:
    """Set a unit's own target."""
    with writing_office(options) as office:
        desk = office.actions.desk.desk()
        unit = unit_of(desk.plan, options.unit) if options.unit else desk.unit
        kind = TargetKind(options.kind)
        changes = office.actions.targets.set_target(
            desk.plan.id, unit.code, options.indicator, kind, options.year, options.value, sure=options.sure
        )
    tell(changes.notes)
    return DONE


def baseline(options: Namespace) -> int:
    """Set a unit's own baseline."""
    with writing_office(options) as office:
        desk = office.actions.desk.desk()
        unit = unit_of(desk.plan, options.unit) if options.unit else desk.unit
        changes = office.actions.targets.set_baseline(
            desk.plan.id, unit.code, options.indicator, options.year, options.value, sure=options.sure
        )
    tell(changes.notes)
    return DONE


def achieved(options: Namespace) -> int:
    """Mark a target in words as achieved, or take the mark back.

    Raises:
        CallError: ``options_contradict``: a mark and its taking back at once.
    """
    other = options.text if options.evidence is None else "--evidence"
    if options.clear is not None and other is not None:
        raise wrong_call("clear", "options_contradict", one="--clear", other=other)
    with writing(options) as (office, key):
        achieve = office.actions.achieve
        if options.clear is not None:
            changes = achieve.take_back(key, options.indicator, options.clear)
        else:
            changes = achieve.mark(key, options.indicator, options.text or "", options.evidence)
    tell(changes.notes)
    return DONE


def deadline(options: Namespace) -> int:
    """Set a period's deadline; a day alone means 18:00."""
    try:
        due = datetime.fromisoformat(options.date)
    except ValueError:
        raise wrong_call("date", "date_unreadable", text=options.date[:40]) from None
    if "T" not in options.date and " " not in options.date:
        due = datetime.combine(due.date(), time(DEFAULT_DEADLINE_HOUR))
    with writing(options) as (office, key):
        office.actions.targets.set_deadline(key.plan_id, key.period, due.replace(tzinfo=None))
    return DONE
