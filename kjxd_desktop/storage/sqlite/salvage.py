"""What a damaged workspace still tells of the time after its backup: lines that the chain of links proves."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from kjxd_desktop.storage.history.line import LINKED, StoredLine
from kjxd_desktop.storage.history.rebuild import COMPARED, Content
from kjxd_desktop.storage.sqlite.carve import carved_lines
from kjxd_desktop.storage.sqlite.connect import connect
from kjxd_desktop.usecases.exchanged import ChainHead

# Numbers of lines follow each other; a far one is a misread row.
_WIDEST_GAP = 1000
Candidates = Mapping[int, tuple[StoredLine, ...]]
# plan, unit, period, code
Where = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Salvage:
    """Lines after a backup's head.

    Attributes:
        lines: Those the chain proves, in order.
        missing: Numbers of those that it does not, with what is known of each.
        follows: Whether the damaged history goes on from the backup at all.
    """

    lines: tuple[StoredLine, ...]
    missing: Mapping[int, StoredLine | Where | None]
    follows: bool


def find_lines(damaged: Path, page_size: int) -> Candidates:
    """Everything in a damaged file that reads like a line of history."""
    return carved_lines(damaged, page_size)


def goes_on_from(found: Candidates, head: ChainHead) -> bool:
    """Whether a damaged history holds a backup's head, so that the backup is an earlier state of it."""
    if head.line == 0 or any(line.link == head.link for line in found.get(head.line, ())):
        return True
    return any(line.linked(head.link) == line.link for line in found.get(head.line + 1, ()))


def salvage(found: Candidates, indexed: Mapping[int, Where], head: ChainHead, held: Content) -> Salvage:
    """Follow the chain on from a backup's head.

    A damaged line is taken when one value that stands elsewhere in the file makes its link fit, or when
    only its link is damaged and the next line or the tables bear it out. After a line that cannot be
    proven, the link stored with it carries on.

    Args:
        indexed: Places of lines by number, as the index of history has them.
        held: What the damaged tables hold.
    """
    if not goes_on_from(found, head):
        return Salvage((), {}, False)
    pool = _Pool(found, held)
    lines: list[StoredLine] = []
    missing: dict[int, StoredLine | Where | None] = {}
    link: str | None = head.link
    for number in range(head.line + 1, _last({*found, *indexed}, head.line) + 1):
        line = None if link is None else _proven(found, number, link, pool, held)
        if line is not None:
            lines.append(line)
            link = line.link
            continue
        options = found.get(number, ())
        missing[number] = options[0] if options else indexed.get(number)
        link = options[0].link if options else None
    return Salvage(tuple(lines), missing, True)


def indexed_places(damaged: Path) -> Mapping[int, Where]:
    """Where each line of history belongs, from its index, which lies on other pages than the lines."""
    query = (
        "SELECT id, ifnull(plan_id, ''), ifnull(unit_code, ''), ifnull(period, ''), ifnull(code, '') "
        "FROM history INDEXED BY ix_history_cell"
    )
    places: dict[int, Where] = {}
    try:
        with closing(connect(damaged)) as connection:
            for number, *where in connection.execute(query):
                plan, unit, period, code = map(str, where)
                places[int(number)] = (plan, unit, period, code)
    except (sqlite3.Error, UnicodeDecodeError, ValueError, TypeError):
        # As far as it could be read: it only helps to name what is missing.
        pass
    return places


def _proven(found: Candidates, number: int, link: str, pool: _Pool, held: Content) -> StoredLine | None:
    options = found.get(number, ())
    for line in options:
        if line.linked(link) == line.link:
            return line
    for line in options:
        computed = line.linked(link)
        after = found.get(number + 1, ())
        if any(other.linked(computed) == other.link for other in after) or _borne_out(line, held):
            return replace(line, link=computed)
        mended = pool.mended(line, link)
        if mended is not None:
            return mended
    # The number itself may be damaged.
    for line in pool.all:
        if line.linked(link) == line.link:
            return replace(line, id=number)
    return None


def _borne_out(line: StoredLine, held: Content) -> bool:
    """Whether the tables hold exactly what the line says; only content that is told apart by its code."""
    place = (line.what, line.plan_id, line.unit, line.period, line.code, "")
    return line.new is not None and held.get(place) == line.new


class _Pool:
    """Every value that stands anywhere in the file, field by field."""

    def __init__(self, found: Candidates, held: Content) -> None:
        self.all = tuple(line for lines in found.values() for line in lines)
        self._values: dict[str, tuple[str | None, ...]] = {
            name: tuple(dict.fromkeys(getattr(line, name) for line in self.all)) for name in LINKED
        }
        self._values["what"] = (*self._values["what"], *COMPARED)
        contents: Iterable[str | None] = dict.fromkeys(
            (*self._values["old"], *self._values["new"], *held.values())
        )
        self._values["old"] = self._values["new"] = tuple(contents)

    def mended(self, line: StoredLine, link: str) -> StoredLine | None:
        """The line with one damaged field replaced, when its link then fits."""
        for changed in self._changed(line):
            if changed.linked(link) == line.link:
                return changed
        return None

    def _changed(self, line: StoredLine) -> Iterator[StoredLine]:
        for name in LINKED:
            change: Callable[..., StoredLine] = replace
            for value in self._values[name]:
                yield change(line, **{name: value})


def _last(numbers: set[int], head: int) -> int:
    last = head
    for number in sorted(number for number in numbers if number > head):
        if number - last > _WIDEST_GAP:
            break
        last = number
    return last
