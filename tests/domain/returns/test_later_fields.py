"""Fields that come after the first format of check-code lines: named, only where filled; older codes stay."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns import first_codes
from kjxd_desktop.domain.returns.canonical import Submission
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, NAMED_FIELDS, Entry
from kjxd_desktop.domain.returns.fields import RecordField, later_texts, text_field
from kjxd_desktop.domain.returns.first_codes import canonical_lines, lines_format, submission_digest
from kjxd_desktop.domain.returns.progress import PROGRESS_FIELDS, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnKey, Signature

PLAIN = Entry(EntryStatus.REPORTED, Decimal("1.50"))
NOTED = replace(PLAIN, note="按快报")


def submission(entry: Entry, task: Progress) -> Submission:
    """A return with one cell and one task."""
    key = ReturnKey("p", "620422", Period(2024, 3))
    return Submission(key, 1, "", 1, (), {"I1": entry}, (), {"T1": task}, Signature())


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the remark and the next step had come with formats 2 and 3."""
    entries = tuple(replace(item, since=2) if item.name == "note" else item for item in ENTRY_FIELDS)
    tasks = tuple(replace(item, since=3) if item.name == "next_step" else item for item in PROGRESS_FIELDS)
    monkeypatch.setattr(first_codes, "ENTRY_FIELDS", entries)
    monkeypatch.setattr(first_codes, "PROGRESS_FIELDS", tasks)


def test_only_filled_later_fields_are_named() -> None:
    first, second = NAMED_FIELDS["note"], RecordField(**text_field("note", 20, since=2))
    assert list(later_texts(NOTED, (first, second))) == [(second, "按快报")]
    assert list(later_texts(PLAIN, (first, second))) == []


def test_a_code_stays_while_no_later_field_is_filled(later: None) -> None:
    bare = submission(PLAIN, Progress(TaskStatus.DONE, 100))
    assert lines_format(bare) == 1
    assert next(canonical_lines(bare)) == '["kjxd-submission","1"]'


def test_a_filled_later_field_has_a_line_of_its_own_and_raises_the_format(later: None) -> None:
    noted = submission(NOTED, Progress(TaskStatus.DONE, 100))
    lines = list(canonical_lines(noted))
    assert lines[0] == '["kjxd-submission","2"]'
    assert lines[lines.index('["entry-field","I1","note","按快报"]') - 1].startswith(
        '["entry","I1","reported"'
    )
    both = submission(NOTED, Progress(TaskStatus.DONE, 100, next_step="测产"))
    assert next(canonical_lines(both)) == '["kjxd-submission","3"]'
    assert '["progress-field","T1","next_step","测产"]' in list(canonical_lines(both))
    assert submission_digest(noted) != submission_digest(both)
