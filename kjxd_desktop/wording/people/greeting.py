"""The one sentence at the top of the desk: the hour, the person, and what to do first."""

from __future__ import annotations

from datetime import datetime

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.wording.dates import left_text, quarter_word

_FIRST = {
    # Not checked yet.
    "": "",
    "fill": "先填完 {missing} 项指标",
    "explain": "还有 {verify} 处要写说明",
    "check": "指标填完了，请审核",
    "sign_off": "审核通过了，请签报",
    "submit": "已经签报，可以导出上报",
    "wait": "已经上报，等市局接收",
    "answer": "市局退回了报表，请处理",
}


def greeting(
    now: datetime,
    person: str,
    period: Period,
    due: datetime,
    step: str,
    missing: int,
    verify: int,
    *,
    state: ReturnState = ReturnState.DRAFT,
    unit_first: str = "",
) -> str:
    """``上午好，王芳。三季度报表还剩 3 天 7 小时，先填完 5 项指标。``

    Args:
        step: One of ``StatusShown.next``; empty while it is not known.
        unit_first: What the city does about a return that a unit fills, in place of the steps of filling.
    """
    hour = "上午好" if now.hour < 12 else "下午好" if now.hour < 18 else "晚上好"
    who = f"，{person}" if person else ""
    first = _FIRST[step].format(missing=missing, verify=verify)
    if unit_first:
        return f"{hour}{who}。{quarter_word(period)}报表：{unit_first}。"
    if state is ReturnState.ACCEPTED:
        return f"{hour}{who}。{quarter_word(period)}报表市局已经接收。"
    if step == "wait":
        return f"{hour}{who}。{quarter_word(period)}报表{first}。"
    if step == "fill" and not missing:
        first = "先改正错误"
    first = f"，{first}" if first else ""
    late = "截止" if due < now else ""
    return f"{hour}{who}。{quarter_word(period)}报表{late}{left_text(due, now)}{first}。"
