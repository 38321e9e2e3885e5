"""``verify``: whether a workspace still holds what history says was written into it."""

from __future__ import annotations

from dataclasses import dataclass, replace

OK = "ok"
# Reason of a submission that was given another history than the one that is here.
HEAD_DIFFERS = "history_rewritten"
# Reason of an evidence file that is named, and whose content is not there (``told``: its name).
CONTENT_MISSING = "content_missing"
# Two rows say what only one can say, and which of them counts is anybody's guess.
TWICE = "twice"
# How what is said of a schema begins that holds what no workspace has; the rest is not checked then.
STRANGE = "strange: "
NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One place where the tables and history do not agree.

    Attributes:
        what: Kind of content as in history, or the table that cannot be read.
        told: What history says should be there; None for nothing.
        held: What is there; None for nothing.
        reason: Why a table cannot be read, ``HEAD_DIFFERS``, ``CONTENT_MISSING`` or ``TWICE``; empty otherwise.
    """

    what: str
    plan: str = ""
    unit: str = ""
    period: str = ""
    code: str = ""
    told: str | None = None
    held: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying found.

    Attributes:
        integrity: ``ok``, or what SQLite says of the file.
        audit_chain: ``ok``, or ``broken at N`` with the first line whose link does not fit.
        schema: ``ok``, or the version or table that is not as it should be.
        lines: Lines of history that were followed.
    """

    integrity: str
    audit_chain: str
    schema: str
    discrepancies: tuple[Discrepancy, ...]
    lines: int

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        sound = (self.integrity, self.audit_chain, self.schema) == (OK, OK, OK)
        return sound and not self.discrepancies

    @property
    def intact(self) -> bool:
        """Whether it can be gone on with, and backed up: at most the contents of evidence files are missing.

        A restore that could not bring such a file back has said so; it stays true ever after.
        """
        return replace(
            self, discrepancies=tuple(item for item in self.discrepancies if item.reason != CONTENT_MISSING)
        ).ok
