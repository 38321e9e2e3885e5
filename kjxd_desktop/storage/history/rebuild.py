"""What the tables hold and what history says they should hold, in one shape, so that both can be compared.

Both are mappings from a place (what, plan, unit, period, code, and what else tells entries apart) to
canonical JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from kjxd_desktop.domain.digests import fits
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.keeping.verification import TWICE
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.returns.progress import Evidence
from kjxd_desktop.domain.returns.returns import Explanation, Signature
from kjxd_desktop.plan_text.document import digested
from kjxd_desktop.storage import mapping, tables
from kjxd_desktop.storage.history.line import CLOCK, WRONG_TRY, StoredLine
from kjxd_desktop.storage.mapping import SENT_FILES
from kjxd_desktop.usecases.exchanged import ChainHead

# what, plan, unit, period, code, and a part for what the code alone does not tell apart.
Place = tuple[str, str, str, str, str, str]
Content = dict[Place, str]

RESTORE = "restore"
# What lines of earlier releases do not say: compared only where history speaks of it.
LATER_KEYS: Mapping[str, frozenset[str]] = {
    "state": frozenset({"submitted_at"}),
    "import": frozenset({"content", "at"}),
    "submission": frozenset({"line", "link", *SENT_FILES}),
}
# Lines of what happened, to the file as a whole or at its door: no table holds them.
EVENTS = frozenset({RESTORE, CLOCK, WRONG_TRY})
# Rows of one place: the older of two of one digest is a line of its own, looked for in their order.
SENT = "submission"
# A signature that was taken back: the tables have no row of its own for one, so nothing is what they hold.
_NOBODY = ("signature", "{}")
# Lines of contents that came with a return: looked for one by one, not compared as rows.
RECEIVED = "evidence"


def from_history(lines: Iterable[StoredLine]) -> Content:
    """What the tables should hold after every change."""
    content: Content = {}
    for line in lines:
        if line.what == RESTORE:
            _forget_sent_files(content)
        if line.what in EVENTS or line.what == RECEIVED:
            continue
        part = _part(line.what, line.new or line.old)
        place = (line.what, line.plan_id, line.unit, line.period, line.code, part)
        if line.new is None or (line.what, line.new) == _NOBODY:
            content.pop(place, None)
        else:
            content[place] = line.new
    return content


def _forget_sent_files(content: Content) -> None:
    """A workspace brought back from a damaged one may lack the files that were sent; it told so then."""
    for place, text in content.items():
        if place[0] == "submission":
            told = json.loads(text)
            content[place] = mapping.canonical({name: told[name] for name in told if name not in SENT_FILES})


def _part(what: str, text: str | None) -> str:
    """What tells entries with the same code apart; empty where the code is enough."""
    names = _PARTS.get(what)
    if names is None or text is None:
        return ""
    data = json.loads(text)
    part = " ".join(str(data.get(name, "")) for name in names)
    # Of a shared figure only the plan: it has one partner in each.
    return part.partition("/")[0] if what == "shared" else part


_PARTS: Mapping[str, tuple[str, ...]] = {
    "target": ("year", "kind"),
    "achieved": ("year", "kind", "wanted"),
    "explanation": ("rule",),
    "plan": ("revision",),
    "shared": ("with",),
    "submission": ("digest",),
}


def from_tables(connection: Connection) -> tuple[Content, tuple[tuple[str, str], ...]]:
    """What the tables hold, and the tables that cannot be read with the reason."""
    content: Content = {}
    unreadable: list[tuple[str, str]] = []
    for what, read in _READERS.items():
        try:
            for (plan, unit, period, code), text in read(connection):
                place = (what, plan, unit, period, code, _part(what, text))
                if place in content and what != SENT:
                    unreadable.append((what, TWICE))
                content[place] = text
        except (WorkspaceFault, ValueError, TypeError, KeyError, AttributeError, DBAPIError) as error:
            # A damaged row no longer is what its column holds; which row it is cannot always be said.
            unreadable.append((what, f"{type(error).__name__}: {error}"))
    return content, tuple(unreadable)


Read = Iterator[tuple[tuple[str, str, str, str], str]]


def _returns(connection: Connection) -> dict[int, tuple[str, str, str]]:
    columns = tables.returns.c
    query = select(columns.id, columns.plan_id, columns.unit_code, columns.period)
    return {row.id: (row.plan_id, row.unit_code, row.period.key) for row in connection.execute(query)}


def _entries(connection: Connection) -> Read:
    keys = _returns(connection)
    for row in connection.execute(select(tables.entries)):
        yield (*keys[row.return_id], row.indicator), mapping.entry_json(mapping.entry_of_row(row))


def _progress(connection: Connection) -> Read:
    keys = _returns(connection)
    files: dict[tuple[int, str], tuple[Evidence, ...]] = {}
    proofs = select(tables.progress_evidence).order_by(tables.progress_evidence.c.position)
    for row in connection.execute(proofs):
        at = (row.return_id, row.task)
        files[at] = (*files.get(at, ()), Evidence(row.name, row.bytes, row.digest))
    for row in connection.execute(select(tables.progress)):
        item = mapping.progress_of_row(row, files.pop((row.return_id, row.task), ()))
        yield (*keys[row.return_id], row.task), mapping.progress_json(item)
    if files:
        raise ValueError(f"evidence without progress: {next(iter(files))[1]}")


def _explanations(connection: Connection) -> Read:
    keys = _returns(connection)
    for row in connection.execute(select(tables.explanations)):
        text = mapping.explanation_json(Explanation(row.indicator, row.rule, row.basis, row.text))
        yield (*keys[row.return_id], row.indicator), text or ""


def _states(connection: Connection) -> Read:
    for row in connection.execute(select(tables.returns)):
        head = mapping.return_of_row(row)
        yield (row.plan_id, row.unit_code, row.period.key, ""), mapping.state_json(head)


def _signatures(connection: Connection) -> Read:
    for row in connection.execute(select(tables.returns)):
        signature = mapping.return_of_row(row).signature
        if signature != Signature():
            yield (row.plan_id, row.unit_code, row.period.key, ""), mapping.canonical(asdict(signature))


def _targets(connection: Connection) -> Read:
    for row in connection.execute(select(tables.targets)):
        text = mapping.target_json(mapping.target_of_row(row))
        yield (row.plan_id, row.unit_code, "", row.indicator), text or ""


def _achieved(connection: Connection) -> Read:
    for row in connection.execute(select(tables.achieved)):
        text = mapping.achieved_json(mapping.achieved_of_row(row))
        yield (row.plan_id, row.unit_code, "", row.indicator), text


def _baselines(connection: Connection) -> Read:
    for row in connection.execute(select(tables.baselines)):
        text = mapping.baseline_json(mapping.baseline_of_row(row))
        yield (row.plan_id, row.unit_code, "", row.indicator), text or ""


def _assignments(connection: Connection) -> Read:
    for row in connection.execute(select(tables.assignments)):
        yield (row.plan_id, row.unit_code, "", row.code), mapping.assigned_json(row.assigned)


def _deadlines(connection: Connection) -> Read:
    for row in connection.execute(select(tables.deadlines)):
        yield (row.plan_id, "", row.period.key, ""), mapping.canonical({"due": row.due.isoformat()})


def _own_units(connection: Connection) -> Read:
    for row in connection.execute(select(tables.own_units)):
        yield (row.plan_id, "", "", row.plan_id), mapping.canonical({"unit": row.unit_code})


def _shared(connection: Connection) -> Read:
    for row in connection.execute(select(tables.shared_indicators)):
        other = mapping.canonical({"with": f"{row.other_plan}/{row.other_indicator}"})
        yield (row.plan_id, "", "", row.indicator), other


def _plans(connection: Connection) -> Read:
    for row in connection.execute(select(tables.plan_revisions)):
        document = json.loads(row.document)
        since = (document.get("adjustment") or {}).get("since")
        if not fits(digested(document), row.digest) or (row.since.key if row.since else None) != since:
            raise ValueError(f"plan {row.plan_id} {row.revision}")
        kept = {"revision": row.revision, "title": document["title"], "digest": row.digest}
        yield (row.plan_id, "", "", row.plan_id), mapping.canonical(kept)


def _imports(connection: Connection) -> Read:
    for row in connection.execute(select(tables.imports)):
        if not fits(row.original, row.digest):
            raise ValueError(f"import {row.id}")
        place = (row.plan_id, row.unit_code, row.period.key, str(row.id))
        mapping.heads_from(row.heads)
        mapping.came_from(row.came)
        text = mapping.import_of_row(row)
        yield place, text


def _submissions(connection: Connection) -> Read:
    keys = _returns(connection)
    contents = set(connection.scalars(select(tables.evidence_files.c.digest)))
    for row in connection.execute(select(tables.submissions)):
        head = None if row.line is None else ChainHead(row.line, row.link)
        files = (row.workbook, row.evidence)
        for digest in files:
            if digest is not None and digest not in contents:
                raise ValueError(f"sent file {digest[:12]}")
        text = mapping.submission_json(row.round, row.digest, row.file_name, head, files)
        yield (*keys[row.return_id], ""), text


def _second_entries(connection: Connection) -> Read:
    keys = _returns(connection)
    for row in connection.execute(select(tables.second_entries)):
        text = mapping.second_entry_json(mapping.second_entry_from(row.content))
        yield (*keys[row.return_id], row.indicator), text


def _operators(connection: Connection) -> Read:
    for row in connection.execute(select(tables.operators)):
        OperatorRole(row.role)
        yield ("", "", "", row.name), mapping.operator_json(row.role, row.active, row.password)


def _recovery(connection: Connection) -> Read:
    for row in connection.execute(select(tables.recovery)):
        yield ("", "", "", ""), mapping.recovery_json(row.hash)


def _workspace(connection: Connection) -> Read:
    for row in connection.execute(select(tables.workspace)):
        yield ("", "", "", ""), mapping.workspace_json(mapping.workspace_of_row(row))


def _evidence(connection: Connection) -> Read:
    for row in connection.execute(select(tables.evidence_files)):
        if not fits(row.content, row.digest) or row.bytes != len(row.content):
            raise ValueError(f"evidence {row.digest[:12]}")
    yield from ()


_READERS: Mapping[str, Callable[[Connection], Read]] = {
    "workspace": _workspace,
    "plan": _plans,
    "own_unit": _own_units,
    "shared": _shared,
    "assignment": _assignments,
    "target": _targets,
    "baseline": _baselines,
    "achieved": _achieved,
    "deadline": _deadlines,
    "state": _states,
    "signature": _signatures,
    "entry": _entries,
    "progress": _progress,
    "explanation": _explanations,
    "evidence": _evidence,
    "second_entry": _second_entries,
    "submission": _submissions,
    "import": _imports,
    "operator": _operators,
    "recovery": _recovery,
}


# Every kind of content that is compared.
COMPARED = tuple(_READERS)


def same(what: str, told: str, held: str) -> bool:
    """Whether a row holds what history tells; what older lines do not speak of is left out."""
    if told == held:
        return True
    later = LATER_KEYS.get(what)
    if later is None:
        return False
    said, found = json.loads(told), json.loads(held)
    return bool(said == {name: value for name, value in found.items() if name in said or name not in later})
