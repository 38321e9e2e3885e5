"""Who works on the command line: signing in, and the verb ``operators``."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from kjxd_desktop.bootstrap.office import Office, open_office, reading_office
from kjxd_desktop.cli import DONE
from kjxd_desktop.cli.answers import print_json
from kjxd_desktop.domain.operators import OperatorRole
from kjxd_desktop.domain.problems import wrong_call
from kjxd_desktop.wording.terms import OPERATOR_ROLE

NAME = "KJXD_OPERATOR"
PASSWORD = "KJXD_PASSWORD"
NEW_PASSWORD = "KJXD_NEW_PASSWORD"
RECOVERY_CODE = "KJXD_RECOVERY_CODE"
ACTIONS = ("list", "add", "role", "leave", "back", "password", "unlock", "recovery", "forgot")


@contextmanager
def opened(options: Namespace) -> Iterator[Office]:
    """The workspace opened for writing, with the person the options name signed in."""
    with open_office(options.workspace) as office:
        sign_in(office, options)
        yield office


def sign_in(office: Office, options: Namespace) -> None:
    """Sign in who is named, or the only person there is; an office without names asks nothing.

    Raises:
        ProblemError: ``wrong_password``.
        CallError: ``unknown_operator``.
    """
    if not office.store.rights().known:
        return
    people = office.actions.operators
    name = getattr(options, "operator", None) or os.environ.get(NAME, "")
    if name:
        people.sign_in(name, _secret(PASSWORD, f"{name}的密码：") if people.asks_password(name) else "")
    elif (alone := people.alone()) is not None:
        people.sign_in(alone.name)


def _secret(variable: str, question: str) -> str:
    """A secret from the environment, else asked without showing it; never from the command line."""
    kept = os.environ.get(variable)
    if kept is not None:
        return kept
    return getpass.getpass(question) if sys.stdin.isatty() else ""


def add_operator_option(parser: ArgumentParser) -> None:
    """Let a writing command say who works."""
    parser.add_argument("--operator", metavar="姓名", help=f"谁在操作；也可用环境变量 {NAME}")


def operators(options: Namespace) -> int:
    """List people, or change who works here."""
    if options.action == "list":
        return _list(options)
    name = options.name or ""
    if not name and options.action != "recovery":
        raise wrong_call("operator", "operator_needed")
    if options.action in ("add", "role") and not options.role:
        raise wrong_call("operator", "role_needed")
    if options.action == "forgot":
        # Who forgot his password cannot sign in first.
        with open_office(options.workspace) as office:
            code = _secret(RECOVERY_CODE, "恢复码：")
            _tell(office.actions.operators.reset_password(name, code, _new_password()))
        return DONE
    with opened(options) as office:
        _tell(_change(office, options, name))
    return DONE


def _change(office: Office, options: Namespace, name: str) -> str:
    people = office.actions.operators
    match options.action:
        case "add":
            return people.add(name, OperatorRole(options.role), _new_password() if options.password else "")
        case "role":
            people.change_role(name, OperatorRole(options.role))
        case "leave":
            people.leave(name)
        case "back":
            people.come_back(name)
        case "password":
            return people.set_password(name, _new_password(), os.environ.get(PASSWORD, ""))
        case "unlock":
            people.clear_password(name, os.environ.get(PASSWORD, ""))
        case "recovery":
            return people.renew_code()
    return ""


def _new_password() -> str:
    return _secret(NEW_PASSWORD, "新密码：")


def _tell(code: str) -> None:
    if code:
        print(f"恢复码：{code}")
        print("恢复码只显示这一次。请抄写或打印，锁好；忘了密码时用它。", file=sys.stderr)


def _list(options: Namespace) -> int:
    with reading_office(options.workspace) as office:
        people = office.store.rights().operators
    if options.json:
        print_json(
            [
                {"name": item.name, "role": item.role.value, "password": item.locked, "active": item.active}
                for item in people
            ]
        )
        return DONE
    if not people:
        print("没有写操作人员，谁都可以填报。")
    for item in people:
        marks = ("有密码" if item.locked else "没有密码") + ("" if item.active else "，已离开")
        print(f"{item.name}  {OPERATOR_ROLE[item.role]}  {marks}")
    return DONE
