"""Sentences for mistakes in a plan: in a plan workbook with sheet and cell, elsewhere with table and entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from kjxd_desktop.wording import terms
from kjxd_desktop.wording.checking.rules import RULE_FAULTS, rule_params
from kjxd_desktop.wording.planning.words import field_word, table_word


class CellMistake(Protocol):
    """A mistake or note of a plan workbook."""

    @property
    def sheet(self) -> str: ...
    @property
    def cell(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def params(self) -> Mapping[str, str]: ...


class PlanMistake(Protocol):
    """A mistake of a plan that came from no workbook."""

    @property
    def table(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def entry(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def params(self) -> Mapping[str, str]: ...


_KINDS: Mapping[str, str] = {
    "flag": "是或否",
    "text": "文字",
    "whole": "整数",
    "float": "小数",
    "list": "一串内容",
    "table": "一组内容",
    "other": "别的内容",
}

# Every code of ``plan_text.faults``.
_PLAN: Mapping[str, str] = {
    # Shape of a field
    "missing": "没有填，请填上",
    "not_text": "应当是文字，现在是{kind}",
    "too_long": "有 {count} 个字，一格最多 {limit} 个，请删短",
    "not_whole": "应当是整数，现在是{kind}",
    "not_flag": "应当写“是”或“否”，现在是{kind}",
    "not_decimal": "“{text}”不是准确的数，请只写数字，例如 12.5",
    "not_a_choice": "“{text}”不是可选的词，请从下拉里选：{choices}",
    "not_texts": "应当是几个名称，现在是{kind}",
    "not_wholes": "应当是几个整数，现在是{kind}",
    "not_table": "应当是一组内容，现在是{kind}",
    "not_list": "应当是一串内容，现在是{kind}",
    "not_a_period": "“{text}”不是报告期，请写成 2027年一季度 或 2027Q1 这样",
    "newer_format": "这份方案是更新版本的程序存的（格式 {text}），这里只能读到格式 {limit}，请先升级程序",
    "unknown_field": "方案里没有这一项，请去掉",
    "two_years": "要写开始和结束两个年份",
    # Sense of the whole
    "empty": "没有填，请填上",
    "year_outside": "{year} 不是能用的年份，请写 {first} 到 {last} 之间的年份",
    "unknown_code": "方案里没有“{text}”，请核对代码或名称，或先在对应的表里加上",
    "unknown_unit": "“单位”表里没有“{text}”，请核对名称，或先在“单位”表里加上",
    "used_twice": "“{text}”和第 {first} 项重复，请改掉一个",
    "years_backwards": "结束年份比开始年份早，请核对两个年份",
    "revision_small": "方案版本从 1 起，请写 1 或更大的整数",
    "adjustment_missing": "第 {revision} 版要写清从哪一期起、改了什么、为什么改",
    "adjustment_first": "第 1 版不用写修订，请清空修订的三项，或把方案版本改成 2 以上",
    "since_outside": "{period} 不在方案的年份里，请核对",
    "list_empty": "没有一项任务的清单是“{text}”，请换一个清单，或在“任务”表里写上",
    "bands_order": "基本达到的线不能高于达到进度的线，两条线都不能小于 0，请核对",
    "rekeyed_not_filled": "“{text}”由市里统一公布，下面没有单位填，不能复录，请去掉",
    "lag_outside": "应当在 0 到 100 之间，一般写 10",
    "target_twice": "同一年、同一类别、同一范围的目标已经有一个，请删掉一个或改年份",
    "range_backwards": "下限比上限大，请核对",
    "names_component": "“{text}”是某个分子或分母的名称，指标不能也叫这个，请改掉一个",
    "decimals_outside": "小数位数应当在 0 到 {limit} 之间",
    "decimals_of_count": "个数和位次没有小数，小数位数请写 0",
    "figures_of_count": "选的是个数或位次，基期值或目标值却有小数 {text}。每万人多少、人均多少、百分比请选“比率”，再到“分子分母”表写分子和分母",
    "figure_negative": "{text} 是负数，这一项不会是负的，请核对",
    "figure_above_100": "“分子含在分母里”选了“是”，最多 100，现在是 {text}，请核对",
    "rank_below_first": "位次从第 1 位起，现在是 {text}，请核对",
    "baseline_not_before": "基期年 {year} 不早于第一个目标的年份 {first}，请核对",
    "rank_goes_down": "位次越小越好，方向请选“越小越好”",
    "aggregation_unfit": "计量类型是“{measure}”，汇总方式不能是“{text}”，请核对这两列",
    "month_not_annual": "只有年度数才写公布月份，请清空，或把时间口径改成“年度数”",
    "month_outside": "月份应当是 1 到 12",
    "profile_not_running": "只有本年累计的总量和个数才写季度累计进度，请清空，或把时间口径改成“本年累计”",
    "profile_three": "要写三个数：一季度、上半年、前三季度各应完成全年的百分之几，例如 20、45、70。现在有 {count} 个",
    "profile_order": "三个数要在 0 到 100 之间，后一个不能比前一个小，例如 20、45、70",
    "factor_small": "换算系数要大于 0，百分比写 100",
    "half_a_ratio": "分子和分母要一起写，现在只有一个，请补上另一个",
    "ratio_without_parts": "比率要有分子和分母，请在“分子分母”表里给它写一行分子、一行分母",
    "percent_units": "百分比的分子和分母单位要一样，请改成同一个，例如都写万元",
    "percent_factor": "单位是 % 的，换算系数请写 100",
    "value_or_text": "目标值和文字目标要写一个，也只写一个",
    "years_not_ascending": "年份要从早到晚，每年只写一次",
    "code_of_indicator": "“{text}”是某个指标或分子分母的代码，任务请换一个代码",
    "inside_itself": "所在单位转了一圈又是它自己，请改成它所在的县区，或清空",
    # Check rules
    **RULE_FAULTS,
    "checks_negative": "审核的几个界限不能小于 0，请核对",
    "outlier_points_few": "至少要 {limit} 次以前的数才能判断，请写 {limit} 或更大的整数",
    "id_differs": "编号“{text}”和文件夹名“{folder}”不一样",
}

# Of cells: what was written is known, or there is another way to put it right.
_CELL: Mapping[str, str] = {
    **_PLAN,
    "not_whole": "“{text}”不是整数，请只写数字",
    "not_decimals": "“{text}”看不懂，请写几个数，用顿号隔开，例如 20、45、70，没有就空着",
    "figure_of_count": "这一项按个数或位次算，要填整数，现在是 {text}，请核对",
    "not_years": "“{text}”不是年份，请写成 2025、2027 这样，没有年份的请空着",
    "target_not_exact": "“{text}”不是准确的数，请只写数字，“约”“以上”这样的字写在“把握词”一列",
    "not_flag": "“{text}”看不懂，请写“是”或“否”",
    "used_twice": "“{text}”和第 {first} 行重复，请改掉一个",
    "not_a_plan_workbook": "这个文件不是方案工作簿。请先导出空白方案工作簿，填好再导入",
    "sheet_missing": "没有找到这张表。请从导出的方案工作簿里复制一张过来，没有内容也要留着",
    "sheet_twice": "有两张表都叫这个名字，分不清用哪一张，请删掉或改名一张",
    "header_missing": "没有找到表头那一行，请照导出的方案工作簿写上列名",
    "column_missing": "没有找到这一列，请照导出的方案工作簿加上",
    "column_twice": "有两列都叫这个名字，请删掉或改名一列",
    "row_twice": "这一项写了两次，请删掉一行",
    "row_missing": "没有找到“{text}”这一行，请照导出的方案工作簿加上",
    "error_cell": "这一格是错误值“{text}”，请重新填写",
    "uncached_formula": "公式没有算好的结果，请用 WPS 打开保存一次，或直接填写",
    "date_cell": "这一格成了日期“{text}”，请把格式改成文本，再重新填写",
    "number_shown_differently": "看到的“{text}”和存的数不一样，请把格式改成文本，再填准确的数",
    "format_unknown": "这种文件看不出“{text}”是不是百分数，请另存为 .xlsx 再导入",
    "too_many_digits": "“{text}”位数太多，最多 {limit} 位，请核对",
    "unit_differs": "“{text}”的单位是{written}，这里要{unit}，请换算后只写数字",
    "not_a_date": "“{text}”不是日期，请写成 2022-09-15 这样，没有就清空",
    "baseline_half": "基期年份和基期值要一起写，这一格没有填；没有基期的，请两格都清空",
    "year_column_unclear": "列名看不出是哪一种目标，请写成 2025年目标值、2025年约束值 或 2025年预期值 这样",
    "example_changed": "这一行标着“例”，但内容改过了。要用这一行，请删去“例”字；不用，请删掉整行",
    "reference_missing": "没有写是哪一项，请写代码或名称",
    "two_meant": "名称“{text}”和代码 {code} 不是同一项，请核对",
    "unknown_region": "“单位”表里没有代码或名称是“{text}”的单位，请核对，或在“单位”表里加上这一行",
    "unknown_task": "“任务”表里没有“{text}”，请核对代码或标题",
    "only_collectives": "级别是“统称”的才写成员，请清空，或把级别改成“统称”",
    "not_for_collectives": "统称不是一个单位，这一格请清空",
    "not_for_boxes": "专栏条目没有这一项，请清空，或把清单改成别的",
    "box_without_group": "没有写在哪个专栏，请写成“专栏1 标题”这样",
    "box_parents_differ": "同一个专栏的上级要一样，前面写的是“{text}”",
    "said_differently": "同一单位同一项前面写的不一样，请核对，留一个",
    "task_without_figures": "任务没有基期值和目标值，请清空，或核对代码",
}

_NOTES: Mapping[str, str] = {
    "column_unknown": "不认识这一列，没有读",
    "none_written": "写了“{text}”，按空着处理",
    "column_absent": "没有这一列，按空着处理",
    "row_unknown": "不认识“{text}”这一行，没有读",
    "code_given": "没有填代码，编为 {text}，以后请不要改",
    "default_taken": "没有填，按“{text}”处理",
    "revision_raised": "写了修订，按第 2 版处理",
    "made_by_rule": "专栏条目的这一格由程序编为“{text}”，写的没有读",
}

# What the program filled in where nothing was written.
_FILLED_IN = frozenset({"code_given", "default_taken", "column_absent"})
# The same mistake in other cells.
_OTHERS = "（另有 {count} 处：{others}）"

PLAN_CODES = frozenset(_PLAN)
CELL_CODES = frozenset(_CELL)
NOTE_CODES = frozenset(_NOTES)
KINDS = frozenset(_KINDS)

_TABLES: tuple[Mapping[str, str], ...] = tuple(
    {str(code): word for code, word in table.items()}
    for table in (
        terms.KIND,
        terms.MEASURE,
        terms.DIRECTION,
        terms.AGGREGATION,
        terms.TARGET_KIND,
        terms.COMPONENT_ROLE,
        terms.LEVEL,
        terms.TASK_LIST,
        terms.OPERATOR,
    )
)
# Where a sentence names a code of the plan: the parameter, and the table of its word.
_CODED: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "aggregation_unfit": {
        "text": {str(code): word for code, word in terms.AGGREGATION.items()},
        "measure": {str(code): word for code, word in terms.MEASURE.items()},
    },
    "list_empty": {"text": terms.TASK_LIST},
}


def cell_fault_sentence(fault: CellMistake) -> str:
    """A mistake or note of a plan workbook: ``“指标”表 F12“计量类型”：…。``"""
    column = fault.params.get("column", "")
    place = f"“{fault.sheet}”表" if fault.sheet else "文件"
    place += f" {fault.cell}" if fault.cell else ""
    place += f"“{column}”" if column else ""
    body = _CELL.get(fault.code) or _NOTES[fault.code]
    texts = _params(fault.code, fault.params)
    others = _OTHERS.format_map(texts) if "others" in texts else ""
    return f"{place}：{body.format_map(texts)}{others}。"


def note_sentences(notes: Sequence[CellMistake]) -> tuple[str, ...]:
    """What was not read, one by one; then what was filled in by rule, counted sheet by sheet."""
    said = [cell_fault_sentence(note) for note in notes if note.code not in _FILLED_IN]
    filled: dict[str, list[str]] = {}
    for note in notes:
        if note.code in _FILLED_IN:
            filled.setdefault(note.sheet, []).append(note.cell)
    said += [
        f"“{sheet}”表：有 {len(cells)} 格没有填，程序按规则补上了（{'、'.join(cells[:6])}{'等' if len(cells) > 6 else ''}）。"
        for sheet, cells in filled.items()
    ]
    return tuple(said)


def plan_fault_sentence(fault: PlanMistake) -> str:
    """A mistake of a plan without a workbook: ``指标第 4 项 I04 的“计量类型”：…。``"""
    _, _, code = fault.entry.partition(" ")
    place = table_word(fault.table)
    if fault.number:
        place += f"第 {fault.number} 项" + (f" {code} " if code else "")
    field = field_word(fault.table, fault.field)
    field = field if "第" in field else f"“{field}”"
    return f"{place}的{field}：{_PLAN[fault.code].format_map(_params(fault.code, fault.params))}。"


def _params(code: str, params: Mapping[str, str]) -> dict[str, str]:
    """The texts of a sentence, with Chinese words for the plan's own codes."""
    texts = dict(params)
    if "kind" in texts:
        texts["kind"] = _KINDS[texts["kind"]]
    if "choices" in texts:
        texts["choices"] = _choices(texts["choices"])
    if "others" in texts:
        texts["others"] = "、".join(_place(place) for place in texts["others"].split("、"))
    if code == "rule_expected":
        texts = rule_params(texts)
    for name, words in _CODED.get(code, {}).items():
        texts[name] = words.get(texts[name], texts[name])
    return texts


def _place(place: str) -> str:
    """A cell, with its sheet where that is another one: ``目标事项!I5``."""
    sheet, _, cell = place.rpartition("!")
    return f"“{sheet}”表 {cell}" if sheet else cell


def _choices(text: str) -> str:
    """Codes of one table as its words; words stay."""
    codes = text.split(", ")
    words = next((table for table in _TABLES if table.keys() >= set(codes)), {})
    return "、".join(words.get(code, code) for code in codes)
