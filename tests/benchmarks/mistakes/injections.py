"""Mistakes clerks really make, put into one return each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Indicator, Kind, Measure
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.domain.returns.ratios import with_components

# What a mistake makes of a return: the entries that are wrong, by indicator.
Wrong = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One return as a clerk has it before the eyes.

    Attributes:
        now: Its entries.
        series: Every entry of the unit up to this period.
    """

    plan: Plan
    period: Period
    now: Mapping[str, Entry]
    series: Mapping[str, Mapping[Period, Entry]]

    def indicator(self, code: str) -> Indicator:
        """An indicator of the plan."""
        found = self.plan.indicator(code)
        assert found is not None
        return found

    def before(self, code: str, period: Period) -> Entry:
        """An earlier entry."""
        return self.series[code].get(period, MISSING)


Mistake = Callable[[Sheet, random.Random], Wrong]


def _with_figure(indicator: Indicator, entry: Entry, part: str, figure: Decimal) -> Entry:
    """The entry with another value or part; a computed ratio follows its parts."""
    if part == "value":
        return replace(entry, value=figure)
    changed = {"numerator": entry.numerator, "denominator": entry.denominator, part: figure}
    return with_components(indicator, entry, changed["numerator"], changed["denominator"])


def _typed(entry: Entry) -> tuple[str, ...]:
    """What of an entry a person typed."""
    return ("numerator", "denominator") if entry.computed else ("value",)


def _on_one(
    sheet: Sheet,
    chance: random.Random,
    fits: Callable[[Indicator, Entry], bool],
    make: Callable[[Decimal], Decimal | None],
) -> Wrong:
    """Change one typed figure of one cell; nothing where no cell allows it."""
    places = [
        (code, part)
        for code, entry in sheet.now.items()
        if entry.value is not None and fits(sheet.indicator(code), entry)
        for part in _typed(entry)
    ]
    for code, part in chance.sample(places, len(places)):
        entry = sheet.now[code]
        right: Decimal = getattr(entry, part)
        wrong = make(right)
        if wrong is not None and wrong != right:
            return {code: _with_figure(sheet.indicator(code), entry, part, wrong)}
    return {}


def _any(indicator: Indicator, entry: Entry) -> bool:
    return True


def wan_for_yi(sheet: Sheet, chance: random.Random) -> Wrong:
    """万元 written into a column of 亿元, or 元 into one of 万元."""
    return _on_one(
        sheet,
        chance,
        lambda indicator, entry: indicator.measure is Measure.AMOUNT or entry.computed,
        lambda right: Decimal(plain_text((right * 10_000).normalize())),
    )


def fraction_for_percent(sheet: Sheet, chance: random.Random) -> Wrong:
    """0.0076 for 0.76 %."""
    return _on_one(
        sheet,
        chance,
        lambda indicator, entry: indicator.unit == "%" and not entry.computed,
        lambda right: right / 100,
    )


def transposed(sheet: Sheet, chance: random.Random) -> Wrong:
    """Two neighbouring digits change places."""

    def make(right: Decimal) -> Decimal | None:
        text = plain_text(right)
        places = [
            at
            for at in range(len(text) - 1)
            if text[at].isdigit() and text[at + 1].isdigit() and text[at] != text[at + 1]
        ]
        if not places:
            return None
        at = chance.choice(places)
        return Decimal(text[:at] + text[at + 1] + text[at] + text[at + 2 :])

    return _on_one(sheet, chance, _any, make)


def dropped_digit(sheet: Sheet, chance: random.Random) -> Wrong:
    """One digit is not typed."""

    def make(right: Decimal) -> Decimal | None:
        text = plain_text(right)
        if sum(char.isdigit() for char in text) < 2:
            return None
        at = chance.choice([at for at, char in enumerate(text) if char.isdigit()])
        return _number(text[:at] + text[at + 1 :])

    return _on_one(sheet, chance, _any, make)


def doubled_digit(sheet: Sheet, chance: random.Random) -> Wrong:
    """One digit is typed twice."""

    def make(right: Decimal) -> Decimal | None:
        text = plain_text(right)
        at = chance.choice([at for at, char in enumerate(text) if char.isdigit()])
        return _number(text[: at + 1] + text[at:])

    return _on_one(sheet, chance, _any, make)


def _number(text: str) -> Decimal | None:
    text = text.strip(".")
    return Decimal(text) if text and text != "-" else None


def moved_point(sheet: Sheet, chance: random.Random) -> Wrong:
    """The decimal point one place too far."""
    return _on_one(
        sheet,
        chance,
        lambda indicator, entry: not indicator.integral,
        lambda right: right * 10 if chance.random() < 0.5 else right / 10,
    )


def sign(sheet: Sheet, chance: random.Random) -> Wrong:
    """A minus in front."""
    return _on_one(sheet, chance, _any, lambda right: -right)


def quarter_for_cumulative(sheet: Sheet, chance: random.Random) -> Wrong:
    """Only what this quarter added."""
    found = {}
    for code, entry in sheet.now.items():
        before = sheet.before(code, sheet.period.previous())
        if sheet.indicator(code).running and sheet.period.quarter > 1 and before.value is not None:
            assert entry.value is not None
            found[code] = replace(entry, value=entry.value - before.value)
    return _one_of(sheet, chance, found)


def shifted_row(sheet: Sheet, chance: random.Random) -> Wrong:
    """From some row on every figure stands one row too low, as pasted one row too far."""
    typed = [code for code, entry in sheet.now.items() if not entry.computed]
    if len(typed) < 3:
        return {}
    start = chance.randrange(len(typed) - 2)
    return {
        code: replace(sheet.now[code], value=sheet.now[above].value)
        for above, code in zip(typed[start:], typed[start + 1 :], strict=False)
    }


def last_quarter_copied(sheet: Sheet, chance: random.Random) -> Wrong:
    """Last quarter's figure once more."""
    return _one_of(sheet, chance, dict(_earlier(sheet, sheet.period.previous(), annual=False)))


def last_year_copied(sheet: Sheet, chance: random.Random) -> Wrong:
    """The figure of the same quarter of last year, from the column beside."""
    return _one_of(sheet, chance, dict(_earlier(sheet, sheet.period.last_year(), annual=True)))


def _earlier(sheet: Sheet, period: Period, *, annual: bool) -> Iterator[tuple[str, Entry]]:
    for code, entry in sheet.now.items():
        before = sheet.before(code, period)
        if before.value is not None and (annual or sheet.indicator(code).kind is not Kind.ANNUAL):
            yield code, replace(before, data_year=entry.data_year)


def swapped_parts(sheet: Sheet, chance: random.Random) -> Wrong:
    """Numerator in the denominator's place."""
    found = {
        code: with_components(sheet.indicator(code), entry, entry.denominator, entry.numerator)
        for code, entry in sheet.now.items()
        if entry.computed
    }
    return _one_of(sheet, chance, found)


def zero_for_blank(sheet: Sheet, chance: random.Random) -> Wrong:
    """Nothing is known yet, and a zero is typed."""
    found = {
        code: Entry(EntryStatus.REPORTED, Decimal(0), entry.data_year)
        for code, entry in sheet.now.items()
        if entry.value
    }
    return _one_of(sheet, chance, found)


def annual_changed(sheet: Sheet, chance: random.Random) -> Wrong:
    """A figure of a year that was given before, given anew by a few percent."""
    found = {}
    for code, entry in sheet.now.items():
        before = sheet.before(code, sheet.period.previous())
        if sheet.indicator(code).kind is Kind.ANNUAL and before.data_year == entry.data_year:
            part = _typed(entry)[0]
            right: Decimal = getattr(entry, part)
            factor = Decimal(chance.choice(("0.7", "0.9", "1.1", "1.3")))
            digits = Decimal(1).scaleb(int(right.as_tuple().exponent))
            found[code] = _with_figure(sheet.indicator(code), entry, part, (right * factor).quantize(digits))
    return _one_of(sheet, chance, found)


def _one_of(sheet: Sheet, chance: random.Random, found: Mapping[str, Entry]) -> Wrong:
    changed = [code for code, entry in found.items() if not entry.same_as(sheet.now[code])]
    if not changed:
        return {}
    code = chance.choice(changed)
    return {code: found[code]}


MISTAKES: Sequence[tuple[str, Mistake]] = (
    ("万元 in 亿元", wan_for_yi),
    ("fraction for percent", fraction_for_percent),
    ("digits transposed", transposed),
    ("digit dropped", dropped_digit),
    ("digit doubled", doubled_digit),
    ("decimal point moved", moved_point),
    ("this quarter, not cumulative", quarter_for_cumulative),
    ("row shifted by one", shifted_row),
    ("last quarter copied", last_quarter_copied),
    ("last year's in this year's", last_year_copied),
    ("numerator, denominator swapped", swapped_parts),
    ("zero for blank", zero_for_blank),
    ("sign", sign),
    ("stale annual figure changed", annual_changed),
)
