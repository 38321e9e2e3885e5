"""Strict reading of a table of plain values (JSON object or TOML table), collecting every fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from kjxd_desktop.domain.figures.period import FIRST_YEAR, Period
from kjxd_desktop.domain.figures.quantity import parse_number, plain_text
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.plan_text.faults import PlanFault, entry_label, kind_of

Record = TypeVar("Record")
Choice = TypeVar("Choice", bound=StrEnum)


class Fields:
    """The fields of one table entry, taken one by one.

    A field of the wrong type, a missing one, or one that nobody took leaves a fault, and reading goes
    on with a stand-in, so that one pass finds every mistake. Text is never turned into a number nor a
    number into text.

    Args:
        data: The entry.
        faults: Where faults are added.
        table: See :class:`PlanFault`.
        number: Place of the entry in its table, from 1; 0 for the head.
        prefix: Place inside the entry, ending in a space; empty at its top.
        entry: Label of the enclosing entry when nested.
    """

    __slots__ = ("_data", "_entry", "_faults", "_left", "_number", "_prefix", "_table")

    def __init__(
        self,
        data: Mapping[str, object],
        faults: list[PlanFault],
        table: str,
        number: int = 0,
        prefix: str = "",
        entry: str = "",
    ) -> None:
        self._data = data
        self._left = dict(data)
        self._faults = faults
        self._table = table
        self._number = number
        self._prefix = prefix
        self._entry = entry

    def has(self, name: str) -> bool:
        """Whether the entry says anything of a field."""
        return name in self._data

    def label(self) -> str:
        """The entry's number and code, such as ``#4 I04``."""
        if self._entry or not self._number:
            return self._entry
        return entry_label(self._number, self._data.get("code", self._data.get("no")))

    def fault(self, name: str, code: str, /, **params: str) -> None:
        """Note a fault of a field."""
        fault = PlanFault(self._table, self._number, self.label(), self._prefix + name, code, params)
        self._faults.append(fault)

    def text(self, name: str, default: str | None = None) -> str:
        """A text; required when there is no default."""
        value = self._left.pop(name, None)
        if isinstance(value, str):
            return value
        if value is not None:
            self.fault(name, "not_text", kind=kind_of(value))
        elif default is None:
            self.fault(name, "missing")
        return default or ""

    def maybe_text(self, name: str) -> str | None:
        """A text or nothing."""
        if self._left.get(name) is None:
            self._left.pop(name, None)
            return None
        return self.text(name)

    def integer(self, name: str) -> int:
        """A whole number; required."""
        value = self.maybe_integer(name)
        if value is None:
            if self._data.get(name) is None:
                self.fault(name, "missing")
            return 0
        return value

    def maybe_integer(self, name: str) -> int | None:
        """A whole number or nothing."""
        value = self._left.pop(name, None)
        if value is None:
            return None
        # bool is an int in Python, but true is no number.
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.fault(name, "not_whole", kind=kind_of(value))
        return None

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        value = self._left.pop(name, None)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.fault(name, "not_flag", kind=kind_of(value))
        return default

    def number(self, name: str, default: str | None = None) -> Decimal:
        """An exact decimal, written as quoted text such as ``"1.50"``."""
        written = self.text(name, default)
        if not written and name not in self._data:
            return Decimal(0)
        number = _plain_number(written, name)
        if number is None:
            if isinstance(self._data.get(name, written), str):
                self.fault(name, "not_decimal", text=written)
            return Decimal(0)
        return number

    def numbers(self, name: str) -> tuple[Decimal, ...]:
        """A list of exact decimals, each written as quoted text; empty by default."""
        found: list[Decimal] = []
        for written in self.texts(name):
            number = _plain_number(written, name)
            if number is None:
                self.fault(name, "not_decimal", text=written)
            else:
                found.append(number)
        return tuple(found)

    def maybe_number(self, name: str) -> Decimal | None:
        """An exact decimal or nothing."""
        if self._left.get(name) is None:
            self._left.pop(name, None)
            return None
        return self.number(name)

    def maybe_period(self, name: str) -> Period | None:
        """A period such as ``2024Q1``, or nothing."""
        written = self.maybe_text(name)
        if written is None:
            return None
        try:
            return Period.parse(written)
        except ProblemError:
            self.fault(name, "not_a_period", text=written)
            return None

    def period(self, name: str) -> Period:
        """A period; required."""
        period = self.maybe_period(name)
        if period is None and self._data.get(name) is None:
            self.fault(name, "missing")
        return period or Period(FIRST_YEAR, 1)

    def choice(self, name: str, kinds: type[Choice], default: Choice | None = None) -> Choice:
        """One of the words of an enumeration."""
        first = next(iter(kinds))
        if default is not None and self._left.get(name) is None:
            self._left.pop(name, None)
            return default
        before = len(self._faults)
        written = self.text(name)
        try:
            return kinds(written)
        except ValueError:
            if len(self._faults) == before:
                self.fault(name, "not_a_choice", text=written, choices=", ".join(kinds))
            return default or first

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty by default."""
        found: list[str] = []
        for item in self._list(name):
            if isinstance(item, str):
                found.append(item)
            else:
                self.fault(name, "not_texts", kind=kind_of(item))
        return tuple(found)

    def integers(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers, empty by default."""
        found: list[int] = []
        for item in self._list(name):
            if isinstance(item, int) and not isinstance(item, bool):
                found.append(item)
            else:
                self.fault(name, "not_wholes", kind=kind_of(item))
        return tuple(found)

    def one(self, name: str, read: Callable[[Fields], Record]) -> Record | None:
        """A nested table or nothing."""
        value = self._left.pop(name, None)
        if value is None:
            return None
        if isinstance(value, Mapping):
            return self._nested(value, f"{self._prefix}{name} ", read)
        self.fault(name, "not_table", kind=kind_of(value))
        return None

    def each(self, name: str, read: Callable[[Fields], Record]) -> tuple[Record, ...]:
        """A list of nested tables of this entry, empty by default."""
        found: list[Record] = []
        for number, item in enumerate(self._list(name), start=1):
            if isinstance(item, Mapping):
                found.append(self._nested(item, f"{self._prefix}{name} #{number} ", read))
            else:
                self.fault(f"{name} #{number}", "not_table", kind=kind_of(item))
        return tuple(found)

    def table(self, name: str, read: Callable[[Fields], Record]) -> tuple[Record, ...]:
        """A whole table of the plan, empty by default; its faults name the table itself."""
        found: list[Record] = []
        for number, item in enumerate(self._list(name), start=1):
            if isinstance(item, Mapping):
                fields = Fields(item, self._faults, name, number)
                found.append(read(fields))
                fields.finish()
            else:
                self.fault(f"{name} #{number}", "not_table", kind=kind_of(item))
        return tuple(found)

    def finish(self) -> None:
        """Note a fault for every field that nobody took."""
        for name in self._left:
            self.fault(str(name), "unknown_field")

    def _nested(self, data: Mapping[str, object], prefix: str, read: Callable[[Fields], Record]) -> Record:
        fields = Fields(data, self._faults, self._table, self._number, prefix, self.label())
        record = read(fields)
        fields.finish()
        return record

    def _list(self, name: str) -> list[object]:
        value = self._left.pop(name, None)
        if value is None:
            return []
        if isinstance(value, list):
            return value
        self.fault(name, "not_list", kind=kind_of(value))
        return []


def _plain_number(written: str, name: str) -> Decimal | None:
    """The number a text says; None unless the text is the number's own plain one.

    ``parse_number`` also takes 1,000 and full-width digits: right for clerks, not for a package.
    """
    try:
        number = parse_number(written, name)
    except ProblemError:
        return None
    return number if plain_text(number) == written else None
