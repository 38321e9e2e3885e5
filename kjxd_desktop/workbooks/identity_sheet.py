"""The 标识 sheet: identity, exact texts and what a city sends down, one record a row, all texts.

It is visible and can be read by a person; nothing in it is trusted further than ``layout`` and the
reader say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.indicator import Baseline, Target
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Progress
from kjxd_desktop.sheets.styles import FormStyle
from kjxd_desktop.usecases.sending.exchange import Dispatch, Identity, ReturnContent
from kjxd_desktop.wording.sending import form
from kjxd_desktop.workbooks.layout import (
    IDENTITY_MARK,
    NO,
    PLAN_CHUNK,
    RECORDS,
    YES,
    entry_cells,
    progress_cells,
    signature_texts,
)
from kjxd_desktop.workbooks.pen import Pen

Record = tuple[str, ...]
_PRINTED = frozenset(kind for kind, names in RECORDS.items() if len(names) == 1)
_WIDTHS = {"A": 14, "B": 68, "C": 20, "D": 60}
_ROW_POINTS = 14.0


def write_identity(sheet: Worksheet, content: ReturnContent) -> None:
    """Write the identity sheet.

    Only who, what and which check code are printed: the rest says nothing on paper.
    """
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    pen = Pen(sheet)
    pen.across(1, 1, len(_WIDTHS), form.IDENTITY_WARNING, FormStyle.NOTE)
    printed = 1
    for row, record in enumerate(records(content), start=2):
        for column, text in enumerate(record, start=1):
            if text:
                pen.text(row, column, text, FormStyle.NOTE)
        # A wrapped long text would make the row as high as the screen.
        pen.height(row, _ROW_POINTS)
        printed = row if record[0] in _PRINTED else printed
    sheet.print_area = f"A1:D{printed}"


def records(content: ReturnContent) -> Iterator[Record]:
    """All records, in the order of ``layout.RECORDS``."""
    yield from _identity(content.identity)
    for code, entry in content.entries.items():
        yield from _entry("entry", code, entry)
    for code, progress in content.progress.items():
        yield from _progress(code, progress)
    for item in content.explanations:
        yield "explanation", item.code, item.rule, item.basis, item.text
    for name, text in signature_texts(content.signature).items():
        if text:
            yield "signature", name, text
    if content.achieved is not None:
        yield from _marks(content.achieved)
    if content.dispatch is not None:
        yield from _dispatch(content.dispatch)


def _identity(identity: Identity) -> Iterator[Record]:
    yield IDENTITY_MARK, str(identity.format)
    yield "kind", identity.kind.value
    yield "plan_id", identity.plan_id
    yield "plan_title", identity.plan_title
    yield "revision", str(identity.revision)
    yield "plan_digest", identity.plan_digest
    yield "unit_code", identity.unit_code
    yield "unit_name", identity.unit_name
    yield "period", identity.period.key
    yield "workspace_id", identity.workspace_id
    yield "round", str(identity.round)
    for digest in identity.earlier:
        yield "earlier", digest
    if identity.digest:
        yield "digest", identity.digest
        yield "check_code", identity.check_code
    if identity.deadline is not None:
        yield "deadline", identity.deadline.isoformat()
    if identity.created_at is not None:
        yield "created_at", identity.created_at.isoformat()
    for head in identity.heads:
        yield "head", str(head.line), head.link
    if identity.seal:
        yield "seal", identity.seal


def _entry(kind: str, code: str, entry: Entry) -> Iterator[Record]:
    for field, text in entry_cells(entry).items():
        if text:
            yield kind, code, field, text


def _progress(code: str, progress: Progress) -> Iterator[Record]:
    for field, text in progress_cells(progress).items():
        if text:
            yield "progress", code, field, text
    for item in progress.evidence:
        yield "evidence", code, item.name, str(item.bytes), item.digest


def _marks(achieved: Mapping[str, tuple[Achieved, ...]]) -> Iterator[Record]:
    yield "marks", str(sum(len(marks) for marks in achieved.values())), "achieved"
    for code, marks in achieved.items():
        for mark in marks:
            said = (str(mark.year), mark.kind.value, mark.wanted, mark.since.key, mark.text)
            proof = mark.evidence
            yield "mark", code, *said, *((proof.name, str(proof.bytes), proof.digest) if proof else ())


def _dispatch(dispatch: Dispatch) -> Iterator[Record]:
    for code, targets in dispatch.targets.items():
        for target in targets:
            yield _target(code, target)
    for code, baseline in dispatch.baselines.items():
        yield _baseline(code, baseline)
    for code, assigned in dispatch.assigned.items():
        yield "assignment", code, YES if assigned else NO
    for code, entry in dispatch.sent_down.items():
        yield from _entry("sent_down", code, entry)
    document = dispatch.plan_document
    for number, start in enumerate(range(0, len(document), PLAN_CHUNK), start=1):
        yield "plan", str(number), document[start : start + PLAN_CHUNK]


def _target(code: str, target: Target) -> Record:
    value = "" if target.value is None else plain_text(target.value)
    words = (target.text, target.certainty, target.scope, target.unit_code, target.source)
    return (
        "target",
        code,
        str(target.year),
        target.kind.value,
        target.op,
        value,
        *(word or "" for word in words),
    )


def _baseline(code: str, baseline: Baseline) -> Record:
    return "baseline", code, str(baseline.year), plain_text(baseline.value), baseline.note
