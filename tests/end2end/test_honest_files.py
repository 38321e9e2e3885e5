"""Files that nobody manipulated, in the order sticks bring them: nothing is asked about them, or once."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.check_code import FIRST
from kjxd_desktop.usecases.receiving.shown import Decision, RowStatus
from kjxd_desktop.usecases.sending.content import return_content
from tests.end2end.test_manipulations import Desks, desks, first
from tests.helpers.manipulations import drop_records, set_figure, set_record, with_sources, written
from tests.helpers.offices import KEY, TODAY, fill_clean

__all__ = ["desks", "first"]
SECOND_QUARTER = replace(KEY, period=Period(2024, 2))


def taken(desks: Desks, path: Path, *, days: int, asked: bool) -> None:
    """The city takes a file in; whether somebody must be asked before it is written is as said."""
    with desks.at(desks.city, days) as office:
        receive = office.actions.receive
        preview = receive.preview(path)
        assert preview.must_ask is asked, preview.notices
        decided = {row.index: (Decision.TAKE, "") for row in preview.rows if row.status is not RowStatus.SAME}
        receive.apply(preview, decided, heads_asked=asked)


@pytest.mark.parametrize("later_first", [False, True])
def test_files_of_one_moment_cross(desks: Desks, later_first: bool) -> None:
    with desks.at(desks.county) as office:
        fill_clean(office, SECOND_QUARTER)
        other = office.actions.send.submit(SECOND_QUARTER, desks.folder / "二季度.xlsx").path
    third = desks.next_round("第2次.xlsx", days=0)
    for path in (third, other) if later_first else (other, third):
        taken(desks, path, days=1, asked=False)


def test_a_file_that_was_taken_in_is_not_asked_about_again(desks: Desks) -> None:
    """A folder is imported again and again; what a person decided stands."""
    drop_records(desks.file, "seal")
    taken(desks, desks.file, days=1, asked=True)
    taken(desks, desks.file, days=2, asked=False)


def test_a_copy_of_what_was_taken_in_is_not_asked_about(desks: Desks) -> None:
    """Of a file that says nothing new nothing is written, whatever its seal is."""
    copy = Path(shutil.copyfile(desks.file, desks.folder / "副本.xlsx"))
    drop_records(copy, "seal")
    desks.taken()
    taken(desks, copy, days=2, asked=False)
    set_figure(copy, "I13", "15", exact=True)
    taken(desks, copy, days=3, asked=True)


def test_a_workbook_made_anew_leads_to_no_question(desks: Desks) -> None:
    """Of a submission whose file was not kept: its end of history is one that later files tell."""
    desks.taken()
    desks.next_round("第2次.xlsx", days=2)
    with closing(sqlite3.connect(desks.county)) as connection, connection:
        connection.execute("UPDATE submissions SET workbook = NULL, evidence = NULL")
    with desks.at(desks.county, 3) as office:
        saved = office.actions.again.save(KEY, desks.folder / "再存.xlsx")
        assert saved.anew
    taken(desks, saved.path, days=3, asked=False)
    taken(desks, desks.next_round("第3次.xlsx", "14", days=4), days=5, asked=False)


def test_a_workbook_made_anew_is_no_later_than_its_submission(desks: Desks) -> None:
    """It comes for the first time, after files that were sent later: months after, and on time all the same."""
    with desks.at(desks.county, 2) as office:
        fill_clean(office, SECOND_QUARTER)
        other = office.actions.send.submit(SECOND_QUARTER, desks.folder / "二季度.xlsx").path
    taken(desks, other, days=3, asked=False)
    with closing(sqlite3.connect(desks.county)) as connection, connection:
        connection.execute("UPDATE submissions SET workbook = NULL, evidence = NULL")
    with desks.at(desks.county, 90) as office:
        saved = office.actions.again.save(KEY, desks.folder / "再存.xlsx").path
    taken(desks, saved, days=91, asked=False)
    with desks.at(desks.city, 91) as office:
        assert office.actions.fill.sheet(KEY).head.submitted_at == TODAY


def test_a_clock_that_was_years_ahead_is_asked_about_once(desks: Desks) -> None:
    desks.taken()
    taken(desks, desks.next_round("第2次.xlsx", days=800), days=2, asked=False)
    taken(desks, desks.next_round("第3次.xlsx", "14", days=3), days=4, asked=True)
    taken(desks, desks.next_round("第4次.xlsx", "15", days=5), days=6, asked=False)


def test_an_older_program_is_asked_about_once(desks: Desks) -> None:
    desks.taken()
    for days, asked in ((2, True), (4, False)):
        path = desks.next_round(f"第{days}次.xlsx", str(10 + days), days=days)
        written(with_sources(desks.content(), format=FIRST, seal=""), path)
        taken(desks, path, days=days + 1, asked=asked)


def test_an_older_file_of_an_older_program_that_comes_late_is_not_asked_about(desks: Desks) -> None:
    with desks.at(desks.county) as office:
        fill_clean(office, SECOND_QUARTER)
        other = office.actions.send.submit(SECOND_QUARTER, desks.folder / "二季度.xlsx").path
    with desks.at(desks.county) as office:
        answer = office.actions.check.check(SECOND_QUARTER)
        with office.store.reading() as uow:
            sent = uow.exchange.last_submission(SECOND_QUARTER)
            content = return_content(uow, SECOND_QUARTER, answer, TODAY, sent=sent)
    written(with_sources(content, format=FIRST, seal=""), other)
    taken(desks, desks.next_round("第2次.xlsx", days=2), days=3, asked=False)
    taken(desks, other, days=4, asked=False)


def test_a_file_the_city_refused_is_asked_about_again(desks: Desks) -> None:
    """Looking is not asking."""
    drop_records(desks.file, "seal")
    for _ in range(2):
        with desks.at(desks.city, 1) as office:
            receive = office.actions.receive
            preview = receive.preview(desks.file)
            with pytest.raises(ProblemError):
                receive.apply(preview, receive.accept_all(preview))


@pytest.mark.parametrize("told", ["0001-01-01T00:00:00", "9999-12-31T23:59:59", "0001-01-01T00:00:00+14:00"])
def test_a_time_at_the_end_of_the_calendar_is_none_that_a_program_wrote(desks: Desks, told: str) -> None:
    set_record(desks.file, "created_at", 2, told)
    with desks.at(desks.city, 1) as office:
        preview = office.actions.receive.preview(desks.file)
    assert {"no_identity", "unsigned"} <= {code for code, _ in preview.notices}
