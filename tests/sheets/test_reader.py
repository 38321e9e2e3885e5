"""The reader process: it answers, it is limited, it is replaced, and it leaves nothing behind."""

from __future__ import annotations

import io
import json
import os
import sys
import threading
from pathlib import Path

import pytest

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.grid import Book
from kjxd_desktop.sheets import reader as sheets_reader
from kjxd_desktop.sheets import reader_worker
from kjxd_desktop.sheets.parse import parse_book
from kjxd_desktop.sheets.reader import Reader
from kjxd_desktop.usecases import input_files
from tests.helpers.workbook_files import odd_workbook as make_odd_workbook
from tests.helpers.workbook_files import plain_workbook, reader_command, workbook_of

# A parser that runs wild over files of certain names and reads all others.
_WILD = """
import os
def wild(content, name):
    if name == "hung.xlsx":
        sys.stdin.read()
    if name == "crash.xlsx":
        os.abort()
    if name == "endless.xlsx":
        while True: pass
    if name == "huge.xlsx":
        bytearray(2 * limits.MEMORY_BYTES)
    if name == "chatty.xlsx":
        os.write(1, b"parsers print\\n")
    return parse.parse_book(content, name)
worker.parse_book = wild
limits.CPU_SECONDS = 0
"""

# A parser that computes for three seconds of processor time before it answers.
_LABORIOUS = """
import time
def laborious(content, name):
    while time.process_time() < 3:
        pass
    return parse.parse_book(content, name)
worker.parse_book = laborious
"""


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "会宁县 三季度.xlsx"
    path.write_bytes(workbook_of(make_odd_workbook()))
    return path


def _named(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(plain_workbook())
    return path


def _is_gone(process_id: int | None) -> bool:
    assert process_id is not None
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_book_is_the_same_through_the_process(workbook: Path) -> None:
    with Reader(reader_command()) as reader:
        assert reader.process_id is None
        book = reader.read(workbook)
        first = reader.process_id
        assert reader.read(workbook) == book
        assert reader.process_id == first
    assert book == parse_book(workbook.read_bytes(), workbook.name)
    assert reader.process_id is None
    assert _is_gone(first)


def test_a_closed_reader_starts_again(workbook: Path) -> None:
    with Reader(reader_command()) as reader:
        reader.read(workbook)
        first = reader.process_id
        reader.close()
        assert _is_gone(first)
        assert reader.read(workbook).grids


def test_faults_come_back_with_the_name(tmp_path: Path) -> None:
    picture = tmp_path / "照片.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    expected = {
        picture: FaultCode.PICTURE,
        tmp_path / "没有.xlsx": FaultCode.NOT_FOUND,
        tmp_path: FaultCode.IS_FOLDER,
    }
    with Reader(reader_command()) as reader:
        for path, code in expected.items():
            with pytest.raises(FileFault) as caught:
                reader.read(path)
            assert (caught.value.code, caught.value.params["name"]) == (code, path.name)


@pytest.mark.parametrize(
    ("name", "standstill_s", "code"),
    [
        ("hung.xlsx", 0.2, FaultCode.TIMEOUT),
        ("endless.xlsx", 60, FaultCode.TIMEOUT),
        ("crash.xlsx", 60, FaultCode.READER_FAILED),
    ],
)
def test_a_wild_parser_is_ended_and_replaced(
    tmp_path: Path, name: str, standstill_s: float, code: FaultCode
) -> None:
    with Reader(reader_command(_WILD)) as reader:
        reader.read(_named(tmp_path, "first.xlsx"))
        first = reader.process_id
        with pytest.raises(FileFault) as caught:
            reader.read(_named(tmp_path, name), standstill_s)
        assert (caught.value.code, caught.value.path_name) == (code, name)
        assert reader.process_id is None
        assert _is_gone(first)
        assert reader.read(_named(tmp_path, "next.xlsx")).grids[0].name == "表"


def test_computing_slowly_is_no_standstill(tmp_path: Path) -> None:
    """A file that is computed for longer than the limit of standing still is read all the same."""
    with Reader(reader_command(_LABORIOUS)) as reader:
        assert reader.read(_named(tmp_path, "laborious.xlsx"), 2).grids


def test_the_reader_ends_a_process_that_does_not_limit_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets_reader, "CPU_SECONDS", 0)
    unlimited = _WILD + "worker.allow_cpu_time = lambda: None\n"
    with Reader(reader_command(unlimited)) as reader, pytest.raises(FileFault) as caught:
        reader.read(_named(tmp_path, "endless.xlsx"))
    assert caught.value.code is FaultCode.TIMEOUT


def test_an_answer_nobody_waits_for_goes_to_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C in the middle of a file: the next file gets its own answer."""

    def interrupted(*_arguments: object) -> bool:
        raise KeyboardInterrupt

    with Reader(reader_command()) as reader:
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(sheets_reader, "_wait_for", interrupted)
            reader.read(_named(tmp_path, "first.xlsx"))
        assert reader.process_id is None
        (tmp_path / "second.xlsx").write_bytes(plain_workbook(7))
        assert len(reader.read(tmp_path / "second.xlsx").grids[0].rows) == 7


def test_memory_is_limited_and_parsers_may_print(tmp_path: Path) -> None:
    with Reader(reader_command(_WILD)) as reader:
        with pytest.raises(FileFault) as caught:
            reader.read(_named(tmp_path, "huge.xlsx"))
        assert (caught.value.code, caught.value.params["what"]) == (FaultCode.TOO_BIG, "memory")
        assert reader.read(_named(tmp_path, "chatty.xlsx")).grids


@pytest.mark.parametrize(
    "command",
    [
        ["/nowhere/program"],
        [sys.executable, "-c", "pass"],
        [sys.executable, "-c", "input(); print('no json')"],
        [sys.executable, "-c", "input(); print('{}')"],
        [sys.executable, "-c", "input(); print('cut', end='')"],
    ],
)
def test_a_program_that_is_no_reader(workbook: Path, command: list[str]) -> None:
    with Reader(command) as reader, pytest.raises(FileFault) as caught:
        reader.read(workbook)
    assert caught.value.code is FaultCode.READER_FAILED
    assert caught.value.path_name == workbook.name


def test_threads_wait_for_each_other(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.xlsx" for number in range(1, 7)]
    for rows, path in enumerate(paths, start=1):
        path.write_bytes(plain_workbook(rows))
    books: dict[Path, Book] = {}
    with Reader(reader_command()) as reader:
        threads = [
            threading.Thread(target=lambda path=path: books.update({path: reader.read(path)}))
            for path in paths
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [len(books[path].grids[0].rows) for path in paths] == [1, 2, 3, 4, 5, 6]


def test_the_loop_answers_each_line(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_worker, "allow_cpu_time", lambda: None)
    paths = (workbook, workbook.parent, workbook.parent / "没有.xlsx", Path("a\x00b"))
    requests = io.BytesIO(b"".join(json.dumps({"path": str(path)}).encode() + b"\n" for path in paths))
    answers = io.BytesIO()
    reader_worker.serve(requests, answers)
    good, *faults = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert good["book"]["format"] == "xlsx"
    assert [fault["fault"]["code"] for fault in faults] == ["is_folder", "not_found", "not_found"]


def test_a_file_too_big_or_locked_is_not_parsed(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_worker, "allow_cpu_time", lambda: None)
    monkeypatch.setattr(reader_worker, "MAX_FILE_BYTES", 1000)
    assert _fault_code(workbook) == "too_big"

    def deny(*_arguments: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(input_files.os, "open", deny)
    assert _fault_code(workbook) == "no_permission"


def _fault_code(path: Path) -> str:
    answers = io.BytesIO()
    reader_worker.serve(io.BytesIO(json.dumps({"path": str(path)}).encode() + b"\n"), answers)
    code = json.loads(answers.getvalue())["fault"]["code"]
    assert isinstance(code, str)
    return code
