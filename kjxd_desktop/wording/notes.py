"""What a person is told after a write went through."""

from __future__ import annotations

_SENTENCES = {
    "converted": "{text} 已换算成 {value} {unit}，请核对。",
    "data_year_assumed": "{name}按 {year} 年的数记。如果不是，请改“数据年份”。",
}


def note_sentence(code: str, params: tuple[tuple[str, str], ...]) -> str:
    """The sentence for a note of a write."""
    return _SENTENCES[code].format_map(dict(params))


NOTE_CODES = frozenset(_SENTENCES)
