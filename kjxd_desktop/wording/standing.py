"""Lights, changes and forecasts in words."""

from __future__ import annotations

from kjxd_desktop.domain.plan import Indicator
from kjxd_desktop.domain.returns import Entry
from kjxd_desktop.domain.standing import Change, Forecast, Light, Standing
from kjxd_desktop.wording.numbers import ABSENT, number_text, signed_text

# Plans with two kinds of targets say which one was reached, plans with one how far along the way.
_TWO = {Light.AHEAD: "达到预期", Light.BETWEEN: "达到约束", Light.BEHIND: "滞后"}
_ONE = {Light.AHEAD: "达到进度", Light.BETWEEN: "基本达到", Light.BEHIND: "滞后"}
_COMMON = {
    Light.MET: "已达标",
    Light.NOT_DUE: "未到期",
    Light.NOT_SPLIT: "未分解",
    Light.NO_PATH: "无基期",
    Light.NONE: "未报",
}
_SHORT = {"达到预期": "达预期", "达到约束": "达约束", "达到进度": "达进度", "基本达到": "基本达"}


def light_word(standing: Standing) -> str:
    """The word of a light."""
    words = _TWO if standing.yardstick.expected else _ONE
    return words.get(standing.light) or _COMMON[standing.light]


def light_short(standing: Standing) -> str:
    """The word of a light in at most three or four characters."""
    word = light_word(standing)
    return _SHORT.get(word, word)


def change_text(change: Change, decimals: int = 1) -> str:
    """``+1.3点``, ``−23.6%``, ``—``."""
    if change.amount is None:
        return ABSENT
    return f"{signed_text(change.amount, decimals)}{change.unit}"


def standing_sentence(indicator: Indicator, entry: Entry, standing: Standing) -> str:
    """What a value means against its paths, in one sentence."""
    if entry.value is None:
        return "填好后显示进度。"
    unit, places = indicator.unit, max(indicator.decimals, 1)
    said = f"填 {number_text(entry.value)} {unit}"
    if standing.light is Light.NOT_SPLIT:
        return f"{said}：没有本单位的目标，不评进度。"
    if standing.light is Light.MET:
        return f"{said}：已经达到最后的目标。"
    if standing.binding_path is None:
        return f"{said}：没有基期值，不评进度，只看完成率。"
    parts = []
    for word, path in (
        ("约束路径" if standing.expected_path else "进度路径", standing.binding_path),
        ("预期路径", standing.expected_path),
    ):
        if path is None:
            continue
        gap = path - entry.value if indicator.direction == "up" else entry.value - path
        shown = number_text(path, places)
        parts.append(
            f"已达{word} {shown}" if gap <= 0 else f"距{word} {shown} 差 {number_text(gap, places)} {unit}"
        )
    return f"{said}：{'，'.join(parts)}。"


def forecast_sentence(indicator: Indicator, forecast: Forecast) -> str:
    """Method and ground of a forecast in one sentence."""
    low, high = number_text(forecast.low), number_text(forecast.high)
    return (
        f"按 {forecast.points} 个数据点的变化快慢（泰尔—森斜率）推算，"
        f"{forecast.year} 年底约 {number_text(forecast.value)} {indicator.unit}，大致在 {low} 到 {high} 之间。"
    )
