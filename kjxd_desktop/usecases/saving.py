"""Writing a file so that it is either there in full or not at all (rules.md 7.6)."""

from __future__ import annotations

import errno
import os
from contextlib import ExitStack
from pathlib import Path

from kjxd_desktop.domain.digests import digest_of, fits
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.scratch import Scratch, clear_scratch, scratch_in
from kjxd_desktop.usecases.targets import require_target

DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DENIED = (errno.EACCES, errno.EPERM)


def save_bytes(data: bytes, path: Path) -> str:
    """Write a file; one that stands there is replaced.

    The content goes to a new file in the same folder, is forced to the disk, read again and compared,
    and only then takes the name. Whatever fails, an existing file stays as it was and no other file is
    left behind.

    Returns:
        SHA-256 of the file, hexadecimal.

    Raises:
        FileFault: ``target_is_workspace``, ``disk_full``, ``folder_missing``, ``folder_read_only``, ``file_in_use``,
            ``target_is_folder``, ``written_differently`` or ``write_failed``.
    """
    require_target(path, replace=True)
    clear_scratch(path.parent)
    with ExitStack() as made:
        try:
            temporary = made.enter_context(scratch_in(path.parent))
            _write(data, temporary.path)
        except OSError as error:
            raise _fault(error, path, FaultCode.FOLDER_READ_ONLY) from error
        digest = digest_of(data)
        if not _reads_back(temporary.path, digest):
            raise FileFault(FaultCode.WRITTEN_DIFFERENTLY, path.name)
        try:
            _take_name(temporary, path)
        except OSError as error:
            raise _fault(error, path, FaultCode.FILE_IN_USE) from error
    return digest


def _write(data: bytes, path: Path) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _reads_back(path: Path, digest: str) -> bool:
    try:
        return fits(path.read_bytes(), digest)
    except OSError:
        return False


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
