"""The built-in checks, the same for every plan (rules.md 4.2).

Each rule is a function from a :class:`CellContext` to breaches; ``RULES`` lists them with their
grade and version. A finding's basis is a digest of the rule's version and of every value it read,
so that a written explanation is void as soon as one of them changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.checks.baseline_year import baseline_differs
from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.rules_beside import (
    Breach,
    annual_changed,
    became_zero,
    below_previous,
    off_course,
    outlier,
    outside_range,
    parts_change,
    quarter_change,
    quarter_only,
    same_as_last_year,
    same_as_previous,
    unit_slip,
    year_change,
)
from kjxd_desktop.domain.digests import short_digest
from kjxd_desktop.domain.figures.quantity import decimals_of, plain_text, ratio_value, round_half_up
from kjxd_desktop.domain.plan.indicator import Measure
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.entry import basis_texts, named_texts

HUNDRED = Decimal(100)


Check = Callable[[CellContext], Iterator[Breach]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A built-in rule.

    Attributes:
        check: Yields (left, operator, right, params) for each breach.
        read: Texts of everything it read.
        covers: Rules that would only say the same again: one cause asks for one reason.
    """

    code: str
    version: int
    grade: Grade
    check: Check
    read: Callable[[CellContext], tuple[str, ...]]
    covers: tuple[str, ...] = ()


def check_cell(context: CellContext) -> tuple[Finding, ...]:
    """All findings of one cell, without explanations."""
    found: list[Finding] = []
    covered: set[str] = set()
    for rule in RULES:
        if rule.code in covered:
            continue
        for left, operator, right, params in rule.check(context):
            covered.update(rule.covers)
            read = _read(rule, context)
            found.append(
                Finding(
                    rule=rule.code,
                    grade=rule.grade,
                    code=context.indicator.code,
                    left=left,
                    operator=operator,
                    right=right,
                    params={"name": context.indicator.name, "unit": context.indicator.unit, **params},
                    basis=short_digest(read),
                    read=read,
                )
            )
    return tuple(found)


# What a rule reads of an earlier cell.
_FIGURE = ("status", "value")
_DATED = ("status", "value", "data_year", "numerator", "denominator")


def _read(rule: Rule, context: CellContext) -> tuple[str, ...]:
    return (rule.code, str(rule.version), context.indicator.code, *rule.read(context))


def _own(context: CellContext) -> tuple[str, ...]:
    return basis_texts(context.entry)


def _own_and_previous(context: CellContext) -> tuple[str, ...]:
    return (*_own(context), *named_texts(context.previous, *_FIGURE))


def _own_and_before(context: CellContext) -> tuple[str, ...]:
    baseline = () if context.baseline is None else (plain_text(context.baseline),)
    return (*_own(context), *named_texts(context.before, *_DATED), *baseline, *_settings(context))


def _own_and_baseline(context: CellContext) -> tuple[str, ...]:
    baseline = context.same_as_baseline
    return (*_own(context), "" if baseline is None else plain_text(baseline))


def _own_and_last_year(context: CellContext) -> tuple[str, ...]:
    return (*_own(context), *named_texts(context.last_year, *_DATED), *_settings(context))


def _own_and_course(context: CellContext) -> tuple[str, ...]:
    cells = (context.previous, context.last_year, context.year_before_previous)
    return (
        *_own(context),
        *(text for cell in cells for text in named_texts(cell, *_FIGURE)),
        *_settings(context),
    )


def _own_and_same_year(context: CellContext) -> tuple[str, ...]:
    return (*_own(context), *named_texts(context.same_year, *_FIGURE))


def _own_and_history(context: CellContext) -> tuple[str, ...]:
    return (*_own(context), *map(plain_text, context.history), *_settings(context))


def _settings(context: CellContext) -> tuple[str, ...]:
    return tuple(str(value) for value in astuple(context.settings))


def _not_whole(context: CellContext) -> Iterator[Breach]:
    value = context.entry.value
    if value is not None and context.indicator.integral and value != value.to_integral_value():
        yield plain_text(value), "=", plain_text(round_half_up(value, 0)), {}


def _negative(context: CellContext) -> Iterator[Breach]:
    value = context.entry.value
    if value is not None and value < 0 and context.indicator.measure is not Measure.COMPOSITE:
        yield plain_text(value), "≥", "0", {}


def _share_outside(context: CellContext) -> Iterator[Breach]:
    value = context.entry.value
    if value is not None and context.indicator.share and value > HUNDRED:
        yield plain_text(value), "≤", "100", {}


def _denominator_not_positive(context: CellContext) -> Iterator[Breach]:
    denominator = context.entry.denominator
    if denominator is not None and denominator <= 0:
        yield plain_text(denominator), ">", "0", {}


def _numerator_above(context: CellContext) -> Iterator[Breach]:
    numerator, denominator = context.entry.numerator, context.entry.denominator
    if (
        context.indicator.share
        and numerator is not None
        and denominator is not None
        and numerator > denominator
    ):
        yield plain_text(numerator), "≤", plain_text(denominator), {}


def _ratio_differs(context: CellContext) -> Iterator[Breach]:
    """Stated ratio and recomputed ratio may differ by half the last decimal stated."""
    entry, indicator = context.entry, context.indicator
    if entry.value is None or entry.numerator is None or entry.denominator is None or entry.denominator <= 0:
        return
    exact = ratio_value(entry.numerator, entry.denominator, indicator.factor)
    half = Fraction(1, 2 * 10 ** decimals_of(entry.value))
    if abs(Fraction(entry.value) - exact) > half:
        decimals = max(decimals_of(entry.value), indicator.decimals)
        yield plain_text(entry.value), "=", plain_text(round_half_up(exact, decimals)), {}


# What a wrong size by itself explains: the reason for it answers these too.
_CHANGE = ("off_course", "quarter_change", "parts_change", "outlier")
_SIZE = ("baseline_differs", "ytd_below_previous", "outside_range", "year_change", *_CHANGE)
RULES: tuple[Rule, ...] = (
    Rule("not_whole", 1, Grade.LOGIC, _not_whole, _own),
    Rule("negative", 1, Grade.LOGIC, _negative, _own),
    Rule("share_above_100", 1, Grade.LOGIC, _share_outside, _own),
    Rule("denominator_not_positive", 1, Grade.LOGIC, _denominator_not_positive, _own),
    Rule("numerator_above_denominator", 1, Grade.LOGIC, _numerator_above, _own),
    Rule("ratio_differs", 1, Grade.LOGIC, _ratio_differs, _own),
    Rule("unit_slip", 1, Grade.VERIFY, unit_slip, _own_and_before, _SIZE),
    Rule("became_zero", 1, Grade.VERIFY, became_zero, _own_and_before, _SIZE),
    Rule("quarter_only", 1, Grade.VERIFY, quarter_only, _own_and_course, _SIZE),
    Rule("annual_changed", 1, Grade.VERIFY, annual_changed, _own_and_same_year),
    Rule("baseline_differs", 1, Grade.VERIFY, baseline_differs, _own_and_baseline),
    Rule("ytd_below_previous", 1, Grade.VERIFY, below_previous, _own_and_previous),
    Rule("outside_range", 1, Grade.VERIFY, outside_range, _own, ("year_change", *_CHANGE)),
    Rule("same_as_last_year", 1, Grade.VERIFY, same_as_last_year, _own_and_last_year, _SIZE),
    Rule("year_change", 1, Grade.VERIFY, year_change, _own_and_last_year, _CHANGE),
    Rule("off_course", 1, Grade.VERIFY, off_course, _own_and_course, ("outlier",)),
    Rule("quarter_change", 1, Grade.VERIFY, quarter_change, _own_and_before, ("outlier",)),
    Rule("parts_change", 1, Grade.VERIFY, parts_change, _own_and_last_year, ("outlier",)),
    Rule("outlier", 1, Grade.VERIFY, outlier, _own_and_history),
    Rule("same_as_previous", 1, Grade.HINT, same_as_previous, _own_and_previous),
)
RULE_CODES: tuple[str, ...] = tuple(rule.code for rule in RULES)
