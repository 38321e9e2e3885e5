"""Keeping the workspace: backups before anything risky and when it changed, restoring, recovering."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.keeping.verification import Verification
from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.usecases.access import require_right
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.keeping.vault import (
    BackupInfo,
    Difference,
    LostLine,
    Restored,
    RestorePreview,
    Vault,
)
from kjxd_desktop.usecases.ports import Clock, Store

# A folder of a hundred files is one import to the person: one backup before it is enough.
ONE_IMPORT = timedelta(minutes=10)
NO_BACKUP = "no_backup_made"


class Safeguard(Protocol):
    """What use cases call before they do something that is hard to take back."""

    def before(self, reason: BackupReason) -> Notes: ...


class NoSafeguard:
    """Makes no backups: for a workspace that is only being made, and for tests of other things."""

    def before(self, reason: BackupReason) -> Notes:
        """Nothing is done."""
        return ()


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """What looking after the workspace in the background came to.

    Attributes:
        found: What verifying found.
        made: The backup that was made; None when none was needed or possible.
        notes: Why none could be made.
    """

    found: Verification
    made: BackupInfo | None = None
    notes: Notes = ()


class Keep:
    """Everything a person does to keep the workspace safe."""

    def __init__(self, store: Store, clock: Clock, vault: Vault) -> None:
        self._store = store
        self._clock = clock
        self._vault = vault
        self._import_at = clock.now() - 2 * ONE_IMPORT

    @property
    def path(self) -> Path:
        """The workspace file."""
        return self._store.path

    def backup(self, target: Path | None = None) -> BackupInfo:
        """Make a backup now; with a target, the workspace as one file for another computer.

        Raises:
            WorkspaceFault: ``exists``, ``backup_failed``, a fault of the disk.
        """
        return self._vault.make(BackupReason.MANUAL) if target is None else self._vault.export(target)

    def backups(self) -> tuple[BackupInfo, ...]:
        """The backups of this workspace, newest first."""
        return self._vault.listed()

    def checked(self, path: Path) -> BackupInfo:
        """A backup verified whole."""
        return self._vault.checked(path)

    def before(self, reason: BackupReason) -> Notes:
        """Make a backup before something risky, unless the newest is as new as the workspace.

        Imports within ten minutes of a backup made for an import are one import.

        Returns:
            A note when no backup could be made; what was to be done may go on.
        """
        now = self._clock.now()
        if reason is BackupReason.IMPORT:
            if timedelta(0) <= now - self._import_at < ONE_IMPORT or self._recently(now.replace(tzinfo=None)):
                return ()
            self._import_at = now
        try:
            self._automatic(reason)
        except WorkspaceFault as fault:
            return ((NO_BACKUP, (("why", fault.code),)),)
        return ()

    def look_after(self) -> LookedAfter:
        """Verify the workspace; when it is sound and changed since the newest backup, back it up."""
        found = self._store.verify()
        if not found.intact or not self._store.rights().writable:
            return LookedAfter(found)
        try:
            return LookedAfter(found, self._automatic(BackupReason.START))
        except WorkspaceFault as fault:
            return LookedAfter(found, None, ((NO_BACKUP, (("why", fault.code),)),))

    def settle(self) -> bool:
        """Bring the newest figures into the file itself, so that a copy made by hand has them too.

        Returns:
            False when it must be tried again: somebody still reads an older state.

        Raises:
            WorkspaceFault: ``gone``, or a fault of the disk.
        """
        return self._store.settle()

    def require_in_place(self) -> None:
        """Look whether the workspace is still where it was opened.

        Raises:
            WorkspaceFault: ``gone``.
        """
        self._store.require_in_place()

    def save_elsewhere(self, target: Path) -> None:
        """Go on in a new file with everything that was saved, because the old one is no longer at its place.

        Raises:
            WorkspaceFault: ``exists``, ``folder_missing``, a fault of the disk.
        """
        self._store.move_to(target)

    def verify(self) -> Verification:
        """Compare what the workspace holds with its history."""
        return self._store.verify()

    def preview(self, file: Path) -> RestorePreview:
        """What restoring a backup would change.

        Raises:
            FileFault: ``backup_damaged``, ``not_backup``, ``not_found``.
        """
        return self._vault.preview(file)

    def names(self, places: Iterable[Difference | LostLine]) -> Mapping[tuple[str, str], str]:
        """What people call the units, indicators and tasks of places, by plan and code."""
        named: dict[tuple[str, str], str] = {}
        with self._store.reading() as uow:
            for plan_id in {place.plan for place in places if place.plan}:
                plan = uow.plans.get(plan_id)
                if plan is not None:
                    named.update({(plan_id, unit.code): unit.name for unit in plan.units})
                    named.update({(plan_id, item.code): item.name for item in plan.indicators})
                    named.update({(plan_id, task.code): f"{task.no} {task.title}" for task in plan.tasks})
        return named

    def require_restorable(self, file: Path) -> None:
        """Refuse a restore that cannot be, while everything is still open.

        Raises:
            ProblemError: ``sign_in_first``, ``not_your_role``.
            FileFault: As :meth:`preview`.
            WorkspaceFault: ``viewing``.
        """
        rights = self._store.rights()
        if not rights.writable:
            raise WorkspaceFault("viewing", path=str(self._store.path))
        require_right(rights, Act.MANAGE)
        if not self._vault.checked(file).sound:
            # Says why.
            self._vault.preview(file)

    def restore(self, file: Path) -> Restored:
        """Put a backup in the workspace's place. The workspace is closed then and must be opened anew.

        Raises:
            ProblemError, FileFault: As :meth:`require_restorable`; the workspace is still open then.
            WorkspaceFault: ``viewing``, ``in_use``, ``restore_failed``, a fault of the disk.
        """
        self.require_restorable(file)
        me = self._store.rights().me
        self._store.close()
        return self._vault.restore(file, who="" if me is None else me.name)

    def _automatic(self, reason: BackupReason) -> BackupInfo | None:
        known = [item for item in self._vault.listed() if item.sound is not False]
        # Not the newest by its name alone: a clock that was ahead once gave one a name that none comes after.
        if any(self._vault.current(item) for item in known):
            return None
        made = self._vault.make(reason)
        self._vault.rotate(self._vault.listed())
        return made

    def _recently(self, now: datetime) -> bool:
        """Whether another run of the program made a backup for an import just now."""
        return any(
            item.reason is BackupReason.IMPORT and timedelta(0) <= now - item.at < ONE_IMPORT
            for item in self._vault.listed()
        )
