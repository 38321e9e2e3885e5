"""What each role may do, and that no writing goes past it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from kjxd_desktop import paths
from kjxd_desktop.domain.people.operators import RIGHTS, Act, Operator, OperatorRole, Rights
from kjxd_desktop.wording.people.operators import role_sentence
from tests.helpers.offices import county_office

FILLER, CHECKER, HEAD, ADMIN = OperatorRole


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (FILLER, "fill send receive"),
        (CHECKER, "fill check send receive plan"),
        (HEAD, "check sign send"),
        (ADMIN, "fill send receive plan manage"),
    ],
)
def test_what_each_role_may_where_all_roles_are_held(role: OperatorRole, may: str) -> None:
    people = tuple(Operator(item.value, item) for item in OperatorRole)
    rights = Rights(people, Operator(role.value, role))
    assert [act.value for act in Act if rights.may(act)] == may.split()
    assert not any(Rights(people, rights.me, writable=False).may(act) for act in Act)
    assert not any(Rights(people, None).may(act) for act in Act)


def test_what_nobody_holds_is_open_to_who_signed_in() -> None:
    admin, filler = Operator("张建平", ADMIN), Operator("王芳", FILLER)
    rights = Rights((admin, filler), filler)
    assert [act for act in Act if not rights.may(act)] == [Act.PLAN, Act.MANAGE]
    gone = Rights((admin, Operator("李明", CHECKER, active=False)), admin)
    assert all(gone.may(act) for act in Act)
    assert all(Rights().may(act) for act in Act)


def test_every_act_is_some_role_s_and_roles_are_told_in_words() -> None:
    assert set().union(*RIGHTS.values()) == set(Act)
    assert role_sentence(HEAD) == "负责人：审核、签报、导出和撤回报表。"


def test_every_writing_names_an_act() -> None:
    """Only a person's own password, a recovery, new costs of a hash and tries at a secret are nobody's right.

    The signature may be written by who fills, and by who signs.
    """
    nobodys = []
    for path in (Path(paths.__file__).parent / "usecases").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "writing":
                act = node.args[1] if len(node.args) > 1 else None
                owner = getattr(getattr(act, "value", None), "id", "")
                if owner != "Act":
                    nobodys.append((path.name, ast.unparse(act) if act else ""))
    tries = [("pauses.py", "None")] * 3
    assert sorted(nobodys) == [("fill.py", "act"), ("operators.py", "None"), ("operators.py", "act"), *tries]


def test_only_one_place_of_the_command_line_opens_for_writing() -> None:
    cli = Path(paths.__file__).parent / "cli"
    users = {path.name for path in cli.glob("*.py") if "open_office" in path.read_text("utf-8")}
    assert users == {"offices.py"}


_START = """
import sys
from pathlib import Path
from kjxd_desktop.bootstrap.window import Program, application
from kjxd_desktop.ui.tools.style import apply_theme
app = application()
program = Program(Path(sys.argv[1]))
apply_theme(app, program.theme)
program.start()
late = ("argon2", "kjxd_desktop.storage.people.passwords", "kjxd_desktop.usecases.people.operators")
print("loaded:", [name for name in late if name in sys.modules])
program.close()
"""


def test_a_start_of_the_window_loads_nothing_of_people(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        path = office.store.path
    command = [sys.executable, "-c", _START, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "loaded: []"
