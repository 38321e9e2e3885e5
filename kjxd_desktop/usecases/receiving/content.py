"""What a submission visibly says, read field by field, and the digest over it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kjxd_desktop.domain.digests import algorithm_of
from kjxd_desktop.domain.plan.indicator import Baseline, Indicator
from kjxd_desktop.domain.returns.canonical import Submission
from kjxd_desktop.domain.returns.check_code import digest_in
from kjxd_desktop.domain.returns.form_texts import (
    entry_of_texts,
    progress_of_texts,
)
from kjxd_desktop.domain.returns.returns import Explanation, Signature
from kjxd_desktop.domain.texts import kept_line
from kjxd_desktop.usecases.filling.fill import MAX_EXPLANATION
from kjxd_desktop.usecases.filling.signing import MAX_SIGNATURE
from kjxd_desktop.usecases.receiving.gate import Incoming
from kjxd_desktop.usecases.receiving.read import FieldRead, Fields, read_entry, read_text_cell
from kjxd_desktop.usecases.receiving.read_tasks import read_progress
from kjxd_desktop.usecases.sending.exchange import FileCell, FileKind

SIGNATURE_FIELDS = ("head", "statistician", "filled_by", "phone", "date")


@dataclass(frozen=True, slots=True)
class Content:
    """What the file says, as read.

    Attributes:
        entries: Fields by indicator code, locked indicators included.
        progress: Fields by task code.
        explanations: The text field by indicator code and rule.
        bases: What explanations are bound to, by indicator code and rule.
        signature: Fields of the footer.
    """

    entries: Mapping[str, Fields]
    progress: Mapping[str, Fields]
    explanations: Mapping[tuple[str, str], FieldRead]
    bases: Mapping[tuple[str, str], str]
    signature: Fields

    def says_something(self, due: Collection[str]) -> bool:
        """Whether any progress or any of the due indicators is filled, readable or not."""
        rows = [*self.progress.values(), *(self.entries[code] for code in due if code in self.entries)]
        return any(read.text or read.problem for fields in rows for read in fields.values())


def read_content(incoming: Incoming, baselines: Mapping[str, Baseline]) -> Content:
    """What the file says.

    Args:
        baselines: The unit's own, before which a data year is asked about; the plan's for the others.
    """
    plan, period = incoming.file_plan, incoming.key.period
    entries = _by_code(incoming.file.cells, "entry")
    tasks = _by_code(incoming.file.cells, "progress")
    evidence = _evidence(incoming)
    explanations = [cell for cell in incoming.file.cells if cell.subject == "explanation"]
    return Content(
        entries={
            item.code: read_entry(item, entries[item.code], period, _begins(item, baselines))
            for item in plan.indicators
            if item.code in entries
        },
        progress={
            task.code: read_progress(
                tasks[task.code], None if evidence is None else evidence.get(task.code, ()), period
            )
            for task in plan.reported_tasks
            # A mark of the identity sheet alone is no row.
            if tasks.get(task.code, {}).keys() - {"carried_from"}
        },
        explanations={
            (cell.code, cell.rule): read_text_cell("text", cell, MAX_EXPLANATION)
            for cell in explanations
            if cell.field == "text" and plan.indicator(cell.code) is not None
        },
        bases={(cell.code, cell.rule): cell.text for cell in explanations if cell.field == "basis"},
        signature={
            cell.field: read_text_cell(cell.field, cell, MAX_SIGNATURE, kept_line)
            for cell in incoming.file.cells
            if cell.subject == "signature" and cell.field in SIGNATURE_FIELDS
        },
    )


def _begins(indicator: Indicator, baselines: Mapping[str, Baseline]) -> int | None:
    baseline = baselines.get(indicator.code) or indicator.baseline
    return None if baseline is None else baseline.year


def _by_code(cells: tuple[FileCell, ...], subject: str) -> dict[str, dict[str, FileCell]]:
    found: dict[str, dict[str, FileCell]] = {}
    for cell in cells:
        if cell.subject == subject and cell.field != "evidence":
            found.setdefault(cell.code, {})[cell.field] = cell
    return found


def _evidence(incoming: Incoming) -> dict[str, list[FileCell]] | None:
    """Evidence named in the identity sheet by task; None when the file has no such sheet of its own."""
    identity = incoming.file.identity
    if identity is None or identity.kind is not FileKind.RETURN:
        return None
    found: dict[str, list[FileCell]] = {}
    for cell in incoming.file.cells:
        if cell.subject == "progress" and cell.field == "evidence":
            found.setdefault(cell.code, []).append(cell)
    return found


def visible_digest(incoming: Incoming, content: Content) -> str:
    """The digest over what is visible in the file, by the rules and the algorithm of the file's own."""
    identity = incoming.file.identity
    assert identity is not None, "only a signed file has a digest to compare with"
    return digest_in(identity.format, visible_submission(incoming, content), algorithm_of(identity.digest))


def visible_submission(incoming: Incoming, content: Content) -> Submission:
    """What is visible in the file, as its sender's program would have sent it."""
    identity = incoming.file.identity
    assert identity is not None, "only of a signed file"
    return Submission(
        key=incoming.key,
        revision=identity.revision,
        plan_digest=identity.plan_digest,
        round=identity.round,
        earlier=identity.earlier,
        entries={code: entry_of_texts(_texts(fields)) for code, fields in content.entries.items()},
        explanations=[
            Explanation(code, rule, content.bases.get((code, rule), ""), read.said)
            for (code, rule), read in content.explanations.items()
            if read.said
        ],
        progress={code: progress_of_texts(_texts(fields)) for code, fields in content.progress.items()},
        signature=visible_signature(content),
    )


def visible_signature(content: Content) -> Signature:
    """The footer as it reads."""
    return Signature(**{name: read.said for name, read in content.signature.items()})


def _texts(fields: Fields) -> dict[str, str]:
    return {name: read.said for name, read in fields.items()}
