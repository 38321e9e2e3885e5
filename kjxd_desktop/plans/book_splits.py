"""Reading 分解: what was split off for each unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kjxd_desktop.domain.figures.period import FIRST_YEAR, LAST_YEAR
from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.figure_bounds import OwnFigures, impossible_figure, impossible_start
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.plan.names import NameBook
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.plans.book_draft import Draft, Entry
from kjxd_desktop.plans.book_indicators import read_baseline, read_target, refer_by_code_or_name
from kjxd_desktop.plans.book_rows import default_op
from kjxd_desktop.plans.book_tables import FoundRow
from kjxd_desktop.usecases.planning.targets import OWN_SOURCE

_DETAILS = ("year", "kind", "op", "value", "text", "certainty", "scope", "source")
_FIGURES = ("baseline year", "baseline value", "baseline note", *_DETAILS)
_TEXTS = ("text", "certainty", "scope")


@dataclass(slots=True)
class _Growing:
    """The split of one unit while its rows are read."""

    assigned: dict[str, bool] = field(default_factory=dict)
    targets: dict[str, tuple[Target, ...]] = field(default_factory=dict)
    baselines: dict[str, Baseline] = field(default_factory=dict)
    # Where each baseline stands, to be told there.
    rows: dict[str, FoundRow] = field(default_factory=dict)


class SplitRows:
    """Reads the sheet.

    Args:
        draft: What is collected.
        plan: The plan as far as it could be read.
        units: Its units.
        items: Its indicators and tasks.
    """

    def __init__(self, draft: Draft, plan: Plan, units: NameBook, items: NameBook) -> None:
        self._draft = draft
        self._units = units
        self._items = items
        self._indicators = {item.code: item for item in plan.indicators}
        self._unread_units = {
            str(entry.record["code"]) for entry in draft.tables["indicators"] if "unit" in entry.unread
        }
        # Of an indicator whose own cells could not be read nothing is known that a figure could break.
        self._unread_kinds = {
            str(entry.record["code"])
            for entry in draft.tables["indicators"]
            if {"measure", "share", "baseline year"} & entry.unread
        }
        self._plan = plan
        first, last = plan.period
        known = FIRST_YEAR <= first <= last <= LAST_YEAR
        self._years = (first, last) if known else (FIRST_YEAR, LAST_YEAR)
        self._found: dict[str, _Growing] = {}

    def read(self) -> dict[str, UnitSplit]:
        """The splits by unit code; units without any are left out."""
        for row in self._draft.rows("splits"):
            self._row(Entry(row))
        for unit, found in self._found.items():
            self._starts(unit, found)
        splits = {
            unit: UnitSplit(found.assigned, found.targets, found.baselines)
            for unit, found in self._found.items()
        }
        return {unit: split for unit, split in splits.items() if split != UnitSplit()}

    def _row(self, entry: Entry) -> None:
        draft = self._draft
        draft.needed(entry, "unit")
        unit = None
        if "unit" not in entry.unread:
            unit = draft.refer(entry, "unit", self._units, "units", "unknown_unit")
        code = refer_by_code_or_name(draft, entry, self._items, ("code", "name"), "indicators", "tasks")
        indicator = self._indicators.get(code or "")
        measured_in = indicator.unit if indicator is not None and code not in self._unread_units else None
        assigned = draft.value(entry, "assigned")
        baseline = read_baseline(draft, entry, measured_in)
        targets = self._year_targets(entry, measured_in, default_op(indicator), unit)
        targets += self._detailed(entry, measured_in, default_op(indicator), unit)
        if unit is None or code is None:
            return
        if indicator is None:
            self._tell_figures(entry, {key for key, _ in targets} | set(_FIGURES))
        self._keep(entry, self._found.setdefault(unit, _Growing()), code, assigned, baseline, targets)

    def _keep(
        self,
        entry: Entry,
        found: _Growing,
        code: str,
        assigned: object,
        baseline: dict[str, object] | None,
        targets: list[tuple[str, Target]],
    ) -> None:
        draft, row = self._draft, entry.row
        if isinstance(assigned, bool) and found.assigned.setdefault(code, assigned) != assigned:
            draft.tell(row, "assigned", "said_differently")
        if baseline is not None and "baseline year" not in entry.unread:
            self._year(entry, "baseline year", baseline["year"])
            known = Baseline(
                int(str(baseline["year"])), Decimal(str(baseline["value"])), str(baseline["note"])
            )
            if found.baselines.setdefault(code, known) != known:
                draft.tell(row, "baseline value", "said_differently")
            found.rows.setdefault(code, row)
            self._figure(entry, "baseline value", code, known.value)
        for key, target in targets:
            here = found.targets.get(code, ())
            if any((item.year, item.kind) == (target.year, target.kind) for item in here):
                draft.tell(row, key, "target_twice")
            found.targets[code] = (*here, target)
            self._figure(entry, "value" if key == "year" else key, code, target.value)

    def _figure(self, entry: Entry, key: str, code: str, value: Decimal | None) -> None:
        """A figure must be one that its indicator can have."""
        indicator = self._indicators.get(code)
        if value is None or indicator is None or code in self._unread_kinds or key in entry.unread:
            return
        if (found := impossible_figure(indicator, value)) is not None:
            params = {name: text for name, text in found.params.items() if name != "name"}
            code = "figure_of_count" if found.code == "figures_of_count" else found.code
            self._draft.tell(entry.row, key, code, **params)

    def _starts(self, unit: str, found: _Growing) -> None:
        """A baseline must be of a year before the first target, in whatever row that stands."""
        for code, baseline in found.baselines.items():
            indicator = self._indicators.get(code)
            if indicator is None or code in self._unread_kinds:
                continue
            own = OwnFigures(self._plan, indicator, unit, found.targets.get(code, ()))
            if (wrong := impossible_start(indicator, baseline.year, own.first_target_year)) is not None:
                params = {name: text for name, text in wrong.params.items() if name != "name"}
                self._draft.tell(found.rows[code], "baseline year", wrong.code, **params)

    def _year_targets(
        self, entry: Entry, measured_in: str | None, op: str, unit: str | None
    ) -> list[tuple[str, Target]]:
        """The targets in columns such as 2025年约束值."""
        found = []
        for key in entry.row.cells:
            year, _, kind = key.partition(" ")
            if not year.isdigit():
                continue
            value = self._draft.value(entry, key, measured_in)
            if value is not None and self._year(entry, key, int(year), self._years):
                target = Target(
                    int(year), TargetKind(kind), op, Decimal(str(value)), unit_code=unit, source=OWN_SOURCE
                )
                found.append((key, target))
        return sorted(found, key=lambda item: (item[1].year, list(TargetKind).index(item[1].kind)))

    def _detailed(
        self, entry: Entry, measured_in: str | None, op: str, unit: str | None
    ) -> list[tuple[str, Target]]:
        """The target written out in the last columns, where there is one."""
        draft, cells = self._draft, entry.row.cells
        if not any(key in cells for key in _DETAILS):
            return []
        year, kind = draft.value(entry, "year"), draft.value(entry, "kind")
        read_target(draft, entry, measured_in, op)
        for key, part in (("year", year), ("kind", kind)):
            if part is None and key not in entry.unread:
                draft.tell(entry.row, key, "missing")
        text, value = entry.record.get("text"), entry.record.get("value")
        if (value is None) == (text is None) and not {"value", "text"} & entry.unread:
            draft.tell(entry.row, "value", "value_or_text")
        if not isinstance(year, int) or kind is None or not self._year(entry, "year", year, self._years):
            return []
        target = Target(
            year,
            TargetKind(str(kind)),
            str(entry.record["op"]),
            None if value is None else Decimal(str(value)),
            **{key: str(entry.record[key]) for key in _TEXTS if key in entry.record},
            unit_code=unit,
            source=str(entry.record["source"]),
        )
        return [("year", target)]

    def _year(
        self, entry: Entry, key: str, year: object, years: tuple[int, int] = (FIRST_YEAR, LAST_YEAR)
    ) -> bool:
        """Whether a year can be one; a mistake of its cell when not."""
        first, last = years
        if key in entry.unread or (isinstance(year, int) and first <= year <= last):
            return True
        self._draft.tell(entry.row, key, "year_outside", year=str(year), first=str(first), last=str(last))
        return False

    def _tell_figures(self, entry: Entry, keys: set[str]) -> None:
        """A task has neither targets nor baselines."""
        key = next((key for key in entry.row.cells if key in keys), None)
        if key is not None:
            self._draft.tell(entry.row, key, "task_without_figures")
