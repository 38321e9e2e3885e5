"""Names of files: safe on every system, and as a person can read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kjxd_desktop.domain.texts import clean_text, marked_text

# In UTF-8: a Linux disk takes 255, and a number or a mark must still go before or behind.
MAX_NAME_BYTES = 200
_LONGEST_ENDING = 20
# Compiled when they are first needed: every start waits for what is done at import.
_NOT_IN_NAMES = r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029]'
_SURROGATE = "[\ud800-\udfff]"
# What Windows keeps for devices, whatever ending follows.
_RESERVED = r"(?i)(?:CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])"
# Windows takes these off the end of a name without a word.
_AT_THE_END = ". \u3000"
_NAMELESS = "佐证"


def safe_name(name: str) -> str:
    """A name that every system can store, and that is shown as it is stored.

    What no name can have becomes ``_``; what nobody sees, and what stands unseen at the ends, is left out; a name
    that Windows keeps for itself gets a ``_`` before it; a longer one is cut before its ending.
    """
    clean = clean_text(re.sub(_NOT_IN_NAMES, "_", _decoded(name)))
    clean = unicodedata.normalize("NFC", clean).strip().rstrip(_AT_THE_END)
    if clean.startswith("."):
        # Hidden files are not seen by the one who takes them out.
        clean = f"_{clean}"
    if re.fullmatch(_RESERVED, clean.split(".", 1)[0].rstrip()):
        clean = f"_{clean}"
    return _cut(clean or _NAMELESS, "")


def short_name(name: str, most: int) -> str:
    """A safe name of at most ``most`` bytes, cut before its ending: folders in folders make long paths."""
    return _cut(safe_name(name), "", most)


def free_name(name: str, taken: Iterable[str]) -> str:
    """The name, or with a number behind it one that is not taken; big and small letters are the same."""
    return _free(name, {_folded(other) for other in taken}, {})


def safe_names(names: Iterable[str]) -> list[str]:
    """Safe names for files that lie in one folder, in their order: no two are the same."""
    found: list[str] = []
    taken, last = set[str](), dict[str, int]()
    for name in names:
        found.append(_free(safe_name(name), taken, last))
        taken.add(_folded(found[-1]))
    return found


def _free(name: str, taken: set[str], last: dict[str, int]) -> str:
    """Args: ``last``: by folded name, the number given to it last; thousands of one name are counted on."""
    first = _folded(name)
    free = name
    while _folded(free) in taken:
        last[first] = last.get(first, 1) + 1
        free = _cut(name, f"({last[first]})")
    return free


def _folded(name: str) -> str:
    """A name as disks compare names that do not tell big letters from small ones."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def readable_name(name: str) -> str:
    """A name, or a path, as it can be shown and kept: what cannot be read, or would not be seen, becomes U+FFFD.

    A line end, a control character of a terminal or a turn of direction in a name would make a sentence say
    something else.
    """
    return marked_text(_decoded(name))


def _decoded(name: str) -> str:
    """A system hands over the bytes of a name that is not UTF-8 as lone surrogates; on old sticks they are mostly GB
    18030. What cannot be read even so becomes U+FFFD.
    """
    if not re.search(_SURROGATE, name):
        return name
    try:
        return name.encode("utf-8", "surrogateescape").decode("gb18030")
    except UnicodeError:
        return re.sub(_SURROGATE, "\ufffd", name)


def _cut(name: str, mark: str, most: int = MAX_NAME_BYTES) -> str:
    """The name with a mark before its ending, its stem cut so far that all fits."""
    stem, dot, ending = name.rpartition(".")
    ending = dot + ending
    if not stem or len(ending.encode()) > _LONGEST_ENDING:
        stem, ending = name, ""
    room = most - len(f"{mark}{ending}".encode())
    if len(stem.encode()) > room:
        while len(stem.encode()) > room:
            stem = stem[:-1]
        stem = stem.rstrip(_AT_THE_END)
    return f"{stem}{mark}{ending}"
