"""What an archive's files are put into, one zip or one folder, with the digests of every one of them."""

from __future__ import annotations

import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, BinaryIO

from kjxd_desktop.domain.digests import FIRST, running_digests
from kjxd_desktop.usecases.saving import save_folder, save_stream, write_through

# The oldest time a zip can hold: the same content makes the same file, whenever it is written.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_UNIX = 3
_PIECE = 1 << 20
# What is packed already, and pictures, would only take time.
_TEXTS = (".txt", ".csv", ".json")


class Box(ABC):
    """Takes files one after the other; only one is in memory at a time.

    Attributes:
        digests: By path and name of the algorithm, hexadecimal.
        bytes: Of everything that was put in.
    """

    def __init__(self) -> None:
        self.digests: dict[str, dict[str, str]] = {}
        self.bytes = 0

    def put(self, path: str, pieces: Iterable[bytes], size: int | None = None) -> None:
        """Write a file.

        Args:
            path: Folders and name, ``/`` between them; every part is safe, and no two paths are alike.
            size: How long it is, where that is known before.
        """
        running = running_digests()

        def write(file: IO[bytes]) -> None:
            for piece in pieces:
                file.write(piece)
                self.bytes += len(piece)
                for digest in running.values():
                    digest.update(piece)

        self._write(path, size, write)
        self.digests[path] = {name: digest.hexdigest() for name, digest in running.items()}

    def sums(self, algorithm: str) -> str:
        """The digests so far, as ``sha256sum -c`` reads them."""
        lines = (f"{found[algorithm]}  {path}\n" for path, found in sorted(self.digests.items()))
        return "".join(lines)

    def same(self, path: Path) -> bool:
        """Whether what was written is there again, and nothing else, piece for piece.

        Raises:
            OSError: It cannot be read.
        """
        try:
            return self._read_back(path) == {name: found[FIRST] for name, found in self.digests.items()}
        except (zipfile.BadZipFile, zlib.error, EOFError):
            return False

    @abstractmethod
    def _write(self, path: str, size: int | None, write: Callable[[IO[bytes]], None]) -> None: ...

    @abstractmethod
    def _read_back(self, made: Path) -> dict[str, str]: ...


class ZipBox(Box):
    """One zip."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self.archive = zipfile.ZipFile(file, "w")

    def _write(self, path: str, size: int | None, write: Callable[[IO[bytes]], None]) -> None:
        info = zipfile.ZipInfo(path, _NO_TIME)
        info.external_attr, info.create_system = _READABLE, _UNIX
        info.compress_type = zipfile.ZIP_DEFLATED if path.endswith(_TEXTS) else zipfile.ZIP_STORED
        info.file_size = size or 0
        # How long a table becomes is not known before.
        with self.archive.open(info, "w", force_zip64=size is None) as file:
            write(file)

    def _read_back(self, made: Path) -> dict[str, str]:
        found = {}
        with zipfile.ZipFile(made) as archive:
            for name in archive.namelist():
                with archive.open(name) as file:
                    found[name] = _digest(file)
        return found


class FolderBox(Box):
    """One folder."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root

    def _write(self, path: str, size: int | None, write: Callable[[IO[bytes]], None]) -> None:
        place = self._root.joinpath(*path.split("/"))
        place.parent.mkdir(parents=True, exist_ok=True)
        write_through(write, place)

    def _read_back(self, made: Path) -> dict[str, str]:
        found = {}
        for place in made.rglob("*"):
            if not place.is_dir():
                with place.open("rb") as file:
                    found[place.relative_to(made).as_posix()] = _digest(file)
        return found


def save_box(fill: Callable[[Box], None], path: Path, *, folder: bool) -> Box:
    """Write an archive whole or not at all.

    Args:
        fill: Puts every file in.

    Raises:
        FileFault: As ``usecases.saving`` raises them; then nothing is there that was not there before.
    """
    made: list[Box] = []

    def write_zip(file: BinaryIO) -> None:
        box = ZipBox(file)
        made.append(box)
        try:
            fill(box)
            box.archive.close()
        except BaseException:
            # What is half needs no directory, and gets none when it is collected.
            box.archive.fp = None
            raise

    def write_folder(root: Path) -> None:
        made.append(FolderBox(root))
        fill(made[-1])

    def same(place: Path) -> bool:
        return made[-1].same(place)

    if folder:
        save_folder(write_folder, same, path)
    else:
        save_stream(write_zip, same, path)
    return made[-1]


def _digest(file: IO[bytes]) -> str:
    running = running_digests()[FIRST]
    while piece := file.read(_PIECE):
        running.update(piece)
    return running.hexdigest()
