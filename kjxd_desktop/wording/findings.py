"""Sentences for findings: a four-character reason, the whole sentence with numbers, what to do."""

from __future__ import annotations

from kjxd_desktop.domain.findings import Finding

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
    "blocked_without_problem": ("没写问题", "任务 {no} 受阻，但没有写存在的问题。", "请写明是什么问题。"),
    "task_not_updated": (
        "没有更新",
        "任务 {no} 本季还没有更新。",
        "请更新进展；没有变化的，点“本季无变化”。",
    ),
}


def finding_sentence(finding: Finding) -> tuple[str, str, str]:
    """Short reason (check column), the whole sentence, and what to do."""
    short, sentence, advice = _SENTENCES[finding.rule]
    params = {**finding.params, "left": finding.left, "right": finding.right}
    return short, sentence.format_map(params), advice


FINDING_CODES = frozenset(_SENTENCES)


def blocked_sentence(missing: int, errors: int, to_explain: int) -> str:
    """Why a return cannot be exported yet: ``还差 4 项、1 处错误、1 处待说明``."""
    parts = [
        f"{number} {words}"
        for number, words in ((missing, "项没填"), (errors, "处错误"), (to_explain, "处待说明"))
        if number
    ]
    return f"还有 {'、'.join(parts)}，处理完才能导出" if parts else ""
