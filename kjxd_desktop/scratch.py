"""Files in the making: beside where they shall stand, under a short name, and gone when their maker is.

Whatever is made (workspace, backup, workbook) is made whole under such a name and then takes its own. A killed
program leaves it behind; the next start of any takes it away, once nobody holds it any more.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kjxd_desktop.held_file import HeldFile, is_held

# A short name: one built from a long file name could exceed what the file system allows.
_NAME = r"\.kjxd-[0-9a-f]{16}\.tmp(-wal|-shm|-journal|-folder)?"
# Seconds after which one goes that cannot be asked whether somebody holds it (some network shares).
UNKNOWN_KEPT = 86_400
_FOLDER = "-folder"
_SIDES = ("", "-wal", "-shm", "-journal", _FOLDER)


class Scratch:
    """An empty new file, claimed until it is let go of.

    Attributes:
        path: Where it is.
    """

    def __init__(self, folder: Path) -> None:
        self.path, self._held = _claimed(folder)
        # Another program's clearing may have come between making and claiming.
        while self._held.in_place() is False:
            self._held.close()
            self.path, self._held = _claimed(folder)

    def take_name(self, target: Path) -> None:
        """Become the target, in one step; one that stands there is replaced.

        Raises:
            OSError: The target cannot be replaced; then it is as it was.
        """
        # Windows renames no open file.
        self._held.close()
        os.replace(self.path, target)
        sync_folder(target.parent)

    def take_free_name(self, target: Path) -> None:
        """Become the target, in one step, unless one stands there already.

        Raises:
            FileExistsError: One stands there.
            OSError: The folder cannot be written.
        """
        self._held.close()
        if os.name == "nt":
            os.rename(self.path, target)
            return
        try:
            os.link(self.path, target)
        except FileExistsError:
            raise
        except OSError:
            # USB sticks know no second name of a file: looked for and taken in two steps.
            if target.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
            os.rename(self.path, target)
        else:
            self.path.unlink(missing_ok=True)
        sync_folder(target.parent)

    @property
    def folder_path(self) -> Path:
        """Where a whole folder is made."""
        return self.path.with_name(self.path.name + _FOLDER)

    def folder(self) -> Path:
        """Make an empty folder beside it; nobody else touches it either."""
        self.folder_path.mkdir()
        return self.folder_path

    def take_folder_name(self, target: Path) -> None:
        """The folder becomes the target, in one step; an empty one that stands there is replaced.

        Raises:
            OSError: The target cannot be made.
        """
        if os.name == "nt" and target.is_dir():
            target.rmdir()
        os.rename(self.folder_path, target)
        sync_folder(target.parent)

    def close(self) -> None:
        """Let go of it, whatever became of it."""
        self._held.close()

    def remove(self) -> None:
        """Take away what did not become anything."""
        self.close()
        for side in _SIDES:
            with suppress(OSError):
                _take_away(self.path.with_name(self.path.name + side))


def _take_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _claimed(folder: Path) -> tuple[Path, HeldFile]:
    path = folder / f".kjxd-{os.urandom(8).hex()}.tmp"
    # Not tempfile: its files can be read by their owner only, and the mode would stay with the result.
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    held = HeldFile(path)
    held.claim()
    return path, held


def _left(half: Path) -> bool:
    """Whether nobody is making a file any more.

    Raises:
        OSError: It cannot be looked at.
    """
    if is_held(half):
        # Being made here; or, with a second name, whole long ago.
        return half.stat().st_nlink > 1
    held = HeldFile(half)
    free = held.claim()
    held.close()
    return free is True or (free is None and time.time() - half.stat().st_mtime > UNKNOWN_KEPT)


def _clear_older(folder: Path) -> None:
    for half in folder.glob("*.part*"):
        with suppress(OSError):
            if time.time() - half.stat().st_mtime > UNKNOWN_KEPT:
                half.unlink(missing_ok=True)


@contextmanager
def scratch_in(folder: Path) -> Iterator[Scratch]:
    """A file in the making; whatever did not take a name is gone afterwards.

    Raises:
        OSError: The folder cannot be written.
    """
    made = Scratch(folder)
    try:
        yield made
    finally:
        made.remove()


def clear_scratch(folder: Path, *, ours: bool = False) -> None:
    """Take away what killed programs left in a folder; what somebody is still making stays.

    A kill while a name was taken leaves a second name of a whole file, which may be the one that is open here: it
    goes without being opened.

    Args:
        ours: Nobody else has files there: what earlier releases left half-written under names of their own goes too.
    """
    if ours:
        _clear_older(folder)
    try:
        names = [name for name in os.listdir(folder) if re.fullmatch(_NAME, name)]
    except OSError:
        return
    for name in sorted(names):
        stem = folder / name[: name.index(".tmp") + len(".tmp")]
        with suppress(OSError):
            if stem.exists() and not _left(stem):
                continue
            for side in _SIDES:
                _take_away(stem.with_name(stem.name + side))


def is_scratch(path: Path) -> bool:
    """Whether a name is one of a file in the making: whatever has it may be taken away."""
    return re.fullmatch(_NAME, path.name) is not None


def sync_folder(folder: Path) -> None:
    """Make a new name last through a power cut; Windows keeps names by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
