"""The built-in checks, the same for every plan (rules.md 4.2).

Each rule is a function from a :class:`CellContext` to breaches; ``RULES`` lists them with their
grade and version. A finding's basis is a digest of the rule's version and of every value it read,
so that a written explanation is void as soon as one of them changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kjxd_desktop.domain.checks import own_figures as own
from kjxd_desktop.domain.checks import reads
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
    largest_move,
    not_reset,
    off_profile,
    off_target,
    part_begins,
    part_pace,
    ran_ahead,
    share_jump,
)
from kjxd_desktop.domain.digests import short_digest
from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.domain.plan.rules import Grade

Check = Callable[[CellContext], Iterator[Breach]]
Read = Callable[[CellContext], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A built-in rule.

    Attributes:
        check: Yields (left, operator, right, params) for each breach.
        read: Texts of everything it read.
        covers: Rules that would only say the same again: one cause asks for one reason.
        older: Versions that asked the same in other cases, with what they read: reasons given to them count.
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
    covered = _answered_there(context)
    for rule in RULES:
        if rule.code in covered:
            continue
        broken = _found_by(rule, context)
        if broken:
            covered.update(rule.covers)
            found.extend(broken)
    return tuple(found)


def _found_by(rule: Rule, context: CellContext) -> list[Finding]:
    """What one rule finds; of a vouched figure with regard to the reason that came with it.

    A reason that holds here shows what it was given for. One to a rule that reads more than is kept here was
    right where it was given: what the finding rests on is what the unit's program read.
    """
    here = context.as_kept_here
    found = [_finding(rule, here, breach) for breach in rule.check(context)]
    given = context.reasons.get(rule.code)
    if given is None:
        return found
    if not found:
        return [item for breach in rule.check(here) if (item := _finding(rule, here, breach)).rests_on(given)]
    short = _lacks(rule, context)
    return [replace(item, basis=given) if short and not item.rests_on(given) else item for item in found]


def _answered_there(context: CellContext) -> set[str]:
    """What the reasons that came with a vouched figure answer too, their own rules finding nothing here for want
    of earlier figures.
    """
    given = [rule for rule in RULES if rule.code in context.reasons] if context.reasons else []
    unseen = (rule for rule in given if not _found_by(rule, context) and _lacks(rule, context))
    return {code for rule in unseen for code in rule.covers}


def _lacks(rule: Rule, context: CellContext) -> bool:
    """Whether the rule reads what the unit may know and is not kept here."""
    # Only where a city looks at reasons that came with a return: a start has no use for it.
    from kjxd_desktop.domain.checks.lacking import lacks

    return lacks(rule.read, context)


def _finding(rule: Rule, context: CellContext, breach: Breach) -> Finding:
    left, operator, right, params = breach
    read = _read(rule, context)
    return Finding(
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
            (rule.code, version, context.indicator.code, *reads(context)) for version, reads in rule.older
        ),
    )


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


def _read(rule: Rule, context: CellContext) -> tuple[str, ...]:
    return (rule.code, str(rule.version), context.indicator.code, *rule.read(context))


def _first(read: Read) -> tuple[tuple[str, Read], ...]:
    """Reasons given to the first version, which read this, still count: it asked the same, only more often."""
    return (("1", read),)


# What a wrong size by itself explains: the reason for it answers these too.
_CHANGE = (
    "off_course",
    "off_profile",
    "share_jump",
    "quarter_change",
    "parts_change",
    "off_target",
    "outlier",
    "largest_move",
)
_LATER = ("outside_range", "year_change", *_CHANGE)
_SIZE = ("baseline_differs", "ytd_below_previous", *_LATER)
# What a figure from another place, or in another unit, explains as well.
_PARTS = (
    "part_outside_range",
    "slow_part",
    "annual_parts",
    "parts_below_previous",
    "part_pace",
    "part_begins",
)
_BEGINNING = (
    "not_reset",
    "year_total",
    "ran_ahead",
    "from_zero",
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
    Rule("not_whole", 1, Grade.LOGIC, own.not_whole, reads.own),
    Rule("part_not_whole", 1, Grade.LOGIC, own.part_not_whole, reads.own),
    Rule("negative", 2, Grade.LOGIC, own.negative, reads.own, ("same_as_target", "same_as_city", *_ALL)),
    Rule(
        "denominator_not_positive",
        1,
        Grade.LOGIC,
        own.denominator_not_positive,
        reads.own,
        ("numerator_above_denominator", "same_as_target", "same_as_city", *_ALL),
    ),
    Rule(
        "numerator_above_denominator",
        1,
        Grade.LOGIC,
        own.numerator_above,
        reads.own,
        ("share_above_100", *_SIZE),
    ),
    Rule("share_above_100", 1, Grade.LOGIC, own.share_above_100, reads.own, _SIZE),
    Rule("ratio_differs", 1, Grade.LOGIC, own.ratio_differs, reads.own),
    Rule("same_as_target", 1, Grade.VERIFY, same_as_target, reads.everything, ("same_as_city", *_ALL)),
    Rule("same_as_city", 1, Grade.VERIFY, same_as_city, reads.everything, _ALL),
    Rule("unit_slip", 2, Grade.VERIFY, slip, reads.everything, _NAMED, _first(reads.own_and_before)),
    Rule(
        "became_zero",
        2,
        Grade.VERIFY,
        became_zero,
        reads.own_and_any_before,
        ("annual_changed", *_PARTS, *_SIZE),
        _first(reads.own_and_before),
    ),
    Rule(
        "quarter_only",
        3,
        Grade.VERIFY,
        quarter_only,
        reads.own_and_course,
        _SIZE,
        (*_first(reads.own_and_course), ("2", reads.own_and_course)),
    ),
    Rule("annual_changed", 1, Grade.VERIFY, annual_changed, reads.own_and_same_year, _OF_THE_YEAR),
    Rule("annual_parts", 1, Grade.VERIFY, annual_parts, reads.own_and_same_year_parts, _OF_THE_YEAR[1:]),
    Rule(
        "same_as_last_year",
        2,
        Grade.VERIFY,
        same_as_last_year,
        reads.everything,
        (*_BEGINNING, *_SIZE),
        _first(reads.own_and_last_year),
    ),
    Rule("not_reset", 1, Grade.VERIFY, not_reset, reads.own_and_last_total, ("year_total", *_SIZE)),
    Rule("year_total", 1, Grade.VERIFY, year_total, reads.everything, ("ran_ahead", *_SIZE)),
    Rule("baseline_differs", 1, Grade.VERIFY, baseline_differs, reads.own_and_baseline),
    Rule("ytd_below_previous", 1, Grade.VERIFY, below_previous, reads.own_and_previous, _LATER),
    Rule("parts_below_previous", 1, Grade.VERIFY, parts_below_previous, reads.own_and_previous_parts, _LATER),
    Rule(
        "part_outside_range",
        1,
        Grade.VERIFY,
        part_outside_range,
        reads.own_and_earlier,
        ("slow_part", *_LATER),
    ),
    Rule("slow_part", 1, Grade.VERIFY, slow_part, reads.own_and_earlier, ("year_change", *_CHANGE)),
    Rule("from_zero", 1, Grade.VERIFY, from_zero, reads.own_and_earlier, _LATER),
    Rule(
        "outside_range",
        3,
        Grade.VERIFY,
        outside_range,
        reads.own_before_and_aims,
        ("far_from_plan", "above_whole", "first_zero", "year_change", *_CHANGE),
        (*_first(reads.own), ("2", reads.own_before_and_first_aims)),
    ),
    Rule(
        "year_change",
        2,
        Grade.VERIFY,
        year_change,
        reads.own_and_last_year,
        _CHANGE,
        _first(reads.own_and_last_year),
    ),
    Rule(
        "off_course",
        2,
        Grade.VERIFY,
        off_course,
        reads.own_and_course,
        ("outlier",),
        _first(reads.own_and_course),
    ),
    Rule(
        "off_profile",
        1,
        Grade.VERIFY,
        off_profile,
        reads.own_and_season,
        ("ran_ahead", "off_target", "outlier"),
    ),
    Rule("share_jump", 1, Grade.VERIFY, share_jump, reads.own_and_season),
    Rule("ran_ahead", 1, Grade.VERIFY, ran_ahead, reads.everything, ("outlier",)),
    Rule("part_pace", 1, Grade.VERIFY, part_pace, reads.own_and_earlier),
    Rule("part_begins", 1, Grade.VERIFY, part_begins, reads.own_and_last_total),
    Rule(
        "quarter_change", 1, Grade.VERIFY, quarter_change, reads.own_and_before, ("outlier", "largest_move")
    ),
    Rule(
        "parts_change",
        2,
        Grade.VERIFY,
        parts_change,
        reads.own_and_last_year,
        ("outlier",),
        _first(reads.own_and_last_year),
    ),
    Rule("off_target", 1, Grade.VERIFY, off_target, reads.own_and_aims, ("far_from_plan", "first_zero")),
    Rule("far_from_plan", 1, Grade.VERIFY, far_from_plan, reads.own_and_aims, ("first_zero",)),
    Rule("above_whole", 1, Grade.VERIFY, above_whole, reads.own_and_aims),
    Rule("first_zero", 1, Grade.VERIFY, first_zero, reads.own_and_aims),
    Rule("data_year", 1, Grade.VERIFY, data_year_ahead, reads.own_and_period),
    Rule(
        "outlier",
        2,
        Grade.VERIFY,
        outlier,
        reads.own_and_history,
        ("largest_move",),
        _first(reads.own_and_history),
    ),
    Rule("largest_move", 1, Grade.VERIFY, largest_move, reads.own_and_history),
    Rule("same_as_previous", 2, Grade.HINT, same_as_previous, reads.own_and_quarter_ago),
)
RULE_CODES: tuple[str, ...] = tuple(rule.code for rule in RULES)
