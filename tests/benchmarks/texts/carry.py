"""A county that keeps texts in every place for them, and a city that takes its workbooks in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import islice
from pathlib import Path

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.entry import REMARKS
from kjxd_desktop.domain.returns.progress import MAX_PROGRESS_TEXT, PROGRESS_TEXTS, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnKey, Signature
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from kjxd_desktop.usecases.filling.fill import MAX_EXPLANATION
from kjxd_desktop.usecases.filling.signing import MAX_SIGNATURE
from kjxd_desktop.usecases.receiving.codes import Notice, Reason
from tests.helpers.offices import FOURTEEN, KEY, city_office, county_office, fill_all

# The plan's years and the one after, as many as a city takes in.
PERIODS = tuple(Period(year, quarter) for year in range(2022, 2027) for quarter in range(1, 5))
_SIGNED = tuple(item.name for item in fields(Signature))
# Where a text was kept: subject, code, field; and what stands there.
Place = tuple[str, str, str]
Held = Mapping[Place, str]
Resave = Callable[[Sequence[Path]], Sequence[Path]]


@dataclass(slots=True)
class Carried:
    """What came of a run.

    Attributes:
        kept: Texts that the gate let in, not empty.
        refused: Texts it refused, with the problem's code.
        altered: Texts that are kept otherwise than typed.
        books: Workbooks they went out in.
        breaches: What is not as it was, or is told to have been changed.
    """

    kept: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    altered: int = 0
    books: int = 0
    breaches: list[str] = field(default_factory=list)


def carry(texts: Sequence[str], folder: Path, resave: Resave, most_books: int = len(PERIODS)) -> Carried:
    """Type the texts, send the returns, let another program save the workbooks, take them in and compare.

    Args:
        resave: The workbooks as another program saved them, by the same names; or the same ones.
        most_books: Into how many workbooks the texts are spread at most.
    """
    found, waiting = Carried(), iter(texts)
    share = -(-len(texts) // most_books)
    sent: list[Path] = []
    held: list[Held] = []
    with county_office(folder) as county:
        for period in PERIODS[:most_books]:
            some = list(islice(waiting, share))
            if not some:
                break
            key = replace(KEY, period=period)
            _type(county, key, some, folder, found)
            path = folder / f"{period.key}.xlsx"
            county.actions.send.submit(key, path)
            sent.append(path)
            held.append(held_in(county, key))
    found.books = len(sent)
    with city_office(folder) as city:
        for path, texts_there in zip(resave(sent), held, strict=True):
            key = replace(KEY, period=Period.parse(path.stem))
            found.breaches += [f"{path.stem}: {said}" for said in _taken_in(city, key, path, texts_there)]
    return found


def held_in(office: Office, key: ReturnKey) -> dict[Place, str]:
    """Every text of a return as it stands in a workspace."""
    with office.store.reading() as uow:
        held = {
            ("entry", code, item.name): getattr(entry, item.name)
            for code, entry in uow.returns.entries(key).items()
            for item in REMARKS
        }
        for code, task in uow.returns.progress(key).items():
            held |= {("progress", code, item.name): getattr(task, item.name) for item in PROGRESS_TEXTS}
            held["progress", code, "evidence"] = repr([(item.name, item.digest) for item in task.evidence])
        for said in uow.returns.explanations(key):
            held["explanation", said.code, said.rule] = said.text
        head = uow.returns.find(key)
        assert head is not None
        held |= {("signature", "", name): getattr(head.signature, name) for name in _SIGNED}
    return held


def _type(office: Office, key: ReturnKey, texts: Sequence[str], folder: Path, found: Carried) -> None:
    """Fill a return with figures, and with one text after the other where there is room for it."""
    fill_all(office, key)
    # A share that nobody has: the check asks for a reason in words.
    office.actions.fill.edit(key, "I05", TextEdit("12"))
    waiting = iter(texts)
    for type_one in _rooms(office, key, folder):
        text = next(waiting, None)
        if text is None:
            break
        try:
            kept = type_one(text)
        except ProblemError as error:
            found.refused.append((text, error.problem.code))
            continue
        found.kept += bool(kept)
        found.altered += kept != text
    assert next(waiting, None) is None, "more texts than rooms"
    _explain(office, key, lambda finding: "经核对无误。")


def _rooms(office: Office, key: ReturnKey, folder: Path) -> Iterator[Callable[[str], str]]:
    """One place after the other, taking turns among the kinds of places; each answers what it kept."""
    fill, report = office.actions.fill, office.actions.report
    tasks = [row.task.code for row in report.sheet(key).rows]
    first = Progress(TaskStatus.BLOCKED, 40, problems="缺经费")
    for code in tasks:
        report.put(key, code, first)

    def remark(code: str, name: str, limit: int) -> Callable[[str], str]:
        def keep(text: str) -> str:
            fill.edit(key, code, RemarkEdit(name, text[:limit]))
            # Where a figure stands from an earlier return, an empty remark leaves nothing kept.
            return held_in(office, key).get(("entry", code, name), "")

        return keep

    def told(code: str, name: str) -> Callable[[str], str]:
        def keep(text: str) -> str:
            now = report.row(key, code).progress
            # What is blocked must say why: an empty text leaves the one before.
            report.put(key, code, now.with_fields({name: text[:MAX_PROGRESS_TEXT]}))
            kept = str(getattr(report.row(key, code).progress, name))
            if name == "problems" and not kept:
                report.put(key, code, now)
            return kept

        return keep

    def signed(name: str) -> Callable[[str], str]:
        def keep(text: str) -> str:
            now = fill.sheet(key).head.signature
            fill.set_signature(key, replace(now, **{name: text[:MAX_SIGNATURE]}))
            return str(getattr(fill.sheet(key).head.signature, name))

        return keep

    def attached(code: str) -> Callable[[str], str]:
        def keep(text: str) -> str:
            path = folder / "evidence" / code / _nameable(text)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(f"{key.period.key} {code} {path.name!a}".encode())
            report.attach(key, code, path)
            return report.row(key, code).progress.evidence[-1].name

        return keep

    def explained(code: str, rule: str) -> Callable[[str], str]:
        def keep(text: str) -> str:
            fill.explain(key, code, rule, text[:MAX_EXPLANATION])
            return held_in(office, key)["explanation", code, rule]

        return keep

    findings = [item for item in office.actions.check.check(key).findings if item.blocks]
    yield from (explained(item.code, item.rule) for item in findings)
    # A date is no room for a text.
    yield from (signed(name) for name in _SIGNED if name != "date")
    for code in FOURTEEN:
        yield from (remark(code, item.name, item.limit or 0) for item in REMARKS)
    for code in tasks:
        yield from (told(code, item.name) for item in PROGRESS_TEXTS)
        yield attached(code)


def _nameable(text: str) -> str:
    """The text as this system can name a file: of at most 255 bytes, without what ends a name."""
    name = text.replace("/", "／").replace("\x00", "")
    raw = name.encode("utf-8", "surrogateescape" if _escapes(name) else "replace")[:250]
    name = raw.decode("utf-8", "surrogateescape")
    return name if name.strip(".") else f"名{name}"


def _escapes(name: str) -> bool:
    return all("\udc80" <= char <= "\udcff" for char in name if "\ud800" <= char <= "\udfff")


def _explain(office: Office, key: ReturnKey, text_of: Callable[[object], str]) -> None:
    """Answer what no text answered yet."""
    for finding in office.actions.check.check(key).findings:
        if finding.blocks:
            office.actions.fill.explain(key, finding.code, finding.rule, text_of(finding))


def _taken_in(city: Office, key: ReturnKey, path: Path, held: Held) -> Iterator[str]:
    """What is not as it was sent, after the city took everything."""
    preview = city.actions.receive.preview(path)
    codes = {code for code, _ in preview.notices}
    if Notice.CHANGED_AFTER_EXPORT.value in codes:
        yield "is told to have been changed after the export"
    if Notice.SIGNATURE_CHANGED.value in codes or preview.must_ask:
        yield "is told to have lost its signature or its seal"
    for row in preview.rows:
        if row.reason in (Reason.CHANGED_AFTER_EXPORT, Reason.CHARACTERS_LEFT_OUT, Reason.NAMES_MADE_SAFE):
            yield f"{row.subject} {row.code} {row.field}: {row.reason} {row.raw!a}"
    try:
        city.actions.receive.apply(preview, city.actions.receive.accept_all(preview), heads_asked=True)
    except ProblemError as error:
        yield f"cannot be taken in: {error.problem.code} {dict(error.problem.params)}"
        return
    there = held_in(city, key)
    for place in sorted({*held, *there}):
        was, now = held.get(place, ""), there.get(place, "")
        if was != now:
            yield f"{' '.join(place)}: kept {was!a}, arrived {now!a}"
