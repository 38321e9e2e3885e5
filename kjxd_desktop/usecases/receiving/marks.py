"""Marks on targets in words that come with a unit's return (rules.md 5).

A mark is a person's word. What the city has no mark of is taken over; where it has one and the unit says something
else, or says it no longer, the city's stays and the person is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.ports import UnitOfWork
from kjxd_desktop.usecases.receiving.codes import Notice
from kjxd_desktop.usecases.receiving.gate import Incoming

_Place = tuple[int, TargetKind, str]


@dataclass(frozen=True, slots=True)
class Marks:
    """What a file says of targets in words, beside what stands here.

    Attributes:
        new: Marks to take over, by indicator code.
        differ: Names of indicators whose marks here say something else.
    """

    new: Mapping[str, tuple[Achieved, ...]]
    differ: tuple[str, ...]

    def notices(self, incoming: Incoming) -> Notes:
        """What the person is told of them before anything is written."""
        names = "、".join(item.name for item in incoming.plan.indicators if item.code in self.new)
        told: Notes = ()
        if self.new:
            params = {"count": str(len(self.new)), "names": names, "unit": incoming.unit.name}
            told = ((Notice.MARKS_NEW.value, tuple(params.items())),)
        if self.differ:
            told = (*told, (Notice.MARKS_DIFFER.value, (("names", "、".join(self.differ)),)))
        return told


def marks_of(uow: UnitOfWork, incoming: Incoming) -> Marks:
    """What a unit's file says of its targets in words; nothing where its program knew of no such marks."""
    told, period = incoming.file.achieved, incoming.key.period
    if told is None:
        return Marks({}, ())
    here = uow.achieved.marks(incoming.plan.id, incoming.unit.code)
    new: dict[str, tuple[Achieved, ...]] = {}
    differ: list[str] = []
    for indicator in incoming.duty.indicators:
        code = indicator.code
        if not incoming.duty.owes(indicator):
            continue
        sent = _by_place(mark for mark in told.get(code, ()) if mark.since <= period)
        kept = _by_place(here.get(code, ()))
        new[code] = tuple(mark for place, mark in sent.items() if place not in kept)
        gone = any(mark.since <= period for place, mark in kept.items() if place not in sent)
        if gone or any(_says(mark) != _says(kept.get(place, mark)) for place, mark in sent.items()):
            differ.append(indicator.name)
    return Marks({code: marks for code, marks in new.items() if marks}, tuple(differ))


def take_marks(uow: UnitOfWork, incoming: Incoming, marks: Marks) -> frozenset[str]:
    """Keep the marks that are new here; of which indicators."""
    for code, items in marks.new.items():
        for mark in items:
            uow.achieved.put(incoming.plan.id, incoming.unit.code, code, mark)
    return frozenset(marks.new)


def _by_place(marks: Iterable[Achieved]) -> dict[_Place, Achieved]:
    return {(mark.year, mark.kind, mark.wanted): mark for mark in marks}


def _says(mark: Achieved) -> tuple[object, str]:
    return mark.since, mark.text
