"""Data years that a person gives for a cell: what is doubtful is asked about before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.problems import ProblemError, QuestionError, refuse
from kjxd_desktop.domain.returns.data_year import year_fault, year_of
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.usecases.filling.edits import Edit, YearEdit
from kjxd_desktop.usecases.filling.view import ReturnView


def surely(edit: Edit) -> Edit:
    """The edit by a person who was asked."""
    return replace(edit, sure=True) if isinstance(edit, YearEdit) else edit


def require_years(view: ReturnView, indicator: Indicator, edits: Sequence[Edit]) -> None:
    """Ask about data years that can hardly be; one that stands already is not asked about.

    Raises:
        QuestionError: ``year_of_period`` or ``year_before_baseline``.
        ProblemError: ``year_not_annual`` or ``year_outside``.
    """
    baseline = view.baselines.get(indicator.code) or indicator.baseline
    # What stands from an earlier return may be put right there, too.
    stands = (None, view.kept(indicator.code).data_year, view.entry(indicator).data_year)
    for edit in edits:
        if not isinstance(edit, YearEdit) or edit.year in stands:
            continue
        assert edit.year is not None, "None was passed over"
        start = None if baseline is None else baseline.year
        fault = year_fault(indicator, edit.year, view.head.key.period, start)
        if fault is not None and not (fault.asked and edit.sure):
            raise QuestionError([fault.problem]) if fault.asked else ProblemError(fault.problem)


def require_year(view: ReturnView, indicator: Indicator, edits: Iterable[Edit], edited: Entry) -> None:
    """Refuse a figure over one that stands from an earlier return, unless it says of which year it is.

    It may be the new year's, or a correction of the year that stands: nobody but the clerk knows. Where a newer
    figure is due already, what is typed is that one.

    Args:
        edited: What the edits make of the cell.

    Raises:
        ProblemError: ``which_year`` with both years, or ``correction_of_year``.
    """
    standing = view.answer(indicator)
    said = any(isinstance(edit, YearEdit) and edit.year is not None for edit in edits)
    if not standing.carried or standing.value is None or said or edited.carried or edited.value is None:
        return
    year = year_of(indicator, standing, view.head.key.period)
    figure = {"value": plain_text(standing.value), "unit": indicator.unit}
    # Before the next year is over there is no figure of it: then it can only be a correction.
    code = "which_year" if year + 1 < view.head.key.period.year else "correction_of_year"
    raise refuse(indicator.code, code, name=indicator.name, year=str(year), next=str(year + 1), **figure)
