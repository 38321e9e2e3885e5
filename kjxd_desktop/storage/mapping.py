"""Rows and canonical JSON to records and back. Canonical: sorted keys, no spaces, decimals as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import Row

from kjxd_desktop.domain.digests import FIRST, algorithm_of, digest_of, joined_digest
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS, Entry, entry_of_plain
from kjxd_desktop.domain.returns.progress import PROGRESS_FIELDS, Evidence, Progress, progress_of_plain
from kjxd_desktop.domain.returns.returns import Explanation, Return, ReturnKey, ReturnState, Signature
from kjxd_desktop.domain.returns.second_entry import Outcome, SecondEntry
from kjxd_desktop.usecases.exchanged import ChainHead, Provenance, Snapshot
from kjxd_desktop.usecases.ports import Role, WorkspaceInfo


def canonical(content: Mapping[str, Any]) -> str:
    """Canonical JSON; empty fields are left out so that a blank costs nothing to read."""
    kept = {name: _plain(value) for name, value in content.items() if not _blank(value)}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _blank(value: Any) -> bool:
    """Nothing to keep. A zero is something: it never equals a blank here."""
    return value is None or value is False or (isinstance(value, str | tuple | list) and not value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def entry_json(entry: Entry) -> str:
    """An entry as history and snapshots keep it."""
    return canonical(asdict(entry))


def entry_from(data: Mapping[str, Any]) -> Entry:
    """An entry from its JSON object."""
    return entry_of_plain(data.get)


def progress_json(progress: Progress) -> str:
    """Progress as history and snapshots keep it, evidence as names, sizes and digests."""
    return canonical(asdict(progress))


def progress_from(data: Mapping[str, Any]) -> Progress:
    """Progress from its JSON object."""
    return progress_of_plain(data.get, tuple(Evidence(**item) for item in data.get("evidence", ())))


def progress_of_row(row: Row[Any], files: tuple[Evidence, ...]) -> Progress:
    """Progress from a row of ``progress`` and the files beside it."""
    return progress_of_plain(partial(getattr, row), files)


def progress_values(progress: Progress) -> dict[str, Any]:
    """Columns of a task's progress."""
    return {field.name: field.plain_of(progress) for field in PROGRESS_FIELDS}


def state_json(head: Return) -> str:
    """A return's state as history keeps it."""
    return canonical(
        {
            "state": head.state.value,
            "round": head.round,
            "revision": head.revision,
            "backfilled": head.backfilled,
            "check_code": head.check_code,
            "submitted_at": None if head.submitted_at is None else head.submitted_at.isoformat(),
        }
    )


# Digests of the workbook that was sent and of the evidence beside it, in a submission and its columns.
SENT_FILES = ("workbook", "evidence")


def submission_json(
    round_no: int,
    digest: str,
    file_name: str,
    head: ChainHead | None,
    files: tuple[str | None, str | None] = (None, None),
) -> str:
    """A submission as history keeps it.

    Args:
        files: As ``SENT_FILES``; None for what was not sent, or not kept.
    """
    line, link = (None, None) if head is None else (head.line, head.link)
    told = {"round": round_no, "digest": digest, "file": file_name, "line": line, "link": link}
    return canonical({**told, **dict(zip(SENT_FILES, files, strict=True))})


def import_json(
    file_name: str,
    digest: str,
    submission: str,
    decisions: str,
    snapshot: str,
    heads: str | None,
    came: str | None,
    at: datetime,
) -> str:
    """An import as history keeps it; what was decided, read and said of the sender's history, by its digest."""
    # A list or an object: nothing that is absent can be taken for the other one.
    parts = (submission, decisions, snapshot, *(text for text in (heads, came) if text is not None))
    # The file's own digest says which algorithm was in use when it came in.
    content = joined_digest(parts, algorithm_of(digest))
    kept = came_from(came)
    asked = kept is not None and kept.asked
    told = {"file": file_name, "digest": digest, "content": content, "at": at.isoformat(), "asked": asked}
    return canonical(told)


def import_of_row(row: Row[Any]) -> str:
    """As :func:`import_json`, of an import that is kept."""
    parts = (row.submission, row.decisions, row.snapshot, row.heads, row.came)
    return import_json(row.file_name, row.digest, *parts, row.at)


def heads_json(heads: tuple[ChainHead, ...]) -> str | None:
    """What a sender said of his history; None when he said nothing."""
    return json.dumps([[head.line, head.link] for head in heads], separators=(",", ":")) if heads else None


def heads_from(text: str | None) -> tuple[ChainHead, ...]:
    """The heads out of their JSON."""
    return () if text is None else tuple(ChainHead(line, link) for line, link in json.loads(text))


def came_json(came: Provenance | None) -> str | None:
    """What a file came as; None when the sender's program did not write it."""
    if came is None:
        return None
    sent = None if came.sent_at is None else came.sent_at.isoformat()
    return canonical({**asdict(came), "sent_at": sent})


def came_from(text: str | None) -> Provenance | None:
    """The provenance out of its JSON."""
    if text is None:
        return None
    try:
        data = json.loads(text)
        sent = data.get("sent_at")
        return Provenance(
            format=int(data["format"]),
            round=int(data["round"]),
            content=str(data["content"]),
            first=str(data["first"]),
            workspace_id=data.get("workspace_id", ""),
            sent_at=datetime.fromisoformat(sent) if sent else None,
            asked=data.get("asked", False),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("an import's provenance is damaged") from error


def operator_json(role: str, active: bool, password: str) -> str:
    """A person as history keeps him: of the password only that it became another one."""
    return canonical({"role": role, "active": "yes" if active else "no", "password": _fingerprint(password)})


def recovery_json(hashed: str) -> str:
    """The recovery code as history keeps it: only that it became another one."""
    return canonical({"code": _fingerprint(hashed)})


def wrong_try_json(secret: str, count: int) -> str:
    """A wrong try as history keeps it: at which secret, and how many there were in a row; nothing of what was typed."""
    return canonical({"secret": secret, "count": count})


def _fingerprint(hashed: str) -> str:
    """Tells one salted hash from another, and gives nobody something to try passwords against."""
    # Compared with what history holds, which names no algorithm: always the first.
    return digest_of(hashed.encode(), FIRST)[:16] if hashed else ""


def restore_json(backup: ChainHead, replaced: ChainHead | None) -> str:
    """A restore as history keeps it: how far the backup was, and how far what it took the place of."""
    gone = {} if replaced is None else {"replaced_line": replaced.line, "replaced_link": replaced.link}
    return canonical({"line": backup.line, "link": backup.link, **gone})


def second_entry_json(second: SecondEntry) -> str:
    """What a second person keyed, canonical JSON."""
    settled = None if second.settled is None else json.loads(entry_json(second.settled))
    return canonical(
        {
            "first": json.loads(entry_json(second.first)),
            "second": json.loads(entry_json(second.second)),
            "outcome": second.outcome.value,
            "settled": settled,
            "first_by": second.first_by,
            "second_by": second.second_by,
        }
    )


def second_entry_from(text: str) -> SecondEntry:
    """What a second person keyed, from its JSON."""
    data = json.loads(text)
    settled = data.get("settled")
    return SecondEntry(
        first=entry_from(data["first"]),
        second=entry_from(data["second"]),
        outcome=Outcome(data["outcome"]),
        settled=None if settled is None else entry_from(settled),
        first_by=data.get("first_by", ""),
        second_by=data.get("second_by", ""),
    )


def workspace_of_row(row: Row[Any]) -> WorkspaceInfo:
    """The head of a workspace."""
    return WorkspaceInfo(row.id, Role(row.role), row.unit_code, row.plan_id, row.created_at, row.demo)


def workspace_json(info: WorkspaceInfo) -> str:
    """The head of a workspace as history keeps it."""
    return canonical(
        {
            "id": info.id,
            "role": info.role.value,
            "unit": info.unit_code,
            "plan": info.plan_id,
            "created_at": info.created_at.isoformat(),
            "demo": info.demo,
        }
    )


def snapshot_json(snapshot: Snapshot) -> str:
    """A submission's content, field for field."""
    return json.dumps(
        {
            "entries": {
                code: json.loads(entry_json(entry)) for code, entry in sorted(snapshot.entries.items())
            },
            "progress": {
                code: json.loads(progress_json(item)) for code, item in sorted(snapshot.progress.items())
            },
            # Not written where there are none, as before there were any.
            **({"reasons": snapshot.reasons} if snapshot.reasons else {}),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def snapshot_from(text: str) -> Snapshot:
    """A submission's content from its JSON."""
    data = json.loads(text)
    return Snapshot(
        entries={code: entry_from(item) for code, item in data["entries"].items()},
        progress={code: progress_from(item) for code, item in data["progress"].items()},
        reasons=data.get("reasons", {}),
    )


def entry_of_row(row: Row[Any]) -> Entry:
    """An entry from a row of ``entries``."""
    return entry_of_plain(partial(getattr, row))


def entry_values(entry: Entry) -> dict[str, Any]:
    """Columns of an entry."""
    return {field.name: field.plain_of(entry) for field in ENTRY_FIELDS}


def return_of_row(row: Row[Any]) -> Return:
    """A return's head from a row of ``returns``."""
    return Return(
        key=ReturnKey(row.plan_id, row.unit_code, row.period),
        revision=row.revision,
        state=ReturnState(row.state),
        round=row.round,
        backfilled=row.backfilled,
        signature=Signature(row.head, row.statistician, row.filled_by, row.phone, row.date),
        check_code=row.check_code,
        submitted_at=row.submitted_at,
    )


def return_values(head: Return) -> dict[str, Any]:
    """Columns of a return's head."""
    return {
        "plan_id": head.key.plan_id,
        "unit_code": head.key.unit_code,
        "period": head.key.period,
        "revision": head.revision,
        "state": head.state.value,
        "round": head.round,
        "backfilled": head.backfilled,
        **asdict(head.signature),
        "check_code": head.check_code,
        "submitted_at": head.submitted_at,
    }


def target_of_row(row: Row[Any]) -> Target:
    """A unit's own target from a row of ``targets``."""
    return Target(
        year=row.year,
        kind=TargetKind(row.kind),
        op=row.op,
        value=row.value,
        text=row.text,
        certainty=row.certainty,
        scope=row.scope,
        unit_code=row.unit_code,
        source=row.source,
    )


def target_json(target: Target | None) -> str | None:
    """A target as history keeps it."""
    return None if target is None else canonical(asdict(target))


def achieved_of_row(row: Row[Any]) -> Achieved:
    """The mark on a target in words from a row of ``achieved``."""
    file = (row.evidence_name, row.evidence_bytes, row.evidence_digest)
    evidence = None if file == (None, None, None) else Evidence(*file)
    return Achieved(row.year, TargetKind(row.kind), row.wanted, row.since, row.text, evidence)


def achieved_values(mark: Achieved) -> dict[str, Any]:
    """Columns of a mark, its place aside."""
    file = mark.evidence
    return {
        "year": mark.year,
        "kind": mark.kind.value,
        "wanted": mark.wanted,
        "since": mark.since,
        "text": mark.text,
        "evidence_name": None if file is None else file.name,
        "evidence_bytes": None if file is None else file.bytes,
        "evidence_digest": None if file is None else file.digest,
    }


def achieved_json(mark: Achieved) -> str:
    """A mark as history keeps it."""
    return canonical({**asdict(mark), "since": mark.since.key})


def achieved_from(data: Mapping[str, Any]) -> Achieved:
    """A mark from its JSON object."""
    file = data.get("evidence")
    return Achieved(
        year=data["year"],
        kind=TargetKind(data["kind"]),
        wanted=data["wanted"],
        since=Period.parse(data["since"]),
        text=data["text"],
        evidence=None if file is None else Evidence(**file),
    )


def assigned_json(assigned: bool) -> str:
    """A word on who answers as history keeps it."""
    return canonical({"assigned": "yes" if assigned else "no"})


def baseline_of_row(row: Row[Any]) -> Baseline:
    """A unit's own baseline from a row of ``baselines``."""
    return Baseline(row.year, row.value, row.note)


def baseline_json(baseline: Baseline | None) -> str | None:
    """A baseline as history keeps it."""
    return None if baseline is None else canonical(asdict(baseline))


def explanation_json(explanation: Explanation | None) -> str | None:
    """An explanation as history keeps it."""
    return None if explanation is None else canonical(asdict(explanation))
