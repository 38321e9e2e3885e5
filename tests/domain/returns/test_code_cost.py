"""What a code of n bits costs somebody who chooses the texts: about 2^(n/2) tries, measured on cuts of it.

The 120 bits themselves are out of reach of a test, which is the point: cuts to 24, 32 and 40 bits show the law, and
the codes of the first format, 60 bits, were searched once by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import count

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.canonical import Submission
from kjxd_desktop.domain.returns.check_code import (
    FIRST,
    check_code,
    code_bytes,
    content_digest,
    content_lines,
    letters_of,
)
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.first_codes import submission_digest
from kjxd_desktop.domain.returns.returns import ReturnKey, Signature

KEY = ReturnKey("baiyin-2022", "620422", Period(2024, 3))
SIGNED = Signature("张建平", "李秀梅", "王芳", "0943", "2024-10-12")
PLACE = "@@@"


def submission(value: int, note: str) -> Submission:
    """A return with one figure and a remark that the sender chooses."""
    entry = Entry(EntryStatus.REPORTED, Decimal(value), note=note)
    return Submission(KEY, 1, "cafe", 1, (), {"I13": entry}, (), {}, SIGNED)


def maker(value: int) -> Callable[[int], bytes]:
    """The digest of the return with a numbered remark: the same bytes, without making a record for each try."""
    text = "".join(f"{line}\n" for line in content_lines(submission(value, PLACE), "sha256")).encode()
    before, after = text.split(PLACE.encode())
    start = hashlib.sha256(before)

    def digest(number: int) -> bytes:
        made = start.copy()
        made.update(b"%012x" % number + after)
        return made.digest()

    assert digest(77).hex() == content_digest(submission(value, f"{77:012x}"))
    return digest


@pytest.mark.parametrize("bits", [24, 32, 40])
def test_a_cut_code_falls_to_the_birthday_bound(bits: int) -> None:
    """12 and 15 高企 under one cut code, after about 2^(bits/2) tries and not sooner."""
    makers, cut = {12: maker(12), 15: maker(15)}, bits // 8
    seen: dict[int, set[bytes]] = {12: set(), 15: set()}
    for tries in count(2, 2):
        for value, other in ((12, 15), (15, 12)):
            part = makers[value](tries)[:cut]
            seen[value].add(part)
            if part in seen[other]:
                assert 2 ** (bits // 2 - 3) < tries < 2 ** (bits // 2 + 3)
                return


def test_sixty_bits_were_searched_by_hand() -> None:
    """Two returns of the first format with one code: 2 038 874 760 digests (2^30.9), seven minutes on one core.

    Today's codes of the same two returns have nothing in common.
    """
    twelve, fifteen = submission(12, "29715d379013c3a"), submission(15, "8db5796771dde19")
    old = [check_code(submission_digest(item), FIRST) for item in (twelve, fifteen)]
    assert old[0] == old[1] == "UPMH-3OJS-3G2U"
    new = [check_code(content_digest(item)) for item in (twelve, fifteen)]
    assert new[0] != new[1]
    # Nor would any other remark of the same length help: the figure is under the code by itself.
    assert check_code(content_digest(replace(twelve, entries=fifteen.entries))) == new[1]
    assert len(code_bytes(letters_of(new[0]))) * 8 == 120
