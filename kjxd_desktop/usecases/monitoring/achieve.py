"""Marking a target in words (0的突破) as achieved, and taking the mark back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kjxd_desktop.domain.pace.pace import yardstick
from kjxd_desktop.domain.pace.text_targets import text_target
from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.plan.indicator import Indicator, Target
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.domain.returns.achieved import MAX_ACHIEVED_TEXT, Achieved, achieved_by
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.domain.texts import kept_text
from kjxd_desktop.usecases.access import indicator_of, require_own, require_period
from kjxd_desktop.usecases.changes import Changes, left_out_notes
from kjxd_desktop.usecases.filling.evidence import kept_evidence, read_evidence
from kjxd_desktop.usecases.filling.guard import key_text
from kjxd_desktop.usecases.filling.passage import written_reason
from kjxd_desktop.usecases.filling.view import ReturnView, load_view
from kjxd_desktop.usecases.ports import Store, UnitOfWork


class Achieve:
    """What a person says of targets that no figure can answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def mark(self, key: ReturnKey, code: str, text: str, evidence: Path | None = None) -> Changes:
        """Mark an indicator's target in words as achieved from a period on.

        Where the mark stands already, its words are changed: it stays from when it was, and so does its
        evidence unless another file is given.

        Args:
            text: What was achieved, at most ``MAX_ACHIEVED_TEXT`` characters.
            evidence: A file that proves it; it is kept as that of a task.

        Raises:
            ProblemError: ``no_text_target``, ``achieved_empty``, ``achieved_too_long``, or one of the
                evidence (see :func:`read_evidence`).
            CallError: ``unknown_indicator`` and the like.
        """
        files = read_evidence(() if evidence is None else (evidence,))
        words = _words(text)
        notes = left_out_notes(text)
        with self._store.writing("achieved", Act.FILL) as uow:
            view, target = _target(uow, key, code)
            before = next((item for item in view.achieved.get(code, ()) if item.speaks_of(target)), None)
            mark = Achieved(target.year, target.kind, target.text or "", key.period, words)
            if before is not None:
                mark = replace(mark, since=min(before.since, key.period), evidence=before.evidence)
            for name, content in files:
                file, told = kept_evidence(uow, name, content)
                mark, notes = replace(mark, evidence=file), (*notes, *told)
            uow.achieved.put(key.plan_id, key.unit_code, code, mark)
            return Changes(key_text(view.head), entries=frozenset({code}), notes=notes)

    def take_back(self, key: ReturnKey, code: str, why: str) -> Changes:
        """Take the mark back; the file stays in the workspace for history.

        Raises:
            ProblemError: ``not_achieved``, ``no_text_target``, ``why_empty`` or ``reason_too_long``.
            CallError: ``unknown_indicator`` and the like.
        """
        with self._store.writing(written_reason(why), Act.FILL) as uow:
            view, target = _target(uow, key, code)
            mark = achieved_by(view.achieved.get(code, ()), target, key.period)
            if mark is None:
                raise refuse(code, "not_achieved", name=indicator_of(view.plan, code).name)
            uow.achieved.take_back(key.plan_id, key.unit_code, code, mark)
            return Changes(key_text(view.head), entries=frozenset({code}))


def _target(uow: UnitOfWork, key: ReturnKey, code: str) -> tuple[ReturnView, Target]:
    view = load_view(uow, key, code)
    indicator = indicator_of(view.plan, code)
    require_own(uow, view.plan, view.unit)
    require_period(view.plan, key.period)
    target = _of(view, indicator)
    if target is None:
        raise refuse(code, "no_text_target", name=indicator.name)
    return view, target


def _of(view: ReturnView, indicator: Indicator) -> Target | None:
    if not view.duty.owes(indicator):
        return None
    own, baseline = view.targets.get(indicator.code, ()), view.baselines.get(indicator.code)
    return text_target(yardstick(view.plan, indicator, view.unit.code, own, baseline))


def _words(text: str) -> str:
    words = kept_text(text)
    if not words:
        raise refuse("text", "achieved_empty")
    if len(words) > MAX_ACHIEVED_TEXT:
        raise refuse("text", "achieved_too_long", limit=str(MAX_ACHIEVED_TEXT), length=str(len(words)))
    return words
