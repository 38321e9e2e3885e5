"""Words about people: what each role may do, and what to do with a recovery code."""

from __future__ import annotations

from kjxd_desktop.domain.people.operators import RIGHTS, Act, OperatorRole
from kjxd_desktop.wording.terms import ACT, OPERATOR_ROLE

RECOVERY_ONCE = "恢复码只显示这一次。请打印或抄下来，锁在柜子里；忘了密码时用它设新密码。"


def role_sentence(role: OperatorRole) -> str:
    """What a role may do, in the order of the work."""
    return f"{OPERATOR_ROLE[role]}：{'、'.join(ACT[act] for act in Act if act in RIGHTS[role])}。"
