"""Export and import of a full return, against openpyxl and SQLite doing the same work bare."""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import openpyxl

from kjxd_desktop.bootstrap.office import open_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.workbooks.writer import WorkbookWriter
from tests.benchmarks.demo_workspace import demo
from tests.helpers.offices import FixedClock

RUNS = 9
FILES = 20


def milliseconds(begun: float) -> float:
    """Since a moment of ``perf_counter``."""
    return (time.perf_counter() - begun) * 1000


def raw_write(cells: dict[str, list[list[object]]], path: Path) -> None:
    """The same cells through openpyxl alone."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in cells.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


def raw_insert(path: Path, count: int) -> None:
    """As many rows as an import writes: values and history, one transaction."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS v (a, b, c, d)")
    connection.execute("CREATE TABLE IF NOT EXISTS h (a, b, c, d, e, f)")
    connection.execute("BEGIN IMMEDIATE")
    for number in range(count):
        connection.execute("INSERT INTO v VALUES (?, ?, ?, ?)", (number, "I13", "reported", "12"))
        connection.execute(
            "INSERT INTO h VALUES (?, ?, ?, ?, ?, ?)", (number, "x" * 120, "y" * 120, "a", "b", "c")
        )
    connection.execute("COMMIT")
    connection.close()


def one_file(writer: WorkbookWriter, content: ReturnContent, number: int, folder: Path) -> Path:
    """The return of another unit and period, so that every file is new to the city."""
    unit = content.plan.unit(("620421", "620423")[number % 2])
    assert unit is not None
    period = Period(2023 + number // 8, number // 2 % 4 + 1)
    entries = {
        code: replace(entry, data_year=entry.data_year and period.year - 1)
        for code, entry in content.entries.items()
    }
    identity = replace(
        content.identity, unit_code=unit.code, unit_name=unit.name, period=period, digest="", check_code=""
    )
    path = folder / f"f{number:02d}.xlsx"
    writer.write(
        replace(
            content,
            identity=identity,
            duty=Duty(content.plan, unit),
            period=period,
            entries=entries,
            explanations=(),
        ),
        path,
    )
    return path


def main() -> None:
    """Print export, its floor, import of the 20th file, its floor, in milliseconds."""
    data = demo()
    clock = FixedClock(data.today)
    folder = Path(tempfile.mkdtemp())
    with open_office(Path(sys.argv[1]), clock) as county:
        content = county.actions.send.content(data.key)
        writer = WorkbookWriter()
        one = folder / "one.xlsx"
        writer.write(content, one)
        book = openpyxl.load_workbook(one)
        cells = {
            sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
            for sheet in book.worksheets
        }
        exports, raw_exports = [], []
        for number in range(RUNS):
            begun = time.perf_counter()
            writer.write(content, folder / f"e{number}.xlsx")
            exports.append(milliseconds(begun))
            begun = time.perf_counter()
            raw_write(cells, folder / f"r{number}.xlsx")
            raw_exports.append(milliseconds(begun))
        files = [one_file(writer, content, number, folder) for number in range(FILES)]
    imports, raw_imports = [], []
    with open_office(Path(sys.argv[2]), clock) as city:
        receive = city.actions.receive
        for path in files:
            begun = time.perf_counter()
            preview = receive.preview(path)
            receive.apply(preview, receive.accept_all(preview))
            imports.append(milliseconds(begun))
            begun = time.perf_counter()
            openpyxl.load_workbook(path)
            raw_insert(folder / "raw.db", 46)
            raw_imports.append(milliseconds(begun))
    for times in (exports, raw_exports, imports[-5:], raw_imports[-5:]):
        print(statistics.median(times))


if __name__ == "__main__":
    main()
