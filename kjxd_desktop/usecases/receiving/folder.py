"""What of a folder is taken in: whatever may be a table, three levels deep; what is passed over is named.

Only names and kinds of entries are looked at here; whether a file is a table its content says.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.file_names import readable_name
from kjxd_desktop.wording.receiving.imports import EVIDENCE_ENDING

# Folders within the folder that was named, one in the other.
LEVELS = 3
# What systems leave behind, on sticks above all, in lower case.
_SYSTEM = frozenset(
    {
        "thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "autorun.inf",
        "icon\r",
        "system volume information",
        "$recycle.bin",
        "recycler",
        "recycled",
        "lost+found",
        "__macosx",
        "lost.dir",
    }
)
_LOCKS = ("~$", ".~")
TABLES = frozenset(
    [".xlsx", ".xlsm", ".xls", ".xltx", ".xlt", ".et", ".ett", ".ods", ".csv", ".htm", ".html"]
)
# By these names nobody sends a table.
_OTHERS = frozenset(
    [
        ".txt",
        ".md",
        ".log",
        ".ini",
        ".inf",
        ".db",
        ".lnk",
        ".url",
        ".tmp",
        ".bak",
        ".doc",
        ".docx",
        ".wps",
        ".wpt",
        ".rtf",
        ".odt",
        ".ppt",
        ".pptx",
        ".dps",
        ".pdf",
        ".ofd",
        ".jpg",
        ".jpeg",
        ".png",
        ".gif",
        ".bmp",
        ".tif",
        ".tiff",
        ".webp",
        ".heic",
        ".mp3",
        ".mp4",
        ".avi",
        ".zip",
        ".rar",
        ".7z",
        ".gz",
        ".exe",
        ".msi",
        ".dll",
        ".bat",
        ".cmd",
        ".sh",
        ".py",
        ".json",
        ".kjxd",
        ".kjxd-wal",
        ".kjxd-shm",
        ".kjxd-journal",
        ".lock",
    ]
)
# What shows only when it is read that it is none: codes of faults, and of what is refused as no return.
_NO_TABLE = frozenset({FaultCode.NOT_TABLE, FaultCode.PICTURE, FaultCode.EMPTY, "not_a_return", "no_tables"})


class PassedReason(StrEnum):
    """Why something in a folder is not read."""

    SYSTEM = "system"
    LOCK = "lock"
    OTHER_KIND = "other_kind"
    NO_TABLE = "no_table"
    EVIDENCE = "evidence"
    LINK = "link"
    NO_FILE = "no_file"
    TOO_DEEP = "too_deep"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Something in a folder that is not read.

    Attributes:
        name: Its place in the folder that was named, with ``/``.
        waits: It may hold returns all the same: a person has to look.
    """

    name: str
    reason: PassedReason
    waits: bool = False


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file to be read.

    Attributes:
        name: As it is told: the file's name, in a folder with its place in it.
        named: Whether the person named it; of a folder's files those that are no tables are passed over.
    """

    path: Path
    name: str
    named: bool = True

    def passed_over(self, code: str) -> PassedOver | None:
        """The file as one that is passed over, when what reading it met says that it never was a table."""
        if self.named or code not in _NO_TABLE or self.path.suffix.lower() in TABLES:
            return None
        return PassedOver(self.name, PassedReason.NO_TABLE)


@dataclass(frozen=True, slots=True)
class UnreadFolder:
    """A folder, or one in it, that could not be looked into."""

    name: str
    fault: FileFault


Found = FolderFile | PassedOver | UnreadFolder


def found_in(path: Path) -> Iterator[Found]:
    """What a person named: a file, or a folder with all that is in it, by name."""
    if path.is_dir():
        yield from _walk(path, "", 0)
    else:
        yield FolderFile(path, readable_name(path.name))


def _walk(folder: Path, place: str, level: int) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        gone = isinstance(error, FileNotFoundError | NotADirectoryError)
        code = FaultCode.NOT_FOUND if gone else FaultCode.NO_PERMISSION
        name = place.removesuffix("/") or folder.name or str(folder)
        yield UnreadFolder(name, FileFault(code, name, detail=str(error)))
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        yield from _entry(entry, f"{place}{readable_name(entry.name)}", names, level)


def _entry(entry: os.DirEntry[str], name: str, beside: set[str], level: int) -> Iterator[Found]:
    path = Path(entry.path)
    reason = _by_name(entry.name)
    if reason is PassedReason.SYSTEM or reason is PassedReason.LOCK:
        yield PassedOver(name, reason)
    elif _is_link(entry):
        yield PassedOver(name, PassedReason.LINK)
    elif entry.is_dir(follow_symlinks=False):
        if level < LEVELS:
            yield from _walk(path, f"{name}/", level + 1)
        else:
            yield PassedOver(name, PassedReason.TOO_DEEP, waits=_holds_something(path))
    elif not entry.is_file(follow_symlinks=False):
        yield PassedOver(name, PassedReason.NO_FILE)
    elif entry.name.endswith(EVIDENCE_ENDING):
        # Comes in with its workbook; alone it belongs to nothing.
        if not any(entry.name.removesuffix(EVIDENCE_ENDING) + ending in beside for ending in TABLES):
            yield PassedOver(name, PassedReason.EVIDENCE)
    elif reason is not None:
        yield PassedOver(name, reason)
    else:
        yield FolderFile(path, name, named=False)


def _by_name(name: str) -> PassedReason | None:
    if name.startswith(_LOCKS):
        return PassedReason.LOCK
    if name.startswith(".") or name.lower() in _SYSTEM:
        return PassedReason.SYSTEM
    return PassedReason.OTHER_KIND if os.path.splitext(name)[1].lower() in _OTHERS else None


def _is_link(entry: os.DirEntry[str]) -> bool:
    # Windows has a second kind, which Python knows from 3.12 on.
    junction = getattr(entry, "is_junction", None)
    return entry.is_symlink() or bool(junction is not None and junction())


def _holds_something(folder: Path) -> bool:
    """Whether there is anything below that would be read."""
    for _, folders, files in os.walk(folder, onerror=None, followlinks=False):
        folders[:] = [name for name in folders if _by_name(name) is None]
        if any(_by_name(name) is None for name in files):
            return True
    return False
