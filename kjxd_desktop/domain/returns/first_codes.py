"""The first format of check codes, read and written again for what was sent with it (rules.md 6.8).

60 bits, over the signature too: two contents with one code were made in minutes by somebody who chose the texts, and
paper printed before somebody signed had another code. ``check_code`` has today's.

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

The digest over the lines, SHA-256 unless it names another algorithm, is the submission's digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kjxd_desktop.domain.digests import digest_of
from kjxd_desktop.domain.returns.canonical import Submission, line_of
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, MISSING
from kjxd_desktop.domain.returns.fields import later_texts, texts_of
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, PROGRESS_FIELDS, Progress

_FIRST_ENTRY = tuple(field for field in ENTRY_FIELDS if field.since == 1)
_FIRST_PROGRESS = tuple(field for field in PROGRESS_FIELDS if field.since == 1)


def submission_digest(submission: Submission, algorithm: str | None = None) -> str:
    """The digest over the canonical lines.

    Args:
        algorithm: Of a digest to be compared with; None for what new ones are made with.
    """
    return digest_of("".join(f"{line}\n" for line in canonical_lines(submission)).encode(), algorithm)


def canonical_lines(submission: Submission) -> Iterator[str]:
    """The lines, without their line ends."""
    yield line_of("kjxd-submission", str(lines_format(submission)))
    key = submission.key
    yield line_of(
        "return",
        key.plan_id,
        str(submission.revision),
        submission.plan_digest,
        key.unit_code,
        key.period.key,
        str(submission.round),
    )
    for digest in submission.earlier:
        yield line_of("earlier", digest)
    for code, entry in sorted(submission.entries.items()):
        if not entry.same_as(MISSING):
            yield line_of("entry", code, *texts_of(entry, _FIRST_ENTRY))
            for field, text in later_texts(entry, ENTRY_FIELDS):
                yield line_of("entry-field", code, field.name, text)
    for item in sorted(submission.explanations, key=lambda item: (item.code, item.rule, item.basis)):
        yield line_of("explanation", item.code, item.rule, item.basis, item.text)
    yield from _progress_lines(submission.progress)
    sign = submission.signature
    yield line_of("signature", sign.head, sign.statistician, sign.filled_by, sign.phone, sign.date)


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
        yield line_of("progress", code, *texts_of(item, _FIRST_PROGRESS))
        for field, text in later_texts(item, PROGRESS_FIELDS):
            yield line_of("progress-field", code, field.name, text)
        for file in sorted(item.evidence, key=lambda file: file.name):
            yield line_of("evidence", code, file.name, str(file.bytes), file.digest)
