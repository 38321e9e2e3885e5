"""Sentences for findings: a four-character reason, the whole sentence with numbers, what to do."""

from __future__ import annotations

from collections.abc import Mapping

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.plan.rules import Grade

# What stands for the values in a plan's own sentence; in plan workbooks the Chinese words.
_SIDES: Mapping[str, str] = {"left": "左边", "right": "右边"}
_PARTS: Mapping[str, str] = {"value": "数", "numerator": "分子", "denominator": "分母"}
# Rules of a plan bring their own sentences.
_SHORT_OF_PLAN = "审核关系"
_ADVICE_OF_PLAN: Mapping[Grade, str] = {
    Grade.LOGIC: "请核对这几个数，改正后再上报。",
    Grade.VERIFY: "数字有误请改；无误请写明原因。",
    Grade.HINT: "请看一看。",
}
# code: (short, sentence, advice)
_SENTENCES = {
    "not_whole": ("应是整数", "{name}填了 {left}，应是整数。", "请核对后填整数。"),
    "negative": ("不能为负", "{name}填了 {left}，不能小于 0。", "请核对正负号。"),
    "share_above_100": (
        "超过100%",
        "{name}填了 {left}%，占比不能超过 100%。",
        "请核对数字，或核对分子和分母。",
    ),
    "denominator_not_positive": (
        "分母为零",
        "{name}的分母填了 {left}，应大于 0。",
        "请填正确的分母；没有这项业务的，选“不适用”。",
    ),
    "numerator_above_denominator": (
        "分子偏大",
        "{name}的分子 {left} 大于分母 {right}。",
        "分子是分母的一部分，请核对两个数是否填反、单位是否一致。",
    ),
    "ratio_differs": (
        "与分子分母不符",
        "{name}填了 {left}，按分子、分母算是 {right}。",
        "请核对分子、分母，或改用算出来的数。",
    ),
    "ytd_below_previous": (
        "小于上期",
        "{name}本期累计 {left} {unit}，比上期累计 {right} {unit} 少 {fall} {unit}。",
        "累计数一般不会变小。数字有误请改；确有核减请写明原因。",
    ),
    "outside_range": (
        "超出常见范围",
        "{name}填了 {left} {unit}，常见范围是 {low} 到 {high} {unit}。",
        "请核对单位和小数点。数字有误请改；无误请写明原因。",
    ),
    "unit_slip": (
        "核对单位",
        "{name}的{part}填了 {left}，以前是 {right}，{times}。",
        "请核对单位（万元、亿元）、百分数和小数点。数字有误请改；无误请写明原因。",
    ),
    "became_zero": (
        "变成了0",
        "{name}填了 0，以前是 {right} {unit}。",
        "没有的填 0；还没有数的，选“未公布”或清空。确实是 0 请写明原因。",
    ),
    "annual_changed": (
        "与前不同",
        "{name}同一年的数以前填的是 {right} {unit}，这次填了 {left} {unit}。",
        "请核对是哪一年的数。上级修订过的，请写明修订依据。",
    ),
    "year_change": (
        "同比变化大",
        "{name}填了 {left} {unit}，上年同期 {right} {unit}，{change}。",
        "请核对是不是填错行、少填或多填。数字有误请改；无误请写明原因。",
    ),
    "quarter_only": (
        "像是本季数",
        "{name}填了 {left} {unit}，像是只有本季的。加上上期累计 {before} {unit}，是 {right} {unit}。",
        "请填从一月起的累计数。确实是累计数的，请写明原因。",
    ),
    "baseline_differs": (
        "与基期不同",
        "{name}填的是基期那一年的数 {left}，这一年的基期值却是 {right}。",
        "同一年的数应当一样，请核对哪个对。确有不同（口径调整、数据修订）请写明原因。",
    ),
    "same_as_last_year": (
        "同上年数",
        "{name}的{part} {left} 与上年同期一个字不差。",
        "请核对是不是抄成了上年的数。确实一样请写明原因。",
    ),
    "off_course": (
        "偏离进度",
        "{name}填了 {left} {unit}，按今年前几个月的增速，本期一般在 {right} {unit} 左右，{change}。",
        "请核对是不是累计数、有没有填错行。数字有误请改；无误请写明原因。",
    ),
    "quarter_change": (
        "环比变化大",
        "{name}填了 {left} {unit}，上期 {right} {unit}，{change}。",
        "请核对是不是多填、少填。数字有误请改；无误请写明原因。",
    ),
    "parts_change": (
        "分子分母变",
        "{name}的{part}填了 {left}，上年同期 {right}，{change}。",
        "请核对单位和是不是填错行。数字有误请改；无误请写明原因。",
    ),
    "outlier": (
        "偏离历史",
        "{name}{step} {left} {unit}，以前 {points} 次一般在 {right} {unit} 左右。",
        "请核对。数字有误请改；无误请写明原因。",
    ),
    "same_as_previous": (
        "与上期相同",
        "{name}与上期一样，都是 {left} {unit}。",
        "请看看是不是忘了更新；没有变化就不用管。",
    ),
    "not_rekeyed": (
        "还没复录",
        "第 {no} 项“{name}”要填两次，还没有复录。",
        "请另一个人到“指标填报”点“复录…”，再填一次。",
    ),
    "rekey_differs": (
        "两次不一样",
        "第 {no} 项“{name}”两次填的不一样。",
        "请到“指标填报”点“复录…”，核对原始资料后选一个。",
    ),
    "blocked_without_problem": ("没写问题", "任务 {no} 受阻，但没有写存在的问题。", "请写明是什么问题。"),
    "task_not_updated": (
        "没有更新",
        "任务 {no} 本季还没有更新。",
        "请更新进展；没有变化的，点“本季无变化”。",
    ),
}


def finding_sentence(finding: Finding) -> tuple[str, str, str]:
    """Short reason (check column), the whole sentence, and what to do."""
    sides = {"left": finding.left, "right": finding.right}
    if "message" in finding.params:
        message = fill_in(finding.params["message"], sides)
        return _SHORT_OF_PLAN, message, finding.params["advice"] or _ADVICE_OF_PLAN[finding.grade]
    short, sentence, advice = _SENTENCES[finding.rule]
    return short, sentence.format_map({**finding.params, **_words(finding.params), **sides}), advice


def fill_in(message: str, sides: Mapping[str, str]) -> str:
    """A plan's own sentence with the values of both sides; other braces in it stay as they are."""
    for side, value in sides.items():
        for word in (side, _SIDES[side]):
            message = message.replace(f"{{{word}}}", value)
    return message


def _words(params: Mapping[str, str]) -> dict[str, str]:
    """Codes among the texts of a finding as words."""
    words = {}
    if "part" in params:
        words["part"] = _PARTS[params["part"]]
    if "power" in params:
        sign, number = params["power"][0], params["power"][1:]
        words["times"] = f"约是以前的 {number} 倍" if sign == "×" else f"约是以前的 {number} 分之一"
    if "percent" in params:
        more = "多了" if params.get("up") else "少了"
        words["change"] = f"{more} {params['percent']}%" if params["percent"] else "上年同期没有"
    if "step" in params:
        words["step"] = "本季增加" if params["step"] else "填了"
    return words


FINDING_CODES = frozenset(_SENTENCES)


def open_parts(missing: int, errors: int, to_explain: int) -> str:
    """What a return still needs, without what it does not: ``4 项没填、1 处错误``."""
    counted = ((missing, "项没填"), (errors, "处错误"), (to_explain, "处待说明"))
    return "、".join(f"{number} {words}" for number, words in counted if number)


def blocked_sentence(missing: int, errors: int, to_explain: int) -> str:
    """Why a return cannot be exported yet: ``还有 4 项没填、1 处错误，处理完才能导出``."""
    parts = open_parts(missing, errors, to_explain)
    return f"还有 {parts}，处理完才能导出" if parts else ""
