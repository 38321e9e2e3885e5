"""What a number format makes of a stored number: the exact text, and what a person sees.

Format codes are those of ECMA-376 part 1, 18.8.31: up to four sections, ``;`` between them, for positive
and negative numbers, zero and text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kjxd_desktop.domain.figures.quantity import (
    MAX_DIGITS,
    decimals_of,
    plain_text,
    round_half_up,
    significant_digits,
)
from kjxd_desktop.domain.grid import GridCell

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|[_*](?P<skipped>.)"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<exponent>E[+-])"
    r"|(?P<digits>[0#?.,]+)"
    r"|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"[<>=]")


@dataclass(frozen=True, slots=True)
class NumberShape:
    """How one section of a format shows a number.

    Attributes:
        decimals: Decimals shown; None where the format does not fix them (General, fractions, exponents).
        grouped: Commas between thousands.
        percent: Shown times 100 with a percent sign.
        before, after: Literal text around the number.
        scaled: Shown divided by thousands, broken by literal text, or chosen by a condition.
    """

    decimals: int | None = None
    grouped: bool = False
    percent: bool = False
    before: str = ""
    after: str = ""
    scaled: bool = False


@lru_cache(maxsize=512)
def shapes_of(format_code: str) -> tuple[NumberShape, ...]:
    """The shape of each section of a format code."""
    sections: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(format_code):
        if token["other"] == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return tuple(_shape(tokens) for tokens in sections)


def _shape(tokens: list[re.Match[str]]) -> NumberShape:
    core, before, after = "", "", ""
    percent = free = scaled = False
    for token in tokens:
        bracket, literal = token["bracket"], token["quoted"] or token["escaped"]
        if bracket is not None:
            scaled = scaled or bool(_CONDITION.match(bracket))
            literal = bracket[1:].split("-")[0] if bracket.startswith("$") else None
        elif token["digits"] and (token["digits"].strip(",") or core):
            # Literal text between digits, as in ``0\.0000"万元"``, shows another number than the stored one.
            scaled = scaled or bool(core and after.strip() and not free)
            core += token["digits"]
        elif token["general"] or token["exponent"] or (token["other"] == "/" and core):
            core, free = core or "0", True
        elif token["other"] == "%":
            percent = True
        elif token["other"] not in (None, "@"):
            literal = token["other"]
        if literal and core:
            after += literal
        elif literal:
            before += literal
    whole, _, part = core.partition(".")
    scaled = scaled or (not free and (whole.endswith(",") or part.endswith(",")))
    decimals = None if free or not core else sum(char in "0#?" for char in part)
    return NumberShape(decimals, "," in whole, percent, before, after.rstrip(), scaled)


def exact_number(value: float) -> Decimal:
    """The decimal a spreadsheet's number stands for: 15 significant digits, as Excel itself keeps.

    7.3599999999999994 gives 7.36, and 0.1 + 0.2 gives 0.3; every decimal of up to 15 digits comes back
    as it was written, but for zeros at its end. The value must be finite.
    """
    if isinstance(value, int) and abs(value) < 10**MAX_DIGITS:
        return Decimal(value)
    text = format(value, f".{MAX_DIGITS}g")
    number = _plain(Decimal(text)) if "e" in text else Decimal(text)
    return number if number else Decimal(0)


def number_cell(value: float, format_code: str) -> GridCell:
    """The cell of a stored number under a number format.

    Args:
        value: The stored number, finite.
        format_code: Code of its number format, ``General`` without one.
    """
    number = exact_number(value)
    shapes = shapes_of(format_code)
    shape, signed = shapes[0], True
    if number < 0 and len(shapes) > 1 and shapes[1].decimals is not None:
        shape, signed = shapes[1], False
    if shape.percent:
        number = _plain(number.scaleb(2))
    if shape.scaled:
        return GridCell(plain_text(number), plain_text(number), percent=shape.percent, scaled=True)
    kept = _with_decimals(number, shape.decimals)
    exact = plain_text(kept)
    digits = exact if signed and _shows_all(kept, shape) else _rounded(number, shape, signed)
    sign = "%" if shape.percent else ""
    suffix = shape.after.strip(" )）")
    return GridCell(f"{shape.before}{digits}{sign}{shape.after}".strip(), exact, shape.percent, suffix)


def _shows_all(number: Decimal, shape: NumberShape) -> bool:
    """Whether the digits shown are those kept: the usual case, and the quick one."""
    return not shape.grouped and shape.decimals in (None, decimals_of(number))


def _rounded(number: Decimal, shape: NumberShape, signed: bool) -> str:
    shown = number if shape.decimals is None else round_half_up(number, shape.decimals)
    return format(shown if signed else abs(shown), ",f" if shape.grouped else "f")


def _with_decimals(number: Decimal, decimals: int | None) -> Decimal:
    """The number with the decimals its format shows, within ``MAX_DIGITS``; never fewer than it has."""
    present = decimals_of(number)
    if decimals is None or decimals <= present:
        return number
    room = MAX_DIGITS - (significant_digits(plain_text(number)) if number else 0)
    return round_half_up(number, present + max(0, min(decimals - present, room)))


def _plain(number: Decimal) -> Decimal:
    """The same number without zeros after its last decimal and without an exponent."""
    text = plain_text(number)
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
