"""Cells with what stands beside them, and what the built-in checks say of them."""

from __future__ import annotations

from decimal import Decimal

from kjxd_desktop.domain.checks.aims import Aims
from kjxd_desktop.domain.checks.cells import CellContext, cell_context
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.rules import check_cell
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import (
    Aggregation,
    Direction,
    Indicator,
    Kind,
    Measure,
    Target,
    TargetKind,
)
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import Entry
from tests.helpers.plans import indicator

FIRMS = indicator(Kind.STOCK)
FUNDS = indicator(Kind.STOCK, Measure.AMOUNT, unit="万元", decimals=2)
RUNNING_COUNT = indicator(Kind.YTD, Measure.COUNT)
RUNNING = indicator(Kind.YTD, Measure.AMOUNT, unit="亿元", decimals=2)
CUMULATIVE = indicator(Kind.CUMULATIVE)
SHARE = indicator(
    Kind.ANNUAL,
    Measure.RATIO,
    unit="%",
    decimals=1,
    aggregation=Aggregation.RATIO,
    factor=Decimal(100),
    share=True,
)
RANK = indicator(Kind.ANNUAL, Measure.RANK, unit="位", direction=Direction.DOWN)
COMPOSITE = indicator(Kind.ANNUAL, Measure.COMPOSITE, unit="%", decimals=2)


def parts(text: str | None, numerator: str | None, denominator: str | None) -> Entry:
    """An entry with numerator and denominator; without a value it is missing."""
    return Entry(
        EntryStatus.MISSING if text is None else EntryStatus.REPORTED,
        None if text is None else Decimal(text),
        None,
        None if numerator is None else Decimal(numerator),
        None if denominator is None else Decimal(denominator),
    )


def found(item: Indicator, entry: Entry, level: Level = Level.COUNTY, **beside: object) -> dict[str, Finding]:
    """Findings by rule of a cell and what stands beside it."""
    context = CellContext(item, level, entry, **beside)  # type: ignore[arg-type]
    return {item.rule: item for item in check_cell(context)}


def told(finding: Finding) -> tuple[str, str, str]:
    return finding.left, finding.operator, finding.right


def asked(
    item: Indicator, period: str, cells: dict[str, str | Entry], aims: Aims | None = None
) -> dict[str, Finding]:
    """What is found in a period; the cells by period such as ``2024Q3``."""
    kept = {
        Period.parse(at): text if isinstance(text, Entry) else Entry(EntryStatus.REPORTED, Decimal(text))
        for at, text in cells.items()
    }
    context = cell_context(
        item,
        Level.COUNTY,
        Period.parse(period),
        dict(sorted(kept.items())),
        CheckSettings(),
        aims=aims or Aims(),
    )
    return {finding.rule: finding for finding in check_cell(context)}


def own(year: int, value: str) -> Target:
    """A target of a county's own."""
    return Target(year, TargetKind.BINDING, value=Decimal(value), unit_code="620422")
