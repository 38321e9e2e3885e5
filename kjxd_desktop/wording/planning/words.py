"""Chinese names of a plan's tables and fields: sheets and headings of the plan workbook.

Fields are named as in ``resources/plans/README.md``; nested tables (targets, components, ranges) and
the decomposition (splits) have sheets of their own.
"""

from __future__ import annotations

from collections.abc import Mapping

SHEET: Mapping[str, str] = {
    "guide": "说明",
    "plan": "方案",
    "indicators": "指标",
    "components": "分子分母",
    "targets": "目标",
    "tasks": "任务",
    "goals": "目标事项",
    "units": "单位",
    "splits": "分解",
    "ranges": "审核",
    "rules": "审核关系",
    "document": "原文",
    "choices": "选项",
}

MARK = "标记"
EXAMPLE = "例"
_INDICATOR = {"indicator": "指标代码", "indicator_name": "指标名称"}
_TARGET = {
    "kind": "目标类别",
    "op": "比较",
    "value": "目标值",
    "text": "文字目标",
    "certainty": "把握词",
    "scope": "范围",
}
_BASELINE = {"baseline year": "基期年份", "baseline value": "基期值", "baseline note": "基期说明"}

FIELD: Mapping[str, Mapping[str, str]] = {
    "plan": {
        "id": "方案编号",
        "title": "方案名称",
        "short_title": "方案简称",
        "doc_no": "文号",
        "issuer": "印发机关",
        "issued": "印发日期",
        "first_year": "开始年份",
        "last_year": "结束年份",
        "region": "地区代码",
        "reported_list": "填报的任务清单",
        "revision": "方案版本",
        "adjustment since": "修订从哪一期起",
        "adjustment summary": "修订改了什么",
        "adjustment reason": "为什么修订",
        "bands ahead": "达到进度的线",
        "bands between": "基本达到的线",
        "bands task_lag_points": "任务滞后百分点",
        "checks year_change": "同比变化界限",
        "checks quarter_change": "环比变化界限",
        "checks count_change": "个数变化界限",
        "checks slip": "单位差错界限",
        "checks outlier": "离群界限",
        "checks outlier_points": "离群最少期数",
        "rekeyed": "复录指标",
        "notes": "编录说明",
    },
    "indicators": {
        "code": "代码",
        "no": "编号",
        "name": "指标名称",
        "class": "类别",
        "unit": "计量单位",
        "kind": "时间口径",
        "measure": "计量类型",
        "direction": "方向",
        "decimals": "小数位数",
        "aggregation": "汇总方式",
        **_BASELINE,
        "factor": "换算系数",
        "share": "分子含在分母里",
        "release_month": "公布月份",
        "profile": "季度累计进度",
        "definition": "口径",
        "reference": "口径是参考",
        "source_dept": "数据来源",
        "aliases": "别名",
        "source": "出处",
        "quote": "原文摘录",
    },
    "components": {**_INDICATOR, "role": "角色", "code": "代码", "name": "名称", "unit": "计量单位"},
    "targets": {**_INDICATOR, "year": "年份", **_TARGET, "unit_code": "单位", "source": "出处"},
    "tasks": {
        "code": "代码",
        "list": "清单",
        "group": "分组",
        "no": "编号",
        "title": "标题",
        "text": "正文",
        "parent": "上级",
        "lead": "牵头单位",
        "coop": "配合单位",
        "responsible": "责任单位",
        "deadlines": "时限年份",
        "recurrences": "频次",
        "source": "出处",
    },
    "goals": {
        "code": "代码",
        "text": "原文",
        "subject": "事项",
        "value": "数值",
        "unit": "计量单位",
        "year": "年份",
        "every_year": "每年",
        "units": "责任单位",
        "repeats_indicator": "对应指标",
        "source": "出处",
    },
    "units": {
        "code": "代码",
        "name": "名称",
        "level": "级别",
        "aliases": "别名",
        "office": "填报机关",
        "inside": "所在单位",
        "reports": "填报",
        "since": "从哪一期起报",
        "members": "成员",
    },
    "splits": {
        "unit": "单位",
        "code": "代码",
        "name": "名称",
        "assigned": "承担",
        **_BASELINE,
        "year": "目标年份",
        **_TARGET,
        "source": "出处",
    },
    "ranges": {**_INDICATOR, "levels": "单位级别", "low": "下限", "high": "上限"},
    "rules": {
        "code": "代码",
        "left": "左边",
        "op": "关系",
        "right": "右边",
        "grade": "级别",
        "message": "提示语",
        "advice": "怎么办",
        "left_missing": "左边缺数时",
        "right_missing": "右边缺数时",
    },
    "document": {"line": "行号", "text": "原文"},
}

HEAD_COLUMNS: Mapping[str, str] = {"label": "项目", "content": "内容", "hint": "怎么填"}

# What a plan's own tables are called where there is no workbook; boxes stand among the tasks.
_TABLE: Mapping[str, str] = {**SHEET, "boxes": "专栏", "collectives": "统称", "notes": "编录说明"}
# Tables whose fields are those of another.
_LIKE: Mapping[str, str] = {"collectives": "units", "boxes": "tasks"}
_OTHER_FIELDS: Mapping[str, str] = {
    "period": "起止年份",
    "adjustment": "修订",
    "bands": "亮灯",
    "checks": "审核界限",
    "baseline": "基期",
    "name or alias": "名称或别名",
    "members": "成员",
    "task": "上级",
    "items": "条目",
    "numerator name": "分子名称",
    "numerator unit": "分子单位",
    "denominator name": "分母名称",
    "denominator unit": "分母单位",
    **{table: SHEET[table] for table in ("components", "targets", "ranges", "indicators", "tasks", "units")},
}


def year_heading(year: int | str, kind: str) -> str:
    """Heading of a column of unit targets: ``2025年约束值``."""
    return f"{year}年{kind}"


def table_word(table: str) -> str:
    """What people call a table of the plan."""
    return _TABLE.get(table, table)


def field_word(table: str, field: str) -> str:
    """What people call a field; nested ones with their place: ``目标第 2 条“目标值”``."""
    nested, _, rest = field.partition(" #")
    if rest:
        place, _, inner = rest.partition(" ")
        words = f"{_OTHER_FIELDS.get(nested, nested)}第 {place} 条"
        return f"{words}“{field_word(nested, inner)}”" if inner else words
    fields = FIELD.get(_LIKE.get(table, table), {})
    return fields.get(field) or _OTHER_FIELDS.get(field) or field
