"""Kinds of work that is killed where the file itself is at stake: made, moved, upgraded on a nearly full disk."""

from __future__ import annotations

import random
import resource
from dataclasses import dataclass, field
from pathlib import Path

from kjxd_desktop.bootstrap.office import join, new_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.storage.store import SqlStore
from kjxd_desktop.usecases.ports import Role
from tests.helpers.kill_kinds import (
    CLOCK,
    WORKSPACE,
    Confirm,
    Migrating,
    Typing,
    opened,
    steps,
)
from tests.helpers.offices import COUNTY, PLAN

MOVED = "别处.kjxd"


@dataclass
class Making:
    """The very first workspace of an office."""

    name: str = "making"

    def prepare(self, folder: Path) -> None:
        """An empty folder."""
        folder.mkdir(parents=True, exist_ok=True)

    def work(self, folder: Path, seed: int, confirm: Confirm) -> None:
        """Make it."""
        with new_office(folder / WORKSPACE, Role.COUNTY, COUNTY, PLAN, CLOCK):
            confirm(1)

    def stands(self, folder: Path, confirmed: int) -> str:
        """There whole, or not at all; then it can be made."""
        if not (folder / WORKSPACE).exists() and not confirmed:
            with new_office(folder / WORKSPACE, Role.COUNTY, COUNTY, PLAN, CLOCK):
                pass
        return WORKSPACE

    def lost(self, folder: Path, store: SqlStore, seed: int, confirmed: int) -> list[str]:
        """A workspace that knows whose it is."""
        with store.reading() as uow:
            info = uow.workspace.info()
        return [] if (info.unit_code, info.plan_id) == (COUNTY, PLAN) else [f"{info}"]


@dataclass
class Moving:
    """The file is renamed under the open program, a few seconds after the last key, and renamed back later."""

    name: str = "moving"
    typing: Typing = field(default_factory=Typing)

    def prepare(self, folder: Path) -> None:
        """An empty county workspace."""
        self.typing.prepare(folder)

    def work(self, folder: Path, seed: int, confirm: Confirm) -> None:
        """Type; now and then the file is somewhere else, and what is typed then is refused."""
        dice, here, there = random.Random(seed), folder / WORKSPACE, folder / MOVED
        with opened(folder) as store:
            office = join(store, CLOCK)
            for number, step in enumerate(steps(seed, self.typing.tasks), start=1):
                if dice.random() < 0.3:
                    store.settle()
                    here.rename(there)
                    try:
                        step.take(office)
                    except WorkspaceFault as fault:
                        assert fault.code == "gone", fault
                    else:
                        raise AssertionError("confirmed although the file is gone")
                    there.rename(here)
                step.take(office)
                confirm(number)

    def stands(self, folder: Path, confirmed: int) -> str:
        """At one of the two places."""
        return WORKSPACE if (folder / WORKSPACE).exists() else MOVED

    def lost(self, folder: Path, store: SqlStore, seed: int, confirmed: int) -> list[str]:
        """Everything that was confirmed, wherever the file is."""
        return self.typing.lost(folder, store, seed, confirmed)


@dataclass
class MigratingFull(Migrating):
    """An upgrade for which the disk has not enough room, wherever it is noticed."""

    name: str = "full disk"

    def work(self, folder: Path, seed: int, confirm: Confirm) -> None:
        """Open it with room for a part of what an upgrade writes, then with all."""
        whole = (folder / WORKSPACE).stat().st_size
        room = random.Random(seed).randint(4096, 2 * whole)
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            super().work(folder, seed, lambda number: None)
        except (WorkspaceFault, OSError) as error:
            assert not isinstance(error, WorkspaceFault) or error.code in ("disk_full", "io"), error
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        super().work(folder, seed, confirm)
