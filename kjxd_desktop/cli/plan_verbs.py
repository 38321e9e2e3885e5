"""``plans`` and ``new``."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from kjxd_desktop.bootstrap.office import built_in_plans, new_office, new_office_from, reading_office
from kjxd_desktop.cli import DONE
from kjxd_desktop.cli.answers import print_json
from kjxd_desktop.domain.plan import Plan
from kjxd_desktop.domain.problems import wrong_call
from kjxd_desktop.usecases.plan_document import plan_to_document
from kjxd_desktop.usecases.ports import Role


def plans(options: Namespace) -> int:
    """List plans or show one."""
    found = _known(options.workspace)
    if options.plans_verb == "list":
        return _list(found, as_json=options.json)
    chosen = next((plan for plan, _ in found if plan.id == options.plan), None)
    if chosen is None:
        raise wrong_call("plan", "unknown_plan", plan=options.plan)
    if options.json:
        print_json(plan_to_document(chosen))
    else:
        _describe(chosen)
    return DONE


def _known(workspace: Path | None) -> list[tuple[Plan, str]]:
    source = built_in_plans()
    found = {plan_id: (source.load(plan_id), "builtin") for plan_id in source.ids()}
    if workspace is not None:
        with reading_office(workspace) as office, office.store.reading() as uow:
            for plan_id, _ in uow.plans():
                plan = uow.plan(plan_id)
                if plan is not None and plan_id not in found:
                    found[plan_id] = (plan, "workspace")
    return list(found.values())


def _list(found: list[tuple[Plan, str]], *, as_json: bool) -> int:
    if as_json:
        print_json(
            [
                {
                    "id": plan.id,
                    "title": plan.title,
                    "region": plan.region,
                    "period": list(plan.period),
                    "indicators": len(plan.indicators),
                    "tasks": len(plan.reported_tasks),
                    "origin": origin,
                }
                for plan, origin in found
            ]
        )
        return DONE
    for plan, _ in found:
        print(f"{plan.id}  {plan.title}  指标 {len(plan.indicators)} 项，任务 {len(plan.reported_tasks)} 项")
    return DONE


def _describe(plan: Plan) -> None:
    print(plan.title)
    print(f"{plan.doc_no}  {plan.issuer}  {plan.period[0]}—{plan.period[1]}年")
    for indicator in plan.indicators:
        print(f"  {indicator.code}  {indicator.name}（{indicator.unit}）")
    for task in plan.reported_tasks:
        print(f"  {task.code}  {task.no} {task.title}")


def new(options: Namespace) -> int:
    """Make a workspace by hand or from a template."""
    if options.template is not None:
        with new_office_from(options.file, options.template) as office:
            desk = office.actions.desk.desk()
    else:
        for name in ("role", "unit", "plan"):
            if getattr(options, name) is None:
                print(
                    f"新建要写 --{name}，或用 --from 打开市局发来的报表。没有新建任何文件。", file=sys.stderr
                )
                return 2
        with new_office(options.file, Role(options.role), options.unit, options.plan) as office:
            desk = office.actions.desk.desk()
    print(
        f"已新建：{options.file}（{desk.unit.office or desk.unit.name}，{desk.plan.short_title}）",
        file=sys.stderr,
    )
    return DONE
