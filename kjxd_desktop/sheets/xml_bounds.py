"""Bounds of foreign XML that are tested before a parser that makes objects sees it.

A part of some kilobytes packed can hold millions of elements, each of which costs openpyxl a microsecond and a
kilobyte. And a parser that is given a document piece by piece reads a tag that does not end from its beginning with
every piece: one attribute of 100 MB takes minutes.
"""

from __future__ import annotations

from xml.parsers import expat

from kjxd_desktop.sheets.limits import MAX_PART_TAGS, MAX_STYLED_CELLS, MAX_TAG_BYTES, MAX_TAGS, too_big

_PIECE = 1 << 16
# In the beginning of a part of XML, whatever its encoding; pictures are none.
_HEAD = 256


class TagBudget:
    """Counts the tags of a package's parts."""

    def __init__(self) -> None:
        self._left = MAX_TAGS

    def spend(self, data: bytes, cells: int = 0, rows: int = 0, *, texts: bool = False) -> None:
        """Look at one part.

        Args:
            cells: How many of its elements are cells, which are bounded elsewhere.
            rows: How many are rows.
            texts: The part holds the texts of all cells.

        Raises:
            Refused: ``too_big`` for more than any table needs, or a tag that hardly ends.
        """
        if b"<" not in data[:_HEAD]:
            return
        # A cell's own, its value's and its formula's tags.
        tags = max(0, data.count(b"<") - 6 * cells - 2 * rows)
        self._left -= tags
        if self._left < 0 or (tags > MAX_PART_TAGS and not texts):
            raise too_big("cells", MAX_STYLED_CELLS)
        require_short_tags(data)


def require_short_tags(data: bytes) -> None:
    """Refuse XML with a tag, comment or declaration that no program writes so long.

    Raises:
        Refused: ``too_big``.
    """
    if len(data) <= MAX_TAG_BYTES:
        return
    parser = expat.ParserCreate()
    for begin in range(0, len(data), _PIECE):
        piece = data[begin : begin + _PIECE]
        try:
            parser.Parse(piece, False)
        except expat.ExpatError:
            # Whoever reads it will say what is wrong.
            return
        if begin + len(piece) - parser.CurrentByteIndex > MAX_TAG_BYTES:
            raise too_big("cells", MAX_STYLED_CELLS)
