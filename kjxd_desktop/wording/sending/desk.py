"""How far a return is and what comes next, in the words of the desk: true of its state and of whose it is."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from kjxd_desktop.domain.returns.returns import SENT, ReturnState
from kjxd_desktop.wording.terms import NEXT_STEP, RETURN_STATE


class Whose(StrEnum):
    """Whose return is looked at: a county's own, the city's own, or one that a unit sends to the city."""

    COUNTY = "county"
    CITY = "city"
    UNIT = "unit"

    @classmethod
    def of(cls, *, city: bool, own: bool) -> Whose:
        """Of a return that is looked at in a city's workspace or a county's.

        Args:
            own: Whether it is the return of the office itself.
        """
        if not city:
            return cls.COUNTY
        return cls.CITY if own else cls.UNIT

    def asked(self, state: ReturnState) -> bool:
        """Whether it is still to be filled here."""
        return self is not Whose.UNIT and state not in SENT


class StepWords(NamedTuple):
    """What a step card says: a figure or word, what stands beside it, a sentence, its button."""

    figure: str
    beside: str
    detail: str
    button: str


_LOOK = "去看看"
_NOT_YET = "未导出"
# Step 4 while something keeps the return from going on, and once it was sent.
_KEPT_BACK = {
    Whose.COUNTY: "填完指标、没有错误才能导出",
    Whose.CITY: "市局自己的表，填完审核就行",
    Whose.UNIT: "等这个单位报来",
}
_SENT = {
    (Whose.COUNTY, ReturnState.SUBMITTED): "等市局接收；要改请到“报送管理”点“撤回…”",
    (Whose.COUNTY, ReturnState.ACCEPTED): "市局已经接收，不用再报",
    (Whose.CITY, ReturnState.SUBMITTED): "市局自己的表，不用再做什么",
    (Whose.CITY, ReturnState.ACCEPTED): "市局自己的表，不用再做什么",
    (Whose.UNIT, ReturnState.SUBMITTED): "核对后请到“报送管理”点“接收”",
    (Whose.UNIT, ReturnState.ACCEPTED): "已经收下；要改请到“报送管理”点“更正…”",
}
_READY = {
    ReturnState.CHECKED: ("审核过了，请负责人签报", "去签报"),
    ReturnState.SIGNED: ("可以导出了", "去导出"),
}
_UNIT_FIRST = {
    ReturnState.SUBMITTED: "已经报来，核对后请接收",
    ReturnState.ACCEPTED: "已经接收",
    ReturnState.RETURNED: "已经退回，等它再报",
}


def fill_words(left: int, *, asked: bool) -> tuple[str, str]:
    """Sentence and button of 填指标."""
    if not left:
        return "都填了", "看指标"
    return (f"还有 {left} 项待填", "继续填指标") if asked else (f"有 {left} 项没填", "看指标")


def task_words(waiting: int, *, asked: bool) -> tuple[str, str]:
    """Sentence and button of 报任务."""
    if not waiting:
        return "都更新了", "看任务"
    return (f"还有 {waiting} 项没更新", "去更新") if asked else (f"有 {waiting} 项没更新", "看任务")


def check_words(
    whose: Whose, state: ReturnState, *, filled: int, left: int, errors: int, to_explain: int
) -> StepWords:
    """Step 3: what the checks find in what stands there, and whether anybody said that they were looked at."""
    asked = whose.asked(state)
    if errors or to_explain:
        found = f"错误 {errors} 处，待说明 {to_explain} 处"
        return StepWords(str(errors + to_explain), "处没通过", found, "看问题")
    if not filled:
        return StepWords("还没审核" if asked else "没有数", "", "填了数再审核" if asked else "", _LOOK)
    if left:
        more = f"，还有 {left} 项没填" if asked else f"，有 {left} 项没填"
        return StepWords("0", "处没通过", f"已有的数没有问题{more}", _LOOK)
    if not asked or state in _READY:
        return StepWords("已审核" if whose is not Whose.UNIT else "0", *_passed(whose), _LOOK)
    return StepWords("还没审核", "", "都填好了，没有问题，请审核", "去审核")


def _passed(whose: Whose) -> tuple[str, str]:
    return ("处没通过" if whose is Whose.UNIT else "", "没有错误，没有待说明")


def send_words(whose: Whose, state: ReturnState, *, clean: bool, tasks: int) -> StepWords:
    """Step 4: where the return is on its way, and what it takes to go on.

    Args:
        clean: Whether nothing keeps it from going on.
        tasks: How many tasks are not updated; they keep nothing back.
    """
    if state in SENT:
        return StepWords(RETURN_STATE[state], "", _SENT[whose, state], _LOOK)
    if whose is Whose.UNIT:
        figure = RETURN_STATE[state] if state is ReturnState.RETURNED else "还没报来"
        return StepWords(figure, "", _KEPT_BACK[whose], _LOOK)
    figure = RETURN_STATE[state] if state is ReturnState.RETURNED else _NOT_YET
    if not clean:
        return StepWords(figure, "", _KEPT_BACK[whose], _LOOK)
    detail, button = _READY.get(state, ("都填好了，请先审核", _LOOK))
    if whose is Whose.CITY:
        return StepWords(RETURN_STATE[state], "", _KEPT_BACK[whose], _LOOK)
    more = f"；还有 {tasks} 项任务没更新" if tasks else ""
    return StepWords(figure, "", f"{detail}{more}", button)


def nothing_hint(whose: Whose, state: ReturnState) -> str:
    """Beside 没有要处理的事: what comes next."""
    return send_words(whose, state, clean=True, tasks=0).detail


def unit_first(state: ReturnState) -> str:
    """What the city does first about a unit's return."""
    return _UNIT_FIRST.get(state, "等这个单位报来")


def next_step_word(step: str, state: ReturnState) -> str:
    """The next step in a word; of a return that was taken in there is none."""
    return "没有，市局已经接收" if state is ReturnState.ACCEPTED else NEXT_STEP[step]


def sent_sentence(whose: Whose, state: ReturnState) -> str:
    """At the foot of a page that shows a return that was sent."""
    return f"这份报表{RETURN_STATE[state]}：{_SENT[whose, state]}"
