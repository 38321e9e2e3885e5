"""What stands in a return that came without the program's word on it (rules.md 1.6, 5.6).

A form filled with a spreadsheet program alone leaves blank what nobody has to type: annual figures of an earlier
return, tasks that are done or not the unit's. The program that sends a return writes these into it; for a file that
no program sent, the city's does, as it takes the file in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.domain.returns.entry import MISSING, REMARKS, Entry
from kjxd_desktop.domain.returns.progress import Progress
from kjxd_desktop.domain.returns.returns import Return, ReturnState
from kjxd_desktop.usecases.exchanged import Snapshot
from kjxd_desktop.usecases.filling.keep_tasks import keep_standing_tasks
from kjxd_desktop.usecases.filling.view import load_view
from kjxd_desktop.usecases.ports import UnitOfWork
from kjxd_desktop.usecases.receiving.gate import Incoming
from kjxd_desktop.usecases.receiving.read import Fields

_REMARKS = frozenset(item.name for item in REMARKS)


def left_blank(incoming: Incoming, entries: Mapping[str, Fields]) -> frozenset[str]:
    """Annual indicators of whose figure a file that no program sent says nothing, by code."""
    if incoming.signed:
        return frozenset()
    due = (item for item in incoming.duty.indicators if incoming.duty.owes(item))
    annual = {item.code for item in due if item.kind is Kind.ANNUAL}
    return frozenset(
        code for code, fields in entries.items() if code in annual and not _says_a_figure(fields)
    )


def _says_a_figure(fields: Fields) -> bool:
    return "value" not in fields or any(
        read.text or read.problem for name, read in fields.items() if name not in _REMARKS
    )


def said_of_tasks(progress: Mapping[str, Fields]) -> frozenset[str]:
    """Tasks of which the file says something, readable or not."""
    return frozenset(
        code
        for code, fields in progress.items()
        if any(read.text or read.problem for read in fields.values())
    )


def as_left_blank(
    uow: UnitOfWork, incoming: Incoming, kept: Snapshot, blank: Collection[str], said: Collection[str]
) -> Snapshot:
    """What is kept, without what would stand there by itself: a blank row says nothing against that.

    Args:
        blank: Indicators of which the file says nothing.
        said: Tasks of which it says something.
    """
    if incoming.signed:
        return kept
    bare = {
        code: MISSING.beside(entry) for code, entry in kept.entries.items() if entry.carried and code in blank
    }
    stands = standing_entries(uow, incoming, bare)
    tasks = {code: item for code, item in kept.progress.items() if code in said or not item.carried}
    return Snapshot({**kept.entries, **{code: bare[code] for code in stands}}, tasks)


def standing_entries(uow: UnitOfWork, incoming: Incoming, blank: Mapping[str, Entry]) -> dict[str, Entry]:
    """The figures that stand where these entries are, by code; one that waits for a newer one is not among them."""
    return dict(_standing(uow, incoming, blank)) if blank else {}


def _standing(uow: UnitOfWork, incoming: Incoming, blank: Mapping[str, Entry]) -> Iterator[tuple[str, Entry]]:
    view = load_view(uow, incoming.key)
    view = replace(view, head=replace(view.head, state=ReturnState.DRAFT)).with_entries(blank)
    for indicator in incoming.duty.indicators:
        if indicator.code in blank and (entry := view.answer(indicator)).carried:
            yield indicator.code, entry


def keep_left_tasks(
    uow: UnitOfWork, incoming: Incoming, head: Return, said: Collection[str]
) -> Mapping[str, Progress]:
    """Write the tasks that stand into the return; answers with them, by code."""
    if incoming.signed:
        return {}
    left = [task.code for task in incoming.duty.tasks if task.code not in said]
    keep_standing_tasks(uow, replace(head, state=ReturnState.DRAFT), incoming.duty, left)
    return {
        code: item for code, item in uow.returns.progress(head.key).items() if code in left and item.carried
    }
