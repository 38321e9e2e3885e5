"""Reading the 单位 sheet: units, and names that stand for several of them."""

from __future__ import annotations

from collections.abc import Mapping

from kjxd_desktop.domain.plan.names import NameBook
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.plans.book_draft import Draft, Entry, Record, give_code, give_codes
from kjxd_desktop.wording import terms

_NOT_FOR_COLLECTIVES = ("code", "reports", "office", "aliases", "inside", "since")


def read_units(draft: Draft, head: Mapping[str, object]) -> tuple[NameBook, Record]:
    """The tables ``units`` and ``collectives`` of the plan document, and the units' names."""
    entries = [Entry(row) for row in draft.rows("units")]
    for entry in entries:
        draft.needs(entry, "name", "level")
    units = draft.tables["units"] = [entry for entry in entries if entry.record["level"] != terms.COLLECTIVE]
    collectives = draft.tables["collectives"] = [
        entry for entry in entries if entry.record["level"] == terms.COLLECTIVE
    ]
    for entry in units:
        _unit(draft, entry)
    _region_code(draft, units, head)
    give_codes(draft, units, "U")
    names = NameBook((str(entry.record["code"]), _names(entry)) for entry in units)
    draft.lose("units", units)
    if any("name" in entry.unread for entry in collectives):
        draft.lost.add(("units", "name"))
    for entry in units:
        entry.record["inside"] = draft.refer(entry, "inside", names, "units", "unknown_unit")
    for entry in collectives:
        _collective(draft, entry, names)
    return names, {
        "units": [entry.record for entry in units],
        "collectives": [entry.record for entry in collectives],
    }


def _unit(draft: Draft, entry: Entry) -> None:
    draft.texts(entry, "code", "office")
    draft.maybe(entry, "aliases", "reports", "since")
    if "members" in entry.row.cells:
        draft.tell(entry.row, "members", "only_collectives")


def _names(entry: Entry) -> tuple[str, ...]:
    aliases = entry.record.get("aliases", [])
    assert isinstance(aliases, list)
    return (str(entry.record["name"]), str(entry.record["office"]), *aliases)


def _region_code(draft: Draft, units: list[Entry], head: Mapping[str, object]) -> None:
    """The only unit of the city's level has the region's code, when that is not taken."""
    region = head.get("region")
    cities = [entry for entry in units if entry.record["level"] == Level.CITY]
    known = {entry.record["code"] for entry in units} | {entry.record["name"] for entry in units}
    if len(cities) == 1 and not cities[0].record["code"] and region and region not in known:
        give_code(draft, cities[0], str(region))


def _collective(draft: Draft, entry: Entry, units: NameBook) -> None:
    del entry.record["level"]
    for key in _NOT_FOR_COLLECTIVES:
        if key in entry.row.cells:
            draft.tell(entry.row, key, "not_for_collectives")
    members = draft.value(entry, "members")
    found = []
    for name in members if isinstance(members, list) else []:
        code = units.code(name)
        if code is not None:
            found.append(code)
        elif draft.judges(name, "units"):
            draft.tell(entry.row, "members", "unknown_unit", text=name)
    entry.record["members"] = found
