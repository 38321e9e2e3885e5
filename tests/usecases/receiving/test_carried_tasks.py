"""Tasks that stand from an earlier quarter cross to the city, and back out of files that say something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.canonical import Submission as Lines
from kjxd_desktop.domain.returns.first_codes import lines_format
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnKey, Signature
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.read_tasks import read_progress
from kjxd_desktop.usecases.receiving.shown import Decision, RowStatus
from kjxd_desktop.usecases.sending.exchange import FileCell
from kjxd_desktop.workbooks.identity_reader import read_identity
from tests.helpers.changed_workbooks import (
    SENT,
    Here,
    put,
    read_bytes,
    read_changed,
    rows_of,
    saved,
    without_identity,
)
from tests.helpers.return_files import KEY, Desk, receiving_desk, signed

TASK, OTHER = "A2-7", "A1-1"
AWAY = Progress(TaskStatus.NOT_INVOLVED, carried_from="2024Q2")
DONE = Progress(TaskStatus.DONE, 100, carried_from="2024Q1")


def content(**progress: Progress) -> Any:
    by_code = {code.replace("_", "-"): item for code, item in progress.items()}
    return signed(replace(SENT, progress=by_code, explanations=()))


STANDING = content(A1_1=DONE, A2_7=AWAY)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Desk]:
    with receiving_desk(tmp_path / "city", Role.CITY) as desk:
        yield desk


def take_whatever(desk: Desk, file: Any) -> None:
    """As a person who takes a file that does not descend from the last one, too."""
    preview = desk.preview(file)
    every = {row.index: (Decision.TAKE, "") for row in preview.rows if row.status is not RowStatus.SAME}
    desk.receive.apply(preview, every)


def notices(desk: Desk, file: Any) -> list[str]:
    preview = desk.take(file)
    return [code for code, _ in preview.notices]


def test_what_stands_is_received_as_it_stood(city: Desk, tmp_path: Path) -> None:
    said = notices(city, read_bytes(tmp_path, saved(STANDING)))
    assert "changed_after_export" not in said
    kept = city.kept().progress
    assert (kept[OTHER], kept[TASK]) == (DONE, AWAY)
    assert city.store.verify().ok
    # Its check code fits what was received, and the same file again changes nothing.
    again = city.take(read_bytes(tmp_path, saved(STANDING)))
    assert {row.status.value for row in again.rows} == {"same"}


@pytest.mark.parametrize(
    ("header", "text", "after"),
    [
        ("状态", "进行中", Progress(TaskStatus.IN_PROGRESS)),
        ("进展情况", "复核过", Progress(TaskStatus.NOT_INVOLVED, done="复核过")),
    ],
)
def test_a_row_that_somebody_changed_is_the_quarters_own(
    city: Desk, tmp_path: Path, header: str, text: str, after: Progress
) -> None:
    said = notices(city, read_changed(tmp_path, saved(STANDING), put(TASK, text, header)))
    assert "changed_after_export" in said
    kept = city.kept().progress
    assert (kept[TASK], kept[OTHER]) == (after, DONE)


def test_a_row_that_is_gone_is_told_though_the_identity_knows_it(city: Desk, tmp_path: Path) -> None:
    def gone(workbook: Workbook) -> None:
        sheet = workbook["任务"]
        for cell in sheet[rows_of(sheet, TASK)[0]]:
            cell.value = None

    assert "tasks_absent" in notices(city, read_changed(tmp_path, saved(STANDING), gone))
    assert city.kept().progress.get(TASK, NO_PROGRESS) == NO_PROGRESS


def test_a_file_without_its_identity_says_what_is_seen(city: Desk, tmp_path: Path) -> None:
    city.take(read_changed(tmp_path, saved(STANDING), without_identity))
    assert city.kept().progress[TASK] == replace(AWAY, carried_from="")
    # Seen once more in a copy without it, what is known of it here stays.
    with receiving_desk(tmp_path / "second", Role.CITY) as desk:
        desk.take(read_bytes(tmp_path, saved(STANDING)))
        take_whatever(desk, read_changed(tmp_path, saved(STANDING), without_identity))
        assert desk.kept().progress[TASK] == AWAY
        take_whatever(
            desk, read_changed(tmp_path, saved(STANDING), without_identity, put(TASK, "受阻", "状态"))
        )
        assert desk.kept().progress[TASK] == Progress(TaskStatus.BLOCKED)


def test_a_later_file_tells_where_it_comes_from_now(city: Desk, tmp_path: Path) -> None:
    """The same status may be the quarter's own by the next round, or stand after all."""
    own = content(A1_1=DONE, A2_7=replace(AWAY, carried_from=""))
    file = read_bytes(tmp_path, saved(STANDING))
    city.take(file)
    second = signed(own, round=2, earlier=(STANDING.identity.digest,))
    city.take(read_bytes(tmp_path, saved(second)))
    assert city.kept().progress[TASK] == replace(AWAY, carried_from="")
    third = signed(STANDING, round=3, earlier=(STANDING.identity.digest, second.identity.digest))
    city.take(read_bytes(tmp_path, saved(third)))
    assert city.kept().progress[TASK] == AWAY


def cells(status: str, percent: str, source: str, *, exact: bool = True) -> dict[str, FileCell]:
    given = {"status": status, "percent": percent, "carried_from": source}
    return {
        name: FileCell("标识", "A9", "progress", TASK, name, text, exact=text if exact else None)
        for name, text in given.items()
    }


@pytest.mark.parametrize(
    ("status", "percent", "source", "taken"),
    [
        ("已完成", "100", "2024Q2", "2024Q2"),
        ("已完成", "40", "2024Q2", ""),
        ("进行中", "40", "2024Q2", ""),
        ("不涉及", "", "2023Q4", "2023Q4"),
        ("不涉及", "", "2024Q3", ""),
        ("不涉及", "", "2025Q1", ""),
        ("", "", "2024Q2", ""),
    ],
)
def test_only_what_can_stand_from_an_earlier_quarter_does(
    status: str, percent: str, source: str, taken: str
) -> None:
    found = read_progress(cells(status, percent, source), None, Period(2024, 3))["carried_from"]
    assert (found.text, found.exact) == (taken, True)
    unsigned = read_progress(cells(status, percent, source, exact=False), None, Period(2024, 3))
    assert unsigned["carried_from"].text == ""


@pytest.mark.parametrize(("source", "read"), [("2024Q2", True), ("2024年二季度", False), ("上季", False)])
def test_an_identity_sheet_names_a_quarter(tmp_path: Path, source: str, read: bool) -> None:
    path = tmp_path / "会宁县.xlsx"
    path.write_bytes(saved(content(A2_7=replace(AWAY, carried_from=source))))
    assert (read_identity(Here().read(path)) is not None) is read


def test_what_was_sent_before_there_was_such_a_mark_keeps_its_format() -> None:
    key = ReturnKey(KEY.plan_id, KEY.unit_code, KEY.period)

    def lines(item: Progress) -> int:
        return lines_format(Lines(key, 1, "", 1, (), {}, (), {TASK: item}, Signature()))

    assert [lines(item) for item in (NO_PROGRESS, replace(AWAY, carried_from=""), AWAY)] == [1, 1, 2]
