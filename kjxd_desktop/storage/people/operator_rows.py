"""Reading and writing operators and the recovery code."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.keeping.clock import with_zone
from kjxd_desktop.domain.people.operators import Act, Operator, OperatorRole, Rights
from kjxd_desktop.domain.people.tries import Tries
from kjxd_desktop.storage import mapping
from kjxd_desktop.storage.history.history import HistoryRows
from kjxd_desktop.storage.history.line import WRONG_TRY
from kjxd_desktop.storage.tables import operators, recovery, wrong_tries


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

    def tries(self, name: str) -> Tries | None:
        """Tries at a person's password since it was right; an empty name is the recovery code's.

        A row that cannot be read counts as none: damage keeps nobody out.
        """
        query = select(wrong_tries.c.tries, wrong_tries.c.last).where(wrong_tries.c.name == name)
        try:
            row = self._connection.execute(query).one_or_none()
        except WorkspaceFault:
            return None
        return (
            None if row is None or not isinstance(row.tries, int) else Tries(row.tries, with_zone(row.last))
        )

    def put_tries(self, name: str, tries: Tries | None) -> None:
        """Keep how often it was tried, without a line of history; None forgets it."""
        where = wrong_tries.c.name == name
        self._connection.execute(delete(wrong_tries).where(where))
        if tries is not None:
            self._connection.execute(
                insert(wrong_tries).values(name=name, tries=tries.number, last=tries.last)
            )

    def tell_wrong(self, name: str, secret: str, count: int) -> None:
        """A line of history: somebody tried a secret, and it was not right.

        Args:
            name: Whose password was tried, or was to be set with the recovery code.
            secret: ``password`` or ``recovery``.
            count: The how many-th in a row it was.
        """
        self._history.record(WRONG_TRY, None, mapping.wrong_try_json(secret, count), code=name)
