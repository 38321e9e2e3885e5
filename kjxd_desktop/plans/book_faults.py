"""Mistakes of the plan as mistakes of cells: where each stands, and which only follow from another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from kjxd_desktop.domain.grid import row_and_column
from kjxd_desktop.domain.plan.names import SEPARATOR
from kjxd_desktop.plan_text.faults import PlanFault, entry_label
from kjxd_desktop.plans.book_draft import Draft, Entry
from kjxd_desktop.plans.book_layout import HEAD
from kjxd_desktop.usecases.planning.book import CellFault
from kjxd_desktop.wording.planning.words import SHEET

# Faults of whole fields stand at one of their columns.
_COLUMN = {
    "targets": "value",
    "ranges": "low",
    "components": "role",
    "baseline": "baseline year",
    "items": "text",
    "task": "parent",
    "list": "list",
}
_HEAD = {
    "adjustment": "adjustment since",
    "bands": "bands between",
    "checks": "checks year_change",
    "period": "last_year",
}
_RATIO_CODES = ("half_a_ratio", "ratio_without_parts")
# What a rule about a nested entry reads beside the column it is shown at.
_RESTS_ON = {
    "target_twice": ("year", "kind", "scope", "unit_code"),
    "value_or_text": ("value", "text"),
    "range_backwards": ("low", "high"),
}
# A name or code that leads nowhere is one mistake, wherever it is written.
_UNKNOWN = ("unknown_unit", "unknown_code", "unknown_task")
_UNIT_NAMES = ("name", "office", "aliases")


class FaultPlaces:
    """Finds the cell of each mistake.

    Args:
        draft: The sheets as they were read.
        lost_parts: Some component could not be given to its indicator.
    """

    def __init__(self, draft: Draft, *, lost_parts: bool) -> None:
        self._draft = draft
        self._lost_parts = lost_parts

    def unread(self) -> tuple[PlanFault, ...]:
        """The fields that could not be read, so that rules resting on them stay silent."""
        found = [PlanFault("plan", 0, "", _plan_field(key), "missing") for key in self._draft.head_unread]
        for table, entries in self._draft.tables.items():
            for number, entry in enumerate(entries, start=1):
                label = entry_label(number, entry.record.get("code", entry.record.get("no", "")))
                found += [PlanFault(table, number, label, key, "missing") for key in entry.unread]
        return tuple(found)

    def cells(self, faults: Iterable[PlanFault]) -> Iterator[CellFault]:
        """The mistakes with their cells; what follows from another mistake is left out."""
        faults = tuple(faults)
        small = {fault.number for fault in faults if fault.code == "factor_small"}
        for fault in faults:
            if fault.code == "percent_factor" and fault.number in small:
                continue
            cell = self._cell(fault)
            unknown = fault.code == "unknown_unit"
            if cell is None or (unknown and not self._draft.judges(fault.params["text"], "units")):
                continue
            yield cell

    def _cell(self, fault: PlanFault) -> CellFault | None:
        if fault.table == "plan":
            return self._head_cell(fault)
        nested = _nested(fault.field)
        owner = self._draft.tables[fault.table][fault.number - 1]
        entry, field = owner, fault.field
        if nested:
            entry = self._draft.nested[fault.table, fault.number, nested]
            field = fault.field.removeprefix(nested).strip() or nested.split()[0]
            if {field, *_RESTS_ON.get(fault.code, ())} & entry.unread:
                return None
        if field == "components":
            return self._ratio_cell(fault, owner)
        key = "year" if fault.code == "target_twice" else _COLUMN.get(field, field)
        if fault.code == "target_twice" and self._earlier_unread(fault):
            return None
        if field == "name or alias":
            key = _named_by(entry, fault.params["text"])
        return entry.row.fault(_column_of(entry, key), fault.code, **self._params(fault))

    def _indicators_known(self, fault: PlanFault) -> bool:
        """Whether what the row names could have been found: not when its sheet or code was not read."""
        known = self._draft.table("indicators") is not None
        return known and self._draft.judges(fault.params["text"], "indicators")

    def _head_cell(self, fault: PlanFault) -> CellFault | None:
        if fault.field == "rekeyed" and not self._indicators_known(fault):
            return None
        key = _HEAD.get(fault.field, fault.field)
        if fault.code == "year_outside":
            first = self._draft.head.get("first_year")
            said = first.row.cells.get("first_year") if first else None
            key = "first_year" if said is not None and fault.params["year"] in said.text else "last_year"
        elif fault.code == "lag_outside":
            key = "bands task_lag_points"
        elif fault.code == "outlier_points_few":
            key = "checks outlier_points"
        elif fault.code == "adjustment_first":
            key = "revision"
        if self._rests_on_sheet(fault):
            return None
        code = "unknown_region" if fault.field == "region" else fault.code
        entry = self._draft.head.get(key)
        if entry is not None:
            return entry.row.fault(key, code, **fault.params)
        table = self._draft.table("plan")
        if table is None:
            return None
        heading = next((column.heading for column in HEAD if column.key == key), key)
        return CellFault(table.sheet, f"A{table.header}", code, {"column": heading, **fault.params})

    def _rests_on_sheet(self, fault: PlanFault) -> bool:
        """Whether a fault of the head only says again that another sheet could not be read."""
        if fault.field == "region":
            return not self._draft.judges(fault.params.get("text", ""), "units")
        tasks = self._draft.tables["tasks"]
        lost = "tasks" not in self._draft.sheets.tables or any("list" in entry.unread for entry in tasks)
        return fault.field == "reported_list" and lost

    def _ratio_cell(self, fault: PlanFault, owner: Entry) -> CellFault | None:
        """A fault of numerator and denominator together: at one of them, else at the way of adding up."""
        if fault.code in _RATIO_CODES and self._lost_parts:
            return None
        parts = [
            entry
            for (table, number, place), entry in self._draft.nested.items()
            if (table, number) == (fault.table, fault.number) and place.startswith("components")
        ]
        if any({"role", "unit"} & entry.unread for entry in parts):
            return None
        if parts and fault.code != "ratio_without_parts":
            key = "unit" if fault.code == "percent_units" else "role"
            return parts[-1].row.fault(key, fault.code, **fault.params)
        return owner.row.fault("aggregation", fault.code, **fault.params)

    def _earlier_unread(self, fault: PlanFault) -> bool:
        """Whether a target before this one only seems to be the same, for want of being read."""
        return (fault.table, fault.number) in self._unread_targets

    @cached_property
    def _unread_targets(self) -> set[tuple[str, int]]:
        """The entries with a target of which something could not be read."""
        return {
            (table, number)
            for (table, number, place), entry in self._draft.nested.items()
            if place.startswith("targets") and set(_RESTS_ON["target_twice"]) & entry.unread
        }

    def _params(self, fault: PlanFault) -> dict[str, str]:
        """The fault's texts; another entry is named by its row, as people see it."""
        params = dict(fault.params)
        if "first" in params and fault.code == "used_twice":
            first = self._draft.tables[fault.table][int(params["first"]) - 1]
            params["first"] = str(first.row.number)
        return params


def in_order(faults: Iterable[CellFault], sheets: Iterable[str]) -> tuple[CellFault, ...]:
    """By sheets in the workbook's order, then by rows and columns; the same mistake once."""
    order = {name: place for place, name in enumerate((*SHEET.values(), *sheets))}

    def place(fault: CellFault) -> tuple[int, int, int]:
        row, column = row_and_column(fault.cell) if fault.cell else (0, 0)
        return order.get("".join(fault.sheet.split()), len(order)), row, column

    same: dict[tuple[str, ...], list[CellFault]] = {}
    for fault in sorted(faults, key=place):
        if fault.code in _UNKNOWN:
            same.setdefault((fault.code, fault.params["text"]), []).append(fault)
        else:
            same[fault.sheet, fault.cell, fault.code, *fault.params.values()] = [fault]
    return tuple(_with_others(told) for told in same.values())


def _nested(field: str) -> str:
    """``targets #2`` of ``targets #2 value``; empty for a field of the entry itself."""
    words = field.split()
    return " ".join(words[:2]) if len(words) > 1 and words[1].startswith("#") else ""


def _plan_field(key: str) -> str:
    """The plan's field a row of the 方案 sheet belongs to."""
    return "period" if key in ("first_year", "last_year") else key


def _named_by(entry: Entry, name: str) -> str:
    """The column in which an entry says a name."""
    for key in _UNIT_NAMES:
        said = entry.record.get(key)
        if said == name or (isinstance(said, list) and name in said):
            return key
    return "name"


def _column_of(entry: Entry, key: str) -> str:
    known = {column.key for column in entry.row.table.layout.columns}
    return key if key in known or key in entry.row.table.columns else next(iter(entry.row.table.columns))


def _with_others(told: list[CellFault]) -> CellFault:
    """What nobody knows is told at its first cell, with the other cells named."""
    first = told[0]
    others = [
        fault.cell if fault.sheet == first.sheet else f"{fault.sheet}!{fault.cell}"
        for fault in told[1:]
        if (fault.sheet, fault.cell) != (first.sheet, first.cell)
    ]
    if not others:
        return first
    places = {"count": str(len(others)), "others": SEPARATOR.join(dict.fromkeys(others))}
    return CellFault(first.sheet, first.cell, first.code, {**first.params, **places})
