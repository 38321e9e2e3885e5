"""A plan as plain JSON values and back, without loss: decimals as text, enumerations as their words.

The keys are those of ``plans show --json``; fields that it does not name are added beside them. The
workspace keeps each plan revision, and a template carries the whole plan, in this form.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from kjxd_desktop.domain.digests import digest_of
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.expressions import Expression, ExpressionError, parse_expression
from kjxd_desktop.domain.plan.indicator import (
    Aggregation,
    Baseline,
    Component,
    ComponentRole,
    Direction,
    Indicator,
    Kind,
    Measure,
    Range,
    Target,
    TargetKind,
)
from kjxd_desktop.domain.plan.plan import Adjustment, Bands, Box, BoxItem, Goal, Plan, Task
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Missing, Operator
from kjxd_desktop.domain.plan.unit import Collective, Level, Unit
from kjxd_desktop.plan_text.faults import PlanFault
from kjxd_desktop.plan_text.fields import Fields

# Format of plan documents. A document says it from the second on; the first said none.
FORMAT = 1
# The answers say "class"; the record cannot, it is a word of the language.
_RENAMED = {"group": "class"}
# Fields that came after the first release: left out while they say nothing, so that plans kept and
# sent before stay the same document with the same digest.
_LATER_FIELDS = {
    "plan": ("collectives", "adjustment", "rules", "checks", "rekeyed"),
    "indicators": ("profile",),
    "tasks": ("recurrences",),
    "items": ("deadlines", "recurrences"),
    "units": ("since",),
}


class PlanDocumentError(ValueError):
    """A plan document that does not hold a plan.

    Attributes:
        faults: Every mistake found, in reading order.
    """

    def __init__(self, faults: tuple[PlanFault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def plan_to_document(plan: Plan) -> dict[str, object]:
    """The plan as JSON values, without what came later and says nothing.

    Returns:
        A new dictionary of texts, whole numbers, booleans, None, lists and dictionaries only.
    """
    document = plan_values(plan)
    if plan.checks == CheckSettings():
        document["checks"] = None
    for table, names in _LATER_FIELDS.items():
        for record in _records(document, table):
            for name in names:
                if not record[name]:
                    del record[name]
    return document


def plan_values(plan: Plan) -> dict[str, Any]:
    """Every field of the plan as JSON values: one shape for all plans, as answers show them."""
    values = {name: _plain(value) for name, value in _values(plan).items()}
    values["indicators"] = [_renamed(asdict(indicator)) for indicator in plan.indicators]
    return values


def task_to_document(task: Task) -> dict[str, object]:
    """A task as JSON values, with every field."""
    return {name: _plain(value) for name, value in asdict(task).items()}


def plan_from_document(document: Mapping[str, object]) -> Plan:
    """The plan of a document made by :func:`plan_to_document`.

    Only the shape is checked here: names, types, words, numbers. Whether codes are unique and references
    lead somewhere is asked by ``plan_text.consistency``.

    Raises:
        PlanDocumentError: With every mistake found.
    """
    plan, faults = read_plan(document)
    if faults:
        raise PlanDocumentError(faults)
    return plan


def read_plan(document: Mapping[str, object]) -> tuple[Plan, tuple[PlanFault, ...]]:
    """The plan and all faults of its shape; with faults the plan holds stand-ins in their places."""
    faults: list[PlanFault] = []
    head = Fields(document, faults, "plan")
    number = head.maybe_integer("format") or 1
    plan = Plan(
        id=head.text("id"),
        title=head.text("title"),
        short_title=head.text("short_title"),
        doc_no=head.text("doc_no"),
        issuer=head.text("issuer"),
        issued=head.text("issued"),
        period=_period(head),
        region=head.text("region"),
        revision=head.integer("revision"),
        reported_list=head.text("reported_list"),
        indicators=head.table("indicators", _indicator),
        tasks=head.table("tasks", _task),
        goals=head.table("goals", _goal),
        boxes=head.table("boxes", _box),
        units=head.table("units", _unit),
        collectives=head.table("collectives", _collective),
        notes=head.texts("notes"),
        bands=head.one("bands", _bands) or Bands(),
        rules=head.table("rules", _rule),
        checks=head.one("checks", _checks) or CheckSettings(),
        adjustment=head.one("adjustment", _adjustment),
        rekeyed=head.texts("rekeyed"),
        document=head.text("document", ""),
    )
    head.finish()
    if number > FORMAT:
        # What else looks wrong is what a newer program wrote there.
        faults.clear()
        head.fault("format", "newer_format", text=str(number), limit=str(FORMAT))
    return plan, tuple(faults)


def plan_digest(plan: Plan, algorithm: str | None = None) -> str:
    """The digest of the plan's document.

    Equal for equal plans on every machine; ``1.5`` and ``1.50`` differ, since what is printed differs.
    """
    return digest_of(digested(plan_to_document(plan)), algorithm)


def digested(document: object) -> bytes:
    """What a plan's digest is made over: its document as canonical JSON (sorted keys, no spaces, UTF-8)."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _values(plan: Plan) -> dict[str, object]:
    """The plan's fields as plain containers; a period stays one value."""
    values = asdict(replace(plan, rules=()))
    values["rules"] = [_rule_values(rule) for rule in plan.rules]
    if plan.adjustment is not None:
        values["adjustment"]["since"] = plan.adjustment.since
    for unit, record in zip(plan.units, values["units"], strict=True):
        record["since"] = unit.since
    return values


def _rule_values(rule: CheckRule) -> dict[str, object]:
    return {
        "code": rule.code,
        "left": rule.left.text,
        "op": rule.operator.value,
        "right": rule.right.text,
        "grade": rule.grade.value,
        "message": rule.message,
        "advice": rule.advice,
        "left_missing": rule.left_missing.value,
        "right_missing": rule.right_missing.value,
    }


def _records(document: dict[str, Any], table: str) -> list[dict[str, Any]]:
    if table == "plan":
        return [document]
    found: list[dict[str, Any]] = (
        [item for box in document["boxes"] for item in box["items"]] if table == "items" else document[table]
    )
    return found


def _plain(value: object) -> object:
    if isinstance(value, Period):
        return value.key
    if isinstance(value, Decimal):
        return plain_text(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    # An enumeration member is a str; JSON wants the plain word.
    return str(value) if isinstance(value, str) else value


def _renamed(record: dict[str, object]) -> dict[str, object]:
    return {_RENAMED.get(name, name): _plain(value) for name, value in record.items()}


def _period(head: Fields) -> tuple[int, int]:
    years = head.integers("period")
    if len(years) != 2:
        head.fault("period", "two_years")
        return 0, 0
    return years[0], years[1]


def _indicator(fields: Fields) -> Indicator:
    return Indicator(
        code=fields.text("code"),
        no=fields.text("no"),
        name=fields.text("name"),
        group=fields.text("class"),
        unit=fields.text("unit"),
        kind=fields.choice("kind", Kind),
        measure=fields.choice("measure", Measure),
        direction=fields.choice("direction", Direction),
        decimals=fields.integer("decimals"),
        aggregation=fields.choice("aggregation", Aggregation),
        baseline=fields.one("baseline", _baseline),
        targets=fields.each("targets", _target),
        components=fields.each("components", _component),
        factor=fields.number("factor", "1"),
        share=fields.flag("share", False),
        release_month=fields.maybe_integer("release_month"),
        ranges=fields.each("ranges", _range),
        definition=fields.text("definition", ""),
        reference=fields.flag("reference", True),
        source_dept=fields.text("source_dept", ""),
        aliases=fields.texts("aliases"),
        source=fields.text("source", ""),
        quote=fields.text("quote", ""),
        profile=fields.numbers("profile"),
    )


def _baseline(fields: Fields) -> Baseline:
    return Baseline(fields.integer("year"), fields.number("value"), fields.text("note", ""))


def _target(fields: Fields) -> Target:
    return Target(
        year=fields.integer("year"),
        kind=fields.choice("kind", TargetKind),
        op=fields.text("op", ">="),
        value=fields.maybe_number("value"),
        text=fields.maybe_text("text"),
        certainty=fields.maybe_text("certainty"),
        scope=fields.maybe_text("scope"),
        unit_code=fields.maybe_text("unit_code"),
        source=fields.text("source", ""),
    )


def _component(fields: Fields) -> Component:
    return Component(
        fields.text("code"), fields.text("name"), fields.text("unit"), fields.choice("role", ComponentRole)
    )


def _range(fields: Fields) -> Range:
    levels: list[Level] = []
    for written in fields.texts("levels"):
        if written in tuple(Level):
            levels.append(Level(written))
        else:
            fields.fault("levels", "not_a_choice", text=written, choices=", ".join(Level))
    return Range(tuple(levels), fields.number("low"), fields.number("high"))


def _rule(fields: Fields) -> CheckRule:
    return CheckRule(
        code=fields.text("code"),
        left=_expression(fields, "left"),
        operator=fields.choice("op", Operator),
        right=_expression(fields, "right"),
        grade=fields.choice("grade", Grade),
        message=fields.text("message"),
        advice=fields.text("advice", ""),
        left_missing=fields.choice("left_missing", Missing, Missing.SKIP_IF_ANY),
        right_missing=fields.choice("right_missing", Missing, Missing.SKIP_IF_ANY),
    )


def _expression(fields: Fields, name: str) -> Expression:
    text = fields.text(name)
    try:
        return parse_expression(text)
    except ExpressionError as error:
        if fields.has(name):
            fields.fault(name, error.code, **error.params)
        return Expression(text, ())


def _checks(fields: Fields) -> CheckSettings:
    default = CheckSettings()
    points = fields.maybe_integer("outlier_points")
    return CheckSettings(
        year_change=fields.number("year_change", plain_text(default.year_change)),
        quarter_change=fields.number("quarter_change", plain_text(default.quarter_change)),
        count_change=fields.number("count_change", plain_text(default.count_change)),
        slip=fields.number("slip", plain_text(default.slip)),
        outlier=fields.number("outlier", plain_text(default.outlier)),
        outlier_points=default.outlier_points if points is None else points,
    )


def _task(fields: Fields) -> Task:
    return Task(
        code=fields.text("code"),
        list=fields.text("list"),
        group=fields.text("group"),
        no=fields.text("no"),
        title=fields.text("title"),
        text=fields.text("text"),
        parent=fields.maybe_text("parent"),
        lead=fields.texts("lead"),
        coop=fields.texts("coop"),
        responsible=fields.texts("responsible"),
        deadlines=fields.integers("deadlines"),
        recurrences=fields.texts("recurrences"),
        source=fields.text("source", ""),
    )


def _goal(fields: Fields) -> Goal:
    return Goal(
        code=fields.text("code"),
        text=fields.text("text"),
        subject=fields.text("subject"),
        value=fields.text("value"),
        unit=fields.text("unit"),
        year=fields.maybe_integer("year"),
        every_year=fields.flag("every_year", False),
        units=fields.texts("units"),
        repeats_indicator=fields.maybe_text("repeats_indicator"),
        source=fields.text("source", ""),
    )


def _box(fields: Fields) -> Box:
    return Box(
        fields.text("no"), fields.text("title"), fields.each("items", _box_item), fields.maybe_text("task")
    )


def _box_item(fields: Fields) -> BoxItem:
    return BoxItem(
        fields.text("no"), fields.text("text"), fields.integers("deadlines"), fields.texts("recurrences")
    )


def _unit(fields: Fields) -> Unit:
    return Unit(
        code=fields.text("code"),
        name=fields.text("name"),
        level=fields.choice("level", Level),
        aliases=fields.texts("aliases"),
        inside=fields.maybe_text("inside"),
        reports=fields.flag("reports", False),
        office=fields.text("office", ""),
        since=fields.maybe_period("since"),
    )


def _collective(fields: Fields) -> Collective:
    return Collective(fields.text("name"), fields.texts("members"))


def _adjustment(fields: Fields) -> Adjustment:
    return Adjustment(fields.period("since"), fields.text("summary"), fields.text("reason"))


def _bands(fields: Fields) -> Bands:
    default = Bands()
    lag = fields.maybe_integer("task_lag_points")
    return Bands(
        fields.number("ahead", plain_text(default.ahead)),
        fields.number("between", plain_text(default.between)),
        default.task_lag_points if lag is None else lag,
    )
