"""A figure that two plans share, and what became of the other plan's return before it came in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.returns.returns import Return, ReturnKey, ReturnState
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import COUNTY, KEY, PLAN, county_office

OTHER = "huining-2024"
HERE, THERE = (PLAN, "I13"), (OTHER, "I13")
OTHER_KEY = ReturnKey(OTHER, COUNTY, KEY.period)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """会宁县 with the city's plan and one of its own that asks for the same indicators."""
    with county_office(tmp_path) as opened:
        plan = BuiltInPlans().load(PLAN)
        opened.actions.plans.adopt(
            replace(plan, id=OTHER, title="会宁县科技计划", short_title="会宁县科技计划")
        )
        yield opened


def brought_to(office: Office, state: ReturnState) -> None:
    """The other plan's return as far as its people had brought it."""
    with office.store.writing("test", None) as uow:
        uow.returns.put(replace(there(office), state=state))


def there(office: Office) -> Return:
    return office.actions.fill.sheet(OTHER_KEY).head


def figure(office: Office) -> str | None:
    found = office.actions.fill.row(OTHER_KEY, "I13").entry.value
    return None if found is None else str(found)


@pytest.mark.parametrize("state", [ReturnState.CHECKED, ReturnState.SIGNED])
def test_a_return_is_a_draft_again_when_its_shared_figure_changes(office: Office, state: ReturnState) -> None:
    """会宁县 checked its own plan's return with 12 家, then types 13 into the city's."""
    office.actions.share.share(HERE, THERE)
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    brought_to(office, state)
    office.actions.fill.edit(KEY, "I13", TextEdit("13"))
    assert (there(office).state, figure(office)) == (ReturnState.DRAFT, "13")


def test_what_was_sent_back_keeps_its_state_when_its_shared_figure_changes(office: Office) -> None:
    """已退回 is what the office is to work on: only 已审核 and 已签报 are undone by a change."""
    office.actions.share.share(HERE, THERE)
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    brought_to(office, ReturnState.RETURNED)
    office.actions.fill.edit(KEY, "I13", TextEdit("13"))
    assert (there(office).state, figure(office)) == (ReturnState.RETURNED, "13")


@pytest.mark.parametrize("state", [ReturnState.SUBMITTED, ReturnState.ACCEPTED])
def test_sharing_puts_nothing_into_a_return_that_was_sent(office: Office, state: ReturnState) -> None:
    """The other plan's return went out without I13: saying afterwards that it is the same figure adds none."""
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    office.actions.fill.edit(OTHER_KEY, "I14", TextEdit("8"))
    brought_to(office, state)
    changes = office.actions.share.share(HERE, THERE)
    assert dict(changes.notes)["shared"] == (("filled", "0"), ("differ", "0"))
    assert (there(office).state, figure(office)) == (state, None)


def test_sharing_fills_the_blank_of_a_checked_return_and_makes_it_a_draft(office: Office) -> None:
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    office.actions.fill.edit(OTHER_KEY, "I14", TextEdit("8"))
    brought_to(office, ReturnState.CHECKED)
    changes = office.actions.share.share(HERE, THERE)
    assert dict(changes.notes)["shared"] == (("filled", "1"), ("differ", "0"))
    assert (there(office).state, figure(office)) == (ReturnState.DRAFT, "12")


@pytest.mark.parametrize("backfilled", [True, False])
def test_a_return_nobody_opened_comes_as_it_was_filled_here(office: Office, backfilled: bool) -> None:
    """What was 补录 under one plan is 补录 under the other, and a return in hand is a return in hand."""
    office.actions.share.share(HERE, THERE)
    with office.store.writing("test", None) as uow:
        uow.returns.put(Return(KEY, 1, backfilled=backfilled))
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    assert there(office).backfilled is backfilled
