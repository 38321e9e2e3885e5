"""A plan with its decomposition as rows of texts, sheet by sheet, as the plan workbook shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Aggregation, Baseline, Direction, Indicator, Target, TargetKind
from kjxd_desktop.domain.plan.names import SEPARATOR, NameBook, join_names
from kjxd_desktop.domain.plan.plan import Box, Plan, Task
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.plans.book_layout import FLAG_WORDS, INDICATORS, LEVEL_WORDS, TARGET_KINDS
from kjxd_desktop.usecases.planning.book import PlanBook
from kjxd_desktop.usecases.planning.targets import OWN_SOURCE
from kjxd_desktop.wording import terms

# A row by field; what it leaves out is an empty cell.
Row = Mapping[str, str]
YearColumn = tuple[int, TargetKind]

# Rows prepared for a decomposition that is still to be written, at most.
MAX_PREPARED_ROWS = 1_000

_WHITE = re.compile(r'("*)\s+\1')
_BOX_NUMBER = re.compile(r"(专栏\s*[0-9０-９一二三四五六七八九十]+)\s*(.*)", re.DOTALL)
_FIRST_WORD = re.compile(r"(\S+)\s+(.*)", re.DOTALL)


def head_rows(plan: Plan) -> Iterator[tuple[str, str]]:
    """The 方案 sheet: field and content, a row for each note."""
    first, last = plan.period
    change = plan.adjustment
    yield from (
        ("id", plan.id),
        ("title", plan.title),
        ("short_title", plan.short_title),
        ("doc_no", plan.doc_no),
        ("issuer", plan.issuer),
        ("issued", plan.issued),
        ("first_year", str(first)),
        ("last_year", str(last)),
        ("region", plan.region),
        ("reported_list", terms.TASK_LIST.get(plan.reported_list, plan.reported_list)),
        ("revision", str(plan.revision)),
        ("adjustment since", change.since.key if change else ""),
        ("adjustment summary", change.summary if change else ""),
        ("adjustment reason", change.reason if change else ""),
        ("bands ahead", plain_text(plan.bands.ahead)),
        ("bands between", plain_text(plan.bands.between)),
        ("bands task_lag_points", str(plan.bands.task_lag_points)),
        *checks_rows(plan.checks),
        ("rekeyed", join_names(plan.rekeyed)),
    )
    yield from (("notes", note) for note in plan.notes)


def checks_rows(checks: CheckSettings) -> tuple[tuple[str, str], ...]:
    """What the built-in checks start from, as rows of the 方案 sheet."""
    return tuple((f"checks {field.name}", str(getattr(checks, field.name))) for field in fields(checks))


def indicator_rows(plan: Plan) -> Iterator[Row]:
    """The 指标 sheet."""
    for item in plan.indicators:
        yield {
            "code": item.code,
            "no": item.no,
            "name": item.name,
            "class": item.group,
            "unit": item.unit,
            **{key: INDICATORS.column(key).words[getattr(item, key)] for key in _CHOICES},
            "decimals": str(item.decimals),
            **_baseline(item.baseline),
            "factor": plain_text(item.factor),
            "share": FLAG_WORDS[item.share],
            "release_month": _whole(item.release_month),
            "profile": SEPARATOR.join(map(plain_text, item.profile)),
            "definition": item.definition,
            "reference": FLAG_WORDS[item.reference],
            "source_dept": item.source_dept,
            "aliases": join_names(item.aliases),
            "source": item.source,
            "quote": item.quote,
        }


_CHOICES = ("kind", "measure", "direction", "aggregation")


def component_rows(plan: Plan) -> Iterator[Row]:
    """The 分子分母 sheet."""
    for item in plan.indicators:
        for part in item.components:
            yield {
                **_of(item),
                "role": terms.COMPONENT_ROLE[part.role],
                "code": part.code,
                "name": part.name,
                "unit": part.unit,
            }


def target_rows(plan: Plan) -> Iterator[Row]:
    """The 目标 sheet."""
    units = unit_names(plan)
    for item in plan.indicators:
        for target in item.targets:
            yield {**_of(item), **_target(target), "unit_code": _unit(plan, units, target.unit_code)}


def task_rows(plan: Plan) -> Iterator[Row]:
    """The 任务 sheet: all tasks, then the items of the boxes."""
    for task in plan.tasks:
        yield _task(task, task.group, task.no)
    for number, box in enumerate(plan.boxes, start=1):
        for item, task in zip(box.items, box.tasks(number), strict=True):
            yield _task(task, box_heading(box), item.no)


def goal_rows(plan: Plan) -> Iterator[Row]:
    """The 目标事项 sheet."""
    for goal in plan.goals:
        yield {
            "code": goal.code,
            "text": goal.text,
            "subject": goal.subject,
            "value": goal.value,
            "unit": goal.unit,
            "year": _whole(goal.year),
            "every_year": FLAG_WORDS[goal.every_year],
            "units": join_names(goal.units),
            "repeats_indicator": goal.repeats_indicator or "",
            "source": goal.source,
        }


def unit_rows(plan: Plan) -> Iterator[Row]:
    """The 单位 sheet: units, then names that stand for several of them."""
    units = unit_names(plan)
    for unit in plan.units:
        yield {
            "code": unit.code,
            "name": unit.name,
            "level": terms.LEVEL[unit.level],
            "reports": FLAG_WORDS[unit.reports],
            "office": unit.office,
            "aliases": join_names(unit.aliases),
            "inside": _unit(plan, units, unit.inside),
            "since": unit.since.key if unit.since else "",
        }
    for item in plan.collectives:
        members = join_names(_unit(plan, units, code) for code in item.members)
        yield {"name": item.name, "level": terms.COLLECTIVE, "members": members}


def range_rows(plan: Plan) -> Iterator[Row]:
    """The 审核 sheet."""
    for item in plan.indicators:
        for plausible in item.ranges:
            yield {
                **_of(item),
                "levels": SEPARATOR.join(LEVEL_WORDS[level] for level in plausible.levels),
                "low": plain_text(plausible.low),
                "high": plain_text(plausible.high),
            }


def document_rows(plan: Plan) -> Iterator[Row]:
    """The 原文 sheet; numbers show that an empty line is one."""
    if plan.document:
        for number, line in enumerate(plan.document.split("\n"), start=1):
            yield {"line": str(number), "text": f'"{line}"' if _WHITE.fullmatch(line) else line}


def document_line(text: str) -> str:
    """A line of the document from its cell: white space alone, which no cell keeps, is quoted there."""
    return text[1:-1] if text[:1] == '"' and _WHITE.fullmatch(text[1:-1]) else text


def year_columns(book: PlanBook) -> tuple[YearColumn, ...]:
    """The columns of unit targets: each year of the plan with each kind of target in use."""
    own = [target for split in book.splits.values() for found in split.targets.values() for target in found]
    used = {target.kind for item in book.plan.indicators for target in item.targets}
    kinds = [kind for kind in TargetKind if kind in used | {target.kind for target in own}]
    first, last = book.plan.period
    years = sorted({*range(first, min(last, first + 9) + 1), *(target.year for target in own)})
    return tuple((year, kind) for year in years for kind in kinds or (TargetKind.TARGET,))


def year_key(column: YearColumn) -> str:
    """Field of a column of unit targets."""
    return f"{column[0]} {column[1].value}"


def split_rows(book: PlanBook) -> Iterator[Row]:
    """The 分解 sheet: what stands for units, and prepared rows for what can be split off."""
    plan = book.plan
    units = unit_names(plan)
    prepared = _prepared(plan)
    titles = {item.code: item.name for item in plan.indicators}
    titles |= {task.code: task.title for task in (*plan.tasks, *plan.box_tasks)}
    for code in dict.fromkeys((*(unit.code for unit in plan.units), *book.splits)):
        split = book.splits.get(code, UnitSplit())
        said = {*split.assigned, *split.targets, *split.baselines, *prepared.get(code, ())}
        for item in dict.fromkeys((*(item for item in titles if item in said), *sorted(said))):
            start = {"unit": _unit(plan, units, code), "code": item, "name": titles.get(item, "")}
            yield from _split(plan, split, item, start)


def default_op(indicator: Indicator | None) -> str:
    """How a target compares when nobody says: as the indicator's others, else as its direction asks."""
    if indicator is None or indicator.targets:
        return indicator.targets[0].op if indicator is not None else ">="
    return "<=" if indicator.direction is Direction.DOWN else ">="


def unit_names(plan: Plan) -> NameBook:
    """The plan's units by code, name, office and other names."""
    return NameBook((unit.code, names_of(unit)) for unit in plan.units)


def names_of(unit: Unit) -> set[str]:
    """Every name of a unit."""
    return {unit.name, unit.office, *unit.aliases}


def box_heading(box: Box) -> str:
    """``专栏1 标题``: what the items of a box stand under."""
    heading = f"{box.no} {box.title}".rstrip()
    return heading if split_heading(heading) == (box.no, box.title) else f"{box.no}\n{box.title}"


def split_heading(heading: str) -> tuple[str, str]:
    """Number and title of a box."""
    no, line_break, title = heading.partition("\n")
    if line_break:
        return no, title
    match = _BOX_NUMBER.fullmatch(heading) or _FIRST_WORD.fullmatch(heading)
    return (match[1], match[2]) if match else (heading, "")


def _prepared(plan: Plan) -> dict[str, list[str]]:
    codes = [item.code for item in plan.indicators if item.aggregation is not Aggregation.CITY]
    units = [unit.code for unit in plan.units if unit.reports and unit.code != plan.region]
    return dict.fromkeys(units, codes) if len(codes) * len(units) <= MAX_PREPARED_ROWS else {}


def _split(plan: Plan, split: UnitSplit, code: str, start: dict[str, str]) -> Iterator[Row]:
    """The rows of one unit and one indicator or task: one, and one more for each target with details."""
    targets = split.targets.get(code, ())
    simple = _simple(targets, default_op(plan.indicator(code)))
    assigned = split.assigned.get(code)
    row = {
        **start,
        "assigned": "" if assigned is None else FLAG_WORDS[assigned],
        **_baseline(split.baselines.get(code)),
        **{year_key((item.year, item.kind)): _decimal(item.value) for item in simple},
    }
    detailed = targets[len(simple) :]
    if detailed:
        row |= _target(detailed[0])
    yield row
    yield from ({**start, **_target(target)} for target in detailed[1:])


def _simple(targets: Sequence[Target], op: str) -> tuple[Target, ...]:
    """The targets at the beginning that are no more than a figure, in the order of their columns."""
    found: list[Target] = []
    kinds = list(TargetKind)
    for item in targets:
        plain = Target(item.year, item.kind, op, item.value, unit_code=item.unit_code, source=OWN_SOURCE)
        place = (item.year, kinds.index(item.kind))
        if item != plain or item.value is None:
            break
        if found and place <= (found[-1].year, kinds.index(found[-1].kind)):
            break
        found.append(item)
    return tuple(found)


def _task(task: Task, group: str, no: str) -> Row:
    return {
        "code": task.code,
        "list": terms.TASK_LIST.get(task.list, task.list),
        "group": group,
        "no": no,
        "title": task.title,
        "text": task.text,
        "parent": task.parent or "",
        "lead": join_names(task.lead),
        "coop": join_names(task.coop),
        "responsible": join_names(task.responsible),
        "deadlines": SEPARATOR.join(map(str, task.deadlines)),
        "recurrences": join_names(task.recurrences),
        "source": task.source,
    }


def _of(indicator: Indicator) -> dict[str, str]:
    return {"indicator": indicator.code, "indicator_name": indicator.name}


def _target(target: Target) -> dict[str, str]:
    return {
        "year": str(target.year),
        "kind": TARGET_KINDS[target.kind],
        "op": terms.OPERATOR.get(target.op, target.op),
        "value": _decimal(target.value),
        "text": target.text or "",
        "certainty": target.certainty or "",
        "scope": target.scope or "",
        "source": target.source,
    }


def _baseline(baseline: Baseline | None) -> dict[str, str]:
    if baseline is None:
        return {}
    return {
        "baseline year": str(baseline.year),
        "baseline value": plain_text(baseline.value),
        "baseline note": baseline.note,
    }


def _unit(plan: Plan, units: NameBook, code: str | None) -> str:
    if code is None:
        return ""
    unit = plan.unit(code)
    return units.label(code, unit.name) if unit else code


def _decimal(value: Decimal | None) -> str:
    return "" if value is None else plain_text(value)


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)
