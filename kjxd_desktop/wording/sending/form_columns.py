"""The columns of a return's tables, in their order: one table for paper, screen and reports.

How wide a column is and by which other words it is known in foreign files is the workbook's own matter.
"""

from __future__ import annotations

from dataclasses import dataclass

from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column.

    Attributes:
        key: What it holds.
        heading: Its words; a line break where the heading is broken on paper.
        mark: What the form's row of column marks (甲 乙 丙 1 2 …) has under it; empty without one.
        number: Whether numbers stand in it.
    """

    key: str
    heading: str
    mark: str = ""
    number: bool = False

    @property
    def title(self) -> str:
        """The heading in one line."""
        return self.heading.replace("\n", "")


_BEFORE_TARGETS = (
    FormColumn("no", "序号"),
    FormColumn("name", "指标名称", "甲"),
    FormColumn("unit", "计量单位", "乙"),
    FormColumn("code", "代码", "丙"),
    FormColumn("last_year", "上年同期", "1", number=True),
    FormColumn("previous", "上期", "2", number=True),
    FormColumn("value", "本期累计", "3", number=True),
    FormColumn("estimate", "预计数", "4"),
    FormColumn("data_year", "数据年份", "5", number=True),
)
TASK_FORM_COLUMNS = (
    FormColumn("no", "编号"),
    FormColumn("text", "任务内容"),
    FormColumn("lead", "牵头单位"),
    FormColumn("previous", "上期完成\n比例（%）", number=True),
    FormColumn("status", "状态"),
    FormColumn("percent", "完成比例\n（%）", number=True),
    FormColumn("done", "进展情况"),
    FormColumn("problems", "存在问题"),
    FormColumn("next_step", "下一步"),
    FormColumn("evidence", "佐证材料"),
    FormColumn("code", "代码"),
)
NOTE_FORM_COLUMNS = (
    FormColumn("code", "代码"),
    FormColumn("name", "指标名称"),
    FormColumn("short", "审核问题"),
    FormColumn("text", "说明"),
    FormColumn("rule", "规则"),
)


def indicator_form_columns(plan: Plan) -> tuple[FormColumn, ...]:
    """The columns of the indicator table; a plan with one kind of target has one target column."""
    year = plan.period[1]
    kinds = {target.kind for indicator in plan.indicators for target in indicator.targets}
    headings = {"binding": f"{year}年\n约束值", "expected": f"{year}年\n预期值"}
    if kinds == {TargetKind.TARGET}:
        headings = {"binding": f"{year}年目标"}
    first = int(_BEFORE_TARGETS[-1].mark) + 1
    targets = tuple(
        FormColumn(key, heading, str(mark), number=True)
        for mark, (key, heading) in enumerate(headings.items(), start=first)
    )
    after = first + len(targets)
    return (
        *_BEFORE_TARGETS,
        *targets,
        FormColumn("completion", "完成率", str(after), number=True),
        FormColumn("note", "备注", str(after + 1)),
    )
