"""Data years that a person gives for a cell: what is doubtful is asked about before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.problems import ProblemError, QuestionError
from kjxd_desktop.domain.returns.data_year import year_fault
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
