"""Sentences about check rules: what is wrong with one, and one in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

MOST_FIRED = 8
# Codes of ``domain.plan.expressions.ExpressionError`` and of ``plan_text.consistency``.
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


# Words of the rule language a clerk would not know; the Chinese ones are taken as well.
_LANGUAGE: Mapping[str, str] = {
    "previous": "上期",
    "last_year": "上年同期",
    "target": "目标",
    "binding": "约束值",
    "expected": "预期值",
    "*": "×",
    "/": "÷",
}
_WORD = re.compile(r"[^\W\d]\w*|[*/]")


def expression_in_words(text: str, names: Mapping[str, str]) -> str:
    """One side of a rule with names for codes: ``上期(高新技术企业) × 2``."""
    return _WORD.sub(lambda found: names.get(found[0]) or _LANGUAGE.get(found[0], found[0]), text)


def trial_sentences(returns: int, silent: int, fired: Sequence[tuple[str, str, str, str]]) -> tuple[str, ...]:
    """What trying a rule on the stored returns gave.

    Args:
        fired: Unit, period, left and right side of each return it finds something in.
    """
    if not returns:
        return ("还没有填过的报表，没法试。",)
    said = [f"用已填的 {returns} 份报表试算：{len(fired)} 份不成立。"]
    if silent:
        said.append(f"其中 {silent} 份缺数，没有审核。")
    said += [
        f"{unit} {period}：左边 {left}，右边 {right}" for unit, period, left, right in fired[:MOST_FIRED]
    ]
    if len(fired) > MOST_FIRED:
        said.append(f"还有 {len(fired) - MOST_FIRED} 份。")
    return tuple(said)


def rule_params(params: Mapping[str, str]) -> dict[str, str]:
    """The texts of a fault of a rule: what was expected, and where, in words."""
    what = {"name": "代码", ")": "右括号“)”", ",": "逗号"}.get(params.get("what", ""), "")
    here = params.get("at", "0") != "0"
    where = f"第 {params['at']} 个字“{params['text']}”前面" if here else "最后"
    return {**params, "what": what, "where": where}
