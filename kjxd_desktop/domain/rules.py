"""Checks that need one return and its neighbours, the same for every plan (semantics.md 4).

Each rule is a function from a :class:`CellContext` to findings; ``RULES`` lists them with their
grade and version. A finding's basis is a digest of the rule's version and of every value it read,
so that a written explanation is void as soon as one of them changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.findings import Finding, Grade
from kjxd_desktop.domain.indicator import Indicator, Kind, Measure
from kjxd_desktop.domain.quantity import decimals_of, plain_text, ratio_value, round_half_up
from kjxd_desktop.domain.returns import MISSING, Entry
from kjxd_desktop.domain.unit import Level

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class CellContext:
    """Everything the checks of one cell read.

    Attributes:
        level: Level of the unit that fills the return.
        entry: The cell.
        previous: Last quarter's cell of the *same year*, or an empty one.
    """

    indicator: Indicator
    level: Level
    entry: Entry
    previous: Entry = MISSING


Check = Callable[[CellContext], Iterator[tuple[str, str, str, dict[str, str]]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A built-in rule. ``check`` yields (left, operator, right, params) for each breach."""

    code: str
    version: int
    grade: Grade
    check: Check
    read: Callable[[CellContext], tuple[str, ...]]


def check_cell(context: CellContext) -> tuple[Finding, ...]:
    """All findings of one cell, without explanations."""
    found: list[Finding] = []
    for rule in RULES:
        for left, operator, right, params in rule.check(context):
            found.append(
                Finding(
                    rule=rule.code,
                    grade=rule.grade,
                    code=context.indicator.code,
                    left=left,
                    operator=operator,
                    right=right,
                    params={"name": context.indicator.name, "unit": context.indicator.unit, **params},
                    basis=_basis(rule, context),
                )
            )
    return tuple(found)


def _basis(rule: Rule, context: CellContext) -> str:
    texts = (rule.code, str(rule.version), context.indicator.code, *rule.read(context))
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:32]


def _own(context: CellContext) -> tuple[str, ...]:
    return context.entry.fields()[:6]


def _own_and_previous(context: CellContext) -> tuple[str, ...]:
    return (*_own(context), *context.previous.fields()[:2])


def _not_whole(context: CellContext) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    value = context.entry.value
    if value is not None and context.indicator.integral and value != value.to_integral_value():
        yield plain_text(value), "=", plain_text(round_half_up(value, 0)), {}


def _negative(context: CellContext) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    value = context.entry.value
    if value is not None and value < 0 and context.indicator.measure is not Measure.COMPOSITE:
        yield plain_text(value), "≥", "0", {}


def _share_outside(context: CellContext) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    value = context.entry.value
    if value is not None and context.indicator.share and value > HUNDRED:
        yield plain_text(value), "≤", "100", {}


def _denominator_not_positive(context: CellContext) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    denominator = context.entry.denominator
    if denominator is not None and denominator <= 0:
        yield plain_text(denominator), ">", "0", {}


def _numerator_above(context: CellContext) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    numerator, denominator = context.entry.numerator, context.entry.denominator
    if (
        context.indicator.share
        and numerator is not None
        and denominator is not None
        and numerator > denominator
    ):
        yield plain_text(numerator), "≤", plain_text(denominator), {}


def _ratio_differs(context: CellContext) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Stated ratio and recomputed ratio may differ by half the last decimal stated."""
    entry, indicator = context.entry, context.indicator
    if entry.value is None or entry.numerator is None or entry.denominator is None or entry.denominator <= 0:
        return
    exact = ratio_value(entry.numerator, entry.denominator, indicator.factor)
    half = Fraction(1, 2 * 10 ** decimals_of(entry.value))
    if abs(Fraction(entry.value) - exact) > half:
        decimals = max(decimals_of(entry.value), indicator.decimals)
        yield plain_text(entry.value), "=", plain_text(round_half_up(exact, decimals)), {}


def _below_previous(context: CellContext) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """A running total of the year may not fall, but for a 核减. Shares of the year may."""
    value, before = context.entry.value, context.previous.value
    additive = context.indicator.measure in (Measure.AMOUNT, Measure.COUNT)
    if (
        context.indicator.kind is Kind.YTD
        and additive
        and value is not None
        and before is not None
        and value < before
    ):
        yield plain_text(value), "≥", plain_text(before), {"fall": plain_text(before - value)}


def _outside_range(context: CellContext) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    value = context.entry.value
    if value is None:
        return
    for plausible in context.indicator.ranges:
        if context.level not in plausible.levels:
            continue
        params = {"low": plain_text(plausible.low), "high": plain_text(plausible.high)}
        if value < plausible.low:
            yield plain_text(value), "≥", params["low"], params
        elif value > plausible.high:
            yield plain_text(value), "≤", params["high"], params


RULES: tuple[Rule, ...] = (
    Rule("not_whole", 1, Grade.LOGIC, _not_whole, _own),
    Rule("negative", 1, Grade.LOGIC, _negative, _own),
    Rule("share_above_100", 1, Grade.LOGIC, _share_outside, _own),
    Rule("denominator_not_positive", 1, Grade.LOGIC, _denominator_not_positive, _own),
    Rule("numerator_above_denominator", 1, Grade.LOGIC, _numerator_above, _own),
    Rule("ratio_differs", 1, Grade.LOGIC, _ratio_differs, _own),
    Rule("ytd_below_previous", 1, Grade.VERIFY, _below_previous, _own_and_previous),
    Rule("outside_range", 1, Grade.VERIFY, _outside_range, _own),
)
RULE_CODES: tuple[str, ...] = tuple(rule.code for rule in RULES)
