"""Looking back: pages of history in words, and putting back what a line held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from kjxd_desktop.domain.people.operators import Act
from kjxd_desktop.domain.problems import ProblemError, refuse, wrong_call
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress
from kjxd_desktop.usecases.access import require_right
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.filling.fill import Fill
from kjxd_desktop.usecases.filling.guard import require_editable, require_fillable
from kjxd_desktop.usecases.filling.progress import ReportProgress
from kjxd_desktop.usecases.filling.view import load_view
from kjxd_desktop.usecases.keeping.line_words import LineWords, named_like
from kjxd_desktop.usecases.keeping.shown import ChangeLine, LinePage, RestoreChoice, Side
from kjxd_desktop.usecases.ports import HistoryLine, KeptChange, LineFilter, Store, UnitOfWork
from kjxd_desktop.wording.keeping.history import RESTORED

PAGE = 200
# Lines of an export that are read at once.
_CHUNK = 1000
# Of lines that hold a text only where nobody sees it, so many are passed over for one page.
_MOST_PASSED = 5
MAX_SEARCH = 60


class HistorySheetWriter(Protocol):
    """Writes lines into a workbook; raises FileFault when the place does not allow it."""

    def write(self, lines: Iterable[ChangeLine], about: str, path: Path) -> None: ...


class LookBack:
    """Reads history for people; nothing of it is ever changed or taken away."""

    def __init__(self, store: Store, fill: Fill, report: ReportProgress, writer: HistorySheetWriter) -> None:
        self._store = store
        self._fill = fill
        self._report = report
        self._writer = writer
        self._people: frozenset[str] = frozenset()
        self._people_until = 0

    def page(self, wanted: LineFilter, before: int | None = None, limit: int = PAGE) -> LinePage:
        """A page of lines, the newest first.

        Args:
            before: ``LinePage.next`` of the page before; None for the first.
            limit: At most so many lines.
        """
        with self._store.reading() as uow:
            return _page(uow, _named(uow, wanted), before, limit)

    def newer(self, wanted: LineFilter, after: int) -> tuple[ChangeLine, ...]:
        """What was written since a line, newest first."""
        with self._store.reading() as uow:
            words, wanted = LineWords(uow), _named(uow, wanted)
            found = (words.line(line) for line in uow.history.lines(wanted, after=after))
            return tuple(line for line in found if _meant(line, wanted))

    def raw(self, wanted: LineFilter, limit: int | None = None) -> tuple[HistoryLine, ...]:
        """Lines as history keeps them, for programs."""
        with self._store.reading() as uow:
            return uow.history.lines(_named(uow, wanted), limit=limit)

    def newest(self) -> int:
        """Number of the last line; 0 before the first."""
        with self._store.reading() as uow:
            return uow.history.head().line

    def people(self) -> tuple[str, ...]:
        """Everybody who ever wrote here, by name; only what is new since the last time is read."""
        with self._store.reading() as uow:
            newest = uow.history.head().line
            if newest != self._people_until:
                self._people |= uow.history.authors(self._people_until)
                self._people_until = newest
        return tuple(sorted(self._people))

    def choice(self, number: int, side: Side | None = None) -> RestoreChoice:
        """What a line could put back and what holds now, before anything is done.

        Args:
            side: What was asked for; None while both are offered.

        Raises:
            CallError: ``unknown_line``.
            ProblemError: ``line_not_restorable``, ``restore_gone``, ``restore_same`` when what was
                asked for, or both, hold already, or what keeps the cell from being filled.
        """
        with self._store.reading() as uow:
            kept, line = self._kept(uow, number)
            rights = uow.people.rights()
            if rights.writable:
                # Of a file that is only read, the writing itself says so.
                require_right(rights, Act.FILL)
            now, same = _present(uow, kept), frozenset[Side]()
            for one in Side:
                if _same(now, _content(kept, one)):
                    same |= {one}
            if side in same or len(same) == len(Side):
                raise refuse(kept.code, "restore_same", name=line.item)
            # Nothing changes without a line: the newest one of the cell holds what is there now.
            key = kept.key
            cell = LineFilter(key.plan_id, key.unit_code, key.period, kept.code, kinds=frozenset({line.kind}))
            newest = LineWords(uow).line(uow.history.lines(cell, limit=1)[0])
            return RestoreChoice(line, newest.new_fields, same)

    def restore(self, number: int, side: Side) -> Changes:
        """Put back what a line held before or after it, as an ordinary change with its own line.

        Raises:
            CallError: ``unknown_line``.
            ProblemError: As :meth:`choice`.
        """
        with self._store.reading() as uow:
            kept, line = self._kept(uow, number)
            content = _content(kept, side)
            if _same(_present(uow, kept), content):
                raise refuse(kept.code, "restore_same", name=line.item)
        why = f"{RESTORED}:{number}"
        if isinstance(content, Entry):
            return self._fill.restore(kept.key, {kept.code: content}, why)
        return self._report.restore(kept.key, kept.code, content, why)

    def export(self, wanted: LineFilter, about: str, path: Path, told: Callable[[int], None]) -> int:
        """Write every line a filter lets through into a workbook, the newest first.

        Args:
            about: What was asked for, in words, for the head of the sheet.
            told: Called with the number of lines read so far; may raise to stop.

        Returns:
            How many lines were written.

        Raises:
            FileFault: The place cannot be written.
        """
        count = 0

        def counted() -> Iterator[ChangeLine]:
            nonlocal count
            for line in self.every(wanted):
                count += 1
                if count % _CHUNK == 0:
                    told(count)
                yield line

        self._writer.write(counted(), about, path)
        return count

    def every(self, wanted: LineFilter) -> Iterator[ChangeLine]:
        """Every line a filter lets through, the newest first.

        Read page by page: a long reading would keep the file's log from being folded in.
        """
        before: int | None = None
        while True:
            page = self.page(wanted, before, _CHUNK)
            yield from page.lines
            before = page.next
            if before is None:
                return

    def _kept(self, uow: UnitOfWork, number: int) -> tuple[KeptChange, ChangeLine]:
        line = uow.history.line(number)
        if line is None:
            raise wrong_call("line", "unknown_line", line=str(number))
        kept = uow.history.kept_change(number)
        if kept is None:
            raise refuse("line", "line_not_restorable", line=str(number))
        return kept, LineWords(uow).line(line)


def _named(uow: UnitOfWork, wanted: LineFilter) -> LineFilter:
    """The filter with everything its text names."""
    text = wanted.text.strip()[:MAX_SEARCH]
    if not text:
        return replace(wanted, text="", named=())
    ids = [wanted.plan_id] if wanted.plan_id else [plan_id for plan_id, _ in uow.plans.kept()]
    plans = [plan for plan_id in ids if (plan := uow.plans.get(plan_id)) is not None]
    named = tuple((plan.id, code) for plan in plans for code in named_like(plan, text))
    return replace(wanted, text=text, named=named)


def _page(uow: UnitOfWork, wanted: LineFilter, before: int | None, limit: int) -> LinePage:
    words = LineWords(uow)
    found: list[ChangeLine] = []
    for _ in range(_MOST_PASSED):
        raw = uow.history.lines(wanted, before=before, limit=limit)
        lines = (words.line(line) for line in raw)
        found += [line for line in lines if _meant(line, wanted)]
        before = raw[-1].line if len(raw) == limit else None
        if before is None or len(found) >= limit:
            break
    return LinePage(tuple(found), before)


def _meant(line: ChangeLine, wanted: LineFilter) -> bool:
    """Whether a person sees the text in the line; JSON also holds names of fields and digests."""
    if not wanted.text or (line.plan_id, line.code) in wanted.named:
        return True
    texts = [line.why, *(text for fields in (line.old_fields, line.new_fields) for _, text in fields)]
    return any(wanted.text.casefold() in text.casefold() for text in texts)


def _content(kept: KeptChange, side: Side) -> Entry | Progress:
    if side is Side.NEW:
        return kept.new
    empty: Entry | Progress = MISSING if isinstance(kept.new, Entry) else NO_PROGRESS
    return kept.old or empty


def _same(one: Entry | Progress, other: Entry | Progress) -> bool:
    if isinstance(one, Entry) and isinstance(other, Entry):
        # Digit for digit: 1.5 put back over 1.50 is a change.
        return one.same_as(other)
    return one == other


def _present(uow: UnitOfWork, kept: KeptChange) -> Entry | Progress:
    """What holds now, in a return that may be changed.

    Raises:
        ProblemError: ``restore_gone``, or what keeps the cell from being filled.
    """
    if isinstance(kept.new, Entry):
        view = load_view(uow, kept.key, kept.code)
        indicator = view.plan.indicator(kept.code)
        if indicator is None:
            raise refuse(kept.code, "restore_gone", code=kept.code)
        require_fillable(view, indicator)
        return view.kept(kept.code)
    view = load_view(uow, kept.key, code="")
    try:
        view.task(kept.code)
    except ProblemError as error:
        raise refuse(kept.code, "restore_gone", code=kept.code) from error
    require_editable(view)
    return uow.returns.progress(kept.key).get(kept.code, NO_PROGRESS)
