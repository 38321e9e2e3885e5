"""Sentences about check rules: what is wrong with one, and one in words."""

from __future__ import annotations

from collections.abc import Mapping

# Codes of ``domain.expressions.ExpressionError`` and of ``usecases.plan_consistency``.
RULE_FAULTS: Mapping[str, str] = {
    "rule_empty": "没有填，请填上，例如 I04N 或 上期(I13)",
    "rule_too_long": "太长了，最多 {limit} 个字，请分成几条",
    "rule_too_deep": "括号套得太多，最多 {limit} 层，请写简单些",
    "rule_sign": "第 {at} 个字“{text}”不能用。只能写代码、数字、加减乘除和括号",
    "rule_number": "第 {at} 个字起的“{text}”不是一个数，请核对",
    "rule_function": "第 {at} 个字起的“{text}”不认识。可以用 上期(代码)、上年同期(代码)、目标(代码, 预期值)",
    "rule_target_kind": "第 {at} 个字起的“{text}”不对，目标后面请写 约束值、预期值 或 目标值",
    "rule_expected": "没有写完整，{where}少了{what}",
    "rule_left_over": "第 {at} 个字起的“{text}”多了，或前面少了加减乘除",
    "rule_built_in": "“{text}”是程序自带的审核，请换一个代码",
    "rule_unknown_name": "没有代码是“{text}”的指标、分子或分母，请核对",
    "rule_target_of_part": "“{text}”是分子或分母，没有目标，请换成指标的代码",
    "rule_reads_nothing": "左右两边都没有本期的数，审核不到什么，请至少写一个本期的代码",
    "rule_half_a_pair": "要两边都写代码，才知道哪两个数要一起填",
}


def rule_params(params: Mapping[str, str]) -> dict[str, str]:
    """The texts of a fault of a rule: what was expected, and where, in words."""
    what = {"name": "代码", ")": "右括号“)”", ",": "逗号"}.get(params.get("what", ""), "")
    here = params.get("at", "0") != "0"
    where = f"第 {params['at']} 个字“{params['text']}”前面" if here else "最后"
    return {**params, "what": what, "where": where}
