"""How a return is found by its key."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, select

from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.storage.tables import returns


def same_return(key: ReturnKey) -> ColumnElement[bool]:
    """The condition that picks the row of ``returns`` for a key."""
    return and_(
        returns.c.plan_id == key.plan_id,
        returns.c.unit_code == key.unit_code,
        returns.c.period == key.period,
    )


# The same for statements that are built once, and what they are asked with: a keystroke reads a return anew.
ASKED_RETURN = and_(
    returns.c.plan_id == bindparam("plan"),
    returns.c.unit_code == bindparam("unit"),
    returns.c.period == bindparam("period"),
)


def asked(key: ReturnKey) -> dict[str, Any]:
    """What a statement with ``ASKED_RETURN`` is asked with."""
    return {"plan": key.plan_id, "unit": key.unit_code, "period": key.period}


def return_id(connection: Connection, key: ReturnKey) -> int:
    """The row number of a return whose head was written before."""
    found = connection.scalar(select(returns.c.id).where(same_return(key)))
    assert found is not None, f"the head of {key} is written before its content"
    return int(found)
