"""Sentences about a repair: the one change of a figure that makes a broken set of rules fit."""

from __future__ import annotations

from collections.abc import Mapping

_FIELD: Mapping[str, str] = {"value": "", "numerator": "分子", "denominator": "分母"}


def repair_sentence(field: str, value: str, settles: int, where: str = "") -> str:
    """``若改成 7.36，这 3 处都对得上``.

    Args:
        field: Which figure of the cell; ``parts`` for both in each other's place.
        value: The figure to type; of ``parts`` both, ``12/40``.
        settles: How many findings go with it.
        where: The cell, when it is not the one the sentence stands at: ``第 4 项``.
    """
    fits = f"这 {settles} 处都对得上" if settles > 1 else "这一处就对得上"
    what = _what(field, where)
    if field == "parts":
        numerator, denominator = value.split("/")
        return f"若把{what}对调，分子 {numerator}，分母 {denominator}，{fits}"
    return f"若{'把' if what else ''}{what}改成 {value}，{fits}"


def repair_button(field: str, value: str, where: str = "") -> str:
    """What the button that puts the figure in says: ``改成 7.36``."""
    what = _what(field, where)
    return f"{what}对调" if field == "parts" else f"{what}改成 {value}"


def _what(field: str, where: str) -> str:
    part = "分子、分母" if field == "parts" else _FIELD[field]
    return f"{where}的{part}" if where and part else where or part
