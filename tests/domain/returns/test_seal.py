"""The seal: its lines are fixed, and whatever travels beside the content is under it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.progress import Evidence
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.domain.returns.seal import Sealed, seal_lines, seal_of

AT = datetime.fromisoformat("2024-10-08T10:21:00+08:00")
PROOF = Evidence("公报.pdf", 9, "ab")
MARK = Achieved(2025, TargetKind.BINDING, "0的突破", Period(2024, 3), "已投产", PROOF)
SEALED = Sealed(
    content="cafe",
    workspace_id="w",
    signature=Signature("张建平", "", "王芳", "0943", "2024-10-08"),
    sent_at=AT,
    deadline=datetime(2024, 10, 15, 18),
    heads=((31, "aa"), (40, "")),
    marks={"I09": (MARK, replace(MARK, year=2024, evidence=None))},
)
LINES = [
    '["kjxd-seal","2","sha256"]',
    '["content","cafe"]',
    '["workspace","w"]',
    '["signature","张建平","","王芳","0943","2024-10-08"]',
    '["sent","2024-10-08T10:21:00+08:00"]',
    '["deadline","2024-10-15T18:00:00"]',
    '["head","31","aa"]',
    '["head","40",""]',
    '["marks","2"]',
    '["mark","I09","2025","binding","0的突破","2024Q3","已投产","公报.pdf","9","ab"]',
    '["mark","I09","2024","binding","0的突破","2024Q3","已投产","","",""]',
]


def test_lines_are_the_documented_ones() -> None:
    assert list(seal_lines(SEALED, "sha256")) == LINES
    written = "".join(line + "\n" for line in LINES).encode()
    assert seal_of(SEALED) == hashlib.sha256(written).hexdigest()


CHANGED: Mapping[str, Sealed] = {
    "content": replace(SEALED, content="cafd"),
    "data file": replace(SEALED, workspace_id="v"),
    "head of the office": replace(SEALED, signature=replace(SEALED.signature, head="别人")),
    "telephone": replace(SEALED, signature=replace(SEALED.signature, phone="")),
    "date": replace(SEALED, signature=replace(SEALED.signature, date="2024-10-01")),
    "sending time": replace(SEALED, sent_at=AT.replace(day=1)),
    "no sending time": replace(SEALED, sent_at=None),
    "deadline": replace(SEALED, deadline=None),
    "a link": replace(SEALED, heads=((31, "ab"), (40, ""))),
    "a line": replace(SEALED, heads=((32, "aa"), (40, ""))),
    "fewer heads": replace(SEALED, heads=SEALED.heads[:1]),
    "no heads": replace(SEALED, heads=()),
    "order of heads": replace(SEALED, heads=SEALED.heads[::-1]),
    "a mark": replace(SEALED, marks={"I09": (replace(MARK, text="未投产"),)}),
    "a mark's file": replace(SEALED, marks={"I09": (replace(MARK, evidence=None),)}),
    "another indicator's": replace(SEALED, marks={"I10": SEALED.marks["I09"]}),  # type: ignore[index]
    "no mark": replace(SEALED, marks={}),
    "nothing said of marks": replace(SEALED, marks=None),
}


@pytest.mark.parametrize("what", CHANGED)
def test_everything_beside_the_content_is_under_it(what: str) -> None:
    assert seal_of(CHANGED[what]) != seal_of(SEALED)


def test_no_two_changes_have_one_seal() -> None:
    assert len({seal_of(item) for item in CHANGED.values()}) == len(CHANGED)
