"""Marks on targets in words that come with a unit's return (rules.md 5).

A mark is a person's word. What the city has no mark of is taken over; where it has one and the unit says something
else, or says it no longer, the city's stays and the person is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kjxd_desktop.domain.file_names import safe_name
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.progress import Evidence
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
        proved: Marks that stand here and whose file comes only now.
        differ: Names of indicators whose marks here say something else.
    """

    new: Mapping[str, tuple[Achieved, ...]]
    differ: tuple[str, ...] = ()
    proved: Mapping[str, tuple[Achieved, ...]] = field(default_factory=dict)

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
        return Marks({})
    here = uow.achieved.marks(incoming.plan.id, incoming.unit.code)
    new: dict[str, tuple[Achieved, ...]] = {}
    proved: dict[str, tuple[Achieved, ...]] = {}
    differ: list[str] = []
    for indicator in incoming.duty.indicators:
        code = indicator.code
        if not incoming.duty.owes(indicator):
            continue
        sent = _by_place(mark for mark in told.get(code, ()) if mark.since <= period)
        kept = _by_place(here.get(code, ()))
        new[code] = tuple(mark for place, mark in sent.items() if place not in kept)
        same = {
            place: mark for place, mark in sent.items() if place in kept and _says(kept[place]) == _says(mark)
        }
        proved[code] = tuple(
            mark for place, mark in same.items() if kept[place].evidence is None and mark.evidence
        )
        gone = any(mark.since <= period for place, mark in kept.items() if place not in sent)
        if gone or any(place in kept and place not in same for place in sent):
            differ.append(indicator.name)
    return Marks({code: marks for code, marks in new.items() if marks}, tuple(differ), proved)


def take_marks(uow: UnitOfWork, incoming: Incoming, marks: Marks) -> frozenset[str]:
    """Keep the marks that are new here, with the files that have come; of which indicators."""
    for found in (marks.new, marks.proved):
        for code, items in found.items():
            for mark in items:
                proof = _here(uow, mark.evidence)
                if found is marks.new or proof is not None:
                    kept = replace(mark, evidence=proof)
                    uow.achieved.put(incoming.plan.id, incoming.unit.code, code, kept)
    return frozenset(marks.new)


def proofs_of(incoming: Incoming) -> tuple[Evidence, ...]:
    """The files that the marks of a file name."""
    told = (incoming.file.achieved or {}).values()
    return tuple(mark.evidence for marks in told for mark in marks if mark.evidence is not None)


def _here(uow: UnitOfWork, proof: Evidence | None) -> Evidence | None:
    """A file whose content has come, under a name that every system can store."""
    if proof is None or uow.returns.evidence(proof.digest) is None:
        return None
    return replace(proof, name=safe_name(proof.name))


def _by_place(marks: Iterable[Achieved]) -> dict[_Place, Achieved]:
    return {(mark.year, mark.kind, mark.wanted): mark for mark in marks}


def _says(mark: Achieved) -> tuple[object, str]:
    return mark.since, mark.text
