"""What the use cases need from the outside, as protocols. ``storage`` implements them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.people.operators import Act, Operator, Rights
from kjxd_desktop.domain.plan.indicator import Baseline, Target
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.carry_tasks import TaskReport
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Progress
from kjxd_desktop.domain.returns.returns import Explanation, Return, ReturnKey
from kjxd_desktop.domain.returns.second_entry import SecondEntry
from kjxd_desktop.usecases.exchanged import ChainHead, ImportRecord, SentSubmission, Snapshot, Told

if TYPE_CHECKING:
    # Named in signatures only; a start of the window does not need them.
    from kjxd_desktop.domain.grid import Book
    from kjxd_desktop.domain.keeping.clock import ClockStep
    from kjxd_desktop.domain.keeping.verification import Verification
    from kjxd_desktop.domain.people.tries import Tries


class Role(StrEnum):
    """What an office does with its workspace."""

    COUNTY = "county"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class WorkspaceInfo:
    """Head of a workspace.

    Attributes:
        id: Random identity, hexadecimal.
        unit_code: The office's own unit.
        plan_id: The plan it opens with.
        demo: True for demonstration data; every page says so.
    """

    id: str
    role: Role
    unit_code: str
    plan_id: str
    created_at: datetime
    demo: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change as history keeps it.

    Attributes:
        what: entry, progress, explanation, target, baseline, achieved, assignment, deadline, state, signature, plan,
            own_unit, shared, import, submission, workspace, operator, recovery, second_entry, restore, clock, wrong_try.
        old: Canonical JSON of the content before, or None.
        new: Canonical JSON of the content after, or None.
        why: How it came: typed, pasted, undo, import of a file, a reason given.
        line: Its number, from 1.
    """

    at: datetime
    who: str
    what: str
    unit: str | None
    period: str | None
    code: str | None
    old: str | None
    new: str | None
    why: str
    line: int = 0
    plan_id: str | None = None


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Which lines of history are asked for; what is empty narrows nothing.

    Attributes:
        kinds: Kinds as in ``HistoryLine.what``.
        code: Indicator or task.
        first: Not before this day, in local time as written.
        last: Not after this day.
        text: Found in what a line holds or gives as its reason, or in ``named``.
        named: (plan, code) of everything whose name the text was found in.
    """

    plan_id: str | None = None
    unit: str | None = None
    period: Period | None = None
    code: str | None = None
    who: str | None = None
    kinds: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None
    text: str = ""
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KeptChange:
    """What a line of history changed in a cell or a task, as records.

    Attributes:
        old: None when nothing was kept before.
    """

    key: ReturnKey
    code: str
    old: Entry | Progress | None
    new: Entry | Progress


class WorkspaceHead(Protocol):
    """The workspace itself."""

    def info(self) -> WorkspaceInfo: ...
    def create(self, info: WorkspaceInfo) -> None: ...


class PlanShelf(Protocol):
    """Plans and their revisions, own units, shared figures, deadlines."""

    def kept(self) -> tuple[tuple[str, int], ...]: ...
    def get(self, plan_id: str, revision: int | None = None) -> Plan | None: ...
    def add(self, plan: Plan) -> None: ...
    def revisions(self, plan_id: str) -> tuple[int, ...]: ...
    def at(self, plan_id: str, period: Period) -> Plan | None: ...
    def own_unit(self, plan_id: str) -> str | None: ...
    def put_own_unit(self, plan_id: str, unit_code: str) -> None: ...
    def shared(self, plan_id: str) -> Mapping[str, tuple[tuple[str, str], ...]]: ...
    def put_shared(self, one: tuple[str, str], other: tuple[str, str], shared: bool) -> None: ...
    def deadline(self, plan_id: str, period: Period) -> datetime | None: ...
    def put_deadline(self, plan_id: str, period: Period, due: datetime) -> None: ...


class Splits(Protocol):
    """What is split off for units: duties, own targets, own baselines."""

    def assigned(self, plan_id: str, unit_code: str) -> Mapping[str, bool]: ...
    def put_assigned(self, plan_id: str, unit_code: str, code: str, assigned: bool | None) -> None: ...
    def targets(self, plan_id: str, unit_code: str) -> Mapping[str, tuple[Target, ...]]: ...
    def put_target(self, plan_id: str, unit_code: str, code: str, target: Target) -> None: ...
    def baselines(self, plan_id: str, unit_code: str) -> Mapping[str, Baseline]: ...
    def put_baseline(self, plan_id: str, unit_code: str, code: str, baseline: Baseline | None) -> None: ...


class Returns(Protocol):
    """Returns: heads, entries, progress, explanations, evidence."""

    def find(self, key: ReturnKey) -> Return | None: ...
    def heads(self, plan_id: str, period: Period | None = None) -> tuple[Return, ...]: ...
    def put(self, head: Return) -> None: ...
    def entries(self, key: ReturnKey) -> Mapping[str, Entry]: ...
    def values(self, key: ReturnKey) -> Mapping[str, Decimal | None]: ...
    def put_entry(self, key: ReturnKey, code: str, entry: Entry) -> None: ...
    def series(
        self, plan_id: str, unit_code: str, codes: Collection[str] | None = None
    ) -> Mapping[str, tuple[tuple[Period, Entry], ...]]: ...
    def series_at(
        self, plan_id: str, unit_code: str, codes: Collection[str], periods: Collection[Period]
    ) -> Mapping[str, tuple[tuple[Period, Entry], ...]]: ...
    def progress(self, key: ReturnKey) -> Mapping[str, Progress]: ...
    def put_progress(self, key: ReturnKey, code: str, progress: Progress) -> None: ...
    def reports(
        self, plan_id: str, unit_code: str, before: Period, codes: Collection[str]
    ) -> Mapping[str, tuple[TaskReport, ...]]: ...
    def explanations(self, key: ReturnKey) -> tuple[Explanation, ...]: ...
    def last_explanation(self, key: ReturnKey, code: str, rule: str) -> tuple[Period, str] | None: ...
    def put_explanation(self, key: ReturnKey, explanation: Explanation) -> None: ...
    def add_evidence(self, content: bytes) -> str: ...
    def receive_evidence(self, key: ReturnKey, name: str, content: bytes) -> bool: ...
    def evidence(self, digest: str) -> bytes | None: ...


class Marks(Protocol):
    """Targets in words that a person marked as achieved."""

    def marks(self, plan_id: str, unit_code: str) -> Mapping[str, tuple[Achieved, ...]]: ...
    def put(self, plan_id: str, unit_code: str, code: str, mark: Achieved) -> None: ...
    def take_back(self, plan_id: str, unit_code: str, code: str, mark: Achieved) -> None: ...


class Rekeyed(Protocol):
    """What second persons keyed (double entry)."""

    def entries(self, key: ReturnKey) -> Mapping[str, SecondEntry]: ...
    def put(self, key: ReturnKey, code: str, second: SecondEntry) -> None: ...


class Exchange(Protocol):
    """What went out and came in."""

    def submissions(self, key: ReturnKey) -> tuple[str, ...]: ...
    def add_submission(
        self,
        key: ReturnKey,
        round_no: int,
        digest: str,
        file_name: str,
        head: ChainHead | None = None,
        files: tuple[str | None, str | None] = (None, None),
    ) -> None: ...
    def last_submission(self, key: ReturnKey) -> SentSubmission | None: ...
    def received(self, plan_id: str, year: int) -> tuple[ImportRecord, ...]: ...
    def original(self, number: int) -> bytes: ...
    def add_import(self, record: ImportRecord) -> int: ...
    def last_import(self, key: ReturnKey) -> ImportRecord | None: ...
    def last_said(self, key: ReturnKey) -> Snapshot: ...
    def find_import(self, digest: str) -> ImportRecord | None: ...
    def imports(self, plan_id: str, period: Period) -> tuple[ImportRecord, ...]: ...
    def sent_heads(self) -> tuple[ChainHead, ...]: ...
    def told(self, plan_id: str | None = None, unit_code: str | None = None) -> tuple[Told, ...]: ...
    def sent(self, plan_id: str) -> tuple[tuple[ReturnKey, SentSubmission], ...]: ...


class History(Protocol):
    """Lines of history, and how far it is."""

    def head(self) -> ChainHead: ...
    def link_at(self, line: int) -> str | None: ...
    def of(
        self,
        *,
        key: ReturnKey | None = None,
        code: str | None = None,
        limit: int | None = None,
        plan_id: str | None = None,
    ) -> tuple[HistoryLine, ...]: ...
    def lines(
        self, wanted: LineFilter, *, before: int | None = None, after: int = 0, limit: int | None = None
    ) -> tuple[HistoryLine, ...]: ...
    def line(self, number: int) -> HistoryLine | None: ...
    def kept_change(self, number: int) -> KeptChange | None: ...
    def authors(self, after: int = 0) -> frozenset[str]: ...
    def clock_behind(self, now: datetime) -> datetime | None: ...
    def clock_steps(self) -> tuple[ClockStep, ...]: ...


class People(Protocol):
    """Operators and the recovery code."""

    def may(self, act: Act) -> bool: ...
    def rights(self) -> Rights: ...
    def put(self, operator: Operator, password: str) -> None: ...
    def password_of(self, name: str) -> str: ...
    def recovery(self) -> str: ...
    def put_recovery(self, hashed: str) -> None: ...
    def tries(self, name: str) -> Tries | None: ...
    def put_tries(self, name: str, tries: Tries | None) -> None: ...
    def tell_wrong(self, name: str, secret: str, count: int) -> None: ...


class UnitOfWork(Protocol):
    """One reading or one transaction, room by room. Writing methods keep history in the same transaction."""

    @property
    def workspace(self) -> WorkspaceHead: ...

    @property
    def plans(self) -> PlanShelf: ...

    @property
    def splits(self) -> Splits: ...

    @property
    def returns(self) -> Returns: ...

    @property
    def achieved(self) -> Marks: ...

    @property
    def rekeyed(self) -> Rekeyed: ...

    @property
    def exchange(self) -> Exchange: ...

    @property
    def history(self) -> History: ...

    @property
    def people(self) -> People: ...


class Store(Protocol):
    """An open workspace.

    ``writing`` is one transaction: everything in it is kept, or nothing. Its ``why`` goes into every
    line of history it makes; who made them is the person who signed in, else the one the workspace was
    opened for. ``act`` says whose right it is; None for what the program does by itself.
    """

    @property
    def path(self) -> Path: ...
    def reading(self) -> AbstractContextManager[UnitOfWork]: ...
    def writing(self, why: str, act: Act | None) -> AbstractContextManager[UnitOfWork]: ...
    def rights(self) -> Rights: ...
    def sign_in(self, operator: Operator | None) -> None: ...
    def verify(self) -> Verification: ...
    def require_in_place(self) -> None: ...
    def settle(self) -> bool: ...
    def move_to(self, target: Path) -> None: ...
    def close(self) -> None: ...


class Clock(Protocol):
    """The time of day, given from outside so that tests can set it."""

    def now(self) -> datetime: ...


class PlanSource(Protocol):
    """Built-in plan packages."""

    def ids(self) -> Sequence[str]: ...
    def load(self, plan_id: str) -> Plan: ...


class BookReader(Protocol):
    """Reads a foreign spreadsheet file outside this process."""

    def read(self, path: Path) -> Book: ...
