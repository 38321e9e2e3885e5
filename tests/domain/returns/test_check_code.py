"""The check code: its lines are fixed, all content is under it and nothing else, and every way of typing it is read."""

from __future__ import annotations

import base64
import hashlib
import locale
import os
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kjxd_desktop.domain.digests import KNOWN
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns import check_code as codes
from kjxd_desktop.domain.returns.canonical import Submission, carried_text
from kjxd_desktop.domain.returns.check_code import (
    CONTENT,
    FIRST,
    check_code,
    content_digest,
    content_lines,
    digest_in,
    letters_of,
    typed_code,
)
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, MISSING, Entry
from kjxd_desktop.domain.returns.first_codes import submission_digest
from kjxd_desktop.domain.returns.progress import (
    NO_PROGRESS,
    PROGRESS_FIELDS,
    Evidence,
    Progress,
    TaskStatus,
)
from kjxd_desktop.domain.returns.returns import Explanation, ReturnKey, Signature

FILES = (Evidence("照片.jpg", 9, "ab"), Evidence("合同.pdf", 7, "cd"))
PROGRESS = Progress(TaskStatus.IN_PROGRESS, 71, "引进品种 6 个\n第二行", "", "测产", FILES)
SUBMISSION = Submission(
    key=ReturnKey("baiyin-2022", "620422", Period(2024, 3)),
    revision=1,
    plan_digest="cafe",
    round=2,
    earlier=("beef",),
    entries={
        "I13": Entry(EntryStatus.REPORTED, Decimal("12"), note='他说"好"'),
        "I05": Entry(EntryStatus.REPORTED, Decimal("0.80"), 2023, Decimal("8"), Decimal("1000.0"), True),
        "I10": Entry(EntryStatus.NOT_PUBLISHED),
    },
    explanations=(Explanation("I05", "outside_range", "basis", "核减"),),
    progress={"A2-7": PROGRESS},
    signature=Signature("张建平", "李秀梅", "王芳", "0943", "2024-10-12"),
)
LINES = [
    '["kjxd-content","2","sha256"]',
    '["return","baiyin-2022","1","cafe","620422","2024Q3","2"]',
    '["earlier","beef"]',
    '["entry","I05","status","reported"]',
    '["entry","I05","value","0.80"]',
    '["entry","I05","data_year","2023"]',
    '["entry","I05","numerator","8"]',
    '["entry","I05","denominator","1000.0"]',
    '["entry","I05","computed","1"]',
    '["entry","I10","status","not_published"]',
    '["entry","I13","status","reported"]',
    '["entry","I13","value","12"]',
    '["entry","I13","note","他说\\"好\\""]',
    '["explanation","I05","outside_range","basis","核减"]',
    '["progress","A2-7","status","in_progress"]',
    '["progress","A2-7","percent","71"]',
    '["progress","A2-7","done","引进品种 6 个\\n第二行"]',
    '["progress","A2-7","next_step","测产"]',
    '["evidence","A2-7","合同.pdf","7","cd"]',
    '["evidence","A2-7","照片.jpg","9","ab"]',
]
# Golden: what this release gave to this content, as every later one must.
CODE = "7ISM-JIL6-RVJB-RAAN-RUVR-DNKZ"


def test_lines_are_the_documented_ones() -> None:
    assert list(content_lines(SUBMISSION, "sha256")) == LINES


def test_the_digest_is_over_the_lines_and_names_what_it_was_made_with() -> None:
    written = "".join(line + "\n" for line in LINES).encode()
    assert content_digest(SUBMISSION) == hashlib.sha256(written).hexdigest()
    if "sm3" in hashlib.algorithms_available:
        named = written.replace(b'"sha256"', b'"sm3"', 1)
        assert content_digest(SUBMISSION, "sm3") == f"sm3:{hashlib.new('sm3', named).hexdigest()}"


def test_all_characters_say_the_first_fifteen_bytes() -> None:
    digest = content_digest(SUBMISSION)
    code = check_code(digest)
    assert code == CODE
    assert re.fullmatch(r"([A-Z2-7]{4}-){5}[A-Z2-7]{4}", code)
    assert base64.b32decode(letters_of(code)) == bytes.fromhex(digest)[:15]
    assert base64.b32encode(bytes.fromhex(digest)[:15]).decode() == letters_of(code)
    assert check_code("ff" * 32) == "-".join(["7777"] * 6)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 119))
def test_every_bit_of_the_first_fifteen_bytes_is_in_the_code(digest: bytes, bit: int) -> None:
    other = bytearray(digest)
    other[bit // 8] ^= 0x80 >> bit % 8
    assert check_code(digest.hex()) != check_code(bytes(other).hex())
    for algorithm in KNOWN:
        assert check_code(f"{algorithm}:{digest.hex()}") == check_code(digest.hex())


def _changed(**entry: object) -> Submission:
    return replace(
        SUBMISSION,
        entries={**SUBMISSION.entries, "I13": replace(SUBMISSION.entries["I13"], **entry)},  # type: ignore[arg-type]
    )


def _task(**progress: object) -> Submission:
    return replace(SUBMISSION, progress={"A2-7": replace(PROGRESS, **progress)})  # type: ignore[arg-type]


def _proof(**file: object) -> Submission:
    return _task(evidence=(replace(FILES[0], **file), FILES[1]))  # type: ignore[arg-type]


CHANGED: Mapping[str, Submission] = {
    "plan": replace(SUBMISSION, key=replace(SUBMISSION.key, plan_id="other")),
    "unit": replace(SUBMISSION, key=replace(SUBMISSION.key, unit_code="620423")),
    "period": replace(SUBMISSION, key=replace(SUBMISSION.key, period=Period(2024, 2))),
    "revision": replace(SUBMISSION, revision=2),
    "plan content": replace(SUBMISSION, plan_digest="cafd"),
    "round": replace(SUBMISSION, round=3),
    "lineage": replace(SUBMISSION, earlier=()),
    "figure": _changed(value=Decimal(15)),
    "decimals": _changed(value=Decimal("12.0")),
    "estimate": _changed(status=EntryStatus.ESTIMATED),
    "data year": _changed(data_year=2023),
    "numerator": _changed(numerator=Decimal(1)),
    "remark": _changed(note=""),
    "blank is not zero": replace(
        SUBMISSION, entries={**SUBMISSION.entries, "I16": Entry(EntryStatus.REPORTED, Decimal(0))}
    ),
    "another indicator's": replace(
        SUBMISSION, entries={"I14": SUBMISSION.entries["I13"], "I05": SUBMISSION.entries["I05"]}
    ),
    "state of a cell": replace(
        SUBMISSION, entries={**SUBMISSION.entries, "I10": Entry(EntryStatus.NOT_APPLICABLE)}
    ),
    "explanation": replace(SUBMISSION, explanations=()),
    "explanation's words": replace(
        SUBMISSION, explanations=(replace(SUBMISSION.explanations[0], text="核增"),)
    ),
    "explanation's basis": replace(
        SUBMISSION, explanations=(replace(SUBMISSION.explanations[0], basis="b"),)
    ),
    "task's status": _task(status=TaskStatus.DONE),
    "task's percent": _task(percent=72),
    "task's problems": _task(problems="经费"),
    "evidence": _task(evidence=FILES[:1]),
    "evidence's name": _proof(name="照片2.jpg"),
    "evidence's size": _proof(bytes=10),
    "evidence's content": _proof(digest="ac"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_all_content_is_under_it(what: str) -> None:
    assert content_digest(CHANGED[what]) != content_digest(SUBMISSION)


def test_no_two_changes_have_one_code() -> None:
    assert len({check_code(content_digest(item)) for item in CHANGED.values()}) == len(CHANGED)


def test_who_signs_and_when_is_not_under_it() -> None:
    for signature in (Signature(), Signature("别人", "", "", "", "2025-01-01")):
        assert content_digest(replace(SUBMISSION, signature=signature)) == content_digest(SUBMISSION)
        assert submission_digest(replace(SUBMISSION, signature=signature)) != submission_digest(SUBMISSION)


def test_order_and_empty_cells_do_not_matter() -> None:
    turned = replace(
        SUBMISSION,
        entries={**dict(reversed(SUBMISSION.entries.items())), "I16": MISSING},
        progress={"A1-1": NO_PROGRESS, "A2-7": replace(PROGRESS, evidence=FILES[::-1])},
    )
    assert content_digest(turned) == content_digest(SUBMISSION)


def test_line_ends_locales_and_time_zones_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = _task(done="引进\x07品种 6 个\r\n第二行")
    assert content_digest(windows) == content_digest(SUBMISSION)
    assert carried_text("一\r\n二\r三\x0b\x00") == "一\n二\n三"
    kept = locale.setlocale(locale.LC_ALL)
    try:
        for zone in ("Asia/Shanghai", "America/New_York", "UTC"):
            monkeypatch.setenv("TZ", zone)
            if hasattr(time, "tzset"):
                time.tzset()
            for name in ("C", "C.UTF-8", "de_DE.UTF-8", "zh_CN.GB18030", "tr_TR.UTF-8"):
                try:
                    locale.setlocale(locale.LC_ALL, name)
                except locale.Error:
                    continue
                assert check_code(content_digest(SUBMISSION)) == CODE
    finally:
        locale.setlocale(locale.LC_ALL, kept)
        os.environ.pop("TZ", None)
        if hasattr(time, "tzset"):
            time.tzset()


def test_a_later_field_changes_no_code_made_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if remark and next step came with a later release: what does not fill them keeps its code."""
    bare = replace(_changed(note=""), progress={"A2-7": replace(PROGRESS, next_step="")})
    now = content_digest(bare)
    fewer = tuple(item for item in ENTRY_FIELDS if item.name != "note")
    tasks = tuple(item for item in PROGRESS_FIELDS if item.name != "next_step")
    monkeypatch.setattr(codes, "ENTRY_FIELDS", fewer)
    monkeypatch.setattr(codes, "PROGRESS_FIELDS", tasks)
    assert content_digest(bare) == now


@example(["", ""], ["", "\x1f"])
@given(
    st.lists(st.text(max_size=5), min_size=2, max_size=2),
    st.lists(st.text(max_size=5), min_size=2, max_size=2),
)
def test_texts_never_run_into_each_other(first: list[str], second: list[str]) -> None:
    digests = [content_digest(_task(done=done, problems=problems)) for done, problems in (first, second)]
    same = [carried_text(text) for text in first] == [carried_text(text) for text in second]
    assert (digests[0] == digests[1]) == same


def test_each_format_has_its_own_rules() -> None:
    assert digest_in(FIRST, SUBMISSION) == submission_digest(SUBMISSION)
    assert digest_in(CONTENT, SUBMISSION) == content_digest(SUBMISSION)


TYPED = {
    "as printed": "K7QD-2M4X-5FAA-ABCD-EFGH-IJKL",
    "without groups": "K7QD2M4X5FAAABCDEFGHIJKL",
    "small letters": "k7qd-2m4x-5faa-abcd-efgh-ijkl",
    "full width": "Ｋ７ＱＤ－２Ｍ４Ｘ－５ＦＡＡ－ＡＢＣＤ－ＥＦＧＨ－ＩＪＫＬ",
    "blanks and line ends": " K7QD 2M4X\t5FAA\u3000ABCD\r\nEFGH-IJKL\n",
    "other dashes": "K7QD–2M4X—5FAA−ABCD‐EFGH－IJKL",
    "signs nobody sees": "\ufeffK7QD-2M4X\xad-5FAA\u200b-ABCD\u200e-EFGH\u2028-IJ\xa0KL",
}


@pytest.mark.parametrize("how", TYPED)
def test_a_code_is_read_however_it_is_typed(how: str) -> None:
    found = typed_code(TYPED[how])
    assert (found.letters, found.foreign, found.format) == ("K7QD2M4X5FAAABCDEFGHIJKL", "", CONTENT)


@pytest.mark.parametrize(
    ("text", "letters", "foreign", "format_no"),
    [
        ("K7QD-2M4X-5FAA", "K7QD2M4X5FAA", "", FIRST),
        ("", "", "", None),
        ("K7QD-2M4X-5FA", "K7QD2M4X5FA", "", None),
        ("K7QD-2M4X-5FAA-ABCD-EFGH-IJK", "K7QD2M4X5FAAABCDEFGHIJK", "", None),
        ("K7QD-2M4X-5FAA-ABCD-EFGH-IJKLM", "K7QD2M4X5FAAABCDEFGHIJKLM", "", None),
        # Nothing is put right silently: a 0 may be an O, and 1 an I or an L.
        ("07QD-2M4X-5FA1", "7QD2M4X5FA", "01", None),
        # What stands before it on paper is no part of it.
        ("校验码 K7QD-2M4X-5FAA", "K7QD2M4X5FAA", "", FIRST),
        (" 校验码：K7QD-2M4X-5FAA", "K7QD2M4X5FAA", "", FIRST),
        ("校验 K7QD-2M4X-5FAA", "K7QD2M4X5FAA", "校验", None),
        ("K7QD-2M4X-5FAÄ", "K7QD2M4X5FA", "Ä", None),
    ],
)
def test_what_is_no_code(text: str, letters: str, foreign: str, format_no: int | None) -> None:
    found = typed_code(text)
    assert (found.letters, found.foreign, found.format) == (letters, foreign, format_no)
