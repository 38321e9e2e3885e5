"""Small plans and indicators for tests of rules, with only what a rule looks at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import (
    Aggregation,
    Baseline,
    Direction,
    Indicator,
    Kind,
    Measure,
    Target,
    TargetKind,
)
from kjxd_desktop.domain.plan.plan import Bands, Plan, Task
from kjxd_desktop.domain.plan.unit import Level, Unit
from kjxd_desktop.domain.returns.entry import Entry

CITY = "620400"
COUNTY = "620422"


def two_targets(binding: str, expected: str, year: int = 2025) -> tuple[Target, ...]:
    """A binding and an expected target."""
    return (
        Target(year, TargetKind.BINDING, value=Decimal(binding)),
        Target(year, TargetKind.EXPECTED, value=Decimal(expected)),
    )


def one_target(value: str, year: int = 2025, op: str = ">=") -> tuple[Target, ...]:
    """The only target of a document with one kind."""
    return (Target(year, TargetKind.TARGET, op, Decimal(value)),)


def baseline(value: str, year: int = 2021) -> Baseline:
    """A baseline."""
    return Baseline(year, Decimal(value))


def indicator(
    kind: Kind = Kind.STOCK,
    measure: Measure = Measure.COUNT,
    *,
    start: Baseline | None = None,
    targets: tuple[Target, ...] = (),
    direction: Direction = Direction.UP,
    **others: Any,
) -> Indicator:
    """An indicator ``I01``; counts of 家 unless said otherwise."""
    fields: dict[str, Any] = {
        "code": "I01",
        "no": "1",
        "name": "高新技术企业",
        "group": "产出",
        "unit": "家",
        "decimals": 0,
        "aggregation": Aggregation.SUM,
        **others,
    }
    return Indicator(
        kind=kind, measure=measure, direction=direction, baseline=start, targets=targets, **fields
    )


def plan(*indicators: Indicator, bands: Bands | None = None, tasks: tuple[Task, ...] = ()) -> Plan:
    """A plan of a city with one county, 2022 to 2025."""
    return Plan(
        id="small",
        title="试验方案",
        short_title="试验方案",
        doc_no="",
        issuer="",
        issued="2022-01-01",
        period=(2022, 2025),
        region=CITY,
        revision=1,
        reported_list="annex",
        indicators=indicators,
        tasks=tasks,
        units=(
            Unit(CITY, "白银市", Level.CITY, reports=True, office="白银市科技局"),
            Unit(COUNTY, "会宁县", Level.COUNTY, reports=True, office="会宁县科技局"),
        ),
        bands=bands or Bands(),
    )


def value(text: str, data_year: int | None = None) -> Entry:
    """A reported value."""
    return Entry(EntryStatus.REPORTED, Decimal(text), data_year)
