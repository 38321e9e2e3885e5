"""People of an office: naming them, signing in, passwords, the recovery code, and what is kept of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office, reading_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.people.operators import Act, OperatorRole
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.storage.people.passwords import Argon2Passwords
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.people.operators import Operators
from kjxd_desktop.usecases.people.recovery_code import ALPHABET, folded_code, new_code
from tests.helpers.offices import KEY, TODAY, county_office

FILLER, CHECKER, HEAD, ADMIN = OperatorRole
PASSWORD = "huining620"
# The least Argon2 takes: the tests are about people, not about seconds.
QUICK = (1, 8)


@dataclass
class Watch:
    """A clock that a test moves."""

    moment: datetime = TODAY

    def now(self) -> datetime:
        return self.moment

    def wait(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass
class Town:
    """A county's office with the people of it."""

    office: Office
    people: Operators
    watch: Watch

    def types(self, text: str = "12") -> None:
        self.office.actions.fill.edit(KEY, "I13", TextEdit(text))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with county_office(tmp_path) as office:
        watch = Watch()
        yield Town(office, Operators(office.store, Argon2Passwords(*QUICK), watch), watch)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(ProblemError) as caught:
        act()
    return caught.value.problem.code


# Naming people


def test_without_people_nobody_is_asked(town: Town) -> None:
    town.types()
    assert town.people.people() == ()
    assert town.office.store.rights().may(Act.SIGN)


def test_the_first_is_the_admin_and_works_at_once(town: Town) -> None:
    assert refused(lambda: town.people.add("王芳", FILLER)) == "first_is_admin"
    town.people.add(" 张建平 ", ADMIN)
    town.types()
    town.people.add("王芳", FILLER)
    with town.office.store.reading() as uow:
        lines = [line for line in uow.history.of() if line.what in ("operator", "entry")]
    assert [(line.what, line.code) for line in lines] == [
        ("operator", "王芳"),
        ("entry", "I13"),
        ("operator", "张建平"),
    ]
    assert [line.who == "张建平" for line in lines] == [True, True, False]


def test_who_is_not_signed_in_looks_and_does_not_write(town: Town) -> None:
    town.people.add("张建平", ADMIN)
    town.people.add("王芳", FILLER)
    town.people.sign_out()
    assert refused(town.types) == "sign_in_first"
    assert not any(row.editable for row in town.office.actions.fill.sheet(KEY).rows)
    assert refused(lambda: town.people.add("李明", CHECKER)) == "sign_in_first"
    town.people.sign_in("王芳")
    town.types()
    assert refused(lambda: town.people.add("李明", CHECKER)) == "not_your_role"
    assert refused(lambda: town.people.set_password("张建平", PASSWORD)) == "not_your_role"
    assert refused(lambda: town.people.change_role("王芳", ADMIN)) == "not_your_role"
    assert refused(town.people.new_recovery_code) == "not_your_role"


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "name_wrong"), ("   ", "name_wrong"), ("王" * 21, "name_wrong"), ("王\n芳", "name_wrong")],
)
def test_names_that_are_none(town: Town, name: str, code: str) -> None:
    assert refused(lambda: town.people.add(name, ADMIN)) == code


def test_a_name_is_one_person_s(town: Town) -> None:
    town.people.add("Ｗang 芳", ADMIN)
    assert refused(lambda: town.people.add("wang芳", FILLER)) == "name_taken"
    assert town.people.sign_in("WANG 芳").name == "Ｗang 芳"
    assert town.people.add("王" * 20, FILLER).operator.active


def test_the_last_admin_stays(town: Town) -> None:
    town.people.add("张建平", ADMIN)
    town.people.add("王芳", FILLER)
    assert refused(lambda: town.people.leave("张建平")) == "last_admin"
    assert refused(lambda: town.people.change_role("张建平", HEAD)) == "last_admin"
    town.people.change_role("王芳", ADMIN)
    town.people.leave("张建平")
    # Who left no longer works, though he was signed in.
    assert town.office.store.rights().me is None
    assert refused(lambda: town.people.sign_in("张建平")) == "operator_left"
    assert [item.name for item in town.people.people()] == ["王芳", "张建平"]
    town.people.sign_in("王芳")
    town.people.come_back("张建平")
    town.people.sign_in("张建平")


def test_a_new_role_counts_at_once(town: Town) -> None:
    town.people.add("张建平", ADMIN)
    town.people.add("李明", ADMIN)
    town.people.change_role("张建平", HEAD)
    me = town.office.store.rights().me
    assert me is not None and me.role is HEAD
    assert refused(lambda: town.people.add("王芳", FILLER)) == "not_your_role"


def test_unknown_names_are_wrong_calls(town: Town) -> None:
    assert refused(lambda: town.people.sign_in("王芳")) == "unknown_operator"


# Passwords


@pytest.mark.parametrize("password", ["12345", "x" * 101])
def test_passwords_of_the_wrong_length(town: Town, password: str) -> None:
    assert refused(lambda: town.people.add("张建平", ADMIN, password)) == "password_length"
    assert town.people.people() == ()


def test_a_password_is_asked_for_and_full_width_is_the_same(town: Town) -> None:
    assert town.people.add("张建平", ADMIN, PASSWORD).operator.locked
    town.people.sign_out()
    assert refused(lambda: town.people.sign_in("张建平")) == "password_needed"
    assert refused(lambda: town.people.sign_in("张建平", PASSWORD.upper())) == "wrong_password"
    town.watch.wait(1)
    town.people.sign_in("张建平", "ｈuining６20")
    town.types()


def test_wrong_passwords_make_longer_pauses(town: Town) -> None:
    town.people.add("张建平", ADMIN, PASSWORD)
    waits = []
    for _ in range(4):
        with pytest.raises(ProblemError) as caught:
            town.people.sign_in("张建平", "wrong one")
        waits.append(int(caught.value.problem.params["seconds"]))
        # Even the right one is not looked at before the pause is over.
        assert refused(lambda: town.people.sign_in("张建平", PASSWORD)) == "wait_before_trying"
        town.watch.wait(waits[-1])
    assert waits == [1, 2, 4, 8]
    town.people.sign_in("张建平", PASSWORD)
    with pytest.raises(ProblemError) as caught:
        town.people.sign_in("张建平", "wrong one")
    assert caught.value.problem.params["seconds"] == "1"


def test_everybody_changes_his_own_password(town: Town) -> None:
    town.people.add("张建平", ADMIN)
    town.people.add("王芳", FILLER)
    town.people.sign_in("王芳")
    town.people.set_password("王芳", PASSWORD)
    assert refused(lambda: town.people.set_password("王芳", "another one")) == "password_needed"
    assert refused(lambda: town.people.set_password("王芳", "another one", "wrong one")) == "wrong_password"
    town.watch.wait(1)
    town.people.set_password("王芳", "another one", PASSWORD)
    town.people.sign_in("王芳", "another one")
    assert refused(lambda: town.people.set_password("王芳", "", "another one")) == "password_length"
    assert not town.people.clear_password("王芳", "another one").locked
    town.people.sign_in("王芳")


def test_the_admin_gives_others_passwords(town: Town) -> None:
    town.people.add("张建平", ADMIN)
    town.people.add("王芳", FILLER, PASSWORD)
    town.people.set_password("王芳", "another one")
    town.people.clear_password("王芳")
    assert [item.locked for item in town.people.people()] == [False, False]


def test_hashes_of_earlier_costs_are_made_anew(town: Town) -> None:
    town.people.add("张建平", ADMIN, PASSWORD)
    costlier = Argon2Passwords(2, 16)
    with town.office.store.reading() as uow:
        assert costlier.outdated(uow.people.password_of("张建平"))
    later = Operators(town.office.store, costlier, town.watch)
    later.sign_in("张建平", PASSWORD)
    with town.office.store.reading() as uow:
        hashed = uow.people.password_of("张建平")
    assert not costlier.outdated(hashed)
    assert costlier.matches(hashed, PASSWORD)
    assert not costlier.matches("damaged", PASSWORD)


def test_the_costs_are_what_the_program_promises() -> None:
    hashed = Argon2Passwords().hash(PASSWORD)
    assert hashed.startswith("$argon2id$v=19$m=32768,t=3,p=1$")
    assert PASSWORD not in hashed


# The recovery code


def test_a_code_is_long_enough_and_folds() -> None:
    code = new_code()
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert len(ALPHABET) == 32 and not set(ALPHABET) & set("0O1I")
    assert set(code) <= set(ALPHABET) | {"-"}
    assert folded_code(" ａb2c－d3ef — gh4j ") == "AB2CD3EFGH4J"
    assert new_code() != code


def test_the_first_password_makes_a_code_that_works_once(town: Town) -> None:
    code = town.people.add("张建平", ADMIN, PASSWORD).recovery_code
    assert code and town.people.add("王芳", FILLER, PASSWORD).recovery_code == ""
    town.people.sign_out()
    assert refused(lambda: town.people.reset_password("王芳", "AAAA-AAAA", "new one")) == "wrong_recovery"
    assert refused(lambda: town.people.reset_password("王芳", code, "new one")) == "wait_before_trying"
    town.watch.wait(1)
    typed = code.replace("-", "  ").lower()
    kept = town.people.reset_password("王芳", typed, "new one")
    assert kept.recovery_code not in ("", code)
    assert kept.recovery_code not in repr(kept)
    town.people.sign_in("王芳", "new one")
    assert refused(lambda: town.people.reset_password("王芳", code, "third one")) == "wrong_recovery"


def test_no_code_before_a_password_and_a_new_one_by_the_admin(town: Town) -> None:
    town.people.add("张建平", ADMIN)
    assert refused(lambda: town.people.reset_password("张建平", "AAAA", "new one")) == "no_recovery"
    first = town.people.set_password("张建平", PASSWORD).recovery_code
    second = town.people.new_recovery_code()
    assert refused(lambda: town.people.reset_password("张建平", first, "new one")) == "wrong_recovery"
    town.watch.wait(1)
    town.people.reset_password("张建平", second, "new one")


# What is kept


def test_secrets_are_nowhere_and_verify_stays_sound(town: Town) -> None:
    code = town.people.add("张建平", ADMIN, PASSWORD).recovery_code
    town.people.add("王芳", FILLER, "another one")
    town.people.leave("王芳")
    assert town.office.store.verify().ok
    with town.office.store.reading() as uow:
        told = "".join(f"{line.old} {line.new} {line.why}" for line in uow.history.of())
        hashes = (uow.people.password_of("张建平"), uow.people.recovery())
    for secret in (PASSWORD, "another one", code, folded_code(code), *hashes):
        assert secret not in told
    raw = town.office.store.path.read_bytes()
    assert PASSWORD.encode() not in raw and folded_code(code).encode() not in raw


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE operators SET role = 'admin' WHERE name = '王芳'",
        "UPDATE operators SET password = '' WHERE name = '张建平'",
        "UPDATE operators SET active = 0 WHERE name = '张建平'",
        "DELETE FROM operators",
        "DELETE FROM recovery",
    ],
)
def test_edits_past_the_program_are_found(town: Town, edit: str) -> None:
    town.people.add("张建平", ADMIN, PASSWORD)
    town.people.add("王芳", FILLER)
    with closing(sqlite3.connect(town.office.store.path)) as connection, connection:
        connection.execute(edit)
    found = town.office.store.verify()
    assert not found.ok
    assert {item.what for item in found.discrepancies} == {"recovery" if "recovery" in edit else "operator"}


def test_who_only_reads_may_sign_in_and_writes_nothing(town: Town) -> None:
    town.people.add("张建平", ADMIN, PASSWORD)
    with reading_office(town.office.store.path, town.watch) as office:
        people = Operators(office.store, Argon2Passwords(2, 16), town.watch)
        people.sign_in("张建平", PASSWORD)
        with pytest.raises(WorkspaceFault) as caught:
            people.add("王芳", FILLER)
    assert caught.value.code == "viewing"
