"""What the codes of a printed footer print, read as ECMA-376 18.3.1.46 has it."""

from __future__ import annotations

import re

_PRINTED = re.compile(r"&(?:&|[LCRPNDTFAZG]|\"[^\"]*\"|K[0-9A-Fa-f]{6}|\d{1,3}|[BIUESXYOH])|[^&]", re.DOTALL)
_FIELDS = {
    "P": "{page}",
    "N": "{pages}",
    "D": "{date}",
    "T": "{time}",
    "F": "{file}",
    "A": "{sheet}",
    "Z": "{path}",
}


def printed(codes: str) -> dict[str, str]:
    """Texts left, in the middle and right; what a program fills in stands in braces."""
    parts = {"L": "", "C": "", "R": ""}
    side = "C"
    at = 0
    while at < len(codes):
        found = _PRINTED.match(codes, at)
        assert found, codes[at:]
        code, at = found.group(), found.end()
        if code in ("&L", "&C", "&R"):
            side = code[1]
        elif code == "&&":
            parts[side] += "&"
        elif code[0] != "&":
            parts[side] += code
        else:
            parts[side] += _FIELDS.get(code[1], "")
    return parts
