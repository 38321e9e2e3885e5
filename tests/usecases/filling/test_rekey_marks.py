"""复录 beside marks: an estimate keyed again, a blank that settles nothing, and how much is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.second_entry import Outcome, RekeyStanding
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, fill_all


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    plan = replace(BuiltInPlans().load(PLAN), rekeyed=("I12", "I13"))
    with new_office(tmp_path / "w.kjxd", Role.COUNTY, COUNTY, plan, FixedClock()) as opened:
        fill_all(opened)
        yield opened


def standings(office: Office) -> dict[str, RekeyStanding]:
    return {row.indicator.code: row.standing for row in office.actions.rekey.sheet(KEY).rows}


def test_an_estimate_is_keyed_again_as_its_number(office: Office) -> None:
    """The mark 预计 was said once; who keys the number again need not say it again."""
    office.actions.fill.edit(KEY, "I13", TextEdit("12（预计）"))
    office.actions.rekey.set_text(KEY, "I13", "12")
    assert standings(office)["I13"] is RekeyStanding.HOLDS
    assert office.actions.fill.row(KEY, "I13").entry.status is EntryStatus.ESTIMATED


def test_a_mark_where_a_number_was_keyed_is_a_difference(office: Office) -> None:
    office.actions.rekey.set_text(KEY, "I13", "未公布")
    assert standings(office)["I13"] is RekeyStanding.DIFFERS


def test_nothing_settles_no_difference(office: Office) -> None:
    office.actions.rekey.set_text(KEY, "I13", "21")
    with pytest.raises(ProblemError) as caught:
        office.actions.rekey.settle(KEY, "I13", Outcome.OTHER, TextEdit(" "))
    assert caught.value.problem.code == "rekey_blank"
    assert standings(office)["I13"] is RekeyStanding.DIFFERS
    assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"


def test_what_is_left_is_what_waits_or_differs(office: Office) -> None:
    assert office.actions.rekey.sheet(KEY).left == 2
    office.actions.rekey.set_text(KEY, "I12", "1.50")
    assert office.actions.rekey.sheet(KEY).left == 1
    office.actions.rekey.set_text(KEY, "I13", "21")
    assert office.actions.rekey.sheet(KEY).left == 1
    office.actions.rekey.settle(KEY, "I13", Outcome.FIRST)
    assert office.actions.rekey.sheet(KEY).left == 0
    rates = office.actions.rekey.rates(PLAN)
    assert (rates.keyed, rates.differing) == (2, 1)
