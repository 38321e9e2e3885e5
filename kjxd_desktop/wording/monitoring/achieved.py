"""Targets in words and their marks, in sentences."""

from __future__ import annotations

from kjxd_desktop.domain.plan.indicator import Target
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.wording.dates import period_title

ACHIEVED = "已实现"
MARK = "已实现…"
CHANGE = "改说明…"
TAKE_BACK = "撤回…"


def achieved_sentence(mark: Achieved) -> str:
    """``已实现（2024年三季度起，首家高技术企业投产）``, in one line."""
    return f"{ACHIEVED}（{period_title(mark.since)}起，{' '.join(mark.text.split())}）"


def met_sentence(mark: Achieved) -> str:
    """``2022 年定性目标“0的突破”，2024年三季度起已实现。``"""
    return f"{mark.year} 年定性目标“{mark.wanted}”，{period_title(mark.since)}起{ACHIEVED}。"


def wanted_sentence(target: Target) -> str:
    """``2022 年定性目标“0的突破”``."""
    return f"{target.year} 年定性目标“{target.text}”"


def waiting_sentence(target: Target, *, here: bool) -> str:
    """What stands there until somebody marks it.

    Args:
        here: Whether it is this unit's to say.
    """
    how = f"做到了，请到“监测分析”点“{MARK}”。" if here else ""
    return f"{wanted_sentence(target)}：由人来认定。{how}"


def since_sentence(since: str, *, travels: bool) -> str:
    """What a mark means; that of a unit below the city goes there with its next return."""
    said = f"从{since}起算作已实现。"
    return f"{said}标记和佐证材料随下一次上报的报表报给市局。" if travels else said


def take_back_sentence(mark: Achieved) -> str:
    """What taking a mark back means."""
    return (
        f"撤回后，{period_title(mark.since)}和以后各期都不再算已实现。"
        "写的情况和佐证材料还留在修改记录里，以后可以再标。"
    )
