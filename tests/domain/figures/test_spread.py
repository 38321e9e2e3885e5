"""Whole numbers say of what stands out what fractions say."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.figures.spread import median, stands_out

FIGURES = st.decimals(min_value=-10_000, max_value=10_000, places=2).map(lambda item: item / 4)


@given(FIGURES, st.lists(FIGURES, min_size=6, max_size=13), st.sampled_from(["3.5", "0.5", "2"]))
def test_what_stands_out_is_told_exactly(value: Decimal, history: list[Decimal], limit: str) -> None:
    values = [Fraction(item) for item in history]
    off, spread = abs(Fraction(value) - median(values)), [abs(item - median(values)) for item in values]
    mad, mean = median(spread), sum(spread) / len(spread)
    if mad:
        out = Fraction("0.6745") * off / mad > Fraction(limit)
    else:
        out = off / (Fraction("1.2533") * mean) > Fraction(limit) if mean else off != 0
    assert stands_out(value, history, Decimal(limit), 6) == out
    assert not stands_out(value, history, Decimal(limit), len(history) + 1)
