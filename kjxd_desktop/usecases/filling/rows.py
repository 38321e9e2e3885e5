"""Lines of the grid: a cell beside its neighbours, with what checks and targets say of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kjxd_desktop.domain.checks.copied_return import copy_place, may_be_copied
from kjxd_desktop.domain.pace.change import change
from kjxd_desktop.domain.pace.pace import standing, yardstick
from kjxd_desktop.domain.pace.standing import PastYardstick, Yardstick
from kjxd_desktop.domain.pace.text_targets import text_target
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.achieved import achieved_by
from kjxd_desktop.domain.returns.carry import is_stale
from kjxd_desktop.domain.returns.earlier import previous_figure, year_before
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.usecases.filling.view import ReturnView


def touched_rows(view: ReturnView, codes: Iterable[str]) -> tuple[EntryRow, ...]:
    """The lines of the grid that may look different once the entries of these indicators changed."""
    touched = {other for code in codes for other in view.plan.rule_book.touched(code)}
    # That the whole return is last quarter's is told there, and no longer once one figure differs.
    if may_be_copied(view.duty.indicators, view.head.key.period, view.series):
        touched.update(filter(None, (copy_place(view.duty.indicators),)))
    return tuple(
        entry_row(view, indicator) for indicator in view.duty.indicators if indicator.code in touched
    )


def entry_row(view: ReturnView, indicator: Indicator) -> EntryRow:
    """One line of the grid."""
    period = view.head.key.period
    cells, entry = view.cells(indicator.code), view.entry(indicator)
    last_year = year_before(indicator, entry, period, cells)
    previous = previous_figure(indicator, entry, period, cells)
    findings = view.findings(indicator)
    locked = view.locked(indicator)
    own = view.targets.get(indicator.code, ())
    baseline = view.baselines.get(indicator.code)
    measure = yardstick(view.plan, indicator, view.unit.code, own, baseline)
    wanted = text_target(measure)
    marks = view.achieved.get(indicator.code, ())
    return EntryRow(
        indicator=indicator,
        entry=entry,
        kept=view.kept(indicator.code),
        previous=previous,
        last_year=last_year,
        due=view.duty.owes(indicator),
        awaits=view.awaits(indicator),
        locked=locked,
        editable=not locked and view.editable,
        year_change=change(indicator, entry.value, last_year.value),
        quarter_change=change(indicator, entry.value, previous.value),
        standing=replace(
            standing(
                indicator,
                measure,
                entry,
                period,
                view.plan,
                logic_error=any(item.grade is Grade.LOGIC for item in findings),
                awaits=view.awaits(indicator),
                stale=is_stale(indicator, period, cells),
                achieved=None if wanted is None else achieved_by(marks, wanted, period),
            ),
            past=_past(view, indicator, measure),
        ),
        findings=findings,
        series=tuple((at, item) for at, item in cells.items() if item.value is not None),
    )


def _past(view: ReturnView, indicator: Indicator, now: Yardstick) -> tuple[PastYardstick, ...]:
    """What measured the indicator before the plan was revised, where that was something else."""
    found: list[PastYardstick] = []
    own, baseline = view.targets.get(indicator.code, ()), view.baselines.get(indicator.code)
    for until, plan in reversed(view.past):
        before = plan.indicator(indicator.code)
        measure = yardstick(plan, before or indicator, view.unit.code, own, baseline)
        after = found[-1].yardstick if found else now
        if before is not None and measure != after:
            found.append(PastYardstick(until, measure))
    return tuple(reversed(found))
