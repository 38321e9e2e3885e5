"""What tours put into a folder, so that the next one replaces that and nothing else."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from kjxd_desktop.domain.digests import digest_of, fits
from kjxd_desktop.domain.file_fault import FaultCode, FileFault

LIST = ".kjxd-tour"


class TourFiles:
    """The files of tours in one folder; a list beside them keeps their names and digests.

    A file that somebody changed since is his.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # By name; empty for one that was about to be made when a tour ended.
        self._digests: dict[str, str] = {}
        # Names this tour uses.
        self._taken: set[str] = set()
        with suppress(OSError, UnicodeDecodeError):
            for line in (folder / LIST).read_text("utf-8").splitlines():
                digest, _, name = line.partition(" ")
                self._digests[name] = digest

    def place(self, name: str) -> Path:
        """Where a file of a name is."""
        return self._folder / name

    def make_room(self, name: str) -> Path:
        """Take away what an earlier tour left by a name that is about to be used.

        Raises:
            FileFault: ``target_not_tours`` when somebody else's file stands there.
            OSError: The folder cannot be written.
        """
        path = self._folder / name
        if os.path.lexists(path):
            if not self._is_own(path):
                raise FileFault(FaultCode.TARGET_NOT_TOURS, name)
            path.unlink()
        self._taken.add(name)
        self._note(name, "")
        return path

    def clear(self, pattern: str) -> None:
        """Take away what earlier tours left by names that fit a regular expression as a whole."""
        for name in self._digests.keys() - self._taken:
            if re.fullmatch(pattern, name) is None:
                continue
            path = self._folder / name
            if self._is_own(path):
                path.unlink(missing_ok=True)

    def made(self, path: Path) -> None:
        """A file that room was made for is whole now."""
        self._note(path.name, digest_of(path.read_bytes()))

    def _is_own(self, path: Path) -> bool:
        digest = self._digests.get(path.name)
        if digest is None or path.is_symlink() or not path.is_file():
            return False
        return not digest or fits(path.read_bytes(), digest)

    def _note(self, name: str, digest: str) -> None:
        self._digests[name] = digest
        with (self._folder / LIST).open("a", encoding="utf-8") as file:
            file.write(f"{digest} {name}\n")
