"""What a plan's rule reads of a return: this quarter, the last, a year before, parts, targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.expressions import At, Figure
from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.filling.view import load_view
from tests.helpers.offices import COUNTY, KEY, PLAN, county_office

BINDING, EXPECTED, ONLY = TargetKind.BINDING, TargetKind.EXPECTED, TargetKind.TARGET


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


def read(office: Office, code: str, at: At = At.NOW, kind: TargetKind | None = None) -> str | None:
    with office.store.reading() as uow:
        value = load_view(uow, KEY).figure(Figure(code, at, kind))
    return None if value is None else str(value)


def targets(office: Office, code: str, *set_targets: Target) -> None:
    with office.store.writing("test", None) as uow:
        for target in set_targets:
            uow.splits.put_target(PLAN, COUNTY, code, replace(target, unit_code=COUNTY))


def fill(office: Office, year: int, quarter: int, code: str, text: str) -> None:
    office.actions.fill.edit(replace(KEY, period=Period(year, quarter)), code, TextEdit(text))


def test_a_stock_of_now_of_last_quarter_and_of_last_year(office: Office) -> None:
    for year, quarter, text in ((2023, 3, "7"), (2024, 1, "8"), (2024, 2, "9"), (2024, 3, "12")):
        fill(office, year, quarter, "I13", text)
    assert [read(office, "I13", at) for at in (At.NOW, At.PREVIOUS, At.LAST_YEAR)] == ["12", "9", "7"]


def test_figures_nobody_filled_are_none(office: Office) -> None:
    fill(office, 2023, 4, "I13", "7")
    assert [read(office, "I13", at) for at in (At.NOW, At.PREVIOUS, At.LAST_YEAR)] == [None] * 3
    assert read(office, "I03N") is None


def test_an_annual_figure_of_the_data_year_before(office: Office) -> None:
    """In the third quarter of 2024 the newest is of 2023; what stood in spring may be the same one."""
    fill(office, 2023, 3, "I03", "65.0")
    fill(office, 2024, 3, "I03", "71.9")
    assert [read(office, "I03", at) for at in (At.NOW, At.LAST_YEAR)] == ["71.9", "65.0"]


def test_parts_of_a_ratio_each_by_its_code(office: Office) -> None:
    office.actions.fill.edit(KEY, "I05", TextEdit("0.83"))
    parts = Entry(EntryStatus.REPORTED, Decimal("0.83"), None, Decimal("1234.50"), Decimal(148735))
    with office.store.writing("test", None) as uow:
        uow.returns.put_entry(KEY, "I05", parts)
    assert [read(office, code) for code in ("I05N", "I05D", "I05")] == ["1234.50", "148735", "0.83"]


def test_the_target_that_is_due_next(office: Office) -> None:
    """Of the return's year, else of the next year that has one of that kind; never one that is past."""
    targets(
        office,
        "I14",
        Target(2023, BINDING, value=Decimal(5)),
        Target(2024, BINDING, value=Decimal(6)),
        Target(2026, BINDING, value=Decimal(8)),
        Target(2023, EXPECTED, value=Decimal(9)),
        Target(2026, EXPECTED, value=Decimal(10)),
    )
    assert read(office, "I14", At.TARGET, BINDING) == "6"
    assert read(office, "I14", At.TARGET, EXPECTED) == "10"
    assert read(office, "I14", At.TARGET, ONLY) is None


def test_only_kind_of_target(office: Office) -> None:
    targets(office, "I14", Target(2025, ONLY, value=Decimal(6)))
    assert read(office, "I14", At.TARGET, ONLY) == "6"
    assert read(office, "I14", At.TARGET, EXPECTED) is None


def test_a_target_that_is_past_or_without_a_number_is_none(office: Office) -> None:
    targets(office, "I16", Target(2023, BINDING, value=Decimal(5)))
    assert read(office, "I16", At.TARGET, BINDING) is None
    targets(office, "I15", Target(2025, BINDING, text="0的突破"), Target(2026, BINDING, value=Decimal(3)))
    assert read(office, "I15", At.TARGET, BINDING) is None
