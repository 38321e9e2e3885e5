"""An open workspace: transactions with history, and its file kept whole and known."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Engine

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.people.operators import Act, Operator, Rights
from kjxd_desktop.scratch import scratch_in
from kjxd_desktop.storage.history.history import Authorship
from kjxd_desktop.storage.people.operator_rows import read_operators
from kjxd_desktop.storage.plans.plan_rows import PlanCache
from kjxd_desktop.storage.sqlite.connect import CREATE, connect
from kjxd_desktop.storage.sqlite.engine import BUSY_MS, WRITE_OPTION, checkpointed, open_engine
from kjxd_desktop.storage.sqlite.faults import fault_of_os, faults_named, require_free
from kjxd_desktop.storage.sqlite.lock import WriterLock, lock_workspace
from kjxd_desktop.storage.sqlite.single_file import SIDES, clear_place, clear_sides, name_aside, single_file
from kjxd_desktop.storage.unit_of_work import SqlUnitOfWork
from kjxd_desktop.usecases.access import require_right
from kjxd_desktop.usecases.ports import Clock

if TYPE_CHECKING:
    from kjxd_desktop.domain.keeping.verification import Verification


class Holding(Protocol):
    """What says that the file is this program's to write, and still at its place."""

    def in_place(self) -> bool:
        """Whether the path still leads to the file."""
        ...

    def note(self) -> None:
        """Remember the content as this program wrote it."""
        ...

    def untouched(self) -> bool:
        """Whether the content is the one noted last."""
        ...

    def release(self) -> None:
        """Let others open it."""
        ...


class SqlStore:
    """An open workspace. Implements ``usecases.ports.Store``.

    Args:
        who: The person every change is written down for.
        lock: What keeps others from writing; None when the workspace is only read.
    """

    def __init__(self, path: Path, engine: Engine, clock: Clock, who: str, lock: Holding | None) -> None:
        self._path = path
        self._engine = engine
        self._clock = clock
        self._who = who
        self._lock = lock
        self._plans: PlanCache = {}
        self._operator: Operator | None = None
        self._operators: tuple[Operator, ...] | None = None
        # Transactions written, and how many of them the file itself holds; some may be from before it was opened.
        self._written, self._settled = 1, 0
        self._settling = False

    @property
    def path(self) -> Path:
        """The workspace file."""
        return self._path

    @property
    def writable(self) -> bool:
        """Whether this program holds the writer's lock."""
        return self._lock is not None

    def rights(self) -> Rights:
        """What may be written now, and by whom."""
        if self._operators is None:
            with faults_named(self._path), self._engine.connect() as connection, connection.begin():
                self._operators = read_operators(connection)
        return Rights(self._operators, self._operator, self.writable)

    def sign_in(self, operator: Operator | None) -> None:
        """Say who writes from now on; that he is the one he says was asked by the use case."""
        self._operator = operator

    @contextmanager
    def reading(self) -> Iterator[SqlUnitOfWork]:
        """A consistent view of the workspace."""
        rights = self.rights()
        with faults_named(self._path), self._engine.connect() as connection, connection.begin():
            yield SqlUnitOfWork(connection, None, self._plans, rights)

    @contextmanager
    def writing(self, why: str, act: Act | None) -> Iterator[SqlUnitOfWork]:
        """One transaction: kept whole when the block ends, undone whole when it raises.

        Args:
            act: Whose right it is; None for what the program does by itself.

        Raises:
            ProblemError: ``sign_in_first`` or ``not_your_role``.
            WorkspaceFault: ``viewing`` when the workspace was opened for reading, or a fault of the disk.
        """
        if self._lock is None:
            raise WorkspaceFault("viewing", path=str(self._path))
        rights = self.rights()
        if act is not None:
            require_right(rights, act)
        who = self._operator.name if self._operator is not None else self._who
        author = Authorship(who, why, self._clock.now())
        with faults_named(self._path), self._engine.connect() as plain:
            connection = plain.execution_options(**{WRITE_OPTION: True})
            with connection.begin():
                unit = SqlUnitOfWork(connection, author, self._plans, rights)
                yield unit
                # Asked last: what is confirmed must be in the file that people see at its place.
                self.require_in_place()
        self._written += 1
        if unit.people.changed:
            self._operators = None

    def require_in_place(self) -> None:
        """Refuse to go on when the workspace's path no longer leads to the file that is open.

        Raises:
            WorkspaceFault: ``gone``: moved, renamed, deleted, or its stick was pulled; ``overwritten`` by another
                program.
        """
        if self._lock is None:
            return
        if not self._lock.in_place():
            raise WorkspaceFault("gone", path=str(self._path))
        # While it is being settled, on another thread, it is this program that writes it.
        if not self._settling and not self._lock.untouched():
            raise WorkspaceFault("overwritten", path=str(self._path))

    def settle(self) -> bool:
        """Bring what was committed from the write-ahead log into the file, so that a plain copy of it is whole.

        Waits for nobody. Cheap when nothing was written since. Where the file was moved, what was confirmed goes
        into it all the same.

        Returns:
            False when somebody still reads an older state: then it must be tried again.

        Raises:
            WorkspaceFault: ``gone``, or a fault of the disk; what was confirmed is safe in the log.
        """
        # Another thread may write meanwhile: that is for the next time.
        written = self._written
        if self._settled != written and self._lock is not None:
            if self._lock.in_place() and not self._lock.untouched():
                # Into another file nothing of ours is written.
                raise WorkspaceFault("overwritten", path=str(self._path))
            self._settling = True
            try:
                with self._raw() as connection:
                    if checkpointed(connection):
                        self._settled = written
                self._lock.note()
            finally:
                self._settling = False
        self.require_in_place()
        return self._settled == written

    def move_to(self, target: Path) -> None:
        """Go on in a new file that holds what this one holds; the old one stays wherever it was moved.

        The place it was moved from may be taken again.

        Raises:
            WorkspaceFault: ``exists``, ``folder_missing`` or a fault of the disk; then nothing changes.
        """
        require_free(target)
        own = self._lock if isinstance(self._lock, WriterLock) and target.resolve() == self._path else None
        with ExitStack() as undo:
            lock = own or lock_workspace(target)
            if own is None:
                undo.callback(lock.release)
            try:
                with faults_named(target), scratch_in(target.parent) as made:
                    with self._raw() as source, closing(connect(made.path, CREATE)) as copy:
                        source.backup(copy)
                    single_file(made.path)
                    if own is None:
                        clear_place(target)
                    else:
                        self._bring_up_moved()
                    made.take_free_name(target)
            except OSError as error:
                raise fault_of_os(error, target) from error
            if own is not None:
                # The log stands at this place and belongs to the file that was moved; all of it is in the new one.
                self._engine.dispose()
                clear_sides(target)
            lock.hold()
            undo.pop_all()
        if own is None:
            self.close()
        self._path, self._lock, self._engine = target, lock, held_engine(target, lock)
        with self.connected():
            lock.note()

    @contextmanager
    def connected(self) -> Iterator[None]:
        """With a connection open, outside any transaction."""
        with self._raw():
            yield

    @contextmanager
    def _raw(self) -> Iterator[sqlite3.Connection]:
        """A connection outside any transaction; one that is open already, where the file is gone."""
        with faults_named(self._path):
            taken = self._engine.raw_connection()
            try:
                connection = taken.driver_connection
                assert isinstance(connection, sqlite3.Connection), "in use"
                yield connection
            finally:
                taken.close()

    def verify(self) -> Verification:
        """Compare what the file holds with what its history says."""
        # Only here: a start has no use for it.
        from kjxd_desktop.storage.history.verify import verify_connection

        # Nothing is committed: SQLite refuses to, once it has met a page that it cannot read.
        with faults_named(self._path), self._engine.connect() as connection:
            return verify_connection(connection)

    def close(self) -> None:
        """Close connections, then let others open the workspace; the file is one file then."""
        if self._lock is not None and not self._lock.in_place():
            self._leave_moved()
        elif self._lock is not None and not self._lock.untouched():
            self._leave_overwritten()
        self._engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def _bring_up_moved(self) -> None:
        self._written += 1
        with suppress(WorkspaceFault):
            self.settle()

    def _leave_moved(self) -> None:
        """Bring the log into the file, wherever that is; what is left of the log would spoil another one here.

        SQLite does neither when it closes a file that was moved.
        """
        self._bring_up_moved()
        # Where another file stands by now, they may be its own; ours is empty then.
        if self._settled == self._written and not self._path.exists():
            clear_sides(self._path)

    def _leave_overwritten(self) -> None:
        """Keep the log aside: closing would write it into a file that is somebody else's by now."""
        log = self._path.with_name(self._path.name + SIDES[0])
        with suppress(OSError):
            if log.stat().st_size:
                kept = name_aside(self._path, self._clock.now())
                shutil.copyfile(log, kept.with_name(kept.name + SIDES[0]))
                os.truncate(log, 0)

    def __enter__(self) -> SqlStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def held_engine(path: Path, lock: Holding, busy_ms: int = BUSY_MS) -> Engine:
    """The engine of a workspace whose lock is held; no new connection leads to another file."""

    def still_there() -> None:
        if not lock.in_place():
            raise WorkspaceFault("gone", path=str(path))

    return open_engine(path, trusted=True, busy_ms=busy_ms, still_there=still_there)
