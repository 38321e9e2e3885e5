"""Which target in words measures a unit, and what a mark on it says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.pace.pace import standing, yardstick
from kjxd_desktop.domain.pace.standing import Light, MeasuredAgainst, Yardstick
from kjxd_desktop.domain.pace.text_targets import text_target
from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.returns.achieved import Achieved, achieved_by
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.usecases.access import indicator_of

WORDS = Target(2022, TargetKind.TARGET, text="0的突破")
NUMBER = Target(2022, TargetKind.TARGET, value=Decimal("2"))
MARK = Achieved(2022, TargetKind.TARGET, "0的突破", Period(2022, 3), "投产")
REPORTED = Entry(EntryStatus.REPORTED, Decimal("0.5"))


def measure(*binding: Target, expected: tuple[Target, ...] = ()) -> Yardstick:
    return Yardstick(MeasuredAgainst.PLAN, binding, expected)


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (Yardstick(None, shown_binding=WORDS), None),
        (measure(WORDS), WORDS),
        (measure(NUMBER), None),
        # The final one counts: words on the way to a number, a number on the way to words.
        (measure(WORDS, replace(NUMBER, year=2025)), None),
        (measure(NUMBER, replace(WORDS, year=2025)), replace(WORDS, year=2025)),
        # Of one year the expected one.
        (measure(WORDS, expected=(NUMBER,)), None),
        (measure(NUMBER, expected=(WORDS,)), WORDS),
    ],
)
def test_it_is_the_final_target(made: Yardstick, wanted: Target | None) -> None:
    assert text_target(made) == wanted


@pytest.mark.parametrize(
    ("target", "period", "said"),
    [
        (WORDS, Period(2022, 3), True),
        (WORDS, Period(2025, 1), True),
        (WORDS, Period(2022, 2), False),
        (replace(WORDS, year=2023), Period(2023, 1), False),
        (replace(WORDS, kind=TargetKind.BINDING), Period(2022, 3), False),
        (replace(WORDS, text="突破5亿元"), Period(2022, 3), False),
    ],
)
def test_a_mark_speaks_of_one_target_from_a_period_on(target: Target, period: Period, said: bool) -> None:
    other = replace(MARK, year=2030)
    assert achieved_by((other, MARK), target, period) == (MARK if said else None)


@pytest.mark.parametrize("entry", [REPORTED, MISSING])
def test_marked_is_met_but_for_an_error(entry: Entry) -> None:
    """Also where nothing is reported: no figure says it. An error is told first."""
    plan = BuiltInPlans().load("jiayuguan-2020")
    indicator = indicator_of(plan, "I08")
    used, period = yardstick(plan, indicator, plan.region, (), None), MARK.since
    found = standing(indicator, used, entry, period, plan, achieved=MARK)
    assert (found.light, found.achieved) == (Light.MET, MARK)
    assert standing(indicator, used, entry, period, plan).light is not Light.MET
    faulty = standing(indicator, used, entry, period, plan, logic_error=True, achieved=MARK)
    assert faulty.light is Light.NONE
