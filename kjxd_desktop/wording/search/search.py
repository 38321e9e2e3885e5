"""Words of the search: what was found, and what to try when nothing was."""

from __future__ import annotations

from collections.abc import Mapping

HIT_KIND: Mapping[str, str] = {
    "indicator": "指标",
    "task": "任务",
    "goal": "目标",
    "unit": "单位",
    "note": "说明",
}
# Notes of a plan have no name of their own.
NOTE_NAME = "编录说明"
HINT = "搜指标、任务、目标、单位，也可输拼音或首字母，例如 jsht"
NOTHING_TYPED = "输入名称里的字、拼音或首字母。几个词用空格隔开。按 ↑ ↓ 选，按回车打开。"


def found(count: int, most: int) -> str:
    """How many fit; ``most`` is how many are shown at all."""
    return f"{count} 条" if count < most else f"显示前 {most} 条。多输几个字，范围会更小。"


def nothing_found(query: str) -> str:
    """What to try when nothing fits."""
    return f"没有找到“{query[:20]}”。请少输几个字，或换成拼音首字母，例如 gxjs（高新技术）。"
