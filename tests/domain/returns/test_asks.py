"""What a cell asks of a person: the first reason that holds, from outside in."""

from __future__ import annotations

import pytest

from kjxd_desktop.domain.returns.asks import CellAsk, cell_ask


@pytest.mark.parametrize(
    ("locked", "editable", "filled", "awaits", "asks"),
    [
        (True, False, True, True, CellAsk.SENT_DOWN),
        (True, False, False, False, CellAsk.SENT_DOWN),
        (False, False, True, True, CellAsk.CLOSED),
        (False, False, False, False, CellAsk.CLOSED),
        (False, True, True, True, CellAsk.RENEW),
        (False, True, True, False, CellAsk.NOTHING),
        (False, True, False, False, CellAsk.FILL),
    ],
)
def test_what_is_asked(locked: bool, editable: bool, filled: bool, awaits: bool, asks: CellAsk) -> None:
    assert cell_ask(locked=locked, editable=editable, filled=filled, awaits=awaits) is asks
