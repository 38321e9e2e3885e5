"""A file that was received before comes again after the city accepted the return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.returns import Return, ReturnState
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.shown import Decision, RowStatus
from kjxd_desktop.usecases.sending.exchange import ReturnFile
from tests.helpers.return_contents import return_content
from tests.helpers.return_files import KEY, Desk, receiving_desk, return_file, signed

CONTENT = signed(return_content())
SENT = return_file(CONTENT)
BY_HAND = return_file(CONTENT, {("I13", "value"): "10"})


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Desk]:
    with receiving_desk(tmp_path / "city", Role.CITY) as desk:
        yield desk


def decide(desk: Desk, file: ReturnFile, *, keep: str = "") -> None:
    """Take everything in but the lines of one subject."""
    preview = desk.preview(file)
    decisions = {
        row.index: (
            Decision.KEEP if row.subject == keep else Decision.TAKE if row.read else Decision.KEEP,
            "",
        )
        for row in preview.rows
        if row.status is not RowStatus.SAME
    }
    desk.receive.apply(preview, decisions)


def head(desk: Desk) -> Return:
    with desk.store.reading() as uow:
        found = uow.returns.find(KEY)
    assert found is not None
    return found


def accepted(desk: Desk) -> Return:
    with desk.store.writing("accepted", None) as uow:
        uow.returns.put(replace(head(desk), state=ReturnState.ACCEPTED))
    return head(desk)


def require_held(desk: Desk, file: ReturnFile) -> None:
    """``--accept`` writes nothing while nobody said that the accepted return may change."""
    before, stood = head(desk), desk.kept()
    assert "accepted_before" in [row.reason for row in desk.preview(file).rows]
    with pytest.raises(ProblemError) as refusal:
        desk.take(file)
    assert refusal.value.problem.code == "held"
    assert (head(desk), desk.kept()) == (before, stood)


def test_the_sent_file_after_a_copy_that_was_changed_by_hand(city: Desk) -> None:
    decide(city, BY_HAND)
    assert str(city.kept().entries["I13"].value) == "10"
    accepted(city)
    require_held(city, SENT)


@pytest.mark.parametrize("subject", ["explanation", "signature"])
def test_a_part_that_was_not_taken_the_first_time(city: Desk, subject: str) -> None:
    decide(city, SENT, keep=subject)
    accepted(city)
    require_held(city, SENT)


def test_nothing_is_asked_where_nothing_would_change(city: Desk) -> None:
    decide(city, SENT)
    before = accepted(city)
    assert "accepted_before" not in [row.reason for row in city.take(SENT).rows]
    assert head(city) == before
