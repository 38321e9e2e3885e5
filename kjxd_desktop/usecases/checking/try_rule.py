"""Trying a check rule on what is stored, before it is kept: how often would it have fired?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kjxd_desktop.domain.checks.plan_rules import check_rule
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.rules import CheckRule
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.usecases.filling.view import load_view
from kjxd_desktop.usecases.ports import Store


@dataclass(frozen=True, slots=True)
class Fired:
    """One return the rule would have found something in, with both sides as texts."""

    unit: Unit
    period: Period
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule finds in the stored returns of its plan.

    Attributes:
        returns: Returns it was tried on, of every unit and period.
        silent: Those it could say nothing of, for want of figures, or of figures of one year.
        fired: Those it finds something in, the newest first.
    """

    returns: int
    silent: int
    fired: tuple[Fired, ...]


class TryRule:
    """Tries rules; nothing is written."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def try_rule(self, plan: Plan, rule: CheckRule) -> Trial:
        """Try a rule on every return of the plan here, as if it had governed them all.

        Args:
            plan: The plan as it is being edited, with the rule in it; it must be consistent.
        """
        subject = plan.rule_book.subject(rule)
        fired: list[Fired] = []
        silent = 0
        with self._store.reading() as uow:
            heads = [head for head in uow.returns.heads(plan.id) if plan.unit(head.key.unit_code) is not None]
            for head in sorted(heads, key=lambda item: item.key.period, reverse=True):
                view = replace(load_view(uow, head.key), plan=plan)
                found = check_rule(rule, subject, view.figure, view.data_year)
                if found is not None and found.rule == rule.code:
                    fired.append(Fired(view.unit, head.key.period, found.left, found.right))
                elif found is not None or any(view.figure(figure) is None for figure in rule.figures):
                    silent += 1
        return Trial(len(heads), silent, tuple(fired))
