"""Sheets and columns of the plan workbook as frozen records; reader and writer share them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from kjxd_desktop.wording import terms
from kjxd_desktop.wording.planning.words import FIELD, HEAD_COLUMNS, MARK, SHEET


class Form(Enum):
    """What a cell of a column holds."""

    TEXT = "text"  # one line, spaces around it mean nothing
    LONG = "long"  # kept to the last space
    NAMES = "names"  # several names, see book_names
    YEARS = "years"
    WHOLE = "whole"
    DECIMAL = "decimal"  # exact, as kept
    DECIMALS = "decimals"  # several of them
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"  # several words of a list
    PERIOD = "period"
    DATE = "date"
    SHOWN = "shown"  # for people only: what stands beside a code


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet, or one row of the 方案 sheet.

    Attributes:
        key: Field of the plan it holds.
        heading: Its Chinese heading.
        form: What its cells hold.
        width: In characters.
        needed: Whether a row without it is a mistake; such cells are blue, and the column must be there.
        usual: The column that may stand in for it; such cells are blue as well.
        words: Word people choose, by the code the plan keeps.
        aliases: Other headings for the same.
        later: Workbooks of earlier releases lack it, and say nothing of its field.
    """

    key: str
    heading: str
    form: Form = Form.TEXT
    width: float = 12
    needed: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    usual: str = ""
    later: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet.

    Attributes:
        key: Table of the plan, as ``wording.planning.words`` names it.
        required: Whether a workbook without the sheet is refused.
        frozen: How many columns stay in sight, the mark included.
    """

    key: str
    columns: tuple[Column, ...]
    required: bool = True
    frozen: int = 0

    @property
    def sheet(self) -> str:
        """Name of the sheet."""
        return SHEET[self.key]

    def column(self, key: str) -> Column:
        """The column of a field."""
        return next(column for column in self.columns if column.key == key)


Word = TypeVar("Word", bound=str)


def _words(table: Mapping[Word, str]) -> dict[str, str]:
    """Words by plain code; members of enumerations become their text."""
    return {str(code): word for code, word in table.items()}


LEVEL_WORDS = _words(terms.LEVEL)
TARGET_KINDS = _words(terms.TARGET_KIND)


def _column(
    table: str,
    key: str,
    form: Form = Form.TEXT,
    width: float = 12,
    *,
    needed: bool = False,
    words: Mapping[Word, str] | None = None,
    usual: str = "",
    later: bool = False,
) -> Column:
    return Column(key, FIELD[table][key], form, width, needed, _words(words or {}), usual=usual, later=later)


def _pick(
    table: str, key: str, words: Mapping[Word, str], width: float = 12, *, needed: bool = True
) -> Column:
    return _column(table, key, Form.CHOICE, width, needed=needed, words=words)


HEAD = (
    _column("plan", "id"),
    _column("plan", "title", needed=True),
    _column("plan", "short_title"),
    _column("plan", "doc_no"),
    _column("plan", "issuer"),
    _column("plan", "issued", Form.DATE),
    _column("plan", "first_year", Form.WHOLE, needed=True),
    _column("plan", "last_year", Form.WHOLE, needed=True),
    _column("plan", "region", needed=True),
    _pick("plan", "reported_list", terms.TASK_LIST),
    _column("plan", "revision", Form.WHOLE),
    _column("plan", "adjustment since", Form.PERIOD),
    _column("plan", "adjustment summary", Form.LONG),
    _column("plan", "adjustment reason", Form.LONG),
    _column("plan", "bands ahead", Form.DECIMAL),
    _column("plan", "bands between", Form.DECIMAL),
    _column("plan", "bands task_lag_points", Form.WHOLE),
    _column("plan", "checks year_change", Form.DECIMAL),
    _column("plan", "checks quarter_change", Form.DECIMAL),
    _column("plan", "checks count_change", Form.DECIMAL),
    _column("plan", "checks slip", Form.DECIMAL),
    _column("plan", "checks outlier", Form.DECIMAL),
    _column("plan", "checks outlier_points", Form.WHOLE),
    _column("plan", "rekeyed", Form.NAMES),
    _column("plan", "notes", Form.LONG),
)
LABEL, CONTENT, HINT = HEAD_COLUMNS
PLAN = Table(
    "plan",
    (
        Column(LABEL, HEAD_COLUMNS[LABEL], Form.SHOWN, 20, needed=True),
        Column(CONTENT, HEAD_COLUMNS[CONTENT], Form.LONG, 60, needed=True),
        Column(HINT, HEAD_COLUMNS[HINT], Form.SHOWN, 62),
    ),
)

INDICATORS = Table(
    "indicators",
    (
        _column("indicators", "code", width=8),
        _column("indicators", "no", width=6),
        _column("indicators", "name", width=30, needed=True),
        _column("indicators", "class", width=10, needed=True),
        _column("indicators", "unit", width=9, needed=True),
        _pick("indicators", "kind", terms.KIND),
        _pick("indicators", "measure", terms.MEASURE, 10),
        _pick("indicators", "direction", terms.DIRECTION, 11, needed=False),
        _column("indicators", "decimals", Form.WHOLE, 7),
        _pick("indicators", "aggregation", terms.AGGREGATION, 13, needed=False),
        _column("indicators", "baseline year", Form.WHOLE, 8),
        _column("indicators", "baseline value", Form.DECIMAL, 11),
        _column("indicators", "baseline note", width=16),
        _column("indicators", "factor", Form.DECIMAL, 8),
        _column("indicators", "share", Form.FLAG, 10),
        _column("indicators", "release_month", Form.WHOLE, 8),
        _column("indicators", "profile", Form.DECIMALS, 13, later=True),
        _column("indicators", "definition", Form.LONG, 50),
        _column("indicators", "reference", Form.FLAG, 8),
        _column("indicators", "source_dept", width=16),
        _column("indicators", "aliases", Form.NAMES, 30),
        _column("indicators", "source", width=20),
        _column("indicators", "quote", Form.LONG, 36),
    ),
    frozen=4,
)

_INDICATOR_NAME_WIDTH = 30


def _of_indicator(table: str) -> tuple[Column, ...]:
    # Either of the two is enough to say which indicator is meant.
    return (
        _column(table, "indicator", width=9, usual="indicator_name"),
        _column(table, "indicator_name", Form.SHOWN, _INDICATOR_NAME_WIDTH),
    )


COMPONENTS = Table(
    "components",
    (
        *_of_indicator("components"),
        _pick("components", "role", terms.COMPONENT_ROLE, 9),
        _column("components", "code", width=9),
        _column("components", "name", width=34, needed=True),
        _column("components", "unit", width=10, needed=True),
    ),
    frozen=3,
)


def _target(table: str, *, needed: bool) -> tuple[Column, ...]:
    return (
        _column(table, "year", Form.WHOLE, 8, needed=needed),
        _pick(table, "kind", terms.TARGET_KIND, 10, needed=needed),
        _pick(table, "op", terms.OPERATOR, 6, needed=False),
        _column(table, "value", Form.DECIMAL, 11, usual="text" if needed else ""),
        _column(table, "text", width=14),
        _column(table, "certainty", width=9),
        _column(table, "scope", width=10),
    )


TARGETS = Table(
    "targets",
    (
        *_of_indicator("targets"),
        *_target("targets", needed=True),
        _column("targets", "unit_code", width=12),
        _column("targets", "source", width=30),
    ),
    frozen=3,
)

TASKS = Table(
    "tasks",
    (
        _column("tasks", "code", width=8),
        _pick("tasks", "list", terms.TASK_LIST, 10),
        _column("tasks", "group", width=20),
        _column("tasks", "no", width=7),
        _column("tasks", "title", width=26, needed=True),
        _column("tasks", "text", Form.LONG, 60),
        _column("tasks", "parent", width=8),
        _column("tasks", "lead", Form.NAMES, 16),
        _column("tasks", "coop", Form.NAMES, 24),
        _column("tasks", "responsible", Form.NAMES, 24),
        _column("tasks", "deadlines", Form.YEARS, 10),
        _column("tasks", "recurrences", Form.NAMES, 9),
        _column("tasks", "source", width=12),
    ),
    frozen=2,
)

GOALS = Table(
    "goals",
    (
        _column("goals", "code", width=8),
        _column("goals", "text", Form.LONG, 50, needed=True),
        _column("goals", "subject", width=26, needed=True),
        _column("goals", "value", width=9),
        _column("goals", "unit", width=10),
        _column("goals", "year", Form.WHOLE, 8),
        _column("goals", "every_year", Form.FLAG, 7),
        _column("goals", "units", Form.NAMES, 26),
        _column("goals", "repeats_indicator", width=12),
        _column("goals", "source", width=14),
    ),
    frozen=2,
)

UNITS = Table(
    "units",
    (
        _column("units", "code", width=10),
        _column("units", "name", width=22, needed=True),
        _pick("units", "level", {**LEVEL_WORDS, terms.COLLECTIVE: terms.COLLECTIVE}, 10),
        _column("units", "reports", Form.FLAG, 7),
        _column("units", "office", width=22),
        _column("units", "aliases", Form.NAMES, 34),
        _column("units", "inside", width=14),
        _column("units", "since", Form.PERIOD, 12),
        _column("units", "members", Form.NAMES, 40),
    ),
    frozen=3,
)

SPLITS = Table(
    "splits",
    (
        _column("splits", "unit", width=16, needed=True),
        _column("splits", "code", width=8, usual="name"),
        _column("splits", "name", Form.SHOWN, 30),
        _column("splits", "assigned", Form.FLAG, 7),
        _column("splits", "baseline year", Form.WHOLE, 8),
        _column("splits", "baseline value", Form.DECIMAL, 11),
        _column("splits", "baseline note", width=14),
        *_target("splits", needed=False),
        _column("splits", "source", width=16),
    ),
    frozen=4,
)
YEAR_COLUMN_WIDTH = 12
CODE = "code"
# The columns of single years stand between these two.
SPLIT_BEFORE_YEARS = "baseline note"

RANGES = Table(
    "ranges",
    (
        *_of_indicator("ranges"),
        _column("ranges", "levels", Form.CHOICES, 24, needed=True, words=LEVEL_WORDS),
        _column("ranges", "low", Form.DECIMAL, 12, needed=True),
        _column("ranges", "high", Form.DECIMAL, 12, needed=True),
    ),
    frozen=3,
)

RULES = Table(
    "rules",
    (
        _column("rules", "code", width=8),
        _column("rules", "left", width=24, needed=True),
        _pick("rules", "op", terms.RULE_OPERATOR),
        _column("rules", "right", width=24, needed=True),
        _pick("rules", "grade", terms.GRADE, 9),
        _column("rules", "message", Form.LONG, 50, needed=True),
        _column("rules", "advice", Form.LONG, 40),
        _pick("rules", "left_missing", terms.MISSING_FIGURES, 15, needed=False),
        _pick("rules", "right_missing", terms.MISSING_FIGURES, 15, needed=False),
    ),
    # Workbooks made before there were such rules have no such sheet.
    required=False,
    frozen=2,
)

DOCUMENT = Table(
    "document",
    (
        _column("document", "line", Form.SHOWN, 7),
        _column("document", "text", Form.LONG, 110, needed=True),
    ),
    required=False,
)

TABLES = (PLAN, INDICATORS, COMPONENTS, TARGETS, TASKS, GOALS, UNITS, SPLITS, RANGES, RULES, DOCUMENT)
MARK_COLUMN = Column("mark", MARK, Form.SHOWN, 6)
FLAG_WORDS: Mapping[bool, str] = {True: terms.YES, False: terms.NO}
