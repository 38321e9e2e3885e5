"""What differs between two revisions of a plan, field by field (动态调整)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.expressions import Expression
from kjxd_desktop.domain.plan.indicator import Baseline, Component, Indicator, Range, Target
from kjxd_desktop.domain.plan.plan import Bands, Box, BoxItem, Goal, Plan, Task
from kjxd_desktop.domain.plan.rules import CheckRule
from kjxd_desktop.domain.plan.unit import Collective, Unit

Record = TypeVar("Record", Indicator, Task, Goal, Box, Unit, Collective, CheckRule)

# Not compared: the number of the revision itself and why it was made.
_HEAD_LEFT_OUT = (
    "revision",
    "adjustment",
    "document",
    "indicators",
    "tasks",
    "goals",
    "boxes",
    "units",
    "rules",
)


class ChangeKind(StrEnum):
    """What happened to an entry of a plan."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One difference.

    Attributes:
        table: ``plan`` for the head, else ``indicators``, ``tasks``, ``goals``, ``boxes``, ``units``,
            ``collectives``, ``rules``, ``notes`` or ``document``.
        code: Code of the entry; of boxes their number, of collectives their name.
        name: What people call the entry.
        field: Field that differs, as the plan package names it; empty for a whole entry.
        old: Its text before; empty for nothing.
        new: Its text after; empty for nothing.
    """

    table: str
    kind: ChangeKind
    code: str
    name: str
    field: str = ""
    old: str = ""
    new: str = ""


def plan_changes(old: Plan, new: Plan) -> tuple[PlanChange, ...]:
    """Every difference, in the order of the plan workbook's sheets."""
    found: list[PlanChange] = []
    found += _head(old, new)
    found += _entries("indicators", old.indicators, new.indicators, lambda i: i.code, lambda i: i.name)
    found += _entries("tasks", old.tasks, new.tasks, lambda t: t.code, lambda t: f"{t.no} {t.title}".strip())
    found += _entries("goals", old.goals, new.goals, lambda g: g.code, lambda g: g.subject)
    found += _entries("boxes", old.boxes, new.boxes, lambda b: b.no, lambda b: b.title)
    found += _entries("units", old.units, new.units, lambda u: u.code, lambda u: u.name)
    found += _entries("collectives", old.collectives, new.collectives, lambda c: c.name, lambda c: c.name)
    found += _entries("rules", old.rules, new.rules, lambda r: r.code, rule_text)
    found += _texts("notes", old.notes, new.notes)
    if old.document != new.document:
        found.append(PlanChange("document", ChangeKind.CHANGED, "", ""))
    return tuple(found)


def _head(old: Plan, new: Plan) -> Iterator[PlanChange]:
    for field in fields(Plan):
        if field.name in (*_HEAD_LEFT_OUT, "collectives", "notes"):
            continue
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield PlanChange(
                "plan", ChangeKind.CHANGED, new.id, new.title, field.name, text_of(before), text_of(after)
            )


def _entries(
    table: str,
    old: Sequence[Record],
    new: Sequence[Record],
    code: Callable[[Record], str],
    name: Callable[[Record], str],
) -> Iterator[PlanChange]:
    before = {code(item): item for item in old}
    after = {code(item): item for item in new}
    for key, item in before.items():
        if key not in after:
            yield PlanChange(table, ChangeKind.REMOVED, key, name(item))
    for key, item in after.items():
        if key not in before:
            yield PlanChange(table, ChangeKind.ADDED, key, name(item))
            continue
        for field in fields(item):
            was, now = getattr(before[key], field.name), getattr(item, field.name)
            # 85 and 85.0 are equal numbers and yet not the same figure.
            if was != now or text_of(was) != text_of(now):
                yield PlanChange(
                    table, ChangeKind.CHANGED, key, name(item), _field(field.name), text_of(was), text_of(now)
                )
    kept = [key for key in before if key in after]
    if kept != [key for key in after if key in before]:
        yield PlanChange(table, ChangeKind.MOVED, "", "")


def _texts(table: str, old: Sequence[str], new: Sequence[str]) -> Iterator[PlanChange]:
    for text in old:
        if text not in new:
            yield PlanChange(table, ChangeKind.REMOVED, "", "", old=text)
    for text in new:
        if text not in old:
            yield PlanChange(table, ChangeKind.ADDED, "", "", new=text)


def rule_text(rule: CheckRule) -> str:
    """A rule in one line: ``I05N ≤ I04N``."""
    return f"{rule.left.text} {rule.operator} {rule.right.text}"


def _field(name: str) -> str:
    return {"group": "class", "operator": "op"}.get(name, name)


def text_of(value: object) -> str:
    """A field as one line of text: what a person would compare."""
    match value:
        case None | "" | () | False:
            return ""
        case True:
            return "yes"
        case Target():
            figure = plain_text(value.value) if value.value is not None else value.text or ""
            words = (f"{value.year}", value.kind.value, f"{value.op}{figure}", value.certainty, value.scope)
            return " ".join(word for word in (*words, value.unit_code) if word)
        case Baseline():
            return f"{value.year} {plain_text(value.value)} {value.note}".strip()
        case Component():
            return f"{value.code} {value.role.value} {value.name} {value.unit}"
        case Range():
            levels = "/".join(level.value for level in value.levels)
            return f"{levels} {plain_text(value.low)}—{plain_text(value.high)}"
        case Bands():
            return f"{plain_text(value.ahead)} {plain_text(value.between)} {value.task_lag_points}"
        case CheckSettings():
            return " ".join(str(item) for item in astuple(value))
        case Expression():
            return value.text
        case BoxItem():
            times = (text_of(value.deadlines), text_of(value.recurrences))
            return " ".join(word for word in (value.no, value.text, *times) if word)
        case Period():
            return value.key
        case tuple():
            return "；".join(text_of(item) for item in value)
        case Decimal():
            return plain_text(value)
        case _:
            return str(value)
