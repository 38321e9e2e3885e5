"""What is loaded only when it is first used: plan packages, workbooks, the reader process."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kjxd_desktop import paths

if TYPE_CHECKING:
    from kjxd_desktop.domain.grid import Book
    from kjxd_desktop.domain.plan.plan import Plan
    from kjxd_desktop.plans.book_writer import PlanWorkbookWriter
    from kjxd_desktop.sheets.reader import Reader
    from kjxd_desktop.usecases.keeping.shown import ChangeLine
    from kjxd_desktop.usecases.planning.book import PlanBookReading
    from kjxd_desktop.usecases.sending.exchange import PlanFinder, ReturnContent, ReturnFile


class BuiltInPlans:
    """The plan packages shipped with the program, loaded when asked for."""

    def ids(self) -> Sequence[str]:
        """Ids of the packages."""
        from kjxd_desktop.plans.catalogue import list_packages

        return [summary.id for summary in list_packages(paths.resources_dir() / "plans")]

    def find(self, plan_id: str, revision: int | None = None) -> Plan | None:
        """The package of that id, when it is in that revision."""
        from kjxd_desktop.usecases.receiving.gate import built_in

        return built_in(self, plan_id, revision)

    def load(self, plan_id: str) -> Plan:
        """One package.

        Raises:
            CallError: ``unknown_plan``.
        """
        from kjxd_desktop.plans.catalogue import load_builtin

        return load_builtin(paths.resources_dir() / "plans", plan_id)


def built_in_plans() -> BuiltInPlans:
    """The plan packages shipped with the program."""
    return BuiltInPlans()


def plan_workbooks() -> PlanWorkbookWriter:
    """What writes plan workbooks, with or without a workspace."""
    from kjxd_desktop.plans.book_writer import PlanWorkbookWriter

    return PlanWorkbookWriter()


def plan_of_workbook(path: Path) -> PlanBookReading:
    """What a plan workbook holds, or every mistake in it.

    Raises:
        FileFault: It is no workbook that can be read.
    """
    from kjxd_desktop.plans.book_reader import PlanWorkbookReader

    books = LateBookReader()
    try:
        return PlanWorkbookReader(books).read(path)
    finally:
        books.close()


def reader_command() -> tuple[str, ...]:
    """The command line of the reader process, from the source tree and from a frozen program."""
    verb = "reader-process"
    return (
        (sys.executable, verb)
        if getattr(sys, "frozen", False)
        else (sys.executable, "-m", "kjxd_desktop", verb)
    )


class LateBookReader:
    """Starts the reader process with the first file."""

    @cached_property
    def _reader(self) -> Reader:
        from kjxd_desktop.sheets.reader import Reader

        return Reader(reader_command())

    def read(self, path: Path) -> Book:
        """Read a foreign file outside this process."""
        return self._reader.read(path)

    def close(self) -> None:
        """End the process if it ever started."""
        if "_reader" in self.__dict__:
            self._reader.close()


class LateReturnFileReader:
    """Loads the workbook reading parts with the first file."""

    def __init__(self, books: LateBookReader) -> None:
        self._books = books

    def read(self, path: Path, plans: PlanFinder) -> ReturnFile:
        """Read a workbook into a neutral record."""
        from kjxd_desktop.workbooks.reader import WorkbookReader

        return WorkbookReader(self._books).read(path, plans)


class LateReturnWriter:
    """Loads the workbook writing parts with the first export."""

    def write(self, content: ReturnContent, path: Path) -> None:
        """Write a return or template workbook."""
        from kjxd_desktop.workbooks.writer import WorkbookWriter

        WorkbookWriter().write(content, path)

    def write_evidence(self, files: Iterable[tuple[str, bytes]], path: Path) -> None:
        """Write evidence files, by name, into one zip."""
        from kjxd_desktop.workbooks.writer import WorkbookWriter

        WorkbookWriter().write_evidence(files, path)

    def write_kept(self, content: bytes, path: Path) -> None:
        """Write a file that was written before."""
        from kjxd_desktop.workbooks.writer import WorkbookWriter

        WorkbookWriter().write_kept(content, path)


class LateHistoryWriter:
    """Loads the workbook writing parts with the first export of history."""

    def write(self, lines: Iterable[ChangeLine], about: str, path: Path) -> None:
        """Write lines of history into a workbook."""
        from kjxd_desktop.workbooks.history_sheet import write_history

        write_history(lines, about, path)
