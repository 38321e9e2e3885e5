"""A change from history as one short line."""

from __future__ import annotations

import json

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.returns.progress import TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.wording.filling.carried import task_stands_from
from kjxd_desktop.wording.terms import ENTRY_FIELD, ENTRY_STATUS, RETURN_STATE, TASK_STATUS

WHAT = {
    # Of an indicator or task that a later revision of the plan no longer has.
    "entry": "改了“{name}”的数",
    "progress": "更新了“{name}”",
    "workspace": "定了数据文件的单位和方案",
    "submission": "导出了上报的工作簿",
    "signature": "填了负责人、填表人和报出日期",
    "target": "定了“{name}”的目标",
    "baseline": "填了“{name}”的基期值",
    "achieved": "标记“{name}”的目标已实现",
    "deadline": "定了截止时间",
    "plan": "读入方案第 {revision} 版",
    "own_unit": "认定本单位在方案里的位置",
    "assignment": "改了“{name}”由谁承担",
    "shared": "“{name}”和另一个方案共用一个数",
    "import": "导入了一份报表",
    "evidence": "收到了佐证材料",
    "explanation": "写了“{name}”的说明",
    "second_entry": "复录了“{name}”",
    "operator": "改了操作人员“{name}”",
    "recovery": "换了恢复码",
    "restore": "用备份恢复了数据文件",
    "clock": "电脑的时间比上一条记录早",
    "wrong_try": "写错“{name}”的密码或恢复码",
}


def change_line(what: str, code: str | None, new: str | None, plan: Plan) -> str:
    """What was changed, such as ``填了“科技型中小企业”15 家``.

    Args:
        what: Kind of the change, as history keeps it.
        code: Indicator or task code.
        new: Canonical JSON of the content after, or None.
    """
    data = json.loads(new) if new else {}
    indicator = plan.indicator(code) if code else None
    if what == "entry" and indicator is not None:
        if "value" not in data:
            return f"“{indicator.name}”改为{ENTRY_STATUS[EntryStatus(data['status'])]}"
        if data.get("carried"):
            return f"“{indicator.name}”{ENTRY_FIELD['carried']} {data['value']} {indicator.unit}"
        return f"填了“{indicator.name}”{data['value']} {indicator.unit}"
    task = plan.task(code) if code else None
    if what == "progress" and task is not None:
        status = TASK_STATUS[TaskStatus(data["status"])] if "status" in data else "未更新"
        if "carried_from" in data:
            return f"任务“{task.no} {task.title}”{task_stands_from(data['carried_from'])}：{status}"
        return f"更新任务“{task.no} {task.title}”：{status}"
    if what == "state":
        return f"报表{RETURN_STATE[ReturnState(data['state'])]}"
    named = indicator.name if indicator else f"{task.no} {task.title}" if task else code or ""
    return WHAT[what].format(name=named, revision=data.get("revision", ""))


def value_text(new: str | None) -> str:
    """The value or state in a line of an entry's history: ``12``, ``不适用``, ``空``."""
    if not new:
        return "空"
    data = json.loads(new)
    if "value" in data:
        return str(data["value"])
    status = EntryStatus(data["status"])
    return "空" if status is EntryStatus.MISSING else ENTRY_STATUS[status]
