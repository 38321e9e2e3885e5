"""Column types that keep what they are given: exact decimals, local times, periods."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Dialect, Numeric, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.problems import ProblemError

Kept = TypeVar("Kept")


def _as_written(text: Any, read: Callable[[str], Kept], write: Callable[[Kept], str]) -> Kept:
    """A kept value; one that would be written otherwise was not written by this program.

    Raises:
        WorkspaceFault: ``damaged``.
    """
    try:
        value = read(text)
        if write(value) == text:
            return value
    except (ValueError, ArithmeticError, TypeError, IndexError, ProblemError):
        pass
    raise WorkspaceFault("damaged", path="")


_PLAIN = "{:f}".format


@lru_cache(maxsize=200)
def _period(text: Any) -> Period:
    """What a key says, whatever row it stands in: thousands of figures name a few periods."""
    return _as_written(text, lambda key: Period(int(key[:4]), int(key[5])), lambda period: period.key)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal kept digit for digit: text in SQLite, unconstrained NUMERIC in PostgreSQL.

    SQLite's own numeric types are binary floats beyond 15 digits and lose ``1.50``: what is added up
    is added up in Python.
    """

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text for SQLite, NUMERIC elsewhere."""
        return dialect.type_descriptor(String(40) if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Plain text without exponent for SQLite."""
        if value is None or dialect.name != "sqlite":
            return value
        return format(value, "f")

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The decimal with every digit it was given."""
        if value is None or dialect.name != "sqlite":
            kept: Decimal | None = value
            return kept
        return _as_written(value, Decimal, _PLAIN)


class PeriodKey(TypeDecorator[Period]):
    """A period as its key, such as ``2024Q3``; sorts by time."""

    impl = String(6)
    cache_ok = True

    def process_bind_param(self, value: Period | None, dialect: Dialect) -> str | None:
        """The key."""
        return None if value is None else value.key

    def process_result_value(self, value: Any, dialect: Dialect) -> Period | None:
        """The period."""
        return None if value is None else _period(value)


class Moment(TypeDecorator[datetime]):
    """A point in time as ISO 8601 text with zone, to the second (history: microseconds)."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """ISO text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The moment."""
        return None if value is None else _as_written(value, datetime.fromisoformat, datetime.isoformat)
