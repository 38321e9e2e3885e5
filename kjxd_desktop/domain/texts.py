"""The one gate of texts: what a typed, pasted, imported or given text becomes before it is kept.

What is kept must come back from a workbook as it was, also when another program saved the workbook again, and must
say to the eye what it says to the program. So line ends of every kind become ``\\n`` and tabs blanks, white space
around a text goes, and so do characters that XML cannot hold (controls, surrogates, noncharacters) and those
nobody sees, which turn the direction of what follows or make two texts differ that look alike. Joiners and
variation selectors stay: names in rare characters and signs made of several need them.
"""

from __future__ import annotations

import re

# Most units of UTF-16 that a cell of a spreadsheet takes.
MAX_CELL_TEXT = 32_767
# A spreadsheet program that is handed such a text by the clipboard, by csv or by retyping takes it for a
# formula or a command.
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "'")

# Compiled when they are first needed: every start waits for what is done at import.
_LINE_ENDS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_AROUND_LINE_ENDS = r"\s*\n\s*"
# Workbooks write a character as ``_x000D_``, so they escape what only looks like it. LibreOffice (7.4) loses its way
# where two of these share an underscore, and takes one of fewer digits for a control. A blank comes between.
_SHARING_UNDERSCORES = "(_x[0-9A-Fa-f]{4}_)(?=x[0-9A-Fa-f]{4}_)"
_LIKE_SHORT_ESCAPES = "_x(?=[0-9A-Fa-f]{1,3}_)(?=0{0,2}[01]?[0-9A-Fa-f]_)"
# The last two code points of each plane.
_LAST_OF_PLANES = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
# Characters that XML 1.0 cannot carry, or that the standard asks not to exchange.
_NOT_CARRIED = f"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}"
# Without a width: soft hyphen, zero-width space, marks and turns of direction, word joiner and invisible operators,
# byte order mark, annotation marks and the place of an object that is not there, tags.
_UNSEEN = "\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f"
_LEFT_OUT = f"[{_NOT_CARRIED}{_UNSEEN}]"


def kept_text(text: str) -> str:
    """A text as it is kept; one that was kept already is the same again."""
    return clean_text(text).strip()


def kept_line(text: str) -> str:
    """A text of one line as it is kept: line ends become spaces."""
    return re.sub(_AROUND_LINE_ENDS, " ", kept_text(text))


def clean_text(text: str) -> str:
    """A text without what cannot be kept, white space around it left: passages of a plan's document."""
    plain = re.sub(_LEFT_OUT, "", re.sub(_LINE_ENDS, "\n", text)).replace("\t", " ")
    return re.sub(_LIKE_SHORT_ESCAPES, "_x ", re.sub(_SHARING_UNDERSCORES, r"\1 ", plain))


def marked_text(text: str) -> str:
    """A text of one line that is shown but not ours: U+FFFD for each character that is not seen as one."""
    return re.sub(f"{_LEFT_OUT}|[\t\n]", "\ufffd", re.sub(_LINE_ENDS, "\n", text))


def cell_length(text: str) -> int:
    """How much of ``MAX_CELL_TEXT`` a text takes: a character beyond the first plane counts twice."""
    return len(text) + sum(char > "\uffff" for char in text)


def left_out(*texts: str) -> int:
    """How many characters of typed texts are not kept, white space and line ends aside."""
    return sum(len(re.findall(_LEFT_OUT, text)) for text in texts)
