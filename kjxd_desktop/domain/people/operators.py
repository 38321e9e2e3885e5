"""Operators: the people of an office, and what each of them may do.

Roles guide people; they do not guard the file: whoever holds a workspace file can read it with other
programs. What they change past this program is found by ``verify``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MAX_NAME = 20
MIN_PASSWORD = 6
MAX_PASSWORD = 100


class OperatorRole(StrEnum):
    """What a person is in the office: 填表, 审核, 负责人, 管理."""

    FILLER = "filler"
    CHECKER = "checker"
    HEAD = "head"
    ADMIN = "admin"


class Act(StrEnum):
    """Kinds of writing, as far as they belong to different people.

    ``FILL`` values, progress, reasons, own targets · ``CHECK`` pass a return as checked · ``SIGN`` sign it
    off · ``SEND`` write it for the city, take it back · ``RECEIVE`` take files in, accept, reopen ·
    ``PLAN`` plans, decomposition, deadlines · ``MANAGE`` operators, restoring.
    """

    FILL = "fill"
    CHECK = "check"
    SIGN = "sign"
    SEND = "send"
    RECEIVE = "receive"
    PLAN = "plan"
    MANAGE = "manage"


RIGHTS: Mapping[OperatorRole, frozenset[Act]] = {
    OperatorRole.FILLER: frozenset({Act.FILL, Act.SEND, Act.RECEIVE}),
    OperatorRole.CHECKER: frozenset({Act.FILL, Act.CHECK, Act.SEND, Act.RECEIVE, Act.PLAN}),
    OperatorRole.HEAD: frozenset({Act.CHECK, Act.SIGN, Act.SEND}),
    OperatorRole.ADMIN: frozenset({Act.FILL, Act.SEND, Act.RECEIVE, Act.PLAN, Act.MANAGE}),
}


@dataclass(frozen=True, slots=True)
class Operator:
    """A person of the office.

    Attributes:
        name: As written into history; unique in the workspace.
        locked: Whether a password is asked for.
        active: False for who has left; the name stays in history.
    """

    name: str
    role: OperatorRole
    locked: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class Rights:
    """What may be written now, and by whom.

    Attributes:
        operators: Everybody of the office; without any active one, nobody is asked who he is.
        me: Who signed in; None before.
        writable: False when the workspace was opened for reading only.
    """

    operators: tuple[Operator, ...] = ()
    me: Operator | None = None
    writable: bool = True

    @property
    def known(self) -> bool:
        """Whether the office has named its people, so that one of them must sign in before writing."""
        return any(operator.active for operator in self.operators)

    def holders(self, act: Act) -> tuple[Operator, ...]:
        """Who has an act by his role."""
        return tuple(item for item in self.operators if item.active and act in RIGHTS[item.role])

    def may(self, act: Act) -> bool:
        """Whether the present person may do something now.

        What no role of the office holds is open to everybody: a small office has no 审核人.
        """
        if not self.writable:
            return False
        if not self.known:
            return True
        if self.me is None:
            return False
        holders = self.holders(act)
        return not holders or any(item.name == self.me.name for item in holders)
