"""Words of double entry."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

from kjxd_desktop.domain.returns.second_entry import RekeyStanding
from kjxd_desktop.wording.numbers import percent_text

STANDING: Mapping[RekeyStanding, str] = {
    RekeyStanding.EMPTY: "第一次还没填",
    RekeyStanding.AWAITS: "待复录",
    RekeyStanding.DIFFERS: "两次不一样，请核对原始资料后选一个",
    RekeyStanding.HOLDS: "已核对",
}


class Rates(Protocol):
    """How often two keyings differed (``usecases.filling.rekey_shown.RekeyRates``)."""

    @property
    def keyed(self) -> int: ...
    @property
    def differing(self) -> int: ...
    @property
    def error_rate(self) -> Fraction | None: ...


def rate_sentence(rates: Rates) -> str:
    """``复录了 8 个数，2 个两次不一样；第一次填错的占 12.5%。``"""
    rate = rates.error_rate
    if rate is None:
        return "还没有复录过。"
    return (
        f"复录了 {rates.keyed} 个数，{rates.differing} 个两次不一样；第一次填错的占 {percent_text(rate, 1)}。"
    )
