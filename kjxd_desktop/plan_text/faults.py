"""Mistakes of a plan as codes and parameters, with the English words package authors read.

``wording.planning.faults`` holds the Chinese sentence of each code for people who edit a plan workbook.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

_MESSAGES = {
    # Shape of a field
    "missing": "is missing",
    "not_text": "must be quoted text, not {kind}",
    "too_long": "has more characters than the {limit} that a cell takes",
    "not_whole": "must be a whole number without quotes, not {kind}",
    "not_flag": "must be true or false, not {kind}",
    "not_decimal": '"{text}" is not a plain decimal number such as "1.50"',
    "not_a_choice": '"{text}" is not one of {choices}',
    "not_texts": "must be a list of quoted texts, found {kind}",
    "not_wholes": "must be a list of whole numbers, found {kind}",
    "not_table": "must be a table, not {kind}",
    "not_list": "must be a list, not {kind}",
    "not_a_period": '"{text}" is not a period such as 2024Q1',
    "unknown_field": "is not a field of this table",
    "newer_format": "{text} was written by a newer program; this one reads up to {limit}",
    "two_years": "must be two years: first and last",
    # Sense of the whole
    "empty": "must not be empty",
    "year_outside": "{year} is not a year from {first} to {last}",
    "unknown_code": '"{text}" is no code of this plan',
    "unknown_unit": '"{text}" is no unit of this plan',
    "used_twice": '"{text}" is already used by #{first}',
    "years_backwards": "the first year comes after the last",
    "revision_small": "must be 1 or more",
    "adjustment_missing": "revision {revision} needs an adjustment: since, summary, reason",
    "adjustment_first": "the first revision adjusts nothing",
    "since_outside": "{period} lies outside the plan's years",
    "list_empty": 'no task has list = "{text}"',
    "bands_order": "must hold 0 ≤ between ≤ ahead",
    "rekeyed_not_filled": "{text} is not filled by any unit below the city, so nobody can key it twice",
    "lag_outside": "task_lag_points must be 0 to 100",
    "target_twice": "a second target of the same year and kind",
    "range_backwards": "low is above high",
    "names_component": '"{text}" is also the name of a component',
    "decimals_outside": "must be 0 to {limit}",
    "decimals_of_count": "must be 0 for counts and ranks",
    "figures_of_count": "counts and ranks have whole figures, found {text}",
    "figure_negative": "must not be negative, found {text}",
    "figure_above_100": "a share is at most 100, found {text}",
    "rank_below_first": "a rank is 1 or more, found {text}",
    "baseline_not_before": "{year} is not before the first target, of {first}",
    "rank_goes_down": 'must be "down" for a rank',
    "aggregation_unfit": '"{text}" does not fit measure "{measure}"',
    "month_not_annual": "is for annual indicators only",
    "month_outside": "must be 1 to 12",
    "profile_not_running": "is for running totals only: kind ytd, measure amount or count",
    "profile_three": "must be three shares, for the first, second and third quarter, found {count}",
    "profile_order": "must be percentages from 0 to 100, none below the one before",
    "factor_small": "must be above 0",
    "half_a_ratio": "a numerator and a denominator belong together",
    "ratio_without_parts": "aggregation by ratio needs a numerator and a denominator",
    "percent_units": "a percentage needs numerator and denominator in the same unit",
    "percent_factor": "must be 100 for a percentage",
    "value_or_text": "needs either a value or a text",
    "years_not_ascending": "must be ascending years, each once",
    "code_of_indicator": '"{text}" is the code of an indicator or component',
    "inside_itself": "a unit cannot be inside itself",
    # Check rules
    "rule_empty": "must not be empty",
    "rule_too_long": "must be at most {limit} characters long",
    "rule_too_deep": "brackets are more than {limit} deep",
    "rule_sign": 'character {at} "{text}" is no sign of the rule language',
    "rule_number": 'character {at}: "{text}" is no number',
    "rule_function": 'character {at}: "{text}" is no function; there are previous, last_year and target',
    "rule_target_kind": 'character {at}: "{text}" is no kind of target',
    "rule_expected": 'character {at}: a {what} is expected before "{text}"',
    "rule_left_over": 'character {at}: "{text}" is left over',
    "rule_built_in": '"{text}" is the code of a built-in rule',
    "rule_unknown_name": '"{text}" is no indicator, numerator or denominator of this plan',
    "rule_target_of_part": '"{text}" is a component and has no target',
    "rule_reads_nothing": "one side must read a figure of the period itself",
    "rule_half_a_pair": "both sides of a pair must read a figure",
    "checks_negative": "must not be negative",
    "outlier_points_few": "outlier_points must be {limit} or more",
    "id_differs": '"{text}" differs from the folder\'s name "{folder}"',
}
CODES = frozenset(_MESSAGES)

_KINDS = {
    "flag": "true or false",
    "text": "text",
    "whole": "a whole number",
    "float": 'a floating number (write decimals as quoted text, such as "1.50")',
    "list": "a list",
    "table": "a table",
    "other": "something else",
}
KINDS = frozenset(_KINDS)


@dataclass(frozen=True, slots=True)
class PlanFault:
    """One mistake in a plan package, plan workbook or plan document, for the person who edits it.

    Attributes:
        table: Table of the plan: ``indicators``, ``tasks`` …; ``plan`` for its head.
        number: Place of the entry in its table, from 1; 0 for the head.
        entry: Its number and its code, such as ``#4 I04``; or empty.
        field: Name of the field, with its place when nested: ``targets #2 value``.
        code: Stable snake_case code.
        params: Texts the sentence needs; ``kind`` is one of ``KINDS``.
    """

    table: str
    number: int
    entry: str
    field: str
    code: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, in English words."""
        params = dict(self.params)
        if "kind" in params:
            params["kind"] = _KINDS[params["kind"]]
        return _MESSAGES[self.code].format_map(params)

    def __str__(self) -> str:
        place = f"[{self.table}] {self.entry}".rstrip()
        return f"{place}: {self.field}: {self.message}"


def entry_label(number: int, code: object) -> str:
    """How faults name an entry: its place in the table from 1, and its code when it has one."""
    return f"#{number} {code}" if isinstance(code, str) and code else f"#{number}"


def kind_of(value: object) -> str:
    """The kind of a plain value, as faults name it."""
    for kinds, kind in (
        (bool, "flag"),
        (str, "text"),
        (int, "whole"),
        (float, "float"),
        (list, "list"),
        (Mapping, "table"),
    ):
        if isinstance(value, kinds):
            return kind
    return "other"
