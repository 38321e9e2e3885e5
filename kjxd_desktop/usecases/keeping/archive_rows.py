"""The lines of an archive's tables: what programs read as JSON, what people read as a table.

A line is a mapping by column. Exact decimals, whole numbers, flags, times and texts are kept apart until they are
written: only so a table knows a number from a text that looks like one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Baseline, ComponentRole, Indicator, Target
from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, MISSING, Entry
from kjxd_desktop.domain.returns.fields import Content, RecordField
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, PROGRESS_FIELDS, Progress
from kjxd_desktop.domain.returns.returns import Return
from kjxd_desktop.usecases.access import plan_of
from kjxd_desktop.usecases.filling.standing_tasks import standing_tasks
from kjxd_desktop.usecases.filling.view import ReturnView, load_view
from kjxd_desktop.usecases.keeping.archive_shown import FiledFile
from kjxd_desktop.usecases.keeping.archive_year import PlanYear, unit_name
from kjxd_desktop.usecases.keeping.line_words import LineWords
from kjxd_desktop.usecases.ports import LineFilter, UnitOfWork
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.keeping import archive as words
from kjxd_desktop.wording.sending.form import rule_word
from kjxd_desktop.wording.terms import ENTRY_STATUS, KIND, LEVEL, MEASURE, RETURN_STATE, TASK_STATUS

Row = Mapping[str, Any]
# Lines of history that are read at once.
_CHUNK = 1000


@dataclass(frozen=True)
class YearRows:
    """Every line of the tables of one year.

    Attributes:
        year: The year itself.
        only: The one plan that was asked for; None for all.
        files: With what became of each.
        told: Called for each return that was gone through; may raise to stop.
    """

    uow: UnitOfWork
    year: int
    only: str | None
    plans: tuple[PlanYear, ...]
    files: tuple[FiledFile, ...]
    told: Callable[[], None]

    @cached_property
    def _paths(self) -> Mapping[str, str]:
        """Where the content of a digest lies."""
        return {file.digest: file.path for file in self.files if file.digest and file.path}

    @cached_property
    def _words(self) -> LineWords:
        return LineWords(self.uow)

    def _heads(self) -> Iterator[tuple[PlanYear, Return]]:
        for plan in self.plans:
            for head in plan.heads:
                self.told()
                yield plan, head

    def returns(self) -> Iterator[Row]:
        """One line a return."""
        for year, head in self._heads():
            plan = plan_of(self.uow, year.plan.id, head.revision)
            key, signature = head.key, head.signature
            due = self.uow.plans.deadline(plan.id, key.period) or key.period.default_deadline()
            yield {
                **_place(year, plan, head),
                "backfilled": head.backfilled,
                "submitted_at": head.submitted_at,
                "deadline": due,
                "head": signature.head,
                "statistician": signature.statistician,
                "filled_by": signature.filled_by,
                "phone": signature.phone,
                "date": signature.date,
            }

    def figures(self) -> Iterator[Row]:
        """One line an indicator of a return, filled or not; also what is kept and stands in no return any more."""
        for year, head in self._heads():
            view = load_view(self.uow, head.key)
            place = _place(year, view.plan, head)
            for indicator in view.duty.indicators:
                yield {**place, **_figure(view, indicator, view.entry(indicator), shown=True)}
            shown = {indicator.code for indicator in view.duty.indicators}
            for code, entry in sorted(self.uow.returns.entries(head.key).items()):
                if code not in shown and not entry.same_as(MISSING):
                    former = view.plan.indicator(code) or self._former(year, code)
                    yield {**place, **_figure(view, former, entry, shown=False, code=code)}

    def _former(self, year: PlanYear, code: str) -> Indicator | None:
        """An indicator that the return's revision does not have, in the newest one that has."""
        for number in sorted(self.uow.plans.revisions(year.plan.id), reverse=True):
            found = plan_of(self.uow, year.plan.id, number).indicator(code)
            if found is not None:
                return found
        return None

    def tasks(self) -> Iterator[Row]:
        """One line a task of a return; also what is kept and is not reported any more."""
        for year, head in self._heads():
            view = load_view(self.uow, head.key, code="")
            place = _place(year, view.plan, head)
            now, kept = standing_tasks(self.uow, head, view.duty), self.uow.returns.progress(head.key)
            for task in view.duty.tasks:
                yield {**place, **self._task(task, task.code, now.get(task.code, NO_PROGRESS), shown=True)}
            shown = {task.code for task in view.duty.tasks}
            for code, progress in sorted(kept.items()):
                if code not in shown and progress != NO_PROGRESS:
                    yield {**place, **self._task(view.plan.task(code), code, progress, shown=False)}

    def _task(self, task: Task | None, code: str, progress: Progress, *, shown: bool) -> Row:
        files = [
            {
                "name": item.name,
                "bytes": item.bytes,
                "digest": item.digest,
                "path": self._paths.get(item.digest),
            }
            for item in progress.evidence
        ]
        status = progress.status
        return {
            "task": code,
            "no": "" if task is None else task.no,
            "title": code if task is None else task.title,
            "lead": "" if task is None else "、".join(task.in_charge),
            "coop": "" if task is None else "、".join(task.coop),
            "shown": shown,
            "status_text": words.NOT_UPDATED if status is None else TASK_STATUS[status],
            **{item.name: _plain(item, progress) for item in PROGRESS_FIELDS},
            "evidence": files,
            "evidence_text": "\n".join(
                f"{item['name']}（{item['path'] or words.NOT_HERE}）" for item in files
            ),
        }

    def explanations(self) -> Iterator[Row]:
        """One line a written reason."""
        for year, head in self._heads():
            plan = plan_of(self.uow, year.plan.id, head.revision)
            for item in self.uow.returns.explanations(head.key):
                yield {
                    **_place(year, plan, head),
                    "indicator": item.code,
                    "name": self._words.item(plan.id, item.code),
                    "rule": item.rule,
                    "rule_text": rule_word(item.rule),
                    "text": item.text,
                }

    def marks(self) -> Iterator[Row]:
        """One line a target in words that was marked as achieved by the end of the year."""
        for year in self.plans:
            for unit_code in year.unit_folders:
                for code, marks in sorted(self.uow.achieved.marks(year.plan.id, unit_code).items()):
                    for mark in marks:
                        if mark.since.year > self.year:
                            continue
                        proof = mark.evidence
                        yield {
                            "plan": year.plan.id,
                            "plan_title": year.plan.title,
                            "unit": unit_code,
                            "unit_name": unit_name(year, unit_code),
                            "indicator": code,
                            "name": self._words.item(year.plan.id, code),
                            "target_year": mark.year,
                            "kind": mark.kind.value,
                            "wanted": mark.wanted,
                            "since": mark.since.key,
                            "since_text": period_title(mark.since),
                            "text": mark.text,
                            "evidence": None if proof is None else proof.name,
                            "path": None if proof is None else self._paths.get(proof.digest),
                        }

    def filed(self) -> Iterator[Row]:
        """One line a file that was sent, taken in or attached, in the archive or not."""
        titles = {year.plan.id: year for year in self.plans}
        for file in self.files:
            key, year = file.key, titles[file.key.plan_id]
            yield {
                "sort": file.sort.value,
                "sort_text": words.FILE_SORT[file.sort.value],
                "plan": key.plan_id,
                "plan_title": year.plan.title,
                "unit": key.unit_code,
                "unit_name": unit_name(year, key.unit_code),
                "period": key.period.key,
                "period_text": period_title(key.period),
                "round": file.round,
                "received_at": file.at,
                "sent_at": None if file.came is None else file.came.sent_at,
                "came": None if file.came is None else asdict(file.came),
                "code": file.code,
                "name": file.name,
                "path": file.path or None,
                "absent": None if file.absent is None else file.absent.value,
                "absent_text": "" if file.absent is None else words.ABSENCE[file.absent.value],
                "digest": file.digest,
            }

    def history(self) -> Iterator[Row]:
        """One line a change: of returns of the year whenever it was made, of all else when it was made in the year."""
        before: int | None = None
        while True:
            lines = self.uow.history.lines(LineFilter(), before=before, limit=_CHUNK)
            for line in lines:
                year = int(line.period[:4]) if line.period else line.at.year
                other = self.only is not None and line.plan_id not in (None, self.only)
                if year != self.year or other:
                    continue
                said = self._words.line(line)
                yield {
                    "line": line.line,
                    "at": line.at,
                    "who": line.who,
                    "plan": line.plan_id,
                    "plan_title": said.plan,
                    "unit": line.unit,
                    "unit_name": said.unit,
                    "period": line.period,
                    "period_text": "" if said.period is None else period_title(said.period),
                    "what": line.what,
                    "code": line.code,
                    "item": said.item,
                    "deed": said.deed,
                    "old_text": said.old,
                    "new_text": said.new,
                    "why": line.why,
                    "why_text": said.why,
                    "old": line.old,
                    "new": line.new,
                }
            if len(lines) < _CHUNK:
                return
            before = lines[-1].line
            self.told()


def _place(year: PlanYear, plan: Plan, head: Return) -> dict[str, Any]:
    """Which return a line belongs to, and how that stands."""
    key, unit = head.key, plan.unit(head.key.unit_code)
    return {
        "plan": plan.id,
        "plan_title": plan.title,
        "revision": head.revision,
        "unit": key.unit_code,
        "unit_name": unit_name(year, key.unit_code) if unit is None else unit.name,
        "level": "" if unit is None else LEVEL[unit.level],
        "period": key.period.key,
        "period_text": period_title(key.period),
        "state": head.state.value,
        "state_text": RETURN_STATE[head.state],
        "round": head.round,
        "check_code": head.check_code,
    }


def _figure(
    view: ReturnView, indicator: Indicator | None, entry: Entry, *, shown: bool, code: str = ""
) -> dict[str, Any]:
    """A cell with everything that says what its figure means."""
    found = {
        "indicator": code if indicator is None else indicator.code,
        "shown": shown,
        **{item.name: _plain(item, entry) for item in ENTRY_FIELDS},
        "status_text": ENTRY_STATUS[entry.status],
        "estimate": entry.status is EntryStatus.ESTIMATED,
    }
    if indicator is None:
        return found
    parts = {
        role.value: indicator.component(role) for role in (ComponentRole.NUMERATOR, ComponentRole.DENOMINATOR)
    }
    own, baseline = view.targets.get(indicator.code, ()), view.baselines.get(indicator.code)
    due = view.duty.owes(indicator)
    return {
        **found,
        "no": indicator.no,
        "name": indicator.name,
        "class": indicator.group,
        "measure_unit": indicator.unit,
        "kind": indicator.kind.value,
        "kind_text": KIND[indicator.kind],
        "measure": indicator.measure.value,
        "measure_text": MEASURE[indicator.measure],
        "time_text": words.time_text(
            indicator.kind, view.head.key.period, entry.data_year, filled=entry.filled
        ),
        "definition": indicator.definition,
        "definition_is_reference": indicator.reference,
        "source_dept": indicator.source_dept,
        "owed": due,
        **{f"{role}_name": None if part is None else part.name for role, part in parts.items()},
        **{f"{role}_unit": None if part is None else part.unit for role, part in parts.items()},
        "targets": [_target(item) for item in own],
        "targets_text": words.targets_text(own),
        "plan_targets": [_target(item) for item in indicator.targets],
        "plan_targets_text": words.targets_text(indicator.targets),
        "baseline": _baseline(baseline),
        "baseline_text": words.baseline_text(baseline),
        "plan_baseline": _baseline(indicator.baseline),
        "plan_baseline_text": words.baseline_text(indicator.baseline),
    }


def _plain(item: RecordField, record: object) -> Any:
    """A field as it is, but words as their codes."""
    value = getattr(record, item.name)
    return str(value) if item.content is Content.WORD and value is not None else value


def _target(target: Target) -> dict[str, Any]:
    return {
        "year": target.year,
        "kind": target.kind.value,
        "op": target.op,
        "value": target.value,
        "text": target.text,
        "certainty": target.certainty,
        "scope": target.scope,
        "unit_code": target.unit_code,
        "source": target.source,
    }


def _baseline(baseline: Baseline | None) -> dict[str, Any] | None:
    return (
        None if baseline is None else {"year": baseline.year, "value": baseline.value, "note": baseline.note}
    )
