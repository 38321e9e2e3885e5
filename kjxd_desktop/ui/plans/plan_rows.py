"""What the lists of a plan show: columns, rows, and everything of one entry in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.plan.names import join_names
from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.domain.plan.rules import CheckRule
from kjxd_desktop.plan_text.edits import FIELDS, NO, Form, texts_of
from kjxd_desktop.wording import terms
from kjxd_desktop.wording.checking.findings import fill_in
from kjxd_desktop.wording.checking.rules import expression_in_words
from kjxd_desktop.wording.planning.words import field_word

ABSENT = "—"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One entry of a list.

    Attributes:
        kind: What a chooser above the list goes by: a task's list; empty elsewhere.
        quote: Its words in the document; empty when it has none.
        fixed: Not edited here: items of boxes are edited in the plan workbook.
    """

    code: str
    cells: tuple[str, ...]
    kind: str = ""
    quote: str = ""
    fixed: bool = False

    def holds(self, words: str) -> bool:
        """Whether it holds all of some words."""
        text = "".join(self.cells) + self.quote
        return all(word in text for word in words.split())


@dataclass(frozen=True, slots=True)
class PlanColumns:
    """Headings of a list with their widths in pixels; the stretching one has width 0."""

    titles: tuple[str, ...]
    widths: tuple[int, ...]


COLUMNS: Mapping[str, PlanColumns] = {
    "indicators": PlanColumns(("编号", "指标", "单位", "口径", "基期", "目标"), (48, 0, 52, 76, 92, 176)),
    "tasks": PlanColumns(("编号", "任务", "负责单位", "时限"), (76, 0, 176, 84)),
    "goals": PlanColumns(("原文", "数值", "年份", "对应指标"), (0, 92, 64, 76)),
    "rules": PlanColumns(("代码", "要成立的关系", "级别", "不成立时提示"), (52, 0, 60, 260)),
    "units": PlanColumns(("代码", "名称", "级别", "所在单位", "填报", "别名"), (76, 176, 72, 112, 96, 0)),
}


def plan_rows(plan: Plan, table: str) -> tuple[PlanRow, ...]:
    """The rows of a list, in the plan's order."""
    return _ROWS[table](plan)


def entry_words(plan: Plan, table: str, code: str) -> str:
    """Everything of an entry, a line a field; what is empty is left out."""
    task = plan.task(code) if table == "tasks" else None
    if task is not None and task.list == "box":
        times = {
            "deadlines": join_names(map(str, task.deadlines)),
            "recurrences": join_names(task.recurrences),
        }
        said = [f"{field_word(table, name)}：{text}" for name, text in times.items() if text]
        return "\n\n".join((f"{task.no}　{task.group}", task.text, *said))
    texts = texts_of(plan, table, code)
    lines = [
        f"{field_word(table, field.name)}：{texts[field.name]}"
        for field in FIELDS[table]
        if texts[field.name] and not (field.form is Form.FLAG and texts[field.name] == NO)
    ]
    if table == "rules":
        rule = next(item for item in plan.rules if item.code == code)
        lines.insert(0, f"{rule_in_words(plan, rule)}\n")
    if table == "indicators":
        indicator = plan.indicator(code)
        lines += [f"目标：{target_words(target)}" for target in (indicator.targets if indicator else ())]
    return "\n".join(lines)


def target_words(target: Target) -> str:
    """``2025年约束值 ≥100（力争，市本级）``."""
    figure = plain_text(target.value) if target.value is not None else f"“{target.text}”"
    sign = terms.OPERATOR[target.op] if target.value is not None else ""
    extra = "，".join(word for word in (target.certainty, target.scope) if word)
    return f"{target.year}年{terms.TARGET_KIND[target.kind]} {sign}{figure}" + (
        f"（{extra}）" if extra else ""
    )


def _short_target(target: Target) -> str:
    figure = plain_text(target.value) if target.value is not None else target.text or ""
    word = "" if target.kind is TargetKind.TARGET else terms.TARGET_KIND[target.kind].removesuffix("值")
    return f"{target.year}年{word} {figure}{f'（{target.scope}）' if target.scope else ''}"


def _indicators(plan: Plan) -> tuple[PlanRow, ...]:
    return tuple(
        PlanRow(
            item.code,
            (
                item.no,
                item.name,
                item.unit,
                terms.KIND[item.kind],
                f"{item.baseline.year}年 {plain_text(item.baseline.value)}" if item.baseline else ABSENT,
                "、".join(_short_target(target) for target in item.targets) or ABSENT,
            ),
            quote=item.quote,
        )
        for item in plan.indicators
    )


def _tasks(plan: Plan) -> tuple[PlanRow, ...]:
    return tuple(_task(task) for task in (*plan.tasks, *plan.box_tasks))


def _task(task: Task) -> PlanRow:
    named = task.in_charge
    units = ABSENT if not named else named[0] if len(named) == 1 else f"{named[0]} 等{len(named)}家"
    years = "、".join(str(year) for year in task.deadlines) or ABSENT
    return PlanRow(
        task.code, (task.no, task.title, units, years), task.list, task.text, fixed=task.list == "box"
    )


def _goals(plan: Plan) -> tuple[PlanRow, ...]:
    return tuple(
        PlanRow(
            goal.code,
            (
                goal.text,
                f"{goal.value} {goal.unit}".strip() or ABSENT,
                f"{goal.year}年" if goal.year else "每年" if goal.every_year else ABSENT,
                goal.repeats_indicator or ABSENT,
            ),
            quote=goal.text,
        )
        for goal in plan.goals
    )


def _rules(plan: Plan) -> tuple[PlanRow, ...]:
    return tuple(
        PlanRow(rule.code, (rule.code, rule_in_words(plan, rule), terms.GRADE[rule.grade], _message(rule)))
        for rule in plan.rules
    )


def _message(rule: CheckRule) -> str:
    return fill_in(rule.message, {"left": "…", "right": "…"})


def rule_in_words(plan: Plan, rule: CheckRule) -> str:
    """A rule with the names of what it reads: ``规上工业研发经费 ≤ 企业研发经费``."""
    names = {
        code: place.indicator.name
        if place.role is None
        else next(part.name for part in place.indicator.components if part.code == code)
        for code, place in plan.rule_book.places.items()
    }
    left, right = (expression_in_words(side.text, names) for side in rule.sides)
    return f"{left} {terms.RULE_OPERATOR[rule.operator]} {right}"


def _units(plan: Plan) -> tuple[PlanRow, ...]:
    rows = []
    for unit in plan.units:
        host = plan.unit(unit.inside) if unit.inside else None
        reports = "不填报" if not unit.reports else f"{unit.since.key} 起" if unit.since else "填报"
        rows.append(
            PlanRow(
                unit.code,
                (
                    unit.code,
                    unit.name,
                    terms.LEVEL[unit.level],
                    f"{host.name}（其中项）" if host else ABSENT,
                    reports,
                    "、".join(unit.aliases),
                ),
            )
        )
    return tuple(rows)


_ROWS: Mapping[str, Callable[[Plan], tuple[PlanRow, ...]]] = {
    "indicators": _indicators,
    "tasks": _tasks,
    "goals": _goals,
    "rules": _rules,
    "units": _units,
}
