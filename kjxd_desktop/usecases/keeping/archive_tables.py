"""Lines of an archive as tables: a spreadsheet's and a program's."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from kjxd_desktop.domain.figures.quantity import MAX_DIGITS, plain_text, significant_digits
from kjxd_desktop.domain.texts import LIKE_A_FORMULA, MAX_CELL_TEXT, cell_length
from kjxd_desktop.usecases.keeping.archive_rows import Row
from kjxd_desktop.wording.keeping.archive import CUT
from kjxd_desktop.wording.keeping.archive_columns import Table
from kjxd_desktop.wording.terms import NO, YES

# By it Excel knows the encoding when a file is opened by a double click; WPS knows it without.
BOM = b"\xef\xbb\xbf"
# What keeps a text a text; the readme says that one of it is not part of the text.
GUARD = "'"
# East Asian versions take the wide signs for the narrow ones.
_FORMULA_SIGNS = (*LIKE_A_FORMULA, "＝", "＋", "－", "＠", "\r", "\n")
_CONTROLS = r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]"
# What numbers, dates, times and amounts are made of, beside the names of months.
_LIKE_A_NUMBER = r"(?=.*[0-9０-９])[0-9０-９\s.,:/\\+\-%()（）eE年月日时分秒上下午¥￥$€]+"
_MONTHS = (
    "(?i)jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?|[ap]m"
)
_WORDS_OF_SHEETS = ("TRUE", "FALSE")
# Shown as it stands: no zero is lost, and it is too short to be shown with an exponent.
_PLAIN_NUMBER = r"0|[1-9][0-9]{0,10}"
# Lines that are made into bytes at once.
_CHUNK = 200


def csv_pieces(table: Table, rows: Iterable[Row]) -> Iterator[bytes]:
    """A table that opens by a double click, in pieces: UTF-8 with its mark, lines end as Windows ends them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([title for _, title, _ in table.columns])
    yield BOM
    for number, row in enumerate(rows, start=1):
        writer.writerow([cell_text(row.get(key)) for key, _, _ in table.columns])
        if number % _CHUNK == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def json_pieces(table: Table, about: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """The same for programs, and all columns: what it is about, what columns mean, then a line a row."""
    columns = {key: f"{title}：{meaning}" if meaning else title for key, title, meaning in table.columns}
    head = {"table": table.name, "holds": table.holds, **about, "columns": columns}
    yield f'{_dumped(head)[:-1]},\n"rows":['.encode()
    between = "\n"
    for row in rows:
        yield f"{between}{_dumped(row)}".encode()
        between = ",\n"
    yield b"\n]}\n"


def cell_text(value: Any) -> str:
    """A value as a spreadsheet shows it and keeps it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        text = plain_text(value)
        return f"{GUARD}{text}" if significant_digits(text) > MAX_DIGITS else text
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return guarded(value) if isinstance(value, str) else str(value)


@lru_cache(maxsize=1024)
def guarded(text: str) -> str:
    """A text that stays one whatever it looks like; without one ``GUARD`` before it, it is the text again.

    What no spreadsheet shows is left out; what is longer than a cell holds is cut, and says so. Most texts of a table
    stand in many of its lines.
    """
    clean = re.sub(_CONTROLS, "", text.replace("\r\n", "\n").replace("\r", "\n"))
    if cell_length(clean) >= MAX_CELL_TEXT:
        clean = f"{clean[: MAX_CELL_TEXT // 2 - len(CUT) - 1]}{CUT}"
    shown = clean.lstrip()
    taken = clean.startswith(_FORMULA_SIGNS) or shown.startswith(_FORMULA_SIGNS)
    return f"{GUARD}{clean}" if taken or _like_a_number(shown, clean) else clean


def _like_a_number(shown: str, clean: str) -> bool:
    """Whether a spreadsheet would take a text for a number, a date or a truth and show it otherwise."""
    if re.fullmatch(_PLAIN_NUMBER, clean):
        return False
    if shown.rstrip().upper() in _WORDS_OF_SHEETS:
        return True
    return re.fullmatch(_LIKE_A_NUMBER, re.sub(_MONTHS, "", shown), re.DOTALL) is not None


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain, separators=(",", ":"))


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return plain_text(value)
    assert isinstance(value, datetime), "tables hold nothing else"
    return value.isoformat()
