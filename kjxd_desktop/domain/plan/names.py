"""Several names in one text, and names that stand for codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

SEPARATOR = "、"
_SEPARATORS = "、，,；;\n"
_OPEN, _CLOSE = "(（〔[［《「【", ")）〕]］》」】"
_END = rf"(?=\s*(?:[{_SEPARATORS}]|\Z))"
_PAIR = rf"[{re.escape(_OPEN)}][^{re.escape(_OPEN + _CLOSE)}]*[{re.escape(_CLOSE)}]"
_PAIRS = re.compile(rf"{_PAIR}|“[^“”]*”")
# A name with half of a pair could swallow the next one.
_HALF = re.compile(rf'[{re.escape(_OPEN + _CLOSE)}“”"]')
# One name: in quotation marks, in Chinese ones around a separator, or up to a separator outside brackets.
_NAME = re.compile(
    rf'\s*(?:"(?P<quoted>(?:[^"]|"")*)"{_END}'
    rf"|“(?P<chinese>[^“”]*[{_SEPARATORS}][^“”]*)”{_END}"
    rf"|(?P<plain>(?:{_PAIR}|[^{_SEPARATORS}])*))\s*[{_SEPARATORS}]?"
)


def split_names(text: str) -> tuple[str, ...]:
    """The names in a text.

    They are separated by 、 or a comma, semicolon or line break; inside brackets these separate
    nothing (各市〔特区、区〕政府 is one name). A name in quotation marks is taken whole.
    """
    return tuple(_named(text))


def join_names(names: Iterable[str]) -> str:
    """The names as one text that :func:`split_names` takes apart again, exactly."""
    return SEPARATOR.join(name if _plain(name) else '"' + name.replace('"', '""') + '"' for name in names)


def _plain(name: str) -> bool:
    return not _HALF.search(_PAIRS.sub("", name)) and tuple(_named(f"{name}{SEPARATOR}x")) == (name, "x")


def _named(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        match = _NAME.match(text, at)
        assert match is not None, "a name may be empty"
        at = match.end()
        if match["quoted"] is not None:
            yield match["quoted"].replace('""', '"')
        elif name := (match["chinese"] or match["plain"] or "").strip():
            yield name


def folded_name(text: str) -> str:
    """A name as names are compared: white space is ignored."""
    return "".join(text.split())


class NameBook:
    """Codes by code or name. A name that two entries share names none of them.

    Args:
        entries: Code of each entry and the names it goes by; earlier entries own a code used twice.
    """

    def __init__(self, entries: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._entries = [(code, tuple(names)) for code, names in entries]
        self._codes: dict[str, str] = {}
        self._names: dict[str, set[str]] = {}
        for code, names in self._entries:
            self._codes.setdefault(folded_name(code), code)
            for name in names:
                if name.strip():
                    self._names.setdefault(folded_name(name), set()).add(code)

    def code(self, text: str) -> str | None:
        """The code a text names, None when it names nothing."""
        folded = folded_name(text)
        if folded in self._codes:
            return self._codes[folded]
        return self.named(text)

    def named(self, text: str) -> str | None:
        """The code of the one entry of that name."""
        codes = self._names.get(folded_name(text), set())
        return next(iter(codes)) if len(codes) == 1 else None

    def joined(self, other: NameBook) -> NameBook:
        """Both together; codes of this one come first."""
        return NameBook([*self._entries, *other._entries])

    def label(self, code: str, name: str) -> str:
        """The name, where it leads back to the code; else the code."""
        return name if name.strip() and self.code(name) == code else code
