"""What a person asks of history, as conditions of SQL."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, func, or_, type_coerce

from kjxd_desktop.storage.tables import history
from kjxd_desktop.usecases.ports import LineFilter


def conditions(wanted: LineFilter) -> list[ColumnElement[bool]]:
    """One condition for each part of a filter that narrows anything."""
    found = [*_place(wanted), *_days(wanted)]
    if wanted.who is not None:
        found.append(history.c.who == wanted.who)
    if wanted.kinds:
        found.append(history.c.what.in_(sorted(wanted.kinds)))
    if wanted.text:
        found.append(_text(wanted))
    return found


def _place(wanted: LineFilter) -> list[ColumnElement[bool]]:
    columns = history.c
    parts = (
        (columns.plan_id, wanted.plan_id),
        (columns.unit_code, wanted.unit),
        (columns.period, wanted.period),
        (columns.code, wanted.code),
    )
    if all(value is not None for _, value in parts[:3]):
        return [column == value for column, value in parts if value is not None]
    # A plan alone is nearly everything: by the index of cells all of it would be sorted to give the newest
    # lines, by line numbers only the page is read. The index is only taken for a bare column.
    return [
        func.coalesce(type_coerce(column, String), "") == getattr(value, "key", value)
        for column, value in parts
        if value is not None
    ]


def _days(wanted: LineFilter) -> list[ColumnElement[bool]]:
    at: ColumnElement[Any] = type_coerce(history.c.at, String)
    found: list[ColumnElement[bool]] = []
    if wanted.first is not None:
        found.append(at >= wanted.first.isoformat())
    if wanted.last is not None:
        found.append(at < (wanted.last + timedelta(days=1)).isoformat())
    return found


def _text(wanted: LineFilter) -> ColumnElement[bool]:
    """The text as it stands in JSON, or what it names."""
    kept = json.dumps(wanted.text, ensure_ascii=False)[1:-1]
    columns = history.c
    by_plan: dict[str, list[str]] = {}
    for plan_id, code in wanted.named:
        by_plan.setdefault(plan_id, []).append(code)
    return or_(
        *(and_(columns.plan_id == plan, columns.code.in_(codes)) for plan, codes in by_plan.items()),
        columns.new.contains(kept, autoescape=True),
        columns.old.contains(kept, autoescape=True),
        columns.why.contains(wanted.text, autoescape=True),
    )
