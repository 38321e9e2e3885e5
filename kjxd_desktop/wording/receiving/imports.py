"""Sentences of the import preview: why a line has its class, what to know about a file, why it is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.domain.returns.progress import TaskStatus
from kjxd_desktop.wording.keeping.backups import full_moment
from kjxd_desktop.wording.terms import (
    ENTRY_FIELD,
    ENTRY_STATUS,
    PROGRESS_FIELD,
    SIGNATURE,
    TARGET_KIND,
    TASK_STATUS,
)

_ROWS_OR_COLUMNS = re.compile(r"(.+)!(\w+):\w+")
# What the name of a workbook's evidence archive ends in, instead of ``.xlsx``.
EVIDENCE_ENDING = "_佐证.zip"


def evidence_path(workbook: Path) -> Path:
    """Where the archive of evidence of a return's workbook is."""
    return workbook.with_name(workbook.stem + EVIDENCE_ENDING)


EMPTY = "（空）"
SIGNATURE_TITLE = "签字信息"


class Explained(Protocol):
    """A line of the preview."""

    @property
    def reason(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def raw(self) -> str: ...
    @property
    def read(self) -> str: ...
    @property
    def was(self) -> str: ...
    @property
    def params(self) -> tuple[tuple[str, str], ...]: ...


_REASONS: Mapping[str, str] = {
    # new, changed, same, conflict
    "empty_here": "现有为空",
    "changed_since": "上次是{was}，报表里改了",
    "cleared": "报表里清空了",
    "same": "",
    "kept_city": "现有的更新，报表里还是上次的{read}，保留现有",
    "both_changed": "两边都改过：现有{was}，报表里是{read}，上次是{base}",
    "changed_after_export": "导出后在表格里改过，请核对",
    "locked": "由上级公布，报表里的{read}不写入",
    # how it was read
    "formula": "取公式算好的数",
    "computed": "由分子、分母算出",
    "data_year_assumed": "没写年份，按 {year} 年的数记",
    "estimate_in_value": "数旁边标了预计",
    "mark_beside_value": "数旁边的记号写进备注",
    "percent_from_status": "按状态补上完成比例",
    "characters_left_out": "有看不见或不能保存的字符，没有读入，其余照读",
    "names_made_safe": "文件名里有的字不是每台电脑都能存，记作{read}",
    # problems of a cell
    "convert_confirm": "写的是{text}，换算成 {value} {unit}，请确认",
    "error_cell": "这一格是错误值“{text}”，请填准确的数",
    "uncached_formula": "公式没有算好的数，请用 WPS 打开保存一次，或直接填数",
    "number_shown_differently": "看到的数和存的数不一样，请填准确的数",
    "format_unknown": "这种文件看不出是不是百分数，请确认这个数",
    "merged_over_rows": "合并的格跨了几行，分不清是哪一项的数，请分开填",
    "two_columns": "有两列都像这一项，写的不一样，请核对",
    "date_cell": "这一格成了日期“{text}”，请填数",
    "not_a_number": "“{text}”不是数字，请填准确的数",
    "too_many_digits": "位数太多，最多 {limit} 位，请核对",
    "not_exact": "“{text}”不是准确的数，请填准确的数",
    "none_is_ambiguous": "“无”可能是 0，也可能是不适用，请选一个",
    "unit_differs": "“{text}”的单位是{written}，这一项要{unit}，请换算",
    "magnitude_unfit": "“{text}”里的“{written}”和这一项的单位（{unit}）对不上，请核对",
    "points_not_a_level": "“{text}”说的是升降了几个百分点，请填升降以后是多少{unit}",
    "estimate_confirm": "写的是{text}，记作预计数 {value} {unit}，请确认",
    "no_number_to_estimate": "标了预计数，但没有填数",
    "estimate_unreadable": "“{text}”看不出是不是预计数，请写“是”或留空",
    "year_unreadable": "“{text}”不是年份，请写成 2023 这样",
    "year_outside": "数据年份“{text}”不对，应在 {first} 到 {last} 之间",
    "year_of_period": "数据年份“{text}”就是报告期这一年，年度数要到下一年才公布，请核对",
    "year_before_baseline": "数据年份“{text}”比基期 {first} 年还早，请核对",
    "data_year_not_annual": "不是一年一个数的年度指标，不用写数据年份“{text}”，请核对",
    "contradicts_value": "数写的是{status}，这里又填了“{text}”，请核对",
    "status_unreadable": "“{text}”不是可用的状态，可用的有：{allowed}",
    "percent_unreadable": "“{text}”不是完成比例，请填 0 到 100 的整数",
    "percent_contradicts": "状态是{status}，完成比例却是 {text}，请核对",
    "text_too_long": "有 {length} 个字，最多 {limit} 个，请删短",
    # problems of a row or of the file
    "unknown_row": "方案里没有这一项，或这一项出现了两次，不会写入",
    "row_absent": "报表里没有这一行，请填数或留空",
    "not_descendant": "这份报表不是接着上次收到的那份改的，可能是旧文件，请确认要用它",
    "accepted_before": "上一份已经接收，请确认要换成这一份",
    # what a city sends down
    "plan_new": "新的方案",
    "plan_revised": "方案有新版本",
    "sent_down": "市局下发",
    "withdrawn": "市局已取消这个目标",
    "return_locked": "报表已上报，不改动",
    "figure_impossible": "这一项不可能是这样的数，没有采用",
}

_NOTICES: Mapping[str, str] = {
    "hidden": "有隐藏的内容，也读了：{places}。请核对。",
    "changed_after_export": "这份报表导出后改过，校验码对不上。请核对标出的行。",
    "unsigned": "这份报表没有负责人签字，是直接在表格里填的。",
    "not_descendant": "这份报表不是接着上次收到的那份改的，可能是旧文件。",
    "accepted_before": "这个单位的上一份报表已经接收。",
    "received_before": "这份报表以前收过，这次不会重复写入。",
    "no_identity": "文件里没有能用的“标识”页，按封面认作{unit}、{plan}。请核对。",
    "plan_differs": "文件里“{plan}”的内容和本机的不完全一样，按本机的方案读。",
    "tasks_absent": "有 {count} 项任务没有读到，现有内容不变。",
    "evidence_missing": "缺 {count} 个佐证文件：{names}。请把“{archive}”放在报表旁边再导入。",
    "archive_unreadable": "“{archive}”{why}。报表里的数可以照常导入；请让对方重新打包佐证文件。",
    "older_revision": "报表是按“{plan}”第 {file} 版填的，这一期现行第 {here} 版：同一代码的指标照读，新增的指标要补填。请核对。",
    "history_rewritten": "发来单位的修改记录和以前报来的对不上（第 {names} 条）：可能恢复过备份、换过数据文件，也可能有人绕过程序改过。请先向{unit}问清楚，再决定是否写入。",
    "heads_absent": "{unit}以前报来的修改记录凭据，这份报表里没有（第 {names} 条）：可能恢复过备份、换过电脑或数据文件、直接在表格里填的，也可能有人删过。请先向{unit}问清楚，再决定是否写入。",
    "seal_missing": "这份报表没有封签：可能有人删过“标识”页里的内容，也可能{unit}换回了旧版程序。请先向{unit}问清楚，再决定是否写入。",
    "seal_broken": "这份报表的封签对不上：签字信息、上报时间或修改记录凭据在导出后改动过。请先向{unit}问清楚，再决定是否写入。",
    "sent_too_early": "上报时间不对：这份报表写着 {sent_at} 上报，可它已经带着 {seen_at} 那一份里的修改记录。可能是{unit}的电脑时间不准，也可能有人改过。请先向{unit}问清楚，再决定是否写入。",
    "signature_changed": "签字信息在导出后改过（姓名、电话或日期）。校验码只管数和任务，不管签字；请看标出的行。",
    "old_code": "这份报表带的是旧版程序的校验码（12 位），防得住误改，防不住有意造假。请{unit}升级程序。",
    "left_out": "文件里有 {count} 项是这一版方案没有或没有分给这个单位的，没有写入：{names}。",
    "earlier_differs": "以前的数有 {count} 处和这里存的不一样：{which}。不会改动这里的数，请和填报单位核对哪个对。",
    "figures_impossible": "市局下发的目标或基期值里有 {count} 处不可能，没有采用，这里原来的没有变：{which}。请告诉市局改好后重新下发。",
    "figures_doubtful": "市局下发的目标或基期值里有 {count} 处请核对：{which}。数照市局的；有疑问请问市局。",
    "marks_new": "{unit}认定 {count} 项定性目标已实现：{names}。写入以后这里也算已达标。",
    "marks_differ": "定性目标的标记和这里的不一样：{names}。这里的没有动；请和填报单位核对，到“监测分析”里改或撤回。",
    "values_not_taken": "表里已填的 {count} 项没有读入；这里只接收市局下发的内容。",
}

_ARCHIVE_TROUBLES: Mapping[str, str] = {
    "too_many": "里面的文件太多，没有打开",
    "too_big": "太大，没有读完",
    "not_a_file": "不是普通文件，没有打开",
    "broken": "有损坏，没有读完",
}

# Columns of the form that repeat a figure of an earlier period.
_EARLIER: Mapping[str, str] = {"last_year": "上年同期", "previous": "上期"}

_PROBLEMS: Mapping[str, str] = {
    "not_a_return": "“{name}”里没有找到报表，没有读入任何数据。请选本程序导出的报表或模板。",
    "newer_format": "“{name}”是用新版程序导出的，这里读不了，没有写入任何数据。请先升级程序。",
    "other_revision": "报表用的是“{plan}”第 {file} 版，这里这一期是第 {here} 版，没有写入。请先导入第 {file} 版方案，或请对方换第 {here} 版的模板。",
    "wrong_unit": "这份文件是给{unit}的，这个数据文件属于{own}，没有写入任何数据。请选{own}的文件。",
    "unit_mixed": "封面上写的是{shown}，文件里的标识是{unit}，没有写入任何数据。请让对方重新导出。",
    "period_mixed": "封面上写的是 {shown}，文件里的标识是 {period}，没有写入任何数据。请让对方重新导出。",
    "no_period": "没有找到报告期，写的是“{text}”，没有写入任何数据。请在封面写上 2024年三季度 这样的报告期。",
    "wrong_period": "报告期 {period} 不在方案的年份 {first}—{last} 里，没有写入任何数据。请检查报告期。",
    "own_submission": "这是本机导出的{unit}报表，不能再导入回来，没有写入任何数据。",
    "county_takes_dispatch": "“{name}”不是市局下发的模板，没有写入任何数据。请选市局发来的模板文件。",
    "no_tables": "“{name}”里没有找到指标表或任务表，没有写入任何数据。请选报表文件。",
    "plan_unreadable": "“{name}”带的方案不完整，没有写入任何数据。请让市局重新导出模板。",
    "nothing_filled": "“{name}”是空的模板，{unit}还没有填数，没有写入任何数据。",
    "held": "没有写入：有 {waiting}等您决定。请在导入预览里逐条处理。",
    "cannot_take": "{field}的这一格（{cell}）没有可用的内容，没有写入。请改填一个数，或留现有的。",
    "preview_outdated": "预览后数据有了变化，没有写入任何数据。请重新打开“{name}”再看一遍。",
}

# Words for fields that neither indicators nor tasks have.
_FIELDS = {
    "text": "说明",
    **SIGNATURE,
    "due": "报送期限",
    "revision": "方案版本",
    "lineage": "来源",
    "state": "状态",
}
_WORDS = {
    EntryStatus.NOT_APPLICABLE.value: ENTRY_STATUS[EntryStatus.NOT_APPLICABLE],
    EntryStatus.NOT_PUBLISHED.value: ENTRY_STATUS[EntryStatus.NOT_PUBLISHED],
    **{status.value: TASK_STATUS[status] for status in TaskStatus},
}

REASON_CODES = frozenset(_REASONS)
NOTICE_CODES = frozenset(_NOTICES)
IMPORT_PROBLEM_CODES = frozenset(_PROBLEMS) | (REASON_CODES - {"same"})


def reason_sentence(row: Explained) -> str:
    """Why a line has its class; empty for lines that are the same."""
    texts = {"read": shown_text(row.field, row.read), "was": shown_text(row.field, row.was)}
    params = {name: shown_text(row.field, text) if name == "base" else text for name, text in row.params}
    return _REASONS[row.reason].format_map({"text": row.raw[:20], **texts, **params})


def earlier_figure(name: str, field: str, given: str, here: str) -> str:
    """``“研发投入强度”上年同期文件里是 0.69，这里是 0.70``; numbers as they stand."""
    return f"“{name}”{_EARLIER[field]}文件里是 {given}，这里是 {here}"


def listed(texts: Sequence[str], most: int) -> str:
    """Texts one after the other, the first ones when there are many."""
    more = f"；另有 {len(texts) - most} 处" if len(texts) > most else ""
    return "；".join(texts[:most]) + more


def notice_sentence(code: str, params: tuple[tuple[str, str], ...]) -> str:
    """What a person must know about a whole file."""
    texts = dict(params)
    if "places" in texts:
        texts["places"] = "、".join(place_words(place) for place in texts["places"].split("、"))
    for name in ("sent_at", "seen_at"):
        if name in texts:
            texts[name] = full_moment(datetime.fromisoformat(texts[name]))
    texts["why"] = _ARCHIVE_TROUBLES.get(texts.get("why", ""), "")
    return _NOTICES[code].format_map(texts)


def asked_unit(unit: str) -> str:
    """What a person says before a file is written whose seal or heads do not fit."""
    return f"已向{unit}问清楚，确认可以写入"


def place_words(place: str) -> str:
    """A hidden place in words: ``指标!9:9`` is 指标第 9 行, ``指标!C:C`` is 指标 C 列, else a whole sheet."""
    match = _ROWS_OR_COLUMNS.fullmatch(place)
    if match is None:
        return f"工作表“{place}”"
    return f"{match[1]}第 {match[2]} 行" if match[2].isdigit() else f"{match[1]} {match[2]} 列"


def import_problem_sentence(problem: Problem) -> str:
    """Why a file is refused, or a decision cannot be carried out."""
    params = {"field": problem.field, **problem.params}
    counted = ((params.get("conflicts"), "处冲突"), (params.get("problems"), "处问题"))
    params["waiting"] = "、".join(f"{count} {word}" for count, word in counted if count not in (None, "0"))
    sentence = _PROBLEMS.get(problem.code)
    if sentence is None:
        return f"{problem.field}：{_REASONS[problem.code].format_map(params)}。"
    return sentence.format_map(params)


def shown_text(field: str, text: str) -> str:
    """A canonical text of a line as people read it: words for codes, names of files, （空） for nothing."""
    if not text:
        return EMPTY
    if field == "estimate":
        return "是"
    if field == "percent":
        return f"{text}%"
    if field == "evidence":
        # A JSON list of name, size and digest.
        return "、".join(str(item[0]) for item in json.loads(text))
    if field == "assigned":
        return {"yes": "承担", "no": "不承担"}.get(text, text)
    if field in ("value", "status"):
        return _WORDS.get(text, text)
    return text


def field_title(subject: str, field: str) -> str:
    """The column word of a line's field: 本期累计, 完成比例, 2025年约束值."""
    if subject == "progress":
        return PROGRESS_FIELD.get(field, field)
    if subject == "target":
        kind, _, year = field.partition(".")
        return f"{year}年" + next((word for item, word in TARGET_KIND.items() if item.value == kind), kind)
    if subject == "baseline":
        return "基期值"
    if subject == "assignment":
        return "任务分解"
    return _FIELDS.get(field) or ENTRY_FIELD.get(field, field)
