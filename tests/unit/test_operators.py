"""People of an office on real workspaces: naming, roles, passwords, recovery."""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.office import Office, reading_office
from kjxd_desktop.domain.operators import RIGHTS, Act, Operator, OperatorRole, Rights
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.storage.passwords import ArgonPasswords
from kjxd_desktop.usecases.operators import Operators
from kjxd_desktop.usecases.secrets_of_people import ALPHABET, folded_code, new_code
from tests.helpers.offices import KEY, TODAY, county_office


@dataclass
class MovingClock:
    """A clock the test moves."""

    moment: datetime = TODAY

    def now(self) -> datetime:
        return self.moment

    def wait(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def people(office: Office, clock: MovingClock) -> Operators:
    return Operators(office.store, clock, ArgonPasswords())


def code_of(act: Callable[[], object]) -> str:
    """The code an act is refused with."""
    with pytest.raises(ProblemError) as caught:
        act()
    return caught.value.problem.code


def lines(office: Office) -> int:
    with office.store.reading() as uow:
        return len(uow.history())


def test_names_are_asked_for_once_the_office_has_people(office: Office, people: Operators) -> None:
    office.actions.fill.set_text(KEY, "I13", "12")
    assert code_of(lambda: people.add("李明", OperatorRole.FILLER)) == "first_must_manage"
    people.add(" 王芳 ", OperatorRole.ADMIN)
    people.add("李明", OperatorRole.FILLER)
    people.sign_out()
    assert code_of(lambda: office.actions.fill.set_text(KEY, "I13", "13")) == "sign_in_first"
    people.sign_in("李明")
    office.actions.fill.set_text(KEY, "I13", "13")
    assert code_of(lambda: people.add("赵六", OperatorRole.HEAD)) == "not_your_role"
    with office.store.reading() as uow:
        assert uow.history(key=KEY, code="I13", limit=1)[0].who == "李明"
    assert office.store.verify().ok


def test_names(people: Operators) -> None:
    people.add("王芳", OperatorRole.ADMIN)
    for name in ("", "  ", "名" * 21, "王\n芳"):
        assert code_of(lambda name=name: people.add(name, OperatorRole.HEAD)) == "name_length"
    assert code_of(lambda: people.add("王芳 ", OperatorRole.HEAD)) == "name_taken"


def test_the_last_manager_stays(people: Operators) -> None:
    people.add("王芳", OperatorRole.ADMIN)
    assert code_of(lambda: people.leave("王芳")) == "last_manager"
    assert code_of(lambda: people.change_role("王芳", OperatorRole.FILLER)) == "last_manager"
    people.add("李明", OperatorRole.ADMIN)
    people.leave("王芳")
    assert people.rights().me is None
    assert code_of(lambda: people.sign_in("王芳")) == "unknown_operator"
    people.sign_in("李明")
    people.come_back("王芳")
    assert all(item.active for item in people.people())


def test_wrong_passwords_make_longer_pauses_and_write_nothing(
    office: Office, people: Operators, clock: MovingClock
) -> None:
    people.add("王芳", OperatorRole.ADMIN, "ｓecret-1")
    people.sign_out()
    before = lines(office)
    for seconds in ("1", "2", "4"):
        with pytest.raises(ProblemError) as caught:
            people.sign_in("王芳", "other-1")
        assert caught.value.problem.params["seconds"] == seconds
        assert code_of(lambda: people.sign_in("王芳", "secret-1")) == "wait_before_secret"
        clock.wait(int(seconds))
    assert people.rights().me is None
    assert lines(office) == before
    people.sign_in("王芳", "secret-1")
    assert people.rights().me is not None


def test_a_clock_set_back_locks_nobody_out(people: Operators, clock: MovingClock) -> None:
    people.add("王芳", OperatorRole.ADMIN, "secret-1")
    assert code_of(lambda: people.sign_in("王芳", "no")) == "wrong_password"
    clock.wait(-100_000)
    assert code_of(lambda: people.sign_in("王芳", "secret-1")) == "wait_before_secret"
    clock.wait(1)
    people.sign_in("王芳", "secret-1")


def test_own_and_other_passwords(people: Operators, clock: MovingClock) -> None:
    people.add("王芳", OperatorRole.ADMIN)
    people.add("李明", OperatorRole.FILLER, "liming-1")
    people.sign_in("李明", "liming-1")
    assert code_of(lambda: people.set_password("李明", "liming-2", "wrong")) == "wrong_password"
    assert code_of(lambda: people.set_password("王芳", "liming-2")) == "not_your_role"
    people.sign_in("王芳")
    assert code_of(lambda: people.set_password("李明", "short")) == "password_length"
    clock.wait(1)
    people.clear_password("李明")
    people.sign_in("李明")
    people.set_password("李明", "liming-3")
    people.sign_in("李明", "liming-3")


def test_a_recovery_code_opens_once(people: Operators, clock: MovingClock) -> None:
    code = people.add("王芳", OperatorRole.ADMIN, "secret-1")
    assert len(folded_code(code)) == 16
    assert people.add("李明", OperatorRole.FILLER, "secret-2") == ""
    people.sign_out()
    assert code_of(lambda: people.reset_password("王芳", new_code(), "secret-3")) == "wrong_recovery_code"
    clock.wait(1)
    following = people.reset_password("王芳", f" {code.lower().replace('-', ' — ')}", "secret-3")
    assert following not in ("", code)
    assert code_of(lambda: people.reset_password("王芳", code, "secret-4")) == "wrong_recovery_code"
    people.sign_in("王芳", "secret-3")
    assert people.renew_code() != following


def test_secrets_are_kept_nowhere(office: Office, people: Operators) -> None:
    code = people.add("王芳", OperatorRole.ADMIN, "secret-1")
    with office.store.reading() as uow:
        hashed = uow.password_of("王芳")
        text = "".join(f"{line.old}{line.new}{line.why}" for line in uow.history())
    assert hashed.startswith("$argon2id$")
    assert not any(secret in text for secret in ("secret-1", code, folded_code(code), hashed))


def test_a_hash_of_other_parameters_is_made_anew(office: Office, people: Operators) -> None:
    from argon2 import PasswordHasher

    people.add("王芳", OperatorRole.ADMIN, "secret-1")
    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("secret-1")
    with office.store.writing("test", None) as uow:
        uow.put_operator(Operator("王芳", OperatorRole.ADMIN, True), old)
    people.sign_in("王芳", "secret-1")
    with office.store.reading() as uow:
        assert uow.password_of("王芳") != old
    assert office.store.verify().ok


def test_people_changed_past_the_program_are_found(office: Office, people: Operators) -> None:
    people.add("王芳", OperatorRole.ADMIN, "secret-1")
    assert office.store.verify().ok
    with closing(sqlite3.connect(office.store.path)) as connection, connection:
        connection.execute("UPDATE operators SET password = ''")
    assert [item.what for item in office.store.verify().discrepancies] == ["operator"]


def test_a_damaged_hash_fits_nothing() -> None:
    assert not ArgonPasswords().fits("$argon2id$rubbish", "secret-1")


def test_who_only_reads_signs_in_without_writing(office: Office, people: Operators) -> None:
    people.add("王芳", OperatorRole.ADMIN)
    with reading_office(office.store.path) as reader:
        reader.actions.operators.sign_in("王芳")
        assert not reader.store.rights().may(Act.FILL)


def test_codes_use_signs_that_do_not_look_alike() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("01OI") & set(ALPHABET)
    assert set(folded_code(new_code())) <= set(ALPHABET)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", OperatorRole)
def test_rights_follow_roles(role: OperatorRole, act: Act) -> None:
    everybody = tuple(Operator(item.value, item) for item in OperatorRole)
    me = Operator(role.value, role)
    assert Rights(everybody, me).may(act) == (act in RIGHTS[role])
    assert not Rights(everybody).may(act)
    assert not Rights(everybody, me, writable=False).may(act)
    assert Rights().may(act)


def test_every_write_names_an_act_that_a_role_holds() -> None:
    held = frozenset[Act]().union(*RIGHTS.values())
    assert held == set(Act)
    found = 0
    for path in (Path(paths.__file__).parent / "usecases").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "writing":
                continue
            found += 1
            assert len(node.args) == 2, f"{path.name}:{node.lineno}"
            act = node.args[1]
            if isinstance(act, ast.Attribute) and getattr(act.value, "id", "") == "Act":
                assert Act[act.attr] in held, f"{path.name}:{node.lineno}"
    assert found > 20
