"""Lines of history as records in words, with the names of the plans kept here."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.keeping.shown import ChangeLine
from kjxd_desktop.usecases.ports import HistoryLine, UnitOfWork
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.keeping.history import DAMAGED, deed, why_words
from kjxd_desktop.wording.keeping.history_fields import content_fields, differing, unreadable

RESTORABLE = frozenset({"entry", "progress"})


class LineWords:
    """Puts lines into words. Names come from the newest revision of a plan that has them.

    An indicator that a revision took out keeps the name it had.
    """

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._cached_plans = lru_cache(maxsize=None)(self._read_plans)
        self._cached_item = lru_cache(maxsize=None)(self._find_item)

    def line(self, line: HistoryLine) -> ChangeLine:
        """One line."""
        plan_id, code = line.plan_id or "", line.code or ""
        period = Period.parse(line.period) if line.period else None
        item = self.item(plan_id, code) if code and line.what not in ("import", "plan", "own_unit") else ""
        key = ReturnKey(plan_id, line.unit, period) if plan_id and line.unit and period else None
        try:
            old, new = _content(line.old), _content(line.new)
            old_fields = content_fields(line.what, old, plan_id, code, self)
            new_fields = content_fields(line.what, new, plan_id, code, self)
            done, whole = deed(line.what, item, period_title(period) if period else "", old, new), True
        except (ValueError, TypeError, KeyError, AttributeError):
            # Changed past the program; ``verify`` says so. The other lines can still be read.
            old_fields, new_fields = unreadable(line.old), unreadable(line.new)
            done, whole = DAMAGED, False
        before, after = differing(old_fields, new_fields)
        return ChangeLine(
            line=line.line,
            at=line.at,
            who=line.who,
            kind=line.what,
            plan_id=plan_id,
            plan=self.plan(plan_id),
            unit=self.unit(plan_id, line.unit) if line.unit else "",
            period=period,
            item=item,
            code=code,
            deed=done,
            old=before,
            new=after,
            old_fields=old_fields,
            new_fields=new_fields,
            why=why_words(line.why),
            restorable=whole and line.what in RESTORABLE and key is not None,
            key=key,
        )

    # Names, as ``wording.keeping.history_fields`` asks for them

    def item(self, plan_id: str, code: str) -> str:
        """Name of an indicator, number and title of a task; the code when no revision knows it."""
        return self._cached_item(plan_id, code)[0]

    def measure(self, plan_id: str, code: str) -> str:
        """Unit of an indicator."""
        return self._cached_item(plan_id, code)[1]

    def unit(self, plan_id: str, code: str) -> str:
        """Name of a unit; the code when no revision knows it."""
        found = (unit for plan in self._cached_plans(plan_id) if (unit := plan.unit(code)) is not None)
        return next((unit.name for unit in found), code)

    def plan(self, plan_id: str) -> str:
        """Short title of a plan; the id when it is not kept here."""
        plans = self._cached_plans(plan_id)
        return plans[0].short_title if plans else plan_id

    def _read_plans(self, plan_id: str) -> tuple[Plan, ...]:
        numbers = sorted(self._uow.plans.revisions(plan_id), reverse=True) if plan_id else []
        plans = (self._uow.plans.get(plan_id, number) for number in numbers)
        return tuple(plan for plan in plans if plan is not None)

    def _find_item(self, plan_id: str, code: str) -> tuple[str, str]:
        for plan in self._cached_plans(plan_id):
            indicator = plan.indicator(code)
            if indicator is not None:
                return indicator.name, indicator.unit
            task = plan.task(code)
            if task is not None:
                return task_name(task), ""
        return code, ""


def task_name(task: Task) -> str:
    """Number and title of a task."""
    return f"{task.no} {task.title}"


def named_like(plan: Plan, text: str) -> tuple[str, ...]:
    """Codes of the indicators and tasks of a plan that a text is found in: name, number or code."""
    wanted = text.casefold()
    tasks = {task.code: task for task in (*plan.tasks, *plan.reported_tasks)}.values()
    items = [(item.code, item.no, item.name) for item in plan.indicators]
    items += [(task.code, task.no, task_name(task)) for task in tasks]
    return tuple(
        code
        for code, no, name in items
        if wanted in name.casefold() or wanted == no.casefold() or wanted == code.casefold()
    )


def _content(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)
