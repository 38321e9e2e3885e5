"""Kinds of work that are killed at a random moment, and what must be there afterwards.

What a piece of work does follows from its seed alone, so that the parent knows, from the number of steps
that were confirmed, what a workspace must hold: all of those steps, and of the next one all or nothing.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.late import BuiltInPlans, LateBookReader
from kjxd_desktop.bootstrap.office import Office, join, new_office
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.storage.opening import open_store
from kjxd_desktop.storage.sqlite.lock import ENDING
from kjxd_desktop.storage.sqlite.migrate import downgrade
from kjxd_desktop.storage.sqlite.schema import HEAD, KNOWN
from kjxd_desktop.storage.sqlite.vault import SqlVault
from kjxd_desktop.storage.store import SqlStore
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from kjxd_desktop.usecases.ports import Role, UnitOfWork
from kjxd_desktop.usecases.receiving.gate import KnownPlans
from kjxd_desktop.usecases.receiving.receive import Receive
from kjxd_desktop.usecases.sending.exchange import PlanFinder, ReturnFile
from kjxd_desktop.workbooks.reader import WorkbookReader
from tests.helpers.offices import CITY, FOURTEEN, KEY, PERIOD, PLAN, FixedClock, city_office, county_office

CLOCK = FixedClock()
WORKSPACE = "w.kjxd"
STEPS = 40
Confirm = Callable[[int], None]
# What a workspace holds, as far as a kind of work changes it.
Held = dict[str, str]


def opened(folder: Path, name: str = WORKSPACE) -> SqlStore:
    """The folder's workspace as the program opens it."""
    return open_store(folder / name, paths.migrations_dir(), folder / "backups", CLOCK, "填表人")


def vault(folder: Path) -> SqlVault:
    """The backups of the folder's workspace."""
    return SqlVault(folder / WORKSPACE, folder / "backups", paths.migrations_dir(), CLOCK, "填表人")


class Kind(Protocol):
    """One kind of work.

    Attributes:
        name: As it is printed.
    """

    name: str

    def prepare(self, folder: Path) -> None:
        """Make, once, the folder every round starts from."""

    def work(self, folder: Path, seed: int, confirm: Confirm) -> None:
        """Do the work in a process that is killed; ``confirm`` step after step, once it returned."""

    def lost(self, folder: Path, store: SqlStore, seed: int, confirmed: int) -> list[str]:
        """What is missing, or was half done, in a workspace that was opened again."""

    def stands(self, folder: Path, confirmed: int) -> str:
        """What the workspace is called now; empty where there need not be one yet."""


# Typing


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a clerk does: ``set``, ``note``, ``report`` or ``paste``, with codes and texts."""

    what: str
    cells: tuple[tuple[str, str], ...]

    def take(self, office: Office) -> None:
        """Do it through the use cases."""
        code, text = self.cells[0]
        fill = office.actions.fill
        if self.what == "set":
            fill.edit(KEY, code, TextEdit(text))
        elif self.what == "note":
            fill.edit(KEY, code, RemarkEdit("note", text))
        elif self.what == "report":
            office.actions.report.put(KEY, code, Progress(TaskStatus.IN_PROGRESS, int(text), f"做了 {text}"))
        else:
            assert not fill.set_block(KEY, [(at, TextEdit(typed)) for at, typed in self.cells]).refused

    def leave(self, held: Held) -> None:
        """What it leaves behind."""
        kind = {"note": "note", "report": "task"}.get(self.what, "value")
        held.update({f"{kind} {code}": text for code, text in self.cells})


def steps(seed: int, tasks: Sequence[str], count: int = STEPS) -> list[Step]:
    """What is typed in a round."""
    dice, codes = random.Random(seed), list(FOURTEEN)
    found = []
    for number in range(1, count + 1):
        what = dice.choice(("set", "set", "set", "note", "report", "paste"))
        chosen = dice.sample(codes, dice.randint(2, len(codes))) if what == "paste" else [dice.choice(codes)]
        if what == "report":
            chosen = [dice.choice(list(tasks))]
        found.append(Step(what, tuple((code, str(number)) for code in chosen)))
    return found


def typed(uow: UnitOfWork) -> Held:
    """What of all that stands in the workspace."""
    held: Held = {}
    for code, entry in uow.returns.entries(KEY).items():
        if entry.value is not None:
            held[f"value {code}"] = str(entry.value)
        if entry.note:
            held[f"note {code}"] = entry.note
    for code, progress in uow.returns.progress(KEY).items():
        held[f"task {code}"] = str(progress.percent)
        assert progress.done == f"做了 {progress.percent}", "half a report"
    return held


def after(done: Sequence[Step], begun: Mapping[str, str]) -> Held:
    """What must stand there after some steps."""
    held = dict(begun)
    for step in done:
        step.leave(held)
    return held


@dataclass
class Typing:
    """Values, notes, reports and pasted blocks."""

    name: str = "typing"
    tasks: list[str] = field(default_factory=list)

    def prepare(self, folder: Path) -> None:
        """An empty county workspace."""
        with county_office(folder, WORKSPACE) as office:
            self.tasks = [row.task.code for row in office.actions.report.sheet(KEY).rows]

    def work(self, folder: Path, seed: int, confirm: Confirm) -> None:
        """Type step after step."""
        with opened(folder) as store:
            office = join(store, CLOCK)
            for number, step in enumerate(steps(seed, self.tasks), start=1):
                step.take(office)
                confirm(number)

    def stands(self, folder: Path, confirmed: int) -> str:
        """Always at its place."""
        return WORKSPACE

    def lost(self, folder: Path, store: SqlStore, seed: int, confirmed: int) -> list[str]:
        """Every confirmed step, and the one after it whole or not at all."""
        with store.reading() as uow:
            held = typed(uow)
        planned = steps(seed, self.tasks)
        wanted = [after(planned[:count], {}) for count in (confirmed, confirmed + 1)]
        return [] if held in wanted else [f"{confirmed} steps confirmed, holds {held}, not {wanted[0]}"]


# Importing


class Prepared:
    """A reader that hands over files that were read before: a killed round starts no reader process."""

    def __init__(self, files: Mapping[str, ReturnFile]) -> None:
        self._files = files

    def read(self, path: Path, plans: PlanFinder) -> ReturnFile:
        """The file of that name."""
        return self._files[path.name]


@dataclass
class Importing:
    """A city takes in one county's workbook after the other."""

    name: str = "importing"
    keys: list[ReturnKey] = field(default_factory=list)
    files: dict[str, ReturnFile] = field(default_factory=dict)

    def prepare(self, folder: Path) -> None:
        """A city's workspace and the workbooks of its counties, sent by each of them."""
        with city_office(folder, WORKSPACE) as city:
            plan = city.actions.desk.desk().plan
            units = [unit.code for unit in plan.units if unit.reports and unit.code != CITY]
            finder = KnownPlans(city.store, BuiltInPlans())
            books = LateBookReader()
            try:
                for unit in units:
                    self._send(folder, unit, books, finder)
            finally:
                books.close()

    def _send(self, folder: Path, unit: str, books: LateBookReader, finder: PlanFinder) -> None:
        path, key = folder / f"{unit}.xlsx", ReturnKey(PLAN, unit, PERIOD)
        county = folder / f"{unit}.kjxd"
        with new_office(county, Role.COUNTY, unit, PLAN, CLOCK) as office:
            for row in office.actions.fill.sheet(key).rows:
                if row.editable and row.due and row.indicator.code in FOURTEEN:
                    office.actions.fill.edit(key, row.indicator.code, TextEdit(FOURTEEN[row.indicator.code]))
            answer = office.actions.check.check(key)
            for finding in answer.findings:
                if finding.blocks:
                    office.actions.fill.explain(key, finding.code, finding.rule, "已核对。")
            if answer.missing:
                # A department that owes other indicators: not every office sends.
                return
            office.actions.send.submit(key, path)
        for left in (county, county.with_name(county.name + ENDING)):
            left.unlink(missing_ok=True)
        self.files[path.name] = WorkbookReader(books).read(path, finder)
        self.keys.append(key)

    def work(self, folder: Path, seed: int, confirm: Confirm) -> None:
        """Take in file after file."""
        with opened(folder) as store:
            receive = Receive(store, CLOCK, Prepared(self.files), BuiltInPlans())
            for number, key in enumerate(self._order(seed), start=1):
                preview = receive.preview(folder / f"{key.unit_code}.xlsx")
                receive.apply(preview, receive.accept_all(preview))
                confirm(number)

    def stands(self, folder: Path, confirmed: int) -> str:
        """Always at its place."""
        return WORKSPACE

    def lost(self, folder: Path, store: SqlStore, seed: int, confirmed: int) -> list[str]:
        """Every confirmed file with all its values; the next one whole or not at all."""
        found = []
        with store.reading() as uow:
            for number, key in enumerate(self._order(seed), start=1):
                taken = uow.exchange.last_import(key) is not None
                values = {code for code, entry in uow.returns.entries(key).items() if entry.filled}
                wanted = set(FOURTEEN) if taken else set()
                if (number <= confirmed and not taken) or not wanted <= values or (values and not taken):
                    found.append(
                        f"file {number} of {confirmed} confirmed: taken {taken}, {len(values)} values"
                    )
                if number > confirmed + 1 and taken:
                    found.append(f"file {number} was never begun")
        return found

    def _order(self, seed: int) -> list[ReturnKey]:
        return random.Random(seed).sample(self.keys, len(self.keys))


# Migrating


@dataclass
class Migrating:
    """A filled workspace of an older schema is opened."""

    name: str = "migrating"
    held: Held = field(default_factory=dict)

    def prepare(self, folder: Path) -> None:
        """One workspace for each older schema."""
        with county_office(folder, WORKSPACE) as office:
            tasks = [row.task.code for row in office.actions.report.sheet(KEY).rows]
            planned = steps(1, tasks)
            for step in planned:
                step.take(office)
        self.held = after(planned, {})
        for version in KNOWN[:-1]:
            older = folder / f"{version}.kjxd"
            shutil.copyfile(folder / WORKSPACE, older)
            downgrade(older, paths.migrations_dir(), version)

    def work(self, folder: Path, seed: int, confirm: Confirm) -> None:
        """Open it, which upgrades it."""
        older = folder / f"{random.Random(seed).choice(KNOWN[:-1])}.kjxd"
        shutil.copyfile(older, folder / "new")
        (folder / "new").replace(folder / WORKSPACE)
        with opened(folder):
            confirm(1)

    def stands(self, folder: Path, confirmed: int) -> str:
        """Always at its place."""
        return WORKSPACE

    def lost(self, folder: Path, store: SqlStore, seed: int, confirmed: int) -> list[str]:
        """Everything that stood there, in the newest schema."""
        with store.reading() as uow:
            held = typed(uow)
        return [] if held == self.held else [f"after a migration to {HEAD}: {held}, not {self.held}"]


# Backing up and restoring


@dataclass
class BackingUp:
    """A backup after every few steps of typing."""

    name: str = "backing up"
    typing: Typing = field(default_factory=Typing)
    between: int = 4

    def prepare(self, folder: Path) -> None:
        """An empty county workspace."""
        self.typing.prepare(folder)

    def work(self, folder: Path, seed: int, confirm: Confirm) -> None:
        """Type and back up."""
        with opened(folder) as store:
            office = join(store, CLOCK)
            for number, step in enumerate(steps(seed, self.typing.tasks), start=1):
                step.take(office)
                if number % self.between == 0:
                    vault(folder).make(BackupReason.MANUAL)
                confirm(number)

    def stands(self, folder: Path, confirmed: int) -> str:
        """Always at its place."""
        return WORKSPACE

    def lost(self, folder: Path, store: SqlStore, seed: int, confirmed: int) -> list[str]:
        """What was typed; every backup that was confirmed; no backup that is not sound."""
        found = self.typing.lost(folder, store, seed, confirmed)
        backups = vault(folder).listed()
        if len(backups) < confirmed // self.between:
            found.append(f"{len(backups)} backups after {confirmed} steps")
        return [*found, *unsound(folder)]


@dataclass
class Restoring:
    """A backup is put in the place of a workspace in which work went on."""

    name: str = "restoring"
    then: Held = field(default_factory=dict)
    now: Held = field(default_factory=dict)
    line: int = 0
    count: int = 0

    def prepare(self, folder: Path) -> None:
        """A workspace, a backup of it, and more work after that."""
        with county_office(folder, WORKSPACE) as office:
            tasks = [row.task.code for row in office.actions.report.sheet(KEY).rows]
            planned = steps(2, tasks)
            half = len(planned) // 2
            for number, step in enumerate(planned):
                if number == half:
                    vault(folder).make(BackupReason.MANUAL)
                step.take(office)
            with office.store.reading() as uow:
                self.line = uow.history.head().line
        self.then, self.now = after(planned[:half], {}), after(planned, {})
        self.count = len(vault(folder).listed())

    def work(self, folder: Path, seed: int, confirm: Confirm) -> None:
        """Restore the backup."""
        place = vault(folder)
        place.restore(place.listed()[-1].path)
        confirm(1)

    def stands(self, folder: Path, confirmed: int) -> str:
        """Always at its place."""
        return WORKSPACE

    def lost(self, folder: Path, store: SqlStore, seed: int, confirmed: int) -> list[str]:
        """The old state or the new one; with the new one the old one is kept as a sound backup."""
        with store.reading() as uow:
            held = typed(uow)
        backups = vault(folder).listed()
        kept = any(info.head is not None and info.head.line == self.line for info in backups)
        found = unsound(folder)
        if held == self.then and (kept or self.then == self.now):
            return found
        if held == self.now and not confirmed:
            return found
        return [*found, f"confirmed {confirmed}, kept {kept}: {held}"]


def unsound(folder: Path) -> list[str]:
    """Backups that are listed and do not verify."""
    place = vault(folder)
    return [
        f"backup {item.path.name} is not sound"
        for item in place.listed()
        if not place.checked(item.path).sound
    ]


def every_kind() -> tuple[Kind, ...]:
    """All kinds, in the order they are printed."""
    from tests.helpers.kill_places import Making, MigratingFull, Moving

    return (Typing(), Importing(), Migrating(), BackingUp(), Restoring(), Making(), Moving(), MigratingFull())
