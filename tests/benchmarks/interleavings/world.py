"""The offices of a run, and pictures of what stands in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.late import LateBookReader
from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.returns.form_texts import entry_texts, progress_texts
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.storage.opening import open_store
from kjxd_desktop.usecases.ports import Role
from tests.benchmarks.interleavings.post import Post, PostedActions
from tests.benchmarks.interleavings.truth import Truth
from tests.helpers.offices import CITY, PERIOD, PLAN, TODAY

UNITS = ("620422", "620421")
NAMES = {CITY: "city", "620422": "county A", "620421": "county B"}


@dataclass(slots=True)
class RunningClock:
    """A clock that a run moves on."""

    moment: datetime = TODAY

    def now(self) -> datetime:
        """The moment."""
        return self.moment

    def tick(self) -> None:
        """An hour later."""
        self.moment += timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Held:
    """One return as it stands in a workspace, in texts: 1.5 and 1.50 are two."""

    head: Return | None
    entries: Mapping[str, Mapping[str, str]]
    tasks: Mapping[str, Mapping[str, str]]
    reasons: frozenset[tuple[str, ...]]

    @property
    def content(self) -> tuple[object, ...]:
        """All but the head."""
        return self.entries, self.tasks, self.reasons

    def text(self, code: str, name: str = "value") -> str:
        """A field of an entry; empty when there is none."""
        return self.entries.get(code, {}).get(name, "")


@dataclass(frozen=True, slots=True)
class Picture:
    """A workspace at a moment.

    Attributes:
        line, link: The head of its history.
        returns: By unit code; a unit without a return has none.
        split: Targets, baselines and the deadline that stand here, as text.
    """

    line: int
    link: str
    returns: Mapping[str, Held]
    split: str

    def of(self, unit: str) -> Held:
        """A unit's return; an empty one when there is none."""
        return self.returns.get(unit, Held(None, {}, {}, frozenset()))


@dataclass(slots=True)
class Seat:
    """An office of the world and the file it works on.

    Attributes:
        watcher: A second connection, which only hears whether anything was written.
        seen: What stood there when it was last looked at, by that connection's version of the data.
        verified: The version of the data that was last verified.
    """

    unit: str
    path: Path
    office: Office
    watcher: sqlite3.Connection
    seen: tuple[int, Picture] | None = None
    verified: int = -1

    @property
    def version(self) -> int:
        """Another number after every transaction that wrote anything."""
        (number,) = self.watcher.execute("PRAGMA data_version").fetchone()
        return int(number)

    def picture(self) -> Picture:
        """What stands there."""
        version = self.version
        if self.seen is None or self.seen[0] != version:
            self.seen = version, picture(self.office)
        return self.seen[1]

    def close(self) -> None:
        """Close both connections."""
        self.watcher.close()
        self.office.close()


@dataclass(slots=True)
class World:
    """Everything of a run.

    Attributes:
        seats: By unit code.
        told: What each step did, in words.
    """

    post: Post
    clock: RunningClock
    seats: dict[str, Seat] = field(default_factory=dict)
    truth: Truth = field(default_factory=lambda: Truth(UNITS))
    told: list[str] = field(default_factory=list)

    @property
    def city(self) -> Office:
        """The city's office."""
        return self.seats[CITY].office

    def open(self, unit: str, path: Path) -> None:
        """Open a workspace as the program does, but with this world's post."""
        store = open_store(path, paths.migrations_dir(), path.parent / "backups", self.clock, NAMES[unit])
        books = LateBookReader()
        office = Office(store, PostedActions(store, self.clock, books, self.post), books)
        watcher = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
        self.seats[unit] = Seat(unit, path, office, watcher)

    def reopen(self, unit: str) -> None:
        """Close a workspace and open it again."""
        seat = self.seats[unit]
        seat.close()
        self.open(unit, seat.path)

    def pictures(self) -> dict[str, Picture]:
        """Every workspace as it stands."""
        return {unit: seat.picture() for unit, seat in self.seats.items()}


def key_of(unit: str) -> ReturnKey:
    """The return of a unit."""
    return ReturnKey(PLAN, unit, PERIOD)


def picture(office: Office) -> Picture:
    """A workspace as it stands."""
    with office.store.reading() as uow:
        head = uow.history.head()
        returns = {
            item.key.unit_code: Held(
                item,
                {code: entry_texts(entry) for code, entry in uow.returns.entries(item.key).items()},
                {code: progress_texts(task) for code, task in uow.returns.progress(item.key).items()},
                frozenset(
                    (said.code, said.rule, said.basis, said.text)
                    for said in uow.returns.explanations(item.key)
                ),
            )
            for item in uow.returns.heads(PLAN)
        }
        split = [
            (
                unit,
                sorted(uow.splits.targets(PLAN, unit).items()),
                sorted(uow.splits.baselines(PLAN, unit).items()),
            )
            for unit in UNITS
        ]
        return Picture(head.line, head.link, returns, str((split, uow.plans.deadline(PLAN, PERIOD))))


@contextmanager
def world(folder: Path, *, real: bool = False) -> Iterator[World]:
    """The offices with nothing in them."""
    mail = folder / "mail"
    mail.mkdir()
    made = World(Post(mail, real), RunningClock())
    try:
        for unit in (CITY, *UNITS):
            path = folder / f"{unit}.kjxd"
            path.write_bytes(_new_workspace(unit))
            made.open(unit, path)
        yield made
    finally:
        for seat in made.seats.values():
            seat.close()


@cache
def _new_workspace(unit: str) -> bytes:
    """The file of a workspace that nobody worked in yet; making one takes a while."""
    with TemporaryDirectory() as folder:
        path, role = Path(folder) / "new.kjxd", Role.CITY if unit == CITY else Role.COUNTY
        with new_office(path, role, unit, PLAN, RunningClock(), who=NAMES[unit]):
            pass
        return path.read_bytes()
