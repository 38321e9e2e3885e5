"""What the cells of a task's row in a file were taken for."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import fold_digits
from kjxd_desktop.domain.returns.carry_tasks import stands
from kjxd_desktop.domain.returns.form_texts import evidence_text, progress_of_texts
from kjxd_desktop.domain.returns.progress import (
    PERCENT_OF,
    PROGRESS_TEXTS,
    Evidence,
    TaskStatus,
    named_safely,
)
from kjxd_desktop.usecases.receiving.codes import Reason
from kjxd_desktop.usecases.receiving.read import Cells, FieldRead, Fields, read_text_cell
from kjxd_desktop.usecases.sending.exchange import FileCell
from kjxd_desktop.wording.terms import TASK_STATUS

_STATUS_OF_WORD = {word: status for status, word in TASK_STATUS.items()}
_PERCENT = re.compile(r"(\d{1,3})(?:\.0*)?%?", re.ASCII)


def read_progress(cells: Cells, evidence: Sequence[FileCell] | None, period: Period) -> Fields:
    """The fields of a task's row that the file holds.

    Args:
        cells: The row's cells by field.
        evidence: One cell for each file named in the identity sheet; None when the file says nothing of
            evidence, which is not the same as saying that there is none.
        period: Of the return.
    """
    found: Fields = {}
    if "status" in cells:
        found["status"] = read_status(cells["status"])
    if "percent" in cells:
        found["percent"] = _settled_percent(read_percent(cells["percent"]), found.get("status"))
    found.update(
        {
            item.name: read_text_cell(item.name, cells[item.name], item.limit or 0)
            for item in PROGRESS_TEXTS
            if item.name in cells
        }
    )
    if "status" in found:
        found["carried_from"] = _carried_from(cells.get("carried_from"), found, period)
    if evidence is not None:
        sent = tuple(Evidence(*json.loads(cell.text)) for cell in evidence)
        files = named_safely(sent)
        sheet, place = (evidence[0].sheet, evidence[0].cell) if evidence else ("", "")
        found["evidence"] = FieldRead(
            "evidence",
            evidence_text(files),
            "、".join(item.name for item in files),
            sheet,
            place,
            exact=True,
            reason=None if files == sent else Reason.NAMES_MADE_SAFE,
            sent=evidence_text(sent),
        )
    return found


def _carried_from(cell: FileCell | None, found: Fields, period: Period) -> FieldRead:
    """From which quarter the status stands: as the sender kept it, while nobody changed the row."""
    kept = all(read.exact for read in found.values())
    own = FieldRead("carried_from", "", exact=kept)
    if cell is None or not (kept and cell.text) or not Period.parse(cell.text) < period:
        return own
    said = progress_of_texts({name: read.text for name, read in found.items()})
    return replace(own, text=cell.text, sheet=cell.sheet, cell=cell.cell) if stands(said) else own


def read_status(cell: FileCell) -> FieldRead:
    """The status cell: one of the five words, or empty."""
    place = FieldRead("status", "", cell.text, cell.sheet, cell.cell)
    word = "".join(cell.text.split())
    if not word:
        changed = bool(cell.exact)
        return replace(place, exact=cell.exact == "", reason=Reason.CHANGED_AFTER_EXPORT if changed else None)
    status = _STATUS_OF_WORD.get(word)
    if status is None:
        return _problem(place, Reason.STATUS_UNREADABLE, text=word[:20], allowed="、".join(_STATUS_OF_WORD))
    if cell.exact is not None and cell.exact != word:
        return replace(place, text=status.value, reason=Reason.CHANGED_AFTER_EXPORT)
    return replace(place, text=status.value, exact=cell.exact is not None)


def read_percent(cell: FileCell) -> FieldRead:
    """The percent cell: a whole number from 0 to 100, with or without its sign, or empty."""
    place = FieldRead("percent", "", cell.text, cell.sheet, cell.cell)
    if cell.error:
        return _problem(place, Reason(cell.rule) if cell.rule else Reason.ERROR_CELL, text=cell.text[:20])
    written = fold_digits(cell.text)
    match = _PERCENT.fullmatch(written)
    if written in ("", "-", "—", "/"):
        text = ""
    elif match is None or int(match[1]) > 100:
        return _problem(place, Reason.PERCENT_UNREADABLE, text=written[:20])
    else:
        text = str(int(match[1]))
    if cell.exact is not None and cell.exact != text:
        return replace(place, text=text, reason=Reason.CHANGED_AFTER_EXPORT)
    return replace(place, text=text, exact=cell.exact is not None)


def _settled_percent(percent: FieldRead, status: FieldRead | None) -> FieldRead:
    """The percent that goes with the status; a contradiction is for a person."""
    if status is None or percent.exact or percent.problem or status.problem or not status.text:
        return percent
    known = TaskStatus(status.text)
    if known not in PERCENT_OF:
        return percent
    said = PERCENT_OF[known]
    wanted = "" if said is None else str(said)
    if percent.text == wanted:
        return percent
    if percent.text in ("", "0"):
        return replace(percent, text=wanted, reason=Reason.PERCENT_FROM_STATUS)
    return _problem(percent, Reason.PERCENT_CONTRADICTS, text=percent.raw, status=TASK_STATUS[known])


def _problem(place: FieldRead, reason: Reason, **params: str) -> FieldRead:
    return replace(place, text="", reason=reason, problem=True, params=tuple(sorted(params.items())))
