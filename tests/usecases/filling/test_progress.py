"""Progress of tasks: what a status implies, what is too much, evidence files in and out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.problems import CallError, ProblemError
from kjxd_desktop.domain.returns.progress import (
    MAX_EVIDENCE_BYTES,
    MAX_PROGRESS_TEXT,
    NO_PROGRESS,
    Progress,
    TaskStatus,
)
from tests.helpers.offices import KEY, county_office

EARLIER = replace(KEY, period=Period(2024, 2))
TASK = "A1-1"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "现场.jpg"
    path.write_bytes(b"\xff\xd8 the works")
    return path


def kept(office: Office, code: str = TASK) -> Progress:
    return office.actions.report.row(KEY, code).progress


def refused(office: Office, progress: Progress) -> tuple[str, str]:
    with pytest.raises(ProblemError) as caught:
        office.actions.report.put(KEY, TASK, progress)
    assert kept(office) == NO_PROGRESS
    return caught.value.problem.field, caught.value.problem.code


@pytest.mark.parametrize(
    ("status", "percent", "stays"),
    [
        (TaskStatus.DONE, 40, 100),
        (TaskStatus.DONE, None, 100),
        (TaskStatus.NOT_STARTED, None, 0),
        (TaskStatus.NOT_STARTED, 5, 5),
        (TaskStatus.NOT_INVOLVED, 40, None),
        (TaskStatus.IN_PROGRESS, 40, 40),
        (TaskStatus.BLOCKED, None, None),
    ],
)
def test_a_status_says_what_the_percent_is(
    office: Office, status: TaskStatus, percent: int | None, stays: int | None
) -> None:
    office.actions.report.put(KEY, TASK, Progress(status, percent, problems="缺经费"))
    assert (kept(office).status, kept(office).percent) == (status, stays)


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_percent_is_one_of_a_hundred(office: Office, percent: int) -> None:
    found = refused(office, Progress(TaskStatus.IN_PROGRESS, percent))
    assert found == ("percent", "percent_outside")


@pytest.mark.parametrize("field", ["done", "problems", "next_step"])
def test_a_text_fits_its_box(office: Office, field: str) -> None:
    empty = Progress(TaskStatus.IN_PROGRESS, 10)
    assert refused(office, replace(empty, **{field: "字" * (MAX_PROGRESS_TEXT + 1)})) == (
        field,
        "text_too_long",
    )
    whole = replace(empty, **{field: "字" * MAX_PROGRESS_TEXT})
    office.actions.report.put(KEY, TASK, whole)
    assert kept(office) == whole


def test_a_task_goes_by_its_number_too_and_an_unknown_one_is_named(office: Office) -> None:
    office.actions.report.put(KEY, "1-1", Progress(TaskStatus.IN_PROGRESS, 30))
    assert kept(office, TASK).percent == 30 and office.actions.report.sheet(KEY).updated == 1
    with pytest.raises(CallError) as caught:
        office.actions.report.row(KEY, "9-99")
    assert caught.value.problem.code == "unknown_task"


def test_no_change_carries_last_quarter_over_without_its_files(office: Office, photo: Path) -> None:
    office.actions.report.put(EARLIER, TASK, Progress(TaskStatus.IN_PROGRESS, 60, "开工", next_step="验收"))
    office.actions.report.attach(EARLIER, TASK, photo)
    office.actions.report.no_change(KEY, TASK)
    assert kept(office) == Progress(TaskStatus.IN_PROGRESS, 60, "本季无变化。", next_step="验收")
    office.actions.report.no_change(KEY, "A1-2")
    assert kept(office, "A1-2") == Progress(TaskStatus.NOT_STARTED, 0, "本季无变化。")


def test_a_file_is_kept_once_and_two_of_one_name_stay_apart(office: Office, photo: Path) -> None:
    attach = office.actions.report.attach
    assert attach(KEY, TASK, photo).tasks == {TASK}
    assert kept(office).status is TaskStatus.IN_PROGRESS
    assert attach(KEY, TASK, photo).tasks == frozenset()
    for content in (b"another view", b"a third"):
        photo.write_bytes(content)
        attach(KEY, TASK, photo)
    plain = photo.with_name("说明")
    for content in (b"first page", b"second page"):
        plain.write_bytes(content)
        attach(KEY, TASK, plain)
    files = kept(office).evidence
    assert [file.name for file in files] == ["现场.jpg", "现场(2).jpg", "现场(3).jpg", "说明", "说明(2)"]
    contents = [office.actions.report.open_copy(file.digest) for file in files]
    assert contents[1:] == [b"another view", b"a third", b"first page", b"second page"]
    office.actions.report.detach(KEY, TASK, files[0].digest)
    assert [file.name for file in kept(office).evidence] == [file.name for file in files[1:]]
    # History still has it.
    assert office.actions.report.open_copy(files[0].digest) == contents[0]


@pytest.mark.parametrize(
    ("bytes_", "said"), [(0, "evidence_empty"), (MAX_EVIDENCE_BYTES + 1, "evidence_too_big")]
)
def test_an_empty_file_and_a_huge_one_are_refused(
    office: Office, photo: Path, bytes_: int, said: str
) -> None:
    photo.write_bytes(b"")
    os.truncate(photo, bytes_)
    with pytest.raises(ProblemError) as caught:
        office.actions.report.attach(KEY, TASK, photo)
    assert caught.value.problem.code == said and caught.value.problem.params["name"] == "现场.jpg"
    assert kept(office) == NO_PROGRESS


def test_a_file_that_is_gone_or_a_folder_is_told_by_name(office: Office, tmp_path: Path) -> None:
    (tmp_path / "照片").mkdir()
    for name, code in (("没有.jpg", "evidence_unreadable"), ("照片", "evidence_is_folder")):
        with pytest.raises(ProblemError) as caught:
            office.actions.report.attach(KEY, TASK, tmp_path / name)
        assert caught.value.problem.code == code
        assert caught.value.problem.params["name"] == name


def test_a_copy_is_written_where_the_person_wants_it(office: Office, photo: Path, tmp_path: Path) -> None:
    office.actions.report.save_copy(b"content", photo)
    assert photo.read_bytes() == b"content"
    with pytest.raises(FileFault) as caught:
        office.actions.report.save_copy(b"content", tmp_path / "没有" / "照片.jpg")
    assert (caught.value.code, caught.value.path_name) == (FaultCode.FOLDER_MISSING, "照片.jpg")
    assert office.actions.report.open_copy("ab" * 32) is None
