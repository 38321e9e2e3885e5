"""Edits of one cell: each turns the entry as it stands into the entry to keep, or refuses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Protocol

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.figures.reading import Reading, read_cell, without_mark
from kjxd_desktop.domain.figures.status import VALUED, EntryStatus
from kjxd_desktop.domain.plan.indicator import Component, ComponentRole, Indicator, Kind
from kjxd_desktop.domain.problems import ProblemError, refuse
from kjxd_desktop.domain.returns.data_year import newest_data_year, year_fault
from kjxd_desktop.domain.returns.entry import NAMED_FIELDS, Entry
from kjxd_desktop.domain.returns.ratios import with_components
from kjxd_desktop.domain.texts import kept_text
from kjxd_desktop.usecases.changes import Notes, left_out_notes


class Edit(Protocol):
    """One change of one cell. Raises ProblemError when it cannot be; the entry then stays."""

    @property
    def why(self) -> str:
        """How history says it came."""
        ...

    def apply(self, entry: Entry, indicator: Indicator, period: Period) -> tuple[Entry, Notes]: ...


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A text typed, pasted or given for the value cell. Empty clears the cell, its note stays."""

    text: str

    why: ClassVar[str] = "typed"

    def apply(self, entry: Entry, indicator: Indicator, period: Period) -> tuple[Entry, Notes]:
        """The entry with the value; numerator and denominator stay, to be compared with it."""
        reading = _read(self.text, indicator.unit, indicator.code, rate=indicator.rate)
        if reading.value is None:
            assert reading.status is not None
            return _unmarked(entry, entry.without_value(reading.status)), ()
        assert reading.status is not None
        note = entry.note if entry.value in (None, reading.value) else without_mark(entry.note)
        if reading.note and reading.note not in note:
            note = f"{note} {reading.note}".strip()
        typed = replace(
            entry, status=reading.status, value=reading.value, computed=False, carried=False, note=note
        )
        typed, said = _dated(typed, indicator, period)
        return typed, (*_converted(reading, indicator.unit), *self._estimated(typed, indicator), *said)

    def _estimated(self, typed: Entry, indicator: Indicator) -> Notes:
        """A word that made the number an estimate is shown with what came of it."""
        if typed.status is not EntryStatus.ESTIMATED or typed.value is None:
            return ()
        params = (("text", self.text.strip()), ("value", plain_text(typed.value)), ("unit", indicator.unit))
        return (("estimate_taken", params),)


# Delete and an empty text leave nothing of the value.
EMPTY = TextEdit("")


@dataclass(frozen=True, slots=True)
class StatusEdit:
    """Mark a cell. A mark that says "no value" takes the value away, its note stays."""

    status: EntryStatus

    why: ClassVar[str] = "status"

    def apply(self, entry: Entry, indicator: Indicator, period: Period) -> tuple[Entry, Notes]:
        """The entry in the new state."""
        if self.status not in VALUED:
            return _unmarked(entry, entry.without_value(self.status)), ()
        if entry.value is None:
            code = "needs_value" if self.status is EntryStatus.ESTIMATED else "reported_needs_value"
            raise refuse(indicator.code, code, name=indicator.name)
        return replace(entry, status=self.status), ()


@dataclass(frozen=True, slots=True)
class ComponentsEdit:
    """Numerator and denominator as typed; empty for none, None for what stands there."""

    numerator: str | None
    denominator: str | None

    why: ClassVar[str] = "components"

    def apply(self, entry: Entry, indicator: Indicator, period: Period) -> tuple[Entry, Notes]:
        """The entry with both, its value computed when both are there."""
        numerator, said = self._part(indicator, ComponentRole.NUMERATOR, self.numerator, entry.numerator)
        denominator, said_too = self._part(
            indicator, ComponentRole.DENOMINATOR, self.denominator, entry.denominator
        )
        updated = _unmarked(entry, with_components(indicator, entry, numerator, denominator))
        updated, dated = _dated(updated, indicator, period)
        return updated, (*said, *said_too, *dated)

    @staticmethod
    def _part(
        indicator: Indicator, role: ComponentRole, text: str | None, kept: Decimal | None
    ) -> tuple[Decimal | None, Notes]:
        component = indicator.component(role)
        if component is None:
            raise refuse(indicator.code, "no_components", name=indicator.name)
        return (kept, ()) if text is None else read_component(component, text)


@dataclass(frozen=True, slots=True)
class YearEdit:
    """The year an annual figure speaks of.

    Attributes:
        sure: A year that is asked about is kept (``years.require_years``).
    """

    year: int | None
    sure: bool = False

    why: ClassVar[str] = "data_year"

    def apply(self, entry: Entry, indicator: Indicator, period: Period) -> tuple[Entry, Notes]:
        """The entry with the year; only annual figures speak of another year than the period's."""
        fault = None if self.year is None else year_fault(indicator, self.year, period)
        if fault is not None and not fault.asked:
            raise ProblemError(fault.problem)
        return replace(entry, data_year=self.year), ()


@dataclass(frozen=True, slots=True)
class RemarkEdit:
    """A free text beside the value; it outlives the value.

    Attributes:
        field: One of ``REMARKS``.
    """

    field: str
    text: str

    @property
    def why(self) -> str:
        """A remark has a word of its own in history."""
        return self.field if self.field == "note" else "typed"

    def apply(self, entry: Entry, indicator: Indicator, period: Period) -> tuple[Entry, Notes]:
        """The entry with the remark."""
        text, limit = kept_text(self.text), NAMED_FIELDS[self.field].limit or 0
        if len(text) > limit:
            raise refuse(
                indicator.code, "remark_too_long", field=self.field, limit=str(limit), length=str(len(text))
            )
        return entry.with_fields({self.field: text}), left_out_notes(self.text)


def read_component(component: Component, text: str) -> tuple[Decimal | None, Notes]:
    """Read a numerator or denominator; only a plain number or nothing is taken."""
    reading = _read(text, component.unit, component.code)
    # A footnote mark has no place beside a part: it must not be dropped in silence.
    if reading.note or reading.status not in (EntryStatus.REPORTED, EntryStatus.MISSING):
        raise refuse(component.code, "not_a_number", text=text[:20])
    return reading.value, _converted(reading, component.unit)


def _unmarked(before: Entry, after: Entry) -> Entry:
    """The entry without the footnote mark of a figure that no longer stands there."""
    if before.value is None or before.value == after.value:
        return after
    return replace(after, note=without_mark(after.note))


def _dated(entry: Entry, indicator: Indicator, period: Period) -> tuple[Entry, Notes]:
    """An annual figure without a year gets the newest published one; the person is told."""
    if indicator.kind is not Kind.ANNUAL or entry.value is None or entry.data_year is not None:
        return entry, ()
    year = newest_data_year(indicator, period)
    return replace(entry, data_year=year), (
        ("data_year_assumed", (("name", indicator.name), ("year", str(year)))),
    )


def _read(text: str, unit: str, code: str, *, rate: bool = False) -> Reading:
    reading = read_cell(text, unit, code, rate=rate)
    if reading.problem is not None:
        raise ProblemError(reading.problem)
    return reading


def _converted(reading: Reading, unit: str) -> Notes:
    """How a number that was written in another unit was converted."""
    if not reading.converted_from or reading.value is None:
        return ()
    params = (("text", reading.converted_from), ("value", plain_text(reading.value)), ("unit", unit))
    return (("converted", params),)
