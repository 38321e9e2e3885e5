"""A stock of counted things that moved within a quarter further than in any quarter known before."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kjxd_desktop.domain.checks.cells import cell_context
from kjxd_desktop.domain.checks.rules import check_cell
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.wording.checking.findings import finding_sentence
from tests.helpers.checked_cells import CUMULATIVE, FIRMS, FUNDS, RUNNING_COUNT, asked


def rules(item: Indicator, last: str, *values: str) -> set[str]:
    """What is asked of the last of some quarters in a row, the last of which is named."""
    year, quarter = int(last[:4]), int(last[-1])
    cells: dict[str, str | Entry] = {}
    at = Period(year, quarter)
    for value in reversed(values):
        cells[f"{at.year}Q{at.quarter}"] = value
        at = at.previous()
    return {code for code, finding in asked(item, last, cells).items() if finding.grade.value != "hint"}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (("30", "31", "31", "34"), True),
        (("30", "31", "31", "28"), True),
        # Two are left alone, whatever went before.
        (("30", "30", "30", "32"), False),
        # It moved so far before, up or down.
        (("28", "31", "31", "34"), False),
        (("34", "31", "31", "34"), False),
        # One earlier move, and none, say nothing.
        (("31", "31", "34"), False),
        (("31", "34"), False),
    ],
)
def test_further_than_ever_before(values: tuple[str, ...], found: bool) -> None:
    assert rules(FIRMS, "2024Q2", *values) == ({"largest_move"} if found else set())


def test_of_many_a_twentieth_says_nothing() -> None:
    """A quarter of what a stock may move by; a plan that lets it move further widens both."""
    assert rules(FIRMS, "2024Q2", "398", "400", "400", "420") == set()
    assert rules(FIRMS, "2024Q2", "398", "400", "400", "421") == {"largest_move"}
    kept = {
        Period(2024, quarter): Entry(EntryStatus.REPORTED, Decimal(number))
        for quarter, number in ((1, 400), (2, 400), (3, 400), (4, 440))
    }
    for bound, found in ((Decimal(39), {"largest_move"}), (Decimal(40), set())):
        context = cell_context(
            FIRMS, Level.COUNTY, Period(2024, 4), kept, CheckSettings(quarter_change=bound)
        )
        assert {item.rule for item in check_cell(context)} == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        # The fourth quarter is the strongest: until one is known it may bring three times the most.
        (("40", "41", "42", "45"), False),
        (("40", "41", "42", "46"), True),
        # Nothing moved, and now three at once.
        (("40", "40", "40", "43"), True),
        # A fall has no season.
        (("40", "41", "42", "39"), True),
        # With a fourth quarter known it is held against that one.
        (("36", "38", "39", "40", "42", "45"), True),
        (("35", "38", "39", "40", "42", "45"), False),
    ],
)
def test_the_fourth_quarter_may_bring_more(values: tuple[str, ...], found: bool) -> None:
    assert rules(FIRMS, "2024Q4", *values) == ({"largest_move"} if found else set())


def test_not_of_what_has_other_bounds() -> None:
    """Amounts have no natural step; what runs from January or the plan's beginning has checks of its own."""
    for item in (FUNDS, RUNNING_COUNT, CUMULATIVE):
        assert "largest_move" not in rules(item, "2024Q3", "30", "31", "31", "34")


def test_what_is_asked_about_anyway_is_asked_once() -> None:
    assert rules(FIRMS, "2024Q2", "30", "31", "31", "40") == {"quarter_change"}
    assert rules(FIRMS, "2024Q2", "31", "31", "31", "31", "31", "31", "34") == {"outlier"}
    assert "largest_move" not in rules(FIRMS, "2024Q2", "0", "0", "0", "3")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (("30", "31", "31", "34"), "填了 34 家，比上期 31 家 多 3 家，以前每次增减最多 1 家。"),
        (("31", "31", "31", "28"), "填了 28 家，比上期 31 家 少 3 家，以前几次都没有变。"),
    ],
)
def test_it_says_how_far_and_how_far_before(values: tuple[str, ...], told: str) -> None:
    cells: dict[str, str | Entry] = dict(zip(("2023Q3", "2023Q4", "2024Q1", "2024Q2"), values, strict=True))
    short, sentence, advice = finding_sentence(asked(FIRMS, "2024Q2", cells)["largest_move"])
    assert (short, sentence.endswith(told)) == ("增减最多", True)
    assert ("重复加了" if "多" in told.partition("，以前")[0] else "漏加了") in advice
