"""The language of check rules: arithmetic over indicators and components, exact and bounded (rules.md 4.7).

``I04N / I04D * 100``, ``previous(I13)``, ``last_year(I12)``, ``target(I13, expected)``. A text is turned
into steps for a small stack machine: nothing a text says can reach anything but figures, and evaluating
takes as long as the text, no longer. Functions have Chinese names as well, for rules written in a plan
workbook: ``上期(I13)``, ``上年同期(I12)``, ``目标(I13, 预期值)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from kjxd_desktop.domain.figures.quantity import FULL_WIDTH, MAX_DIGITS, significant_digits
from kjxd_desktop.domain.plan.indicator import TargetKind

MAX_LENGTH = 300
MAX_DEPTH = 20
MAX_STEPS = 60


class At(StrEnum):
    """Which figure of an indicator is meant."""

    NOW = "now"
    PREVIOUS = "previous"
    LAST_YEAR = "last_year"
    TARGET = "target"


class Figure(NamedTuple):
    """One figure a rule reads.

    Attributes:
        code: Of an indicator, or of its numerator or denominator.
        at: This period's; last quarter's (for year-to-date figures of the same year only); that of the
            same period a year before (annual figures: of the data year before); or the target.
        kind: Of the target; None for the others.
    """

    code: str
    at: At = At.NOW
    kind: TargetKind | None = None


class ExpressionError(ValueError):
    """A text that is no expression.

    Attributes:
        code: Stable snake_case code; ``wording.checking.rules`` holds a sentence for each.
        params: Texts the sentence needs; ``at`` is the place in the text, counted from 1.
    """

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(f"{code} {params}")
        self.code = code
        self.params: Mapping[str, str] = params


# A constant, a figure, or an operation on what stands on top of the stack.
Step = Decimal | Figure | str
NEGATE = "neg"


@dataclass(frozen=True)
class Expression:
    """One side of a rule.

    Attributes:
        text: As it was written.
        steps: In the order a stack machine takes them.
    """

    text: str
    steps: tuple[Step, ...]

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """What it reads, each figure once, in the order written."""
        return tuple(dict.fromkeys(step for step in self.steps if isinstance(step, Figure)))

    def value(self, figures: Mapping[Figure, Decimal]) -> Fraction | None:
        """The exact value; None when it divides by zero.

        Args:
            figures: A value for every figure it reads.
        """
        # Numerators and denominators, not reduced on the way: a keystroke evaluates many sides.
        stack: list[Parts] = []
        for step in self.steps:
            if isinstance(step, Decimal):
                stack.append(step.as_integer_ratio())
            elif isinstance(step, Figure):
                stack.append(figures[step].as_integer_ratio())
            elif step == NEGATE:
                numerator, denominator = stack[-1]
                stack[-1] = -numerator, denominator
            else:
                right = stack.pop()
                if step == "/" and right[0] == 0:
                    return None
                stack[-1] = _apply(step, stack[-1], right)
        return Fraction(*stack[0])


# A numerator and a denominator, which is not 0.
Parts = tuple[int, int]


def _apply(sign: str, left: Parts, right: Parts) -> Parts:
    (above, below), (over, under) = left, right
    if sign == "*":
        return above * over, below * under
    if sign == "/":
        return above * under, below * over
    if sign == "-":
        over = -over
    return (above + over, below) if below == under else (above * under + over * below, below * under)


def parse_expression(text: str) -> Expression:
    """Read one side of a rule.

    Args:
        text: At most ``MAX_LENGTH`` characters, brackets ``MAX_DEPTH`` deep, ``MAX_STEPS`` figures, numbers
            and signs together, numbers of ``MAX_DIGITS`` digits. There are no powers.

    Raises:
        ExpressionError: ``rule_empty``, ``rule_too_long``, ``rule_too_deep``, ``rule_sign``,
            ``rule_number``, ``rule_function``, ``rule_target_kind``, ``rule_expected`` or ``rule_left_over``.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError("rule_too_long", limit=str(MAX_LENGTH))
    parser = _Parser(tuple(_tokens(text)))
    parser.sum(0)
    parser.finish()
    if len(parser.steps) > MAX_STEPS:
        raise ExpressionError("rule_too_long", limit=str(MAX_LENGTH))
    return Expression(text, tuple(parser.steps))


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number, name or sign
    text: str
    at: int


_TOKEN = re.compile(r"\s*(?:(?P<number>[0-9.]+)|(?P<name>[^\W\d]\w*)|(?P<sign>[-+*/(),]))")
# What people type on a Chinese keyboard for the same signs, one character for one.
_SIGNS = str.maketrans("×÷（），＋－−＊／", "*/(),+--*/")
_FUNCTIONS: Mapping[str, At] = {
    "previous": At.PREVIOUS,
    "上期": At.PREVIOUS,
    "last_year": At.LAST_YEAR,
    "上年同期": At.LAST_YEAR,
    "target": At.TARGET,
    "目标": At.TARGET,
}
_KINDS: Mapping[str, TargetKind] = {
    **{kind.value: kind for kind in TargetKind},
    "约束值": TargetKind.BINDING,
    "预期值": TargetKind.EXPECTED,
    "目标值": TargetKind.TARGET,
}


def _tokens(text: str) -> Iterator[_Token]:
    folded = text.translate(_SIGNS).translate(FULL_WIDTH).rstrip()
    if not folded:
        raise ExpressionError("rule_empty")
    place = 0
    while place < len(folded):
        found = _TOKEN.match(folded, place)
        if found is None:
            at = place + len(folded[place:]) - len(folded[place:].lstrip())
            raise ExpressionError("rule_sign", text=folded[at], at=str(at + 1))
        assert found.lastgroup is not None, "one of the groups matched"
        yield _Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup) + 1)
        place = found.end()


class _Parser:
    """Recursive descent; every method appends the steps of what it read."""

    def __init__(self, tokens: tuple[_Token, ...]) -> None:
        self._tokens = tokens
        self._place = 0
        self.steps: list[Step] = []

    def sum(self, depth: int) -> None:
        """Products with plus and minus between them."""
        if depth > MAX_DEPTH:
            raise ExpressionError("rule_too_deep", limit=str(MAX_DEPTH))
        self._product(depth)
        while sign := self._take("+", "-"):
            self._product(depth)
            self.steps.append(sign)

    def _product(self, depth: int) -> None:
        self._signed(depth)
        while sign := self._take("*", "/"):
            self._signed(depth)
            self.steps.append(sign)

    def _signed(self, depth: int) -> None:
        negative = False
        while sign := self._take("+", "-"):
            negative ^= sign == "-"
        self._atom(depth)
        if negative:
            self.steps.append(NEGATE)

    def _atom(self, depth: int) -> None:
        if self._take("("):
            self.sum(depth + 1)
            self._need(")")
            return
        token = self._next("number", "name")
        if token.kind == "number":
            self.steps.append(_number(token))
        elif self._take("("):
            self.steps.append(self._called(token))
        else:
            self.steps.append(Figure(token.text))

    def _called(self, function: _Token) -> Figure:
        at = _FUNCTIONS.get(function.text)
        if at is None:
            raise ExpressionError("rule_function", text=function.text, at=str(function.at))
        code, kind = self._next("name").text, None
        if at is At.TARGET:
            self._need(",")
            word = self._next("name")
            kind = _KINDS.get(word.text)
            if kind is None:
                raise ExpressionError("rule_target_kind", text=word.text, at=str(word.at))
        self._need(")")
        return Figure(code, at, kind)

    def finish(self) -> None:
        """Refuse what stands behind the end."""
        if self._place < len(self._tokens):
            token = self._tokens[self._place]
            raise ExpressionError("rule_left_over", text=token.text, at=str(token.at))

    def _take(self, *signs: str) -> str:
        if self._place < len(self._tokens):
            token = self._tokens[self._place]
            if token.kind == "sign" and token.text in signs:
                self._place += 1
                return token.text
        return ""

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            self._expected(sign)

    def _next(self, *kinds: str) -> _Token:
        if self._place < len(self._tokens) and self._tokens[self._place].kind in kinds:
            self._place += 1
            return self._tokens[self._place - 1]
        return self._expected(kinds[-1])

    def _expected(self, what: str) -> _Token:
        here = self._tokens[self._place] if self._place < len(self._tokens) else None
        raise ExpressionError(
            "rule_expected", what=what, text=here.text if here else "", at=str(here.at if here else 0)
        )


def _number(token: _Token) -> Decimal:
    whole, point, decimals = token.text.partition(".")
    if (
        not whole
        or "." in decimals
        or (point and not decimals)
        or significant_digits(token.text) > MAX_DIGITS
    ):
        raise ExpressionError("rule_number", text=token.text[:20], at=str(token.at))
    return Decimal(token.text)
