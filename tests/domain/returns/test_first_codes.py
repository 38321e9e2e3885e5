"""Codes of the first format: their lines are fixed for ever, so that what was sent with them is still read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.canonical import Submission, carried_text
from kjxd_desktop.domain.returns.check_code import FIRST, check_code
from kjxd_desktop.domain.returns.entry import MISSING, Entry
from kjxd_desktop.domain.returns.first_codes import canonical_lines, submission_digest
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Explanation, ReturnKey, Signature

PROGRESS = Progress(TaskStatus.IN_PROGRESS, 71, "引进品种 6 个", "", "测产", (Evidence("照片.jpg", 9, "ab"),))
SUBMISSION = Submission(
    key=ReturnKey("baiyin-2022", "620422", Period(2024, 3)),
    revision=1,
    plan_digest="cafe",
    round=2,
    earlier=("beef",),
    entries={
        "I13": Entry(EntryStatus.REPORTED, Decimal("12"), note='他说"好"'),
        "I05": Entry(EntryStatus.REPORTED, Decimal("0.80"), None, Decimal("8"), Decimal("1000.0"), True),
    },
    explanations=(Explanation("I05", "outside_range", "basis", "核减"),),
    progress={"A2-7": PROGRESS},
    signature=Signature("张建平", "李秀梅", "王芳", "0943", "2024-10-12"),
)

LINES = [
    '["kjxd-submission","1"]',
    '["return","baiyin-2022","1","cafe","620422","2024Q3","2"]',
    '["earlier","beef"]',
    '["entry","I05","reported","0.80","","8","1000.0","1",""]',
    '["entry","I13","reported","12","","","","","他说\\"好\\""]',
    '["explanation","I05","outside_range","basis","核减"]',
    '["progress","A2-7","in_progress","71","引进品种 6 个","","测产"]',
    '["evidence","A2-7","照片.jpg","9","ab"]',
    '["signature","张建平","李秀梅","王芳","0943","2024-10-12"]',
]


def test_lines_are_the_documented_ones() -> None:
    assert list(canonical_lines(SUBMISSION)) == LINES


def test_digest_is_sha256_over_the_lines() -> None:
    written = "".join(line + "\n" for line in LINES).encode()
    assert submission_digest(SUBMISSION) == hashlib.sha256(written).hexdigest()


def test_code_is_twelve_characters_in_fours() -> None:
    code = check_code(submission_digest(SUBMISSION), FIRST)
    assert re.fullmatch(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}", code)
    assert check_code("00" * 32, FIRST) == "AAAA-AAAA-AAAA"
    assert check_code("ff" * 32, FIRST) == "7777-7777-7777"


CHANGED: Mapping[str, Submission] = {
    "plan": replace(SUBMISSION, key=replace(SUBMISSION.key, plan_id="other")),
    "unit": replace(SUBMISSION, key=replace(SUBMISSION.key, unit_code="620423")),
    "period": replace(SUBMISSION, key=replace(SUBMISSION.key, period=Period(2024, 2))),
    "revision": replace(SUBMISSION, revision=2),
    "plan content": replace(SUBMISSION, plan_digest="cafd"),
    "round": replace(SUBMISSION, round=3),
    "lineage": replace(SUBMISSION, earlier=()),
    "decimals": replace(
        SUBMISSION, entries={**SUBMISSION.entries, "I13": Entry(EntryStatus.REPORTED, Decimal("12.0"))}
    ),
    "blank is not zero": replace(
        SUBMISSION, entries={**SUBMISSION.entries, "I16": Entry(EntryStatus.REPORTED, Decimal(0))}
    ),
    "explanation": replace(SUBMISSION, explanations=()),
    "progress text": replace(SUBMISSION, progress={"A2-7": replace(PROGRESS, problems="经费")}),
    "evidence": replace(SUBMISSION, progress={"A2-7": replace(PROGRESS, evidence=())}),
    "name": replace(SUBMISSION, signature=replace(SUBMISSION.signature, head="王建平")),
}


@pytest.mark.parametrize("what", CHANGED)
def test_every_signed_thing_changes_it(what: str) -> None:
    assert submission_digest(CHANGED[what]) != submission_digest(SUBMISSION)


def test_order_and_empty_cells_do_not_matter() -> None:
    turned = replace(
        SUBMISSION,
        entries={**dict(reversed(SUBMISSION.entries.items())), "I16": MISSING},
        progress={"A1-1": NO_PROGRESS, **SUBMISSION.progress},
    )
    assert submission_digest(turned) == submission_digest(SUBMISSION)


def test_what_a_workbook_cannot_carry_does_not_matter() -> None:
    assert carried_text("一\r\n二\r三\x0b\x00") == "一\n二\n三"
    dirty = replace(SUBMISSION, progress={"A2-7": replace(PROGRESS, done="引进\x07品种 6 个")})
    assert submission_digest(dirty) == submission_digest(SUBMISSION)


@given(
    st.lists(st.text(max_size=5), min_size=2, max_size=2),
    st.lists(st.text(max_size=5), min_size=2, max_size=2),
)
def test_texts_never_run_into_each_other(first: list[str], second: list[str]) -> None:
    digests = [
        submission_digest(
            replace(SUBMISSION, progress={"A2-7": Progress(TaskStatus.DONE, 100, done, problems)})
        )
        for done, problems in (first, second)
    ]
    same = [carried_text(text) for text in first] == [carried_text(text) for text in second]
    assert (digests[0] == digests[1]) == same
