"""Joins storage, use cases and workbooks to an open workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.actions import OfficeActions
from kjxd_desktop.bootstrap.late import BuiltInPlans, LateBookReader, LateReturnFileReader
from kjxd_desktop.bootstrap.person import SystemClock, person
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.storage.opening import made_store, open_store, open_store_for_reading
from kjxd_desktop.storage.sqlite.engine import BUSY_MS
from kjxd_desktop.storage.store import SqlStore
from kjxd_desktop.usecases.actions import Actions
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.ports import Clock, Role

if TYPE_CHECKING:
    from kjxd_desktop.domain.plan.assignment import UnitSplit


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
    return Office(store, OfficeActions(store, clock, books), books)


@contextmanager
def open_office(
    path: Path, clock: Clock | None = None, who: str = "", *, busy_ms: int = BUSY_MS
) -> Iterator[Office]:
    """Open a workspace for reading and writing.

    Args:
        who: Written into history.
        busy_ms: How long a write waits while another program holds the file.
    """
    clock = clock or SystemClock()
    store = open_store(
        path, paths.migrations_dir(), paths.backup_dir(), clock, who or person(), busy_ms=busy_ms
    )
    with closing(join(store, clock)) as office:
        yield office


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
    with closing(join(store, clock)) as office:
        yield office


@contextmanager
def new_office(
    path: Path,
    role: Role,
    unit: str,
    plan: str | Plan,
    clock: Clock | None = None,
    *,
    splits: Mapping[str, UnitSplit] | None = None,
    sure: bool = False,
    who: str = "",
    demo: bool = False,
    busy_ms: int = BUSY_MS,
) -> Iterator[Office]:
    """Make a workspace by hand and open it; nothing is made when the choice does not hold.

    Args:
        plan: Id of a built-in plan, or a plan out of an office's own workbook.
        splits: What that workbook splits off for units.
        sure: Keep what would be asked of that.
    """
    from kjxd_desktop.usecases.planning.set_up import SetUp, check_choice

    clock = clock or SystemClock()
    plan = BuiltInPlans().load(plan) if isinstance(plan, str) else plan
    check_choice(plan, role, unit)
    with made_store(path, paths.migrations_dir(), clock, who or person()) as store:
        SetUp(store, clock).set_up(plan, role, unit, demo=demo, splits=splits, sure=sure)
    with open_office(path, clock, who, busy_ms=busy_ms) as office:
        yield office


@contextmanager
def new_office_from(
    path: Path,
    template: Path,
    clock: Clock | None = None,
    *,
    who: str = "",
    demo: bool = False,
    busy_ms: int = BUSY_MS,
    told: Callable[[Notes], None] | None = None,
) -> Iterator[Office]:
    """Make a county's workspace from the city's template and take in everything it sends down.

    Nothing is left behind when the template does not belong to a county.

    Args:
        told: Given what a person must know about the template, as an import of it would say.
    """
    from kjxd_desktop.usecases.planning.set_up import SetUp, check_choice
    from kjxd_desktop.usecases.receiving.gate import choice_of_dispatch
    from kjxd_desktop.usecases.receiving.receive import Receive

    clock = clock or SystemClock()
    plans = BuiltInPlans()
    with closing(LateBookReader()) as books:
        plan, unit = choice_of_dispatch(LateReturnFileReader(books).read(template, plans.find), plans)
    check_choice(plan, Role.COUNTY, unit)
    with (
        made_store(path, paths.migrations_dir(), clock, who or person()) as store,
        closing(LateBookReader()) as books,
    ):
        SetUp(store, clock).set_up(plan, Role.COUNTY, unit, demo=demo)
        # There is nothing yet that a backup could keep.
        receive = Receive(store, clock, LateReturnFileReader(books), plans)
        preview = receive.preview(template)
        receive.apply(preview, receive.accept_all(preview))
    if told is not None:
        told(preview.notices)
    with open_office(path, clock, who, busy_ms=busy_ms) as office:
        office.actions.desk.choose_period(preview.period)
        yield office
