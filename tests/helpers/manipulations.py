"""What somebody does to workbooks and data files past the program, with more or less skill."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.storage.history.line import ORIGIN
from kjxd_desktop.usecases.sending.exchange import ReturnContent, ReturnFile
from kjxd_desktop.usecases.sending.sealing import proven, seal_for
from kjxd_desktop.workbooks.writer import WorkbookWriter
from tests.helpers.chains import lines_of

IDENTITY = "标识"


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """A workbook in a spreadsheet program; saved at the end."""
    book = load_workbook(path)
    yield book
    book.save(path)


def rows_of(book: Workbook, kind: str) -> list[int]:
    """The rows of a kind of record on the identity sheet."""
    sheet = book[IDENTITY]
    return [cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == kind]


def set_record(path: Path, kind: str, column: int, text: str | None, *, number: int = 0) -> None:
    """Change one value of a record."""
    with opened(path) as book:
        book[IDENTITY].cell(rows_of(book, kind)[number], column).value = text


def drop_records(path: Path, kind: str) -> None:
    """Delete every record of a kind."""
    with opened(path) as book:
        found = rows_of(book, kind)
        assert found
        for row in reversed(found):
            book[IDENTITY].delete_rows(row)


def set_figure(path: Path, code: str, text: str, *, exact: bool = False) -> None:
    """Type another figure into the form, and if wanted into the identity sheet."""
    with opened(path) as book:
        cell = _value_cell(book["指标"], code)
        cell.value = float(text) if "." in text else int(text)  # type: ignore[union-attr]
        if exact:
            sheet = book[IDENTITY]
            for row in rows_of(book, "entry"):
                if (sheet.cell(row, 2).value, sheet.cell(row, 3).value) == (code, "value"):
                    sheet.cell(row, 4).value = text


def _value_cell(sheet: Worksheet, code: str) -> object:
    head = next(cell for row in sheet.iter_rows() for cell in row if "本期累计" in str(cell.value))
    row = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == code)
    return sheet.cell(row, head.column)


def written(content: ReturnContent, path: Path) -> Path:
    """A workbook out of whatever content somebody makes up with the program's sources."""
    WorkbookWriter().write(content, path)
    return path


def with_sources(content: ReturnContent, **identity: object) -> ReturnContent:
    """The content with another identity sheet, and digest, code and seal made anew for it."""
    return proven(replace(content, identity=replace(content.identity, **identity)))  # type: ignore[arg-type]


def sealed_anew(path: Path, read: ReturnFile) -> None:
    """Another seal for an identity sheet that was changed.

    Args:
        read: The sheet as it is now.
    """
    assert read.identity is not None
    set_record(path, "seal", 2, seal_for(read.identity, read.signature, read.achieved))


def rewrite_all(path: Path, statement: str) -> None:
    """Change history and everything that rests on it, so that the file fits in itself to the last link."""
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(statement).rowcount > 0
    link, links = ORIGIN, dict[int, str]()
    for line in lines_of(path):
        new = line.new
        if line.what == "submission" and new is not None:
            told = json.loads(new)
            told["link"] = links[told["line"]]
            new = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            line = replace(line, new=new)
            where = (told["link"], told["line"])
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute("UPDATE submissions SET link = ? WHERE line = ?", where)
        link = links[line.id] = line.linked(link)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE history SET new = ?, link = ? WHERE id = ?", (new, link, line.id))
