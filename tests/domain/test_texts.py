"""The gate of texts: what is kept of what was typed."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.texts import clean_text, kept_line, kept_text, left_out

# Everything a person can hand over, halves of characters included.
ANY_TEXT = st.text(st.characters(exclude_categories=()))
_UNSEEN_OR_IMPOSSIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)


@given(ANY_TEXT)
def test_what_is_kept_can_be_carried_and_stays_the_same(text: str) -> None:
    kept = kept_text(text)
    assert kept_text(kept) == kept and not left_out(kept)
    assert kept == kept.strip() and not _UNSEEN_OR_IMPOSSIBLE.search(kept)
    element = ElementTree.Element("t")
    element.text = kept
    assert (ElementTree.fromstring(ElementTree.tostring(element)).text or "") == kept
    assert kept_line(kept_line(text)) == kept_line(text) == kept_line(kept)
    assert not set("\n\t") & set(kept_line(text)) and "\t" not in kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一\r\n二\r三\u2028四\x0b五\x85六", "一\n二\n三\n四\n五\n六"),
        ("\u3000\u00a0 会宁 \n", "会宁"),
        ("会\u3000宁\u00a0县  科技局", "会\u3000宁\u00a0县  科技局"),
        ("数\x07据\x00", "数据"),
        ("\ufeff12\u200b家", "12家"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("半\ud83d个\udcff", "半个"),
        ("非\ufffe\uffff\ufdd0\U0001fffe\U0010ffff字", "非字"),
        ("_x000D_ 与 __x005F_", "_x000D_ 与 __x005F_"),
        ("_x005F_x000D_", "_x005F_ x000D_"),
        ("葛\U000e0100 👨‍👩‍👧 \ue000", "葛\U000e0100 👨‍👩‍👧 \ue000"),
        ("一\t二", "一 二"),
        ("_x000D_x000D_x000D_", "_x000D_ x000D_x000D_"),
        ("_xD_ _x01f_ _x20_ _x1_x2_", "_x D_ _x 01f_ _x20_ _x 1_x 2_"),
        (" \r\n\u200b", ""),
        ("=1+1", "=1+1"),
        ("'007", "'007"),
    ],
)
def test_what_is_kept_of_a_text(typed: str, kept: str) -> None:
    assert kept_text(typed) == kept


def test_a_line_has_no_ends_and_a_passage_keeps_its_blanks() -> None:
    assert kept_line(" 王\r\n 芳\t(代) ") == "王 芳 (代)"
    assert clean_text("\u3000\u3000一、总体\x07要求\r\n") == "\u3000\u3000一、总体要求\n"


def test_how_much_was_left_out_is_counted_without_blanks_and_line_ends() -> None:
    assert left_out("一\u202e二\x07", "\r\n \u3000", "\ufeff") == 3
