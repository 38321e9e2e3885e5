"""A file held open: known by what it is, wherever it is moved; claimed, so that only one program writes it.

A path says where a file was. Whether it is still the same file is asked of the operating system: device and
inode (Windows: the file's index) of what is held open and of what stands at the path now. Both are asked while
the file is open, so that a file system that numbers files anew each time answers twice alike.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
from collections import Counter
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

# A byte that nobody reads or writes, far beyond what a file can hold; SQLite's own locks lie at 1 GB.
_CLAIMED_BYTE = 1 << 62
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


# Size in bytes and time of the last change in nanoseconds.
Stamp = tuple[int, int]
PIECES, PIECE = 64, 4096

# Device and inode of every file this process holds, and where it stood.
_HELD: Counter[tuple[int, int]] = Counter()
_PLACES: dict[tuple[int, int], Path] = {}
# Beside a database, and part of it.
SIDES = ("-wal", "-shm", "-journal", ".lock")


def is_held(path: Path) -> bool:
    """Whether this process holds the file at a path, whatever it is called there."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        # A name that no system takes is nobody's.
        return False
    return _HELD[found.st_dev, found.st_ino] > 0


def without_side(path: Path) -> Path | None:
    """The database that a file by its name stands beside; None for another name. Disks may not tell big letters."""
    name = path.name
    ending = next((side for side in SIDES if name.lower().endswith(side) and len(name) > len(side)), None)
    return None if ending is None else path.with_name(name[: -len(ending)])


def belongs_to_held(path: Path) -> bool:
    """Whether a file is held by this process, or stands beside one that is: SQLite has locks in these as well."""
    base = without_side(path)
    return is_held(path) or (base is not None and is_held(base)) or _is_side(path)


def _is_side(path: Path) -> bool:
    """Whether another name leads to what stands beside a held file."""
    if not _PLACES:
        return False
    with suppress(OSError, ValueError):
        found = os.stat(path)
        for place in _PLACES.values():
            for side in SIDES:
                with suppress(OSError):
                    if os.path.samestat(found, os.stat(place.with_name(place.name + side))):
                        return True
    return False


class HeldFile:
    """A file kept open for reading and writing until :meth:`close`.

    On POSIX systems closing *any* handle of a file lets go of the locks that SQLite took in this process:
    a held database is let go of after its connections, and nothing else may open it meanwhile.

    Raises:
        OSError: It cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        own = os.fstat(self._handle)
        self._id = own.st_dev, own.st_ino
        if own.st_ino:
            _HELD[self._id] += 1
            _PLACES[self._id] = path

    def claim(self) -> bool | None:
        """Take the file for this program alone, until it ends; False when another one, by whatever name, has it.

        None where the system cannot lock (some network shares).
        """
        assert self._handle is not None, "not closed yet"
        try:
            _lock(self._handle)
        except OSError as error:
            return False if error.errno in _TAKEN else None
        return True

    def in_place(self) -> bool | None:
        """Whether the path still leads to this file; None when the system does not number files."""
        if self._handle is None:
            return False
        own = os.fstat(self._handle)
        try:
            there = os.stat(self._path)
        except OSError:
            return False
        if not own.st_ino:
            return None
        return os.path.samestat(own, there)

    def stamp(self) -> Stamp:
        """Size and time of the content as it is now; two that differ need not be two contents."""
        assert self._handle is not None, "not closed yet"
        found = os.fstat(self._handle)
        return found.st_size, found.st_mtime_ns

    def sample(self) -> bytes:
        """A digest of pieces all over the content: another file's, or an older state's, is another one.

        Read by the held handle: to open and close the file once more would end SQLite's locks.
        """
        assert self._handle is not None, "not closed yet"
        size = os.fstat(self._handle).st_size
        told = blake2b(str(size).encode())
        for number in range(PIECES):
            os.lseek(self._handle, size * number // PIECES, os.SEEK_SET)
            told.update(os.read(self._handle, PIECE))
        return told.digest()

    def close(self) -> None:
        """Let go of the file and of the claim."""
        if self._handle is not None:
            if _HELD[self._id]:
                _HELD[self._id] -= 1
            if not _HELD[self._id]:
                del _HELD[self._id]
                _PLACES.pop(self._id, None)
            os.close(self._handle)
            self._handle = None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, _CLAIMED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        # A lock of the open file, not of the process: SQLite closes handles of the same file, and a lock of the
        # process would go with the first.
        wanted = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, _CLAIMED_BYTE, 1, 0)
        fcntl.fcntl(handle, fcntl.F_OFD_SETLK, wanted)
