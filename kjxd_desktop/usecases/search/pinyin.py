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
    # (place, letters used) from which the rest cannot fit: without it long runs are tried over and over.
    dead: set[Span] = set()
    for start, char in enumerate(text):
        if char == first or any(reading[0] == first for reading in readings(char)):
            end = _fits(text, start, word, 0, dead)
            if end is not None:
                return start, end
    return None


def _fits(text: str, at: int, word: str, used: int, dead: set[Span]) -> int | None:
    """The end of the characters that a word's letters after the used ones fit from a place on."""
    if used == len(word):
        return at
    if at == len(text) or (at, used) in dead:
        return None
    shares = [1] if text[at] == word[used] else []
    for reading in readings(text[at]):
        if reading.startswith(word[used:]):
            return at + 1
        if word.startswith(reading, used):
            shares.append(len(reading))
        if reading[0] == word[used]:
            shares.append(1)
    for share in shares:
        end = _fits(text, at + 1, word, used + share, dead)
        if end is not None:
            return end
    dead.add((at, used))
    return None


@lru_cache(maxsize=8192)
def readings(char: str) -> tuple[str, ...]:
    """Every reading of a Chinese character without tones, ü as v; nothing for other characters."""
    if not "\u4e00" <= char <= "\u9fff":
        return ()
    # Loading the dictionary takes a fifth of a second: only when letters are first searched.
    from pypinyin import Style, pinyin

    return tuple(pinyin(char, style=Style.NORMAL, heteronym=True)[0])
