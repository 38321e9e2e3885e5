"""What the check rules of a plan find (rules.md 4.7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.digests import short_digest
from kjxd_desktop.domain.figures.quantity import plain_text, round_half_up
from kjxd_desktop.domain.plan.expressions import Expression, Figure
from kjxd_desktop.domain.plan.rules import CheckRule, Missing, Operator

# A quotient in a sentence: more decimals tell a clerk nothing.
SHOWN_DECIMALS = 4


NOTHING = Decimal(0)


Lookup = Callable[[Figure], Decimal | None]


Known = Mapping[Figure, Decimal | None]


def check_rule(rule: CheckRule, code: str, lookup: Lookup) -> Finding | None:
    """What a rule finds; None when it holds, or has too little to say anything.

    Args:
        code: Indicator the finding is shown at.
        lookup: The value of a figure; None while there is none.
    """
    known = {figure: lookup(figure) for figure in rule.figures}
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
    return _shown(left, rule.left, known), _shown(right, rule.right, known)


def _side(side: Expression, missing: Missing, known: Known) -> Fraction | None:
    """The value of a side after its strategy; None when it is skipped or divides by zero."""
    absent = sum(known[figure] is None for figure in side.figures)
    skipped = {
        Missing.SKIP_IF_ANY: absent > 0,
        Missing.SKIP_IF_ALL: 0 < absent == len(side.figures),
        Missing.ZERO: False,
    }
    return None if skipped[missing] else side.value({each: value or NOTHING for each, value in known.items()})


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
