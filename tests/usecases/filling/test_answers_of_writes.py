"""What each write answers, so that screens show anew what changed and nothing else, and why it stands in history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.returns import Return, ReturnKey, ReturnState, Signature
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.filling.edits import (
    ComponentsEdit,
    RemarkEdit,
    StatusEdit,
    TextEdit,
    YearEdit,
)
from tests.helpers.offices import COUNTY, KEY, PLAN, city_office, county_office, fill_clean

KEY_TEXT = f"{PLAN}/{COUNTY}/2024Q3"
SIGNED = Signature("张三", "李四", "王五", "0943-1234567", "2024-10-08")
I13 = frozenset({"I13"})


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as opened:
        yield opened


def why(office: Office) -> str:
    with office.store.reading() as uow:
        return uow.history.of(limit=1)[0].why


def bare(changes: Changes) -> Changes:
    """The answer without its lines of the grid, which are looked at elsewhere."""
    return Changes(**{item.name: getattr(changes, item.name) for item in fields(Changes)})


def brought_to(office: Office, state: ReturnState, key: ReturnKey = KEY) -> None:
    with office.store.writing("test", None) as uow:
        uow.returns.put(replace(uow.returns.find(key) or Return(key, 1), state=state))


# Cells


def test_a_cell_that_changes_and_one_that_does_not(county: Office) -> None:
    fill = county.actions.fill
    assert bare(fill.edit(KEY, "I13", TextEdit("12"))) == Changes(KEY_TEXT, I13)
    assert why(county) == "typed"
    assert bare(fill.edit(KEY, "I13", TextEdit("12"))) == Changes(KEY_TEXT)
    assert bare(fill.edit(KEY, "I13", TextEdit("13"), why="imported")) == Changes(KEY_TEXT, I13)
    assert why(county) == "imported"
    assert bare(fill.edit(KEY, "I13", StatusEdit(EntryStatus.ESTIMATED))) == Changes(KEY_TEXT, I13)
    assert why(county) == "status"
    assert bare(fill.edit(KEY, "I13", RemarkEdit("note", "含待认定"))) == Changes(KEY_TEXT, I13)
    assert why(county) == "note"
    assert bare(fill.edit(KEY, "I05", ComponentsEdit("1", "200"))).entries == {"I05"}
    assert why(county) == "components"
    assert bare(fill.edit(KEY, "I04", YearEdit(2022))) == Changes(KEY_TEXT, frozenset({"I04"}))
    assert why(county) == "data_year"
    both = [TextEdit("14"), RemarkEdit("note", "更正")]
    assert bare(fill.edit(KEY, "I13", *both)) == Changes(KEY_TEXT, I13)
    assert why(county) == "typed"
    assert bare(fill.correct(KEY, "I13", [TextEdit("15")], " 核实 ")) == Changes(KEY_TEXT, I13)
    assert why(county) == "核实"
    before = fill.row(KEY, "I13").entry
    fill.edit(KEY, "I13", TextEdit(""))
    assert bare(fill.restore(KEY, {"I13": before}, "undo")) == Changes(KEY_TEXT, I13)
    assert (why(county), fill.row(KEY, "I13").entry) == ("undo", before)


def test_the_lines_that_a_cell_touches_come_with_the_answer(county: Office) -> None:
    (row,) = county.actions.fill.edit(KEY, "I13", TextEdit("12")).rows
    assert row == county.actions.fill.row(KEY, "I13")


@pytest.mark.parametrize("state", [ReturnState.CHECKED, ReturnState.SIGNED])
def test_a_checked_return_is_a_draft_again_and_that_is_told(county: Office, state: ReturnState) -> None:
    brought_to(county, state)
    assert bare(county.actions.fill.edit(KEY, "I13", TextEdit("12"))) == Changes(KEY_TEXT, I13, head=True)
    assert county.actions.fill.sheet(KEY).head.state is ReturnState.DRAFT


def test_a_pasted_block(county: Office) -> None:
    county.actions.fill.edit(KEY, "I14", TextEdit("7"))
    outcome = county.actions.fill.set_block(
        KEY,
        [("I13", TextEdit("12")), ("I14", TextEdit("约8")), ("I15", TextEdit("9")), ("I99", TextEdit("1"))],
    )
    assert bare(outcome.changes) == Changes(KEY_TEXT, frozenset({"I13", "I15"}))
    assert [(item.field, item.code) for item in outcome.refused] == [
        ("I14", "not_exact"),
        ("indicator", "unknown_indicator"),
    ]
    assert {code: entry.filled for code, entry in outcome.before.items()} == {"I13": False, "I15": False}
    assert why(county) == "pasted"
    assert str(county.actions.fill.row(KEY, "I14").entry.value) == "7"


def test_the_footer_is_kept_once(county: Office) -> None:
    assert county.actions.fill.set_signature(KEY, SIGNED) == Changes(KEY_TEXT, head=True)
    assert why(county) == "signature"
    assert county.actions.fill.set_signature(KEY, SIGNED) == Changes(KEY_TEXT)
    assert county.actions.fill.sheet(KEY).head.signature == SIGNED


def test_a_reason(county: Office) -> None:
    county.actions.fill.edit(KEY, "I07", TextEdit("99"))
    (finding,) = [item for item in county.actions.check.check(KEY).findings if item.code == "I07"]
    assert county.actions.fill.explain(KEY, "I07", finding.rule, " 经核对无误 ") == Changes(
        KEY_TEXT, frozenset({"I07"})
    )
    assert why(county) == "explained"
    (found,) = county.actions.fill.row(KEY, "I07").findings
    assert found.explanation == "经核对无误"


# Earlier periods


def test_a_table_of_earlier_periods(county: Office) -> None:
    backfill = county.actions.backfill
    early, late = Period(2023, 3), Period(2023, 4)
    cells = [(late, "I13", "10"), (early, "I13", "9"), (late, "I14", "约8"), (KEY.period, "I13", "12")]
    county.actions.fill.edit(KEY, "I13", TextEdit("11"))
    outcome = backfill.set_block(PLAN, COUNTY, cells)
    assert outcome.changes == Changes(f"{PLAN}/{COUNTY}/", I13)
    assert [(item.field, item.code) for item in outcome.refused] == [
        ("2023Q4/I14", "not_exact"),
        ("2024Q3/I13", "backfill_submitted"),
    ]
    assert outcome.refused[1].params == {"period": "2024Q3"}
    assert list(outcome.before) == ["2023Q3/I13", "2023Q4/I13"]
    assert why(county) == "backfill"
    assert county.actions.fill.sheet(replace(KEY, period=early)).head.backfilled
    assert backfill.restore(PLAN, COUNTY, outcome.before, "undo") == Changes(f"{PLAN}/{COUNTY}/", I13)
    assert why(county) == "undo"
    assert not county.actions.fill.row(replace(KEY, period=early), "I13").entry.filled


def test_which_periods_of_the_table_are_locked(county: Office) -> None:
    county.actions.backfill.set_block(PLAN, COUNTY, [(Period(2024, 2), "I13", "10")])
    county.actions.fill.edit(KEY, "I13", TextEdit("11"))
    grid = county.actions.backfill.grid(PLAN, COUNTY, Period(2024, 1), Period(2024, 3))
    assert grid.periods == (Period(2024, 1), Period(2024, 2), Period(2024, 3))
    assert grid.locked == {Period(2024, 3)}
    assert grid.closed == {"I01", "I02"}
    assert {place: str(entry.value) for place, entry in grid.entries.items()} == {
        ("I13", Period(2024, 2)): "10",
        ("I13", Period(2024, 3)): "11",
    }
    assert county.actions.backfill.grid(PLAN, COUNTY, Period(2024, 3), Period(2024, 2)).periods == ()


# What measures a unit


def test_targets_baselines_deadlines_and_duties(city: Office) -> None:
    targets = city.actions.targets
    told = Changes(entries=I13, plan=True)
    assert targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "12") == told
    assert why(city) == "target"
    assert targets.set_baseline(PLAN, COUNTY, "I13", 2021, "8") == told
    assert why(city) == "baseline"
    assert targets.set_deadline(PLAN, KEY.period, datetime(2024, 10, 20, 18)) == Changes(plan=True)
    assert why(city) == "deadline"
    assert city.actions.decompose.assign(PLAN, [(COUNTY, "I13")], False) == Changes(head=True, plan=True)
    assert why(city) == "assignment"
    (line,) = [item for item in targets.lines(PLAN, COUNTY) if item.indicator.code == "I13"]
    assert (line.baseline, line.baseline_year, line.binding, line.expected, line.year) == (
        Decimal(8),
        2021,
        Decimal(12),
        None,
        2025,
    )


def test_a_target_in_another_unit_tells_its_conversion(city: Office) -> None:
    changes = city.actions.targets.set_target(PLAN, COUNTY, "I12", TargetKind.BINDING, 2025, "12000万元")
    params = (("text", "12000万元"), ("value", "1.2"), ("unit", "亿元"))
    assert changes == Changes(entries=frozenset({"I12"}), plan=True, notes=(("converted", params),))


def test_plans_that_share_a_figure(county: Office) -> None:
    plan = BuiltInPlans().load(PLAN)
    county.actions.plans.adopt(replace(plan, id="own", title="会宁县科技计划", short_title="会宁县科技计划"))
    one, other = (PLAN, "I13"), ("own", "I13")
    counts = (("filled", "0"), ("differ", "0"))
    assert county.actions.share.share(one, other) == Changes(
        head=True, plan=True, notes=(("shared", counts),)
    )
    assert why(county) == "shared"
    told = bare(county.actions.fill.edit(KEY, "I13", TextEdit("12")))
    assert told.notes == (("shared_kept", (("plan", "会宁县科技计划"),)),)
    brought_to(county, ReturnState.SUBMITTED, replace(KEY, plan_id="own"))
    told = bare(county.actions.fill.edit(KEY, "I13", TextEdit("13")))
    assert told.notes == (("shared_locked", (("plan", "会宁县科技计划"),)),)
    assert county.actions.share.part(one, other) == Changes(head=True, plan=True)


# The way of a return


def test_sent_withdrawn_signed_and_taken_back(county: Office, tmp_path: Path) -> None:
    fill_clean(county)
    sent = county.actions.send.submit(KEY, tmp_path / "报表.xlsx")
    assert sent.changes == Changes(
        KEY_TEXT, head=True, notes=(("names_missing", (("names", "单位负责人、填表人"),)),)
    )
    assert (sent.path, sent.evidence) == (tmp_path / "报表.xlsx", None)
    assert why(county) == "submitted"
    assert county.actions.send.withdraw(KEY, " 填错 ") == Changes(KEY_TEXT, head=True)
    head = county.actions.fill.sheet(KEY).head
    assert (head.state, head.round, why(county)) == (ReturnState.DRAFT, 2, "填错")
    assert county.actions.sign_off.sign_off(KEY, SIGNED) == Changes(KEY_TEXT, head=True)
    assert county.actions.sign_off.sign_off(KEY, SIGNED) == Changes(KEY_TEXT)
    assert why(county) == "signed"
    assert county.actions.sign_off.take_back(KEY, " 再核对 ") == Changes(KEY_TEXT, head=True)
    head = county.actions.fill.sheet(KEY).head
    assert (head.state, head.signature, why(county)) == (ReturnState.CHECKED, SIGNED, "再核对")
    again = county.actions.send.submit(KEY, tmp_path / "第2次.xlsx")
    assert again.changes == Changes(KEY_TEXT, head=True)


def test_who_signs_without_a_date_signs_today(county: Office) -> None:
    fill_clean(county)
    county.actions.sign_off.sign_off(KEY, replace(SIGNED, date=""))
    assert county.actions.fill.sheet(KEY).head.signature.date == "2024-10-08"


def test_accepted_and_opened_again(city: Office) -> None:
    brought_to(city, ReturnState.SUBMITTED)
    changes = city.actions.accept.accept(KEY)
    assert (changes.key_text, changes.head, [code for code, _ in changes.notes]) == (
        KEY_TEXT,
        True,
        ["accept_open"],
    )
    assert dict(changes.notes[0][1])["unit"] == "会宁县"
    assert why(city) == "accepted"
    assert city.actions.accept.reopen(KEY, " 同意重报 ") == Changes(KEY_TEXT, head=True)
    assert (why(city), city.actions.fill.sheet(KEY).head.state) == ("同意重报", ReturnState.SUBMITTED)


def test_another_place_of_the_desk(city: Office) -> None:
    desk, moved = city.actions.desk, Changes(head=True, plan=True)
    assert desk.choose_period(Period(2024, 2)) == moved
    assert desk.choose_unit(COUNTY) == moved
    assert desk.key() == replace(KEY, period=Period(2024, 2))
    assert desk.choose_plan(PLAN) == moved
    # A plan is chosen with its own unit; the period stays where the plan knows it.
    assert desk.key() == ReturnKey(PLAN, "620400", Period(2024, 2))
    assert desk.choose_return(KEY) == moved
    assert desk.key() == KEY
