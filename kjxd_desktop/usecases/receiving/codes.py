"""Codes of what an import says of a line or of a whole file; ``wording.receiving.imports`` has their sentences."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a line of the preview has its class."""

    # new, changed, same, conflict
    EMPTY_HERE = "empty_here"
    CHANGED = "changed_since"
    CLEARED = "cleared"
    SAME = "same"
    KEPT_CITY = "kept_city"
    BOTH_CHANGED = "both_changed"
    CHANGED_AFTER_EXPORT = "changed_after_export"
    LOCKED = "locked"
    # taken, but a person should know how
    FORMULA = "formula"
    COMPUTED = "computed"
    DATA_YEAR_ASSUMED = "data_year_assumed"
    ESTIMATE_IN_VALUE = "estimate_in_value"
    MARK_BESIDE_VALUE = "mark_beside_value"
    PERCENT_FROM_STATUS = "percent_from_status"
    # problems of one cell
    CONVERT_CONFIRM = "convert_confirm"
    ERROR_CELL = "error_cell"
    UNCACHED = "uncached_formula"
    NUMBER_SHOWN_DIFFERENTLY = "number_shown_differently"
    FORMAT_UNKNOWN = "format_unknown"
    MERGED = "merged_over_rows"
    TWO_COLUMNS = "two_columns"
    DATE_CELL = "date_cell"
    NOT_A_NUMBER = "not_a_number"
    TOO_MANY_DIGITS = "too_many_digits"
    NOT_EXACT = "not_exact"
    NONE_IS_AMBIGUOUS = "none_is_ambiguous"
    UNIT_DIFFERS = "unit_differs"
    NO_NUMBER_TO_ESTIMATE = "no_number_to_estimate"
    ESTIMATE_UNREADABLE = "estimate_unreadable"
    YEAR_UNREADABLE = "year_unreadable"
    YEAR_OUTSIDE = "year_outside"
    STATUS_UNREADABLE = "status_unreadable"
    PERCENT_UNREADABLE = "percent_unreadable"
    PERCENT_CONTRADICTS = "percent_contradicts"
    TEXT_TOO_LONG = "text_too_long"
    # problems of a row or of the file
    UNKNOWN_ROW = "unknown_row"
    ROW_ABSENT = "row_absent"
    NOT_DESCENDANT = "not_descendant"
    ACCEPTED_BEFORE = "accepted_before"
    # what a city sends down
    PLAN_NEW = "plan_new"
    PLAN_REVISED = "plan_revised"
    SENT_DOWN = "sent_down"
    WITHDRAWN = "withdrawn"
    RETURN_LOCKED = "return_locked"
    # problems of one cell that came later
    YEAR_NOT_ANNUAL = "data_year_not_annual"
    CONTRADICTS = "contradicts_value"
    # taken, but a person should know how; later too
    CHARACTERS_LEFT_OUT = "characters_left_out"
    NAMES_MADE_SAFE = "names_made_safe"
    # questions about a data year
    YEAR_OF_PERIOD = "year_of_period"
    YEAR_BEFORE_BASELINE = "year_before_baseline"
    # what a city sends down and cannot be
    FIGURE_IMPOSSIBLE = "figure_impossible"
    # what a text of a value cell says, later too
    MAGNITUDE_UNFIT = "magnitude_unfit"
    POINTS_NOT_A_LEVEL = "points_not_a_level"
    ESTIMATE_CONFIRM = "estimate_confirm"


class Notice(StrEnum):
    """What a person must know about a whole file."""

    HIDDEN = "hidden"
    CHANGED_AFTER_EXPORT = "changed_after_export"
    UNSIGNED = "unsigned"
    NOT_DESCENDANT = "not_descendant"
    ACCEPTED_BEFORE = "accepted_before"
    RECEIVED_BEFORE = "received_before"
    HISTORY_REWRITTEN = "history_rewritten"
    NO_IDENTITY = "no_identity"
    PLAN_DIFFERS = "plan_differs"
    TASKS_ABSENT = "tasks_absent"
    EVIDENCE_MISSING = "evidence_missing"
    OLDER_REVISION = "older_revision"
    VALUES_NOT_TAKEN = "values_not_taken"
    LEFT_OUT = "left_out"
    EARLIER_DIFFERS = "earlier_differs"
    ARCHIVE_UNREADABLE = "archive_unreadable"
    FIGURES_IMPOSSIBLE = "figures_impossible"
    FIGURES_DOUBTFUL = "figures_doubtful"
    MARKS_NEW = "marks_new"
    MARKS_DIFFER = "marks_differ"
    SIGNATURE_CHANGED = "signature_changed"
    OLD_CODE = "old_code"
    SEAL_MISSING = "seal_missing"
    SEAL_BROKEN = "seal_broken"
    HEADS_ABSENT = "heads_absent"
    SENT_TOO_EARLY = "sent_too_early"


# What the sender should be asked about before the file is taken in.
TO_ASK = frozenset(
    {
        Notice.SEAL_MISSING,
        Notice.SEAL_BROKEN,
        Notice.HEADS_ABSENT,
        Notice.HISTORY_REWRITTEN,
        Notice.SENT_TOO_EARLY,
    }
)


# Subject of lines that are about the file as a whole, not about one cell.
FILE_SUBJECT = "file"
