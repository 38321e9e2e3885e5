"""Files as the reader hands them over, made without a spreadsheet; and workspaces that take them in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kjxd_desktop import paths
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.problems import wrong_call
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.storage.opening import made_store, open_store
from kjxd_desktop.storage.store import SqlStore
from kjxd_desktop.usecases.exchanged import Snapshot
from kjxd_desktop.usecases.planning.set_up import SetUp
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.receive import Receive
from kjxd_desktop.usecases.receiving.shown import ImportPreview, ImportRow
from kjxd_desktop.usecases.sending.exchange import FileCell, FileKind, PlanFinder, ReturnContent, ReturnFile
from kjxd_desktop.usecases.sending.sealing import proven
from kjxd_desktop.workbooks.layout import entry_cells, progress_cells, signature_texts
from tests.helpers.return_contents import PERIOD, UNIT, built_in_plan

KEY = ReturnKey("baiyin-2022", UNIT, PERIOD)
NOW = datetime.fromisoformat("2024-10-14T09:00:00+08:00")
Edits = Mapping[tuple[str, str], str | None]


@dataclass(frozen=True, slots=True)
class StillClock:
    """A clock that stands."""

    def now(self) -> datetime:
        """The moment."""
        return NOW


@dataclass(frozen=True, slots=True)
class OnePlan:
    """The built-in plans, of which there is one."""

    plan: Plan

    def ids(self) -> tuple[str, ...]:
        """Its id."""
        return (self.plan.id,)

    def load(self, plan_id: str) -> Plan:
        """The plan."""
        if plan_id != self.plan.id:
            raise wrong_call("plan", "unknown_plan", plan=plan_id)
        return self.plan


@dataclass(slots=True)
class Hand:
    """A reader that hands over files prepared by a test."""

    files: dict[Path, ReturnFile] = field(default_factory=dict)

    def read(self, path: Path, plans: PlanFinder) -> ReturnFile:
        """The prepared file."""
        return self.files[path]


@dataclass(frozen=True, slots=True)
class Desk:
    """A workspace that takes files in."""

    store: SqlStore
    receive: Receive
    hand: Hand
    folder: Path

    def preview(self, file: ReturnFile) -> ImportPreview:
        """Preview a prepared file."""
        path = self.folder / file.file_name
        self.hand.files[path] = file
        return self.receive.preview(path)

    def take(self, file: ReturnFile, *, asked: bool = False) -> ImportPreview:
        """Take everything new and changed, as ``--accept`` does.

        Args:
            asked: With ``--heads-asked``.
        """
        preview = self.preview(file)
        self.receive.apply(preview, self.receive.accept_all(preview), heads_asked=asked)
        return preview

    def kept(self, key: ReturnKey = KEY) -> Snapshot:
        """What stands here."""
        with self.store.reading() as uow:
            return Snapshot(uow.returns.entries(key), uow.returns.progress(key))

    def put_head(self) -> None:
        """A return the office itself began."""
        with self.store.writing("test", None) as uow:
            uow.returns.put(Return(KEY, 1))

    def put(self, code: str, entry: Entry) -> None:
        """An entry the office itself made."""
        with self.store.writing("test", None) as uow:
            uow.returns.put_entry(KEY, code, entry)

    def put_task(self, code: str, progress: Progress) -> None:
        """Progress the office itself made."""
        with self.store.writing("test", None) as uow:
            uow.returns.put_progress(KEY, code, progress)


@contextmanager
def receiving_desk(folder: Path, role: Role) -> Iterator[Desk]:
    """A new workspace of the city, or of the county of ``UNIT``."""
    folder.mkdir(exist_ok=True)
    path = folder / "desk.kjxd"
    path.write_bytes(_new_workspace(role))
    clock, hand = StillClock(), Hand()
    with open_store(path, paths.migrations_dir(), folder, clock, "汇总人") as store:
        yield Desk(store, Receive(store, clock, hand, OnePlan(built_in_plan())), hand, folder)


@cache
def _new_workspace(role: Role) -> bytes:
    """The file of a workspace that nobody worked in yet; making one takes a while."""
    plan, clock = built_in_plan(), StillClock()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "desk.kjxd"
        with made_store(path, paths.migrations_dir(), clock, "汇总人") as store:
            SetUp(store, clock).set_up(plan, role, plan.region if role is Role.CITY else UNIT)
        return path.read_bytes()


def signed(content: ReturnContent, **identity: object) -> ReturnContent:
    """The content with the digest and check code that belong to it."""
    return proven(replace(content, identity=replace(content.identity, **identity)))  # type: ignore[arg-type]


def return_file(content: ReturnContent, edits: Edits | None = None) -> ReturnFile:
    """The file of a content, with visible texts changed by hand; None takes a cell away."""
    edits = edits or {}
    cells = [
        replace(cell, text=edits.get((cell.code, cell.field), cell.text))
        for cell in _cells(content)
        if edits.get((cell.code, cell.field), "") is not None
    ]
    seed = json.dumps([content.identity.digest, sorted(edits.items(), key=str)])
    original = seed.encode()
    return ReturnFile(
        file_name="会宁县.xlsx",
        digest=hashlib.sha256(original).hexdigest(),
        original=original,
        identity=content.identity,
        guessed_plan=content.plan.title,
        guessed_unit=content.unit.office,
        guessed_period=content.period.key,
        cells=tuple(cells),
        dispatch=content.dispatch,
        achieved=content.achieved,
        signature=content.signature,
    )


def row_of(preview: ImportPreview, code: str, field_name: str = "value") -> ImportRow:
    """The line of a field."""
    return next(row for row in preview.rows if (row.code, row.field) == (code, field_name))


def _cells(content: ReturnContent) -> Iterator[FileCell]:
    sent = content.identity.kind is FileKind.RETURN
    for number, indicator in enumerate(content.plan.indicators, start=1):
        for name, text in entry_cells(content.entries.get(indicator.code, MISSING)).items():
            if name != "computed" or (sent and text):
                exact = text if sent else None
                yield FileCell("指标", f"G{number}", "entry", indicator.code, name, text, exact=exact)
    for number, task in enumerate(content.plan.reported_tasks, start=1):
        progress = content.progress.get(task.code, NO_PROGRESS)
        for name, text in progress_cells(progress).items():
            exact = text if sent else None
            yield FileCell("任务", f"E{number}", "progress", task.code, name, text, exact=exact)
        for item in progress.evidence:
            text = json.dumps([item.name, item.bytes, item.digest], ensure_ascii=False)
            yield FileCell("标识", "A9", "progress", task.code, "evidence", text)
    for item in content.explanations:
        for name, text in (("text", item.text), ("basis", item.basis)):
            yield FileCell("说明", "D3", "explanation", item.code, name, text, exact=text, rule=item.rule)
    for name, text in signature_texts(content.signature).items():
        yield FileCell("指标", "D40", "signature", "", name, text, exact=text if sent else None)
