"""Answers of the use cases as the JSON of cli-json.md 1.2: keys may be added, never renamed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.figures.quantity import plain_text, round_half_up
from kjxd_desktop.domain.keeping.verification import Verification
from kjxd_desktop.domain.pace.standing import Change, Light, TaskPace
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, Entry
from kjxd_desktop.domain.returns.fields import Content, RecordField
from kjxd_desktop.domain.returns.progress import PROGRESS_FIELDS, TaskStatus
from kjxd_desktop.usecases.checking.repair_shown import Repair
from kjxd_desktop.usecases.checking.shown import CheckResult
from kjxd_desktop.usecases.filling.passage import Transition
from kjxd_desktop.usecases.filling.shown import EntryRow, ReturnShown, TaskRow
from kjxd_desktop.usecases.monitoring.shown import MonitorRow, MonitorShown
from kjxd_desktop.usecases.ports import HistoryLine
from kjxd_desktop.usecases.receiving.paper_code import CodeMatch
from kjxd_desktop.usecases.receiving.sent_files import SentFile
from kjxd_desktop.usecases.receiving.shown import ImportPreview, ImportRow, RowStatus
from kjxd_desktop.usecases.sending.shown import StatusShown
from kjxd_desktop.wording.checking.findings import finding_sentence
from kjxd_desktop.wording.keeping.verify import discrepancy_sentence
from kjxd_desktop.wording.receiving.imports import notice_sentence, reason_sentence
from kjxd_desktop.wording.receiving.sent_files import sent_file_sentence
from kjxd_desktop.wording.sending.transitions import reason_text

PLACES = 4


def print_json(content: Any) -> None:
    """Print one JSON document, and nothing else, on stdout."""
    print(json.dumps(content, ensure_ascii=False, indent=1))


def number(value: Decimal | None) -> str | None:
    """A decimal exactly as kept."""
    return None if value is None else plain_text(value)


def ratio(value: Fraction | None) -> str | None:
    """A computed number with four places, rounded half up."""
    return None if value is None else plain_text(round_half_up(value, PLACES))


def status_json(answer: StatusShown, passed: Iterable[Transition]) -> dict[str, Any]:
    """``status``."""
    return {
        "plan": answer.plan.id,
        "revision": answer.head.revision,
        "unit": answer.unit.code,
        "period": answer.head.key.period.key,
        "state": answer.head.state.value,
        "round": answer.head.round,
        "deadline": answer.deadline.astimezone().isoformat(),
        "days_left": answer.days_left,
        "indicators": {"due": answer.indicators_due, "filled": answer.indicators_filled},
        "tasks": {"due": answer.tasks_due, "updated": answer.tasks_updated},
        "findings": {grade.value: answer.check.count(grade) for grade in Grade},
        "next": answer.next,
        "transitions": [_transition(step) for step in passed],
    }


def _transition(step: Transition) -> dict[str, Any]:
    return {
        "state": step.state.value,
        "at": step.at.isoformat(),
        "who": step.who,
        "round": step.round,
        "why": reason_text(step) or None,
    }


def show_json(answer: ReturnShown) -> dict[str, Any]:
    """``show``."""
    head = answer.head
    signature = head.signature
    return {
        "plan": answer.plan.id,
        "revision": head.revision,
        "unit": head.key.unit_code,
        "period": head.key.period.key,
        "state": head.state.value,
        "round": head.round,
        "backfilled": head.backfilled,
        "check_code": head.check_code or None,
        "entries": [_entry(row) for row in answer.rows],
        "progress": [_progress(row) for row in answer.tasks],
        "explanations": [
            {"code": item.code, "rule": item.rule, "text": item.text} for item in answer.explanations
        ],
        "signed": {
            "head": signature.head or None,
            "statistician": signature.statistician or None,
            "filled_by": signature.filled_by or None,
            "phone": signature.phone or None,
            "date": signature.date or None,
        },
    }


def _entry(row: EntryRow) -> dict[str, Any]:
    entry = row.entry
    return {
        "code": row.indicator.code,
        **{field.name: _answer(field, entry) for field in ENTRY_FIELDS},
        "previous": number(row.previous.value),
        "last_year": number(row.last_year.value),
    }


def _answer(field: RecordField, record: object) -> Any:
    """A field as JSON has it: exact numbers as text, an empty text absent."""
    if field.content is Content.NUMBER:
        return field.text_of(record) or None
    return field.plain_of(record) if field.content is not Content.TEXT else field.text_of(record) or None


def _progress(row: TaskRow) -> dict[str, Any]:
    progress = row.progress
    return {
        "task": row.task.code,
        **{field.name: _answer(field, progress) for field in PROGRESS_FIELDS},
        "carried": progress.carried,
        "pace": None if row.pace is None else row.pace.value,
        "evidence": [{"name": item.name, "bytes": item.bytes} for item in progress.evidence],
    }


def check_json(
    answer: CheckResult, unit: str, period: str, influence: Mapping[str, Fraction] | None = None
) -> dict[str, Any]:
    """``check``.

    Args:
        influence: How much cells weigh in the city's totals, by indicator code.
    """
    weights = influence or {}
    return {
        "findings": [
            {
                **_finding(item, unit, period),
                "repair": _repair(answer.repairs.get((item.code, item.rule))),
                "influence": ratio(weights.get(item.code)),
            }
            for item in answer.findings
        ],
        "missing": list(answer.missing),
        "blocking": answer.blocking,
        "to_explain": answer.to_explain,
    }


def _finding(finding: Finding, unit: str, period: str) -> dict[str, Any]:
    _, message, advice = finding_sentence(finding)
    return {
        "rule": finding.rule,
        "grade": finding.grade.value,
        "code": finding.code,
        "unit": unit,
        "period": period,
        "left": finding.left or None,
        "operator": finding.operator or None,
        "right": finding.right or None,
        "message": message,
        "advice": advice,
        "explained": finding.explanation is not None,
        "explanation": finding.explanation,
        "others": [{"code": code, "period": period} for code in finding.others],
    }


def _repair(repair: Repair | None) -> dict[str, Any] | None:
    if repair is None:
        return None
    return {
        "code": repair.code,
        "field": repair.field,
        "value": repair.value,
        "settles": repair.settles,
    }


def monitor_json(answer: MonitorShown) -> dict[str, Any]:
    """``monitor``."""
    statuses = [row.progress.status for row in answer.tasks]
    paces = [row.pace for row in answer.tasks]
    return {
        "plan": answer.plan.id,
        "unit": answer.unit.code,
        "period": answer.period.key,
        "indicators": [_monitor_row(row) for row in answer.rows],
        "summary": {light.value: answer.count(light) for light in Light},
        "tasks": {
            **{status.value: statuses.count(status) for status in TaskStatus},
            "behind": paces.count(TaskPace.BEHIND),
            "not_updated": sum(not row.progress.updated for row in answer.tasks),
        },
    }


def _monitor_row(row: MonitorRow) -> dict[str, Any]:
    standing = row.standing
    against, kind = standing.yardstick.against, standing.yardstick.kind
    only_expected = kind is TargetKind.EXPECTED
    return {
        "code": row.indicator.code,
        "value": number(row.entry.value),
        "data_year": row.entry.data_year,
        "carried": row.entry.carried,
        "status": row.entry.status.value,
        "expected_path": ratio(standing.binding_path if only_expected else standing.expected_path),
        "binding_path": ratio(standing.binding_path) if kind is TargetKind.BINDING else None,
        "path": ratio(standing.binding_path),
        "year": standing.yardstick.year,
        "completion": ratio(standing.completion),
        "completion_expected": ratio(standing.completion_expected),
        "progress": ratio(standing.progress),
        "measured_against": None if against is None else against.value,
        "light": standing.light.value,
        "known": None if standing.known is None else standing.known.value,
        "change": {"previous": _change(row.quarter_change), "last_year": _change(row.year_change)},
        "forecast": _forecast(row),
        "achieved": _achieved(standing.achieved),
    }


def _achieved(mark: Achieved | None) -> dict[str, Any] | None:
    if mark is None:
        return None
    file = mark.evidence
    return {
        "since": mark.since.key,
        "text": mark.text,
        "evidence": None if file is None else {"name": file.name, "bytes": file.bytes},
    }


def _change(change: Change) -> str | None:
    return ratio(change.amount)


def _forecast(row: MonitorRow) -> dict[str, Any] | None:
    forecast = row.forecast
    if forecast is None:
        return None
    from kjxd_desktop.wording.monitoring.standing import forecast_sentence

    return {
        "year": forecast.year,
        "value": number(forecast.value),
        "low": number(forecast.low),
        "high": number(forecast.high),
        "points": forecast.points,
        "sentence": forecast_sentence(row.indicator, forecast),
    }


def history_json(lines: tuple[HistoryLine, ...]) -> list[dict[str, Any]]:
    """``history``."""
    return [
        {
            "line": line.line,
            "plan": line.plan_id,
            "at": line.at.isoformat(),
            "who": line.who,
            "what": line.what,
            "unit": line.unit,
            "period": line.period,
            "code": line.code,
            "old": line.old,
            "new": line.new,
            "why": line.why,
        }
        for line in lines
    ]


def verify_json(found: Verification, files: tuple[SentFile, ...] = ()) -> dict[str, Any]:
    """``verify``; workbooks that do not fit are among the problems."""
    return {
        "ok": found.ok and all(file.ok for file in files),
        "integrity": found.integrity,
        "audit_chain": found.audit_chain,
        "schema": found.schema,
        "lines": found.lines,
        "problems": [
            {
                "what": item.what,
                "plan": item.plan or None,
                "unit": item.unit or None,
                "period": item.period or None,
                "code": item.code or None,
                "history": item.told,
                "table": item.held,
                "reason": item.reason or None,
                "message": discrepancy_sentence(item),
            }
            for item in found.discrepancies
        ]
        + [
            {
                "what": "file",
                "plan": None,
                "unit": None,
                "period": None,
                "code": file.file_name,
                "history": None,
                "table": None,
                "reason": file.outcome,
                "message": sent_file_sentence(file),
            }
            for file in files
            if not file.ok
        ],
        "files": [
            {"file": file.file_name, "outcome": file.outcome, "message": sent_file_sentence(file)}
            for file in files
        ],
    }


def import_file_json(
    file: str,
    outcome: str,
    reason: str | None = None,
    preview: ImportPreview | None = None,
    import_id: int | None = None,
) -> dict[str, Any]:
    """One file of ``import``."""
    return {
        "file": file,
        "outcome": outcome,
        "reason": reason,
        "plan": preview.plan.id if preview else None,
        "unit": preview.unit.code if preview else None,
        "period": preview.period.key if preview else None,
        "import_id": import_id,
        "counts": {status.value: preview.count(status) if preview else 0 for status in RowStatus},
        "notices": [notice_sentence(code, params) for code, params in preview.notices] if preview else [],
        "cells": [_import_row(row) for row in preview.rows] if preview else [],
    }


def code_match_json(match: CodeMatch, message: str) -> dict[str, Any]:
    """``check-code``."""
    found = match.found
    return {
        "code": match.typed.letters,
        "outcome": match.answer.value,
        "old": match.old,
        "plan": found.plan.id if found else None,
        "unit": found.unit.code if found else None,
        "period": found.key.period.key if found else None,
        "round": found.round if found else None,
        "file": found.file_name if found else None,
        "newest": found.newest if found else None,
        "corrected": found.corrected if found else None,
        "slips": list(match.slips),
        "message": message,
    }


def _import_row(row: ImportRow) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "cell": row.cell,
        "code": row.code,
        "field": row.field,
        "raw": row.raw or None,
        "read": row.read or None,
        "was": row.was or None,
        "status": row.status.value,
        "reason": reason_sentence(row),
    }


def entry_text(entry: Entry) -> str:
    """A value for a line of plain output."""
    return "—" if entry.value is None else plain_text(entry.value)
