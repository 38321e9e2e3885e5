"""What stands from earlier quarters stands in a form that was filled with a spreadsheet program alone, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Return
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.shown import Decision
from kjxd_desktop.usecases.sending.exchange import ReturnFile
from tests.helpers.return_contents import dispatch_content
from tests.helpers.return_files import KEY, Desk, Edits, receiving_desk, return_file, row_of

# 规模以上工业企业有研发活动的占比, published in September of the year after.
CODE, TASK, OTHER = "I07", "A1-1", "A2-7"
EARLIER = replace(KEY, period=Period(2024, 1))
GIVEN = Entry(EntryStatus.REPORTED, Decimal("30.8"), data_year=2023)
STANDS = GIVEN.with_fields({"carried": True})
AWAY = Progress(TaskStatus.NOT_INVOLVED)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Desk]:
    with receiving_desk(tmp_path / "市", Role.CITY) as desk:
        with desk.store.writing("test", None) as uow:
            uow.returns.put(Return(EARLIER, 1))
            uow.returns.put_entry(EARLIER, CODE, GIVEN)
            uow.returns.put_progress(EARLIER, TASK, AWAY)
        yield desk


def filled(edits: Edits | None = None) -> ReturnFile:
    """A city's template, filled by hand in one cell at least."""
    return return_file(dispatch_content(), {("I13", "value"): "8", **(edits or {})})


def test_a_blank_row_is_what_stands(city: Desk) -> None:
    city.take(filled())
    assert city.kept().entries[CODE] == STANDS
    assert city.kept().progress[TASK] == replace(AWAY, carried_from="2024Q1")


def test_what_was_taken_so_is_frozen(city: Desk) -> None:
    city.take(filled())
    with city.store.writing("test", None) as uow:
        uow.returns.put_entry(EARLIER, CODE, GIVEN.with_fields({"value": Decimal("31")}))
    assert city.kept().entries[CODE] == STANDS


def test_the_next_file_says_nothing_against_it_where_it_is_blank(city: Desk) -> None:
    city.take(filled())
    preview = city.take(filled({("I13", "value"): "9"}))
    assert [(row.code, row.status.value) for row in preview.rows if row.status.value != "same"] == [
        ("I13", "changed")
    ]
    assert city.kept().entries[CODE] == STANDS
    assert city.kept().progress[TASK].carried_from == "2024Q1"


def test_the_next_file_may_say_another_figure(city: Desk) -> None:
    city.take(filled())
    city.take(filled({(CODE, "value"): "31.5", (CODE, "data_year"): "2023", (TASK, "status"): "进行中"}))
    kept = city.kept()
    assert kept.entries[CODE] == GIVEN.with_fields({"value": Decimal("31.5")})
    assert kept.progress[TASK] == Progress(TaskStatus.IN_PROGRESS)


def test_a_remark_alone_stands_beside_it(city: Desk) -> None:
    city.take(filled({(CODE, "note"): "统计局数"}))
    assert city.kept().entries[CODE] == STANDS.with_fields({"note": "统计局数"})


@pytest.mark.parametrize("edits", [{(CODE, "value"): "约31"}, {(CODE, "data_year"): "去年"}])
def test_what_could_not_be_read_and_was_left_out_is_missing(city: Desk, edits: Edits) -> None:
    """Somebody said something there: the old figure is no answer to it."""
    preview = city.preview(filled(edits))
    decisions = city.receive.accept_all(preview)
    for row in preview.rows:
        if row.status.value == "problem":
            decisions[row.index] = (Decision.LEAVE_MISSING, "")
    city.receive.apply(preview, decisions)
    assert city.kept().entries.get(CODE, Entry()).value is None


def test_a_task_of_which_something_is_said_does_not_stand(city: Desk) -> None:
    city.take(filled({(TASK, "done"): "开了会"}))
    assert city.kept().progress[TASK] == Progress(done="开了会")


def test_a_figure_that_waits_for_a_newer_one_is_no_answer(city: Desk) -> None:
    with city.store.writing("test", None) as uow:
        uow.returns.put_entry(EARLIER, CODE, GIVEN.with_fields({"data_year": 2022}))
    city.take(filled())
    assert CODE not in city.kept().entries


def test_nothing_stands_where_nothing_did(city: Desk) -> None:
    preview = city.take(filled())
    assert row_of(preview, "I04").read == ""
    assert "I04" not in city.kept().entries
    assert OTHER not in city.kept().progress
