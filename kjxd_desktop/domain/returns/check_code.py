"""The check code of a submission: what proves that a signed paper and a file say the same (rules.md 6.8).

Canonical lines. One JSON array of texts a line, UTF-8, no spaces, ``\\n`` after each::

    ["kjxd-submission",format]               the lowest format that holds the content, from "1"
    ["return",plan id,revision,plan digest,unit code,period,round]
    ["earlier",digest]                       each earlier submission, oldest first
    ["entry",code,*texts]                    each entry that says anything, by code; fields of format 1
    ["entry-field",code,name,text]           its filled fields of later formats, in their order
    ["explanation",code,rule,basis,text]     by code, then rule
    ["progress",code,status,percent,done,problems,next step]    each that says anything, by code
    ["progress-field",code,name,text]        its filled fields of later formats
    ["evidence",code,name,bytes,digest]      by code, then name
    ["signature",head,statistician,filled by,phone,date]

The digest over the lines, SHA-256 unless it names another algorithm, is the submission's digest. It covers neither the time nor the machine: the same
content has the same code wherever it is written.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kjxd_desktop.domain.digests import digest_of, hexadecimal_of
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, MISSING, Entry
from kjxd_desktop.domain.returns.fields import later_texts, texts_of
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, PROGRESS_FIELDS, Progress
from kjxd_desktop.domain.returns.returns import Explanation, ReturnKey, Signature

CODE_LENGTH = 12
_GROUP = 4
_FIRST_ENTRY = tuple(field for field in ENTRY_FIELDS if field.since == 1)
_FIRST_PROGRESS = tuple(field for field in PROGRESS_FIELDS if field.since == 1)
# Characters that XML 1.0, and so a workbook, cannot carry: they never reach the other side.
_NOT_CARRIED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Submission:
    """Everything a check code covers.

    Attributes:
        revision: Plan revision the return was filled under.
        plan_digest: SHA-256 of the plan's canonical document.
        round: 1 for the first submission.
        earlier: Digests of earlier submissions of the same return, oldest first.
        entries: By indicator code; missing ones may be left out.
        progress: By task code; those not reported on may be left out.
    """

    key: ReturnKey
    revision: int
    plan_digest: str
    round: int
    earlier: Sequence[str]
    entries: Mapping[str, Entry]
    explanations: Sequence[Explanation]
    progress: Mapping[str, Progress]
    signature: Signature


def submission_digest(submission: Submission, algorithm: str | None = None) -> str:
    """The digest over the canonical lines.

    Args:
        algorithm: Of a digest to be compared with; None for what new ones are made with.
    """
    return digest_of("".join(f"{line}\n" for line in canonical_lines(submission)).encode(), algorithm)


def check_code(digest: str) -> str:
    """The first 12 base-32 characters (RFC 4648: A–Z, 2–7) of a hexadecimal digest: ``K7QD-2M4X-5FAA``.

    60 bits: two contents that a person could mix up do not share a code by chance.
    """
    text = base64.b32encode(bytes.fromhex(hexadecimal_of(digest))).decode("ascii")[:CODE_LENGTH]
    return "-".join(text[place : place + _GROUP] for place in range(0, CODE_LENGTH, _GROUP))


def canonical_lines(submission: Submission) -> Iterator[str]:
    """The lines, without their line ends."""
    yield _line("kjxd-submission", str(lines_format(submission)))
    key = submission.key
    yield _line(
        "return",
        key.plan_id,
        str(submission.revision),
        submission.plan_digest,
        key.unit_code,
        key.period.key,
        str(submission.round),
    )
    for digest in submission.earlier:
        yield _line("earlier", digest)
    for code, entry in sorted(submission.entries.items()):
        if not entry.same_as(MISSING):
            yield _line("entry", code, *texts_of(entry, _FIRST_ENTRY))
            for field, text in later_texts(entry, ENTRY_FIELDS):
                yield _line("entry-field", code, field.name, text)
    for item in sorted(submission.explanations, key=lambda item: (item.code, item.rule, item.basis)):
        yield _line("explanation", item.code, item.rule, item.basis, item.text)
    yield from _progress_lines(submission.progress)
    sign = submission.signature
    yield _line("signature", sign.head, sign.statistician, sign.filled_by, sign.phone, sign.date)


def lines_format(submission: Submission) -> int:
    """The lowest format that can say the content: a later field counts once it is filled.

    What was sent before a field came therefore keeps its digest, whichever program works it out again.
    """
    entries = (
        field.since for entry in submission.entries.values() for field, _ in later_texts(entry, ENTRY_FIELDS)
    )
    tasks = (
        field.since
        for item in submission.progress.values()
        for field, _ in later_texts(item, PROGRESS_FIELDS)
    )
    return max((1, *entries, *tasks))


def _progress_lines(progress: Mapping[str, Progress]) -> Iterator[str]:
    for code, item in sorted(progress.items()):
        if item == NO_PROGRESS:
            continue
        yield _line("progress", code, *texts_of(item, _FIRST_PROGRESS))
        for field, text in later_texts(item, PROGRESS_FIELDS):
            yield _line("progress-field", code, field.name, text)
        for file in sorted(item.evidence, key=lambda file: file.name):
            yield _line("evidence", code, file.name, str(file.bytes), file.digest)


def carried_text(text: str) -> str:
    """A text as a workbook carries it: line ends as ``\\n``, without characters that XML cannot hold."""
    return _NOT_CARRIED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _line(*texts: str) -> str:
    return json.dumps([carried_text(text) for text in texts], ensure_ascii=False, separators=(",", ":"))
