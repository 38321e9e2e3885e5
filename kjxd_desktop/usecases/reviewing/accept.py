"""接收: the city's own word on a unit's return, and taking it back for a correction (rules.md 6.7)."""

from __future__ import annotations

from dataclasses import replace

from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState
from kjxd_desktop.usecases.changes import Changes, Notes
from kjxd_desktop.usecases.checking.check import check_return
from kjxd_desktop.usecases.filling.guard import key_text
from kjxd_desktop.usecases.filling.passage import written_reason
from kjxd_desktop.usecases.filling.view import ReturnView, load_view
from kjxd_desktop.usecases.ports import Role, Store, UnitOfWork
from kjxd_desktop.wording.checking.findings import open_parts


class Accept:
    """Accepts submitted returns in a city's workspace, and reopens accepted ones."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def accept(self, key: ReturnKey) -> Changes:
        """Submitted → accepted; what is still open in it is told with the answer.

        Raises:
            ProblemError: ``only_city_accepts``, ``nothing_to_accept``, ``accepted_before_now`` or
                ``accept_faulty`` while a logic error stands.
        """
        with self._store.writing("accepted", Act.RECEIVE) as uow:
            view = _city_view(uow, key)
            if view.head.state is ReturnState.ACCEPTED:
                raise refuse("return", "accepted_before_now", unit=view.unit.name)
            if view.head.state is not ReturnState.SUBMITTED:
                raise refuse("return", "nothing_to_accept", unit=view.unit.name, state=view.head.state.value)
            answer = check_return(uow, view)
            errors = answer.count(Grade.LOGIC)
            if errors:
                raise refuse("return", "accept_faulty", unit=view.unit.name, count=str(errors))
            uow.returns.put(replace(view.head, state=ReturnState.ACCEPTED))
        left = open_parts(len(answer.missing), 0, answer.to_explain)
        notes: Notes = (("accept_open", (("unit", view.unit.name), ("what", left))),) if left else ()
        return Changes(key_text(view.head), head=True, notes=notes)

    def reopen(self, key: ReturnKey, why: str) -> Changes:
        """Accepted → submitted, to correct it; every change of a cell after that needs its own reason.

        Args:
            why: Kept in history.

        Raises:
            ProblemError: ``why_empty``, ``reason_too_long``, ``only_city_accepts`` or ``not_accepted``.
        """
        with self._store.writing(written_reason(why), Act.RECEIVE) as uow:
            view = _city_view(uow, key)
            if view.head.state is not ReturnState.ACCEPTED:
                raise refuse("return", "not_accepted", unit=view.unit.name, state=view.head.state.value)
            uow.returns.put(replace(view.head, state=ReturnState.SUBMITTED))
        return Changes(key_text(view.head), head=True)


def _city_view(uow: UnitOfWork, key: ReturnKey) -> ReturnView:
    if uow.workspace.info().role is not Role.CITY:
        raise refuse("workspace", "only_city_accepts")
    return load_view(uow, key)
