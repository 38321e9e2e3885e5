"""Progress of tasks as it is kept: bounds, what a status settles, evidence, reasons in history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.progress import MAX_EVIDENCE_BYTES, MAX_PROGRESS_TEXT, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Return, ReturnState
from kjxd_desktop.usecases.changes import Changes
from tests.helpers.offices import KEY, county_office

RUNNING = Progress(TaskStatus.IN_PROGRESS, 40, "已开工", "缺资金", "招标")
KEY_TEXT = "baiyin-2022/620422/2024Q3"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


def first(office: Office) -> str:
    return office.actions.report.sheet(KEY).rows[0].task.code


def kept(office: Office) -> Progress:
    return office.actions.report.row(KEY, first(office)).progress


def put(office: Office, progress: Progress) -> Changes:
    return office.actions.report.put(KEY, first(office), progress)


def refusal(act: Callable[[], object]) -> tuple[str, str, dict[str, str]]:
    with pytest.raises(ProblemError) as caught:
        act()
    problem = caught.value.problem
    return problem.field, problem.code, dict(problem.params)


def why(office: Office) -> str:
    with office.store.reading() as uow:
        return uow.history.of(limit=1)[0].why


@pytest.mark.parametrize("percent", [0, 100])
def test_percents_from_nought_to_a_hundred(office: Office, percent: int) -> None:
    put(office, replace(RUNNING, percent=percent))
    assert kept(office) == replace(RUNNING, percent=percent)


@pytest.mark.parametrize("percent", [-1, 101])
def test_percents_beyond_them(office: Office, percent: int) -> None:
    assert refusal(lambda: put(office, replace(RUNNING, percent=percent))) == (
        "percent",
        "percent_outside",
        {"text": str(percent)},
    )


@pytest.mark.parametrize("field", ["done", "problems", "next_step"])
def test_texts_of_two_thousand_characters_and_no_more(office: Office, field: str) -> None:
    assert MAX_PROGRESS_TEXT == 2000
    put(office, replace(RUNNING, **{field: "字" * 2000}))  # type: ignore[arg-type]
    assert getattr(kept(office), field) == "字" * 2000
    assert refusal(lambda: put(office, replace(RUNNING, **{field: "字" * 2001}))) == (  # type: ignore[arg-type]
        field,
        "text_too_long",
        {"field": field, "limit": "2000", "length": "2001"},
    )


@pytest.mark.parametrize(
    ("status", "typed", "percent"),
    [
        (TaskStatus.DONE, 40, 100),
        (TaskStatus.DONE, None, 100),
        (TaskStatus.NOT_INVOLVED, 40, None),
        (TaskStatus.NOT_STARTED, None, 0),
        (TaskStatus.NOT_STARTED, 5, 5),
        (TaskStatus.IN_PROGRESS, None, None),
        (TaskStatus.BLOCKED, None, None),
    ],
)
def test_what_a_status_says_of_the_percent(
    office: Office, status: TaskStatus, typed: int | None, percent: int | None
) -> None:
    put(office, replace(RUNNING, status=status, percent=typed))
    assert (kept(office).status, kept(office).percent) == (status, percent)


def test_what_a_write_answers_and_why_it_stands_in_history(office: Office) -> None:
    code = first(office)
    assert put(office, RUNNING) == Changes(KEY_TEXT, tasks=frozenset({code}))
    assert why(office) == "typed"
    with office.store.writing("test", None) as uow:
        uow.returns.put(Return(KEY, 1, ReturnState.CHECKED))
    assert put(office, replace(RUNNING, percent=41)) == Changes(KEY_TEXT, tasks=frozenset({code}), head=True)
    assert office.actions.report.sheet(KEY).head.state is ReturnState.DRAFT
    assert office.actions.report.correct(KEY, code, RUNNING, " 核实后更正 ").tasks == {code}
    assert why(office) == "核实后更正"


def test_a_correction_says_why(office: Office) -> None:
    code = first(office)
    assert refusal(lambda: office.actions.report.correct(KEY, code, RUNNING, "  "))[:2] == (
        "why",
        "why_empty",
    )
    assert refusal(lambda: office.actions.report.correct(KEY, code, RUNNING, "字" * 201)) == (
        "why",
        "reason_too_long",
        {"limit": "200", "length": "201"},
    )
    office.actions.report.correct(KEY, code, RUNNING, "字" * 200)
    assert why(office) == "字" * 200


def test_no_change_takes_over_status_and_percent_but_not_the_files(office: Office, tmp_path: Path) -> None:
    code, before = first(office), replace(KEY, period=Period(2024, 2))
    office.actions.report.put(before, code, RUNNING)
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"jpg")
    office.actions.report.attach(before, code, photo)
    assert office.actions.report.no_change(KEY, code).tasks == {code}
    assert kept(office) == replace(RUNNING, done="本季无变化。")
    assert why(office) == "no_change"


def test_no_change_of_what_nobody_reported_has_not_begun(office: Office) -> None:
    office.actions.report.no_change(KEY, first(office))
    assert kept(office) == Progress(TaskStatus.NOT_STARTED, 0, "本季无变化。")


def test_several_tasks_that_do_not_concern_the_county(office: Office) -> None:
    rows = office.actions.report.sheet(KEY).rows
    # By code, and by the number that people see.
    changes = office.actions.report.not_involved(KEY, [rows[0].task.code, rows[1].task.no])
    assert changes == Changes(KEY_TEXT, tasks=frozenset({rows[0].task.code, rows[1].task.code}))
    after = office.actions.report.sheet(KEY).rows
    assert [row.progress for row in after[:3]] == [Progress(TaskStatus.NOT_INVOLVED)] * 2 + [Progress()]
    assert why(office) == "not_involved"


def test_an_unknown_task_is_a_wrong_call(office: Office) -> None:
    assert refusal(lambda: office.actions.report.put(KEY, "9-9", RUNNING)) == (
        "task",
        "unknown_task",
        {"code": "9-9"},
    )


def test_a_return_that_was_sent_is_left_alone(office: Office) -> None:
    with office.store.writing("test", None) as uow:
        uow.returns.put(Return(KEY, 1, ReturnState.SUBMITTED))
    assert refusal(lambda: put(office, RUNNING)) == ("620422", "not_editable", {"state": "submitted"})


# Evidence


def attach(office: Office, path: Path, content: bytes = b"jpg") -> Changes:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return office.actions.report.attach(KEY, first(office), path)


def test_evidence_alone_says_that_the_task_has_begun(office: Office, tmp_path: Path) -> None:
    assert attach(office, tmp_path / "照片.jpg").tasks == {first(office)}
    assert kept(office).status is TaskStatus.IN_PROGRESS
    (file,) = kept(office).evidence
    assert (file.name, file.bytes) == ("照片.jpg", 3)
    assert office.actions.report.open_copy(file.digest) == b"jpg"
    assert office.actions.report.open_copy("0" * 64) is None
    assert why(office) == "evidence"


def test_evidence_leaves_a_status_as_it_is(office: Office, tmp_path: Path) -> None:
    put(office, replace(RUNNING, status=TaskStatus.BLOCKED))
    attach(office, tmp_path / "照片.jpg")
    assert kept(office).status is TaskStatus.BLOCKED


def test_files_of_one_name_are_numbered_and_the_same_file_is_kept_once(
    office: Office, tmp_path: Path
) -> None:
    for number, content in enumerate((b"one", b"two", b"three")):
        attach(office, tmp_path / str(number) / "照片.jpg", content)
        attach(office, tmp_path / str(number) / "报告", content + b"!")
    assert attach(office, tmp_path / "again" / "别名.jpg", b"two") == Changes(KEY_TEXT)
    assert [file.name for file in kept(office).evidence] == [
        "照片.jpg",
        "报告",
        "照片(2).jpg",
        "报告(2)",
        "照片(3).jpg",
        "报告(3)",
    ]


def test_a_file_taken_off_stays_for_history(office: Office, tmp_path: Path) -> None:
    attach(office, tmp_path / "a.jpg", b"a")
    attach(office, tmp_path / "b.jpg", b"b")
    gone = kept(office).evidence[0]
    assert office.actions.report.detach(KEY, first(office), gone.digest).tasks == {first(office)}
    assert [file.name for file in kept(office).evidence] == ["b.jpg"]
    assert office.actions.report.open_copy(gone.digest) == b"a"


def test_files_that_cannot_be_evidence(office: Office, tmp_path: Path) -> None:
    assert MAX_EVIDENCE_BYTES == 20 * 1024 * 1024
    assert refusal(lambda: attach(office, tmp_path / "空.jpg", b"")) == (
        "evidence",
        "evidence_empty",
        {"name": "空.jpg"},
    )
    missing = tmp_path / "没有.jpg"
    assert refusal(lambda: office.actions.report.attach(KEY, first(office), missing)) == (
        "evidence",
        "evidence_unreadable",
        {"name": "没有.jpg"},
    )
    big = tmp_path / "大.bin"
    with big.open("wb") as file:
        file.truncate(MAX_EVIDENCE_BYTES + 1)
    assert refusal(lambda: office.actions.report.attach(KEY, first(office), big)) == (
        "evidence",
        "evidence_too_big",
        {"name": "大.bin", "size": "20 MB"},
    )
    with big.open("wb") as file:
        file.truncate(MAX_EVIDENCE_BYTES)
    office.actions.report.attach(KEY, first(office), big)
    assert [file.bytes for file in kept(office).evidence] == [MAX_EVIDENCE_BYTES]


def test_a_copy_is_written_where_it_is_wanted_or_the_place_is_named(office: Office, tmp_path: Path) -> None:
    office.actions.report.save_copy(b"jpg", tmp_path / "照片.jpg")
    assert (tmp_path / "照片.jpg").read_bytes() == b"jpg"
    with pytest.raises(FileFault) as caught:
        office.actions.report.save_copy(b"jpg", tmp_path / "没有的文件夹" / "照片.jpg")
    assert caught.value.code is FaultCode.FOLDER_MISSING
