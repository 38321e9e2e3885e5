"""Lines of history in words: every kind, every reason, every content."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kjxd_desktop import paths
from kjxd_desktop.storage.history.rebuild import _READERS, EVENTS
from kjxd_desktop.usecases.receiving.receive import WHY as IMPORTED
from kjxd_desktop.wording.keeping.changes import WHAT
from kjxd_desktop.wording.keeping.history import EVENTS as EVENTS_IN_WORDS
from kjxd_desktop.wording.keeping.history import (
    KIND,
    KIND_GROUPS,
    RESTORED,
    TAKEN_BACK,
    WHY,
    change_text,
    deed,
    why_words,
)
from kjxd_desktop.wording.keeping.history_fields import READERS, content_fields, differing

SOURCE = Path(paths.__file__).parent
KINDS = sorted({*_READERS, *EVENTS})
PLAN = "baiyin-2022"
ENTRY = {"status": "reported", "value": "12", "note": "经核对"}
# One content of each kind, as storage writes it, and a text a person must see of it.
CONTENTS = {
    "entry": ({**ENTRY, "data_year": 2023, "numerator": "3", "computed": True}, "12 家"),
    "progress": (
        {
            "status": "in_progress",
            "percent": 0,
            "done": "已开工",
            "evidence": [{"name": "照片.jpg", "bytes": 3, "digest": "ab"}],
        },
        "照片.jpg",
    ),
    "explanation": ({"code": "I13", "rule": "outlier", "basis": "ab12", "text": "核减 2 份"}, "核减 2 份"),
    "target": ({"year": 2025, "kind": "binding", "op": ">=", "value": "20"}, "2025 年约束值 ≥ 20 家"),
    "baseline": ({"year": 2021, "value": "7.36", "note": "年鉴"}, "2021 年 7.36 家"),
    "achieved": (
        {
            "year": 2022,
            "kind": "target",
            "wanted": "0的突破",
            "since": "2024Q3",
            "text": "首家投产",
            "evidence": {"name": "照片.jpg", "bytes": 3, "digest": "ab"},
        },
        "2024年三季度起",
    ),
    "assignment": ({"assigned": "no"}, "不由这个单位承担"),
    "deadline": ({"due": "2024-10-15T18:00:00"}, "2024-10-15 18:00"),
    "state": (
        {"state": "submitted", "round": 2, "revision": 1, "check_code": "ABCD-EFGH-JKLM"},
        "已上报",
    ),
    "signature": ({"head": "李强", "filled_by": "王芳"}, "王芳"),
    "plan": ({"revision": 2, "title": "强科技行动方案", "digest": "ab"}, "第 2 版"),
    "own_unit": ({"unit": "620422"}, "会宁县"),
    "shared": ({"with": "wuwei-145/I02"}, "和“强科技行动”的“高新技术企业”是同一个数"),
    "import": ({"file": "会宁县.xlsx", "digest": "ab" * 32, "content": "cd"}, "会宁县.xlsx"),
    "submission": ({"round": 1, "digest": "ab" * 32, "file": "会宁县.xlsx", "line": 3}, "会宁县.xlsx"),
    "workspace": ({"id": "x", "role": "city", "unit": "620422", "plan": PLAN}, "市级汇总"),
    "operator": ({"role": "checker", "active": "yes", "password": "abcdef"}, "审核"),
    "recovery": ({"code": "abcdef"}, "有（标记 abcd）"),
    "second_entry": (
        {"first": ENTRY, "second": {"status": "missing"}, "outcome": "first", "settled": ENTRY},
        "以第一次为准",
    ),
    "restore": ({"line": 40, "link": "ab", "replaced_line": 44}, "到第 40 条记录为止"),
    "clock": ({"newest": "2024-10-08T10:21:00+08:00"}, "2024-10-08 10:21"),
    "wrong_try": ({"secret": "recovery", "count": 3}, "第 3 次"),
    "evidence": ({"name": "照片.jpg"}, "照片.jpg"),
}


class Named:
    """Names without a workspace."""

    def item(self, plan_id: str, code: str) -> str:
        return "高新技术企业"

    def measure(self, plan_id: str, code: str) -> str:
        return "家"

    def unit(self, plan_id: str, code: str) -> str:
        return "会宁县"

    def plan(self, plan_id: str) -> str:
        return "强科技行动"


def test_every_kind_of_line_has_its_words() -> None:
    assert set(KINDS) == set(KIND) == set(READERS) == set(CONTENTS)
    assert EVENTS_IN_WORDS == EVENTS
    grouped = [kind for _, kinds in KIND_GROUPS for kind in kinds]
    assert sorted(grouped) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_of_each_kind_reads_well(kind: str) -> None:
    content, told = CONTENTS[kind]
    fields = content_fields(kind, content, PLAN, "I13", Named())
    assert told in [text for _, text in fields]
    assert all(label and text for label, text in fields)
    for old, new in ((None, content), (content, content)):
        sentence = deed(kind, "高新技术企业", "2024年三季度", old, new)
        assert sentence
        assert "{" not in sentence
        assert not sentence.isascii()
    before, after = differing((), fields)
    assert before == ""
    assert "{" not in after


def test_what_nothing_is_left_of_is_said_so() -> None:
    for kind, sentence in TAKEN_BACK.items():
        assert deed(kind, "高新技术企业", "", CONTENTS[kind][0], None) == sentence.format(name="高新技术企业")
    assert deed("entry", "甲", "", ENTRY, {"status": "missing"}) == "清空了“甲”"
    assert deed("entry", "甲", "", {"status": "missing"}, ENTRY) == "填了“甲”"
    assert deed("entry", "甲", "", None, {"status": "reported", "value": "0"}) == "填了“甲”"
    assert deed("entry", "甲", "", ENTRY, {**ENTRY, "note": ""}) == "改了“甲”的备注"
    assert deed("entry", "甲", "", ENTRY, {**ENTRY, "data_year": 2023}) == "改了“甲”的数据年份"
    assert deed("entry", "甲", "", ENTRY, {"status": "not_published"}) == "“甲”改为未公布"


def test_only_what_differs_is_in_the_line() -> None:
    old = content_fields("entry", ENTRY, PLAN, "I13", Named())
    new = content_fields("entry", {**ENTRY, "value": "13"}, PLAN, "I13", Named())
    assert differing(old, new) == ("12 家", "13 家")
    assert change_text(*differing((), new)) == "空 → 13 家；备注 经核对"
    cleared = content_fields("entry", {"status": "missing"}, PLAN, "I13", Named())
    assert change_text(*differing(new, cleared)) == "13 家；备注 经核对 → 空"
    # A zero is a number, nothing is none.
    zero = content_fields("entry", {"status": "reported", "value": "0"}, PLAN, "I13", Named())
    assert change_text(*differing(cleared, zero)) == "空 → 0 家"
    password = [
        content_fields("operator", {"role": "filler", "active": "yes", "password": mark}, "", "王芳", Named())
        for mark in ("aaaa", "bbbb")
    ]
    assert change_text(*differing(*password)) == "有密码（标记 aaaa） → 有密码（标记 bbbb）"


def test_a_round_is_told_with_the_one_before() -> None:
    """The first is not worth a word, until another comes."""
    first, second, back = (
        content_fields("state", {"state": state, "round": round_no}, PLAN, "", Named())
        for state, round_no in (("submitted", 1), ("submitted", 2), ("draft", 2))
    )
    assert change_text(*differing((), first)) == "空 → 已上报"
    assert change_text(*differing(first, second)) == "第 1 次 → 第 2 次"
    assert change_text(*differing(first, back)) == "状态 已上报；轮次 第 1 次 → 状态 填报中；轮次 第 2 次"


def reasons() -> Iterator[str]:
    """Every code that the program gives as the reason of a write, read from its source."""
    writes = {"writing", "_change", "restore", "_restore", "put", "edit"}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "why" and node.value:
                # What an edit says of itself.
                yield from _texts(node.value)
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", "")
                first = node.args[:1] if name == "writing" else ()
                second = node.args[1:2] if name == "_write_block" else ()
                third = node.args[2:3] if name == "_change" else ()
                last = node.args[-1:] if name in ("restore", "_restore") else ()
                named = [word.value for word in node.keywords if word.arg == "why" and name in writes]
                for argument in (*first, *second, *third, *last, *named):
                    yield from _texts(argument)
            elif isinstance(node, ast.FunctionDef):
                names = [*node.args.args][-len(node.args.defaults) :] if node.args.defaults else []
                for argument, default in zip(names, node.args.defaults, strict=True):
                    if argument.arg == "why":
                        yield from _texts(default)


def _texts(node: ast.expr) -> Iterator[str]:
    """Codes in an expression; words in a text that is put together are none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.BoolOp):
        for part in node.values:
            yield from _texts(part)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def test_every_reason_the_program_gives_has_a_word() -> None:
    codes = set(reasons())
    assert {"typed", "pasted", "undo", "redo", "status", "submitted", "set_up", "demo", "plan"} <= codes
    assert codes - set(WHY) == set()


def test_reasons_in_words() -> None:
    assert why_words("typed") == "填写"
    assert why_words(f"{IMPORTED}:会宁县.xlsx") == "导入文件“会宁县.xlsx”"
    assert why_words(f"{RESTORED}:17") == "恢复成第 17 条记录的内容"
    # What a person wrote stays as it was written, also with a colon in it.
    assert why_words("中期评估：调高目标") == "中期评估：调高目标"
    assert why_words("other: reason") == "other: reason"
    assert all(word and not word.isascii() for word in WHY.values())
    assert set(WHAT) <= set(KIND)
