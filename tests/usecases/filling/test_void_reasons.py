"""A reason is void once anything changes that its rule read, and stands while only other things change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.aims import Aims
from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.checks.rules import RULES, Rule
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import Entry
from tests.helpers.checked_cells import SHARE

ENTRY = Entry(EntryStatus.REPORTED, Decimal("30.0"), 2023, Decimal("3"), Decimal("10"), False, "按年报")
BESIDE = {
    name: Entry(EntryStatus.REPORTED, Decimal(number), 2022, Decimal(number), Decimal(100))
    for number, name in enumerate(
        ("previous", "last_year", "year_before_previous", "same_year", "last_total"), start=20
    )
}
AIMS = Aims((Target(2025, TargetKind.BINDING, value=Decimal(30)),), city=(Decimal("0.76"),))
CONTEXT = CellContext(
    SHARE,
    Level.COUNTY,
    ENTRY,
    baseline=Decimal("18"),
    step=Decimal(1),
    history=(Decimal(1), Decimal(2)),
    aims=AIMS,
    first=True,
    period=Period(2024, 3),
    **BESIDE,  # type: ignore[arg-type]
)
OWN = {"value", "status", "data year", "numerator", "denominator", "computed"}
# What an annual figure is most alike: the one of the data year before.
BEFORE = {"last_year", "parts of last_year"}
EARLIER = {
    "settings",
    *(name for cell in ("previous", "last_year", "same_year") for name in (cell, f"parts of {cell}")),
}
AIMED = {"aims", "period", "settings"}
EVERYTHING = EARLIER | AIMED | {"baseline", "history", "year_before_previous", "last_total"}
LAST_TOTAL = {"last_total", "parts of last_total", "last_year", "parts of last_year", "settings"}
SEASON = {
    *("previous", "last_year", "year_before_previous", "last_total", "parts of last_total", "settings"),
}
READ = {
    "same_as_target": OWN | EVERYTHING,
    "same_as_city": OWN | EVERYTHING,
    "unit_slip": OWN | EVERYTHING,
    "ran_ahead": OWN | EVERYTHING,
    "off_profile": OWN | SEASON,
    "share_jump": OWN | SEASON,
    "part_begins": OWN | LAST_TOTAL,
    "annual_parts": OWN | {"same_year", "parts of same_year"},
    "parts_below_previous": OWN | {"previous", "parts of previous"},
    "not_reset": OWN | LAST_TOTAL,
    "year_total": OWN | EVERYTHING,
    "part_outside_range": OWN | EARLIER,
    "slow_part": OWN | EARLIER,
    "part_pace": OWN | EARLIER,
    "from_zero": OWN | EARLIER,
    "outside_range": OWN | BEFORE | AIMED | {"baseline"},
    "off_target": OWN | AIMED,
    "far_from_plan": OWN | AIMED,
    "above_whole": OWN | AIMED,
    "first_zero": OWN | AIMED,
    "data_year": OWN | {"period"},
    "became_zero": OWN | BEFORE | {"baseline", "settings"},
    "quarter_change": OWN | BEFORE | {"baseline", "settings"},
    "quarter_only": OWN | {"previous", "last_year", "year_before_previous", "settings"},
    "off_course": OWN | {"previous", "last_year", "year_before_previous", "settings"},
    "baseline_differs": OWN | {"same baseline"},
    "annual_changed": OWN | {"same_year"},
    "ytd_below_previous": OWN | {"previous"},
    "same_as_previous": OWN | {"previous"},
    "same_as_last_year": OWN | EVERYTHING,
    "year_change": OWN | {"last_year", "parts of last_year", "settings"},
    "parts_change": OWN | {"last_year", "parts of last_year", "settings"},
    "outlier": OWN | {"history", "settings"},
    "largest_move": OWN | {"history", "settings"},
}


def changed_contexts() -> Mapping[str, CellContext]:
    """By what is changed the context with that alone changed."""
    found = {
        "value": replace(CONTEXT, entry=replace(ENTRY, value=Decimal("30.00"))),
        "status": replace(CONTEXT, entry=replace(ENTRY, status=EntryStatus.ESTIMATED)),
        "data year": replace(CONTEXT, entry=replace(ENTRY, data_year=2022)),
        "numerator": replace(CONTEXT, entry=replace(ENTRY, numerator=Decimal(4))),
        "denominator": replace(CONTEXT, entry=replace(ENTRY, denominator=Decimal(11))),
        "computed": replace(CONTEXT, entry=replace(ENTRY, computed=True)),
        "note": replace(CONTEXT, entry=replace(ENTRY, note="按快报")),
        "baseline": replace(CONTEXT, baseline=Decimal("18.0")),
        "same baseline": replace(CONTEXT, same_as_baseline=Decimal("18.0")),
        "history": replace(CONTEXT, history=(Decimal(1), Decimal(3))),
        "aims": replace(CONTEXT, aims=AIMS._replace(city=())),
        "period": replace(CONTEXT, period=Period(2024, 4)),
        "settings": replace(CONTEXT, settings=replace(CheckSettings(), outlier_points=9)),
    }
    for name, entry in BESIDE.items():
        found[name] = replace(CONTEXT, **{name: replace(entry, value=Decimal(99))})  # type: ignore[arg-type]
        more = replace(entry, numerator=Decimal(98))
        found[f"parts of {name}"] = replace(CONTEXT, **{name: more})  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_what_makes_a_reason_void(rule: Rule) -> None:
    read = set(READ.get(rule.code, OWN))
    voided = {
        name for name, context in changed_contexts().items() if rule.read(context) != rule.read(CONTEXT)
    }
    assert voided == read
