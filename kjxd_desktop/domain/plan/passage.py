"""Finding a quoted passage in a plan document, white space and character width aside."""

from __future__ import annotations

from dataclasses import dataclass

# Plan documents mix widths of punctuation; digits and letters are compared as they are.
_WIDTH = str.maketrans("，：；（）！？。", ",:;()!?.")


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a quote stands: character offsets into the document, end exclusive."""

    start: int
    end: int


def find_passage(document: str, quote: str) -> Passage | None:
    """The first place of a quote in a document; None when it does not occur.

    White space in both is ignored, and full-width punctuation equals its half-width form.
    """
    wanted = "".join(quote.split()).translate(_WIDTH)
    if not wanted:
        return None
    places = [place for place, char in enumerate(document) if not char.isspace()]
    folded = "".join(document[place] for place in places).translate(_WIDTH)
    at = folded.find(wanted)
    if at < 0:
        return None
    return Passage(places[at], places[at + len(wanted) - 1] + 1)
