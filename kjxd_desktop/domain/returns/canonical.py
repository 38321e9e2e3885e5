"""What a submission's digests are made of: its content, and the canonical lines that carry texts (rules.md 6.8)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Progress
from kjxd_desktop.domain.returns.returns import Explanation, ReturnKey, Signature

# Characters that XML 1.0, and so a workbook, cannot carry: they never reach the other side.
_NOT_CARRIED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Submission:
    """Everything that is sent of a return, but for what travels beside its content.

    Attributes:
        revision: Plan revision the return was filled under.
        plan_digest: SHA-256 of the plan's canonical document.
        round: 1 for the first submission.
        earlier: Digests of earlier submissions of the same return, oldest first.
        entries: By indicator code; missing ones may be left out.
        progress: By task code; those not reported on may be left out.
        signature: Covered by codes of the first format and by the seal, not by today's codes.
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


def carried_text(text: str) -> str:
    """A text as a workbook carries it: line ends as ``\\n``, without characters that XML cannot hold."""
    return _NOT_CARRIED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line_of(*texts: str) -> str:
    """Texts as one line that no other texts make: a JSON array without spaces, as a workbook carries them."""
    return json.dumps([carried_text(text) for text in texts], ensure_ascii=False, separators=(",", ":"))
