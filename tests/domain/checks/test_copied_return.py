"""A whole return that is last quarter's is one finding, at the first figure that should have moved."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kjxd_desktop.domain.checks.copied_return import copy_place, found_copied, may_be_copied, said_once
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.wording.checking.findings import finding_sentence
from tests.helpers.checked_cells import COMPOSITE, FIRMS, FUNDS, RUNNING, SHARE

NOW, LAST = Period(2024, 3), Period(2024, 2)
INDICATORS = tuple(
    replace(item, code=f"I{number:02d}")
    for number, item in enumerate((SHARE, RUNNING, FIRMS, FUNDS, COMPOSITE), start=1)
)
VALUES = ("12.3", "7.36", "85", "3.2", "51.23")


def series(
    now: tuple[str, ...], last: tuple[str, ...] = VALUES
) -> dict[str, tuple[tuple[Period, Entry], ...]]:
    return {
        item.code: tuple(
            (at, Entry(EntryStatus.REPORTED, Decimal(text)))
            for at, text in ((LAST, before), (NOW, value))
            if text
        )
        for item, value, before in zip(INDICATORS, now, last, strict=True)
    }


def copied(now: tuple[str, ...], last: tuple[str, ...] = VALUES) -> tuple[Finding, ...]:
    return found_copied(INDICATORS, NOW, series(now, last))


def test_it_is_told_at_the_first_figure_that_moves() -> None:
    (finding,) = copied(VALUES)
    assert (finding.code, finding.rule, finding.grade) == ("I02", "return_copied", Grade.VERIFY)
    assert copy_place(INDICATORS) == "I02"
    assert finding_sentence(finding)[1] == "本期该更新的 3 项数，都与上期一样。"


def test_one_figure_that_moved_or_is_not_filled_says_no() -> None:
    assert not copied(("12.3", "7.36", "86", "3.2", "51.23"))
    assert not copied(("12.3", "7.36", "", "3.2", "51.23"))
    assert not copied(("12.3", "7.40", "85", "3.2", "51.23"))


def test_annual_and_published_figures_do_not_matter() -> None:
    assert copied(("14", "7.36", "85", "3.2", "52"))


def test_zeros_and_stocks_alone_say_nothing() -> None:
    few = ("12.3", "7.36", "85", "0", "51.23")
    assert not copied(few, few)
    quiet = ("12.3", "0", "85", "3.2", "51.23")
    assert not copied(quiet, quiet)


def test_the_reason_is_void_when_any_figure_changes() -> None:
    (finding,) = copied(VALUES)
    other = ("12.3", "7.36", "85", "3.3", "51.23")
    (changed,) = copied(other, other)
    assert finding.basis != changed.basis and not changed.rests_on(finding.basis)


def test_some_figures_only_are_enough_to_say_no_and_never_to_say_yes() -> None:
    """A keystroke reads few figures; only where the place itself did not move are all of them read."""
    whole = series(VALUES)
    some = {code: whole[code] for code in ("I02", "I03")}
    assert may_be_copied(INDICATORS, NOW, some) and not found_copied(INDICATORS, NOW, some)
    moved = series(("12.3", "7.40", "85", "3.2", "51.23"))
    assert not may_be_copied(INDICATORS, NOW, moved)


def test_what_follows_from_it_is_not_said_as_well() -> None:
    (finding,) = copied(VALUES)
    hint = replace(finding, rule="same_as_previous", grade=Grade.HINT)
    other = replace(finding, rule="year_change")
    assert list(said_once((finding, hint, other))) == [finding, other]
    assert list(said_once((hint, other))) == [hint, other]
