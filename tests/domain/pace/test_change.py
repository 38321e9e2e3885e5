"""Changes are said in the way each kind of figure is compared (rules.md 1.7)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from kjxd_desktop.domain.pace.change import change
from kjxd_desktop.domain.pace.standing import Change
from kjxd_desktop.domain.plan.indicator import Kind, Measure
from kjxd_desktop.wording.monitoring.standing import change_text
from tests.helpers.plans import indicator


@pytest.mark.parametrize(
    ("measure", "unit", "decimals", "now", "earlier", "wanted", "text"),
    [
        (Measure.COUNT, "家", 0, "72", "50", Change(Fraction(44), "%"), "+44.0%"),
        (Measure.AMOUNT, "亿元", 2, "0.42", "0.55", Change(Fraction(-1300, 55), "%"), "−23.6%"),
        (Measure.RATIO, "%", 1, "53.6", "52.3", Change(Fraction("1.3"), "点"), "+1.3点"),
        (Measure.RATIO, "人年", 2, "8.02", "7.35", Change(Fraction("0.67"), "人年"), "+0.67"),
        (Measure.COMPOSITE, "%", 2, "51.42", "46.90", Change(Fraction("4.52"), "点"), "+4.52点"),
        (Measure.RANK, "位", 0, "6", "8", Change(Fraction(-2), "位"), "−2位"),
        (Measure.COUNT, "家", 0, "3", "0", Change(None, "%"), "—"),
        (Measure.COUNT, "家", 0, "3", None, Change(None, "%"), "—"),
        (Measure.AMOUNT, "亿元", 2, "-1", "-2", Change(Fraction(50), "%"), "+50.0%"),
    ],
)
def test_change(
    measure: Measure, unit: str, decimals: int, now: str, earlier: str | None, wanted: Change, text: str
) -> None:
    item = indicator(Kind.STOCK, measure, unit=unit, decimals=decimals)
    found = change(item, Decimal(now), None if earlier is None else Decimal(earlier))
    assert found == wanted
    assert change_text(item, found) == text
