"""``operators``: the people of an office."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from kjxd_desktop.cli.exit_status import DONE
from kjxd_desktop.cli.offices import looking_office, writing_office
from kjxd_desktop.cli.to_json import print_json
from kjxd_desktop.cli.who import PASSWORD_VARIABLE, new_secret, secret
from kjxd_desktop.domain.people.operators import Operator, OperatorRole
from kjxd_desktop.domain.problems import refuse, wrong_call
from kjxd_desktop.usecases.people.operators import Operators
from kjxd_desktop.wording.people.operators import RECOVERY_ONCE
from kjxd_desktop.wording.terms import OPERATOR_ROLE

NEW_PASSWORD_VARIABLE = "KJXD_NEW_PASSWORD"
RECOVERY_VARIABLE = "KJXD_RECOVERY"


def operators(options: Namespace) -> int:
    """List the people, or run one of the verbs of ``operators``."""
    if options.workspace is None:
        raise wrong_call("workspace", "workspace_needed")
    if options.operators_verb is None:
        return _list(options)
    with writing_office(options, ask=options.operators_verb != "reset") as office:
        code = _VERBS[options.operators_verb](office.actions.operators, options)
        people = office.actions.operators.people()
    if code:
        print(RECOVERY_ONCE, file=sys.stderr)
    if options.json:
        print_json({"operators": _answer(people), "recovery_code": code or None})
    elif code:
        print(code)
    return DONE


def _list(options: Namespace) -> int:
    with looking_office(options.workspace) as office:
        people = office.actions.operators.people()
    if options.json:
        print_json({"operators": _answer(people)})
        return DONE
    if not people:
        print("还没有操作人员，谁都可以填，不用登录。")
    for item in people:
        words = [item.name, OPERATOR_ROLE[item.role], "有密码" if item.locked else "没有密码"]
        print("  ".join([*words, *([] if item.active else ["已离开"])]))
    return DONE


def _answer(people: tuple[Operator, ...]) -> list[dict[str, Any]]:
    return [
        {"name": item.name, "role": item.role.value, "password": item.locked, "active": item.active}
        for item in people
    ]


def _add(people: Operators, options: Namespace) -> str:
    # No password is asked for: most offices work without, and ``password`` gives one later.
    password = os.environ.get(NEW_PASSWORD_VARIABLE, "")
    return people.add(options.name, OperatorRole(options.role), password).recovery_code


def _role(people: Operators, options: Namespace) -> str:
    people.change_role(options.name, OperatorRole(options.role))
    return ""


def _leave(people: Operators, options: Namespace) -> str:
    people.leave(options.name)
    return ""


def _back(people: Operators, options: Namespace) -> str:
    people.come_back(options.name)
    return ""


def _password(people: Operators, options: Namespace) -> str:
    old = _old_password(people, options.name)
    new = new_secret(NEW_PASSWORD_VARIABLE, "新密码：")
    return people.set_password(options.name, new, old).recovery_code


def _clear(people: Operators, options: Namespace) -> str:
    people.clear_password(options.name, _old_password(people, options.name))
    return ""


def _old_password(people: Operators, name: str) -> str:
    """The present password of who changes his own; he may have typed it to sign in, and types it again."""
    me = people.rights().me
    if me is None or not me.locked or me.name != people.named(name).name:
        return ""
    return secret(PASSWORD_VARIABLE, "现在的密码：")


def _recovery(people: Operators, options: Namespace) -> str:
    return people.new_recovery_code()


def _reset(people: Operators, options: Namespace) -> str:
    people.named(options.name)
    code = secret(RECOVERY_VARIABLE, "恢复码：")
    if not code:
        raise refuse("recovery", "recovery_needed")
    new = new_secret(NEW_PASSWORD_VARIABLE, "新密码：")
    return people.reset_password(options.name, code, new).recovery_code


_VERBS: dict[str, Callable[[Operators, Namespace], str]] = {
    "add": _add,
    "role": _role,
    "leave": _leave,
    "back": _back,
    "password": _password,
    "clear": _clear,
    "recovery": _recovery,
    "reset": _reset,
}
