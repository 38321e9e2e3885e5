"""The yearly archive: everything of one year in files that are read without the program (law: 2 and 10 years)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kjxd_desktop import __version__
from kjxd_desktop.domain.file_names import safe_names, short_name
from kjxd_desktop.domain.keeping.verification import Verification
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.plan_text.document import plan_to_document
from kjxd_desktop.usecases.access import plan_of
from kjxd_desktop.usecases.keeping.archive_box import Box, save_box
from kjxd_desktop.usecases.keeping.archive_files import filed_files, put_files
from kjxd_desktop.usecases.keeping.archive_rows import Row, YearRows
from kjxd_desktop.usecases.keeping.archive_shown import Archived, ArchiveYear, FiledFile
from kjxd_desktop.usecases.keeping.archive_tables import BOM, csv_pieces, json_pieces
from kjxd_desktop.usecases.keeping.archive_year import PlanYear, plan_years, unit_name
from kjxd_desktop.usecases.ports import LineFilter, Store, UnitOfWork
from kjxd_desktop.usecases.targets import require_new_folder, require_target
from kjxd_desktop.wording.keeping import archive as words
from kjxd_desktop.wording.keeping import archive_columns as tables
from kjxd_desktop.wording.keeping.archive_plan import plan_lines
from kjxd_desktop.wording.keeping.archive_readme import readme_lines
from kjxd_desktop.wording.keeping.verify import discrepancy_sentence, verification_sentences

# Steps done, steps in all; may raise to stop.
Told = Callable[[int, int], None]
_PLAN_BYTES = 120
# Passes over the returns: four tables, each for people and for programs.
_PASSES = 8


class Archive:
    """Writes years out of the workspace; nothing of it changes, and it may be open for reading only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def years(self) -> tuple[ArchiveYear, ...]:
        """Years that there are returns of, newest first."""
        counted: dict[int, int] = {}
        with self._store.reading() as uow:
            for plan_id, _ in uow.plans.kept():
                for head in uow.returns.heads(plan_id):
                    counted[head.key.period.year] = counted.get(head.key.period.year, 0) + 1
        return tuple(ArchiveYear(year, counted[year]) for year in sorted(counted, reverse=True))

    def suggested_name(self, year: int, plan_id: str | None = None) -> str:
        """The file name to offer, such as ``会宁县_强科技行动_2024年归档.zip``."""
        with self._store.reading() as uow:
            office, kept = _office(uow), [plan for plan, _ in uow.plans.kept()]
            only = plan_id or (kept[0] if len(kept) == 1 else None)
            title = "" if only is None else plan_of(uow, only).short_title
        return short_name(words.archive_name(office, title, year), _PLAN_BYTES)

    def write(
        self,
        year: int,
        path: Path,
        *,
        plan_id: str | None = None,
        folder: bool = False,
        replace: bool = False,
        told: Told = lambda done, total: None,
    ) -> Archived:
        """Write a year as one zip, or as a folder.

        The same content makes the same bytes: nothing in it says when it was written, only how far history was.

        Args:
            plan_id: One plan; None for all of the workspace.
            replace: Write over a zip that is there; a folder is only made where none is, or an empty one.

        Raises:
            CallError: ``unknown_plan``, ``archive_outside_plan``.
            ProblemError: ``archive_year_empty``.
            FileFault: ``target_exists``, ``target_not_empty``, or the place does not allow it; then nothing is there.
            WorkspaceFault: The workspace cannot be read.
        """
        if folder:
            require_new_folder(path)
        else:
            require_target(path, replace=replace)
        found = self._store.verify()
        with self._store.reading() as uow:
            plans = plan_years(uow, year, plan_id)
            maker = _Maker(uow, year, plan_id, plans, found, told)
            box = save_box(maker.fill, path, folder=folder)
        return maker.answer(box, path, folder=folder)


class _Maker:
    """Makes the content of one archive, once."""

    def __init__(
        self,
        uow: UnitOfWork,
        year: int,
        plan_id: str | None,
        plans: tuple[PlanYear, ...],
        found: Verification,
        told: Told,
    ) -> None:
        self._uow, self._year, self._only, self._plans, self._found = uow, year, plan_id, plans, found
        self._told = told
        self._files: tuple[FiledFile, ...] = ()
        self._done = self._total = 0
        self._counts: dict[str, int] = {}

    def fill(self, box: Box) -> None:
        """Put everything in: originals first, since tables say what became of them; digests last."""
        wanted = tuple(file for plan in self._plans for file in filed_files(self._uow, plan, self._year))
        returns = sum(len(plan.heads) for plan in self._plans)
        self._total = len(wanted) + _PASSES * returns
        self._files = tuple(self._stepped(put_files(self._uow, box, wanted)))
        self._put_plans(box)
        rows = YearRows(self._uow, self._year, self._only, self._plans, self._files, self._step)
        for table, read in (
            (tables.RETURNS, rows.returns),
            (tables.FIGURES, rows.figures),
            (tables.TASKS, rows.tasks),
            (tables.EXPLANATIONS, rows.explanations),
            (tables.MARKS, rows.marks),
            (tables.FILES, rows.filed),
            (tables.HISTORY, rows.history),
        ):
            place = f"{words.TABLES_FOLDER}/{table.name}"
            about = {"year": self._year, "plans": [item.plan.id for item in self._plans]}
            box.put(f"{place}.csv", csv_pieces(table, read()))
            box.put(f"{place}.json", json_pieces(table, about, self._counted(table.name, read())))
        _put_whole(box, words.README, _notepad(self._readme(box)))
        # The list of the first algorithm vouches for the others too.
        for name in reversed(self._algorithms(box)):
            _put_whole(box, words.SUMS[name], box.sums(name).encode())

    def answer(self, box: Box, path: Path, *, folder: bool) -> Archived:
        """What was made."""
        algorithms = self._algorithms(box)
        return Archived(
            path=path,
            folder=folder,
            year=self._year,
            plans=tuple(item.plan.id for item in self._plans),
            returns=self._counts[tables.RETURNS.name],
            figures=self._counts[tables.FIGURES.name],
            tasks=self._counts[tables.TASKS.name],
            files=len(box.digests),
            bytes=box.bytes,
            digest=box.digests[words.SUMS[algorithms[0]]][algorithms[0]],
            algorithms=algorithms,
            verified=self._found.ok,
            missing=self._missing,
        )

    @property
    def _missing(self) -> tuple[FiledFile, ...]:
        return tuple(file for file in self._files if file.absent is not None)

    def _step(self) -> None:
        self._done += 1
        self._told(min(self._done, self._total), self._total)

    def _stepped(self, files: Iterable[FiledFile]) -> Iterator[FiledFile]:
        for file in files:
            self._step()
            yield file

    def _counted(self, name: str, rows: Iterable[Row]) -> Iterator[Row]:
        self._counts[name] = 0
        for row in rows:
            self._counts[name] += 1
            yield row

    def _algorithms(self, box: Box) -> tuple[str, ...]:
        return tuple(box.digests[words.README])

    def _put_plans(self, box: Box) -> None:
        plans = [plan for item in self._plans for plan in item.revisions]
        titles = (words.plan_name(plan.short_title or plan.title, plan.revision) for plan in plans)
        names = safe_names(short_name(title, _PLAN_BYTES) for title in titles)
        for name, plan in zip(names, plans, strict=True):
            _put_whole(box, f"{words.PLANS_FOLDER}/{name}.txt", _notepad(plan_lines(plan)))
            _put_whole(box, f"{words.PLANS_FOLDER}/{name}.json", _document(plan))

    def _readme(self, box: Box) -> Iterable[str]:
        head = self._uow.history.head()
        last = self._uow.history.lines(LineFilter(), limit=1)
        years = {item.plan.id: item for item in self._plans}
        missing = (
            words.absent_line(file, unit_name(years[file.key.plan_id], file.key.unit_code), file.key.period)
            for file in self._missing
        )
        found = self._found
        wrong = verification_sentences(found.integrity, found.audit_chain, found.schema)
        return readme_lines(
            office=_office(self._uow),
            year=self._year,
            demo=self._uow.workspace.info().demo,
            plans=tuple(item.plan.title for item in self._plans),
            counts=(
                self._counts[tables.RETURNS.name],
                self._counts[tables.FIGURES.name],
                self._counts[tables.TASKS.name],
            ),
            until=(head.line, head.link, last[0].at if last else None),
            version=__version__,
            algorithms=tuple(next(iter(box.digests.values()))),
            missing=tuple(missing),
            wrong=(*wrong, *(discrepancy_sentence(item) for item in found.discrepancies)),
        )


def _put_whole(box: Box, path: str, content: bytes) -> None:
    box.put(path, (content,), len(content))


def _office(uow: UnitOfWork) -> str:
    """Name of the office whose workspace it is."""
    info = uow.workspace.info()
    plan = uow.plans.get(info.plan_id)
    unit = None if plan is None else plan.unit(info.unit_code)
    return info.unit_code if unit is None else unit.office or unit.name


def _notepad(lines: Iterable[str]) -> bytes:
    """A text as the oldest editor of Windows shows it."""
    return BOM + "".join(f"{line}\r\n" for text in lines for line in text.split("\n")).encode()


def _document(plan: Plan) -> bytes:
    return json.dumps(plan_to_document(plan), ensure_ascii=False, indent=1).encode() + b"\n"
