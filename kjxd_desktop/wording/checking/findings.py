"""Sentences for findings: a four-character reason, the whole sentence with numbers, what to do."""

from __future__ import annotations

from collections.abc import Mapping

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.plan.rules import Grade

# What stands for the values in a plan's own sentence; in plan workbooks the Chinese words.
_SIDES: Mapping[str, str] = {"left": "左边", "right": "右边"}
# Last year up to a quarter.
_SPANS: Mapping[str, str] = {"2": "上半年", "3": "前三季度", "4": "全年"}
_PARTS: Mapping[str, str] = {"value": "数", "numerator": "分子", "denominator": "分母"}
# Things that are counted: they have no other unit and no decimals.
COUNTED = frozenset({"家", "户", "件", "个", "项", "名", "位"})
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
    "negative": ("不能为负", "{subject}{typed} {left}，不能小于 0。", "请核对正负号。"),
    "share_above_100": (
        "超过100%",
        "{name}{typed} {left}%，占比不能超过 100%。",
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
        "{name}{typed} {left} {unit}，常见范围是 {low} 到 {high} {unit}。",
        "{look}数字有误请改；无误请写明原因。",
    ),
    "unit_slip": (
        "核对单位",
        "{name}的{part}填了 {left}，以前是 {right}，{times}。",
        "{look}数字有误请改；无误请写明原因。",
    ),
    "became_zero": (
        "变成了0",
        "{subject}填了 0，{name}{was} {right} {unit}。",
        "没有的填 0；还没有数的，选“未公布”或清空。确实是 0 请写明原因。",
    ),
    "annual_changed": (
        "与前不同",
        "{name}同一年的数以前是 {right} {unit}，这次{typed} {left} {unit}。",
        "请核对是哪一年的数。上级修订过的，请写明修订依据。",
    ),
    "annual_parts": (
        "与前不同",
        "{name}同一年的{part}以前是 {right} {of_unit}，这次填了 {left} {of_unit}。",
        "请核对是哪一年的数。上级修订过的，请写明修订依据。",
    ),
    "year_change": (
        "同比变化大",
        "{name}{typed} {left} {unit}，{ago} {right} {unit}，{change}。",
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
        "{name}的{part} {left} 与{ago}一个字不差。",
        "请核对是不是抄成了上年的数。确实一样请写明原因。",
    ),
    "same_as_target": (
        "像是目标数",
        "{name}填了 {left} {unit}，正好是{year}年的目标。",
        "请核对是不是把目标当成了实际数。确实一样请写明原因。",
    ),
    "same_as_city": (
        "像是全市数",
        "{name}填了 {left} {unit}，正好是全市的数。",
        "请核对是不是填了全市的数，这里要填本单位的。确实一样请写明原因。",
    ),
    "not_reset": (
        "年初未清零",
        "{subject}一季度填了 {left} {of_unit}，不少于上年全年的 {right} {of_unit}。",
        "累计数每年从一月重新算起。请核对是不是接着上年加的，或填了全年的计划数。无误请写明原因。",
    ),
    "year_total": (
        "像是全年数",
        "{name}填了 {left} {unit}，不少于上年全年的 {right} {unit}。",
        "请核对是不是填了全年的数或计划数。数字有误请改；无误请写明原因。",
    ),
    "ran_ahead": (
        "增加太快",
        "{name}填了 {left} {unit}，比上期 {right} {unit} 多 {step_more} {unit}，比以前每季的增加数多得多。",
        "请核对是不是多打了数字、填错行，或填了全年的数。数字有误请改；无误请写明原因。",
    ),
    "off_profile": (
        "偏离进度",
        "{name}填了 {left} {unit}。上年{span}累计 {then} {unit}，照此本期一般在 {right} {unit} 左右，{change}。",
        "请核对是不是累计数、有没有填错行。数字有误请改；无误请写明原因。",
    ),
    "share_jump": (
        "比率变化大",
        "{name}{typed} {left} {unit}，{last} {right} {unit}，{change}。",
        "{look}也请看看是不是填错行。数字有误请改；无误请写明原因。",
    ),
    "part_begins": (
        "一季度不符",
        "{name}的{part}一季度填了 {left} {of_unit}，上年全年是 {right} {of_unit}。一季度一般在全年的四分之一左右。",
        "请核对单位和是不是累计数、有没有重复加。数字有误请改；无误请写明原因。",
    ),
    "part_pace": (
        "累计不均匀",
        "{name}的{part}填了 {left} {of_unit}，上期累计 {right} {of_unit}，本季增加 {step_more} {of_unit}，与前面每季相差很多。",
        "请核对是不是只填了本季的，或重复加了。数字有误请改；无误请写明原因。",
    ),
    "from_zero": (
        "从0到有",
        "{name}{typed} {left} {unit}，以前是 0。",
        "请核对是不是填错行。确实是新有的，请写明原因。",
    ),
    "off_target": (
        "偏离目标",
        "{name}{typed} {left} {unit}，按本单位的目标，这时一般在 {right} {unit} 左右，{change}。",
        "{look}也请看看是不是填错行。数字有误请改；无误请写明原因。",
    ),
    "far_from_plan": (
        "与全市悬殊",
        "{name}{typed} {left} {unit}，全市在 {right} {unit} 上下，相差好几倍。",
        "{look}也请看看是不是填错行。数字有误请改；无误请写明原因。",
    ),
    "above_whole": (
        "不少于全市",
        "{name}填了 {left} {unit}，不少于{whole} {right} {unit}。",
        "请核对是不是填了全市的数或填错行。数字有误请改；无误请写明原因。",
    ),
    "first_zero": (
        "第一次报0",
        "{subject}第一次报就填了 0。",
        "没有的填 0；还没有数的，选“未公布”或清空。确实是 0 请写明原因。",
    ),
    "data_year": (
        "数据年份",
        "{name}写的是 {left} 年的数。{left} 年的数一般到 {next} 年 {month} 月才公布，现在最新的是 {right} 年的。",
        "请核对数据年份。已经提前拿到的，请写明来源。",
    ),
    "part_not_whole": ("应是整数", "{name}的{part}填了 {left}，应是整数。", "请核对后填整数。"),
    "part_outside_range": (
        "核对单位",
        "{name}的{part}填了 {left} {of_unit}，这样的数一般在 {low} 到 {high} {of_unit} 之间。",
        "{look}数字有误请改；无误请写明原因。",
    ),
    "slow_part": (
        "分母变化大",
        "{name}的{part}填了 {left} {of_unit}，以前是 {right} {of_unit}，{change}。这样的数一年变动一般不超过 {moves}%。",
        "{scope}数字有误请改；无误请写明原因。",
    ),
    "parts_below_previous": (
        "小于上期",
        "{name}的{part}本期累计 {left} {of_unit}，比上期累计 {right} {of_unit} 少 {fall} {of_unit}。",
        "请填从一月起的累计数。数字有误请改；确有核减请写明原因。",
    ),
    "return_copied": (
        "整表没有变",
        "本期该更新的 {count} 项数，都与上期一样。",
        "请核对是不是忘了更新。确实都没有变化，请写明原因。",
    ),
    "different_years": (
        "年份不同",
        "{name}和{others}的数据年份不同（有 {years} 年的），这次没有互相核对。",
        "不用管；年份一样时会再核对。",
    ),
    "off_course": (
        "偏离进度",
        "{name}填了 {left} {unit}，按今年前几个月的增速，本期一般在 {right} {unit} 左右，{change}。",
        "请核对是不是累计数、有没有填错行。数字有误请改；无误请写明原因。",
    ),
    "quarter_change": (
        "环比变化大",
        "{name}{typed} {left} {unit}，上期 {right} {unit}，{change}。",
        "请核对是不是多填、少填。数字有误请改；无误请写明原因。",
    ),
    "parts_change": (
        "分子分母变",
        "{name}的{part}填了 {left} {of_unit}，{ago} {right} {of_unit}，{change}。",
        "请核对单位和是不是填错行。数字有误请改；无误请写明原因。",
    ),
    "outlier": (
        "偏离历史",
        "{name}{step} {left} {unit}，以前 {points} 次一般在 {right} {unit} 左右。",
        "请核对。数字有误请改；无误请写明原因。",
    ),
    "largest_move": (
        "增减最多",
        "{name}填了 {left} {unit}，比上期 {right} {unit} {moved_by} {unit}，{most_before}。",
        "{look_at_move}数字有误请改；无误请写明原因。",
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
    words = {**finding.params, **_words(finding.params), **sides}
    return short, sentence.format_map(words), advice.format_map(words)


def short_word(rule: str) -> str:
    """The short reason of a rule that every plan has; empty for a plan's own and for one not known here."""
    return _SENTENCES[rule][0] if rule in _SENTENCES else ""


def fill_in(message: str, sides: Mapping[str, str]) -> str:
    """A plan's own sentence with the values of both sides; other braces in it stay as they are."""
    for side, value in sides.items():
        for word in (side, _SIDES[side]):
            message = message.replace(f"{{{word}}}", value)
    return message


def _words(params: Mapping[str, str]) -> dict[str, str]:
    """Codes among the texts of a finding as words, true to what was typed."""
    computed = bool(params.get("computed"))
    unit = params.get("part_unit", params.get("unit", ""))
    words = {
        "typed": "算出来是" if computed and params.get("part", "value") == "value" else "填了",
        "ago": "上一年的数" if params.get("annual") else "上年同期",
        "of_unit": unit,
        "look": _look(unit),
        "scope": _scope(params.get("of_part", "")),
        "part": _part(params),
        "subject": params.get("name", ""),
        "step_more": params.get("step", ""),
        "was": "上年全年是" if params.get("begins") else "以前是",
        "last": "上年全年" if params.get("begins") else "上期",
        "whole": "全市的目标" if params.get("wanted") else "全市的",
        "span": _SPANS.get(params.get("quarter", ""), ""),
    }
    if params.get("part", "value") != "value":
        words["subject"] += f"的{words['part']}"
    if "power" in params:
        sign, number = params["power"][0], params["power"][1:]
        words["times"] = f"约是以前的 {number} 倍" if sign == "×" else f"约是以前的 {number} 分之一"
    if "percent" in params:
        more = "多了" if params.get("up") else "少了"
        words["change"] = f"{more} {params['percent']}%" if params["percent"] else "上年同期没有"
    if "moved" in params:
        words.update(_move(params))
    if "step" in params:
        words["step"] = "本季增加" if params["step"] else words["typed"]
    return words


def _move(params: Mapping[str, str]) -> dict[str, str]:
    """How far a stock moved, how far before, and what may have gone wrong that way."""
    most, up = params["most"], bool(params["up"])
    return {
        "moved_by": f"{'多' if up else '少'} {params['moved']}",
        "most_before": "以前几次都没有变" if most == "0" else f"以前每次增减最多 {most} {params['unit']}",
        "look_at_move": f"请核对是不是{'重复加了' if up else '漏加了'}、填错行、打错了数字。",
    }


def _part(params: Mapping[str, str]) -> str:
    """``数``, or ``分母“常住人口”``."""
    part = _PARTS[params.get("part", "value")]
    return f"{part}“{params['of_part']}”" if params.get("of_part") else part


def _look(unit: str) -> str:
    """Where to look when a figure has the wrong size: only what can be wrong with such a figure."""
    if unit in ("元", "万元", "亿元"):
        return "请核对单位（万元、亿元）和小数点。"
    if unit in ("人", "万人"):
        return "请核对单位（人、万人）和小数点。"
    if unit == "%":
        return "请核对百分数和小数点。"
    return "请核对有没有多打、少打数字。" if unit in COUNTED else "请核对数字和小数点。"


def _scope(part: str) -> str:
    """What such a figure is most often mistaken for."""
    return "请核对是不是填了户籍人口。" if "人口" in part else "请核对口径、单位和年份。"


FINDING_CODES = frozenset(_SENTENCES)


def open_parts(missing: int, errors: int, to_explain: int) -> str:
    """What a return still needs, without what it does not: ``4 项没填、1 处错误``."""
    counted = ((missing, "项没填"), (errors, "处错误"), (to_explain, "处待说明"))
    return "、".join(f"{number} {words}" for number, words in counted if number)


def blocked_sentence(missing: int, errors: int, to_explain: int) -> str:
    """Why a return cannot be exported yet: ``还有 4 项没填、1 处错误，处理完才能导出``."""
    parts = open_parts(missing, errors, to_explain)
    return f"还有 {parts}，处理完才能导出" if parts else ""
