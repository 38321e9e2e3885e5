"""Which figures of two plans can be one, and what of them is filled when they become one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Aggregation, Direction, Indicator, Kind, Measure
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import COUNTY, KEY, PLAN, county_office
from tests.helpers.revisions import with_indicator

OTHER = "huining-2024"
BUILT_IN = replace(
    BuiltInPlans().load(PLAN),
    id=OTHER,
    title="会宁县科技计划",
    short_title="会宁县科技计划",
    period=(2023, 2026),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


def why_not(office: Office, code: str, change: Callable[[Indicator], Indicator]) -> str:
    """What keeps an indicator of the other plan, changed so, from being the same figure; empty for nothing."""
    indicator = BUILT_IN.indicator(code)
    assert indicator is not None
    office.actions.plans.adopt(with_indicator(BUILT_IN, change(indicator)))
    (pair,) = (
        pair
        for pair in office.actions.share.pairs(PLAN)
        if (pair.one[1].code, pair.other[1].code) == (code, code)
    )
    if pair.hindrance:
        with pytest.raises(ProblemError) as caught:
            office.actions.share.share((PLAN, code), (OTHER, code))
        assert caught.value.problem.params["why"] == pair.hindrance
    else:
        assert office.actions.share.share((PLAN, code), (OTHER, code)).plan
    return pair.hindrance


@pytest.mark.parametrize(
    ("code", "change", "why"),
    [
        ("I13", lambda item: item, ""),
        ("I13", lambda item: replace(item, name="高新技术企业数量", aliases=(item.name,)), ""),
        ("I13", lambda item: replace(item, unit="个"), "unit"),
        ("I13", lambda item: replace(item, kind=Kind.CUMULATIVE), "kind"),
        ("I13", lambda item: replace(item, measure=Measure.AMOUNT), "measure"),
        ("I13", lambda item: replace(item, aggregation=Aggregation.CITY), "aggregation"),
        ("I13", lambda item: replace(item, direction=Direction.DOWN), ""),
        (
            "I05",
            lambda item: replace(
                item, components=tuple(replace(part, unit="亿元") for part in item.components)
            ),
            "components",
        ),
        ("I08", lambda item: replace(item, factor=Decimal(1000)), "components"),
    ],
)
def test_what_keeps_two_figures_apart(
    office: Office, code: str, change: Callable[[Indicator], Indicator], why: str
) -> None:
    assert why_not(office, code, change) == why


def test_figures_of_one_plan_are_never_one(office: Office) -> None:
    with pytest.raises(ProblemError) as caught:
        office.actions.share.share((PLAN, "I13"), (PLAN, "I14"))
    assert caught.value.problem.params["why"] == "same_plan"


def test_what_nobody_filled_is_not_carried_over(office: Office) -> None:
    """A cell that was emptied again says nothing; it fills nothing and differs from nothing."""
    office.actions.plans.adopt(BUILT_IN)
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    office.actions.fill.edit(KEY, "I13", TextEdit(""))
    there = ReturnKey(OTHER, COUNTY, KEY.period)
    before = replace(KEY, period=Period(2024, 2))
    office.actions.fill.edit(replace(there, period=before.period), "I13", TextEdit("9"))
    changes = office.actions.share.share((PLAN, "I13"), (OTHER, "I13"))
    assert dict(changes.notes)["shared"] == (("filled", "1"), ("differ", "0"))
    assert office.actions.fill.row(before, "I13").entry.value == Decimal(9)
    with office.store.reading() as uow:
        assert uow.returns.find(there) is None


def test_a_third_plan_is_filled_too_but_not_counted(office: Office) -> None:
    """Three plans with one figure: joining two of them speaks of those two."""
    third = replace(BUILT_IN, id="huining-own", title="会宁县三年计划", short_title="三年计划")
    office.actions.plans.adopt(BUILT_IN)
    office.actions.plans.adopt(third)
    office.actions.share.share((PLAN, "I13"), (OTHER, "I13"))
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    changes = office.actions.share.share((PLAN, "I13"), (third.id, "I13"))
    assert dict(changes.notes)["shared"] == (("filled", "1"), ("differ", "0"))
    assert [
        office.actions.fill.row(replace(KEY, plan_id=plan), "I13").entry.value
        for plan in (PLAN, OTHER, third.id)
    ] == [Decimal(12)] * 3
