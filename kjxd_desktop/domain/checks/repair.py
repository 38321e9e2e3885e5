"""Changes of one cell that a slip of the hand explains: what the repair search tries (rules.md 4.11).

Pure and exact: a figure keeps the digits that were typed, a count stays whole, nothing passes the digits
that a cell can hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import pairwise

from kjxd_desktop.domain.figures.quantity import (
    MAX_DIGITS,
    decimals_of,
    plain_text,
    round_half_up,
    significant_digits,
)
from kjxd_desktop.domain.plan.indicator import ComponentRole, Indicator
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.ratios import with_components

# Of a point that slipped, 万元 in 亿元, a fraction for a percentage, 元 in 亿元.
POWERS = (-4, 4, -2, 2, -1, 1, -3, 3, -8, 8)
# Of these, what a wrong unit makes and no slipped point.
UNITS = frozenset({-8, -4, 4, 8})
VALUE, NUMERATOR, DENOMINATOR, PARTS = "value", "numerator", "denominator", "parts"
_ROLES = {NUMERATOR: ComponentRole.NUMERATOR, DENOMINATOR: ComponentRole.DENOMINATOR}
# What is counted one by one; 人 is not among them: 人年 and averages are written with decimals.
_WHOLE_UNITS = frozenset({"家", "件", "个", "项", "户", "名"})
# Of all texts that look like the typed one, the nearest to what is offered are enough; what is further off
# than so many times does not fit where it does.
MOST_LOOKALIKES, FAR = 12, 12
# A figure of one digit is like too many others to tell by its digits.
TELLING_DIGITS = 2
# What no earlier figure confirms must be wrong by so much before its size tells where the point belongs.
FAR_OFF = 100


@dataclass(frozen=True, slots=True)
class Change:
    """Another entry of the same cell.

    Attributes:
        field: ``value``, ``numerator``, ``denominator``, or ``parts`` where both change places.
    """

    field: str
    entry: Entry

    @property
    def text(self) -> str:
        """The figure as a person types it; of both parts ``12/40``."""
        if self.field == PARTS:
            return f"{_shown(self.entry, NUMERATOR)}/{_shown(self.entry, DENOMINATOR)}"
        return _shown(self.entry, self.field)

    def same_as(self, other: Change) -> bool:
        """Whether both put the same figures in, however they are written."""
        return _figures(self.entry) == _figures(other.entry)


def _shown(entry: Entry, field: str) -> str:
    figure = figure_of(entry, field)
    assert figure is not None, "a change puts a figure in"
    return plain_text(figure)


def _figures(entry: Entry) -> tuple[Decimal | None, ...]:
    return entry.value, entry.numerator, entry.denominator


def figure_of(entry: Entry, field: str) -> Decimal | None:
    """Value, numerator or denominator of an entry."""
    found: Decimal | None = getattr(entry, field)
    return found


def typed_fields(entry: Entry) -> tuple[str, ...]:
    """What of an entry a person typed: a computed value follows its parts."""
    fields = (NUMERATOR, DENOMINATOR) if entry.computed else (VALUE, NUMERATOR, DENOMINATOR)
    return tuple(field for field in fields if figure_of(entry, field) is not None)


def slips(indicator: Indicator, entry: Entry, neighbours: Sequence[Entry] = ()) -> Iterator[Change]:
    """Every change of one figure that a slip explains, the likeliest first; the same one may come twice.

    Args:
        neighbours: Cells of the rows above and below that this one's figure may have slipped into.
    """
    for field in typed_fields(entry):
        figure = figure_of(entry, field)
        assert figure is not None, "typed"
        for other in _slipped(figure):
            yield from with_figure(indicator, entry, field, other)
    if entry.numerator is not None and entry.denominator is not None:
        swapped = with_components(indicator, entry, entry.denominator, entry.numerator)
        if swapped.value is not None and all(_fits(indicator, swapped, field) for field in _ROLES):
            yield Change(PARTS, swapped)
    for field in typed_fields(entry):
        for beside in neighbours:
            theirs = figure_of(beside, field)
            # A computed value was typed nowhere.
            if theirs and field in typed_fields(beside):
                yield from with_figure(indicator, entry, field, theirs)


def _slipped(figure: Decimal) -> Iterator[Decimal]:
    if figure:
        yield from (scaled(figure, power) for power in POWERS)
        yield -figure
        yield from transposed(figure)


def scaled(figure: Decimal, power: int) -> Decimal:
    """The figure × 10^power, exact; zeros that only the shift brings behind the point are left out."""
    shifted = Decimal(plain_text(figure.scaleb(power)))
    zeros = len(plain_text(shifted)) - len(plain_text(shifted).rstrip("0"))
    spare = min(zeros, decimals_of(shifted) - decimals_of(figure))
    return shifted.quantize(Decimal(1).scaleb(spare - decimals_of(shifted))) if spare > 0 else shifted


def transposed(figure: Decimal) -> Iterator[Decimal]:
    """Two neighbouring digits in each other's place, for every such pair."""
    text = plain_text(figure)
    for at, (first, second) in enumerate(pairwise(text)):
        if first.isdigit() and second.isdigit() and first != second:
            other = text[:at] + second + first + text[at + 2 :]
            if _written(other):
                yield Decimal(other)


def gross(entry: Entry, change: Change) -> bool:
    """Whether a change tells by its size alone: by powers of ten, a sign, or at least to the double or half.

    Two digits in each other's place make an honest figure that is a little unusual an ordinary one too often.
    """
    return change.field == PARTS or not Fraction(1, 2) < _times(entry, change) < 2 or turned(entry, change)


def written_alike(entry: Entry, change: Change, decimals: Mapping[str, int]) -> bool:
    """Whether the new figure is written as such figures are, with digits that were all typed.

    Args:
        decimals: With how many such figures are written, by field: one made from fewer has digits that nobody
            typed, one with more looks like none of them.
    """
    if change.field == PARTS:
        return True
    old, new = figure_of(entry, change.field), figure_of(change.entry, change.field)
    assert old is not None and new is not None, "of one figure"
    power = moved(entry, change)
    return decimals_of(new) <= decimals[change.field] and (
        power is None or decimals_of(old) - power >= decimals[change.field]
    )


def moved(entry: Entry, change: Change) -> int | None:
    """By how many places the point is another; None where that is not all."""
    if change.field == PARTS:
        return None
    old, new = figure_of(entry, change.field), figure_of(change.entry, change.field)
    if not old or not new:
        return None
    power = new.adjusted() - old.adjusted()
    return power if power != 0 and scaled(old, power) == new else None


def grown(before: Decimal, percent: Decimal, decimals: int) -> Decimal:
    """The level that a growth rate in percent makes of the year before's."""
    return round_half_up(Fraction(before) * (1 + Fraction(percent) / 100), decimals)


def telling(entry: Entry, change: Change) -> bool:
    """Whether there are digits enough to know a figure by."""
    figure = figure_of(entry, change.field) if change.field != PARTS else None
    digits = "" if figure is None else plain_text(abs(figure)).replace(".", "").strip("0")
    return figure is None or len(digits) >= TELLING_DIGITS or turned(entry, change)


def far_off(entry: Entry, change: Change) -> bool:
    """Whether what stands is wrong by so much that its size alone tells where the point belongs."""
    return change.field != PARTS and not Fraction(1, FAR_OFF) < _times(entry, change) < FAR_OFF


def _times(entry: Entry, change: Change) -> Fraction:
    old, new = figure_of(entry, change.field), figure_of(change.entry, change.field)
    return Fraction(0) if not old or new is None else abs(Fraction(new) / Fraction(old))


def turned(entry: Entry, change: Change) -> bool:
    """Whether only the sign is another."""
    if change.field == PARTS:
        return False
    old, new = figure_of(entry, change.field), figure_of(change.entry, change.field)
    return old is not None and new == -old


def lookalikes(
    indicator: Indicator,
    entry: Entry,
    offered: Change,
    decimals: Mapping[str, int],
    before: Decimal | None = None,
) -> Iterator[Change]:
    """Changes that are not the program's to offer, and keep it from offering what fits no better.

    A digit that was not typed could be any of ten; one that was typed twice; what a quarter added where the
    total belongs. The nearest to what is offered come first.

    Args:
        decimals: With how many such figures are written, by field: a text with more looks like none of them.
        before: Last quarter's total of a running one; None for the others.
    """
    for field in (VALUE,) if offered.field == VALUE else (NUMERATOR, DENOMINATOR):
        figure, near = figure_of(entry, field), figure_of(offered.entry, field)
        if figure is None or near is None:
            continue
        others = {other for other in _retyped(figure) if decimals_of(other) <= decimals[field]}
        if before is not None and field == VALUE:
            others.add(figure + before)
        if offered.field == field:
            others = {other for other in others if abs(near) < FAR * abs(other) < FAR * FAR * abs(near)}
        nearest = sorted(others, key=partial(_apart, near))
        for other in nearest[:MOST_LOOKALIKES]:
            yield from with_figure(indicator, entry, field, other)


def _apart(near: Decimal, other: Decimal) -> tuple[Fraction, Decimal]:
    return abs(Fraction(other) - Fraction(near)), other


def _retyped(figure: Decimal) -> Iterator[Decimal]:
    """The figure with one more digit anywhere, or without one of two like ones."""
    text = plain_text(figure)
    for at in range(len(text) + 1):
        if text[at : at + 1] == "-":
            continue
        for digit in "0123456789":
            other = text[:at] + digit + text[at:]
            if _written(other):
                yield Decimal(other)
        if text[at : at + 1].isdigit() and text[at : at + 1] == text[at + 1 : at + 2]:
            yield Decimal(text[:at] + text[at + 1 :])
    if text.isdigit():
        # What stood before the point was lost, and the point with it: 74 for 1.74.
        yield from (Decimal(f"{digit}.{text}") for digit in range(1, 10))


def _written(text: str) -> bool:
    """Whether people write a number like that: without zeros in front."""
    digits = text.lstrip("-")
    return digits[:1] != "0" or digits[1:2] in ("", ".")


def with_figure(indicator: Indicator, entry: Entry, field: str, figure: Decimal) -> Iterator[Change]:
    """The cell with another figure; nothing where it cannot hold it, or holds it already."""
    if figure == figure_of(entry, field) or significant_digits(plain_text(figure)) > MAX_DIGITS:
        return
    if field == VALUE:
        changed = replace(entry, value=figure, computed=False)
        if _fits(indicator, changed, field):
            yield Change(field, changed)
        return
    numerator = figure if field == NUMERATOR else entry.numerator
    denominator = figure if field == DENOMINATOR else entry.denominator
    changed = with_components(indicator, entry, numerator, denominator)
    if changed.value is not None and _fits(indicator, changed, field):
        yield Change(field, changed)


def _fits(indicator: Indicator, entry: Entry, field: str) -> bool:
    """Whether what is counted one by one is a whole number."""
    figure = figure_of(entry, field)
    return figure is None or not _whole(indicator, field) or figure == figure.to_integral_value()


def _whole(indicator: Indicator, field: str) -> bool:
    if field == VALUE:
        return indicator.integral
    component = indicator.component(_ROLES[field])
    return component is not None and component.unit in _WHOLE_UNITS
