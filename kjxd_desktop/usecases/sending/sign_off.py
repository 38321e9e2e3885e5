"""签报: the head of the office reads the form as it will be printed and answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.problems import Problem, ProblemError, refuse
from kjxd_desktop.domain.returns.returns import EDITABLE, UNCHECKED, ReturnKey, ReturnState, Signature
from kjxd_desktop.usecases.access import require_own, require_period, require_right
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.checking.check import check_return, require_clean
from kjxd_desktop.usecases.filling.guard import key_text
from kjxd_desktop.usecases.filling.keep_tasks import freeze_tasks
from kjxd_desktop.usecases.filling.passage import SIGNERS, not_before, written_reason
from kjxd_desktop.usecases.filling.signing import clean_signature, kept_signature, too_long, wrong_date
from kjxd_desktop.usecases.filling.view import ReturnView, load_view
from kjxd_desktop.usecases.ports import Clock, Store, UnitOfWork
from kjxd_desktop.usecases.sending.content import return_content
from kjxd_desktop.usecases.sending.form_shown import FormShown, form_shown


class SignOff:
    """Shows the form, signs a return off, takes the signing back."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def preview(self, key: ReturnKey, signature: Signature | None = None) -> FormShown:
        """The official form as it would be printed now, with the check code it would have.

        Args:
            signature: Who is going to sign; by default who stands on the return, signing today.
        """
        now = self._clock.now()
        with self._store.reading() as uow:
            view = load_view(uow, key)
            answer = check_return(uow, view)
            given = view.head.signature if signature is None else clean_signature(signature)
            signature = dated(given, not_before(uow, key, now))
            content = return_content(uow, key, answer, now, signature)
        return form_shown(content, answer)

    def lacks(self, key: ReturnKey, signature: Signature) -> tuple[Problem, ...]:
        """Everything that keeps the return from being signed off now; empty when nothing does."""
        with self._store.reading() as uow:
            return tuple(_hindrances(uow, load_view(uow, key), clean_signature(signature)))

    def sign_off(self, key: ReturnKey, signature: Signature) -> Changes:
        """Draft or checked → checked → signed, in one transaction.

        Args:
            signature: Who answers for the return; an empty date becomes today.

        Raises:
            ProblemError: ``sign_too_late``, ``signer_missing``, ``not_a_day``, ``not_clean``, ``not_your_role`` …
        """
        signature = kept_signature(signature)
        with self._store.writing("signed", Act.SIGN) as uow:
            signature = dated(signature, not_before(uow, key, self._clock.now()))
            view = load_view(uow, key)
            require_own(uow, view.plan, view.unit)
            require_period(view.plan, key.period)
            for problem in _hindrances(uow, view, signature):
                raise ProblemError(problem)
            head = view.head
            if (head.state, head.signature) == (ReturnState.SIGNED, signature):
                return Changes(key_text(head))
            checked = replace(head, state=ReturnState.CHECKED, signature=signature)
            freeze_tasks(uow, head, view.duty)
            uow.returns.put(checked)
            uow.returns.put(replace(checked, state=ReturnState.SIGNED))
        return Changes(key_text(head), head=True)

    def take_back(self, key: ReturnKey, why: str) -> Changes:
        """Signed → checked: nothing was changed, so the check still holds.

        Args:
            why: Kept in history.

        Raises:
            ProblemError: ``why_empty``, ``reason_too_long``, ``not_signed_off`` or ``not_your_role``.
        """
        with self._store.writing(written_reason(why), Act.SIGN) as uow:
            view = load_view(uow, key, code="")
            require_own(uow, view.plan, view.unit)
            if view.head.state is not ReturnState.SIGNED:
                raise refuse("return", "not_signed_off", state=view.head.state.value)
            uow.returns.put(replace(view.head, state=ReturnState.CHECKED))
        return Changes(key_text(view.head), head=True)


def dated(signature: Signature, now: datetime) -> Signature:
    """The signature with a date: who signs without one signs today."""
    return signature if signature.date else replace(signature, date=now.date().isoformat())


def _hindrances(uow: UnitOfWork, view: ReturnView, signature: Signature) -> Iterator[Problem]:
    if view.head.state not in EDITABLE:
        yield Problem("return", "sign_too_late", {"state": view.head.state.value})
        return
    acts = (Act.CHECK, Act.SIGN) if view.head.state in UNCHECKED else (Act.SIGN,)
    for act in acts:
        try:
            require_right(uow.people.rights(), act)
        except ProblemError as error:
            yield error.problem
    try:
        require_clean(check_return(uow, view), "sign_off")
    except ProblemError as error:
        yield error.problem
    yield from too_long(signature)
    yield from wrong_date(signature)
    absent = [name for name in SIGNERS if not getattr(signature, name).strip()]
    if absent:
        yield Problem("signature", "signer_missing", {"names": "、".join(absent)})
