"""``status``, ``check``, ``show``, ``monitor``, ``history``, ``verify``: they only read."""

from __future__ import annotations

import sys
from argparse import Namespace
from itertools import islice
from pathlib import Path

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.cli.exit_status import DONE, NOT_ALLOWED
from kjxd_desktop.cli.keep_verbs import way_out
from kjxd_desktop.cli.offices import looking_office, reading
from kjxd_desktop.cli.to_json import (
    check_json,
    entry_text,
    history_json,
    monitor_json,
    print_json,
    show_json,
    status_json,
    verify_json,
)
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.usecases.access import indicator_of, plan_of, unit_of
from kjxd_desktop.usecases.ports import LineFilter
from kjxd_desktop.wording.checking.findings import finding_sentence
from kjxd_desktop.wording.checking.repairs import repair_sentence
from kjxd_desktop.wording.dates import day_time, period_title
from kjxd_desktop.wording.filling.carried import stands_text
from kjxd_desktop.wording.keeping.history import change_text
from kjxd_desktop.wording.keeping.verify import (
    SOUND,
    discrepancy_sentence,
    verification_sentences,
)
from kjxd_desktop.wording.monitoring.standing import light_word
from kjxd_desktop.wording.receiving.sent_files import sent_file_sentence
from kjxd_desktop.wording.sending.desk import next_step_word
from kjxd_desktop.wording.sending.transitions import transition_text
from kjxd_desktop.wording.terms import ENTRY_STATUS, RETURN_STATE


def status(options: Namespace) -> int:
    """How far a return is."""
    with reading(options) as (office, key):
        answer, passed = office.actions.status.status(key), office.actions.status.transitions(key)
    if options.json:
        print_json(status_json(answer, passed))
        return DONE
    print(
        f"{answer.unit.office or answer.unit.name}  {period_title(key.period)}  {RETURN_STATE[answer.head.state]}"
    )
    print(
        f"指标 {answer.indicators_filled}/{answer.indicators_due}，任务 {answer.tasks_updated}/{answer.tasks_due}"
    )
    print(f"截止 {day_time(answer.deadline)}；下一步：{next_step_word(answer.next, answer.head.state)}")
    if passed:
        print(f"经过：{' → '.join(transition_text(step) for step in passed)}")
    return DONE


def check(options: Namespace) -> int:
    """Check a return; status 1 while anything blocks or lacks its explanation."""
    with reading(options) as (office, key):
        answer = office.actions.check.check_and_mend(key)
        influence = office.actions.check.influence(key, answer.findings) if options.json else {}
    if options.json:
        print_json(check_json(answer, key.unit_code, key.period.key, influence))
    else:
        for finding in answer.findings:
            _, sentence, advice = finding_sentence(finding)
            print(f"[{finding.grade.value}] {sentence}{advice}（{finding.rule}）")
            repair = answer.repairs.get((finding.code, finding.rule))
            if repair is not None:
                where = repair.code if repair.code != finding.code else ""
                print(f"  {repair_sentence(repair.field, repair.value, repair.settles, where)}。")
        if answer.missing:
            print(f"还没有填的有 {len(answer.missing)} 项：{'、'.join(answer.missing)}")
    return DONE if answer.clean else NOT_ALLOWED


def show(options: Namespace) -> int:
    """A whole return."""
    with reading(options) as (office, key):
        answer = office.actions.fill.show(key)
    if options.json:
        print_json(show_json(answer))
        return DONE
    for row in answer.rows:
        state = stands_text(row.entry, awaits=row.awaits) or ENTRY_STATUS[row.entry.status]
        print(
            f"{row.indicator.code}  {row.indicator.name}  {entry_text(row.entry)} {row.indicator.unit}  {state}"
        )
    return DONE


def monitor(options: Namespace) -> int:
    """Where the values stand, and a chart as picture."""
    with reading(options) as (office, key):
        answer = office.actions.monitor.monitor(key)
        if options.chart:
            code, file = options.chart
            indicator = indicator_of(answer.plan, code)
            row = next((row for row in answer.rows if row.indicator.code == indicator.code), None)
            if row is None:
                raise refuse(indicator.code, "not_assigned", name=indicator.name)
            from kjxd_desktop.charts.chart_file import save_png

            save_png(row, answer, Path(file))
    if options.json:
        print_json(monitor_json(answer))
        return DONE
    for row in answer.rows:
        print(
            f"{row.indicator.code}  {row.indicator.name}  {entry_text(row.entry)} {row.indicator.unit}  "
            f"{light_word(row.standing)}  {stands_text(row.entry)}".rstrip()
        )
    return DONE


def verify(options: Namespace) -> int:
    """Compare the workspace with its history, and with what was sent; status 1 when something does not fit."""
    with looking_office(options.workspace) as office:
        found = office.store.verify()
        files = tuple(office.actions.sent_files.compare(path) for path in options.files)
    ok = found.ok and all(file.ok for file in files)
    if options.json:
        print_json(verify_json(found, files))
        return DONE if ok else NOT_ALLOWED
    if found.ok:
        print(SOUND.format(lines=found.lines))
    else:
        for sentence in verification_sentences(found.integrity, found.audit_chain, found.schema):
            print(sentence)
        for item in found.discrepancies:
            print(discrepancy_sentence(item))
    for file in files:
        print(sent_file_sentence(file))
    if not found.ok:
        hint = way_out(options.workspace)
        if hint:
            print(hint, file=sys.stderr)
    return DONE if ok else NOT_ALLOWED


def history(options: Namespace) -> int:
    """Every change, newest first."""
    with looking_office(options.workspace) as office:
        wanted, look_back = _wanted(office, options), office.actions.look_back
        if options.json:
            print_json(history_json(look_back.raw(wanted, options.limit)))
            return DONE
        for line in islice(look_back.every(wanted), options.limit):
            where = " ".join(part for part in (line.unit, line.period and period_title(line.period)) if part)
            change = change_text(line.old, line.new)
            print(
                f"{line.line}  {line.at:%Y-%m-%d %H:%M:%S}  {line.who}  {where or '—'}  "
                f"{line.deed}  {change}（{line.why}）"
            )
    return DONE


def _wanted(office: Office, options: Namespace) -> LineFilter:
    """The lines the options ask for.

    Raises:
        CallError: ``unknown_plan``, ``unknown_unit`` or ``period_unreadable``.
    """
    with office.store.reading() as uow:
        plan = plan_of(uow, options.plan or uow.workspace.info().plan_id)
    return LineFilter(
        plan_id=options.plan,
        unit=unit_of(plan, options.unit).code if options.unit else None,
        period=Period.parse(options.period) if options.period else None,
        code=options.code,
        who=options.who,
        kinds=frozenset({options.what} if options.what else ()),
        text=options.text,
    )
