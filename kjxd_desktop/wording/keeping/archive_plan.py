"""A plan as a text that is read in ten years: head, indicators with what they mean, tasks, then its own words."""

from __future__ import annotations

from collections.abc import Iterator

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.plan import Plan, Task
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.keeping.archive import baseline_text, targets_text
from kjxd_desktop.wording.terms import AGGREGATION, COMPONENT_ROLE, DIRECTION, KIND, LEVEL, MEASURE


def plan_lines(plan: Plan) -> Iterator[str]:
    """The whole plan, a line each; what the plan does not say has no line."""
    yield f"{plan.title}　第 {plan.revision} 版"
    yield f"年份：{plan.period[0]}—{plan.period[1]}"
    yield from _said(("文号", plan.doc_no), ("发文单位", plan.issuer), ("发文日期", plan.issued))
    if plan.adjustment is not None:
        yield f"从 {period_title(plan.adjustment.since)}起用这一版"
        yield from _said(("改了什么", plan.adjustment.summary), ("为什么", plan.adjustment.reason))
    yield from ("", f"指标（{len(plan.indicators)} 项）")
    for indicator in plan.indicators:
        yield from ("", *_indicator(indicator))
    yield from ("", f"报送的任务（{len(plan.reported_tasks)} 项）")
    for task in plan.reported_tasks:
        yield from ("", *_task(task))
    yield from ("", "单位")
    for unit in plan.units:
        yield f"{unit.name}　{unit.code}　{LEVEL[unit.level]}"
    if plan.notes:
        yield from ("", "编录说明", *plan.notes)
    if plan.document:
        yield from ("", "方案原文", "", *plan.document.splitlines())


def _indicator(item: Indicator) -> Iterator[str]:
    yield f"{item.no}　{item.name}　{item.code}"
    yield f"  计量单位：{item.unit}　{KIND[item.kind]}　{MEASURE[item.measure]}　{DIRECTION[item.direction]}"
    yield f"  汇总办法：{AGGREGATION[item.aggregation]}"
    for part in item.components:
        yield f"  {COMPONENT_ROLE[part.role]}：{part.name}（{part.unit}）"
    if item.components and item.factor != 1:
        yield f"  算法：分子 ÷ 分母 × {plain_text(item.factor)}"
    about = "口径（参考，不是方案原文）" if item.reference else "口径"
    said = (
        (about, item.definition),
        ("数据来源部门", item.source_dept),
        ("基期值", baseline_text(item.baseline)),
        ("目标", targets_text(item.targets)),
        ("原文", item.quote),
    )
    yield from (f"  {line}" for line in _said(*said))


def _task(task: Task) -> Iterator[str]:
    yield f"{task.no}　{task.title}　{task.code}"
    said = (
        ("内容", task.text),
        ("牵头单位", "、".join(task.in_charge)),
        ("配合单位", "、".join(task.coop)),
        ("时限", "、".join(f"{year}年" for year in task.deadlines)),
    )
    yield from (f"  {line}" for line in _said(*said))


def _said(*pairs: tuple[str, str]) -> Iterator[str]:
    """Those that say something; words of several lines go on in lines of their own."""
    return (f"{label}：{text}" for label, text in pairs if text)
