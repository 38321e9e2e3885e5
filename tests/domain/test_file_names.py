"""Names of files that every system can store."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.file_names import MAX_NAME_BYTES, free_name, readable_name, safe_name, safe_names
from kjxd_desktop.wording.faults import fault_sentence

NAMES = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=()), max_size=8),
        st.sampled_from(
            ["CON", "nul", "com1", "LPT¹", ".", "..", " ", "/", "\\", ":", "?", ".pdf", "字" * 90]
        ),
    ),
    max_size=5,
).map("".join)
_DEVICES = {
    "CON",
    "PRN",
    "AUX",
    "NUL",
    *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10)),
}


@given(NAMES)
def test_a_safe_name_is_one_on_every_system(name: str) -> None:
    safe = safe_name(name)
    assert safe_name(safe) == safe
    assert 0 < len(safe.encode("utf-8")) <= MAX_NAME_BYTES
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]', safe)
    assert safe == safe.strip() and not safe.endswith(".") and not safe.startswith(".")
    assert safe.split(".")[0].strip().upper() not in _DEVICES


@given(st.lists(NAMES, max_size=12))
def test_names_that_lie_together_are_told_apart(names: list[str]) -> None:
    found = safe_names(names)
    assert len({name.casefold() for name in found}) == len(names)
    assert all(safe_name(name) == name for name in found)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("验收意见.pdf", "验收意见.pdf"),
        ("现场照片 1.jpg", "现场照片 1.jpg"),
        ("CON.pdf", "_CON.pdf"),
        ("com3", "_com3"),
        ("x:y?.pdf", "x_y_.pdf"),
        ("a\\b.pdf", "a_b.pdf"),
        (" 合同.pdf . ", "合同.pdf"),
        ("合同\u202efdp.exe", "合同fdp.exe"),
        ("\ufeff合\u200b同.pdf", "合同.pdf"),
        ("一\n二.txt", "一_二.txt"),
        ("..", "佐证"),
        (".隐藏", "_.隐藏"),
        ("照" * 100 + ".jpeg", "照" * 65 + ".jpeg"),
        ("e\u0301.pdf", "\u00e9.pdf"),
        ("_x000D_.pdf", "_x000D_.pdf"),
    ],
)
def test_what_becomes_of_a_name(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_big_and_small_letters_are_one_name() -> None:
    assert free_name("b.pdf", ["B.PDF"]) == "b(2).pdf"
    assert free_name("b.pdf", ["B.PDF", "B(2).pdf"]) == "b(3).pdf"
    assert safe_names(["b.pdf", "B.PDF", "b?.pdf", "b_.pdf"]) == ["b.pdf", "B(2).PDF", "b_.pdf", "b_(2).pdf"]


def test_thousands_of_one_name_are_counted_on() -> None:
    names = safe_names(["照片.jpg"] * 20_000)
    assert names[-1] == "照片(20000).jpg"


def test_names_in_other_bytes_can_be_read() -> None:
    """On Linux the bytes of a name in GB 18030 arrive as lone surrogates."""
    raw = "新建合同.pdf".encode("gb18030").decode("utf-8", "surrogateescape")
    assert readable_name(raw) == "新建合同.pdf"
    assert readable_name("a\udcff.pdf") == "a\ufffd.pdf"
    fault = FileFault(FaultCode.BROKEN, raw)
    assert fault.path_name == fault.params["name"] == "新建合同.pdf"


def test_what_would_make_a_sentence_say_something_else_is_marked() -> None:
    """A terminal obeys, a line ends, what follows is read backwards."""
    name = "报\x1b[2J\x07表\n没有问题\u2028\u202egpj.\t\u200bx.xlsx"
    assert readable_name(name) == "报\ufffd[2J\ufffd表\ufffd没有问题\ufffd\ufffdgpj.\ufffd\ufffdx.xlsx"
    assert readable_name("👨\u200d👩 é.xlsx") == "👨\u200d👩 é.xlsx"
    assert FileFault(FaultCode.BROKEN, "a\nb").path_name == "a\ufffdb"
    assert "\x1b" not in fault_sentence(WorkspaceFault("absent", path="/盘/\x1b[2J.kjxd"))


def test_stored_names_leave_out_what_is_not_seen() -> None:
    assert safe_name("a\u202egpj.exe") == "agpj.exe"
