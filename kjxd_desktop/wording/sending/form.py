"""Words of the return form: titles, footer, guide, messages of its cells, file names."""

from __future__ import annotations

import re
from datetime import datetime

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.file_names import safe_name
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.wording.dates import day_time, form_period, period_title, quarter_word

PROGRAM = "科技行动监测填报"
INDICATOR_FORM_NO = "KJXD-1表"
TASK_FORM_NO = "KJXD-2表"
CITY_WIDE = "（全市）"
NOT_SPLIT = "未分解"
NOTHING = "—"

FORM_NO = "表　　号："
ISSUER = "制定机关："
DOC_NO = "文　　号："
APPROVAL_NO = "批准文号："
VALID_UNTIL = "有效期至："
CHECK_CODE = "校验码："
UNIT = "填报单位："
PERIOD = "报告期："
SEAL = "填报单位（盖章）："
FORM_NOTES = "说明："
LONG_TEXTS = "附：以上格子里放不下的文字全文"
NO_CODE_YET = "上报时由程序生成"
IDENTITY_WARNING = "本页由程序使用，请不要修改"
NOTES_TITLE = "审核问题的说明"
NO_NOTES = "没有需要说明的审核问题。"
NOTES_IN_WPS = "用表格软件填报的，请把需要说明的原因写在“指标”页的“备注”栏。"
HINTS_TITLE = "提示（不影响上报）"
GUIDE_TITLE = "填报须知"
CHOICES_TITLE = "下拉列表里的词"
CHOICE_ESTIMATE = "预计数"
CHOICE_STATUS = "任务状态"
CHOICE_VALUE = "没有数时"

COVER_RETURN = "上报报表"
COVER_TEMPLATE = "报表模板（供填报）"
# What may stand in a value cell without a warning.
VALUE_WORDS_TAKEN = ("不适用", "未公布", "—", "/", "不涉及")

NUMBER_TITLE = "请核对"
VALUE_MESSAGE = (
    "这一格填数字，单位已经印在左边。没有这项业务填“不适用”，还没有公布填“未公布”。仍要这样填请点“是”。"
)
PART_MESSAGE = "这一格填数字，单位已经印在左边，不用再写单位。仍要这样填请点“是”。"
YEAR_MESSAGE = "请填四位年份，例如 2023。"
PERCENT_MESSAGE = "完成比例请填 0 到 100 的整数，不用写百分号。"

_YEARS = re.compile(r"[\s（(]*\d{4}\s*[—–-]+\s*\d{4}年?[）)]?\s*$")
# Characters a file name cannot have on Windows.
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def plan_word(plan: Plan) -> str:
    """The plan's short title without its years: ``强科技行动``."""
    return _YEARS.sub("", plan.short_title).strip() or plan.short_title


def form_title(plan: Plan) -> str:
    """``强科技行动监测表``; a local form without approval is called 监测表, not 统计报表."""
    return f"{plan_word(plan)}监测表"


def task_form_title(plan: Plan) -> str:
    """``强科技行动重点任务监测表``."""
    return f"{plan_word(plan)}重点任务监测表"


def full_period(period: Period) -> str:
    """``2024年1—9月（三季度）``."""
    return f"{form_period(period)}（{quarter_word(period)}）"


def deadline_text(deadline: datetime) -> str:
    """``2024年10月15日（周二）18:00``."""
    return f"{deadline.year}年{day_time(deadline)}"


def valid_until(plan: Plan) -> str:
    """``2025年12月``: the form lasts as long as the plan."""
    return f"{plan.period[1]}年12月"


def office_name(plan: Plan) -> str:
    """The office that sets the form: the city's."""
    city = plan.unit(plan.region)
    return (city.office or city.name) if city else plan.issuer


def form_marks(plan: Plan, form_no: str) -> tuple[tuple[str, str], ...]:
    """The block of marks at the head of a form: label and text."""
    return (
        (FORM_NO, form_no),
        (ISSUER, office_name(plan)),
        (DOC_NO, plan.doc_no),
        (APPROVAL_NO, ""),
        (VALID_UNTIL, valid_until(plan)),
    )


def group_heading(number: int, name: str) -> str:
    """``一、综合指标``, the heading of the first class."""
    words = "一二三四五六七八九十"
    return f"{words[number - 1] if number <= len(words) else number}、{name}指标"


def round_text(number: int) -> str:
    """``第1次``."""
    return f"第{number}次"


def return_file_name(plan: Plan, unit: Unit, period: Period, round_no: int) -> str:
    """``会宁县_强科技行动_2024年三季度_第1次.xlsx``."""
    return _file_name(unit.name, plan_word(plan), period_title(period), round_text(round_no))


def template_file_name(plan: Plan, unit: Unit, period: Period) -> str:
    """``会宁县_强科技行动_2024年三季度_报表模板.xlsx``."""
    return _file_name(unit.name, plan_word(plan), period_title(period), "报表模板")


def _file_name(*parts: str) -> str:
    return safe_name(_NOT_IN_NAMES.sub("", "_".join(parts)) + ".xlsx")


def page_footer(unit: Unit, period: Period, check_code: str) -> tuple[str, str]:
    """What stands left and right of the page number on every printed page."""
    left = f"{CHECK_CODE}{check_code}" if check_code else ""
    return left, f"{unit.name} {period_title(period)}"


def indicator_notes(plan: Plan, deadline: datetime) -> tuple[str, ...]:
    """The short 说明 below the indicator table."""
    return (
        f"1. 本表由{office_name(plan)}布置，{deadline_text(deadline)}前报出。本期累计从 1 月算起；"
        "期末拥有量填报告期末的数；年度数填最近一次公布的数，并写明数据年份。",
        "2. 比率有“分子”“分母”两行的，分子、分母都填了，本期累计按分子、分母计算；只有比率的，只填本期累计。",
        "3. 0 表示确实为零；没有这项业务填“不适用”，还没有公布填“未公布”；空白表示还没有填。",
        "4. 带“（全市）”的是全市目标，没有分解到本单位，不算完成率；灰色格由上级公布或不用填。",
    )


def task_notes() -> tuple[str, ...]:
    """The short 说明 below the task table."""
    return (
        "1. 状态从下拉列表里选：未启动、进行中、已完成、受阻、不涉及。选“受阻”的，请写明存在的问题。",
        "2. 完成比例填 0 到 100 的整数；进展情况写今年以来累计做了什么，有数字的请写数字。",
    )


def guide_lines(plan: Plan, unit: Unit, period: Period, deadline: datetime) -> tuple[str, ...]:
    """What someone who fills the form in with a spreadsheet program alone must know."""
    office = office_name(plan)
    return (
        f"1. 本文件是{unit.name}{period_title(period)}的报表。只填浅蓝色的格子，"
        f"填完请在{deadline_text(deadline)}前报{office}。",
        "2. “指标”页填本期累计。数字按左边印的计量单位填，不用写单位；小数照实填，不要四舍五入。",
        "3. 有“分子”“分母”的比率，请尽量填分子和分母；只有比率的，填比率本身，65% 填 65。",
        "4. 还不是准确数的，在“预计数”栏选“是”。年度数请写数据年份，例如 2023 年的研发经费填 2023。",
        "5. 确实为零填 0；没有这项业务填“不适用”；还没有公布填“未公布”。空着的格子算没有填；"
        "以前报过的年度数，新一年的数还没到公布的时候，空着就行，市局接收时沿用以前的数。",
        "6. “任务”页每项都选状态；与本单位无关的选“不涉及”，以前报过“不涉及”“已完成”的可以空着。"
        "选“受阻”的，请写明存在的问题。",
        "7. 数字变化较大、需要说明的，请在“备注”栏写明原因。",
        "8. 最后填“指标”页下面的单位负责人、统计负责人、填表人、联系电话和报出日期，打印后签字盖章。",
        "9. 请不要改代码、不要增删行列，也不要改“标识”页。涉密数据不能填入本表。",
    )


def sent_lines(plan: Plan, unit: Unit, period: Period) -> tuple[str, ...]:
    """What whoever opens a return must know."""
    return (
        f"1. 本文件是{unit.name}{period_title(period)}的上报报表，由程序导出，供{office_name(plan)}接收。",
        "2. 打印“指标”页和“任务”页，签字盖章。纸上的校验码与文件里的校验码一致，说明纸和文件是同一份。二维码里就是校验码，可以扫。",
        "3. 请不要改本文件。改动过的格子，接收时会列为“导出后改过”。要更正，请在程序里撤回后重新导出。",
        "4. 佐证材料在同名的“_佐证.zip”里，请与本文件一起报送。",
        "5. 涉密数据不能填入本表。",
    )


def counts_text(due: int, filled: int, tasks: int, updated: int) -> str:
    """How much of the return is filled in."""
    return f"指标应填 {due} 项，已填 {filled} 项；任务 {tasks} 项，已更新 {updated} 项"


def rule_word(rule: str) -> str:
    """The short word of a rule; its code where a newer plan has a rule that is not known here."""
    # Only a form with explanations asks for it.
    from kjxd_desktop.wording.checking.findings import short_word

    return short_word(rule) or rule
