"""The decomposition in words: whether the parts fit the whole, who answers for what, what a paste did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kjxd_desktop.domain.figures.quantity import plain_text, round_half_up
from kjxd_desktop.domain.plan.fit import Fit, FitResult
from kjxd_desktop.domain.plan.indicator import Aggregation, Baseline, Direction, Indicator, TargetKind
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.wording.numbers import number_text
from kjxd_desktop.wording.terms import TARGET_KIND

FIT: Mapping[Fit, str] = {
    Fit.FITS: "相符",
    Fit.SHORT: "不足",
    Fit.OVER: "超出",
    Fit.INCOMPLETE: "未分完",
    Fit.NO_WHOLE: "没有总数",
    Fit.NO_WEIGHTS: "缺分母",
    Fit.NOT_ADDED: "市里填",
}
# Where less is better, a sum above the whole asks for too little.
_FIT_DOWN = {Fit.SHORT: "偏松", Fit.OVER: "偏严"}
_NAMED = 3
# What people write for who answers, in a block copied from a spreadsheet; None follows the plan.
WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("●", "√", "✓", "是", "承担", "1"), True),
    **dict.fromkeys(("–", "-", "—", "×", "否", "不承担", "0"), False),
    **dict.fromkeys(("默认", "按默认", "按方案默认"), None),
}
_EXTRA_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Split:
    """What a sentence on one row needs beside the indicator.

    Attributes:
        year: The year the figures speak of.
        kind: The kind of targets; None for baselines.
        given: How many units' figures were put together.
        hosts: Names of the units that others lie inside, by code.
        whole: What the plan's own area is called: 全市.
    """

    year: int
    kind: TargetKind | None
    given: int
    hosts: Mapping[str, str]
    whole: str = "全市"

    @property
    def noun(self) -> str:
        """``目标`` or ``基期``."""
        return "基期" if self.kind is None else "目标"


def whole_word(plan: Plan) -> str:
    """What the plan's own area is called: 全市, 全县."""
    region = plan.unit(plan.region)
    last = region.name[-1:] if region is not None else ""
    return f"全{last}" if last in tuple("市县区州") else "全市"


def fit_word(indicator: Indicator, fit: Fit) -> str:
    """The word of a fit: 不足 where more is better is 偏松 where less is."""
    return _FIT_DOWN.get(fit, FIT[fit]) if indicator.direction is Direction.DOWN else FIT[fit]


def figure_text(indicator: Indicator, number: Fraction) -> str:
    """A computed figure without its unit: sums as exact as their parts, ratios rounded.

    A ratio that would round to zero and is not gets more decimals.
    """
    decimals = indicator.decimals
    limit = decimals + _EXTRA_DECIMALS
    exact = indicator.aggregation is not Aggregation.RATIO
    while decimals < limit:
        rounded = round_half_up(number, decimals)
        if (Fraction(rounded) == number) if exact else (rounded != 0 or number == 0):
            break
        decimals += 1
    return number_text(number, decimals)


def fit_sentence(indicator: Indicator, result: FitResult, split: Split) -> str:
    """Whether the units' figures fit the whole's, with the numbers.

    ``5 个单位合计 92 家，比全市目标 100 家少 8 家；白银高新区是白银区的其中项，没有加进去。``
    """
    if result.fit is Fit.NOT_ADDED:
        return "这一项由市里填，不分给各单位。"
    parts = [
        "，".join(item for item in (_total(indicator, result, split), _gap(indicator, result, split)) if item)
    ]
    if result.missing:
        parts.append(f"还没有{split.noun}的单位：{_names(result.missing)}")
    if result.unweighted:
        parts.append(f"{_names(result.unweighted)}还没有填过分母，合不成{split.whole}的数")
    for unit in result.inside:
        host = split.hosts.get(unit.inside or "", "所在县区")
        parts.append(f"{unit.name}是{host}的其中项，没有加进去")
    return "；".join(part for part in parts if part) + "。"


def _total(indicator: Indicator, result: FitResult, split: Split) -> str:
    if result.total is None:
        return "" if split.given else f"{split.year} 年的{split.noun}还没有分到单位"
    figure = _with_unit(indicator.unit, figure_text(indicator, result.total))
    if indicator.aggregation is Aggregation.RATIO:
        return f"{split.given} 个单位按最近一期分母加权是 {figure}"
    return f"{split.given} 个单位合计 {figure}"


def _gap(indicator: Indicator, result: FitResult, split: Split) -> str:
    if result.whole is None:
        what = "基期值" if split.kind is None else TARGET_KIND[split.kind]
        return f"{split.whole}没有 {split.year} 年的{what}"
    whole = _with_unit(indicator.unit, plain_text(result.whole))
    name = f"{split.whole}{split.noun}"
    if result.difference is None:
        return f"{name}是 {whole}"
    if result.fit is Fit.FITS or result.difference == 0:
        return f"和{name} {whole}相符"
    percent = indicator.unit == "%"
    more, less = ("高", "低") if percent else ("多", "少")
    gap = figure_text(indicator, abs(result.difference))
    shown = f"{gap} 个百分点" if percent else _with_unit(indicator.unit, gap)
    return f"比{name} {whole}{more if result.difference > 0 else less} {shown}"


def _with_unit(unit: str, figure: str) -> str:
    return f"{figure}{unit}" if unit == "%" else f"{figure} {unit}".rstrip()


def _names(units: Sequence[Unit]) -> str:
    return "、".join(unit.name for unit in units)


def own_sentence(indicator: Indicator, own: str, year: int, noun: str) -> str:
    """What a county reads of its own part: ``高新技术企业：2025 年约束值 12 家，市局下发。``"""
    if not own:
        return f"{indicator.name}：{year} 年的{noun}没有分到本单位。"
    return f"{indicator.name}：{year} 年{noun} {_with_unit(indicator.unit, own)}，市局下发。"


def duty_sentence(name: str, owing: Sequence[Unit], said: Sequence[tuple[Unit, bool]]) -> str:
    """Who answers for an indicator or task, and what the city said beside the plan's default."""
    parts = [f"{name}：{len(owing)} 个单位承担" if owing else f"{name}：没有单位承担"]
    given = [unit for unit, word in said if word]
    taken = [unit for unit, word in said if not word]
    if given:
        parts.append(f"指定承担的：{_names(given)}")
    if taken:
        parts.append(f"指定不承担的：{_names(taken)}")
    if not said:
        parts.append("都按方案默认")
    return "；".join(parts) + "。"


def duty_tip(owes: bool, assigned: bool | None) -> str:
    """Why a unit answers for something or does not."""
    word = "承担" if owes else "不承担"
    return f"按方案默认{word}。" if assigned is None else f"指定{word}。"


def baseline_word(baseline: Baseline, year: int) -> str:
    """A unit's baseline; its year only where it is another one than the row's."""
    value = number_text(baseline.value)
    return value if baseline.year == year else f"{value}（{baseline.year}）"


def counts_text(fits: Iterable[Fit]) -> str:
    """How the rows stand: ``3 项相符，1 项不足，9 项未分完``."""
    counted: dict[str, int] = {}
    for fit in fits:
        if fit is not Fit.NOT_ADDED:
            counted[FIT[fit]] = counted.get(FIT[fit], 0) + 1
    return "，".join(f"{counted[word]} 项{word}" for word in FIT.values() if word in counted)


def pasted_sentence(written: int, refused: Sequence[str], outside: int) -> str:
    """What a paste did: ``粘贴了 3 格，有 1 格没有写入：景泰县“高新技术企业”（约8）。``

    Args:
        refused: Names of cells that were not written, with what was meant for them.
        outside: Rows and columns of the block beyond the table's end.
    """
    said = f"粘贴了 {written} 格"
    if outside:
        said += f"，有 {outside} 格超出表格，没有写入"
    if refused:
        more = f" 等 {len(refused)} 格" if len(refused) > _NAMED else ""
        said += f"，有 {len(refused)} 格没有写入：{'、'.join(refused[:_NAMED])}{more}"
    return said + "。"


def refused_name(unit: Unit, item: str, text: str) -> str:
    """A cell that was not written, by name."""
    return f"{unit.name}“{item}”（{text[:12]}）"
