"""The people of an office: naming them, signing in, passwords and the recovery code."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Protocol

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.people.accounts import ACCOUNT, reads_as_account
from kjxd_desktop.domain.people.operators import (
    MAX_NAME,
    MAX_PASSWORD,
    MIN_PASSWORD,
    Act,
    Operator,
    OperatorRole,
    Rights,
)
from kjxd_desktop.domain.plan.names import folded_name
from kjxd_desktop.domain.problems import refuse, wrong_call
from kjxd_desktop.usecases.people.pauses import RECOVERY, Pauses
from kjxd_desktop.usecases.people.recovery_code import folded_code, new_code
from kjxd_desktop.usecases.ports import Clock, Store, UnitOfWork


class PasswordHasher(Protocol):
    """Makes and checks salted hashes; what was hashed cannot be read back."""

    def hash(self, secret: str) -> str: ...
    def matches(self, hashed: str, secret: str) -> bool: ...
    def outdated(self, hashed: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What a change of people came to.

    Attributes:
        operator: The person as he is now.
        recovery_code: A new code to be shown once, printed and locked away; empty when none was made.
    """

    operator: Operator
    recovery_code: str = field(default="", repr=False)


class Operators:
    """Names people and asks who works. Passwords and codes go into no log and no history."""

    def __init__(self, store: Store, hasher: PasswordHasher, clock: Clock) -> None:
        self._store = store
        self._hasher = hasher
        self._pauses = Pauses(store, clock)

    def rights(self) -> Rights:
        """What may be written now, and by whom."""
        return self._store.rights()

    def people(self) -> tuple[Operator, ...]:
        """Everybody of the office, those who left at the end."""
        return tuple(sorted(self._store.rights().operators, key=lambda item: not item.active))

    def named(self, name: str) -> Operator:
        """The person of that name.

        Raises:
            CallError: ``unknown_operator``.
        """
        return self._person(name)

    def add(self, name: str, role: OperatorRole, password: str = "") -> Kept:
        """Name a person. The first one is 管理 and works from then on.

        Raises:
            ProblemError: ``name_wrong``, ``name_of_account``, ``name_taken``, ``first_is_admin``, ``password_length``, or what
                :meth:`Store.writing` refuses.
        """
        rights = self._store.rights()
        name = _proper_name(name)
        if _find(rights, name) is not None:
            raise refuse("name", "name_taken", name=name)
        if not rights.known and role is not OperatorRole.ADMIN:
            raise refuse("role", "first_is_admin")
        kept = self._put(Operator(name, role), _proper_password(password), Act.MANAGE)
        if not rights.known:
            self._store.sign_in(kept.operator)
        return kept

    def change_role(self, name: str, role: OperatorRole) -> Operator:
        """Give a person another role.

        Raises:
            ProblemError: ``last_admin``.
            CallError: ``unknown_operator``.
        """
        person = self._person(name)
        if role is not OperatorRole.ADMIN:
            self._require_other_admin(person)
        return self._replace(replace(person, role=role))

    def leave(self, name: str) -> Operator:
        """A person no longer works here; the name stays in history.

        Raises:
            ProblemError: ``last_admin``.
            CallError: ``unknown_operator``.
        """
        person = self._person(name)
        self._require_other_admin(person)
        return self._replace(replace(person, active=False))

    def come_back(self, name: str) -> Operator:
        """A person works here again, with role and password as before.

        Raises:
            CallError: ``unknown_operator``.
        """
        return self._replace(replace(self._person(name), active=True))

    def set_password(self, name: str, new: str, old: str = "") -> Kept:
        """Give a person a password. Who changes his own says the one before; 管理 changes others'.

        Raises:
            ProblemError: ``password_length``, ``wrong_password``, ``wait_before_trying``.
            CallError: ``unknown_operator``.
        """
        if not new:
            raise refuse("password", "password_length", shortest=str(MIN_PASSWORD), longest=str(MAX_PASSWORD))
        return self._change_password(name, _proper_password(new), old)

    def clear_password(self, name: str, old: str = "") -> Operator:
        """Ask a person for no password any more; see :meth:`set_password`."""
        return self._change_password(name, "", old).operator

    def sign_in(self, name: str, password: str = "") -> Operator:
        """Say who works from now on. A password given where none is asked for is not looked at.

        Raises:
            ProblemError: ``operator_left``, ``password_needed``, ``wrong_password``, ``wait_before_trying``.
            CallError: ``unknown_operator``.
        """
        person = self._active(name)
        hashed = self._hash_of(person)
        if hashed:
            self._check(person, hashed, password)
        self._store.sign_in(person)
        if hashed and self._store.rights().writable and self._hasher.outdated(hashed):
            self._renew(person, password)
        return person

    def _renew(self, person: Operator, password: str) -> None:
        """Keep the hash with today's costs; a full disk leaves it for the next time, nobody is sent away."""
        hashed = self._hasher.hash(_folded_password(password))
        with suppress(WorkspaceFault), self._store.writing("password_rehashed", None) as uow:
            uow.people.put(person, hashed)

    def sign_out(self) -> None:
        """Nobody works: everything can be looked at, nothing is written."""
        self._store.sign_in(None)

    def reset_password(self, name: str, recovery_code: str, new: str) -> Kept:
        """Set a forgotten password with the recovery code, which is used up; a new one is made.

        Raises:
            ProblemError: ``operator_left``, ``no_recovery``, ``wrong_recovery``, ``wait_before_trying``,
                ``password_length``.
            CallError: ``unknown_operator``.
        """
        person = self._active(name)
        if not new:
            raise refuse("password", "password_length", shortest=str(MIN_PASSWORD), longest=str(MAX_PASSWORD))
        secret = _proper_password(new)
        with self._store.reading() as uow:
            hashed = uow.people.recovery()
        if not hashed:
            raise refuse("recovery", "no_recovery")
        tries = self._pauses.begin(RECOVERY)
        if not self._hasher.matches(hashed, folded_code(recovery_code)):
            seconds = self._pauses.wrong(RECOVERY, person.name, tries)
            raise refuse("recovery", "wrong_recovery", seconds=str(seconds))
        self._pauses.right(RECOVERY)
        return self._put(person, secret, None, renew=True)

    def new_recovery_code(self) -> str:
        """Make a new recovery code; the one before no longer opens anything."""
        with self._store.writing("recovery", Act.MANAGE) as uow:
            return self._put_code(uow)

    def _change_password(self, name: str, secret: str, old: str) -> Kept:
        person = self._person(name)
        me = self._store.rights().me
        if me is None or me.name != person.name:
            return self._put(person, secret, Act.MANAGE)
        hashed = self._hash_of(person)
        if hashed:
            self._check(person, hashed, old)
        return self._put(person, secret, None)

    def _put(self, person: Operator, secret: str, act: Act | None, *, renew: bool = False) -> Kept:
        """Keep a person with a password. Everybody may change his own, so there ``act`` is nobody's."""
        person = replace(person, locked=bool(secret))
        code = ""
        with self._store.writing("operators", act) as uow:
            uow.people.put(person, self._hasher.hash(secret) if secret else "")
            self._pauses.forget(uow, person.name)
            if renew or (secret and not uow.people.recovery()):
                code = self._put_code(uow)
        self._see_me_anew()
        return Kept(person, code)

    def _replace(self, person: Operator) -> Operator:
        with self._store.writing("operators", Act.MANAGE) as uow:
            uow.people.put(person, uow.people.password_of(person.name))
        self._see_me_anew()
        return person

    def _put_code(self, uow: UnitOfWork) -> str:
        code = new_code()
        uow.people.put_recovery(self._hasher.hash(folded_code(code)))
        self._pauses.forget(uow, RECOVERY)
        return code

    def _see_me_anew(self) -> None:
        """Who works may have another role now, or have left."""
        rights = self._store.rights()
        if rights.me is not None:
            me = _find(rights, rights.me.name)
            self._store.sign_in(me if me is not None and me.active else None)

    def _check(self, person: Operator, hashed: str, password: str) -> None:
        if not password:
            raise refuse("password", "password_needed", name=person.name)
        tries = self._pauses.begin(person.name)
        if not self._hasher.matches(hashed, _folded_password(password)):
            seconds = self._pauses.wrong(person.name, person.name, tries)
            raise refuse("password", "wrong_password", seconds=str(seconds))
        self._pauses.right(person.name)

    def _require_other_admin(self, person: Operator) -> None:
        holders = self._store.rights().holders(Act.MANAGE)
        if [item.name for item in holders] == [person.name]:
            raise refuse("operator", "last_admin", name=person.name)

    def _hash_of(self, person: Operator) -> str:
        with self._store.reading() as uow:
            return uow.people.password_of(person.name)

    def _active(self, name: str) -> Operator:
        person = self._person(name)
        if not person.active:
            raise refuse("operator", "operator_left", name=person.name)
        return person

    def _person(self, name: str) -> Operator:
        person = _find(self._store.rights(), name)
        if person is None:
            raise wrong_call("operator", "unknown_operator", name=name[:MAX_NAME])
        return person


def _find(rights: Rights, name: str) -> Operator | None:
    wanted = _folded(name)
    return next((item for item in rights.operators if _folded(item.name) == wanted), None)


def _folded(name: str) -> str:
    """A name as names are compared: 王 芳 is 王芳, and ｗａｎｇ is Wang."""
    return folded_name(unicodedata.normalize("NFKC", name)).casefold()


def _proper_name(name: str) -> str:
    trimmed = name.strip()
    if not 0 < len(trimmed) <= MAX_NAME or not trimmed.isprintable():
        raise refuse("name", "name_wrong", limit=str(MAX_NAME))
    if reads_as_account(trimmed):
        raise refuse("name", "name_of_account", word=ACCOUNT)
    return trimmed


def _proper_password(password: str) -> str:
    folded = _folded_password(password)
    if folded and not MIN_PASSWORD <= len(folded) <= MAX_PASSWORD:
        raise refuse("password", "password_length", shortest=str(MIN_PASSWORD), longest=str(MAX_PASSWORD))
    return folded


def _folded_password(password: str) -> str:
    """A password as it is hashed: full-width letters of an input method are the same keys."""
    return unicodedata.normalize("NFKC", password)
