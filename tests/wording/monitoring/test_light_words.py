"""The words of lights in the tables: short enough for their column, and each its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.pace.standing import Light, MeasuredAgainst, Standing, Yardstick
from kjxd_desktop.domain.plan.indicator import Baseline, Measure, Target, TargetKind
from kjxd_desktop.domain.returns.asks import CellAsk
from kjxd_desktop.wording.monitoring.standing import light_short, light_word, unjudged_sentence
from tests.helpers.return_contents import built_in_plan

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


def test_why_a_path_asks_for_nothing_yet_is_true_of_it() -> None:
    """A rank's path begins with its first target, another's where the baseline stands."""
    stock, rank = (built_in_plan().indicator(code) for code in ("I13", "I02"))
    assert stock is not None and rank is not None
    rank = replace(rank, measure=Measure.RANK)
    first = Target(2023, TargetKind.BINDING, value=Decimal(3))
    measure = Yardstick(MeasuredAgainst.OWN, (first, *ONE), baseline=Baseline(2021, Decimal(1)))
    standing = Standing(Light.NO_PATH, measure)
    assert unjudged_sentence(rank, standing, CellAsk.NOTHING) == "2023 年才有要求，先不评进度。"
    assert unjudged_sentence(stock, standing, CellAsk.NOTHING) == "这是基期（2021 年）以前的数，不评进度。"
