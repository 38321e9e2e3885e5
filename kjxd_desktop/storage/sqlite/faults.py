"""SQLite's and the operating system's errors become workspace faults a clerk can act on."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.held_file import without_side
from kjxd_desktop.scratch import is_scratch

_BY_SQLITE = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_READONLY": "read_only",
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_CORRUPT": "damaged",
    # Nothing that the program writes is as large as what it refuses to read.
    "SQLITE_TOOBIG": "damaged",
    "SQLITE_NOTADB": "not_a_workspace",
    "SQLITE_CANTOPEN": "no_permission",
    "SQLITE_PERM": "no_permission",
    "SQLITE_IOERR": "io",
}
# Python's own, of a text that a flipped bit made none; it has no code.
_NO_TEXT = "Could not decode to UTF-8"
_BY_ERRNO = {
    errno.ENOSPC: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "read_only",
    errno.EEXIST: "exists",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.ENOENT: "folder_missing",
    errno.ENOTDIR: "folder_missing",
    errno.ENAMETOOLONG: "name_too_long",
}
# The longest name SQLite makes beside a database.
_LONGEST_SIDE = "-journal"
# With less room than this SQLite cannot even make its shared memory file.
_ROOM = 128 * 1024


def fault_of_sqlite(error: sqlite3.Error, path: Path) -> WorkspaceFault | None:
    """The fault an SQLite error stands for; None when it is a bug of ours (a constraint, bad SQL)."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, code in _BY_SQLITE.items():
        if name.startswith(prefix):
            return WorkspaceFault(_sharper(code, path), path=str(path))
    if str(error).startswith(_NO_TEXT):
        return WorkspaceFault("damaged", path=str(path))
    return None


def _sharper(code: str, path: Path) -> str:
    """SQLite says only that it cannot open or write a file; the system is asked why."""
    try:
        if code == "no_permission":
            os.stat(path)
            os.stat(path.with_name(path.name + _LONGEST_SIDE))
        elif code == "io" and shutil.disk_usage(path.parent).free < _ROOM:
            return "disk_full"
    except FileNotFoundError:
        # The database itself: what is missing beside it may be missing.
        if not path.exists():
            return "absent" if path.parent.is_dir() else "folder_missing"
    except OSError as error:
        return _BY_ERRNO.get(error.errno or 0, code)
    if code == "no_permission" and shutil.disk_usage(path.parent).free < _ROOM:
        return "disk_full"
    return code


def fault_of_os(error: OSError, path: Path) -> WorkspaceFault:
    """The fault an operating system error stands for."""
    return WorkspaceFault(_BY_ERRNO.get(error.errno or 0, "io"), path=str(path))


def require_free(path: Path) -> None:
    """Refuse a place that is taken, or that cannot be.

    Raises:
        WorkspaceFault: ``exists``, ``folder_missing``, ``name_too_long``, ``name_reserved``.
    """
    require_name(path)
    try:
        os.stat(path.parent)
    except OSError as error:
        raise fault_of_os(error, path.parent) from error
    try:
        # A link that leads nowhere takes the place too.
        os.lstat(path)
    except FileNotFoundError:
        return
    except OSError as error:
        raise fault_of_os(error, path) from error
    raise WorkspaceFault("exists", path=str(path))


def require_name(path: Path) -> None:
    """Refuse a name that belongs to what stands beside another data file, or to files in the making.

    Raises:
        WorkspaceFault: ``name_reserved``.
    """
    if without_side(path) is not None or is_scratch(path):
        raise WorkspaceFault("name_reserved", path=str(path))


@contextmanager
def faults_named(path: Path) -> Iterator[None]:
    """Turn errors of the surroundings inside the block into :class:`WorkspaceFault`."""
    try:
        yield
    except WorkspaceFault as error:
        if error.params.get("path") != "":
            raise
        # Raised by what knows only the content.
        raise WorkspaceFault(error.code, **{**error.params, "path": str(path)}) from error
    except DBAPIError as error:
        original = error.orig
        fault = fault_of_sqlite(original, path) if isinstance(original, sqlite3.Error) else None
        if fault is None:
            raise
        raise fault from error
    except UnicodeDecodeError as error:
        # SQLite's own message quotes what is damaged.
        raise WorkspaceFault("damaged", path=str(path)) from error
    except sqlite3.Error as error:
        fault = fault_of_sqlite(error, path)
        if fault is None:
            raise
        raise fault from error
