"""Neutral records of what travels in a workbook, out and in; ``workbooks`` writes and reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.standing import Yardstick
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.indicator import Baseline, Target
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Evidence, Progress
from kjxd_desktop.domain.returns.returns import Explanation, Signature
from kjxd_desktop.usecases.exchanged import ChainHead

# Of identity sheets: 2 came with codes of the content alone and the seal. A dispatch has neither, and says 1: counties
# with an older program go on taking it.
FORMAT = 2
DISPATCH_FORMAT = 1


class FileKind(StrEnum):
    """What a workbook was written as. A dispatch filled in WPS comes back as an unsigned return."""

    DISPATCH = "dispatch"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Identity:
    """What the identity sheet says about a workbook.

    Attributes:
        format: ``FORMAT`` of the writer; a higher one is refused by name.
        plan_digest: SHA-256 of the plan's canonical document.
        workspace_id: Workspace it was written from.
        round: Round of the return it carries.
        earlier: Digests of the unit's earlier submissions for this return, oldest first (lineage).
        digest: Digest of this submission over the canonical lines of its format; empty in a dispatch.
        check_code: The printed code of the digest, as its format has it.
        deadline: Local time; in a dispatch the one the city set.
        heads: What the sender's history says at each of his earlier submissions, then how far it is now
            (an empty link: it has no such line any more). No part of the digest: the same content has the
            same check code wherever it is written.
        seal: Digest over what travels beside the content (``sealing``); empty in the first format.
    """

    format: int
    kind: FileKind
    plan_id: str
    plan_title: str
    revision: int
    plan_digest: str
    unit_code: str
    unit_name: str
    period: Period
    workspace_id: str
    round: int = 1
    earlier: tuple[str, ...] = ()
    digest: str = ""
    check_code: str = ""
    deadline: datetime | None = None
    created_at: datetime | None = None
    heads: tuple[ChainHead, ...] = ()
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What a city sends down with a template.

    Attributes:
        targets: The unit's own targets by indicator code.
        baselines: The unit's own baselines by indicator code.
        assigned: The city's word on what the unit answers for, by code of indicator or task.
        sent_down: Values the city publishes for the unit (composites, ranks) by indicator code.
        plan_document: The whole plan as JSON text, so that a plan made by the office travels too.
    """

    targets: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    baselines: Mapping[str, Baseline] = field(default_factory=dict)
    sent_down: Mapping[str, Entry] = field(default_factory=dict)
    assigned: Mapping[str, bool] = field(default_factory=dict)
    plan_document: str = ""


@dataclass(frozen=True, slots=True)
class ReturnContent:
    """Everything a workbook shows and carries, ready to be written.

    Attributes:
        duty: What stands in the workbook: plan, unit, their indicators and tasks.
        locked: Codes of indicators this unit does not fill.
        yardsticks: Targets to show, by indicator code.
        findings_text: Sentences of open findings, for the 说明 sheet; empty in a dispatch.
        achieved: Marks on targets in words, by indicator code; None where the unit has no such targets. Under the
            seal, not in the digest: paper does not show them.
    """

    identity: Identity
    duty: Duty
    period: Period
    deadline: datetime
    entries: Mapping[str, Entry]
    previous: Mapping[str, Entry]
    last_year: Mapping[str, Entry]
    locked: frozenset[str]
    yardsticks: Mapping[str, Yardstick]
    progress: Mapping[str, Progress]
    previous_progress: Mapping[str, Progress]
    explanations: tuple[Explanation, ...]
    signature: Signature
    dispatch: Dispatch | None = None
    findings_text: tuple[str, ...] = ()
    achieved: Mapping[str, tuple[Achieved, ...]] | None = None

    @property
    def plan(self) -> Plan:
        """The plan in the revision the return is filled under."""
        return self.duty.plan

    @property
    def unit(self) -> Unit:
        """Whose return it is."""
        return self.duty.unit

    @property
    def proofs(self) -> tuple[tuple[str, Evidence], ...]:
        """The files that travel beside the workbook, each after the number of what it proves, in the plan's order."""
        tasks = ((task.no, self.progress.get(task.code, NO_PROGRESS).evidence) for task in self.duty.tasks)
        marked = self.achieved or {}
        marks = ((f"指标{item.no}", marked.get(item.code, ())) for item in self.duty.indicators)
        return (
            *((number, file) for number, files in tasks for file in files),
            *((number, mark.evidence) for number, found in marks for mark in found if mark.evidence),
        )

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Cells that are due, how many of them are filled, tasks, how many of them were reported on."""
        due = [item.code for item in self.duty.indicators if item.code not in self.locked]
        filled = sum(code in self.entries and self.entries[code].filled for code in due)
        tasks = [task.code for task in self.duty.tasks]
        updated = sum(code in self.progress and self.progress[code].updated for code in tasks)
        return len(due), filled, len(tasks), updated


@dataclass(frozen=True, slots=True)
class FileCell:
    """One cell of a file that answers for a field of the return.

    Attributes:
        sheet, cell: Where it stands, A1 notation.
        subject: ``entry``, ``progress``, ``explanation`` or ``signature``.
        code: Indicator or task code the row was recognised as.
        field: For entries: ``value``, ``numerator``, ``denominator``, ``data_year``, ``note``,
            ``estimate``; for progress: ``status``, ``percent``, ``done``, ``problems``, ``next_step``, ``carried_from``;
            for explanations: ``text`` with the rule in ``rule``.
        text: Visible text, exact decimals; percent cells as ``65%``.
        formula: A cached formula value.
        error: An error value such as ``#REF!``, or a formula without a cached value.
        exact: The exact text the identity sheet keeps for this cell, or None.
        unit: Of a figure, the unit of measure its row says; empty where the table has no such column.
    """

    sheet: str
    cell: str
    subject: str
    code: str
    field: str
    text: str
    formula: bool = False
    error: bool = False
    exact: str | None = None
    rule: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """What was found in a foreign workbook, before anything is compared or decided.

    Attributes:
        identity: None when the identity sheet is missing or unreadable; then ``guessed_*`` hold
            what the visible cover says.
        cells: Every recognised cell, in the file's order.
        dispatch: What a city sent down, when the file is one.
        unknown_rows: Addresses and texts of rows of the tables that match no indicator or task.
        hidden: Addresses of hidden rows and names of hidden sheets that hold cells.
        achieved: Marks on targets in words, by indicator code; None where the file says nothing of them.
        signature: Who signed, as the identity sheet keeps it; the visible footer is among the cells.
    """

    file_name: str
    digest: str
    original: bytes
    identity: Identity | None
    guessed_plan: str
    guessed_unit: str
    guessed_period: str
    cells: tuple[FileCell, ...]
    dispatch: Dispatch | None = None
    unknown_rows: tuple[tuple[str, str, str], ...] = ()
    hidden: tuple[str, ...] = ()
    achieved: Mapping[str, tuple[Achieved, ...]] | None = None
    signature: Signature = field(default_factory=Signature)


class ReturnWriter(Protocol):
    """Writes a return or template workbook; raises FileFault when the place does not allow it."""

    def write(self, content: ReturnContent, path: Path) -> None: ...


class ReturnFileReader(Protocol):
    """Reads a workbook into a :class:`ReturnFile`.

    ``plan_of`` finds a plan by id and revision among those known here; the file itself may bring one.
    Raises FileFault when the file cannot be read or is no return.
    """

    def read(self, path: Path, plans: PlanFinder) -> ReturnFile: ...


class PlanFinder(Protocol):
    """Finds a known plan; None when it is not known here."""

    def __call__(self, plan_id: str, revision: int | None = None) -> Plan | None: ...
