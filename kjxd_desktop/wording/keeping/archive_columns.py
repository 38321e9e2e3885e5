"""The tables of a yearly archive: what each holds, its columns, and what each column means.

Keys are those of the same table as JSON. A column says in its meaning what a blank there says, where that is not
plain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS
from kjxd_desktop.domain.returns.progress import PROGRESS_FIELDS
from kjxd_desktop.wording.terms import ENTRY_FIELD, PROGRESS_FIELD, SIGNATURE


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: Of its files, without an ending.
        holds: What a line of it is.
        columns: Key, title and meaning, in their order.
    """

    name: str
    holds: str
    columns: tuple[tuple[str, str, str], ...]


# Words of the form that would mislead where the form is not seen.
_TITLES: Mapping[str, str] = {"value": "数值", "computed": "由分子分母算出", "carried_from": "沿用自"}
# What the word alone does not say of a field; a field that comes later is told by its word until it stands here.
_ENTRY: Mapping[str, str] = {
    "value": "数值，单位见“计量单位”，一位不改。空着就是没有数，不是 0",
    "data_year": "这个数说的是哪一年；空着就是报告期自己的",
    "numerator": "填的分子，单位见“分子计量单位”",
    "denominator": "填的分母，单位见“分母计量单位”",
    "computed": "是：数值由分子除以分母算出；否：直接填的",
    "note": "填表人写的备注",
    "carried": "是：这一期没有新填，沿用以前报过的年度数",
}
_PROGRESS: Mapping[str, str] = {
    "percent": "百分数，0 到 100；空着就是没有填",
    "done": "今年以来做了什么",
    "carried_from": "沿用哪一期报的；空着就是这一期自己报的",
}
_PLACE = (
    ("plan_title", "方案", "方案全称"),
    ("plan", "方案编号", "程序里的编号，几张表靠它对应"),
    ("revision", "方案版本", "报表按方案的第几版填"),
    ("unit_name", "单位", "填报单位"),
    ("unit", "单位代码", "行政区划代码，或方案里的代码"),
    ("period_text", "报告期", "例如“2024年三季度”，是 1 月到这一季末"),
    ("period", "报告期代码", "例如 2024Q3"),
)
_STATE = (
    ("state_text", "报表状态", "归档时报表走到哪一步"),
    ("round", "报送次数", "第几次报；退回、撤回一次加一"),
    ("check_code", "校验码", "最近一次上报的校验码，和纸上的一样；空着就是没有上报过"),
)
RETURNS = Table(
    "报表",
    "一行是一份报表",
    (
        *_PLACE,
        ("level", "单位级别", "县区、园区、市直部门或市级"),
        *_STATE,
        ("backfilled", "补录", "是：事后补填的以前的数，没有签字"),
        ("submitted_at", "上报时间", "最近一次上报的时间；空着就是没有上报过"),
        ("deadline", "截止时间", "这一期报送的截止时间"),
        *((name, word, "签字栏里写的；空着就是没有写") for name, word in SIGNATURE.items()),
    ),
)
FIGURES = Table(
    "指标数据",
    "一行是一份报表里的一个指标；没有填的也有一行",
    (
        *_PLACE,
        ("no", "序号", "方案里印的序号"),
        ("indicator", "指标代码", "程序里的代码，几张表靠它对应"),
        ("name", "指标名称", "方案里的原文"),
        ("class", "类别", "综合、投入或产出"),
        ("measure_unit", "计量单位", "“数值”的单位"),
        ("kind_text", "时间口径", "期末数、本年累计、年度数或方案期累计"),
        ("measure_text", "指标类型", "总量、个数、比率、位次或综合指数"),
        ("time_text", "所属时间", "这个数说的是哪一段时间"),
        ("status_text", "填报状态", "已填、预计数、不适用、未公布、待填，是五件不同的事"),
        *(
            (item.name, _TITLES.get(item.name, ENTRY_FIELD[item.name]), _ENTRY.get(item.name, ""))
            for item in ENTRY_FIELDS
            if item.name != "status"
        ),
        ("numerator_name", "分子名称", "比率的分子是什么"),
        ("numerator_unit", "分子计量单位", ""),
        ("denominator_name", "分母名称", "比率的分母是什么"),
        ("denominator_unit", "分母计量单位", ""),
        ("definition", "口径", "这个指标怎么算、算哪些"),
        ("definition_is_reference", "口径是参考", "是：口径按通行的说法写，不是方案原文"),
        ("source_dept", "数据来源部门", "方案里写的部门"),
        ("owed", "应填", "是：这个单位要填这一项；否：由上级公布，或分工里没有"),
        ("shown", "在报表中", "否：数还存着，但报表里已经没有这一项（方案改过版或改了分工）"),
        ("targets_text", "本单位目标", "分解给这个单位的目标；空着就是没有分解"),
        ("plan_targets_text", "方案目标", "方案里印的目标，说的是全市"),
        ("baseline_text", "本单位基期值", "空着就是没有定"),
        ("plan_baseline_text", "方案基期值", "方案里印的基期值，说的是全市"),
        *_STATE,
    ),
)
TASKS = Table(
    "任务进展",
    "一行是一份报表里的一项任务；没有更新的也有一行",
    (
        *_PLACE,
        ("no", "编号", "方案里的编号"),
        ("task", "任务代码", "程序里的代码"),
        ("title", "任务内容", "方案里的原文"),
        ("lead", "牵头单位", "方案里写的"),
        ("coop", "配合单位", "方案里写的"),
        ("status_text", "状态", "“未更新”就是这一期没有报，不是没有做"),
        *(
            (item.name, _TITLES.get(item.name, PROGRESS_FIELD[item.name]), _PROGRESS.get(item.name, ""))
            for item in PROGRESS_FIELDS
            if item.name != "status"
        ),
        ("evidence_text", "佐证材料", "文件名，括号里是它在这份归档里的位置"),
        ("shown", "在报表中", "否：进展还存着，但报表里已经没有这项任务"),
        *_STATE,
    ),
)
EXPLANATIONS = Table(
    "审核说明",
    "一行是填表人对一处审核问题写的说明",
    (
        *_PLACE,
        ("indicator", "指标代码", ""),
        ("name", "指标名称", ""),
        ("rule_text", "审核问题", "审核问了什么"),
        ("rule", "规则代码", "程序里的代码"),
        ("text", "说明", "填表人写的原因；写了以后又改过数的，说的可能是改以前的数"),
        *_STATE,
    ),
)
_MARK_PLACE = tuple(column for column in _PLACE if column[0] in ("plan_title", "plan", "unit_name", "unit"))
MARKS = Table(
    "定性目标",
    "一行是一个标记为已实现的定性目标（例如“0的突破”），到这一年年底为止",
    (
        *_MARK_PLACE,
        ("indicator", "指标代码", ""),
        ("name", "指标名称", ""),
        ("target_year", "目标年份", ""),
        ("wanted", "目标", "目标的原文"),
        ("since_text", "从哪一期起", "从这一期起算已实现"),
        ("text", "实现的情况", ""),
        ("evidence", "佐证材料", "文件名"),
        ("path", "在归档里的位置", "空着就是没有放进来"),
    ),
)
FILES = Table(
    "文件清单",
    "一行是一个报出、收到或附上的文件",
    (
        ("sort_text", "种类", ""),
        *(column for column in _PLACE if column[0] != "revision"),
        ("round", "报送次数", "第几次报的；文件自己没有写的空着"),
        ("sent_at", "发出时间", "收到的文件自己写的；没有写的空着"),
        ("received_at", "收到时间", "导入的时间；不是收到的文件空着"),
        ("code", "任务或指标代码", "佐证材料证明的是哪一项"),
        ("name", "原来的文件名", ""),
        ("path", "在归档里的位置", "空着就是没有放进来，原因见“没有放进来的原因”"),
        ("absent_text", "没有放进来的原因", ""),
        ("digest", "存的时候的指纹", "没有写算法名的是 SHA-256；空着就是没有留底"),
    ),
)
HISTORY = Table(
    "修改记录",
    "一行是一次改动，最新的在最上面。这一年各期报表的改动，不管哪天改的都在；别的改动，是这一年里改的",
    (
        ("line", "记录号", "第几条记录；别的年份的不在这里，所以不一定连号"),
        ("at", "时间", "那台电脑的时间"),
        ("who", "谁", ""),
        ("plan_title", "方案", ""),
        ("unit_name", "单位", ""),
        ("period_text", "报告期", "空着就是不属于哪一期"),
        ("item", "哪一项", ""),
        ("code", "代码", ""),
        ("deed", "做了什么", ""),
        ("old_text", "原来", "只写不一样的地方；空着就是原来没有"),
        ("new_text", "改成", "只写不一样的地方；空着就是没有了"),
        ("why_text", "为什么", "怎么来的，或当时写的原因"),
    ),
)
TABLES = (RETURNS, FIGURES, TASKS, EXPLANATIONS, MARKS, FILES, HISTORY)
