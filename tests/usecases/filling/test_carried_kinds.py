"""Annual figures that stand in later returns, met by everything else that changes a return."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.entry import MISSING
from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState, Signature
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, StatusEdit, TextEdit, YearEdit
from kjxd_desktop.wording.commands import command_sentence
from kjxd_desktop.wording.keeping.history import deed
from tests.helpers.offices import COUNTY, FOURTEEN, PLAN, answer_all, county_office


def at(period: str) -> ReturnKey:
    return ReturnKey(PLAN, COUNTY, Period.parse(period))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """I04 of 2022 was given in the third quarter of 2023."""
    with county_office(tmp_path) as made:
        made.actions.fill.edit(at("2023Q3"), "I04", YearEdit(2022), ComponentsEdit("0.69", "100"))
        yield made


def complete(office: Office, key: ReturnKey) -> None:
    """Fill what does not stand by itself, and answer every question."""
    for row in office.actions.fill.sheet(key).rows:
        if row.due and (row.awaits or not row.entry.filled):
            office.actions.fill.edit(key, row.indicator.code, TextEdit(FOURTEEN[row.indicator.code]))
    answer_all(office, key)


def sent(office: Office, key: ReturnKey, folder: Path) -> None:
    complete(office, key)
    office.actions.send.submit(key, folder / f"{key.period.key}.xlsx")


def taken_back(office: Office, key: ReturnKey, folder: Path) -> None:
    """Sent and withdrawn: what was carried is kept in the return itself."""
    sent(office, key, folder)
    office.actions.send.withdraw(key, "漏了一项")
    assert office.actions.fill.row(key, "I04").kept.carried


def test_a_new_value_over_a_kept_carried_figure_takes_nothing_of_it(office: Office, tmp_path: Path) -> None:
    key = at("2024Q1")
    taken_back(office, key, tmp_path)
    office.actions.fill.edit(key, "I04", YearEdit(2022), TextEdit("0.75"))
    kept = office.actions.fill.row(key, "I04").kept
    assert (str(kept.value), kept.data_year, kept.carried) == ("0.75", 2022, False)
    assert (kept.numerator, kept.denominator, kept.computed) == (None, None, False)


def test_new_parts_over_a_kept_carried_figure_are_of_the_year_that_was_said(
    office: Office, tmp_path: Path
) -> None:
    key = at("2024Q1")
    taken_back(office, key, tmp_path)
    office.actions.fill.edit(key, "I04", YearEdit(2023), ComponentsEdit("0.75", "100"))
    kept = office.actions.fill.row(key, "I04").kept
    assert (str(kept.value), kept.data_year, kept.carried) == ("0.75", 2023, False)


@pytest.mark.parametrize("kept", [False, True])
def test_a_carried_figure_is_not_marked_by_itself(office: Office, tmp_path: Path, kept: bool) -> None:
    key = at("2024Q1")
    if kept:
        taken_back(office, key, tmp_path)
    with pytest.raises(ProblemError, match="needs_value"):
        office.actions.fill.edit(key, "I04", StatusEdit(EntryStatus.ESTIMATED))
    assert office.actions.fill.row(key, "I04").entry.carried


@pytest.mark.parametrize("kept", [False, True])
def test_what_stands_is_not_called_another_year_by_the_year_alone(
    office: Office, tmp_path: Path, kept: bool
) -> None:
    key, fill = at("2024Q1"), office.actions.fill
    if kept:
        taken_back(office, key, tmp_path)
    before = fill.row(key, "I04").kept
    with pytest.raises(ProblemError, match="needs_value"):
        fill.edit(key, "I04", YearEdit(2023))
    assert fill.row(key, "I04").kept == before


def test_a_pasted_row_that_says_its_year_is_kept_though_its_value_is_the_same(office: Office) -> None:
    key = at("2024Q1")
    outcome = office.actions.fill.set_block(key, [("I04", TextEdit("0.69")), ("I04", YearEdit(2023))])
    assert not outcome.refused
    kept = office.actions.fill.row(key, "I04").kept
    assert (str(kept.value), kept.data_year, kept.carried) == ("0.69", 2023, False)


def test_a_pasted_estimate_of_the_same_value_is_no_silence(office: Office) -> None:
    key = at("2024Q1")
    outcome = office.actions.fill.set_block(key, [("I04", TextEdit("预计0.69"))])
    assert [problem.code for problem in outcome.refused] == ["which_year"]


@pytest.mark.parametrize(
    ("period", "said"), [("2023Q4", "correction_of_year"), ("2024Q1", "which_year"), ("2024Q3", None)]
)
def test_no_year_is_asked_for_that_would_be_refused(office: Office, period: str, said: str | None) -> None:
    key, fill = at(period), office.actions.fill
    if said is None:
        fill.edit(key, "I04", TextEdit("0.75"))
        assert fill.row(key, "I04").kept.data_year == 2023, "the new figure is due: what is typed is that one"
        return
    with pytest.raises(ProblemError) as caught:
        fill.edit(key, "I04", TextEdit("0.75"))
    assert caught.value.problem.code == said
    years = [
        int(year)
        for year in re.findall(
            r"\b(20\d\d)\b", command_sentence(caught.value.problem).split("--data-year")[1]
        )
    ]
    assert years
    for year in years:
        fill.edit(key, "I04", YearEdit(year), TextEdit("0.75"))


@pytest.mark.parametrize("state", [ReturnState.CHECKED, ReturnState.SIGNED])
def test_what_was_checked_is_a_draft_again_when_a_figure_it_carries_changes(
    office: Office, state: ReturnState
) -> None:
    key, fill = at("2024Q1"), office.actions.fill
    complete(office, key)
    office.actions.check.mark_checked(key)
    if state is ReturnState.SIGNED:
        office.actions.sign_off.sign_off(key, Signature(*"张李王电"))
    assert fill.sheet(key).head.state is state
    code = office.actions.send.content(key).identity.check_code
    changes = fill.edit(at("2023Q3"), "I04", YearEdit(2022), ComponentsEdit("0.70", "100"))
    assert office.actions.send.content(key).identity.check_code != code
    assert fill.sheet(key).head.state is ReturnState.DRAFT, "nobody has checked what it holds now"
    assert ("later_reopened", (("period", "2024Q1"),)) in changes.notes


def test_what_carries_nothing_of_it_stays_checked(office: Office) -> None:
    key, fill = at("2024Q1"), office.actions.fill
    fill.edit(key, "I04", YearEdit(2023), TextEdit("0.75"))
    complete(office, key)
    office.actions.check.mark_checked(key)
    fill.edit(at("2023Q3"), "I04", YearEdit(2022), ComponentsEdit("0.70", "100"))
    assert fill.sheet(key).head.state is ReturnState.CHECKED


def test_what_is_left_of_a_sent_return_is_what_it_says_itself(office: Office, tmp_path: Path) -> None:
    key = at("2024Q1")
    sent(office, key, tmp_path)
    status = office.actions.status.status(key)
    assert office.actions.standing.left(key)[0] == status.indicators_due - status.indicators_filled == 0


def test_a_return_that_only_holds_what_stands_has_not_begun(office: Office) -> None:
    fill = office.actions.fill
    rows = office.actions.status.returns(PLAN, Period(2023, 4)).rows
    row = next(item for item in rows if item.period == Period(2023, 4))
    assert (row.head, row.filled, row.begun) == (None, 1, False)
    fill.edit(at("2023Q4"), "I13", TextEdit("12"))
    rows = office.actions.status.returns(PLAN, Period(2023, 4)).rows
    assert next(item for item in rows if item.period == Period(2023, 4)).begun


def test_history_says_that_a_figure_was_carried(office: Office, tmp_path: Path) -> None:
    key = at("2024Q1")
    sent(office, key, tmp_path)
    line = office.actions.fill.history(key, "I04")[0]
    assert line.old is None and line.new is not None
    assert deed("entry", "研发投入强度", "", None, json.loads(line.new)) == "“研发投入强度”沿用 2022 年数"
    assert office.store.verify().ok


def test_earlier_figures_entered_later_put_what_carries_them_back_to_draft(office: Office) -> None:
    key, actions = at("2023Q2"), office.actions
    told = ("later_reopened", (("period", "2023Q2"),))
    actions.backfill.set_block(PLAN, COUNTY, [(Period(2023, 1), "I07", "30.8")])
    complete(office, key)
    assert actions.fill.row(key, "I07").entry.carried
    actions.check.mark_checked(key)
    outcome = actions.backfill.set_block(PLAN, COUNTY, [(Period(2023, 1), "I07", "31.2")])
    assert told in outcome.changes.notes
    assert actions.fill.sheet(key).head.state is ReturnState.DRAFT
    answer_all(office, key)
    actions.check.mark_checked(key)
    assert told in actions.backfill.restore(PLAN, COUNTY, dict(outcome.before), "undo").notes
    assert actions.fill.sheet(key).head.state is ReturnState.DRAFT


def test_a_pasted_figure_that_is_the_one_that_stands_says_nothing_new(office: Office) -> None:
    key = at("2024Q1")
    stands = office.actions.fill.row(key, "I04").entry
    assert stands.carried
    outcome = office.actions.fill.set_block(key, [("I04", TextEdit(str(stands.value)))])
    assert not outcome.refused
    row = office.actions.fill.row(key, "I04")
    assert row.entry == stands and row.kept == MISSING
