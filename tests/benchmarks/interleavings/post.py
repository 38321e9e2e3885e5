"""Files on their way between offices: records handed over, or real workbooks."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from openpyxl import load_workbook

from kjxd_desktop.bootstrap.actions import OfficeActions
from kjxd_desktop.bootstrap.late import BuiltInPlans, LateBookReader, LateReturnFileReader, LateReturnWriter
from kjxd_desktop.domain.returns.entry import MISSING
from kjxd_desktop.domain.returns.form_texts import entry_texts
from kjxd_desktop.storage.store import SqlStore
from kjxd_desktop.usecases.ports import Clock
from kjxd_desktop.usecases.receiving.receive import Receive
from kjxd_desktop.usecases.sending.exchange import FileKind, PlanFinder, ReturnContent, ReturnFile
from kjxd_desktop.usecases.sending.send import Send
from tests.helpers.return_files import return_file

# What the rules compare of an entry: its figure or mark, and the remark that outlives it.
FIELDS = ("value", "note")
Texts = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Letter:
    """A file that was written.

    Attributes:
        texts: What it says of each indicator, by code and field of ``FIELDS``.
        faithful: It still says what its office's program wrote.
    """

    path: Path
    content: ReturnContent
    texts: Texts
    faithful: bool = True

    @property
    def unit(self) -> str:
        """Whose return it is about."""
        return self.content.unit.code

    @property
    def template(self) -> bool:
        """Whether the city wrote it."""
        return self.content.identity.kind is FileKind.DISPATCH


@dataclass(slots=True)
class Post:
    """Everything that was ever written in a run.

    Attributes:
        real: Real workbooks are written and read.
        letters: Oldest first; never one of an act that was refused.
    """

    folder: Path
    real: bool = False
    letters: list[Letter] = field(default_factory=list)
    records: dict[Path, ReturnFile] = field(default_factory=dict)
    written: dict[Path, ReturnContent] = field(default_factory=dict)
    count: int = 0

    def place(self) -> Path:
        """Where the next file goes."""
        self.count += 1
        return self.folder / f"{self.count:03}.xlsx"

    def write(self, content: ReturnContent, path: Path) -> None:
        """Write a file, as the program's writer does."""
        self.written[path] = content
        if self.real:
            LateReturnWriter().write(content, path)
        else:
            self._record(path, return_file(content))

    def write_evidence(self, files: Iterable[tuple[str, bytes]], path: Path) -> None:
        """No run has evidence."""
        raise AssertionError(f"evidence for {path.name}: {list(files)}")

    def read(self, path: Path, plans: PlanFinder) -> ReturnFile:
        """Read a file that is no real one."""
        return self.records[path]

    def sent(self, path: Path) -> Letter:
        """A file is out of the house."""
        content = self.written[path]
        texts = {
            (item.code, name): entry_texts(content.entries.get(item.code, MISSING))[name]
            for item in content.plan.indicators
            for name in FIELDS
        }
        return self._post(Letter(path, content, texts))

    def copy(self, letter: Letter) -> Letter:
        """The same bytes under another name."""
        path = self.place()
        shutil.copyfile(letter.path, path)
        if not self.real:
            self.records[path] = replace(self.records[letter.path], file_name=path.name)
        return self._post(replace(letter, path=path))

    def saved_again(self, letter: Letter) -> Letter:
        """The same content in other bytes, as another program leaves it."""
        path = self.place()
        if self.real:
            load_workbook(letter.path).save(path)
        else:
            self._record(path, self.records[letter.path])
        return self._post(replace(letter, path=path))

    def by_hand(self, letter: Letter, typed: Texts) -> Letter:
        """Figures typed into the sheet without the program; only for files that are no real ones."""
        path, before = self.place(), self.records[letter.path]
        cells = tuple(
            replace(cell, text=typed[cell.code, cell.field], exact=None)
            if cell.subject == "entry" and (cell.code, cell.field) in typed
            else cell
            for cell in before.cells
        )
        self._record(path, replace(before, cells=cells))
        return self._post(replace(letter, path=path, texts={**letter.texts, **typed}, faithful=False))

    def _record(self, path: Path, file: ReturnFile) -> None:
        original = f"file {path.name}".encode()
        path.write_bytes(original)
        digest = hashlib.sha256(original).hexdigest()
        self.records[path] = replace(file, file_name=path.name, digest=digest, original=original)

    def _post(self, letter: Letter) -> Letter:
        self.letters.append(letter)
        return letter


class PostedActions(OfficeActions):
    """The use cases of an office whose files go by a post."""

    def __init__(self, store: SqlStore, clock: Clock, books: LateBookReader, post: Post) -> None:
        super().__init__(store, clock, books)
        self._post = post
        self._reader = LateReturnFileReader(books) if post.real else post

    @cached_property
    def send(self) -> Send:
        """Writing templates and returns."""
        return Send(self._store, self._clock, self._post, self.check)

    @cached_property
    def receive(self) -> Receive:
        """Taking files in, without a backup before it."""
        return Receive(self._store, self._clock, self._reader, BuiltInPlans())
