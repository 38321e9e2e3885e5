"""A unit's binding and expected targets of one year stand side by side and never touch each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.plan.indicator import TargetKind
from tests.helpers.offices import COUNTY, PLAN, city_office

BINDING, EXPECTED = TargetKind.BINDING, TargetKind.EXPECTED


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as office:
        yield office


def put(city: Office, kind: TargetKind, text: str, year: int = 2025) -> None:
    city.actions.targets.set_target(PLAN, COUNTY, "I13", kind, year, text)


def kept(city: Office) -> list[tuple[int, TargetKind, Decimal | None]]:
    with city.store.reading() as uow:
        own = uow.splits.targets(PLAN, COUNTY).get("I13", ())
    return [(item.year, item.kind, item.value) for item in own]


def told(city: Office) -> list[tuple[str | None, str | None]]:
    """Old and new number of every line of history about targets, oldest first."""

    def number(text: str | None) -> str | None:
        return None if text is None else json.loads(text)["value"]

    with city.store.reading() as uow:
        lines = [line for line in uow.history.of(limit=50) if line.what == "target"]
    return [(number(line.old), number(line.new)) for line in reversed(lines)]


def test_each_kind_is_set_changed_and_told_for_itself(city: Office) -> None:
    """白银市 gives 会宁县 12 as 约束 and 16 as 预期, then raises the first to 13."""
    put(city, BINDING, "12")
    put(city, EXPECTED, "16")
    put(city, BINDING, "13")
    assert kept(city) == [(2025, BINDING, Decimal(13)), (2025, EXPECTED, Decimal(16))]
    assert told(city) == [(None, "12"), (None, "16"), ("12", "13")]
    assert city.store.verify().ok


@pytest.mark.parametrize(("gone", "stays", "left"), [(BINDING, EXPECTED, 16), (EXPECTED, BINDING, 12)])
def test_emptying_one_kind_leaves_the_other(
    city: Office, gone: TargetKind, stays: TargetKind, left: int
) -> None:
    put(city, BINDING, "12")
    put(city, EXPECTED, "16")
    put(city, gone, "")
    assert kept(city) == [(2025, stays, Decimal(left))]
    assert told(city)[-1] == ("12" if gone is BINDING else "16", None)
    assert city.store.verify().ok


def test_emptying_what_was_never_set_changes_and_tells_nothing(city: Office) -> None:
    put(city, BINDING, "12")
    put(city, EXPECTED, "")
    assert kept(city) == [(2025, BINDING, Decimal(12))]
    assert told(city) == [(None, "12")]


def test_a_milestone_stands_beside_the_last_years_target(city: Office) -> None:
    put(city, BINDING, "12", 2025)
    put(city, BINDING, "10", 2024)
    put(city, BINDING, "13", 2025)
    assert kept(city) == [(2024, BINDING, Decimal(10)), (2025, BINDING, Decimal(13))]
