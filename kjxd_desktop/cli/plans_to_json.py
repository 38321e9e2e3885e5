"""Answers about plans: JSON of cli-json.md 2, and what a plan workbook's mistakes look like in print."""

from __future__ import annotations

import sys
from typing import Any

from kjxd_desktop.cli.exit_status import DONE, NOT_ALLOWED
from kjxd_desktop.domain.plan.diff import PlanChange
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.plan_text.document import plan_values, task_to_document
from kjxd_desktop.usecases.planning.book import CellFault, PlanBookReading
from kjxd_desktop.usecases.planning.plans_shown import Consideration, PlanLine
from kjxd_desktop.wording.commands import command_sentence
from kjxd_desktop.wording.planning.faults import cell_fault_sentence, note_sentences


def plan_line(line: PlanLine) -> dict[str, Any]:
    """One plan of ``plans list``."""
    plan = line.plan
    return {
        "id": plan.id,
        "title": plan.title,
        "region": plan.region,
        "period": list(plan.period),
        "indicators": len(plan.indicators),
        "tasks": len(plan.reported_tasks),
        "origin": line.origin.value,
        "revision": plan.revision,
        "unit": line.own.code if line.own else None,
    }


def plan_json(plan: Plan) -> dict[str, Any]:
    """``plans show``: every field of the plan, with the items of the boxes among the tasks as well."""
    tasks = [*plan.tasks, *plan.box_tasks]
    return {**plan_values(plan), "tasks": [task_to_document(task) for task in tasks]}


def changes_json(changes: tuple[PlanChange, ...]) -> list[dict[str, Any]]:
    """``plans diff``."""
    return [
        {
            "table": change.table,
            "kind": change.kind.value,
            "code": change.code or None,
            "name": change.name or None,
            "field": change.field or None,
            "old": change.old or None,
            "new": change.new or None,
        }
        for change in changes
    ]


def reading_json(reading: PlanBookReading, considered: Consideration | None, outcome: str) -> dict[str, Any]:
    """``plans import``."""
    answer: dict[str, Any] = {
        "outcome": outcome,
        "plan": reading.book.plan.id if reading.book else None,
        "revision": considered.plan.revision if considered else None,
        "faults": [_cell(fault) for fault in reading.faults],
        "notes": [_cell(note) for note in reading.notes],
        "changes": [],
    }
    if considered is not None:
        touched = considered.touched
        answer["changes"] = changes_json(considered.changes)
        answer["splits"] = [
            {
                "unit": change.unit.code,
                "targets": change.targets,
                "baselines": change.baselines,
                "gone": change.gone,
                "duties": change.duties,
            }
            for change in considered.splits
        ]
        answer["questions"] = [
            {"code": item.code, "indicator": item.field, "message": command_sentence(item)}
            for item in considered.questions
        ]
        answer["touched"] = {
            "moved": [
                {"unit": unit.code if unit else None, "period": period.key} for unit, period in touched.moved
            ],
            "kept": touched.kept,
            "hidden_entries": touched.hidden_entries,
            "hidden_progress": touched.hidden_progress,
            "units_gone": list(touched.units_gone),
        }
    return answer


def tell_reading(reading: PlanBookReading) -> int:
    """Print every mistake or note of a plan workbook; the status a caller leaves with."""
    if reading.faults:
        count = len(reading.faults)
        print(f"方案工作簿里有 {count} 处不对，没有读入任何内容。请照着改好再导入：", file=sys.stderr)
        for number, fault in enumerate(reading.faults, start=1):
            print(f"{number}. {cell_fault_sentence(fault)}", file=sys.stderr)
        return NOT_ALLOWED
    if reading.notes:
        print("没有读的和程序补上的，请看一遍：", file=sys.stderr)
    for line in note_sentences(reading.notes):
        print(line, file=sys.stderr)
    return DONE


def _cell(fault: CellFault) -> dict[str, Any]:
    return {
        "sheet": fault.sheet,
        "cell": fault.cell or None,
        "code": fault.code,
        "message": cell_fault_sentence(fault),
    }
