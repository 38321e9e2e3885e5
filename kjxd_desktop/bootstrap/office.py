"""Joins storage, use cases and workbooks to an open workspace."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kjxd_desktop import paths
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.plan import Plan
from kjxd_desktop.storage.store import (
    SqlStore,
    create_store,
    open_store,
    open_store_for_reading,
    remove_workspace,
)
from kjxd_desktop.usecases.actions import Actions
from kjxd_desktop.usecases.backfill import Backfill
from kjxd_desktop.usecases.check import Check
from kjxd_desktop.usecases.desk import ChooseDesk
from kjxd_desktop.usecases.fill import Fill
from kjxd_desktop.usecases.monitor import Monitor
from kjxd_desktop.usecases.ports import Clock, Role
from kjxd_desktop.usecases.report import ReportProgress
from kjxd_desktop.usecases.status import Status
from kjxd_desktop.usecases.targets import SetTargets

if TYPE_CHECKING:
    from kjxd_desktop.domain.assignment import UnitSplit
    from kjxd_desktop.domain.grid import Book
    from kjxd_desktop.plans.book_writer import PlanWorkbookWriter
    from kjxd_desktop.sheets.reader import Reader
    from kjxd_desktop.usecases.decompose import Decompose
    from kjxd_desktop.usecases.exchange import PlanFinder, ReturnContent, ReturnFile
    from kjxd_desktop.usecases.operators import Operators
    from kjxd_desktop.usecases.plan_book import PlanBookReading
    from kjxd_desktop.usecases.plan_files import PlanFiles
    from kjxd_desktop.usecases.receive import Receive
    from kjxd_desktop.usecases.revise_plan import RevisePlan
    from kjxd_desktop.usecases.send import Send
    from kjxd_desktop.usecases.share import ShareIndicators
    from kjxd_desktop.usecases.try_rule import TryRule


class SystemClock:
    """The computer's clock, local time with zone."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now().astimezone()


class BuiltInPlans:
    """The plan packages shipped with the program, loaded when asked for."""

    def ids(self) -> Sequence[str]:
        """Ids of the packages."""
        from kjxd_desktop.plans.catalogue import list_packages

        return [summary.id for summary in list_packages(paths.resources_dir() / "plans")]

    def find(self, plan_id: str, revision: int | None = None) -> Plan | None:
        """The package of that id, when it is in that revision."""
        from kjxd_desktop.usecases.receive_gate import built_in

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

    def warm(self) -> None:
        """Start the process ahead of the first file."""
        self._reader.start()

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


@dataclass(frozen=True, slots=True)
class Office:
    """An open workspace with everything that can be done in it."""

    store: SqlStore
    actions: Actions
    books: LateBookReader

    def close(self) -> None:
        """End the reader process and close the workspace."""
        self.books.close()
        self.store.close()


def join(store: SqlStore, clock: Clock) -> Office:
    """Wire the use cases to a store."""
    books = LateBookReader()
    check = Check(store)
    plans = cache(partial(_plans, store))
    actions = Actions(
        desk=ChooseDesk(store, clock),
        fill=Fill(store, clock),
        backfill=Backfill(store),
        report=ReportProgress(store),
        check=check,
        status=Status(store, clock),
        targets=SetTargets(store),
        monitor=Monitor(store, clock),
        plans=plans,
        decompose=partial(_decompose, store),
        share=partial(_share, store),
        try_rule=partial(_try_rule, store),
        plan_files=partial(_plan_files, plans, books),
        send=partial(_send, store, clock, check),
        receive=partial(_receive, store, clock, books),
        operators=partial(_operators, store, clock),
    )
    return Office(store, actions, books)


def _plans(store: SqlStore) -> RevisePlan:
    from kjxd_desktop.usecases.revise_plan import RevisePlan

    return RevisePlan(store, BuiltInPlans())


def _decompose(store: SqlStore) -> Decompose:
    from kjxd_desktop.usecases.decompose import Decompose

    return Decompose(store)


def _share(store: SqlStore) -> ShareIndicators:
    from kjxd_desktop.usecases.share import ShareIndicators

    return ShareIndicators(store)


def _try_rule(store: SqlStore) -> TryRule:
    from kjxd_desktop.usecases.try_rule import TryRule

    return TryRule(store)


def _plan_files(plans: Callable[[], RevisePlan], books: LateBookReader) -> PlanFiles:
    from kjxd_desktop.plans.book_reader import PlanWorkbookReader
    from kjxd_desktop.usecases.plan_files import PlanFiles

    return PlanFiles(plans(), PlanWorkbookReader(books), plan_workbooks())


def _send(store: SqlStore, clock: Clock, check: Check) -> Send:
    from kjxd_desktop.usecases.send import Send

    return Send(store, clock, LateReturnWriter(), check)


def _receive(store: SqlStore, clock: Clock, books: LateBookReader) -> Receive:
    from kjxd_desktop.usecases.receive import Receive

    return Receive(store, clock, LateReturnFileReader(books), BuiltInPlans())


def _operators(store: SqlStore, clock: Clock) -> Operators:
    from kjxd_desktop.storage.passwords import Argon2Passwords
    from kjxd_desktop.usecases.operators import Operators

    return Operators(store, Argon2Passwords(), clock)


def person() -> str:
    """Who is written into history until people sign in by name: the computer's user."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "本机用户"


@contextmanager
def open_office(path: Path, clock: Clock | None = None, who: str = "") -> Iterator[Office]:
    """Open a workspace for reading and writing; ``who`` is written into history."""
    clock = clock or SystemClock()
    store = open_store(path, paths.migrations_dir(), paths.backup_dir(), clock, who or person())
    office = join(store, clock)
    try:
        yield office
    finally:
        office.close()


@contextmanager
def reading_office(path: Path, clock: Clock | None = None) -> Iterator[Office]:
    """Open a workspace for reading only, also while another program writes it."""
    clock = clock or SystemClock()
    try:
        store = open_store_for_reading(path, clock)
    except WorkspaceFault as fault:
        if fault.code != "older":
            raise
        # A workspace of an earlier release is upgraded (and backed up) once, then only read.
        with open_office(path, clock):
            pass
        store = open_store_for_reading(path, clock)
    office = join(store, clock)
    try:
        yield office
    finally:
        office.close()


@contextmanager
def new_office(
    path: Path,
    role: Role,
    unit: str,
    plan: str | Plan,
    clock: Clock | None = None,
    *,
    splits: Mapping[str, UnitSplit] | None = None,
    who: str = "",
    demo: bool = False,
) -> Iterator[Office]:
    """Make a workspace by hand and open it; nothing is made when the choice does not hold.

    Args:
        plan: Id of a built-in plan, or a plan out of an office's own workbook.
        splits: What that workbook splits off for units.
    """
    from kjxd_desktop.usecases.set_up import SetUp, check_choice

    clock = clock or SystemClock()
    plan = BuiltInPlans().load(plan) if isinstance(plan, str) else plan
    check_choice(plan, role, unit)
    office = join(create_store(path, paths.migrations_dir(), clock, who or person()), clock)
    try:
        SetUp(office.store, clock).set_up(plan, role, unit, demo=demo, splits=splits)
        yield office
    finally:
        office.close()


@contextmanager
def new_office_from(
    path: Path, template: Path, clock: Clock | None = None, *, who: str = "", demo: bool = False
) -> Iterator[Office]:
    """Make a county's workspace from the city's template and take in everything it sends down.

    Nothing is left behind when the template does not belong to a county.
    """
    from kjxd_desktop.usecases.set_up import SetUp, check_choice, choice_of_dispatch

    clock = clock or SystemClock()
    plans = BuiltInPlans()
    books = LateBookReader()
    try:
        plan, unit = choice_of_dispatch(LateReturnFileReader(books).read(template, plans.find), plans)
    finally:
        books.close()
    check_choice(plan, Role.COUNTY, unit)
    with ExitStack() as undo:
        store = create_store(path, paths.migrations_dir(), clock, who or person())
        undo.callback(remove_workspace, path)
        undo.callback(store.close)
        office = join(store, clock)
        undo.callback(office.books.close)
        SetUp(store, clock).set_up(plan, Role.COUNTY, unit, demo=demo)
        receive = office.actions.receive
        preview = receive.preview(template)
        receive.apply(preview, receive.accept_all(preview))
        office.actions.desk.choose_period(preview.period)
        undo.pop_all()
    try:
        yield office
    finally:
        office.close()
