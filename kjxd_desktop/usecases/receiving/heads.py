"""Whether a sender's history still says what his earlier files told of it."""

from __future__ import annotations

from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.ports import UnitOfWork
from kjxd_desktop.usecases.receiving.codes import Notice
from kjxd_desktop.usecases.receiving.gate import Incoming


def history_rewritten(uow: UnitOfWork, incoming: Incoming) -> Notes:
    """A notice when a line of history that was told of before is another one now.

    The newest word of each line counts: what a person took in knowingly is not told a second time.
    """
    identity = incoming.file.identity
    if identity is None or not incoming.signed or not identity.heads:
        return ()
    told = {
        head.line: head.link for head in uow.exchange.received_heads(incoming.plan.id, incoming.unit.code)
    }
    lines = [str(head.line) for head in identity.heads if told.get(head.line, head.link) != head.link]
    if not lines:
        return ()
    params = (("names", "、".join(lines)), ("unit", incoming.unit.name))
    return ((Notice.HISTORY_REWRITTEN.value, params),)
