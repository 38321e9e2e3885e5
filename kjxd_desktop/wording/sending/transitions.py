"""The states a return passed, as an office tells it: 已审核 张三 10-08 09:12."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.wording.terms import RETURN_STATE

_IMPORT = "import:"
# Steps for which a person writes the reason, and what the step is called.
_REASONED = {
    (ReturnState.SUBMITTED, ReturnState.DRAFT): "撤回",
    (ReturnState.SIGNED, ReturnState.CHECKED): "收回签报",
    (ReturnState.ACCEPTED, ReturnState.SUBMITTED): "更正",
}
_CHANGED = "有改动"


class Passed(Protocol):
    """A transition (``Transition`` of ``usecases.filling.shown``)."""

    @property
    def state(self) -> ReturnState: ...
    @property
    def at(self) -> datetime: ...
    @property
    def who(self) -> str: ...
    @property
    def before(self) -> ReturnState | None: ...
    @property
    def why(self) -> str: ...


def transition_text(step: Passed) -> str:
    """``已审核 张三 10-08 09:12``, with the reason where one was written."""
    said = reason_text(step)
    text = f"{RETURN_STATE[step.state]} {step.who} {step.at:%m-%d %H:%M}"
    return f"{text}（{said}）" if said else text


def reason_text(step: Passed) -> str:
    """Why a return went the way it went; empty for the usual way."""
    if step.why.startswith(_IMPORT):
        return f"导入 {step.why.removeprefix(_IMPORT)}"
    word = _REASONED.get((step.before, step.state)) if step.before is not None else None
    if word is not None:
        return f"{word}：{step.why}"
    back = (ReturnState.CHECKED, ReturnState.SIGNED)
    return _CHANGED if step.state is ReturnState.DRAFT and step.before in back else ""
