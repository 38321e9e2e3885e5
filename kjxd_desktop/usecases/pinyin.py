"""Matching typed letters against the pinyin of Chinese words; readings come from pypinyin."""

from __future__ import annotations

from functools import lru_cache

Span = tuple[int, int]

# Nobody types more letters of one name; matching tries several ways for each.
LONGEST = 40


def may_be_pinyin(word: str) -> bool:
    """Whether a typed word holds Latin letters that may stand for Chinese characters."""
    return len(word) <= LONGEST and any("a" <= char <= "z" for char in word)


def find_pinyin(text: str, word: str) -> Span | None:
    """Where letters fit the readings of successive characters; None when nowhere.

    A character is matched by its initial, by its whole reading, or, as the last one, by the beginning
    of its reading. Characters of the word that are no letters must stand there as they are, so that
    ``技术ht`` finds 技术合同.

    Args:
        text, word: Folded: no white space, lower case.
    """
    first = word[0]
    for start, char in enumerate(text):
        if char == first or any(reading[0] == first for reading in readings(char)):
            end = _fits(text, start, word)
            if end is not None:
                return start, end
    return None


def _fits(text: str, at: int, word: str) -> int | None:
    """The end of the characters that a word's letters fit from a place on."""
    if not word:
        return at
    if at >= len(text):
        return None
    char = text[at]
    if char == word[0]:
        end = _fits(text, at + 1, word[1:])
        if end is not None:
            return end
    for reading in readings(char):
        if reading.startswith(word):
            return at + 1
        if word.startswith(reading):
            end = _fits(text, at + 1, word[len(reading) :])
            if end is not None:
                return end
        if reading[0] == word[0]:
            end = _fits(text, at + 1, word[1:])
            if end is not None:
                return end
    return None


@lru_cache(maxsize=8192)
def readings(char: str) -> tuple[str, ...]:
    """Every reading of a Chinese character without tones, ü as v; nothing for other characters."""
    if not "\u4e00" <= char <= "\u9fff":
        return ()
    # Loading the dictionary takes a fifth of a second: only when letters are first searched.
    from pypinyin import Style, pinyin

    return tuple(pinyin(char, style=Style.NORMAL, heteronym=True)[0])
