"""What two plans cannot share, and where a shared figure does not go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Aggregation, Indicator, Measure
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import CITY, COUNTY, KEY, PLAN, city_office, county_office
from tests.helpers.revisions import with_indicator, without_indicator

OTHER, THIRD = "huining-2024", "huining-145"


def own_plan(plan_id: str = OTHER) -> Plan:
    """A plan of the office's own with the city's indicators under the same codes."""
    plan = BuiltInPlans().load(PLAN)
    return replace(plan, id=plan_id, title=f"科技计划 {plan_id}", short_title=f"科技计划 {plan_id}")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


def value(office: Office, key: ReturnKey, code: str = "I13") -> str | None:
    found = office.actions.fill.row(key, code).entry.value
    return None if found is None else str(found)


def of(plan_id: str, unit: str = COUNTY, period: Period = KEY.period) -> ReturnKey:
    return ReturnKey(plan_id, unit, period)


def other_parts(indicator: Indicator) -> Indicator:
    """The same ratio of other parts: by 人 instead of 万人."""
    above, below = indicator.components
    return replace(indicator, components=(above, replace(below, unit="人")))


@pytest.mark.parametrize(
    ("code", "changed", "why"),
    [
        ("I13", lambda item: replace(item, measure=Measure.AMOUNT), "measure"),
        ("I13", lambda item: replace(item, aggregation=Aggregation.CITY), "aggregation"),
        ("I09", other_parts, "components"),
        ("I08", lambda item: replace(item, factor=Decimal(1000)), "components"),
    ],
)
def test_what_is_measured_otherwise_cannot_be_shared(
    office: Office, code: str, changed: object, why: str
) -> None:
    """One name, but another figure: whoever says it is the same is told what differs."""
    assert callable(changed)
    plan = own_plan()
    indicator = plan.indicator(code)
    assert indicator is not None
    # The plan's own rules compare figures of one kind; they are not what is tried here.
    office.actions.plans.adopt(replace(with_indicator(plan, changed(indicator)), rules=()))
    with pytest.raises(ProblemError) as caught:
        office.actions.share.share((PLAN, code), (OTHER, code))
    assert (caught.value.problem.code, caught.value.problem.params["why"]) == ("cannot_share", why)
    (pair,) = [pair for pair in office.actions.share.pairs(PLAN) if pair.one[1].code == code]
    assert pair.hindrance == why and not pair.shared


def test_a_figure_is_not_shared_within_its_own_plan(office: Office) -> None:
    with pytest.raises(ProblemError) as caught:
        office.actions.share.share((PLAN, "I13"), (PLAN, "I14"))
    assert caught.value.problem.params["why"] == "same_plan"


def test_what_was_emptied_again_fills_no_blank(office: Office) -> None:
    office.actions.plans.adopt(own_plan())
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    office.actions.fill.edit(KEY, "I13", TextEdit(""))
    changes = office.actions.share.share((PLAN, "I13"), (OTHER, "I13"))
    assert dict(changes.notes)["shared"] == (("filled", "0"), ("differ", "0"))
    assert office.actions.fill.row(of(OTHER), "I13").entry.status is EntryStatus.MISSING


def test_sharing_with_a_third_plan_fills_only_the_third(office: Office) -> None:
    """The second plan's figure differs and stays; saying so of a third plan does not count it again."""
    for plan in (own_plan(), own_plan(THIRD)):
        office.actions.plans.adopt(plan)
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    office.actions.fill.edit(of(OTHER), "I13", TextEdit("15"))
    changes = office.actions.share.share((PLAN, "I13"), (OTHER, "I13"))
    assert dict(changes.notes)["shared"] == (("filled", "0"), ("differ", "1"))
    changes = office.actions.share.share((PLAN, "I13"), (THIRD, "I13"))
    assert dict(changes.notes)["shared"] == (("filled", "1"), ("differ", "0"))
    assert [value(office, of(plan)) for plan in (PLAN, OTHER, THIRD)] == ["12", "15", "12"]


def test_an_indicator_that_came_later_takes_nothing_of_the_quarters_before(tmp_path: Path) -> None:
    first = replace(without_indicator(own_plan(), "I13"), rules=())
    with city_office(tmp_path) as city:
        city.actions.plans.adopt(first)
        city.actions.plans.adopt(own_plan(), since=Period(2024, 3), summary="增加高企", reason="中期评估")
        city.actions.share.share((PLAN, "I13"), (OTHER, "I13"))
        for quarter in (2, 3):
            city.actions.fill.edit(of(PLAN, CITY, Period(2024, quarter)), "I13", TextEdit("12"))
        with city.store.reading() as uow:
            series = uow.returns.series(OTHER, CITY)
    assert [period for period, _ in series["I13"]] == [Period(2024, 3)]


def test_an_indicator_that_a_revision_drops_shares_no_more(tmp_path: Path) -> None:
    dropped = replace(without_indicator(own_plan(), "I13"), rules=())
    with city_office(tmp_path) as city:
        city.actions.plans.adopt(own_plan())
        city.actions.share.share((PLAN, "I13"), (OTHER, "I13"))
        city.actions.plans.adopt(dropped, since=Period(2024, 3), summary="不再考核高企", reason="中期评估")
        city.actions.fill.edit(of(PLAN, CITY), "I13", TextEdit("12"))
        with city.store.reading() as uow:
            assert uow.returns.series(OTHER, CITY) == {} and uow.plans.shared(PLAN) == {}


def test_a_city_s_shared_figures_go_to_the_counties_of_both_plans(tmp_path: Path) -> None:
    """A county that the other plan does not have, and a department, which is another body there, get nothing."""
    plan = own_plan()
    left_out = "620423"
    fewer = replace(
        plan,
        units=tuple(unit for unit in plan.units if unit.code != left_out),
        collectives=tuple(
            replace(item, members=tuple(code for code in item.members if code != left_out))
            for item in plan.collectives
        ),
    )
    with city_office(tmp_path) as city:
        city.actions.plans.adopt(fewer)
        city.actions.share.share((PLAN, "I13"), (OTHER, "I13"))
        for unit in (COUNTY, left_out, "D01"):
            city.actions.fill.edit(of(PLAN, unit), "I13", TextEdit("12"))
        with city.store.reading() as uow:
            units = [head.key.unit_code for head in uow.returns.heads(OTHER)]
        assert units == [COUNTY]
        assert value(city, of(OTHER)) == "12"
