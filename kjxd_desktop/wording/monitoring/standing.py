"""Lights, changes, gaps and forecasts in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kjxd_desktop.domain.pace.change import PERCENT, PLACES, POINTS
from kjxd_desktop.domain.pace.forecast import MIN_POINTS, MIN_YEARS
from kjxd_desktop.domain.pace.standing import Change, Forecast, Light, Standing, Yardstick
from kjxd_desktop.domain.pace.text_targets import text_target
from kjxd_desktop.domain.plan.indicator import Baseline, Direction, Indicator, Measure, Target
from kjxd_desktop.domain.returns.asks import CellAsk
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.wording.monitoring.achieved import met_sentence, waiting_sentence
from kjxd_desktop.wording.numbers import ABSENT, number_text, signed_text

# Plans with two kinds of targets say which one was reached, plans with one how far along the way.
_TWO = {Light.AHEAD: "达到预期", Light.BETWEEN: "达到约束", Light.BEHIND: "滞后"}
_ONE = {Light.AHEAD: "达到进度", Light.BETWEEN: "基本达到", Light.BEHIND: "滞后"}
_COMMON = {
    Light.MET: "已达标",
    Light.NOT_DUE: "未到期",
    Light.OVERDUE: "待更新",
    Light.NOT_SPLIT: "未分解",
    Light.NO_PATH: "无基期",
    Light.OTHER_SCOPE: "口径不同",
    Light.TEXT_TARGET: "定性目标",
    Light.NONE: "未报",
}
_SHORT = {
    "达到预期": "达预期",
    "达到约束": "达约束",
    "达到进度": "达进度",
    "基本达到": "基本达",
    "口径不同": "口径异",
    "定性目标": "定性",
    "未到年份": "未到年",
}


# A newer figure is due: what is to be done about it depends on who fills the cell, and whether it is open.
_WHEN_OVERDUE = {
    CellAsk.FILL: "有了请填；还没公布的，选“未公布”。",
    CellAsk.RENEW: "有了请填；还没公布的，点“还没公布，继续沿用”。",
    CellAsk.NOTHING: "这一格已经填过，新数公布以后再改。",
    CellAsk.SENT_DOWN: "这一项由上级公布并下发，本单位不用填。",
    CellAsk.CLOSED: "这张报表现在不能改。",
}
_WITHOUT_VALUE = {
    CellAsk.FILL: "填好后显示进度。",
    CellAsk.SENT_DOWN: "市局还没有下发这个数。",
    CellAsk.CLOSED: "这一格没有数，不评进度。",
}


def empty_sentence(asks: CellAsk) -> str:
    """What an empty cell without a light says."""
    return _WITHOUT_VALUE[asks]


def faulty_sentence(asks: CellAsk) -> str:
    """Why a figure with an error has no light."""
    open_here = asks not in (CellAsk.SENT_DOWN, CellAsk.CLOSED)
    return "有错误，改好后显示进度。" if open_here else "有错误，不评进度。"


def unjudged_sentence(indicator: Indicator, standing: Standing, asks: CellAsk) -> str:
    """Why a value was not judged, in one sentence that is true of it; empty where it was, or where there is none."""
    light, measure = standing.light, standing.yardstick
    if light is Light.NOT_DUE:
        return "还没到公布的时候，先不评进度。"
    if light is Light.OVERDUE:
        word = "" if standing.known is None else f"（按现有的数是“{_named(standing.known, measure)}”）"
        return f"新一年的数该更新了{word}。{_WHEN_OVERDUE[asks]}"
    if light is Light.NOT_SPLIT:
        return "目标没有分解到本单位，列出的是全市目标，不评进度。"
    if light is Light.OTHER_SCOPE:
        return "方案里的目标只说其中一部分，和这项数的口径不同，不评进度。"
    if light is Light.TEXT_TARGET:
        wanted = text_target(measure)
        assert wanted is not None, "it is what the light says"
        return waiting_sentence(wanted, here=asks is not CellAsk.SENT_DOWN)
    if light is not Light.NO_PATH:
        return ""
    if measure.final is None:
        return "方案没有给这一项定目标，不评进度。"
    if measure.baseline is None:
        return "没有基期值，只看完成率，不评进度。"
    return _not_yet(indicator, measure, measure.baseline)


def _not_yet(indicator: Indicator, measure: Yardstick, baseline: Baseline) -> str:
    """Why a path that there is asks for nothing: a rank's begins with its first target, others at the baseline."""
    years = [target.year for target in measure.binding if target.value is not None]
    if indicator.measure is Measure.RANK and years:
        return f"{min(years)} 年才有要求，先不评进度。"
    return f"这是基期（{baseline.year} 年）以前的数，不评进度。"


def light_word(standing: Standing) -> str:
    """The word of a light; where there is no path although there is a baseline, or no target, it says so."""
    if standing.light is Light.NO_PATH:
        measure = standing.yardstick
        if measure.final is None:
            return "无目标"
        if measure.baseline is not None:
            return "未到年份"
    return light_name(standing.light, two_kinds=bool(standing.yardstick.expected))


def _named(light: Light, measure: Yardstick) -> str:
    return light_name(light, two_kinds=bool(measure.expected))


def light_name(light: Light, *, two_kinds: bool) -> str:
    """The word of a light where targets are of one kind, or of two (约束 and 预期)."""
    return (_TWO if two_kinds else _ONE).get(light) or _COMMON[light]


def light_short(standing: Standing) -> str:
    """The word of a light in at most three characters."""
    word = light_word(standing)
    return _SHORT.get(word, word)


def light_cell(entry: Entry, standing: Standing) -> str:
    """The word in a table: ``待改`` instead of a light while an error stands, ``—`` where none applies."""
    if standing.light is Light.NONE and entry.filled:
        return ABSENT if entry.value is None else "待改"
    return light_short(standing)


def path_name(standing: Standing) -> str:
    """What the binding path is called: a plan with one kind of targets has 进度路径."""
    return "约束路径" if standing.yardstick.expected else "进度路径"


def amount_text(number: Decimal | Fraction | None, unit: str, decimals: int | None = None) -> str:
    """``12 家``, ``57.6%``, ``—``."""
    text = number_text(number, decimals)
    if number is None or not unit:
        return text
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}"


def change_text(indicator: Indicator, change: Change) -> str:
    """``+1.3点``, ``−23.6%``, ``+2位``; a change in the indicator's own unit without it; ``—``."""
    if change.amount is None:
        return ABSENT
    decimals = {PERCENT: 1, PLACES: 0}.get(change.unit, indicator.decimals)
    shown = change.unit if change.unit in (PERCENT, POINTS, PLACES) else ""
    return signed_text(change.amount, decimals) + shown


def path_text(indicator: Indicator, path: Fraction | None) -> str:
    """A path runs between whole numbers too: one decimal at least."""
    return number_text(path, max(indicator.decimals, 1))


def gap_text(indicator: Indicator, value: Decimal | None, path: Fraction | None) -> str:
    """``超 4.9``, ``差 3.3``, ``持平``; where less is better ``低 4.9`` and ``高 3.3``; empty without both."""
    if value is None or path is None:
        return ""
    gap = Fraction(value) - path
    if gap == 0:
        return "持平"
    more, less = ("超", "差") if indicator.direction is Direction.UP else ("高", "低")
    return f"{more if gap > 0 else less} {path_text(indicator, abs(gap))}"


def standing_sentence(
    indicator: Indicator, entry: Entry, standing: Standing, asks: CellAsk = CellAsk.NOTHING
) -> str:
    """What a value means against its paths, in one sentence.

    ``填 12 家：已达约束路径 10.4，距预期路径 13.2 差 1.2 家。``
    """
    light = standing.light
    if light is Light.MET and standing.achieved is not None:
        return met_sentence(standing.achieved)
    if unjudged := unjudged_sentence(indicator, standing, asks):
        return unjudged
    if entry.value is None:
        return "还没有数，有数后显示进度。" if not entry.filled else "这一期没有数，不评进度。"
    if light is Light.NONE:
        return faulty_sentence(asks)
    said = f"填 {amount_text(entry.value, indicator.unit)}"
    if light is Light.MET:
        return f"{said}：已达到 {standing.yardstick.year} 年目标。"
    parts = [
        _against(indicator, entry.value, name, path)
        for name, path in ((path_name(standing), standing.binding_path), ("预期路径", standing.expected_path))
        if path is not None
    ]
    return f"{said}：{'，'.join(parts)}。"


def _against(indicator: Indicator, value: Decimal, name: str, path: Fraction) -> str:
    gap = path - Fraction(value) if indicator.direction is Direction.UP else Fraction(value) - path
    shown = path_text(indicator, path)
    if gap <= 0:
        return f"已达{name} {shown}"
    unit = "个百分点" if indicator.unit == "%" else f" {indicator.unit}"
    return f"距{name} {shown} 差 {path_text(indicator, gap)}{unit}".rstrip()


def forecast_sentence(indicator: Indicator, forecast: Forecast) -> str:
    """Method and ground of a forecast in one sentence."""
    unit = indicator.unit
    return (
        f"按 {forecast.points} 个数据点的变化快慢（泰尔—森斜率）推算，"
        f"{forecast.year} 年底约 {amount_text(forecast.value, unit)}，"
        f"大致在 {number_text(forecast.low)} 到 {amount_text(forecast.high, unit)}之间。"
    )


def no_forecast_sentence(indicator: Indicator, points: int) -> str:
    """Why there is no forecast."""
    if indicator.measure is Measure.RANK:
        return "位次不做预测。"
    if points < MIN_POINTS:
        return f"数据不足：要有 {MIN_POINTS} 个数才能推算，现有 {points} 个。"
    return f"要跨 {MIN_YEARS} 年的数据、而且目标年没到，才推算。"


def forecast_outlook(indicator: Indicator, forecast: Forecast, yardstick: Yardstick) -> str:
    """``多数情形能过约束 88``: the highest target the central forecast reaches; empty without targets."""
    binding = _number_of(yardstick.binding)
    expected = _number_of(yardstick.expected)
    word = "约束" if expected is not None else "目标"
    if expected is not None and _reaches(indicator, forecast.value, expected):
        return f"多数情形能过预期 {number_text(expected)}"
    if binding is None:
        return ""
    if _reaches(indicator, forecast.value, binding):
        return f"多数情形能过{word} {number_text(binding)}"
    best = forecast.high if indicator.direction is Direction.UP else forecast.low
    if _reaches(indicator, best, binding):
        return f"少数情形能过{word} {number_text(binding)}"
    return f"照此到不了{word} {number_text(binding)}"


def _number_of(targets: tuple[Target, ...]) -> Decimal | None:
    return targets[-1].value if targets else None


def _reaches(indicator: Indicator, value: Decimal, wanted: Decimal) -> bool:
    return value >= wanted if indicator.direction is Direction.UP else value <= wanted
