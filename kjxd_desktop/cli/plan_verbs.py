"""``plans``: list, show, export, import, blank, use, diff; ``assign`` and ``share``."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from kjxd_desktop.bootstrap.late import built_in_plans, plan_of_workbook, plan_workbooks
from kjxd_desktop.cli.exit_status import DONE, NOT_ALLOWED
from kjxd_desktop.cli.new_verb import WORKBOOK_ENDINGS
from kjxd_desktop.cli.offices import looking_office, tell, writing_office
from kjxd_desktop.cli.plans_to_json import (
    changes_json,
    plan_json,
    plan_line,
    reading_json,
    tell_reading,
)
from kjxd_desktop.cli.to_json import print_json
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.diff import plan_changes
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.problems import ProblemError, wrong_call
from kjxd_desktop.usecases.planning.book import PlanBook
from kjxd_desktop.usecases.planning.plans_shown import Origin, PlanLine
from kjxd_desktop.wording.planning.changes import change_sentence, split_sentence


def plans(options: Namespace) -> int:
    """Run one of the verbs of ``plans``."""
    return _VERBS[options.plans_verb](options)


def _list(options: Namespace) -> int:
    lines = _lines(options.workspace)
    if options.json:
        print_json([plan_line(line) for line in lines])
        return DONE
    for line in lines:
        plan = line.plan
        counts = f"指标 {len(plan.indicators)} 项，任务 {len(plan.reported_tasks)} 项"
        print(f"{plan.id}  {plan.title}  第 {plan.revision} 版，{counts}")
    return DONE


def _lines(workspace: Path | None) -> tuple[PlanLine, ...]:
    if workspace is not None:
        with looking_office(workspace) as office:
            return office.actions.plans.lines()
    source = built_in_plans()
    return tuple(PlanLine(source.load(plan_id), Origin.BUILT_IN) for plan_id in source.ids())


def _show(options: Namespace) -> int:
    plan = _plan(options.plan, options.workspace)
    if options.json:
        print_json(plan_json(plan))
        return DONE
    print(plan.title)
    print(f"{plan.doc_no}  {plan.issuer}  {plan.period[0]}—{plan.period[1]}年  第 {plan.revision} 版")
    for indicator in plan.indicators:
        print(f"  {indicator.code}  {indicator.name}（{indicator.unit}）")
    for task in plan.reported_tasks:
        print(f"  {task.code}  {task.no} {task.title}")
    return DONE


def _plan(named: str, workspace: Path | None) -> Plan:
    """A plan by id, by ``id@revision``, or out of a plan workbook."""
    if Path(named).suffix.lower() in WORKBOOK_ENDINGS:
        reading = plan_of_workbook(Path(named))
        if reading.book is None:
            tell_reading(reading)
            raise wrong_call("plan", "plan_workbook_faulty", name=Path(named).name)
        return reading.book.plan
    plan_id, revision = _id_and_revision(named)
    if workspace is not None:
        with looking_office(workspace) as office:
            return office.actions.plans.plan(plan_id, revision)
    plan = built_in_plans().load(plan_id)
    if revision not in (None, plan.revision):
        raise wrong_call("plan", "unknown_plan", plan=named)
    return plan


def _id_and_revision(named: str) -> tuple[str, int | None]:
    """``id`` or ``id@revision``."""
    plan_id, at, number = named.partition("@")
    if at and not (number.isdecimal() and len(number) <= 9):
        raise wrong_call("plan", "unknown_plan", plan=named)
    return plan_id, int(number) if at else None


def _export(options: Namespace) -> int:
    if options.workspace is not None:
        plan_id, revision = _id_and_revision(options.plan)
        with looking_office(options.workspace) as office:
            office.actions.plan_files.export(plan_id, options.file, revision)
    else:
        plan_workbooks().write(PlanBook(_plan(options.plan, None)), options.file)
    print(f"已导出方案工作簿：{options.file}", file=sys.stderr)
    return DONE


def _blank(options: Namespace) -> int:
    plan_workbooks().write_blank(options.file)
    print(f"已导出空白方案工作簿：{options.file}", file=sys.stderr)
    return DONE


def _import(options: Namespace) -> int:
    """Adopt a plan workbook, or say everything that is wrong with it."""
    since = Period.parse(options.since) if options.since else None
    reading = plan_of_workbook(options.file)
    if reading.book is None:
        if options.json:
            print_json(reading_json(reading, None, "refused"))
            return NOT_ALLOWED
        return tell_reading(reading)
    with writing_office(options) as office:
        book = office.actions.plans.completed(reading.book)
        considered = office.actions.plans.consider(book.plan, since, book.splits)
        outcome = "previewed"
        try:
            if not options.preview:
                changes = office.actions.plans.adopt(
                    book.plan,
                    since=since,
                    summary=options.summary or "",
                    reason=options.reason or "",
                    own=options.own,
                    splits=book.splits,
                    sure=options.sure,
                )
                tell(changes.notes)
                outcome = "applied"
        except ProblemError:
            if options.json:
                print_json(reading_json(reading, considered, "refused"))
            raise
    if options.json:
        print_json(reading_json(reading, considered, outcome))
        return DONE
    tell_reading(reading)
    for change in considered.changes:
        print(change_sentence(change))
    for split in considered.splits:
        print(split_sentence(split))
    if outcome == "applied":
        print(f"已读入方案：{book.plan.title}", file=sys.stderr)
    return DONE


def _use(options: Namespace) -> int:
    with writing_office(options) as office:
        office.actions.plans.use(options.plan, options.own)
    print("方案已加入数据文件。", file=sys.stderr)
    return DONE


def _diff(options: Namespace) -> int:
    changes = plan_changes(_plan(options.old, options.workspace), _plan(options.new, options.workspace))
    if options.json:
        print_json(changes_json(changes))
        return DONE
    if not changes:
        print("两个方案的内容一样。")
    for change in changes:
        print(change_sentence(change))
    return DONE


def assign(options: Namespace) -> int:
    """Give an indicator or task to a unit, take it off, or follow the plan again."""
    words = {"yes": True, "no": False, "default": None}
    with writing_office(options) as office:
        if options.plan:
            office.actions.desk.choose_plan(options.plan)
        plan_id = office.actions.desk.desk().plan.id
        cells = [(options.unit, code) for code in options.code]
        office.actions.decompose.assign(plan_id, cells, words[options.assigned])
    return DONE


def share(options: Namespace) -> int:
    """Say that two indicators of two plans are one figure, or no longer."""
    one, other = _place(options.one), _place(options.other)
    with writing_office(options) as office:
        act = office.actions.share.part if options.off else office.actions.share.share
        tell(act(one, other).notes)
    return DONE


def _place(text: str) -> tuple[str, str]:
    plan_id, slash, code = text.partition("/")
    if not slash:
        raise wrong_call("indicator", "unknown_indicator", code=text)
    return plan_id, code


_VERBS: dict[str, Callable[[Namespace], int]] = {
    "list": _list,
    "show": _show,
    "export": _export,
    "blank": _blank,
    "import": _import,
    "use": _use,
    "diff": _diff,
}
