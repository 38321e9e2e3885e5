"""Reading and writing operators and the recovery code."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from kjxd_desktop.domain.people.operators import Act, Operator, OperatorRole, Rights
from kjxd_desktop.storage import mapping
from kjxd_desktop.storage.history.history import HistoryRows
from kjxd_desktop.storage.tables import operators, recovery


def read_operators(connection: Connection) -> tuple[Operator, ...]:
    """Everybody of the office, those who left included, by name."""
    return tuple(
        Operator(row.name, OperatorRole(row.role), bool(row.password), row.active)
        for row in connection.execute(select(operators).order_by(operators.c.name))
    )


class OperatorRows:
    """The part of a unit of work that knows people. Passwords are kept as hashes only."""

    def __init__(self, connection: Connection, history: HistoryRows, rights: Rights) -> None:
        self._connection = connection
        self._history = history
        self._rights = rights
        self.changed = False

    def rights(self) -> Rights:
        """What may be written now, and by whom."""
        return self._rights

    def may(self, act: Act) -> bool:
        """Whether the person who signed in may do something."""
        return self._rights.may(act)

    def put(self, operator: Operator, password: str) -> None:
        """Keep a person with the hash of the password; an empty hash asks for none."""
        where = operators.c.name == operator.name
        row = self._connection.execute(select(operators).where(where)).one_or_none()
        values = {"role": operator.role.value, "active": operator.active, "password": password}
        old = None if row is None else mapping.operator_json(row.role, row.active, row.password)
        new = mapping.operator_json(operator.role.value, operator.active, password)
        if old == new:
            return
        if row is None:
            self._connection.execute(insert(operators).values(name=operator.name, **values))
        else:
            self._connection.execute(update(operators).where(where).values(**values))
        self.changed = True
        self._history.record("operator", old, new, code=operator.name)

    def password_of(self, name: str) -> str:
        """The hash of a person's password; empty when none is asked for or nobody has the name."""
        return self._connection.scalar(select(operators.c.password).where(operators.c.name == name)) or ""

    def recovery(self) -> str:
        """The hash of the recovery code; empty before one was made."""
        return self._connection.scalar(select(recovery.c.hash)) or ""

    def put_recovery(self, hashed: str) -> None:
        """Keep the hash of a new recovery code; the one before no longer opens anything."""
        before = self.recovery()
        self._connection.execute(delete(recovery))
        self._connection.execute(insert(recovery).values(id=1, hash=hashed))
        old = mapping.recovery_json(before) if before else None
        self._history.record("recovery", old, mapping.recovery_json(hashed))
