"""What a person does to the decomposition, act by act, so that it can be taken back by writing back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.problems import ProblemError, QuestionError
from kjxd_desktop.ui.parts.sure_dialog import Keep
from kjxd_desktop.ui.plans.split_cells import SplitMode
from kjxd_desktop.ui.tools.changes import ChangeBus, NotSaved
from kjxd_desktop.ui.tools.notices import Notices
from kjxd_desktop.usecases.actions import Actions
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.wording.faults import fault_sentence
from kjxd_desktop.wording.problems import problem_sentence, questions_text

MAX_STEPS = 200


@dataclass(frozen=True, slots=True)
class SetTarget:
    """A unit's target as typed; empty takes it away."""

    unit: str
    code: str
    kind: TargetKind
    year: int
    text: str
    # What would be asked is kept.
    sure: bool = field(default=False, compare=False)

    def run(self, actions: Actions, plan_id: str) -> Changes:
        """Write it."""
        return actions.targets.set_target(
            plan_id, self.unit, self.code, self.kind, self.year, self.text, sure=self.sure
        )


@dataclass(frozen=True, slots=True)
class SetBaseline:
    """A unit's baseline as typed; empty takes it away."""

    unit: str
    code: str
    year: int
    text: str
    sure: bool = field(default=False, compare=False)

    def run(self, actions: Actions, plan_id: str) -> Changes:
        """Write it."""
        return actions.targets.set_baseline(
            plan_id, self.unit, self.code, self.year, self.text, sure=self.sure
        )


@dataclass(frozen=True, slots=True)
class Assign:
    """The city's word on pairs of unit and item; None follows the plan again."""

    cells: tuple[tuple[str, str], ...]
    word: bool | None

    def run(self, actions: Actions, plan_id: str) -> Changes:
        """Write it, in one transaction."""
        return actions.decompose.assign(plan_id, self.cells, self.word)


Act = SetTarget | SetBaseline | Assign
# What is done, and what takes it back.
Pair = tuple[Act, tuple[Act, ...]]


def _sure(act: Act) -> Act:
    return act if isinstance(act, Assign) else replace(act, sure=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the panel showed when something was done: taking it back shows the same again."""

    mode: SplitMode
    year: str
    kind: str
    unit: str
    code: str


@dataclass(frozen=True, slots=True)
class SplitStep:
    """One thing done: a typed cell, a pasted block, a row given to everyone."""

    shown: Shown
    undo: tuple[Act, ...]
    redo: tuple[Act, ...]


class SplitWriter:
    """Writes acts at once and remembers how to take them back.

    Args:
        written: Called after every write that went through, before the others are told.
        ask: Asks a person, and keeps when told so.
    """

    def __init__(
        self,
        actions: Actions,
        notices: Notices,
        changes: ChangeBus,
        written: Callable[[], None],
        ask: Callable[[str, Keep], None],
    ) -> None:
        self._ask = ask
        self._actions = actions
        self._notices = notices
        self._changes = changes
        self._written = written
        self._plan_id = ""
        self._done: list[SplitStep] = []
        self._undone: list[SplitStep] = []
        # The newest fault of the workspace that kept something from being written.
        self.fault: WorkspaceFault | None = None

    def open(self, plan_id: str) -> None:
        """Write to a plan; what was done in another cannot be taken back here."""
        if plan_id != self._plan_id:
            self._plan_id = plan_id
            self._done.clear()
            self._undone.clear()

    @property
    def can_undo(self) -> bool:
        """Whether anything can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether anything taken back can be done again."""
        return bool(self._undone)

    def do(self, shown: Shown, pairs: Sequence[Pair]) -> tuple[str, ...]:
        """Do acts as one step; each comes with those that take it back. Of doubtful ones a person is asked.

        Returns:
            For every act the sentence why it was not done, empty when it was.
        """
        done: list[Pair] = []
        sentences, changes = [""] * len(pairs), list[Changes]()
        todo, asked = list(range(len(pairs))), dict[int, QuestionError]()
        # A figure is held against the one beside it, which the block may bring only later: asked ones twice.
        for _round in range(2):
            for place in todo:
                act, back = pairs[place]
                asked.pop(place, None)
                try:
                    said, made = self._try(partial(act.run, self._actions, self._plan_id))
                except QuestionError as error:
                    asked[place] = error
                    said, made = questions_text(error.problems), None
                sentences[place] = said
                if made is not None:
                    done.append((act, back))
                    changes.append(made)
            todo = list(asked)
        if asked:
            sure = [(_sure(act), back) for act, back in (pairs[place] for place in asked)]
            text = questions_text(problem for error in asked.values() for problem in error.problems)
            self._ask(text, partial(self._do_sure, shown, sure))
        changed = [(act, back) for act, back in done if back != (act,)]
        if changed:
            backs = tuple(act for _, back in reversed(changed) for act in back)
            self._done.append(SplitStep(shown, backs, tuple(act for act, _ in changed)))
            del self._done[:-MAX_STEPS]
            self._undone.clear()
        self._tell(changes)
        return tuple(sentences)

    def _do_sure(self, shown: Shown, pairs: Sequence[Pair]) -> str | None:
        return next((sentence for sentence in self.do(shown, pairs) if sentence), None)

    def undo(self) -> Shown | None:
        """Take the newest step back; where it was done, or None when nothing was written."""
        return self._move(self._done, self._undone, back=True)

    def redo(self) -> Shown | None:
        """Do the newest step that was taken back again."""
        return self._move(self._undone, self._done, back=False)

    def _move(self, source: list[SplitStep], goal: list[SplitStep], *, back: bool) -> Shown | None:
        if not source:
            return None
        step = source[-1]
        changes: list[Changes] = []
        for act in step.undo if back else step.redo:
            said, made = self._try(partial(act.run, self._actions, self._plan_id))
            if made is None:
                self._notices.failure(said)
                self._tell(changes)
                return None
            changes.append(made)
        goal.append(source.pop())
        self._tell(changes)
        return step.shown

    def _try(self, act: Callable[[], Changes]) -> tuple[str, Changes | None]:
        try:
            return "", act()
        except QuestionError:
            raise
        except ProblemError as error:
            return problem_sentence(error.problem), None
        except WorkspaceFault as fault:
            self.fault = fault
            return NotSaved(fault_sentence(fault)), None

    def _tell(self, changes: Sequence[Changes]) -> None:
        if changes:
            self._written()
            entries = frozenset(code for item in changes for code in item.entries)
            self._notices.notes(tuple(dict.fromkeys(note for item in changes for note in item.notes)))
            head = any(item.head for item in changes)
            self._changes.publish(Changes(entries=entries, head=head, plan=True))
