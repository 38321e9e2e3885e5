"""Quotes are found across line breaks and widths, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.plan.passage import find_passage

TEXT = "力争科技进步贡献率\n\n达到65%，综合科技创新\n水平指数达到60%。"


def test_a_quote_across_lines() -> None:
    found = find_passage(TEXT, "科技进步贡献率达到65%,综合科技创新水平指数")
    assert found is not None
    assert TEXT[found.start : found.end] == "科技进步贡献率\n\n达到65%，综合科技创新\n水平指数"


def test_what_does_not_occur() -> None:
    assert find_passage(TEXT, "达到66%") is None
    assert find_passage(TEXT, "  ") is None


@given(st.text("甲乙丙 \n", min_size=1, max_size=40), st.data())
def test_every_slice_is_found_with_its_own_words(document: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(document) - 1))
    end = data.draw(st.integers(start + 1, len(document)))
    quote = document[start:end]
    found = find_passage(document, quote)
    if not quote.strip():
        assert found is None
    else:
        assert found is not None
        assert "".join(document[found.start : found.end].split()) == "".join(quote.split())
