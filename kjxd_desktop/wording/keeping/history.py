"""Lines of history in words: what was done, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.wording.filling.carried import task_stands_from
from kjxd_desktop.wording.keeping.changes import WHAT
from kjxd_desktop.wording.terms import ENTRY_FIELD, ENTRY_STATUS, RETURN_STATE

# Every kind of line, as people know it.
KIND: Mapping[str, str] = {
    "workspace": "数据文件的单位和方案",
    "plan": "方案",
    "own_unit": "本单位在方案里的位置",
    "shared": "共用的指标",
    "assignment": "由谁承担",
    "target": "目标",
    "baseline": "基期值",
    "achieved": "定性目标已实现",
    "deadline": "截止时间",
    "state": "报表状态",
    "signature": "负责人和填表人",
    "entry": "指标的数",
    "progress": "任务进展",
    "explanation": "说明",
    "evidence": "佐证材料",
    "submission": "上报记录",
    "import": "导入记录",
    "second_entry": "复录的数",
    "operator": "操作人员",
    "recovery": "恢复码",
    "restore": "用备份恢复",
    "clock": "电脑时间往回走",
    "wrong_try": "密码、恢复码写错",
}
# What happened to the file as a whole, or at its door: no table holds it.
EVENTS = frozenset({"restore", "clock", "wrong_try"})
# Kinds that a person looks for together.
KIND_GROUPS = (
    ("指标的数", frozenset({"entry", "second_entry"})),
    ("任务进展", frozenset({"progress", "evidence"})),
    ("说明", frozenset({"explanation"})),
    ("状态和签字", frozenset({"state", "signature"})),
    ("导入和导出", frozenset({"import", "submission"})),
    ("目标和分工", frozenset({"target", "baseline", "achieved", "assignment", "deadline"})),
    ("方案", frozenset({"plan", "own_unit", "shared"})),
    ("人员、数据文件", frozenset({"workspace", "restore", "clock", "operator", "recovery", "wrong_try"})),
)

# How a change came. What is not here is a reason that a person wrote.
WHY = {
    "typed": "填写",
    "pasted": "粘贴",
    "cleared": "清空",
    "backfill": "补录",
    "status": "标记",
    "components": "填分子、分母",
    "data_year": "选数据年份",
    "note": "写备注",
    "command": "用命令填",
    "undo": "撤销",
    "redo": "重做",
    "explained": "写说明",
    "signature": "填签字信息",
    "carried_on": "还没公布，继续沿用",
    "no_change": "本季无变化",
    "not_involved": "不涉及",
    "evidence": "佐证材料",
    "checked": "审核",
    "operators": "改操作人员",
    "recovery": "换恢复码",
    "wrong_try": "写的不对",
    "password_rehashed": "密码换了存法",
    "rekeyed": "复录",
    "rekey_settled": "复录后定数",
    "signed": "签报",
    "submitted": "导出上报",
    "accepted": "接收",
    "import": "导入文件",
    "target": "定目标",
    "baseline": "定基期值",
    "achieved": "标记已实现",
    "deadline": "定截止时间",
    "assignment": "分工",
    "plan": "改方案",
    "shared": "共用指标",
    "set_up": "新建数据文件",
    "anchor": "程序升级时补记",
    "demo": "演示数据",
}
RESTORED = "restored"
# Codes that say more after a colon.
_WHY_WITH = {"import": "导入文件“{rest}”", RESTORED: "恢复成第 {rest} 条记录的内容"}


# What is said when nothing is kept any more.
TAKEN_BACK = {
    "target": "取消了“{name}”的目标",
    "baseline": "取消了“{name}”的基期值",
    "achieved": "撤回了“{name}”的“已实现”",
    "explanation": "取消了“{name}”的说明",
    "assignment": "“{name}”由谁承担，改回按方案",
    "shared": "“{name}”不再和另一个方案共用一个数",
}


def why_words(why: str) -> str:
    """How a change came: the word of a code, or the reason as a person wrote it."""
    code, colon, rest = why.partition(":")
    if colon and rest and code in _WHY_WITH:
        return _WHY_WITH[code].format(rest=rest)
    return WHY.get(why, why)


def deed(
    what: str,
    name: str,
    period: str,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
) -> str:
    """What was done, such as ``改了“科技型中小企业”的数``.

    Args:
        what: Kind of the line.
        name: Of the indicator, task or person; may be empty.
        period: The period in words; empty for what belongs to none.
        old: What was kept before; None for nothing.
        new: What is kept since; None for nothing.
    """
    if what == "entry":
        return _entry_deed(name, old or {}, new or {})
    if what == "progress" and new is not None and new.get("carried_from"):
        return f"“{name}”{task_stands_from(new['carried_from'])}"
    if what == "state" and new is not None:
        return f"报表改为“{RETURN_STATE[ReturnState(new['state'])]}”" if old else "开始填报表"
    if what == "deadline":
        return f"定了{period}的截止时间"
    if new is None and what in TAKEN_BACK:
        return TAKEN_BACK[what].format(name=name)
    if what == "operator":
        return f"改了操作人员“{name}”" if old else f"增加了操作人员“{name}”"
    if what == "workspace" and old is None:
        return "建立了数据文件"
    sentence = WHAT.get(what, KIND.get(what, what))
    return sentence.format(name=name, revision=(new or {}).get("revision", ""))


# What makes a change one of the number itself; anything else is a change beside it.
_FIGURE = frozenset({"status", "value", "numerator", "denominator"})


def _entry_deed(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    changed = [item.name for item in ENTRY_FIELDS if old.get(item.name) != new.get(item.name)]
    if old and changed and not _FIGURE.intersection(changed):
        return f"改了“{name}”的{ENTRY_FIELD[changed[0]]}"
    if new.get("carried") and new.get("value") is not None:
        year = f" {new['data_year']} 年数" if new.get("data_year") else ""
        return f"“{name}”{ENTRY_FIELD['carried']}{year}"
    if new.get("value") is not None:
        return f"改了“{name}”的数" if old.get("value") is not None else f"填了“{name}”"
    status = EntryStatus(new.get("status", EntryStatus.MISSING))
    if status is EntryStatus.MISSING:
        return f"清空了“{name}”"
    return f"“{name}”改为{ENTRY_STATUS[status]}"


# In place of what was done.
DAMAGED = "这条记录的内容损坏了，请核对数据文件"

# The window's words

NO_LINES = "还没有修改记录"
NO_LINES_HINT = "填了数、改了任务、导入了报表，都会记在这里：谁、什么时候、原来是什么、改成了什么。"
NOTHING_FOUND = "没有符合条件的记录"
NOTHING_FOUND_HINT = "换一个条件试试，或者点“清除条件”看全部。"
ITEM_GONE = "现在的方案里已经没有这一项，去不了那一格。它以前的内容可以在修改记录里看。"
RESTORED_NOTICE = "“{name}”已恢复。这次恢复也记进了修改记录。"
EXPORTED_NOTICE = "已导出 {count} 条修改记录：{file}。"
EXPORT_STOPPED = "已停止导出，没有写文件。"
EXPORTING = "正在导出，已写 {count} 条…"
# Head of the exported sheet and its columns.
SHEET_TITLE = "修改记录"
SHEET_COLUMNS = ("序号", "时间", "谁", "方案", "单位", "报告期", "做了什么", "原来", "现在", "原因")


def change_text(old: str, new: str) -> str:
    """``原来 → 现在`` in one line."""
    return f"{old or NOTHING} → {new or NOTHING}"


NOTHING = "空"


def back_words(kind: str) -> str:
    """What is put back of a line: a number, or the words of a task."""
    return "数" if kind == "entry" else "内容"
