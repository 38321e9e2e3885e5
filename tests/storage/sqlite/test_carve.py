"""Lines of history found in bytes: long ones over several pages, those of the log, and what only looks like one."""

from __future__ import annotations

import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest

from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.returns.progress import MAX_PROGRESS_TEXT, Progress, TaskStatus
from kjxd_desktop.storage.history.line import StoredLine
from kjxd_desktop.storage.sqlite.carve import carved_lines
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.chains import content_of, lines_of, recovered, vault
from tests.helpers.offices import KEY, again, county_office

PAGE = 4096
WAL_HEADER, FRAME_HEADER = 32, 24
FRAME = FRAME_HEADER + PAGE
# Three texts as long as they may be, three bytes a character: several pages.
LONG = Progress(
    TaskStatus.BLOCKED, 40, "做" * MAX_PROGRESS_TEXT, "难" * MAX_PROGRESS_TEXT, "下" * MAX_PROGRESS_TEXT
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workspace with short and long lines."""
    with county_office(tmp_path) as office:
        for number in range(30):
            office.actions.fill.edit(KEY, "I13", TextEdit(str(number)))
        office.actions.report.put(KEY, "A1-1", LONG)
        return office.store.path


def found_in(path: Path) -> dict[int, StoredLine]:
    """What was carved, where each number came out once."""
    found = carved_lines(path, PAGE)
    assert {len(lines) for lines in found.values()} == {1}
    return {number: lines[0] for number, lines in found.items()}


def test_every_line_is_found_also_one_over_several_pages(path: Path) -> None:
    told = lines_of(path)
    assert max(len((line.new or "").encode()) for line in told) > 3 * PAGE
    assert found_in(path) == {line.id: line for line in told}


def test_a_long_line_comes_back_after_a_damage(path: Path) -> None:
    vault(path).make(BackupReason.START)
    with again(path) as office:
        office.actions.report.put(KEY, "A1-2", LONG)
    before = content_of(path)
    assert recovered(path).lost == () and content_of(path) == before


def test_a_long_line_whose_next_page_is_cut_off_is_none(path: Path) -> None:
    """The stick was pulled: the file ends in the middle. What is whole is found, nothing is made up."""
    told = {line.id: line for line in lines_of(path)}
    long = max(told.values(), key=lambda line: len(line.new or ""))
    data = path.read_bytes()
    page = data.index(long.link.encode()) // PAGE
    path.write_bytes(data[: page * PAGE])
    found = carved_lines(path, PAGE)
    assert long.id not in found
    assert all(lines == (told[number],) for number, lines in found.items())


def test_lines_that_stand_in_the_log_only_are_found(path: Path, tmp_path: Path) -> None:
    """The computer stopped while the window was open: the newest lines are in the write-ahead log."""
    copy = tmp_path / "stopped.kjxd"
    with again(path) as office:
        office.actions.fill.edit(KEY, "I14", TextEdit("8"))
        for side in ("", "-wal"):
            shutil.copyfile(path.with_name(path.name + side), copy.with_name(copy.name + side))
    told = {line.id: line for line in lines_of(path)}
    newest = max(told)
    assert copy.with_name(copy.name + "-wal").stat().st_size > PAGE
    # Pages of the log are newer versions of pages of the file: a line stands in both, and is one line.
    assert found_in(copy) == told
    copy.with_name(copy.name + "-wal").unlink()
    assert newest not in carved_lines(copy, PAGE)


def test_what_was_not_committed_or_is_of_an_older_log_is_no_line(path: Path, tmp_path: Path) -> None:
    """The end of a log holds what an earlier round of it left there, or half a transaction."""
    copy = tmp_path / "stopped.kjxd"
    wal = copy.with_name(copy.name + "-wal")
    with again(path) as office:
        before = max(line.id for line in lines_of(path))
        for text in ("8", "9"):
            office.actions.fill.edit(KEY, "I14", TextEdit(text))
        for side in ("", "-wal"):
            shutil.copyfile(path.with_name(path.name + side), copy.with_name(copy.name + side))
    whole = wal.read_bytes()
    frames = range(WAL_HEADER, len(whole), FRAME)
    commits = [at for at in frames if struct.unpack(">I", whole[at + 4 : at + 8])[0]]
    assert len(commits) == 2 and max(carved_lines(copy, PAGE)) > before + 1
    # The second transaction without its last page: as if the power had gone before it was written.
    wal.write_bytes(whole[: commits[1]])
    first_only = max(carved_lines(copy, PAGE))
    assert before < first_only < max(line.id for line in lines_of(path))
    # Its pages with another salt: left there by an earlier round of the log.
    older = bytearray(whole)
    for at in frames:
        if at > commits[0]:
            older[at + 8] ^= 0xFF
    wal.write_bytes(older)
    assert max(carved_lines(copy, PAGE)) == first_only
    wal.write_bytes(whole[: WAL_HEADER - 1])
    assert max(carved_lines(copy, PAGE)) == before


def test_a_record_of_another_table_is_not_taken_for_a_line(tmp_path: Path) -> None:
    """Twelve texts, the last of 64 characters, but no link; and one whose number nothing stands before."""
    foreign = tmp_path / "foreign.kjxd"
    columns = ", ".join(f"c{number} TEXT" for number in range(11))
    with closing(sqlite3.connect(foreign)) as connection, connection:
        connection.execute(f"CREATE TABLE t (id INTEGER PRIMARY KEY, {columns})")
        marks = ", ".join("?" * 12)
        connection.execute(f"INSERT INTO t VALUES ({marks})", (1, *"abcdefghij", "g" * 64))
        connection.execute(f"INSERT INTO t VALUES ({marks})", (2, *"abcdefghij", "0" * 64))
    found = carved_lines(foreign, PAGE)
    assert list(found) == [2] and found[2][0].at == "a"
    # Nothing says any more which row it is, nor how long.
    data = foreign.read_bytes()
    at = data.index(b"abcdefghij" + b"0" * 64)
    header = data.rindex(b"\x81\x0d", 0, at) - 12
    foreign.write_bytes(data[: header - 2] + b"\xff\xff" + data[header:])
    assert 2 not in carved_lines(foreign, PAGE)
