"""Progress of one task in one period, and the table of its fields (rules.md 5.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kjxd_desktop.domain.file_names import safe_names
from kjxd_desktop.domain.returns.fields import Content, RecordField, text_field, whole_field
from kjxd_desktop.domain.texts import kept_text

MAX_PROGRESS_TEXT = 2000
MAX_EVIDENCE_BYTES = 20 * 1024 * 1024


class TaskStatus(StrEnum):
    """Status of a task in one period."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    BLOCKED = "blocked"
    NOT_INVOLVED = "not_involved"


# What a status alone says of the percent; 不涉及 has none.
PERCENT_OF: Mapping[TaskStatus, int | None] = {
    TaskStatus.DONE: 100,
    TaskStatus.NOT_STARTED: 0,
    TaskStatus.NOT_INVOLVED: None,
}


def percent_fits(status: TaskStatus, percent: int) -> bool:
    """Whether a percent that was given goes with a status that was given."""
    return status not in PERCENT_OF or PERCENT_OF[status] == percent


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that proves progress; its content is kept in the workspace under its digest.

    Attributes:
        name: File name without folders, as ``file_names.safe_name`` makes it; older releases kept any name.
        bytes: Size, at most ``MAX_EVIDENCE_BYTES``.
        digest: SHA-256 of the content, hexadecimal.
    """

    name: str
    bytes: int
    digest: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of one task in one period.

    Attributes:
        percent: 0 to 100, or None when the status says enough (不涉及).
        done: What was done, cumulative since the year began.
        problems: What stands in the way; must be written when the status is ``BLOCKED``.
        next_step: What comes next.
        carried_from: Key of the quarter whose report stands here by itself (沿用); empty for a report of the
            quarter's own.
    """

    status: TaskStatus | None = None
    percent: int | None = None
    done: str = ""
    problems: str = ""
    next_step: str = ""
    evidence: tuple[Evidence, ...] = ()
    carried_from: str = ""

    @property
    def carried(self) -> bool:
        """Whether it stands from an earlier return."""
        return self.carried_from != ""

    @property
    def updated(self) -> bool:
        """Whether the task is answered for: reported on in this period, or standing from an earlier one."""
        return self.status is not None

    def with_fields(self, values: Mapping[str, Any]) -> Progress:
        """The progress with other values of some fields."""
        return replace(self, **values)


# In the order of the first format of check-code lines. Evidence is a list of files and has rows of its own.
PROGRESS_FIELDS: tuple[RecordField, ...] = (
    RecordField("status", Content.WORD, None, TaskStatus),
    RecordField(**whole_field("percent", 0, 100)),
    RecordField(**text_field("done", MAX_PROGRESS_TEXT)),
    RecordField(**text_field("problems", MAX_PROGRESS_TEXT)),
    RecordField(**text_field("next_step", MAX_PROGRESS_TEXT)),
    RecordField("carried_from", Content.TEXT, "", str, since=2, typed=False),
)
EVIDENCE = "evidence"
# What is told in words.
PROGRESS_TEXTS = tuple(field for field in PROGRESS_FIELDS if field.limit is not None)


def kept_texts(progress: Progress) -> Progress:
    """The progress with its texts as they are kept."""
    return progress.with_fields(
        {item.name: kept_text(getattr(progress, item.name)) for item in PROGRESS_TEXTS}
    )


def named_safely(files: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The files with names that every system can store, no two of them the same."""
    names = safe_names(item.name for item in files)
    return tuple(replace(item, name=name) for item, name in zip(files, names, strict=True))


def progress_of_plain(get: Callable[[str], Any], evidence: tuple[Evidence, ...]) -> Progress:
    """Progress of what a row or JSON gives for each field, with the files beside it."""
    fields = {field.name: field.of_plain(get(field.name)) for field in PROGRESS_FIELDS}
    return Progress(**fields, evidence=evidence)


NO_PROGRESS = Progress()
