"""What a cell of a return asks of the person who looks at it."""

from __future__ import annotations

from enum import StrEnum


class CellAsk(StrEnum):
    """What there is to do about a cell now; sentences ask for no more than that."""

    FILL = "fill"
    RENEW = "renew"
    NOTHING = "nothing"
    SENT_DOWN = "sent_down"
    CLOSED = "closed"


def cell_ask(*, locked: bool, editable: bool, filled: bool, awaits: bool) -> CellAsk:
    """What a cell asks for.

    Args:
        locked: The level that publishes the figure sends it down; nobody fills it here.
        editable: May be changed now, by the person at the computer.
        filled: Holds a value or the word for having none.
        awaits: Holds a figure of an earlier return while a newer one is due.
    """
    if locked:
        return CellAsk.SENT_DOWN
    if not editable:
        return CellAsk.CLOSED
    if awaits:
        return CellAsk.RENEW
    return CellAsk.NOTHING if filled else CellAsk.FILL
