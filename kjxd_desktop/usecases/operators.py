"""People of an office: naming them, passwords, signing in."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Protocol

from kjxd_desktop.domain.operators import (
    MAX_NAME,
    MAX_PASSWORD,
    MIN_PASSWORD,
    Act,
    Operator,
    OperatorRole,
    Rights,
)
from kjxd_desktop.domain.problems import refuse, wrong_call
from kjxd_desktop.usecases.access import require_right
from kjxd_desktop.usecases.ports import Clock, Store, UnitOfWork
from kjxd_desktop.usecases.secrets_of_people import Pauses, folded_code, folded_password, new_code

# Wrong recovery codes are counted together, whoever they are tried for; no name is empty.
_RECOVERY = ""


class Passwords(Protocol):
    """Makes and compares hashes of secrets."""

    def hashed(self, secret: str) -> str: ...
    def fits(self, hashed: str, secret: str) -> bool: ...
    def outdated(self, hashed: str) -> bool: ...


class Operators:
    """Who works here. Methods that set a password return a new recovery code, or an empty text.

    A recovery code is shown once, to be printed; only its hash is kept.
    """

    def __init__(self, store: Store, clock: Clock, passwords: Passwords) -> None:
        self._store = store
        self._passwords = passwords
        self._pauses = Pauses(clock)

    def rights(self) -> Rights:
        """Who signed in, and what may be written now."""
        return self._store.rights()

    def people(self) -> tuple[Operator, ...]:
        """Everybody, those who left included."""
        return self._store.rights().operators

    def add(self, name: str, role: OperatorRole, password: str = "") -> str:
        """Name a person. The first one manages the others, and is signed in at once.

        Raises:
            ProblemError: ``name_length``, ``name_taken``, ``first_must_manage``, ``password_length``, or
                a right that is missing.
        """
        name = unicodedata.normalize("NFKC", name).strip()
        if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
            raise refuse("operator", "name_length", limit=str(MAX_NAME))
        rights = self._store.rights()
        require_right(rights, Act.MANAGE)
        if any(item.name.casefold() == name.casefold() for item in rights.operators):
            raise refuse("operator", "name_taken", name=name)
        if not rights.known and role is not OperatorRole.ADMIN:
            raise refuse("operator", "first_must_manage")
        hashed = self._hash_of(password) if password else ""
        operator = Operator(name, role, bool(hashed))
        with self._store.writing("operators", Act.MANAGE) as uow:
            uow.put_operator(operator, hashed)
            code = self._first_code(uow, hashed)
        if not rights.known:
            self._store.sign_in(operator)
        return code

    def change_role(self, name: str, role: OperatorRole) -> None:
        """Give a person another role.

        Raises:
            ProblemError: ``last_manager``, or a right that is missing.
            CallError: ``unknown_operator``.
        """
        self._put(replace(self._named(name), role=role))

    def leave(self, name: str) -> None:
        """A person no longer works here; the name stays in history.

        Raises:
            ProblemError: ``last_manager``, or a right that is missing.
            CallError: ``unknown_operator``.
        """
        self._put(replace(self._named(name), active=False))

    def come_back(self, name: str) -> None:
        """A person who left works here again, with the password of before."""
        self._put(replace(self._named(name), active=True))

    def _put(self, operator: Operator) -> None:
        rights = self._store.rights()
        require_right(rights, Act.MANAGE)
        manages = operator.active and operator.role is OperatorRole.ADMIN
        others = any(
            item.active and item.role is OperatorRole.ADMIN and item.name != operator.name
            for item in rights.operators
        )
        if not manages and not others:
            raise refuse("operator", "last_manager", name=operator.name)
        with self._store.writing("operators", Act.MANAGE) as uow:
            uow.put_operator(operator, uow.password_of(operator.name))
        if rights.me is not None and rights.me.name == operator.name:
            self._store.sign_in(operator if operator.active else None)

    def set_password(self, name: str, new: str, old: str = "") -> str:
        """Set a password: one's own with the old one, that of others by who manages.

        Raises:
            ProblemError: ``password_length``, ``wrong_password``, ``wait_before_secret``, or a right
                that is missing.
            CallError: ``unknown_operator``.
        """
        operator = self._named(name)
        self._require_owner(operator, old)
        return self._keep(operator, self._hash_of(new))

    def clear_password(self, name: str, old: str = "") -> None:
        """Ask for no password any longer."""
        operator = self._named(name)
        self._require_owner(operator, old)
        self._keep(operator, "")

    def _require_owner(self, operator: Operator, old: str) -> None:
        rights = self._store.rights()
        if rights.me is not None and rights.me.name == operator.name:
            self._require_password(operator, old)
        else:
            require_right(rights, Act.MANAGE)

    def _keep(self, operator: Operator, hashed: str) -> str:
        # Whose right it is was asked before: everybody may change his own.
        with self._store.writing("password", None) as uow:
            uow.put_operator(replace(operator, locked=bool(hashed)), hashed)
            return self._first_code(uow, hashed)

    def _first_code(self, uow: UnitOfWork, hashed: str) -> str:
        if not hashed or uow.recovery():
            return ""
        return self._make_code(uow)

    def _make_code(self, uow: UnitOfWork) -> str:
        code = new_code()
        uow.put_recovery(self._passwords.hashed(folded_code(code)))
        return code

    def renew_code(self) -> str:
        """Make a new recovery code; the one before no longer opens anything."""
        with self._store.writing("recovery", Act.MANAGE) as uow:
            return self._make_code(uow)

    def reset_password(self, name: str, code: str, new: str) -> str:
        """Set a forgotten password with the recovery code, and make the next code.

        Raises:
            ProblemError: ``no_recovery_code``, ``wrong_recovery_code``, ``password_length`` or
                ``wait_before_secret``.
            CallError: ``unknown_operator``.
        """
        operator = self._named(name)
        if not operator.active:
            raise wrong_call("operator", "unknown_operator", name=name)
        _require_length(new)
        with self._store.reading() as uow:
            kept = uow.recovery()
        if not kept:
            raise refuse("operator", "no_recovery_code")
        self._pauses.require_over(_RECOVERY)
        if not self._passwords.fits(kept, folded_code(code)):
            raise refuse("password", "wrong_recovery_code", seconds=self._pauses.wrong(_RECOVERY))
        hashed = self._hash_of(new)
        with self._store.writing("recovery", None) as uow:
            uow.put_operator(replace(operator, locked=True), hashed)
            made = self._make_code(uow)
        self._pauses.right(_RECOVERY)
        self._pauses.right(operator.name)
        return made

    def sign_in(self, name: str, password: str = "") -> None:
        """Say who works from now on. Who was signed in before stays when it is refused.

        Raises:
            ProblemError: ``wrong_password`` or ``wait_before_secret``, with ``seconds`` to wait.
            CallError: ``unknown_operator``, also for who has left.
        """
        operator = self._named(name)
        if not operator.active:
            raise wrong_call("operator", "unknown_operator", name=name)
        self._require_password(operator, password)
        self._store.sign_in(operator)
        if operator.locked and self._store.rights().writable:
            self._renew_hash(operator, password)

    def sign_out(self) -> None:
        """Nobody works now."""
        self._store.sign_in(None)

    def asks_password(self, name: str) -> bool:
        """Whether a person has a password.

        Raises:
            CallError: ``unknown_operator``.
        """
        return self._named(name).locked

    def alone(self) -> Operator | None:
        """The only person of the office, when no password is asked for."""
        active = [item for item in self.people() if item.active]
        return active[0] if len(active) == 1 and not active[0].locked else None

    def _renew_hash(self, operator: Operator, password: str) -> None:
        with self._store.reading() as uow:
            outdated = self._passwords.outdated(uow.password_of(operator.name))
        if outdated:
            hashed = self._passwords.hashed(folded_password(password))
            with self._store.writing("rehash", None) as uow:
                uow.put_operator(operator, hashed)

    def _require_password(self, operator: Operator, password: str) -> None:
        if not operator.locked:
            return
        self._pauses.require_over(operator.name)
        with self._store.reading() as uow:
            kept = uow.password_of(operator.name)
        if not self._passwords.fits(kept, folded_password(password)):
            raise refuse("password", "wrong_password", seconds=self._pauses.wrong(operator.name))
        self._pauses.right(operator.name)

    def _hash_of(self, password: str) -> str:
        return self._passwords.hashed(_require_length(password))

    def _named(self, name: str) -> Operator:
        wanted = unicodedata.normalize("NFKC", name).strip().casefold()
        for operator in self.people():
            if operator.name.casefold() == wanted:
                return operator
        raise wrong_call("operator", "unknown_operator", name=name[:MAX_NAME])


def _require_length(password: str) -> str:
    folded = folded_password(password)
    if not MIN_PASSWORD <= len(folded) <= MAX_PASSWORD:
        raise refuse("password", "password_length", least=str(MIN_PASSWORD), most=str(MAX_PASSWORD))
    return folded
