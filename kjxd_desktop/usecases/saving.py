"""Writing a file so that it is either there in full or not at all (rules.md 7.6)."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from kjxd_desktop.domain.digests import digest_of, fits
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.scratch import Scratch, clear_scratch, scratch_in, sync_folder
from kjxd_desktop.usecases.targets import require_new_folder, require_target

DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DENIED = (errno.EACCES, errno.EPERM)


def save_bytes(data: bytes, path: Path) -> str:
    """Write a file; one that stands there is replaced.

    Returns:
        SHA-256 of the file, hexadecimal.

    Raises:
        FileFault: As :func:`save_stream`.
    """
    digest = digest_of(data)
    save_stream(lambda file: file.write(data), lambda made: fits(made.read_bytes(), digest), path)
    return digest


def save_stream(write: Callable[[BinaryIO], object], same: Callable[[Path], bool], path: Path) -> None:
    """Write a file piece by piece; one that stands there is replaced.

    The content goes to a new file in the same folder, is forced to the disk, read again and compared,
    and only then takes the name. Whatever fails, an existing file stays as it was and no other file is
    left behind.

    Args:
        write: Writes the content.
        same: Reads it again; whether it is what was written.

    Raises:
        FileFault: ``target_is_workspace``, ``disk_full``, ``folder_missing``, ``folder_read_only``, ``file_in_use``,
            ``target_is_folder``, ``written_differently`` or ``write_failed``.
    """
    require_target(path, replace=True)
    clear_scratch(path.parent)
    with ExitStack() as made:
        try:
            temporary = made.enter_context(scratch_in(path.parent))
            write_through(write, temporary.path)
        except OSError as error:
            raise _fault(error, path, FaultCode.FOLDER_READ_ONLY) from error
        _require_same(same, temporary.path, path)
        try:
            _take_name(temporary, path)
        except OSError as error:
            raise _fault(error, path, FaultCode.FILE_IN_USE) from error


def save_folder(write: Callable[[Path], object], same: Callable[[Path], bool], path: Path) -> None:
    """Make a folder with all that is in it; whatever fails, there is none.

    Args:
        write: Fills the folder it is given, each file through :func:`write_through`.
        same: Reads the folder again; whether it is what was written.

    Raises:
        FileFault: ``target_is_workspace``, ``target_not_empty``, or as :func:`save_stream`.
    """
    require_new_folder(path)
    clear_scratch(path.parent)
    with ExitStack() as made:
        try:
            temporary = made.enter_context(scratch_in(path.parent))
            folder = temporary.folder()
            write(folder)
            for inner in (folder, *(item for item in folder.rglob("*") if item.is_dir())):
                sync_folder(inner)
        except OSError as error:
            raise _fault(error, path, FaultCode.FOLDER_READ_ONLY) from error
        _require_same(same, folder, path)
        try:
            temporary.take_folder_name(path)
        except OSError as error:
            raise _fault(error, path, FaultCode.FILE_IN_USE) from error


def write_through(write: Callable[[BinaryIO], object], path: Path) -> None:
    """Write a file in the making, down to the disk.

    Raises:
        OSError: As the system says it.
    """
    with path.open("wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())


def _require_same(same: Callable[[Path], bool], made: Path, path: Path) -> None:
    try:
        read_back = same(made)
    except OSError:
        read_back = False
    if not read_back:
        raise FileFault(FaultCode.WRITTEN_DIFFERENTLY, path.name)


def _take_name(temporary: Scratch, path: Path) -> None:
    # Renaming asks the folder for permission, not the file: one set to read-only would be lost.
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "read-only", str(path))
    temporary.take_name(path)


def _fault(error: OSError, path: Path, when_denied: FaultCode) -> FileFault:
    if error.errno in DISK_FULL:
        code = FaultCode.DISK_FULL
    elif error.errno == errno.EROFS:
        code = FaultCode.FOLDER_READ_ONLY
    elif error.errno in _DENIED:
        code = when_denied
    elif error.errno in (errno.ENOENT, errno.ENOTDIR):
        code = FaultCode.FOLDER_MISSING
    else:
        code = FaultCode.WRITE_FAILED
    return FileFault(code, path.name, detail=str(error))
