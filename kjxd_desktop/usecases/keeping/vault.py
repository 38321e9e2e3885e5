"""Where backups are kept, as the use cases see it; ``storage`` implements it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.usecases.exchanged import ChainHead


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One backup as it is found in its folder.

    Attributes:
        at: Wall clock of the computer when it was made.
        reason: None when its name does not say.
        bytes: Its size.
        head: How far history is in it; None when it cannot be read.
        sound: True once it was verified whole, False when it is damaged, None before it was looked at.
        workspace: Identity of the workspace it is a copy of; empty when it cannot be read.
        unit: Name of the office's unit.
        version: Its schema.
    """

    path: Path
    at: datetime
    reason: BackupReason | None
    bytes: int
    head: ChainHead | None = None
    sound: bool | None = None
    workspace: str = ""
    unit: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that is not the same now and in a backup.

    Attributes:
        what: Kind of content as in history.
        now: Canonical JSON of what stands here now; None for nothing.
        then: Of what the backup holds.
    """

    what: str
    plan: str
    unit: str
    period: str
    code: str
    now: str | None
    then: str | None


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What restoring a backup would change.

    Attributes:
        backup: The backup, verified.
        lines_lost: Lines of history that are here and not in the backup; None when the backup is not an
            earlier state of this workspace, or there is nothing here that can be read.
        same_workspace: Whether it is a copy of this workspace; None when there is nothing to compare.
        differences: The first of them, by return; ``count`` says how many there are.
        damaged: Whether the workspace is damaged, so that a restore salvages what came after the backup.
    """

    backup: BackupInfo
    lines_lost: int | None
    same_workspace: bool | None
    differences: tuple[Difference, ...]
    count: int
    damaged: bool = False


# Of a submission the figures came back, but not the very file that was sent.
SENT_FILE = "sent_file"


@dataclass(frozen=True, slots=True)
class LostLine:
    """One change after the backup that could not be brought back.

    Attributes:
        line: Its number in the damaged file's history; 0 when only its content was found.
        what: Kind of content as in history, or ``SENT_FILE``; empty when only its place is known.
        held: What the damaged file shows at that place now, canonical JSON; None for nothing.
    """

    line: int
    what: str
    plan: str = ""
    unit: str = ""
    period: str = ""
    code: str = ""
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        backup: What took the workspace's place.
        kept: Where what was there before is now; None when nothing was there.
        lines: Lines of history after the backup that were brought back from the damaged file.
        until: When the last of them was written; None for none.
        lost: Changes after the backup that could not be brought back.
    """

    backup: BackupInfo
    kept: Path | None
    lines: int = 0
    until: datetime | None = None
    lost: tuple[LostLine, ...] = ()


class Vault(Protocol):
    """The backups of one workspace.

    ``restore`` and ``recover`` want the workspace closed: they take the writer's lock themselves.
    """

    @property
    def folder(self) -> Path | None: ...
    def make(self, reason: BackupReason) -> BackupInfo: ...
    def export(self, target: Path) -> BackupInfo: ...
    def listed(self) -> tuple[BackupInfo, ...]: ...
    def current(self, info: BackupInfo) -> bool: ...
    def checked(self, path: Path) -> BackupInfo: ...
    def rotate(self, backups: Sequence[BackupInfo]) -> None: ...
    def preview(self, file: Path) -> RestorePreview: ...
    def restore(self, file: Path, who: str = "") -> Restored: ...
    def recover(self) -> Restored: ...
