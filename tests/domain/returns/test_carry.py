"""Annual figures that stand in later returns: which, until when, and what they are an answer to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.pace.forecast import observations
from kjxd_desktop.domain.plan.indicator import (
    Aggregation,
    Direction,
    Indicator,
    Kind,
    Measure,
)
from kjxd_desktop.domain.returns.carry import awaits_update, carried_entry, is_stale, standing_entry
from kjxd_desktop.domain.returns.earlier import previous_figure, settled, year_before
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.domain.returns.second_entry import RekeyStanding, standing_of

ANNUAL = Indicator(
    "I04", "4", "研发投入强度", "投入", "%", Kind.ANNUAL, Measure.RATIO, Direction.UP, 2, Aggregation.RATIO,
    release_month=9,
)  # fmt: skip
UNDATED = replace(ANNUAL, release_month=None)
RUNNING = replace(ANNUAL, kind=Kind.YTD, measure=Measure.AMOUNT, release_month=None)


def at(text: str) -> Period:
    return Period.parse(text)


def figure(value: str, year: int | None = None, **about: object) -> Entry:
    return Entry(EntryStatus.REPORTED, Decimal(value), year).with_fields(about)


def test_a_figure_stands_with_its_year_until_the_next_is_published() -> None:
    cells = {at("2023Q3"): figure("0.69", 2022, note="按快报")}
    for key in ("2023Q4", "2024Q1", "2024Q2"):
        standing = standing_entry(ANNUAL, at(key), cells)
        assert (str(standing.value), standing.data_year, standing.carried) == ("0.69", 2022, True)
        assert standing.note == "", "a remark belongs to the return it was written in"
        assert not awaits_update(ANNUAL, at(key), cells)
    for key in ("2024Q3", "2024Q4", "2025Q1"):
        assert standing_entry(ANNUAL, at(key), cells).carried and awaits_update(ANNUAL, at(key), cells)


def test_without_a_month_it_stands_until_the_next_first_quarter() -> None:
    cells = {at("2024Q1"): figure("0.69", 2023)}
    assert not any(awaits_update(UNDATED, at(f"2024Q{quarter}"), cells) for quarter in (2, 3, 4))
    assert awaits_update(UNDATED, at("2025Q1"), cells)


def test_a_figure_without_a_year_is_of_the_newest_published() -> None:
    cells = {at("2024Q3"): figure("0.69")}
    assert standing_entry(ANNUAL, at("2024Q4"), cells).data_year == 2023


def test_the_newest_year_stands_and_of_one_year_the_latest_return() -> None:
    cells = {
        at("2023Q4"): figure("0.69", 2022),
        at("2024Q1"): figure("0.58", 2021),
        at("2024Q2"): figure("0.70", 2022),
    }
    assert str(standing_entry(ANNUAL, at("2024Q3"), cells).value) == "0.70"


@pytest.mark.parametrize(
    ("status", "expected"), [(EntryStatus.NOT_APPLICABLE, None), (EntryStatus.NOT_PUBLISHED, "0.69")]
)
def test_marks_without_a_value(status: EntryStatus, expected: str | None) -> None:
    cells = {at("2023Q4"): figure("0.69", 2022), at("2024Q1"): Entry(status)}
    assert standing_entry(ANNUAL, at("2024Q1"), cells).status is status
    value = standing_entry(ANNUAL, at("2024Q2"), cells).value
    assert (None if value is None else str(value)) == expected


def test_what_is_typed_stands_before_what_is_carried_and_remarks_stay_beside_it() -> None:
    cells = {at("2023Q4"): figure("0.69", 2022), at("2024Q1"): MISSING.with_fields({"note": "在等"})}
    assert standing_entry(ANNUAL, at("2024Q1"), cells).note == "在等"
    cells[at("2024Q1")] = figure("0.75", 2023)
    assert standing_entry(ANNUAL, at("2024Q1"), cells) == figure("0.75", 2023)


def test_a_sent_return_gets_nothing_later() -> None:
    cells = {at("2023Q4"): figure("0.69", 2022)}
    assert standing_entry(ANNUAL, at("2024Q1"), cells, frozen=True) == MISSING


def test_a_kept_carried_figure_is_an_answer_and_follows_its_year_while_it_is_a_draft() -> None:
    cells = {at("2024Q2"): figure("0.70", 2022), at("2024Q3"): figure("0.69", 2022, carried=True)}
    assert not awaits_update(ANNUAL, at("2024Q3"), cells)
    assert str(standing_entry(ANNUAL, at("2024Q3"), cells).value) == "0.70"
    assert str(standing_entry(ANNUAL, at("2024Q3"), cells, frozen=True).value) == "0.69"


def test_nothing_but_annual_figures_is_carried() -> None:
    cells = {at("2024Q1"): figure("7")}
    assert carried_entry(RUNNING, at("2024Q2"), cells) == MISSING


def test_earlier_figures() -> None:
    running = {at("2023Q4"): figure("9"), at("2024Q1"): figure("2"), at("2023Q1"): figure("1")}
    assert previous_figure(RUNNING, MISSING, at("2024Q1"), running) == MISSING, "the year begins anew"
    assert str(previous_figure(RUNNING, MISSING, at("2024Q2"), running).value) == "2"
    assert str(year_before(RUNNING, MISSING, at("2024Q1"), running).value) == "1"
    annual = {
        at("2022Q4"): figure("0.5", 2021),
        at("2023Q4"): figure("0.6", 2022),
        at("2024Q3"): figure("0.7", 2023),
    }
    now = standing_entry(ANNUAL, at("2024Q4"), annual)
    for earlier in (previous_figure, year_before):
        assert str(earlier(ANNUAL, now, at("2024Q4"), annual).value) == "0.6"
    del annual[at("2023Q4")]
    assert year_before(ANNUAL, now, at("2024Q4"), annual) == MISSING, "consecutive years only"


@pytest.mark.parametrize("typed", [("12", None), (None, "40"), ("12", "0"), ("12", "-40")])
def test_half_a_ratio_or_one_that_cannot_be_divided_was_typed(typed: tuple[str | None, str | None]) -> None:
    """A figure from before must not stand over what a person is just typing."""
    numerator, denominator = (None if part is None else Decimal(part) for part in typed)
    kept = Entry(numerator=numerator, denominator=denominator)
    cells = {at("2023Q3"): figure("0.69", 2022), at("2024Q3"): kept}
    assert standing_entry(ANNUAL, at("2024Q3"), cells) == kept
    assert not awaits_update(ANNUAL, at("2024Q3"), cells)


def test_a_mark_between_two_data_years_takes_none_of_them_away() -> None:
    cells = {
        at("2023Q3"): figure("0.6", 2022),
        at("2024Q1"): Entry(EntryStatus.NOT_APPLICABLE),
        at("2024Q3"): figure("0.7", 2023),
    }
    assert str(year_before(ANNUAL, cells[at("2024Q3")], at("2024Q3"), cells).value) == "0.6"


def test_what_is_known_goes_stale_when_a_newer_one_is_published() -> None:
    assert is_stale(ANNUAL, at("2024Q3"), {}) is None
    cells = {at("2023Q3"): figure("0.6", 2022), at("2024Q1"): Entry(EntryStatus.NOT_APPLICABLE)}
    assert is_stale(ANNUAL, at("2024Q2"), cells) is False
    assert is_stale(ANNUAL, at("2024Q3"), cells) is True
    assert not awaits_update(ANNUAL, at("2024Q3"), cells), "after 不适用 nothing stands"


def test_a_copy_in_a_sent_return_says_nothing_against_the_figure_it_was_taken_from() -> None:
    cells = {
        at("2023Q3"): figure("0.70", 2022),
        at("2023Q4"): figure("0.69", 2022, carried=True),
        at("2024Q1"): figure("0.69", 2022, carried=True),
    }
    assert str(carried_entry(ANNUAL, at("2024Q2"), cells).value) == "0.70", (
        "corrected since the copy was sent"
    )
    assert str(standing_entry(ANNUAL, at("2024Q1"), cells).value) == "0.70", "taken back, it is a draft again"
    way = settled(ANNUAL, cells.items())
    assert [str(entry.value) for _, entry in way] == ["0.70"] * 3, "what charts and forecasts tell"
    assert [str(point.value) for point in observations(ANNUAL, tuple(cells.items()), at("2024Q1"))] == [
        "7/10"
    ]
    after = figure("0.8", 2023)
    assert str(year_before(ANNUAL, after, at("2024Q3"), cells).value) == "0.70"
    del cells[at("2023Q3")]
    cells[at("2024Q1")] = figure("0.71", 2022, carried=True)
    assert str(carried_entry(ANNUAL, at("2024Q2"), cells).value) == "0.71", "all that was received are copies"


def test_what_is_carried_is_not_keyed_a_second_time() -> None:
    assert standing_of(figure("0.69", 2022), None) is RekeyStanding.AWAITS
    assert standing_of(figure("0.69", 2022, carried=True), None) is RekeyStanding.EMPTY


def test_a_copy_that_says_what_its_figure_says_by_now_keeps_its_year() -> None:
    cells = {at("2023Q3"): figure("0.6"), at("2024Q3"): figure("0.5", 2022, carried=True)}
    settled_cells = dict(settled(ANNUAL, cells.items()))
    assert (str(settled_cells[at("2024Q3")].value), settled_cells[at("2024Q3")].data_year) == ("0.6", 2022)


def test_after_a_mark_that_nothing_is_there_a_copy_of_before_it_does_not_stand() -> None:
    """Sent with the figure, then the first return was put right: 不适用."""
    gone = MISSING.without_value(EntryStatus.NOT_APPLICABLE)
    copy = figure("0.69", 2022, carried=True)
    cells = {at("2023Q3"): gone, at("2023Q4"): copy}
    assert standing_entry(ANNUAL, at("2023Q4"), cells, frozen=True) == copy
    assert standing_entry(ANNUAL, at("2023Q4"), cells) == MISSING
    assert standing_entry(ANNUAL, at("2024Q1"), cells) == MISSING
    again = {**cells, at("2024Q1"): figure("0.7", 2022), at("2024Q2"): figure("0.7", 2022, carried=True)}
    assert str(standing_entry(ANNUAL, at("2024Q2"), again).value) == "0.7"


def test_in_a_draft_a_copy_goes_with_the_figure_it_was_taken_from() -> None:
    copy = figure("0.69", 2022, carried=True, note="按快报")
    cells = {at("2023Q4"): copy}
    assert standing_entry(ANNUAL, at("2023Q4"), cells, frozen=True) == copy
    assert standing_entry(ANNUAL, at("2023Q4"), cells) == Entry(note="按快报")
    # In later drafts it speaks: the return it was sent in may be all that came here.
    assert str(standing_entry(ANNUAL, at("2024Q1"), cells).value) == "0.69"
