"""Opening and reading files from outside: regular files only, and never more of them than a limit."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.held_file import belongs_to_held

_MEBIBYTE = 1024 * 1024
_PIECE = _MEBIBYTE
# Windows: the file is open in another program that lets nobody else read it.
_SHARING_VIOLATION = 32
# A pipe without a writer would hold the program when it is opened; neither may a terminal become the program's own.
_HOW = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


def open_file(path: Path) -> BinaryIO:
    """Open a regular file for reading; links to one are followed.

    Raises:
        FileFault: ``not_found``, ``is_folder``, ``input_is_workspace`` for the open one and what stands
            beside it, ``not_a_file`` for devices, pipes and sockets, ``no_permission``
            or ``file_in_use``.
    """
    if belongs_to_held(path):
        # Closing it again would let go of the locks that keep the open workspace whole.
        raise FileFault(FaultCode.INPUT_IS_WORKSPACE, path.name)
    try:
        # Looked at before it is opened as well: opening some devices does something already.
        _require_regular(os.stat(path), path)
        handle = os.open(path, _HOW)
    except (OSError, ValueError) as error:
        raise _fault(error, path) from error
    try:
        _require_regular(os.fstat(handle), path)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_file(path: Path, limit: int) -> bytes:
    """The whole content of a regular file.

    Args:
        limit: Most bytes that are taken; of a bigger file no more than that is ever read.

    Raises:
        FileFault: As :func:`open_file`; ``too_big``, or ``changing`` when another program writes it meanwhile.
    """
    with open_file(path) as file:
        before = os.fstat(file.fileno())
        # A sparse file may claim any size.
        if before.st_size > limit:
            raise _too_big(path, limit, before.st_size)
        try:
            pieces, size = [], 0
            while piece := file.read(min(_PIECE, limit + 1 - size)):
                pieces.append(piece)
                size += len(piece)
                if size > limit:
                    raise _too_big(path, limit, size)
            after = os.fstat(file.fileno())
        except OSError as error:
            raise _fault(error, path) from error
    if size != after.st_size or after.st_mtime_ns != before.st_mtime_ns:
        raise FileFault(FaultCode.CHANGING, path.name)
    return b"".join(pieces)


def _require_regular(found: os.stat_result, path: Path) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise FileFault(FaultCode.IS_FOLDER, path.name)
    if not stat.S_ISREG(found.st_mode):
        raise FileFault(FaultCode.NOT_A_FILE, path.name)


def _too_big(path: Path, limit: int, size: int) -> FileFault:
    params = {"what": "file", "limit": str(limit // _MEBIBYTE), "size": f"{size // _MEBIBYTE} MB"}
    return FileFault(FaultCode.TOO_BIG, path.name, params)


def _fault(error: OSError | ValueError, path: Path) -> FileFault:
    if isinstance(error, PermissionError):
        in_use = getattr(error, "winerror", None) == _SHARING_VIOLATION
        return FileFault(FaultCode.FILE_IN_USE if in_use else FaultCode.NO_PERMISSION, path.name)
    if isinstance(error, OSError) and error.errno in (errno.ENXIO, errno.ENODEV):
        # A socket, or a device that is not there.
        return FileFault(FaultCode.NOT_A_FILE, path.name, detail=str(error))
    if isinstance(error, OSError) and error.errno == errno.EIO:
        return FileFault(FaultCode.READER_FAILED, path.name, detail=str(error))
    return FileFault(FaultCode.NOT_FOUND, path.name, detail=str(error))
