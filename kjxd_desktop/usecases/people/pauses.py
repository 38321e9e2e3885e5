"""Growing pauses after wrong tries at a secret, kept in the workspace file."""

from __future__ import annotations

from contextlib import suppress

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.keeping.clock import with_zone
from kjxd_desktop.domain.people.tries import Tries, noted, worse
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.usecases.ports import Clock, Store, UnitOfWork

# Under what name wrong recovery codes are counted; no person can have it.
RECOVERY = ""


class Pauses:
    """Counts tries by name: 1 second after the first wrong one, then 2, 4 … at most 5 minutes.

    They stand in the workspace file, so that a new process counts on. Where that cannot be written (it was opened
    for reading, the disk is full) they are counted in memory: nobody is kept out because of it.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._unkept: dict[str, Tries] = {}

    def begin(self, name: str) -> Tries:
        """Note a try before it is looked at: who kills the program meanwhile has had it.

        Raises:
            ProblemError: ``wait_before_trying``; then it must not be looked at, and does not count.
        """
        now = with_zone(self._clock.now())
        try:
            with self._store.writing("wrong_try", None) as uow:
                kept = uow.people.tries(name)
                stands, left = noted(worse(kept, self._unkept.get(name)), now)
                if stands != kept:
                    uow.people.put_tries(name, stands)
            self._unkept.pop(name, None)
        except WorkspaceFault:
            stands, left = noted(worse(self._kept(name), self._unkept.get(name)), now)
            self._unkept[name] = stands
        if left:
            raise refuse("password", "wait_before_trying", seconds=str(left))
        return stands

    def wrong(self, name: str, person: str, tries: Tries) -> int:
        """Tell history that it was wrong; the seconds to wait now.

        Args:
            person: Whose password was tried, or was to be set.
        """
        with suppress(WorkspaceFault), self._store.writing("wrong_try", None) as uow:
            uow.people.tell_wrong(person, "password" if name else "recovery", tries.number)
        return tries.pause

    def right(self, name: str) -> None:
        """Forget the tries; one that cannot be forgotten now makes nobody wait longer than its pause."""
        # Also where nothing can be written.
        self._unkept.pop(name, None)
        with suppress(WorkspaceFault), self._store.writing("wrong_try", None) as uow:
            self.forget(uow, name)

    def forget(self, uow: UnitOfWork, name: str) -> None:
        """Forget the tries in the transaction that makes the secret another one."""
        self._unkept.pop(name, None)
        uow.people.put_tries(name, None)

    def _kept(self, name: str) -> Tries | None:
        with suppress(WorkspaceFault), self._store.reading() as uow:
            return uow.people.tries(name)
        return None
