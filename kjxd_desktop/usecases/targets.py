"""Where a file may be written: never over a data file or a backup, over another file only when that was asked for."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.held_file import belongs_to_held, without_side

# How a file of SQLite begins, and where and how it names its program; storage.sqlite.schema has the same.
_SQLITE = b"SQLite format 3\0"
_ENDING = ".kjxd"
_PROGRAM_AT, _PROGRAM = 68, b"kjxd"


def require_target(path: Path, *, replace: bool) -> None:
    """Refuse to write a file there.

    Args:
        replace: Whether an existing file may be replaced; a data file, a backup or a folder never is.

    Raises:
        FileFault: ``target_is_workspace``, ``target_exists``, ``target_is_folder`` or ``target_not_a_file``.
    """
    # One that is damaged is known by its name alone.
    if is_workspace(path) or (path.suffix.lower() == _ENDING and path.is_file()):
        raise FileFault(FaultCode.TARGET_IS_WORKSPACE, path.name)
    try:
        mode = path.lstat().st_mode
    except OSError:
        # Nothing there, or a place that cannot be: the writing says which.
        return
    if stat.S_ISLNK(mode):
        with suppress(OSError):
            mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise FileFault(FaultCode.TARGET_IS_FOLDER, path.name)
    if not stat.S_ISREG(mode):
        raise FileFault(FaultCode.TARGET_NOT_A_FILE, path.name)
    if not replace:
        raise FileFault(FaultCode.TARGET_EXISTS, path.name)


def require_new_folder(path: Path) -> None:
    """Refuse to make a folder there: none that holds anything is ever replaced.

    Raises:
        FileFault: ``target_is_workspace`` or ``target_not_empty``.
    """
    if is_workspace(path):
        raise FileFault(FaultCode.TARGET_IS_WORKSPACE, path.name)
    if not os.path.lexists(path):
        return
    try:
        empty = not path.is_symlink() and not any(path.iterdir())
    except OSError:
        empty = False
    if not empty:
        raise FileFault(FaultCode.TARGET_NOT_EMPTY, path.name)


def is_workspace(path: Path) -> bool:
    """Whether a data file or a backup stands there, or what belongs to one, by whatever name or link.

    The open one is known without being opened again: closing it would let go of its locks.
    """
    if belongs_to_held(path):
        return True
    base = without_side(path)
    if base is not None and is_workspace(base):
        return True
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False
        with path.open("rb") as file:
            begun = file.read(_PROGRAM_AT + len(_PROGRAM))
    except OSError:
        return False
    return begun.startswith(_SQLITE) and begun.endswith(_PROGRAM)
