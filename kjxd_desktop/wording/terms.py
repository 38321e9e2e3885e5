"""The one Chinese word for each code people see: states, statuses, kinds, roles."""

from __future__ import annotations

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.pace.standing import TaskPace
from kjxd_desktop.domain.people.operators import Act, OperatorRole
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

ENTRY_STATUS = {
    EntryStatus.REPORTED: "已填",
    EntryStatus.ESTIMATED: "预计数",
    EntryStatus.NOT_APPLICABLE: "不适用",
    EntryStatus.NOT_PUBLISHED: "未公布",
    EntryStatus.MISSING: "待填",
}
RETURN_STATE = {
    ReturnState.DRAFT: "填报中",
    ReturnState.CHECKED: "已审核",
    ReturnState.SIGNED: "已签报",
    ReturnState.SUBMITTED: "已上报",
    ReturnState.ACCEPTED: "已接收",
    ReturnState.RETURNED: "已退回",
}
TASK_STATUS = {
    TaskStatus.NOT_STARTED: "未启动",
    TaskStatus.IN_PROGRESS: "进行中",
    TaskStatus.DONE: "已完成",
    TaskStatus.BLOCKED: "受阻",
    TaskStatus.NOT_INVOLVED: "不涉及",
}
TASK_PACE = {
    TaskPace.NORMAL: "正常",
    TaskPace.BEHIND: "滞后",
    TaskPace.NOT_UPDATED: "未更新",
}
KIND = {Kind.STOCK: "期末数", Kind.YTD: "本年累计", Kind.ANNUAL: "年度数", Kind.CUMULATIVE: "方案期累计"}
MEASURE = {
    Measure.AMOUNT: "总量",
    Measure.COUNT: "个数",
    Measure.RATIO: "比率",
    Measure.RANK: "位次",
    Measure.COMPOSITE: "综合指数",
}
TARGET_KIND = {TargetKind.BINDING: "约束值", TargetKind.EXPECTED: "预期值", TargetKind.TARGET: "目标值"}
DIRECTION = {Direction.UP: "越大越好", Direction.DOWN: "越小越好"}
AGGREGATION = {
    Aggregation.SUM: "各单位相加",
    Aggregation.RATIO: "分子分母相除",
    Aggregation.CITY: "市里填",
}
COMPONENT_ROLE = {
    ComponentRole.NUMERATOR: "分子",
    ComponentRole.DENOMINATOR: "分母",
    ComponentRole.PART: "其中项",
}
# Full-width signs: what begins with = would be a formula in a sheet.
RULE_OPERATOR = {
    Operator.EQUAL: "＝",
    Operator.DIFFERENT: "≠",
    Operator.GREATER: "＞",
    Operator.AT_LEAST: "≥",
    Operator.LESS: "＜",
    Operator.AT_MOST: "≤",
    Operator.BOTH: "都有或都没有",
    Operator.NOT_BOTH: "不能都有",
}
GRADE = {Grade.LOGIC: "逻辑性", Grade.VERIFY: "核实性", Grade.HINT: "提示"}
MISSING_FIGURES = {
    Missing.SKIP_IF_ANY: "缺一个就不审核",
    Missing.SKIP_IF_ALL: "全缺才不审核",
    Missing.ZERO: "按0算",
}
OPERATOR = {">=": "≥", "<=": "≤", ">": "＞"}
TASK_LIST = {
    "text": "正文任务",
    "annex": "附件清单",
    "box": "专栏条目",
    "clause": "条款",
    "measure": "举措",
    "field": "重点领域",
    "area": "总起段",
    "item": "子项",
    "safeguard": "保障措施",
}
# What stands for several units at once, beside the levels of single units.
COLLECTIVE = "统称"
YES, NO = "是", "否"
LEVEL = {
    Level.PROVINCE: "省级",
    Level.CITY: "市级",
    Level.COUNTY: "县区",
    Level.PARK: "园区",
    Level.DEPARTMENT: "市直部门",
}
PROGRESS_FIELD = {
    "status": "状态",
    "percent": "完成比例",
    "done": "进展情况",
    "problems": "存在问题",
    "next_step": "下一步",
    "evidence": "佐证材料",
    "carried_from": "沿用",
}
ENTRY_FIELD = {
    "value": "本期累计",
    "status": "填报状态",
    "estimate": "预计数",
    "numerator": "分子",
    "denominator": "分母",
    "data_year": "数据年份",
    "computed": "算法",
    "carried": "沿用",
    "note": "备注",
}
SIGNATURE = {
    "head": "单位负责人",
    "statistician": "统计负责人",
    "filled_by": "填表人",
    "phone": "联系电话",
    "date": "报出日期",
}
OPERATOR_ROLE = {
    OperatorRole.FILLER: "填表",
    OperatorRole.CHECKER: "审核",
    OperatorRole.HEAD: "负责人",
    OperatorRole.ADMIN: "管理",
}
ACT = {
    Act.FILL: "填数和改数",
    Act.CHECK: "审核",
    Act.SIGN: "签报",
    Act.SEND: "导出和撤回报表",
    Act.RECEIVE: "导入和接收报表",
    Act.PLAN: "改方案、分解和截止时间",
    Act.MANAGE: "管理人员和恢复数据",
}
NEXT_STEP = {
    "fill": "继续填指标",
    "explain": "写说明",
    "check": "审核",
    "sign_off": "签报",
    "submit": "导出上报",
    "wait": "等市局接收",
    "answer": "处理退回",
}
