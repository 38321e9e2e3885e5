"""What a return's workbook holds beside its figures: earlier ones, valid reasons, rounds, heads of history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.usecases.filling.edits import StatusEdit, TextEdit
from kjxd_desktop.usecases.sending.content import dispatch_content
from kjxd_desktop.usecases.sending.exchange import FileKind, ReturnContent
from tests.helpers.offices import (
    CITY,
    COUNTY,
    KEY,
    PLAN,
    TODAY,
    city_office,
    county_office,
    fill_all,
    fill_clean,
)

Q2, YEAR_AGO = replace(KEY, period=Period(2024, 2)), replace(KEY, period=Period(2023, 3))


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as opened:
        yield opened


def content(county: Office) -> ReturnContent:
    return county.actions.send.content(KEY)


def test_figures_of_last_quarter_and_of_a_year_ago_stand_beside(county: Office) -> None:
    for key, text in ((KEY, "12"), (Q2, "11"), (YEAR_AGO, "9")):
        county.actions.fill.edit(key, "I13", TextEdit(text))
    county.actions.fill.edit(Q2, "I14", StatusEdit(EntryStatus.NOT_PUBLISHED))
    found = content(county)
    assert {code: str(entry.value) for code, entry in found.entries.items()} == {"I13": "12"}
    assert {code: entry.status.value for code, entry in found.previous.items()} == {
        "I13": "reported",
        "I14": "not_published",
    }
    assert {code: str(entry.value) for code, entry in found.last_year.items()} == {"I13": "9"}
    assert found.locked == {"I01", "I02"}


def test_what_was_reported_of_tasks_last_quarter_stands_beside(county: Office) -> None:
    first, second, *_ = [row.task.code for row in county.actions.report.sheet(KEY).rows]
    county.actions.report.put(Q2, first, Progress(TaskStatus.IN_PROGRESS, 30, "上季"))
    county.actions.report.put(KEY, second, Progress(TaskStatus.IN_PROGRESS, 40, "本季"))
    found = content(county)
    assert {code: item.done for code, item in found.progress.items()} == {second: "本季"}
    assert {code: item.done for code, item in found.previous_progress.items()} == {first: "上季"}


def test_only_reasons_that_still_hold_travel(county: Office) -> None:
    fill_all(county)
    county.actions.fill.edit(KEY, "I07", TextEdit("99"))
    asked = [item for item in county.actions.check.check(KEY).findings if item.code == "I07"]
    for finding in asked:
        county.actions.fill.explain(KEY, "I07", finding.rule, "核对过")
    assert [(item.code, item.text) for item in content(county).explanations] == [("I07", "核对过")] * len(
        asked
    )
    county.actions.fill.edit(KEY, "I07", TextEdit("98"))
    assert content(county).explanations == ()


def test_who_it_is_from_and_until_when(county: Office) -> None:
    with county.store.reading() as uow:
        workspace = uow.workspace.info().id
    identity = content(county).identity
    assert (identity.kind, identity.plan_id, identity.revision) == (FileKind.RETURN, PLAN, 1)
    assert (identity.unit_code, identity.unit_name, identity.period) == (COUNTY, "会宁县", KEY.period)
    assert (identity.workspace_id, identity.created_at) == (workspace, TODAY)
    assert (identity.deadline, content(county).deadline) == (datetime(2024, 10, 10, 18),) * 2
    assert (identity.round, identity.earlier) == (1, ())


def test_rounds_count_what_was_sent_and_name_it(county: Office, tmp_path: Path) -> None:
    fill_clean(county)
    first = content(county).identity
    county.actions.send.submit(KEY, tmp_path / "第1次.xlsx")
    with county.store.reading() as uow:
        (told,) = uow.exchange.sent_heads()
    assert told == first.heads[-1]
    county.actions.send.withdraw(KEY, "填错")
    second = content(county).identity
    assert (second.round, second.earlier) == (2, (first.digest,))
    # History at the first submission, then how far it is now.
    assert [head.line for head in second.heads[:1]] == [told.line]
    with county.store.reading() as uow:
        assert second.heads[-1] == uow.history.head() and len(second.heads) == 2
    assert second.digest != first.digest
    assert county.actions.send.suggested_name(KEY).endswith("_第2次.xlsx")


def test_a_template_brings_targets_baselines_duties_and_what_only_the_city_knows(city: Office) -> None:
    city.actions.targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "12")
    city.actions.targets.set_target(PLAN, COUNTY, "I14", TargetKind.BINDING, 2025, "12")
    city.actions.targets.set_target(PLAN, COUNTY, "I14", TargetKind.BINDING, 2025, "")
    city.actions.targets.set_baseline(PLAN, COUNTY, "I13", 2021, "7")
    city.actions.decompose.assign(PLAN, [(COUNTY, "I16")], False)
    city.actions.fill.edit(KEY, "I01", TextEdit("53.6"))
    city.actions.fill.edit(KEY, "I13", TextEdit("12"))
    with city.store.reading() as uow:
        found = dispatch_content(uow, KEY, TODAY)
    dispatch = found.dispatch
    assert dispatch is not None
    assert {code: [item.value for item in items] for code, items in dispatch.targets.items()} == {
        "I13": [Decimal(12)]
    }
    assert {code: item.value for code, item in dispatch.baselines.items()} == {"I13": Decimal(7)}
    assert dispatch.assigned == {"I16": False}
    assert {code: str(entry.value) for code, entry in dispatch.sent_down.items()} == {"I01": "53.6"}
    assert found.entries == dispatch.sent_down
    assert (found.identity.kind, found.identity.digest, found.identity.check_code) == (
        FileKind.DISPATCH,
        "",
        "",
    )
    assert found.yardsticks["I13"].baseline is not None


# The list of returns


def test_a_countys_own_returns_newest_first_without_what_was_filled_in_later(county: Office) -> None:
    county.actions.fill.edit(Q2, "I13", TextEdit("11"))
    county.actions.backfill.set_block(PLAN, COUNTY, [(Period(2023, 4), "I13", "10")])
    answer = county.actions.status.returns(PLAN, KEY.period)
    assert [(row.period, row.head is not None) for row in answer.rows] == [
        (Period(2024, 3), False),
        (Period(2024, 2), True),
    ]
    assert (answer.period, answer.deadline) == (KEY.period, datetime(2024, 10, 10, 18))


def test_how_far_each_units_return_is(city: Office) -> None:
    """A figure that is sent down is none of the county's own."""
    city.actions.fill.edit(KEY, "I01", TextEdit("53.6"))
    city.actions.fill.edit(KEY, "I13", TextEdit("-1"))
    city.actions.fill.edit(KEY, "I07", TextEdit("99"))
    code = city.actions.report.sheet(KEY).rows[0].task.code
    city.actions.report.put(KEY, code, Progress(TaskStatus.IN_PROGRESS, 40))
    rows = {row.unit.code: row for row in city.actions.status.returns(PLAN, KEY.period).rows}
    assert CITY not in rows and len(rows) >= 5
    row = rows[COUNTY]
    assert (row.due, row.filled, row.tasks, row.updated) == (14, 2, 32, 1)
    assert row.errors == 1 and row.to_explain >= 1
    other = rows["620423"]
    assert (other.head, other.due, other.filled, other.updated, other.errors) == (None, 14, 0, 0, 0)


def test_a_deadline_that_the_city_set_holds_for_its_period_only(city: Office) -> None:
    due = datetime(2024, 9, 25, 12)
    city.actions.targets.set_deadline(PLAN, KEY.period, due)
    assert city.actions.status.returns(PLAN, KEY.period).deadline == due
    assert city.actions.status.returns(PLAN, Period(2024, 2)).deadline == datetime(2024, 7, 10, 18)
    assert city.actions.status.status(KEY).days_left == -13
