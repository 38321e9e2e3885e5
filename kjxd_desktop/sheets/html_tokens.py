"""Tags and texts of a web page, each character looked at a bounded number of times.

``html.parser`` tries every ``<`` that leads to no tag up to the end of the page: half a megabyte of them takes hours.
Here whatever does not end (HTML Living Standard 13.2.5) ends the page, as in a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_BETWEEN = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"=?[^\s/>=]*")
_EQUALS = re.compile(r"\s*=\s*")
_BARE = re.compile(r"[^\s>]*")
_MOST_ATTRIBUTES = 100
# What stands in them is no mark-up, and is not shown.
_RAW_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}


class Tag(NamedTuple):
    """A tag of a page.

    Attributes:
        name: In lower case.
        ends: Whether it ends the element.
        attributes: By name in lower case; of two of one name the first counts.
    """

    name: str
    ends: bool
    attributes: dict[str, str]


def tokens(page: str) -> Iterator[Tag | str]:
    """Tags, and the texts between them as a person reads them; no comments, declarations, scripts or styles."""
    place = 0
    while place >= 0:
        begin = page.find("<", place)
        text = page[place:] if begin < 0 else page[place:begin]
        if text:
            yield unescape(text)
        if begin < 0:
            return
        after = page[begin + 1 : begin + 2]
        name = _NAME.match(page, begin + (2 if after == "/" else 1))
        if page.startswith("<!--", begin):
            place = _behind(page, "-->", begin + 2)
        elif after in ("!", "?") or (after == "/" and name is None):
            place = _behind(page, ">", begin)
        elif name is None:
            yield "<"
            place = begin + 1
        else:
            attributes: dict[str, str] = {}
            place = _behind_tag(page, name.end(), attributes)
            if place >= 0:
                yield (tag := Tag(name[0].lower(), after == "/", attributes))
                place = _behind_raw(page, place, tag)


def _behind(page: str, end: str, place: int) -> int:
    """The place behind the next end; -1 when nothing ends before the page does."""
    found = page.find(end, place)
    return found if found < 0 else found + len(end)


def _behind_tag(page: str, place: int, attributes: dict[str, str]) -> int:
    """The place behind a tag whose name has been read; -1 when it does not end."""
    while True:
        place = _end_of(_BETWEEN, page, place)
        if place == len(page):
            return -1
        if page[place] == ">":
            return place + 1
        begin, place = place, _end_of(_ATTRIBUTE, page, place)
        name, value = page[begin:place].lower(), ""
        equals = _EQUALS.match(page, place)
        if equals is not None:
            place = equals.end()
            quote = page[place : place + 1]
            if quote in ('"', "'") and quote:
                begin, place = place + 1, _behind(page, quote, place + 1)
                if place < 0:
                    return -1
                value = page[begin : place - 1]
            else:
                begin, place = place, _end_of(_BARE, page, place)
                value = page[begin:place]
        if len(attributes) < _MOST_ATTRIBUTES:
            attributes.setdefault(name, unescape(value))


def _behind_raw(page: str, place: int, tag: Tag) -> int:
    """The place behind what is no mark-up after a tag."""
    end = None if tag.ends else _RAW_ENDS.get(tag.name)
    if end is None:
        return place
    found = end.search(page, place)
    return -1 if found is None else found.start()


def _end_of(pattern: re.Pattern[str], page: str, place: int) -> int:
    found = pattern.match(page, place)
    assert found is not None, "matches nothing too"
    return found.end()
