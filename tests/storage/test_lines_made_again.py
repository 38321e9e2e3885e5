"""Making lines of a damaged history again: only what the damaged file still holds as the line tells it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, text

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.people.operators import Operator, OperatorRole
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Return
from kjxd_desktop.storage.history.line import StoredLine
from kjxd_desktop.storage.history.replay import Replay
from kjxd_desktop.storage.sqlite.engine import open_engine
from kjxd_desktop.storage.tables import history
from kjxd_desktop.usecases.exchanged import ImportRecord, Snapshot
from kjxd_desktop.usecases.ports import UnitOfWork
from tests.helpers.offices import KEY, PLAN, TODAY, again, county_office

PICTURE = b"a picture of the works"
FIGURE = Entry(EntryStatus.REPORTED, Decimal("12"))


@dataclass(frozen=True, slots=True)
class Files:
    """A backup, and the workspace as it went on; both are whole until a test damages one."""

    backup: Path
    later: Path

    def write(self, what: str, uow: UnitOfWork) -> None:
        """One change of each kind that history tells by digest, and a figure."""
        if what == "entry":
            uow.returns.put(Return(KEY, 1))
            uow.returns.put_entry(KEY, "I13", FIGURE)
        elif what == "progress":
            uow.returns.put(Return(KEY, 1))
            known = Evidence("照片.jpg", len(PICTURE), uow.returns.add_evidence(PICTURE))
            uow.returns.put_progress(
                KEY, "A2-7", Progress(TaskStatus.IN_PROGRESS, 40, "做", evidence=(known,))
            )
        elif what == "operator":
            uow.people.put(Operator("王芳", OperatorRole.ADMIN), "scrypt$1")
        elif what == "recovery":
            uow.people.put_recovery("scrypt$2")
        elif what == "plan":
            built_in = BuiltInPlans().load(PLAN)
            uow.plans.add(replace(built_in, id="own", title="会宁县科技计划", short_title="会宁县科技计划"))
        elif what == "import":
            uow.exchange.add_import(imported())


def imported() -> ImportRecord:
    return ImportRecord(
        0,
        TODAY,
        KEY,
        "会宁县.xlsx",
        hashlib.sha256(b"workbook").hexdigest(),
        "",
        "[]",
        Snapshot(),
        b"workbook",
    )


@pytest.fixture
def files(tmp_path: Path) -> Files:
    with county_office(tmp_path) as office:
        backup = office.store.path
    later = tmp_path / "later" / backup.name
    later.parent.mkdir()
    shutil.copyfile(backup, later)
    return Files(backup, later)


@contextmanager
def connected(path: Path) -> Iterator[Connection]:
    engine = open_engine(path)
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    finally:
        engine.dispose()


def new_lines(source: Connection, target: Connection) -> list[StoredLine]:
    last = target.scalar(select(func.max(history.c.id)))
    rows = source.execute(
        text(
            "SELECT id, at, who, what, ifnull(plan_id, ''), ifnull(unit_code, ''), ifnull(period, ''),"
            " ifnull(code, ''), old, new, why, link FROM history WHERE id > :last ORDER BY id"
        ),
        {"last": last},
    )
    return [StoredLine(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Made:
    """What became of the lines: whether each was made, lost evidence, and rows in the backup then."""

    lines: list[bool]
    evidence_lost: list[str]
    target: Connection

    def count(self, table: str, where: str = "1") -> int:
        return int(self.target.scalar(text(f"SELECT count(*) FROM {table} WHERE {where}")) or 0)


@contextmanager
def made_again(files: Files, what: str, damage: str = "", *, readable: bool = True) -> Iterator[Made]:
    """Write something later, damage the later file, and make its new lines again in the backup."""
    with again(files.later) as office, office.store.writing("typed", None) as uow:
        files.write(what, uow)
    with connected(files.later) as source, connected(files.backup) as target:
        if damage:
            assert source.execute(text(damage)).rowcount == 1
        lines = new_lines(source, target)
        replay = Replay(target, source if readable else None)
        followers = [*lines[1:], None]
        results = [replay.put(line, after) for line, after in zip(lines, followers, strict=True)]
        yield Made(results, replay.evidence_lost, target)


@pytest.mark.parametrize(
    ("what", "table", "where"),
    [
        ("entry", "entries", "indicator = 'I13' AND value = '12'"),
        ("progress", "progress", "task = 'A2-7' AND percent = 40"),
        ("operator", "operators", "name = '王芳' AND role = 'admin' AND password = 'scrypt$1'"),
        ("recovery", "recovery", "hash = 'scrypt$2'"),
        ("plan", "plan_revisions", "plan_id = 'own'"),
        ("import", "imports", "file_name = '会宁县.xlsx'"),
    ],
)
def test_whole_lines_come_again_with_their_links(files: Files, what: str, table: str, where: str) -> None:
    with made_again(files, what) as made, connected(files.later) as later:
        assert all(made.lines) and made.lines
        assert made.count(table, where) == 1
        links = text("SELECT id, link FROM history ORDER BY id")
        assert made.target.execute(links).all() == later.execute(links).all()


def test_a_line_that_stands_there_is_not_made_twice(files: Files) -> None:
    with again(files.later) as office, office.store.writing("typed", None) as uow:
        files.write("entry", uow)
    with connected(files.later) as source, connected(files.backup) as target:
        lines = new_lines(source, target)
        for _ in range(2):
            assert all(Replay(target, source).put(line, None) for line in lines)
            assert target.scalar(select(func.max(history.c.id))) == lines[-1].id


@pytest.mark.parametrize(
    ("what", "damage", "table", "where"),
    [
        ("import", "UPDATE imports SET original = 'other'", "imports", "1"),
        ("import", "UPDATE imports SET decisions = '[1]'", "imports", "1"),
        ("import", "UPDATE imports SET submission = 'ab'", "imports", "1"),
        ("import", "DELETE FROM imports", "imports", "1"),
        (
            "plan",
            "UPDATE plan_revisions SET document = '{}' WHERE plan_id = 'own'",
            "plan_revisions",
            "plan_id = 'own'",
        ),
        (
            "plan",
            "UPDATE plan_revisions SET digest = 'ab' WHERE plan_id = 'own'",
            "plan_revisions",
            "plan_id = 'own'",
        ),
        ("operator", "UPDATE operators SET role = 'filler'", "operators", "1"),
        ("operator", "UPDATE operators SET password = 'scrypt$9'", "operators", "1"),
        ("recovery", "UPDATE recovery SET hash = 'scrypt$9'", "recovery", "1"),
    ],
)
def test_what_is_not_as_the_line_tells_is_not_brought_back(
    files: Files, what: str, damage: str, table: str, where: str
) -> None:
    with made_again(files, what, damage) as made:
        assert made.lines[-1] is False
        assert made.count(table, where) == 0


@pytest.mark.parametrize("what", ["import", "plan", "operator", "recovery"])
def test_without_a_readable_file_what_history_names_by_digest_is_lost(files: Files, what: str) -> None:
    with made_again(files, what, readable=False) as made:
        assert made.lines[-1] is False


@pytest.mark.parametrize(
    "damage", ["", "UPDATE evidence_files SET content = 'other'", "DELETE FROM evidence_files"]
)
def test_progress_comes_back_without_evidence_that_is_damaged(files: Files, damage: str) -> None:
    with made_again(files, "progress", damage, readable=bool(damage)) as made:
        assert all(made.lines)
        assert made.evidence_lost == ["照片.jpg"]
        assert made.count("progress", "task = 'A2-7'") == 1
        assert made.count("evidence_files") == 0


def test_evidence_that_is_here_is_not_lost(files: Files) -> None:
    with made_again(files, "progress") as made:
        assert made.evidence_lost == []
        assert made.count("evidence_files") == 1


def test_a_figure_of_a_return_that_is_nowhere_is_not_made(files: Files) -> None:
    """The line of its return is lost; nothing is made up in its place."""
    with again(files.later) as office, office.store.writing("typed", None) as uow:
        files.write("entry", uow)
    with connected(files.later) as source, connected(files.backup) as target:
        of_entry = new_lines(source, target)[-1]
        assert of_entry.what == "entry"
        assert Replay(target, source).put(of_entry, None) is False
        assert target.scalar(text("SELECT count(*) FROM entries")) == 0
        assert target.scalar(text("SELECT count(*) FROM returns")) == 0
