"""The seal of a submission: what travels beside its content, held together by a second digest (rules.md 6.8).

Canonical lines as in ``check_code``::

    ["kjxd-seal","2",algorithm]
    ["content",digest]                       of the submission's content, whole
    ["workspace",id]                         which data file it was sent from
    ["signature",head,statistician,filled by,phone,date]
    ["sent",time]                            ISO 8601, as the identity sheet has it
    ["deadline",time]
    ["head",line,link]                       each told head of history, in their order
    ["marks",count]                          where the sender says something of targets in words
    ["mark",indicator,year,kind,wanted,since,text,name,bytes,digest]    of targets in words; the file's parts empty without one

It has no key, for there is no office all of them could ask for one: who has this program's sources can make another
seal. It shows what spreadsheets, people and programs do to the sheet without meaning to make one, and what somebody
does who cannot; against him who can, there are the paper's code and the heads the city was told before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kjxd_desktop.domain.digests import algorithm_of, digest_of
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.canonical import line_of
from kjxd_desktop.domain.returns.check_code import CONTENT
from kjxd_desktop.domain.returns.returns import Signature


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a seal covers.

    Attributes:
        content: Digest of the submission's content.
        heads: Lines of the sender's history and their links.
        marks: Marks on targets in words, by indicator code; None where nothing is said of them.
    """

    content: str
    workspace_id: str
    signature: Signature
    sent_at: datetime | None
    deadline: datetime | None
    heads: Sequence[tuple[int, str]]
    marks: Mapping[str, Sequence[Achieved]] | None


def seal_of(sealed: Sealed, algorithm: str | None = None) -> str:
    """The digest over the lines.

    Args:
        algorithm: Of a seal to be compared with; None for what new ones are made with.
    """
    lines = seal_lines(sealed, algorithm or algorithm_of(""))
    return digest_of("".join(f"{line}\n" for line in lines).encode(), algorithm)


def seal_lines(sealed: Sealed, algorithm: str) -> Iterator[str]:
    """The lines, without their line ends."""
    yield line_of("kjxd-seal", str(CONTENT), algorithm)
    yield line_of("content", sealed.content)
    yield line_of("workspace", sealed.workspace_id)
    sign = sealed.signature
    yield line_of("signature", sign.head, sign.statistician, sign.filled_by, sign.phone, sign.date)
    yield line_of("sent", _moment(sealed.sent_at))
    yield line_of("deadline", _moment(sealed.deadline))
    for line, link in sealed.heads:
        yield line_of("head", str(line), link)
    if sealed.marks is not None:
        yield line_of("marks", str(sum(map(len, sealed.marks.values()))))
    for code, marks in sorted((sealed.marks or {}).items()):
        for mark in marks:
            proof = mark.evidence
            file = (proof.name, str(proof.bytes), proof.digest) if proof else ("", "", "")
            about = (str(mark.year), mark.kind.value, mark.wanted, mark.since.key, mark.text)
            yield line_of("mark", code, *about, *file)


def _moment(at: datetime | None) -> str:
    return "" if at is None else at.isoformat()
