"""The decomposition in words: whether the parts fit the whole, with the figures."""

from __future__ import annotations

from collections.abc import Mapping

from kjxd_desktop.domain.fit import Fit, FitResult
from kjxd_desktop.domain.indicator import Indicator, Measure
from kjxd_desktop.domain.quantity import plain_text
from kjxd_desktop.wording.standing import amount_text

FIT: Mapping[Fit, str] = {
    Fit.FITS: "相符",
    Fit.SHORT: "不足",
    Fit.OVER: "超出",
    Fit.INCOMPLETE: "未分完",
    Fit.NO_WHOLE: "全市没有",
    Fit.NO_WEIGHTS: "缺分母",
    Fit.NOT_ADDED: "不相加",
}


def fit_sentence(indicator: Indicator, year: int, result: FitResult) -> str:
    """Whether the units' targets fit the city's: ``各单位合计 92 家，比全市 100 家少 8 家。``"""
    unit, decimals = indicator.unit, indicator.decimals
    ratio = indicator.measure is Measure.RATIO
    said = []
    if result.fit is Fit.NOT_ADDED:
        return "这一项由市里填，不分给各单位。"
    if result.total is not None:
        word = "按最近一期分母加权" if ratio else "各单位合计"
        said.append(f"{word} {amount_text(result.total, unit, decimals)}")
    whole = "" if result.whole is None else plain_text(result.whole) + ("%" if unit == "%" else f" {unit}")
    if result.whole is None:
        said.append(f"全市没有 {year} 年的这种目标")
    elif result.difference is None:
        said.append(f"全市是 {whole}")
    elif result.difference == 0:
        said.append(f"和全市 {whole}相符")
    else:
        word = "多" if result.difference > 0 else "少"
        gap = amount_text(abs(result.difference), "个百分点" if unit == "%" else unit, decimals)
        said.append(f"比全市 {whole}{word} {gap}")
    sentence = "，".join(said) + "。"
    if result.missing:
        sentence += f"还没有目标的单位：{'、'.join(item.name for item in result.missing)}。"
    if result.unweighted:
        names = "、".join(item.name for item in result.unweighted)
        sentence += f"{names}还没有填过分母，合不成全市的数。"
    if result.inside:
        names = "、".join(item.name for item in result.inside)
        sentence += f"{names}是所在县区的其中项，没有加进去。"
    return sentence
