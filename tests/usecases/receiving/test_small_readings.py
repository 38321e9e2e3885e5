"""Small readings: units after numbers, names in brackets, which target is firm, plans by newest revision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.measure_units import split_unit
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.pace import yardstick
from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.plan.names import join_names, split_names
from tests.helpers.offices import PLAN, city_office
from tests.helpers.return_contents import built_in_plan
from tests.helpers.revisions import with_targets


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("85家", "85", "家"),
        ("  85 家  ", "85", "家"),
        ("\u300085　家\u3000", "85", "家"),
        ("7.36亿元", "7.36", "亿元"),
        ("  85 ", "85", ""),
        ("", "", ""),
        ("家", "", "家"),
    ],
)
def test_a_unit_after_a_number(text: str, number: str, unit: str) -> None:
    assert split_unit(text) == (number, unit)


@pytest.mark.parametrize(("opening", "closing"), list(zip("(（〔[［《「【", ")）〕]］》」】", strict=True)))
def test_separators_inside_of_brackets_separate_nothing(opening: str, closing: str) -> None:
    name = f"各市{opening}特区、区{closing}政府"
    assert split_names(f"{name}、市科技局") == (name, "市科技局")


@pytest.mark.parametrize("sign", "、，,；;\n")
def test_what_separates_names(sign: str) -> None:
    assert split_names(f"市科技局{sign}市工信局") == ("市科技局", "市工信局")


@pytest.mark.parametrize("sign", "~。.·-/ ")
def test_what_does_not_separate_names(sign: str) -> None:
    assert split_names(f"市科技局{sign}市工信局") == (f"市科技局{sign}市工信局",)


@pytest.mark.parametrize("sign", "(（〔[［《「【)）〕]］》」】“”")
def test_a_name_with_half_a_pair_is_put_in_quotation_marks(sign: str) -> None:
    names = (f"市{sign}科技局", "市工信局")
    assert join_names(names) == f'"市{sign}科技局"、市工信局'
    assert split_names(join_names(names)) == names


@pytest.mark.parametrize("sign", "~·-")
def test_other_signs_ask_for_no_quotation_marks(sign: str) -> None:
    assert join_names((f"市{sign}科技局", "市工信局")) == f"市{sign}科技局、市工信局"


def test_firm_targets_stand_in_the_order_of_years() -> None:
    """Whatever order they were set in, and whichever kind came first: one a year, 约束值 before 目标值."""
    plan = built_in_plan()
    indicator = plan.indicator("I13")
    assert indicator is not None
    own = [
        Target(2025, TargetKind.BINDING, value=Decimal(20), unit_code="620422"),
        Target(2023, TargetKind.TARGET, value=Decimal(12), unit_code="620422"),
        Target(2024, TargetKind.TARGET, value=Decimal(99), unit_code="620422"),
        Target(2024, TargetKind.BINDING, value=Decimal(16), unit_code="620422"),
        Target(2022, TargetKind.BINDING, value=Decimal(9), unit_code="620422"),
    ]
    for order in (own, own[::-1]):
        measure = yardstick(plan, indicator, "620422", tuple(order), None)
        assert [(item.year, item.kind, item.value) for item in measure.binding] == [
            (2022, TargetKind.BINDING, Decimal(9)),
            (2023, TargetKind.TARGET, Decimal(12)),
            (2024, TargetKind.BINDING, Decimal(16)),
            (2025, TargetKind.BINDING, Decimal(20)),
        ]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as opened:
        yield opened


def test_plans_are_told_with_their_newest_revision(office: Office) -> None:
    own = replace(built_in_plan(), id="a-plan", title="白银市科技计划", short_title="白银市科技计划")
    office.actions.plans.adopt(own)
    for number in (2, 3):
        revised = with_targets(
            office.actions.plans.plan("a-plan"), "I13", f"{100 + number}", f"{200 + number}"
        )
        office.actions.plans.adopt(revised, since=Period(2024, number), summary="上调", reason="中期评估")
    with office.store.reading() as uow:
        assert uow.plans.kept() == (("a-plan", 3), (PLAN, 1))
        assert uow.plans.revisions("a-plan") == (1, 2, 3)
