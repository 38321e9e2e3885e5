"""The words of lights in the tables: short enough for their column, and each its own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kjxd_desktop.domain.pace.standing import Light, MeasuredAgainst, Standing, Yardstick
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.wording.monitoring.standing import light_short, light_word

ONE = (Target(2025, TargetKind.BINDING, value=Decimal(2)),)
TWO = (Target(2025, TargetKind.EXPECTED, value=Decimal(3)),)
MEASURES = {
    "nothing": Yardstick(None),
    "no baseline": Yardstick(MeasuredAgainst.OWN, ONE),
    "one kind": Yardstick(MeasuredAgainst.OWN, ONE, baseline=Baseline(2021, Decimal(1))),
    "two kinds": Yardstick(MeasuredAgainst.OWN, ONE, TWO, Baseline(2021, Decimal(1))),
}


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES.keys())
def test_every_word_fits_its_column_and_names_one_light(measure: Yardstick) -> None:
    standings = [Standing(light, measure) for light in Light]
    assert all(len(light_short(item)) <= 3 for item in standings), [light_short(item) for item in standings]
    assert len({light_short(item) for item in standings}) == len(Light)
    assert len({light_word(item) for item in standings}) == len(Light)
