"""Names and dates below a form, as they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from kjxd_desktop.domain.figures.period import read_day
from kjxd_desktop.domain.problems import Problem, ProblemError
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.domain.texts import kept_line
from kjxd_desktop.usecases.changes import Notes, left_out_notes

# Letters of one field of the footer, typed here or read from a file.
MAX_SIGNATURE = 60


def clean_signature(signature: Signature) -> Signature:
    """The signature as it would be kept."""
    return Signature(**{name: kept_line(text) for name, text in _texts(signature).items()})


def kept_signature(signature: Signature) -> Signature:
    """The signature as it is kept.

    Raises:
        ProblemError: ``text_too_long``.
    """
    clean = clean_signature(signature)
    for problem in too_long(clean):
        raise ProblemError(problem)
    return clean


def too_long(signature: Signature) -> Iterator[Problem]:
    """A problem for each text that is too long for its place."""
    for name, text in _texts(signature).items():
        if len(text) > MAX_SIGNATURE:
            params = {"field": name, "limit": str(MAX_SIGNATURE), "length": str(len(text))}
            yield Problem("signature", "text_too_long", params)


def wrong_date(signature: Signature) -> Iterator[Problem]:
    """A problem where the date is written and is no day of the calendar."""
    if signature.date and read_day(signature.date) is None:
        yield Problem("signature", "not_a_day", {"text": signature.date})


def signature_notes(signature: Signature) -> Notes:
    """What a person is told when something of it was not kept."""
    return left_out_notes(*_texts(signature).values())


def _texts(signature: Signature) -> dict[str, str]:
    return {item.name: getattr(signature, item.name) for item in fields(signature)}
