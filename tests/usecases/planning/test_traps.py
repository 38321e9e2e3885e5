"""Turns of events around plans that once went wrong: figures under another unit, revisions that cross."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office, new_office_from
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.receiving.shown import ImportPreview
from tests.helpers.offices import COUNTY, FOURTEEN, PLAN, FixedClock, city_office, county_office
from tests.helpers.revisions import with_indicator, with_targets, without_indicator

BINDING, FIRM = TargetKind.BINDING, TargetKind.TARGET
SINCE, Q2, Q3 = Period(2024, 1), Period(2024, 2), Period(2024, 3)
OWN = "own"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as office:
        yield office


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as office:
        yield office


def key(period: Period = Q3, plan_id: str = PLAN) -> ReturnKey:
    return ReturnKey(plan_id, COUNTY, period)


def plan_of(office: Office) -> Plan:
    return office.actions.plans.plan(PLAN)


def in_wan(plan: Plan) -> Plan:
    """技术合同成交额 in 万元 under the same code."""
    indicator = plan.indicator("I12")
    assert indicator is not None and indicator.unit == "亿元"
    return with_indicator(plan, replace(indicator, unit="万元"))


def adopt(office: Office, plan: Plan, since: Period = SINCE) -> None:
    office.actions.plans.adopt(plan, since=since, summary="调整", reason="中期评估")


def refusal(act: object) -> str:
    assert callable(act)
    with pytest.raises(ProblemError) as caught:
        act()
    return caught.value.problem.code


def send(office: Office, file: Path, period: Period = Q3) -> Path:
    """Fill what is empty, give every reason, submit."""
    fill, where = office.actions.fill, key(period)
    for row in fill.sheet(where).rows:
        if row.due and not row.entry.filled:
            fill.edit(where, row.indicator.code, TextEdit(FOURTEEN[row.indicator.code]))
    for finding in office.actions.check.check(where).findings:
        if finding.grade.value == "verify":
            fill.explain(where, finding.code, finding.rule, "核对过")
    return office.actions.send.submit(where, file).path


def take(office: Office, file: Path) -> ImportPreview:
    receive = office.actions.receive
    preview = receive.preview(file)
    receive.apply(preview, receive.accept_all(preview))
    return preview


def template(city: Office, file: Path, period: Period = Q3) -> Path:
    return city.actions.send.template(key(period), file)


def test_two_firm_targets_in_one_year_are_one_corner_of_the_path(county: Office) -> None:
    """约束值 4 and 目标值 8, both of 2025, without a baseline: the binding one counts."""
    for kind, text in ((BINDING, "4"), (FIRM, "8")):
        county.actions.targets.set_target(PLAN, COUNTY, "I12", kind, 2025, text)
    where = key(Period(2025, 1))
    county.actions.fill.edit(where, "I12", TextEdit("1"))
    standing = county.actions.fill.row(where, "I12").standing
    assert standing.binding_path == 1


def test_a_kept_figure_is_never_given_another_unit(city: Office) -> None:
    revised = in_wan(plan_of(city))
    city.actions.fill.edit(key(), "I12", TextEdit("7.36"))
    assert refusal(lambda: adopt(city, revised)) == "measured_otherwise"
    assert plan_of(city).revision == 1
    with city_office(city.store.path.parent, "fresh.kjxd") as fresh:
        adopt(fresh, in_wan(plan_of(fresh)))
        assert plan_of(fresh).revision == 2


def test_a_template_in_another_unit_does_not_move_a_filled_draft(
    city: Office, county: Office, tmp_path: Path
) -> None:
    county.actions.fill.edit(key(), "I12", TextEdit("7.36"))
    adopt(city, in_wan(plan_of(city)))
    file = template(city, tmp_path / "模板.xlsx")
    assert refusal(lambda: county.actions.receive.preview(file)) == "measured_otherwise"
    assert county.actions.fill.show(key()).head.revision == 1


def test_a_return_of_an_older_unit_waits_for_a_person(city: Office, county: Office, tmp_path: Path) -> None:
    sent = send(county, tmp_path / "报表.xlsx")
    adopt(city, in_wan(plan_of(city)))
    preview = city.actions.receive.preview(sent)
    (row,) = [item for item in preview.rows if (item.code, item.field) == ("I12", "value")]
    assert (row.status.value, row.reason) == ("problem", "unit_differs")


def test_a_row_that_says_another_unit_waits_for_a_person(
    city: Office, county: Office, tmp_path: Path
) -> None:
    """Whoever changed 亿元 into 万元 in the sheet meant the number, or the unit: nobody can know."""
    file = send(county, tmp_path / "报表.xlsx")
    book = load_workbook(file)
    cell = next(cell for row in book["指标"].iter_rows() for cell in row if cell.value == "亿元")
    cell.value = "万元"
    book.save(file)
    rows = [row for row in city.actions.receive.preview(file).rows if row.status.value == "problem"]
    assert [(row.code, row.field, row.reason) for row in rows] == [("I12", "value", "unit_differs")]


def test_a_county_set_up_late_can_still_report_an_earlier_quarter(city: Office, tmp_path: Path) -> None:
    """The county first hears of the second revision; the quarter before is governed by the first."""
    adopt(city, with_targets(plan_of(city), "I13", "120", "150"), Q3)
    new = template(city, tmp_path / "三季度.xlsx")
    with new_office_from(tmp_path / "late.kjxd", new, FixedClock()) as county:
        take(county, template(city, tmp_path / "二季度.xlsx", Q2))
        assert county.actions.fill.show(key(Q2)).head.revision == 1
        preview = take(city, send(county, tmp_path / "报表.xlsx", Q2))
        assert preview.period == Q2 and city.actions.fill.show(key(Q2)).head.state is ReturnState.SUBMITTED


def test_a_second_round_under_the_new_revision_is_taken(city: Office, county: Office, tmp_path: Path) -> None:
    take(city, send(county, tmp_path / "一.xlsx"))
    adopt(city, with_targets(plan_of(city), "I13", "120", "150"), Q3)
    county.actions.send.withdraw(key(), "补一个数")
    # The received return keeps its revision at the city; the next quarter's template brings the new one.
    take(county, template(city, tmp_path / "模板.xlsx", Period(2024, 4)))
    assert county.actions.fill.show(key()).head.revision == 2
    county.actions.fill.edit(key(), "I13", TextEdit("13"))
    take(city, send(county, tmp_path / "二.xlsx"))
    shown = city.actions.fill.show(key())
    assert (shown.head.revision, shown.head.round) == (2, 2)


def test_what_the_city_takes_back_is_gone_in_the_county_and_what_the_county_set_stays(
    city: Office, county: Office, tmp_path: Path
) -> None:
    own, sent = county.actions.targets, city.actions.targets
    own.set_target(PLAN, COUNTY, "I14", BINDING, 2025, "9")
    sent.set_target(PLAN, COUNTY, "I13", BINDING, 2025, "20")
    sent.set_baseline(PLAN, COUNTY, "I13", 2021, "10")
    take(county, template(city, tmp_path / "一.xlsx"))
    with county.store.reading() as uow:
        assert set(uow.splits.targets(PLAN, COUNTY)) == {"I13", "I14"} and "I13" in uow.splits.baselines(
            PLAN, COUNTY
        )
    sent.set_target(PLAN, COUNTY, "I13", BINDING, 2025, "")
    sent.set_baseline(PLAN, COUNTY, "I13", 2021, "")
    take(county, template(city, tmp_path / "二.xlsx"))
    with county.store.reading() as uow:
        assert set(uow.splits.targets(PLAN, COUNTY)) == {"I14"} and not uow.splits.baselines(PLAN, COUNTY)


def test_a_workbook_of_an_older_revision_does_not_undo_a_later_one(city: Office, tmp_path: Path) -> None:
    file = tmp_path / "方案.xlsx"
    city.actions.plan_files.export(PLAN, file)
    old = city.actions.plan_files.read(file).book
    assert old is not None
    adopt(city, with_targets(plan_of(city), "I13", "120", "150"))
    assert refusal(lambda: adopt(city, old.plan)) == "workbook_older"
    adopt(city, replace(old.plan, revision=2))
    assert plan_of(city).revision == 3


def test_a_checked_return_that_a_revision_moves_is_a_draft_again(city: Office) -> None:
    for code, text in FOURTEEN.items():
        city.actions.fill.edit(key(), code, TextEdit(text))
    with city.store.writing("test", None) as uow:
        head = uow.returns.find(key())
        assert head is not None
        uow.returns.put(replace(head, state=ReturnState.CHECKED))
    adopt(city, with_targets(plan_of(city), "I13", "120", "150"))
    shown = city.actions.fill.show(key())
    assert (shown.head.revision, shown.head.state) == (2, ReturnState.DRAFT)


def test_a_unit_that_a_later_revision_drops_still_sends_its_old_quarter(
    city: Office, county: Office, tmp_path: Path
) -> None:
    plan = plan_of(city)
    left = replace(
        plan,
        units=tuple(unit for unit in plan.units if unit.code != COUNTY),
        collectives=tuple(
            replace(item, members=tuple(code for code in item.members if code != COUNTY))
            for item in plan.collectives
        ),
    )
    adopt(city, left, Period(2024, 4))
    take(city, send(county, tmp_path / "报表.xlsx", Q2))
    assert city.actions.fill.show(key(Q2)).head.state is ReturnState.SUBMITTED


def test_figures_of_a_removed_indicator_are_named(city: Office, county: Office, tmp_path: Path) -> None:
    sent = send(county, tmp_path / "报表.xlsx")
    adopt(city, without_indicator(plan_of(city), "I16"))
    notices = dict(city.actions.receive.preview(sent).notices)
    assert dict(notices["left_out"]) == {"count": "1", "names": "科创板、北交所上市企业"}


def test_a_county_does_not_change_the_city_s_plan(county: Office) -> None:
    actions = county.actions
    for act in (
        lambda: adopt(county, with_targets(plan_of(county), "I13", "1", "2")),
        lambda: actions.decompose.assign(PLAN, [(COUNTY, "I13")], False),
        lambda: actions.targets.set_deadline(PLAN, Q3, FixedClock().now()),
    ):
        assert refusal(act) == "only_city_sets"
    assert (
        refusal(lambda: actions.targets.set_target(PLAN, "620421", "I13", BINDING, 2025, "1"))
        == "unit_not_here"
    )


def own_plan(plan_id: str) -> Plan:
    return replace(BuiltInPlans().load(PLAN), id=plan_id, title=plan_id, short_title=plan_id, region=COUNTY)


def test_one_figure_in_three_plans_stands_in_all(county: Office) -> None:
    for plan_id in (OWN, "third"):
        county.actions.plans.adopt(own_plan(plan_id))
    county.actions.share.share((PLAN, "I13"), (OWN, "I13"))
    county.actions.share.share((OWN, "I13"), ("third", "I13"))
    county.actions.fill.edit(key(), "I13", TextEdit("12"))
    for plan_id in (OWN, "third"):
        assert str(county.actions.fill.row(key(plan_id=plan_id), "I13").entry.value) == "12"


def test_what_is_entered_late_is_late_in_the_other_plan_too(county: Office) -> None:
    county.actions.plans.adopt(own_plan(OWN))
    county.actions.share.share((PLAN, "I13"), (OWN, "I13"))
    county.actions.backfill.set_block(PLAN, COUNTY, [(Period(2023, 4), "I13", "11")])
    with county.store.reading() as uow:
        heads = [uow.returns.find(key(Period(2023, 4), plan_id)) for plan_id in (PLAN, OWN)]
    assert [head is not None and head.backfilled for head in heads] == [True, True]


def test_a_removed_indicator_shares_nothing_any_more(county: Office) -> None:
    county.actions.plans.adopt(own_plan(OWN))
    county.actions.share.share((PLAN, "I16"), (OWN, "I16"))
    adopt(county, without_indicator(county.actions.plans.plan(OWN), "I16"))
    with county.store.reading() as uow:
        assert not uow.plans.shared(PLAN) and not uow.plans.shared(OWN)
    assert not any(pair.shared for pair in county.actions.share.pairs(PLAN))
