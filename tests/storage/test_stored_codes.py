"""Codes that stand in workspaces, files, answers and history: a program of tomorrow must still read them."""

from __future__ import annotations

from enum import StrEnum

import pytest

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.file_fault import FaultCode
from kjxd_desktop.domain.grid import BookFormat
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.pace.standing import Light, MeasuredAgainst, TaskPace
from kjxd_desktop.domain.people.operators import Act, OperatorRole
from kjxd_desktop.domain.plan.diff import ChangeKind
from kjxd_desktop.domain.plan.expressions import At
from kjxd_desktop.domain.plan.fit import Fit
from kjxd_desktop.domain.plan.indicator import (
    Aggregation,
    ComponentRole,
    Direction,
    Kind,
    Measure,
    TargetKind,
)
from kjxd_desktop.domain.plan.rules import Grade, Missing, Operator
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.progress import TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.domain.returns.second_entry import Outcome, RekeyStanding
from kjxd_desktop.usecases.planning.plans_shown import Origin
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.codes import Notice, Reason
from kjxd_desktop.usecases.receiving.shown import Decision, RowStatus
from kjxd_desktop.usecases.search.search import HitKind
from kjxd_desktop.usecases.sending.exchange import FileKind

CODES: dict[type[StrEnum], str] = {
    EntryStatus: "reported estimated not_applicable not_published missing",
    ReturnState: "draft checked signed submitted accepted returned",
    TaskStatus: "not_started in_progress done blocked not_involved",
    Kind: "stock ytd annual cumulative",
    Measure: "amount count ratio rank composite",
    Direction: "up down",
    Aggregation: "sum ratio city",
    TargetKind: "binding expected target",
    ComponentRole: "numerator denominator part",
    Level: "province city county park department",
    Grade: "logic verify hint",
    Operator: "= ≠ > ≥ < ≤ both_or_neither not_both",
    Missing: "skip_if_any skip_if_all zero",
    At: "now previous last_year target",
    Light: "met ahead between behind not_due overdue not_split no_path other_scope text_target none",
    MeasuredAgainst: "own plan",
    TaskPace: "normal behind not_updated",
    Fit: "fits short over incomplete no_whole no_weights not_added",
    OperatorRole: "filler checker head admin",
    Act: "fill check sign send receive plan manage",
    Outcome: "same first second other open",
    RekeyStanding: "empty awaits differs holds",
    BackupReason: "start manual import migration restore",
    ChangeKind: "added removed changed moved",
    Role: "county city",
    Origin: "builtin workspace",
    HitKind: "indicator task goal unit note",
    Reason: (
        "empty_here changed_since cleared same kept_city both_changed changed_after_export locked formula "
        "computed data_year_assumed estimate_in_value mark_beside_value percent_from_status convert_confirm "
        "error_cell uncached_formula number_shown_differently format_unknown merged_over_rows two_columns "
        "date_cell not_a_number too_many_digits not_exact none_is_ambiguous unit_differs "
        "no_number_to_estimate estimate_unreadable year_unreadable year_outside status_unreadable "
        "percent_unreadable percent_contradicts text_too_long unknown_row row_absent not_descendant "
        "accepted_before plan_new plan_revised sent_down withdrawn return_locked "
        "data_year_not_annual contradicts_value characters_left_out names_made_safe "
        "year_of_period year_before_baseline figure_impossible "
        "magnitude_unfit points_not_a_level estimate_confirm"
    ),
    Notice: (
        "hidden changed_after_export unsigned not_descendant accepted_before received_before "
        "history_rewritten no_identity plan_differs tasks_absent evidence_missing older_revision "
        "values_not_taken left_out earlier_differs archive_unreadable "
        "figures_impossible figures_doubtful marks_new marks_differ "
        "signature_changed old_code seal_missing seal_broken heads_absent sent_too_early"
    ),
}


@pytest.mark.parametrize("kind", CODES, ids=lambda kind: kind.__name__)
def test_codes_never_change(kind: type[StrEnum]) -> None:
    """A new one may be added at the end of its line here; a renamed one makes old files unreadable."""
    assert [item.value for item in kind] == CODES[kind].split()


@pytest.mark.parametrize(
    "kind", [FileKind, RowStatus, Decision, FaultCode, BookFormat], ids=lambda k: k.__name__
)
def test_a_code_is_the_name_that_programs_know_it_by(kind: type[StrEnum]) -> None:
    assert [item.value for item in kind] == [item.name.lower() for item in kind]
