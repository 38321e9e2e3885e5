"""The built-in checks, the same for every plan (rules.md 4.2).

Each rule is a function from a :class:`CellContext` to breaches; ``RULES`` lists them with their
grade and version. A finding's basis is a digest of the rule's version and of every value it read,
so that a written explanation is void as soon as one of them changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from functools import lru_cache

from kjxd_desktop.domain.checks import own_figures as own
from kjxd_desktop.domain.checks.baseline_year import baseline_differs
from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.likely_causes import (
    same_as_city,
    same_as_last_year,
    same_as_target,
    slip,
    year_total,
)
from kjxd_desktop.domain.checks.own_figures import Breach
from kjxd_desktop.domain.checks.rules_beside import (
    annual_changed,
    became_zero,
    below_previous,
    off_course,
    outlier,
    outside_range,
    parts_change,
    quarter_change,
    quarter_only,
    same_as_previous,
    year_change,
)
from kjxd_desktop.domain.checks.rules_of_parts import (
    annual_parts,
    part_outside_range,
    parts_below_previous,
    slow_part,
)
from kjxd_desktop.domain.checks.rules_of_time import (
    above_whole,
    data_year_ahead,
    far_from_plan,
    first_zero,
    from_zero,
    not_reset,
    off_target,
    part_pace,
    ran_ahead,
)
from kjxd_desktop.domain.digests import short_digest
from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.entry import basis_texts, named_texts

Check = Callable[[CellContext], Iterator[Breach]]
Read = Callable[[CellContext], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A built-in rule.

    Attributes:
        check: Yields (left, operator, right, params) for each breach.
        read: Texts of everything it read.
        covers: Rules that would only say the same again: one cause asks for one reason.
        older: Versions that asked more often, with what they read: reasons given to them still count.
    """

    code: str
    version: int
    grade: Grade
    check: Check
    read: Read
    covers: tuple[str, ...] = ()
    older: tuple[tuple[str, Read], ...] = ()


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
                    params={**_naming(context), **params},
                    basis=short_digest(read),
                    read=read,
                    older=tuple(
                        (rule.code, version, context.indicator.code, *reads(context))
                        for version, reads in rule.older
                    ),
                )
            )
    return tuple(found)


def is_asked(context: CellContext) -> bool:
    """Whether anything but a hint is found: all that a search for the right figure asks of many."""
    asking = (rule for rule in RULES if rule.grade is not Grade.HINT)
    return any(True for rule in asking for _ in rule.check(context))


def _naming(context: CellContext) -> dict[str, str]:
    """What every sentence may need of the cell; marks are there only where they are true."""
    naming = {"name": context.indicator.name, "unit": context.indicator.unit}
    if context.entry.computed:
        naming["computed"] = "1"
    if context.indicator.kind is Kind.ANNUAL:
        naming["annual"] = "1"
    return naming


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


def _own_and_earlier(context: CellContext) -> tuple[str, ...]:
    cells = (context.previous, context.last_year, context.same_year)
    return (
        *_own(context),
        *(text for cell in cells for text in named_texts(cell, *_DATED)),
        *_settings(context),
    )


def _own_and_previous_parts(context: CellContext) -> tuple[str, ...]:
    return (*_own(context), *named_texts(context.previous, *_DATED))


def _own_and_same_year_parts(context: CellContext) -> tuple[str, ...]:
    return (*_own(context), *named_texts(context.same_year, *_DATED))


def _own_and_last_total(context: CellContext) -> tuple[str, ...]:
    cells = (context.last_total, context.last_year)
    return (
        *_own(context),
        *(text for cell in cells for text in named_texts(cell, *_DATED)),
        *_settings(context),
    )


def _own_and_aims(context: CellContext) -> tuple[str, ...]:
    return (*_own_and_period(context), *context.aims.texts(), *_settings(context))


def _own_before_and_aims(context: CellContext) -> tuple[str, ...]:
    """Own targets are read of a first return alone."""
    aims = _own_and_aims(context) if context.first and context.aims.own else ()
    return (*_own_and_before(context), *aims)


def _own_and_period(context: CellContext) -> tuple[str, ...]:
    return (*_own(context), "" if context.period is None else str(context.period))


def _everything(context: CellContext) -> tuple[str, ...]:
    """What any check may have read: for those that name the cause of what others ask."""
    cells = (context.year_before_previous, context.last_total)
    return (
        *_own_and_earlier(context),
        *(() if context.baseline is None else (plain_text(context.baseline),)),
        *(text for cell in cells for text in named_texts(cell, *_FIGURE)),
        *map(plain_text, context.history),
        *_own_and_aims(context),
    )


def _own_and_same_year(context: CellContext) -> tuple[str, ...]:
    return (*_own(context), *named_texts(context.same_year, *_FIGURE))


def _own_and_history(context: CellContext) -> tuple[str, ...]:
    return (*_own(context), *map(plain_text, context.history), *_settings(context))


def _settings(context: CellContext) -> tuple[str, ...]:
    return _setting_texts(context.settings)


@lru_cache(maxsize=8)
def _setting_texts(settings: CheckSettings) -> tuple[str, ...]:
    return tuple(str(value) for value in astuple(settings))


def _first(read: Read) -> tuple[tuple[str, Read], ...]:
    """Reasons given to the first version, which read this, still count: it asked the same, only more often."""
    return (("1", read),)


# What a wrong size by itself explains: the reason for it answers these too.
_CHANGE = ("off_course", "quarter_change", "parts_change", "outlier")
_LATER = ("outside_range", "year_change", *_CHANGE)
_SIZE = ("baseline_differs", "ytd_below_previous", *_LATER)
# What a figure from another place, or in another unit, explains as well.
_PARTS = ("part_outside_range", "slow_part", "annual_parts", "parts_below_previous", "part_pace")
_BEGINNING = (
    "not_reset",
    "year_total",
    "ran_ahead",
    "from_zero",
    "off_target",
    "far_from_plan",
    "above_whole",
    "first_zero",
)
_ALL = (
    "unit_slip",
    "became_zero",
    "quarter_only",
    "annual_changed",
    *_PARTS,
    *_BEGINNING,
    "same_as_last_year",
    *_SIZE,
)
# A figure of one year that is another now: nothing else to be said of it.
_OF_THE_YEAR = ("annual_parts", "slow_part", "year_change", "parts_change", "outlier")
_NAMED = tuple(code for code in _ALL if code != "unit_slip")
RULES: tuple[Rule, ...] = (
    Rule("not_whole", 1, Grade.LOGIC, own.not_whole, _own),
    Rule("part_not_whole", 1, Grade.LOGIC, own.part_not_whole, _own),
    Rule("negative", 2, Grade.LOGIC, own.negative, _own, ("same_as_target", "same_as_city", *_ALL)),
    Rule(
        "denominator_not_positive",
        1,
        Grade.LOGIC,
        own.denominator_not_positive,
        _own,
        ("numerator_above_denominator", "same_as_target", "same_as_city", *_ALL),
    ),
    Rule(
        "numerator_above_denominator",
        1,
        Grade.LOGIC,
        own.numerator_above,
        _own,
        ("share_above_100", *_SIZE),
    ),
    Rule("share_above_100", 1, Grade.LOGIC, own.share_above_100, _own, _SIZE),
    Rule("ratio_differs", 1, Grade.LOGIC, own.ratio_differs, _own),
    Rule("same_as_target", 1, Grade.VERIFY, same_as_target, _everything, ("same_as_city", *_ALL)),
    Rule("same_as_city", 1, Grade.VERIFY, same_as_city, _everything, _ALL),
    Rule("unit_slip", 2, Grade.VERIFY, slip, _everything, _NAMED, _first(_own_and_before)),
    Rule(
        "became_zero",
        2,
        Grade.VERIFY,
        became_zero,
        _own_and_before,
        ("annual_changed", *_PARTS, *_SIZE),
        _first(_own_and_before),
    ),
    Rule("quarter_only", 2, Grade.VERIFY, quarter_only, _own_and_course, _SIZE, _first(_own_and_course)),
    Rule("annual_changed", 1, Grade.VERIFY, annual_changed, _own_and_same_year, _OF_THE_YEAR),
    Rule("annual_parts", 1, Grade.VERIFY, annual_parts, _own_and_same_year_parts, _OF_THE_YEAR[1:]),
    Rule(
        "same_as_last_year",
        2,
        Grade.VERIFY,
        same_as_last_year,
        _everything,
        (*_BEGINNING, *_SIZE),
        _first(_own_and_last_year),
    ),
    Rule("not_reset", 1, Grade.VERIFY, not_reset, _own_and_last_total, ("year_total", *_SIZE)),
    Rule("year_total", 1, Grade.VERIFY, year_total, _everything, ("ran_ahead", *_SIZE)),
    Rule("baseline_differs", 1, Grade.VERIFY, baseline_differs, _own_and_baseline),
    Rule("ytd_below_previous", 1, Grade.VERIFY, below_previous, _own_and_previous, _LATER),
    Rule("parts_below_previous", 1, Grade.VERIFY, parts_below_previous, _own_and_previous_parts, _LATER),
    Rule("part_outside_range", 1, Grade.VERIFY, part_outside_range, _own_and_earlier, ("slow_part", *_LATER)),
    Rule("slow_part", 1, Grade.VERIFY, slow_part, _own_and_earlier, ("year_change", *_CHANGE)),
    Rule("from_zero", 1, Grade.VERIFY, from_zero, _own_and_earlier, _LATER),
    Rule(
        "outside_range",
        2,
        Grade.VERIFY,
        outside_range,
        _own_before_and_aims,
        ("off_target", "far_from_plan", "above_whole", "first_zero", "year_change", *_CHANGE),
        _first(_own),
    ),
    Rule(
        "year_change", 2, Grade.VERIFY, year_change, _own_and_last_year, _CHANGE, _first(_own_and_last_year)
    ),
    Rule("off_course", 2, Grade.VERIFY, off_course, _own_and_course, ("outlier",), _first(_own_and_course)),
    Rule("ran_ahead", 1, Grade.VERIFY, ran_ahead, _everything, ("outlier",)),
    Rule("part_pace", 1, Grade.VERIFY, part_pace, _own_and_earlier),
    Rule("quarter_change", 1, Grade.VERIFY, quarter_change, _own_and_before, ("outlier",)),
    Rule(
        "parts_change",
        2,
        Grade.VERIFY,
        parts_change,
        _own_and_last_year,
        ("outlier",),
        _first(_own_and_last_year),
    ),
    Rule("off_target", 1, Grade.VERIFY, off_target, _own_and_aims, ("far_from_plan", "first_zero")),
    Rule("far_from_plan", 1, Grade.VERIFY, far_from_plan, _own_and_aims, ("first_zero",)),
    Rule("above_whole", 1, Grade.VERIFY, above_whole, _own_and_aims),
    Rule("first_zero", 1, Grade.VERIFY, first_zero, _own_and_aims),
    Rule("data_year", 1, Grade.VERIFY, data_year_ahead, _own_and_period),
    Rule("outlier", 2, Grade.VERIFY, outlier, _own_and_history, older=_first(_own_and_history)),
    Rule("same_as_previous", 2, Grade.HINT, same_as_previous, _own_and_previous),
)
RULE_CODES: tuple[str, ...] = tuple(rule.code for rule in RULES)
