"""Refusals about people with all they name; lengths at their bounds; what is kept of a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.people.operators import Operator, OperatorRole
from kjxd_desktop.domain.problems import CallError, ProblemError
from kjxd_desktop.usecases.people.operators import Kept, Operators
from tests.helpers.offices import TODAY, county_office

FILLER, CHECKER, HEAD, ADMIN = OperatorRole


@dataclass
class Watch:
    """A clock that a test moves."""

    moment: datetime = TODAY

    def now(self) -> datetime:
        """The moment."""
        return self.moment


@dataclass
class Plain:
    """Hashes that can be read, for tests of everything but hashing."""

    old: set[str] = field(default_factory=set)

    def hash(self, secret: str) -> str:
        """Not a secret at all."""
        return f"h:{secret}"

    def matches(self, hashed: str, secret: str) -> bool:
        """Whether it is the same."""
        return hashed in (f"h:{secret}", f"old:{secret}")

    def outdated(self, hashed: str) -> bool:
        """Whether its costs were lower."""
        return hashed.startswith("old:")


@dataclass
class Town:
    """A county's office with the people of it."""

    office: Office
    people: Operators
    watch: Watch


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with county_office(tmp_path) as office:
        watch = Watch()
        yield Town(office, Operators(office.store, Plain(), watch), watch)


def refusal(act: Callable[[], object]) -> tuple[str, str, dict[str, str]]:
    with pytest.raises(ProblemError) as caught:
        act()
    problem = caught.value.problem
    return problem.field, problem.code, dict(problem.params)


def hashed(town: Town, name: str) -> str:
    with town.office.store.reading() as uow:
        return uow.people.password_of(name)


# Names


def test_names_of_twenty_characters_and_no_more(town: Town) -> None:
    assert town.people.add(f"  {'王' * 20} ", ADMIN) == Kept(Operator("王" * 20, ADMIN))
    for name in ("王" * 21, " ", "王\t芳"):
        assert refusal(lambda name=name: town.people.add(name, FILLER)) == (
            "name",
            "name_wrong",
            {"limit": "20"},
        )  # type: ignore[misc]


@pytest.mark.parametrize("name", ["系统用户", "系统 用户王芳", "系統·用戶"])
def test_no_name_reads_like_an_account(town: Town, name: str) -> None:
    assert refusal(lambda: town.people.add(name, ADMIN)) == ("name", "name_of_account", {"word": "系统用户"})
    assert town.people.people() == ()


def test_the_first_is_the_admin_and_a_name_is_one_persons(town: Town) -> None:
    assert refusal(lambda: town.people.add("王芳", FILLER)) == ("role", "first_is_admin", {})
    town.people.add("张建平", ADMIN)
    me = town.office.store.rights().me
    assert me is not None and me.name == "张建平"
    assert refusal(lambda: town.people.add(" 张 建平", FILLER)) == ("name", "name_taken", {"name": "张 建平"})
    town.people.add("王芳", FILLER)
    # Whoever adds others goes on working as himself.
    me = town.office.store.rights().me
    assert me is not None and me.name == "张建平"
    with pytest.raises(CallError) as caught:
        town.people.named("王" * 25)
    assert caught.value.problem.params == {"name": "王" * 20}
    assert town.people.named("王 芳") == Operator("王芳", FILLER)


def test_the_last_admin_stays(town: Town) -> None:
    town.people.add("张建平", ADMIN)
    town.people.add("王芳", FILLER)
    last = ("operator", "last_admin", {"name": "张建平"})
    assert refusal(lambda: town.people.leave("张建平")) == last
    assert refusal(lambda: town.people.change_role("张建平", FILLER)) == last
    assert town.people.change_role("张建平", ADMIN) == Operator("张建平", ADMIN)
    assert town.people.leave("王芳") == Operator("王芳", FILLER, active=False)
    assert refusal(lambda: town.people.sign_in("王芳")) == ("operator", "operator_left", {"name": "王芳"})
    assert town.people.come_back("王芳") == Operator("王芳", FILLER)


def test_those_who_left_stand_at_the_end(town: Town) -> None:
    town.people.add("丙", ADMIN)
    for name in ("甲", "乙", "丁"):
        town.people.add(name, FILLER)
    town.people.leave("乙")
    assert [item.name for item in town.people.people()][-1] == "乙"
    assert {item.name for item in town.people.people()} == {"甲", "乙", "丙", "丁"}


# Passwords


@pytest.mark.parametrize("length", [6, 100])
def test_passwords_from_six_to_a_hundred_signs(town: Town, length: int) -> None:
    kept = town.people.add("张建平", ADMIN, "x" * length)
    assert kept.operator.locked and hashed(town, "张建平") == "h:" + "x" * length


@pytest.mark.parametrize("length", [5, 101])
def test_passwords_of_other_lengths(town: Town, length: int) -> None:
    wanted = ("password", "password_length", {"shortest": "6", "longest": "100"})
    assert refusal(lambda: town.people.add("张建平", ADMIN, "x" * length)) == wanted
    town.people.add("张建平", ADMIN)
    assert refusal(lambda: town.people.set_password("张建平", "x" * length)) == wanted
    assert refusal(lambda: town.people.set_password("张建平", "")) == wanted
    assert refusal(lambda: town.people.reset_password("张建平", "AAAA", "")) == wanted
    assert hashed(town, "张建平") == ""


def test_what_is_said_of_passwords(town: Town) -> None:
    town.people.add("张建平", ADMIN, "huining620")
    people = town.people
    assert refusal(lambda: people.sign_in("张建平")) == ("password", "password_needed", {"name": "张建平"})
    assert refusal(lambda: people.sign_in("张建平", "wrong one")) == (
        "password",
        "wrong_password",
        {"seconds": "1"},
    )
    assert refusal(lambda: people.sign_in("张建平", "huining620")) == (
        "password",
        "wait_before_trying",
        {"seconds": "1"},
    )
    town.watch.moment += timedelta(seconds=1)
    assert refusal(lambda: people.set_password("张建平", "another one", "wrong one")) == (
        "password",
        "wrong_password",
        {"seconds": "2"},
    )
    town.watch.moment += timedelta(seconds=2)
    assert people.sign_in("张建平", "ｈuining620") == Operator("张建平", ADMIN, locked=True)
    # Forgotten once it was right.
    assert refusal(lambda: people.sign_in("张建平", "wrong one"))[2] == {"seconds": "1"}


def test_a_password_where_none_is_asked_for_is_not_looked_at(town: Town) -> None:
    town.people.add("张建平", ADMIN)
    assert town.people.sign_in("张建平", "whatever") == Operator("张建平", ADMIN)


def test_what_is_said_of_recovery_codes(town: Town) -> None:
    people = town.people
    code = people.add("张建平", ADMIN, "huining620").recovery_code
    people.add("王芳", FILLER, "huining620")
    people.leave("王芳")
    assert refusal(lambda: people.reset_password("王芳", code, "another one")) == (
        "operator",
        "operator_left",
        {"name": "王芳"},
    )
    assert refusal(lambda: people.reset_password("张建平", "AAAA", "another one")) == (
        "recovery",
        "wrong_recovery",
        {"seconds": "1"},
    )
    assert refusal(lambda: people.reset_password("张建平", code, "another one"))[1] == "wait_before_trying"
    town.watch.moment += timedelta(seconds=1)
    # Who had to wait for his password need not wait any more once it is a new one.
    assert refusal(lambda: people.sign_in("张建平", "wrong one"))[1] == "wrong_password"
    kept = people.reset_password("张建平", code, "another one")
    assert kept.recovery_code and kept.recovery_code != code
    people.sign_in("张建平", "another one")


def test_without_a_recovery_code_there_is_none_to_type(town: Town) -> None:
    town.people.add("张建平", ADMIN)
    assert refusal(lambda: town.people.reset_password("张建平", "AAAA", "another one")) == (
        "recovery",
        "no_recovery",
        {},
    )


def test_a_code_is_made_with_the_first_password_only(town: Town) -> None:
    assert town.people.add("张建平", ADMIN).recovery_code == ""
    assert town.people.set_password("张建平", "huining620").recovery_code != ""
    assert town.people.set_password("张建平", "another one", "huining620").recovery_code == ""
    assert town.people.add("王芳", FILLER, "huining620").recovery_code == ""


def test_hashes_of_lower_costs_are_made_anew_at_the_next_sign_in(town: Town) -> None:
    town.people.add("张建平", ADMIN, "huining620")
    with town.office.store.writing("test", None) as uow:
        uow.people.put(Operator("张建平", ADMIN), "old:huining620")
    town.people.sign_in("张建平", "huining620")
    assert hashed(town, "张建平") == "h:huining620"
    with town.office.store.reading() as uow:
        line = uow.history.of(limit=1)[0]
    assert (line.what, line.why) == ("operator", "password_rehashed")


def test_why_changes_of_people_stand_in_history(town: Town) -> None:
    town.people.add("张建平", ADMIN)
    town.people.add("王芳", FILLER)
    town.people.change_role("王芳", CHECKER)
    town.people.new_recovery_code()
    with town.office.store.reading() as uow:
        lines = [(line.what, line.why) for line in uow.history.of(limit=3)]
    assert lines == [("recovery", "recovery"), ("operator", "operators"), ("operator", "operators")]
