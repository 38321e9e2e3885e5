"""Making and opening workspaces."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.scratch import clear_scratch, scratch_in
from kjxd_desktop.storage.history.line import LATER_KINDS
from kjxd_desktop.storage.sqlite.connect import connect
from kjxd_desktop.storage.sqlite.engine import BUSY_MS, open_engine
from kjxd_desktop.storage.sqlite.faults import fault_of_os, faults_named, require_free
from kjxd_desktop.storage.sqlite.folders import folder_of
from kjxd_desktop.storage.sqlite.lock import lock_workspace
from kjxd_desktop.storage.sqlite.migrate import create_schema, migrate
from kjxd_desktop.storage.sqlite.schema import HEAD, version_of
from kjxd_desktop.storage.sqlite.single_file import SIDES, clear_place, single_file
from kjxd_desktop.storage.store import SqlStore, held_engine
from kjxd_desktop.usecases.ports import Clock

# Bytes up to which a file is checked at every opening: 1 to 1.5 ms a megabyte.
QUICK_CHECKED = 32 * 1024 * 1024


class _NewFile:
    """A file in the making is nobody else's."""

    def in_place(self) -> bool:
        """As it was made a moment ago."""
        return True

    def note(self) -> None:
        """Nobody else knows of it."""

    def untouched(self) -> bool:
        """Nobody else knows of it."""
        return True

    def release(self) -> None:
        """Whoever made it lets go of it."""


NEW_FILE = _NewFile()


@contextmanager
def made_store(path: Path, migrations: Path, clock: Clock, who: str) -> Iterator[SqlStore]:
    """A new, empty workspace in the making: what the block puts into it stands at its place when the block ends.

    It is made under a short name beside its place and takes its own in one step: a kill, a full disk or a
    refusal leaves nothing at the place.

    Raises:
        WorkspaceFault: ``exists``, ``folder_missing``, ``no_permission``, ``disk_full`` …
    """
    require_free(path)
    clear_scratch(path.parent)
    lock = lock_workspace(path)
    try:
        with faults_named(path), scratch_in(path.parent) as made:
            create_schema(made.path, migrations)
            with SqlStore(made.path, open_engine(made.path, trusted=True), clock, who, NEW_FILE) as store:
                yield store
            single_file(made.path)
            clear_place(path)
            made.take_free_name(path)
    except OSError as error:
        raise fault_of_os(error, path) from error
    finally:
        lock.release()


def open_store(
    path: Path, migrations: Path, backups: Path, clock: Clock, who: str, *, busy_ms: int = BUSY_MS
) -> SqlStore:
    """Open a workspace for reading and writing, upgrading it first when it is older.

    Args:
        busy_ms: How long a write waits while another program holds the file.

    Raises:
        WorkspaceFault: ``absent``, ``not_a_workspace``, ``newer``, ``altered``, ``in_use``, ``migration_failed`` …
    """
    # A link leads to the file itself: its locks and logs stand beside that one.
    try:
        path = path.resolve()
    except (OSError, RuntimeError) as error:
        # A link that leads to itself.
        raise WorkspaceFault("absent", path=str(path)) from error
    version = version_of(path, tidy=False)
    lock = lock_workspace(path)
    with ExitStack() as undo:
        undo.callback(lock.release)
        clear_scratch(path.parent)
        for side in ("", *SIDES):
            # What a restore of an earlier release left: no other is under way while this one holds the lock.
            with suppress(OSError):
                path.with_name(f"{path.name}.restoring{side}").unlink(missing_ok=True)
        _require_sound(path)
        if version != HEAD:
            migrate(path, migrations, backups, clock.now(), lock)
            lock.hold()

        store = SqlStore(path, held_engine(path, lock, busy_ms), clock, who, lock)
        undo.callback(store.close)
        # The first connection may still write the file's head.
        with store.connected():
            lock.note()
        untold, identity = _untold(path)
        clear_scratch(folder_of(backups, identity), ours=True)
        if untold:
            with store.writing("anchor", None) as uow:
                uow.anchor(untold)
        undo.pop_all()
        return store


def _require_sound(path: Path) -> None:
    """Refuse a file that SQLite finds damaged, before anything is written into it.

    Large files are not read whole at every start; those are verified once the window is up.

    Raises:
        WorkspaceFault: ``damaged``.
    """
    with faults_named(path), closing(connect(path)) as connection:
        if path.stat().st_size <= QUICK_CHECKED:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != ("ok",):
                raise WorkspaceFault("damaged", path=str(path))


def _untold(path: Path) -> tuple[frozenset[str], str]:
    """What earlier releases wrote without telling history of it, and the workspace's identity.

    Asked past SQLAlchemy, because every start asks.
    """
    query = "SELECT 1 FROM history WHERE what = ? LIMIT 1"
    with faults_named(path), closing(connect(path)) as connection:
        untold = frozenset(
            what
            for what in set(LATER_KINDS.values())
            if connection.execute(query, (what,)).fetchone() is None
        )
        (identity,) = connection.execute("SELECT id FROM workspace").fetchone() or ("",)
        return untold, str(identity)


def open_store_for_reading(path: Path, clock: Clock) -> SqlStore:
    """Open a workspace without the right to write, also while another program writes it."""
    if version_of(path) != HEAD:
        raise WorkspaceFault("older", path=str(path))
    return SqlStore(path, open_engine(path, read_only=True, trusted=True), clock, "", None)
