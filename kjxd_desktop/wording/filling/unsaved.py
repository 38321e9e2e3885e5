"""Sentences about what was typed and could not be saved."""

from __future__ import annotations

MOST_TEXT = 20


def typed_text(name: str, text: str) -> str:
    """Something typed, by where it stands and how it begins."""
    short = " ".join(text.split())
    begins = short if len(short) <= MOST_TEXT else f"{short[:MOST_TEXT]}…"
    return f"{name}“{begins}”" if begins else f"{name}（改成了空白）"


def closing_sentence(left: str) -> str:
    """What closing would lose."""
    return f"{left}还没有存上，现在关闭就没有了。以前存好的数据都在。"


def leaving_sentence(left: str) -> str:
    """Why the person is kept where he is."""
    return f"{left}还没有存上，先不换地方，免得丢了。存上以后再换；以前存好的数据都在。"
