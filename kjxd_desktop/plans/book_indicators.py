"""Reading 指标, 分子分母, 目标 and 审核: the indicators with what belongs to each."""

from __future__ import annotations

from collections.abc import Callable

from kjxd_desktop.domain.plan.indicator import Aggregation, ComponentRole, Direction, Measure
from kjxd_desktop.domain.plan.names import NameBook
from kjxd_desktop.plans.book_draft import Draft, Entry, Record, give_codes
from kjxd_desktop.plans.book_layout import INDICATORS

_AGGREGATION = {
    Measure.AMOUNT: Aggregation.SUM,
    Measure.COUNT: Aggregation.SUM,
    Measure.RATIO: Aggregation.RATIO,
}
_RATIO_DECIMALS = 2
_PERCENT_FACTOR = "100"
_SUFFIX = {ComponentRole.NUMERATOR: "N", ComponentRole.DENOMINATOR: "D"}


_DOWN = Direction.DOWN.value


class IndicatorRows:
    """Reads the four sheets.

    Args:
        draft: What is collected.
        units: The plan's units.

    Attributes:
        names: The indicators by code and name.
        lost_parts: Some row of 分子分母 could not be given to its indicator.
    """

    def __init__(self, draft: Draft, units: NameBook) -> None:
        self._draft = draft
        self._units = units
        self._entries = [Entry(row) for row in draft.rows("indicators")]
        self.names = NameBook(())
        self._measured_in: dict[str, str] = {}
        self.lost_parts = draft.table("components") is None

    def read(self) -> list[Record]:
        """The table ``indicators`` of the plan document."""
        draft = self._draft
        draft.tables["indicators"] = self._entries
        for place, entry in enumerate(self._entries, start=1):
            self._indicator(entry, place)
        give_codes(draft, self._entries, "I")
        draft.lose("indicators", self._entries)
        self.names = NameBook((str(entry.record["code"]), _names(entry)) for entry in self._entries)
        self._measured_in = {
            str(entry.record["code"]): str(entry.record["unit"])
            for entry in reversed(self._entries)
            if "unit" not in entry.unread
        }
        numbers = {str(entry.record["code"]): number for number, entry in self._numbered()}
        self._nest("components", numbers, self._component)
        self._nest("targets", numbers, self._target)
        self._nest("ranges", numbers, self._range)
        self._give_component_codes()
        return [entry.record for entry in self._entries]

    def unit_of(self, code: str | None) -> str | None:
        """Unit of measure of an indicator; None where it could not be read."""
        return self._measured_in.get(code or "")

    def _numbered(self) -> list[tuple[int, Entry]]:
        """Entries with their numbers, the first of a code used twice last, so that it is the one found."""
        return list(reversed(list(enumerate(self._entries, start=1))))

    def _indicator(self, entry: Entry, place: int) -> None:
        draft = self._draft
        draft.texts(entry, "code")
        draft.default(entry, "no", str(place), str(place))
        draft.needs(entry, "name", "class", "unit", "kind", "measure")
        measure = Measure(str(entry.record["measure"]))
        self._settings(entry, measure)
        unit = None if "unit" in entry.unread else str(entry.record["unit"])
        if unit == "%" and measure is Measure.RATIO:
            draft.default(entry, "factor", _PERCENT_FACTOR, _PERCENT_FACTOR)
        else:
            draft.maybe(entry, "factor")
        draft.maybe(entry, "share", "release_month", "profile", "reference", "aliases")
        draft.texts(entry, "definition", "source_dept", "source", "quote")
        baseline = read_baseline(draft, entry, unit)
        if baseline is not None:
            entry.record["baseline"] = baseline

    def _settings(self, entry: Entry, measure: Measure) -> None:
        """What may be left to the measure; nothing is made of a measure that could not be read."""
        if "measure" in entry.unread:
            for key in ("direction", "decimals", "aggregation"):
                entry.record[key] = self._draft.needed(entry, key)
                entry.unread.add(key)
            return
        direction = Direction.DOWN if measure is Measure.RANK else Direction.UP
        decimals = 0 if measure in (Measure.COUNT, Measure.RANK) else _RATIO_DECIMALS
        aggregation = _AGGREGATION.get(measure, Aggregation.CITY)
        words = {key: INDICATORS.column(key).words for key in ("direction", "aggregation")}
        self._draft.default(entry, "direction", direction.value, words["direction"][direction])
        self._draft.default(entry, "decimals", decimals, str(decimals))
        self._draft.default(entry, "aggregation", aggregation.value, words["aggregation"][aggregation])

    def _nest(self, table: str, numbers: dict[str, int], read: Callable[[Entry, str | None], None]) -> None:
        """Put the rows of a sheet into their indicators, in order."""
        for row in self._draft.rows(table):
            entry = Entry(row)
            code = refer_by_code_or_name(
                self._draft, entry, self.names, ("indicator", "indicator_name"), "indicators"
            )
            read(entry, self.unit_of(code))
            if code is None:
                self.lost_parts = self.lost_parts or table == "components"
                continue
            owner = self._entries[numbers[code] - 1]
            if table == "targets" and "op" not in row.cells and owner.record.get("direction") == _DOWN:
                entry.record["op"] = "<="
            records = owner.record.setdefault(table, [])
            assert isinstance(records, list)
            records.append(entry.record)
            self._draft.nested["indicators", numbers[code], f"{table} #{len(records)}"] = entry

    def _component(self, entry: Entry, unit: str | None) -> None:
        self._draft.needs(entry, "role", "name", "unit")
        self._draft.texts(entry, "code")

    def _target(self, entry: Entry, unit: str | None) -> None:
        draft = self._draft
        draft.needs(entry, "year", "kind")
        read_target(draft, entry, unit)
        entry.record["unit_code"] = draft.refer(entry, "unit_code", self._units, "units", "unknown_unit")

    def _range(self, entry: Entry, unit: str | None) -> None:
        self._draft.needs(entry, "levels")
        for key in ("low", "high"):
            entry.record[key] = self._draft.needed(entry, key, unit)

    def _give_component_codes(self) -> None:
        """Codes of components come from their indicator's: I03N, I03D, I03P1."""
        nested = [(place, entry) for place, entry in self._draft.nested.items() if "components" in place[2]]
        used = {str(entry.record["code"]) for entry in self._entries}
        used |= {str(entry.record["code"]) for _, entry in nested}
        for (_, number, _), entry in nested:
            if entry.record["code"]:
                continue
            owner = self._entries[number - 1].record["code"]
            suffix = _SUFFIX.get(ComponentRole(str(entry.record["role"])), "P1")
            count = 1
            while (code := f"{owner}{suffix}") in used:
                count += 1
                suffix = f"{suffix.rstrip('0123456789')}{count}"
            used.add(code)
            entry.record["code"] = code
            if "code" not in entry.unread:
                self._draft.note(entry.row, "code", "code_given", text=code)


def _names(entry: Entry) -> tuple[str, ...]:
    aliases = entry.record.get("aliases", [])
    assert isinstance(aliases, list)
    return (str(entry.record["name"]), *aliases)


def read_baseline(draft: Draft, entry: Entry, unit: str | None) -> Record | None:
    """A baseline from its three cells; half of one is a mistake of the other half."""
    year = draft.value(entry, "baseline year")
    value = draft.value(entry, "baseline value", unit)
    note = draft.text(entry, "baseline note")
    found = {"baseline year": year, "baseline value": value}
    if year is None and value is None:
        if not note or {*found} & entry.unread:
            return None
        # A remark alone: one cell is enough to tell.
        found.popitem()
    for key, part in found.items():
        if part is None and key not in entry.unread:
            draft.tell(entry.row, key, "baseline_half")
            entry.unread.add(key)
    return {"year": year or 0, "value": value or "0", "note": note}


def read_target(draft: Draft, entry: Entry, unit: str | None, op: str = ">=") -> None:
    """What a target says beside its year and kind."""
    entry.record["op"] = draft.value(entry, "op") or op
    value = draft.value(entry, "value", unit)
    if value is not None:
        entry.record["value"] = value
    draft.maybe(entry, "text", "certainty", "scope")
    draft.texts(entry, "source")


def refer_by_code_or_name(
    draft: Draft, entry: Entry, book: NameBook, keys: tuple[str, str], *tables: str
) -> str | None:
    """The indicator or task a row is about; code and name must not name two different ones.

    Args:
        keys: The columns of code and name.
        tables: Tables of the plan it is in.
    """
    code_key, name_key = keys
    row = entry.row
    name_cell = row.cells.get(name_key)
    name = name_cell.text.strip() if name_cell is not None else ""
    text = draft.text(entry, code_key)
    if code_key in entry.unread:
        return None
    key, said = (code_key, text) if text else (name_key, name)
    if not said:
        draft.tell(row, code_key, "reference_missing")
        return None
    found = book.code(said)
    named = book.named(name) if name else None
    if found is None:
        # A code nobody has, beside the name of an entry whose code is not known, is that entry's.
        follows = named in draft.lost_codes if text and named else not draft.judges(said, *tables)
        if not follows:
            draft.tell(row, key, "unknown_code", text=said[:30])
    elif text and named is not None and named != found:
        draft.tell(row, name_key, "two_meant", text=name[:30], code=found)
        return None
    return found
