"""The very files of a year: what was sent and taken in, evidence; where each lies in the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kjxd_desktop.domain.digests import fits
from kjxd_desktop.domain.file_names import safe_names, short_name
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.returns.progress import Evidence
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.exchanged import ImportRecord, SentSubmission
from kjxd_desktop.usecases.keeping.archive_box import Box
from kjxd_desktop.usecases.keeping.archive_shown import Absence, FiledFile, FileSort
from kjxd_desktop.usecases.keeping.archive_year import PlanYear
from kjxd_desktop.usecases.ports import UnitOfWork
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.keeping.archive import EVIDENCE_FOLDER, MARKS_FOLDER, RETURNS_FOLDER, filed_name
from kjxd_desktop.wording.receiving.imports import evidence_path

# Bytes of a file's name, so that the whole path fits into the 260 characters of Windows.
_NAME_BYTES = 100


def filed_files(uow: UnitOfWork, year: PlanYear, number: int) -> tuple[FiledFile, ...]:
    """Every file of a plan's year, each with its place; evidence that several returns share lies in one.

    Args:
        number: The year.
    """
    received: dict[ReturnKey, list[FiledFile]] = {}
    for file in uow.exchange.received(year.plan.id, number):
        received.setdefault(file.key, []).append(_received(file))
    sent: dict[ReturnKey, list[SentSubmission]] = {}
    for key, submission in uow.exchange.sent(year.plan.id):
        sent.setdefault(key, []).append(submission)
    found: list[tuple[str, FiledFile]] = []
    folders = year.unit_folders
    for key in year.keys:
        inner = f"{year.folder}/{folders[key.unit_code]}/{period_title(key.period)}"
        found += ((f"{RETURNS_FOLDER}/{inner}", file) for file in _sent(key, sent.get(key, ())))
        found += ((f"{RETURNS_FOLDER}/{inner}", file) for file in received.get(key, ()))
        found += ((f"{EVIDENCE_FOLDER}/{inner}", file) for file in _proofs(uow, key))
    for code, folder in folders.items():
        place = f"{EVIDENCE_FOLDER}/{year.folder}/{folder}/{MARKS_FOLDER}"
        found += ((place, file) for file in _marks(uow, year, code, number))
    return _placed(year, found)


def put_files(uow: UnitOfWork, box: Box, files: tuple[FiledFile, ...]) -> Iterator[FiledFile]:
    """Put each file in, as it is kept; what is not there, or no longer what it was, is told by ``absent``."""
    put: dict[str, Absence | None] = {}
    for file in files:
        if file.absent is not None:
            yield file
            continue
        if file.path not in put:
            put[file.path] = _put(uow, box, file)
        absent = put[file.path]
        yield replace(file, absent=absent, path="" if absent else file.path)


def _put(uow: UnitOfWork, box: Box, file: FiledFile) -> Absence | None:
    digest = file.digest or ""
    content = uow.returns.evidence(digest) if file.number is None else uow.exchange.original(file.number)
    if content is None:
        evidence = file.sort in (FileSort.EVIDENCE, FileSort.MARK)
        return Absence.NOT_HERE if evidence else Absence.LOST
    if not fits(content, digest):
        return Absence.DAMAGED
    box.put(file.path, (content,), len(content))
    return None


def _received(file: ImportRecord) -> FiledFile:
    return FiledFile(
        FileSort.RECEIVED,
        file.key,
        file.file_name,
        round=None if file.came is None else file.came.round,
        at=file.at,
        digest=file.digest,
        number=file.id,
        came=file.came,
    )


def _sent(key: ReturnKey, submissions: Iterable[SentSubmission]) -> Iterator[FiledFile]:
    for sent in submissions:
        kept = sent.workbook is not None
        absent = None if kept else Absence.NOT_STORED
        yield FiledFile(
            FileSort.SENT, key, sent.file_name, round=sent.round, digest=sent.workbook, absent=absent
        )
        if sent.evidence is not None:
            name = evidence_path(Path(sent.file_name)).name
            yield FiledFile(FileSort.SENT_EVIDENCE, key, name, round=sent.round, digest=sent.evidence)


def _proofs(uow: UnitOfWork, key: ReturnKey) -> Iterator[FiledFile]:
    for code, progress in sorted(uow.returns.progress(key).items()):
        for proof in progress.evidence:
            yield _proof(FileSort.EVIDENCE, key, code, proof)


def _marks(uow: UnitOfWork, year: PlanYear, unit_code: str, number: int) -> Iterator[FiledFile]:
    for code, marks in sorted(uow.achieved.marks(year.plan.id, unit_code).items()):
        for mark in marks:
            if mark.evidence is not None and mark.since.year <= number:
                yield _proof(
                    FileSort.MARK, ReturnKey(year.plan.id, unit_code, mark.since), code, mark.evidence
                )


def _proof(sort: FileSort, key: ReturnKey, code: str, proof: Evidence) -> FiledFile:
    return FiledFile(sort, key, proof.name, code=code, digest=proof.digest, bytes=proof.bytes)


def _placed(year: PlanYear, found: list[tuple[str, FiledFile]]) -> tuple[FiledFile, ...]:
    """Give each file its path; the same evidence once more gets the path of the first."""
    shared: dict[str, int] = {}
    wanted: dict[str, list[int]] = {}
    for place, (folder, file) in enumerate(found):
        if file.absent is not None:
            continue
        if file.sort in (FileSort.EVIDENCE, FileSort.MARK):
            if file.digest in shared:
                continue
            shared[file.digest or ""] = place
        wanted.setdefault(folder, []).append(place)
    paths: dict[int, str] = {}
    for folder, places in wanted.items():
        names = safe_names(short_name(_name(year, found, place), _NAME_BYTES) for place in places)
        paths |= {place: f"{folder}/{name}" for place, name in zip(places, names, strict=True)}
    return tuple(
        replace(file, path=paths.get(place) or paths.get(shared.get(file.digest or "", -1), ""))
        for place, (_, file) in enumerate(found)
    )


def _name(year: PlanYear, found: list[tuple[str, FiledFile]], place: int) -> str:
    """What a file is called in the archive: which round it was sent in, what it proves, then its own name."""
    file = found[place][1]
    return filed_name(file.sort.value, file.name, file.round, _no(year.plan, file.code))


def _no(plan: Plan, code: str) -> str:
    """The number of a task or indicator as printed."""
    task, indicator = plan.task(code), plan.indicator(code)
    if task is not None:
        return task.no
    return code if indicator is None else indicator.no
