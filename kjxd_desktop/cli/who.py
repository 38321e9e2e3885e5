"""Who a command works for, and the secrets it needs: from the environment, or asked at a terminal."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.bootstrap.person import person
from kjxd_desktop.domain.file_names import readable_name
from kjxd_desktop.domain.people.operators import MAX_NAME
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.wording.commands import NOBODY_NAMED

OPERATOR_VARIABLE = "KJXD_OPERATOR"
PASSWORD_VARIABLE = "KJXD_PASSWORD"


def sign_in(office: Office, options: Namespace) -> None:
    """Sign in whom the options or the environment name.

    Without a name the only person of the office is taken when he has no password; otherwise nobody is
    signed in, and the first writing says so (``sign_in_first``). An office without operators asks nothing; that
    a name on the command line is nobody's there is said.

    Raises:
        ProblemError: ``password_needed``, ``wrong_password``, ``operator_left``.
        CallError: ``unknown_operator``.
    """
    people = [item for item in office.store.rights().operators if item.active]
    asked = getattr(options, "operator", None)
    if not people:
        if asked:
            print(NOBODY_NAMED.format(name=readable_name(asked)[:MAX_NAME], who=person()), file=sys.stderr)
        return
    name = asked or os.environ.get(OPERATOR_VARIABLE, "")
    if not name:
        if len(people) == 1 and not people[0].locked:
            office.actions.operators.sign_in(people[0].name)
        return
    named = office.actions.operators.named(name)
    password = secret(PASSWORD_VARIABLE, f"{named.name}的密码：") if named.locked else ""
    office.actions.operators.sign_in(named.name, password)


def secret(variable: str, prompt: str) -> str:
    """A secret out of an environment variable, else asked when somebody sits there; else empty."""
    if variable in os.environ:
        return os.environ[variable]
    if not sys.stdin.isatty():
        return ""
    try:
        return getpass.getpass(prompt)
    except EOFError:
        return ""


def new_secret(variable: str, prompt: str) -> str:
    """A new password: at a terminal it is asked for twice.

    Raises:
        ProblemError: ``passwords_differ``.
    """
    first = secret(variable, prompt)
    if variable not in os.environ and first and secret(variable, "再写一次：") != first:
        raise refuse("password", "passwords_differ")
    return first
