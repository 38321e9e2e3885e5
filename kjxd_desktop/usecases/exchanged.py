"""Frozen records of what went out and came in, as storage keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Progress
from kjxd_desktop.domain.returns.returns import ReturnKey


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a unit's submission held, field by field: the base that later files are compared with.

    Attributes:
        entries: By indicator code.
        progress: By task code.
        reasons: What the reasons that came with it are bound to, by indicator code and rule; only of a file that
            is as its sender's program wrote it.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    progress: Mapping[str, Progress] = field(default_factory=dict)
    reasons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChainHead:
    """How far a workspace's history was at a moment: what a submission carries with it.

    A chain rewritten as a whole fits in itself, but no longer the heads that others were given.

    Attributes:
        line: Number of the last line, from 1; 0 before the first.
        link: Its link, SHA-256 in hexadecimal.
    """

    line: int
    link: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an applied file came as: what proves it later, to paper and to the sender's next files.

    Attributes:
        format: Of its check code (``domain/returns/check_code.py``).
        round: As the sender's program numbered it.
        content: Digest of what the file visibly says, by the rules of that format.
        first: The same by the rules of the first format: paper may have been printed by a program that had it.
        workspace_id: Data file it was sent from.
        sent_at: When it was written, as it says; None where it does not.
        asked: A person asked the sender because seal or heads did not fit, and took it in.
    """

    format: int
    round: int
    content: str
    first: str
    workspace_id: str
    sent_at: datetime | None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One applied file.

    Attributes:
        id: Assigned by storage; 0 before.
        digest: SHA-256 of the file.
        submission: Digest of the submission inside it (its check code in full), or empty.
        decisions: Canonical JSON list of every cell: what was there, what was taken, why.
        original: The file itself.
        heads: What the sender said of his history (see ``ChainHead``), oldest first.
        came: Of files that the sender's program wrote; None for the others, and in what earlier releases took in.
    """

    id: int
    at: datetime
    key: ReturnKey
    file_name: str
    digest: str
    submission: str
    decisions: str
    snapshot: Snapshot
    original: bytes
    heads: tuple[ChainHead, ...] = ()
    came: Provenance | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What an applied file said of its sender's history.

    Attributes:
        at: When it was applied.
        key: Return it was of.
        file_name: Its name then.
        submission: Digest of the submission inside it, or empty.
    """

    at: datetime
    key: ReturnKey
    file_name: str
    submission: str
    heads: tuple[ChainHead, ...]
    came: Provenance | None


@dataclass(frozen=True, slots=True)
class SentSubmission:
    """A submission and the files it was sent as.

    Attributes:
        digest: Of the submission's content (its check code in full).
        file_name: The workbook's name then.
        workbook: SHA-256 of the workbook, whose bytes are kept; None when they are not.
        evidence: The same of the evidence beside it; None also when none went with it.
        line: How far history was then; None where an earlier release did not keep it.
    """

    round: int
    digest: str
    file_name: str
    workbook: str | None
    evidence: str | None
    line: int | None = None
