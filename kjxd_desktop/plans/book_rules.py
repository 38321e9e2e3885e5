"""The 审核关系 sheet: the plan's own check rules, in and out."""

from __future__ import annotations

from collections.abc import Iterator

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.rules import Missing
from kjxd_desktop.plans.book_draft import Draft, Entry, Record, give_codes
from kjxd_desktop.wording import terms

_STRATEGIES = ("left_missing", "right_missing")


def rule_rows(plan: Plan) -> Iterator[dict[str, str]]:
    """The rules as rows; the usual strategies are left empty."""
    for rule in plan.rules:
        strategies = zip(_STRATEGIES, (rule.left_missing, rule.right_missing), strict=True)
        yield {
            "code": rule.code,
            "left": rule.left.text,
            "op": terms.RULE_OPERATOR[rule.operator],
            "right": rule.right.text,
            "grade": terms.GRADE[rule.grade],
            "message": rule.message,
            "advice": rule.advice,
            **{key: terms.MISSING_FIGURES[way] for key, way in strategies if way is not Missing.SKIP_IF_ANY},
        }


def read_rules(draft: Draft) -> list[Record]:
    """The table ``rules`` of the plan document."""
    entries = draft.tables["rules"] = [Entry(row) for row in draft.rows("rules")]
    for entry in entries:
        draft.texts(entry, "code", "advice")
        draft.needs(entry, "left", "op", "right", "grade", "message")
        draft.maybe(entry, *_STRATEGIES)
    give_codes(draft, entries, "R")
    return [entry.record for entry in entries]
