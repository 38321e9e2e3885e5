"""What the check rules of a plan find (rules.md 4.7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.digests import short_digest
from kjxd_desktop.domain.figures.quantity import decimals_of, plain_text, round_half_up
from kjxd_desktop.domain.plan.expressions import Expression, Figure
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Missing, Operator

# A quotient in a sentence: more decimals tell a clerk nothing.
SHOWN_DECIMALS = 4


NOTHING = Decimal(0)
# The hint of a comparison that was not made.
DIFFERENT_YEARS = "different_years"


Lookup = Callable[[Figure], Decimal | None]


YearOf = Callable[[Figure], int | None]


Known = Mapping[Figure, Decimal | None]


def check_rule(rule: CheckRule, code: str, lookup: Lookup, year_of: YearOf | None = None) -> Finding | None:
    """What a rule finds; None when it holds, or has too little to say anything.

    A comparison of figures that speak of different years is not made; a hint says so.

    Args:
        code: Indicator the finding is shown at.
        lookup: The value of a figure; None while there is none.
        year_of: The year that a figure of this period speaks of; None where that is no question. Without
            it all figures count as of one year.
    """
    known = {figure: lookup(figure) for figure in rule.figures}
    years = () if year_of is None or rule.pair else _years(known, year_of)
    if len(years) > 1:
        # What one side does without a missing figure does not matter: nothing was compared.
        return Finding(DIFFERENT_YEARS, Grade.HINT, code, "", "", "", {"years": "、".join(map(str, years))})
    broken = _broken_pair(rule, known) if rule.pair else _broken_values(rule, known)
    if broken is None:
        return None
    read = (rule.code, rule.version, code, *map(_text, known.values()))
    return Finding(
        rule=rule.code,
        grade=rule.grade,
        code=code,
        left=broken[0],
        operator=rule.operator.value,
        right=broken[1],
        params={"message": rule.message, "advice": rule.advice},
        basis=short_digest(read),
        read=read,
    )


def found_by_plan(plan: Plan, indicator: Indicator, lookup: Lookup, year_of: YearOf) -> tuple[Finding, ...]:
    """What the rules of a plan find at an indicator; that years differ is said once."""
    book, found, names = plan.rule_book, [], dict[str, None]()
    hint: Finding | None = None
    for rule in book.of(indicator.code):
        broken = check_rule(rule, indicator.code, lookup, year_of)
        if broken is None:
            continue
        others = book.others(rule)
        if broken.rule != DIFFERENT_YEARS:
            found.append(replace(broken, others=others))
            continue
        hint = hint or broken
        names.update(dict.fromkeys(book.places[code].indicator.name for code in others))
    if hint is not None:
        params = {**hint.params, "name": indicator.name, "others": "、".join(names)}
        found.append(replace(hint, params=params))
    return tuple(found)


def _years(known: Known, year_of: YearOf) -> tuple[int, ...]:
    """The years that the figures which are there speak of, ascending."""
    years = {year_of(figure) for figure, value in known.items() if value is not None}
    return tuple(sorted(year for year in years if year is not None))


def _broken_pair(rule: CheckRule, known: Known) -> tuple[str, str] | None:
    """Both sides as texts when a rule about presence is broken."""
    left, right = (any(known[figure] is not None for figure in side.figures) for side in rule.sides)
    if left != right if rule.operator is Operator.BOTH else left and right:
        return _values(rule.left, known), _values(rule.right, known)
    return None


def _broken_values(rule: CheckRule, known: Known) -> tuple[str, str] | None:
    """Both sides as texts when a comparison does not hold; a skipped one says nothing."""
    left = _side(rule.left, rule.left_missing, known)
    right = _side(rule.right, rule.right_missing, known)
    if left is None or right is None or _HOLDS[rule.operator](left, right):
        return None
    if rule.operator is Operator.EQUAL and abs(left - right) <= _rounding(rule, known):
        return None
    return _shown(left, rule.left, known), _shown(right, rule.right, known)


def _side(side: Expression, missing: Missing, known: Known) -> Fraction | None:
    """The value of a side after its strategy; None when it is skipped or divides by zero."""
    figures = side.figures
    values = {figure: value for figure in figures if (value := known[figure]) is not None}
    if len(values) < len(figures):
        if missing is Missing.SKIP_IF_ANY or (missing is Missing.SKIP_IF_ALL and not values):
            return None
        values = {**dict.fromkeys(figures, NOTHING), **values}
    return side.value(values)


def _rounding(rule: CheckRule, known: Known) -> Fraction:
    """How far apart equal sides may lie: half the last decimal of the coarser one; products are exact."""
    places = [found for side in rule.sides if (found := _decimals(side, known)) is not None]
    return Fraction(1, 2 * 10 ** min(places)) if places else Fraction(0)


def _decimals(side: Expression, known: Known) -> int | None:
    """Decimals of a sum, those of its finest figure; None of products and quotients, which have none."""
    if any(step in ("*", "/") for step in side.steps):
        return None
    figures = [known[figure] or NOTHING for figure in side.figures]
    numbers = [step for step in side.steps if isinstance(step, Decimal)]
    return max(map(decimals_of, (*figures, *numbers)), default=None)


_HOLDS: Mapping[Operator, Callable[[Fraction, Fraction], bool]] = {
    Operator.EQUAL: lambda left, right: left == right,
    Operator.DIFFERENT: lambda left, right: left != right,
    Operator.GREATER: lambda left, right: left > right,
    Operator.AT_LEAST: lambda left, right: left >= right,
    Operator.LESS: lambda left, right: left < right,
    Operator.AT_MOST: lambda left, right: left <= right,
}


def _shown(value: Fraction, side: Expression, known: Known) -> str:
    """A side's value for a sentence: a single figure as kept, the rest with as many decimals as needed."""
    if len(side.steps) == 1 and side.figures and known[side.figures[0]] is not None:
        return _text(known[side.figures[0]])
    for decimals in range(SHOWN_DECIMALS):
        rounded = round_half_up(value, decimals)
        if Fraction(rounded) == value:
            return plain_text(rounded)
    return plain_text(round_half_up(value, SHOWN_DECIMALS))


def _values(side: Expression, known: Known) -> str:
    """The figures of a side that are there."""
    return "、".join(_text(known[figure]) for figure in side.figures if known[figure] is not None)


def _text(value: Decimal | None) -> str:
    return "" if value is None else plain_text(value)
