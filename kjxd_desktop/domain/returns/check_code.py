"""The check code: what proves that a signed paper and a file say the same (rules.md 6.8).

Canonical lines of the content, and of nothing else. One JSON array of texts a line, UTF-8, no spaces, ``\\n`` after
each::

    ["kjxd-content","2",algorithm]           the format, and what the digest over the lines is made with
    ["return",plan id,revision,plan digest,unit code,period,round]
    ["earlier",digest]                       each earlier submission, oldest first
    ["entry",code,field,text]                each filled field of each entry, by code, then the table's order
    ["explanation",code,rule,basis,text]     by code, then rule
    ["progress",code,field,text]             each filled field of each task, by code, then the table's order
    ["evidence",code,name,bytes,digest]      by code, then name

Neither who signed nor when, neither state nor machine is in it: paper printed before signing, after it and when it
was sent fits the file. A field that comes later is one line more, and only where it is filled: of what no workbook
carries nothing comes back, and nothing is filled.

The code is the first 120 bits of the digest. **What that costs an attacker.** Whoever writes a return chooses its
texts, so he does not have to hit a given code: any two of his contents with one code will do, and by the birthday
bound that takes about 2^(n/2) tries. Of 60 bits, the first format, that is 2^30: searched once by hand, two returns
with 12 and with 15 高企 under one code after 2.04 · 10^9 digests, seven minutes on one core
(``tests/domain/returns/test_code_cost.py`` holds them, and cuts to 24, 32 and 40 bits). Of 120 bits it is 2^60, with
the same method 2 · 10^18 digests: at those 5 million a second 13 000 years of one core, at 10^10 a second six and a
half years of one of today's best graphics cards. Who rents a hundred of them for a month can have it, for the price of
a car; no clerk with a PC can. A second content for a code that somebody else's return has, 2^120, nobody can.
"""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kjxd_desktop.domain.digests import algorithm_of, digest_of, hexadecimal_of
from kjxd_desktop.domain.returns.canonical import Submission, carried_text, line_of
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, MISSING
from kjxd_desktop.domain.returns.first_codes import submission_digest
from kjxd_desktop.domain.returns.progress import PROGRESS_FIELDS

# Formats of codes, numbered as the workbooks that carry them.
FIRST = 1
CONTENT = 2
# Characters of a code, by its format: 60 and 120 bits.
CODE_LENGTH = {FIRST: 12, CONTENT: 24}
_GROUP = 4
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
# What stands before a code on paper, in the foot of a page.
_LABEL = "校验码"
# What stands between the groups, typed or read off by a scanner.
_BETWEEN = frozenset("-‐‑‒–—―−ー_ \t\r\n\u3000")


@dataclass(frozen=True, slots=True)
class TypedCode:
    """A code as somebody typed or scanned it.

    Attributes:
        letters: Its letters in the alphabet of codes, without what stands between groups.
        foreign: Characters that no code has, in their order (0, 1, 8 and 9 among them).
    """

    letters: str
    foreign: str = ""

    @property
    def format(self) -> int | None:
        """The format it is of; None while it is incomplete, too long or has foreign characters."""
        if self.foreign:
            return None
        return next((item for item, length in CODE_LENGTH.items() if length == len(self.letters)), None)


def content_digest(submission: Submission, algorithm: str | None = None) -> str:
    """The digest over the canonical lines of the content.

    Args:
        algorithm: Of a digest to be compared with; None for what new ones are made with.
    """
    lines = content_lines(submission, algorithm or algorithm_of(""))
    return digest_of("".join(f"{line}\n" for line in lines).encode(), algorithm)


def digest_in(format_no: int, submission: Submission, algorithm: str | None = None) -> str:
    """The digest of a submission by the rules of the format it was sent in."""
    make = submission_digest if format_no == FIRST else content_digest
    return make(submission, algorithm)


def check_code(digest: str, format_no: int = CONTENT) -> str:
    """The first characters (RFC 4648: A–Z, 2–7) of a hexadecimal digest in groups of four.

    24 characters, ``K7QD-2M4X-5FAA-…``: all of them are the digest's first 15 bytes. 12 in the first format.
    """
    text = base64.b32encode(bytes.fromhex(hexadecimal_of(digest))).decode("ascii")[: CODE_LENGTH[format_no]]
    return "-".join(text[place : place + _GROUP] for place in range(0, len(text), _GROUP))


def typed_code(text: str) -> TypedCode:
    """A code as it was typed or scanned: capitals or not, full-width or not, groups apart or not.

    Nothing is put right silently: a 0 may be an O that was misread, and the person is asked to look again.
    """
    bare = "".join(
        # What is pasted may have signs in it that nobody sees.
        sign
        for sign in unicodedata.normalize("NFKC", text).upper()
        if unicodedata.category(sign) not in ("Cf", "Zs", "Zl", "Zp")
    )
    bare = bare.strip().removeprefix(_LABEL).lstrip().removeprefix(":")
    told = [sign for sign in bare if sign not in _BETWEEN]
    return TypedCode(
        "".join(sign for sign in told if sign in _ALPHABET),
        "".join(dict.fromkeys(sign for sign in told if sign not in _ALPHABET)),
    )


def letters_of(code: str) -> str:
    """The letters of a printed code."""
    return code.replace("-", "")


def content_lines(submission: Submission, algorithm: str) -> Iterator[str]:
    """The lines, without their line ends."""
    yield line_of("kjxd-content", str(CONTENT), algorithm)
    key, revision = submission.key, str(submission.revision)
    about = (key.plan_id, revision, submission.plan_digest, key.unit_code, key.period.key)
    yield line_of("return", *about, str(submission.round))
    for digest in submission.earlier:
        yield line_of("earlier", digest)
    for code, entry in sorted(submission.entries.items()):
        if entry.same_as(MISSING):
            continue
        for field in ENTRY_FIELDS:
            if carried_text(text := field.text_of(entry)):
                yield line_of("entry", code, field.name, text)
    for item in sorted(submission.explanations, key=lambda item: (item.code, item.rule, item.basis)):
        yield line_of("explanation", item.code, item.rule, item.basis, item.text)
    for code, progress in sorted(submission.progress.items()):
        for said in PROGRESS_FIELDS:
            if carried_text(text := said.text_of(progress)):
                yield line_of("progress", code, said.name, text)
        for file in sorted(progress.evidence, key=lambda file: (file.name, file.digest)):
            yield line_of("evidence", code, file.name, str(file.bytes), file.digest)
