"""How a text stands in a workbook's XML: ``_xHHHH_`` for a character by its number (ECMA-376 22.4.2.4, ST_Xstring)."""

from __future__ import annotations

import re

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# An underscore that would begin an escape; also where two overlap, as in ``_x000D_x000D_``.
_LIKE_ONE = re.compile("_(?=x[0-9A-Fa-f]{1,4}_)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def escaped(text: str) -> str:
    """The text as it is written, so that every program reads it as it was: ``_x000D_`` is ``_x005F_x000D_``."""
    return _LIKE_ONE.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """The text that a spreadsheet program shows for what stands in the XML."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    if not _SURROGATE.search(plain):
        return plain
    # A character beyond the first plane is written as two halves.
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
