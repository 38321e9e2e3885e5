"""The desk's words about a return: one table over all states, whose it is, and whether it is clean."""

from __future__ import annotations

from itertools import product

import pytest

from kjxd_desktop.domain.returns.returns import EDITABLE, SENT, ReturnState
from kjxd_desktop.wording.sending.desk import (
    Whose,
    check_words,
    fill_words,
    next_step_word,
    nothing_hint,
    send_words,
    sent_sentence,
    task_words,
    unit_first,
)

EVERY = tuple(product(Whose, ReturnState, (False, True), (0, 3)))


@pytest.mark.parametrize(("whose", "state", "clean", "tasks"), EVERY)
def test_only_what_can_be_exported_is_said_to_be(
    whose: Whose, state: ReturnState, clean: bool, tasks: int
) -> None:
    said = send_words(whose, state, clean=clean, tasks=tasks)
    exports = (whose, state, clean) == (Whose.COUNTY, ReturnState.SIGNED, True)
    assert ("可以导出" in said.detail) is exports
    assert (said.button == "去导出") is exports
    # Tasks keep nothing back, and are spoken of only where they can still be updated.
    assert not tasks or ("任务" in said.detail) is (clean and whose is Whose.COUNTY and state in EDITABLE)
    assert "撤回" not in said.detail or (whose, state) == (Whose.COUNTY, ReturnState.SUBMITTED)
    assert "接收”" not in said.detail or (whose, state) == (Whose.UNIT, ReturnState.SUBMITTED)


def test_every_state_of_a_county_has_words_of_its_own() -> None:
    said = {state: send_words(Whose.COUNTY, state, clean=True, tasks=0) for state in ReturnState}
    of_states = [(words.figure, words.detail) for words in said.values()]
    assert len(set(of_states)) == len(of_states)
    assert said[ReturnState.DRAFT].detail == "都填好了，请先审核"
    assert said[ReturnState.CHECKED].detail == "审核过了，请负责人签报"
    assert said[ReturnState.SUBMITTED][:3] == ("已上报", "", "等市局接收；要改请到“报送管理”点“撤回…”")
    assert said[ReturnState.ACCEPTED][:3] == ("已接收", "", "市局已经接收，不用再报")
    assert said[ReturnState.RETURNED].figure == "已退回"


@pytest.mark.parametrize(("whose", "state"), list(product(Whose, ReturnState)))
def test_nothing_is_asked_of_what_was_sent_or_is_another_unit_s(whose: Whose, state: ReturnState) -> None:
    asked = whose.asked(state)
    assert asked is (whose is not Whose.UNIT and state not in SENT)
    texts = (
        *fill_words(5, asked=asked),
        *task_words(5, asked=asked),
        *check_words(whose, state, filled=0, left=5, errors=0, to_explain=0),
        *check_words(whose, state, filled=5, left=2, errors=0, to_explain=0),
        *check_words(whose, state, filled=7, left=0, errors=0, to_explain=0),
    )
    asking = [
        text
        for text in texts
        if any(word in text for word in ("待填", "继续填", "去更新", "再审核", "请审核"))
    ]
    assert bool(asking) is asked, asking


def test_figures_that_stand_are_no_review() -> None:
    """Only carried figures are there: nothing is wrong with them, and the rest is still to come."""
    said = check_words(Whose.COUNTY, ReturnState.DRAFT, filled=2, left=12, errors=0, to_explain=0)
    assert said.detail == "已有的数没有问题，还有 12 项没填"
    ready = check_words(Whose.COUNTY, ReturnState.DRAFT, filled=14, left=0, errors=0, to_explain=0)
    assert (ready.figure, ready.button) == ("还没审核", "去审核")
    done = check_words(Whose.COUNTY, ReturnState.CHECKED, filled=14, left=0, errors=0, to_explain=0)
    assert done.figure == "已审核" and "请" not in done.detail
    wrong = check_words(Whose.COUNTY, ReturnState.DRAFT, filled=2, left=12, errors=1, to_explain=2)
    assert wrong[:2] == ("3", "处没通过")


def test_steps_and_feet() -> None:
    assert next_step_word("wait", ReturnState.SUBMITTED) == "等市局接收"
    assert next_step_word("wait", ReturnState.ACCEPTED) == "没有，市局已经接收"
    assert nothing_hint(Whose.COUNTY, ReturnState.SIGNED) == "可以导出了"
    assert unit_first(ReturnState.DRAFT) == "等这个单位报来"
    for whose, state in product(Whose, SENT):
        assert ("撤回" in sent_sentence(whose, state)) is (
            (whose, state) == (Whose.COUNTY, ReturnState.SUBMITTED)
        )
