"""Frozen answers about the yearly archive: which years there are, what went into one, what could not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.exchanged import Provenance


class FileSort(StrEnum):
    """What a file of the archive was."""

    SENT = "sent"
    SENT_EVIDENCE = "sent_evidence"
    RECEIVED = "received"
    EVIDENCE = "evidence"
    MARK = "mark"


class Absence(StrEnum):
    """Why a file that is told of is not in the archive."""

    # What earlier releases sent was not kept.
    NOT_STORED = "not_stored"
    # The return names it; the file itself did not come with it, or was lost since.
    NOT_HERE = "not_here"
    # It was kept when it was sent, and is there no more: a damaged workspace was restored without it.
    LOST = "lost"
    # What is kept is no longer what came: the workspace was changed past the program, or is damaged.
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class FiledFile:
    """One file of the year.

    Attributes:
        key: The return it belongs to.
        round: It was sent in; None for what no round is known of.
        at: When it was taken in; None for what was sent or typed in here.
        code: Task or indicator that it proves; empty for workbooks.
        name: The name it had.
        digest: What is kept of it, see ``domain.digests``; None when nothing is.
        number: Number of the import; None for what is kept by its digest.
        bytes: None when it is not known before it is read.
        path: Its place in the archive, ``/`` between folders.
        absent: Why it is not there; None when it is.
        came: What a received file came as.
    """

    sort: FileSort
    key: ReturnKey
    name: str
    path: str = ""
    round: int | None = None
    at: datetime | None = None
    code: str = ""
    digest: str | None = None
    number: int | None = None
    bytes: int | None = None
    absent: Absence | None = None
    came: Provenance | None = None


@dataclass(frozen=True, slots=True)
class ArchiveYear:
    """A year that something was kept for.

    Attributes:
        returns: How many returns, of all plans.
    """

    year: int
    returns: int


@dataclass(frozen=True, slots=True)
class Archived:
    """An archive that was written.

    Attributes:
        folder: Whether it is a folder in place of one zip.
        plans: Ids of the plans in it.
        figures: Lines of the table of figures.
        tasks: Lines of the table of progress.
        files: Files in it, tables and digests with them.
        bytes: Of the files, before they are packed.
        digest: SHA-256 of its list of digests, which vouches for all the others.
        algorithms: The digests that it lists.
        verified: Whether the workspace fitted its history.
        missing: What is told of and could not be put in.
    """

    path: Path
    folder: bool
    year: int
    plans: tuple[str, ...]
    returns: int
    figures: int
    tasks: int
    files: int
    bytes: int
    digest: str
    algorithms: tuple[str, ...]
    verified: bool
    missing: tuple[FiledFile, ...]
