"""What a code on paper comes to, in sentences."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.wording.dates import period_title

MATCH_WORD = "一致"
DIFFER_WORD = "不一致"
TITLE = "核对校验码"
HINT = "请输入纸面上的校验码，或用扫码枪扫纸面上的二维码。横线、空格、大小写都不要紧。"


class Named(Protocol):
    """A unit."""

    @property
    def name(self) -> str: ...


class Keyed(Protocol):
    """Which return."""

    @property
    def period(self) -> Period: ...


class Coded(Protocol):
    """The submission a code belongs to (``usecases.receiving.paper_code.CodedReturn``)."""

    @property
    def unit(self) -> Named: ...
    @property
    def key(self) -> Keyed: ...
    @property
    def round(self) -> int | None: ...
    @property
    def file_name(self) -> str: ...
    @property
    def at(self) -> datetime | None: ...
    @property
    def newest(self) -> bool: ...
    @property
    def corrected(self) -> int: ...


class Typed(Protocol):
    """A code as it was read (``domain.returns.check_code.TypedCode``)."""

    @property
    def letters(self) -> str: ...
    @property
    def foreign(self) -> str: ...


class Matched(Protocol):
    """The answer for one code (``usecases.receiving.paper_code.CodeMatch``)."""

    @property
    def answer(self) -> str: ...
    @property
    def typed(self) -> Typed: ...
    @property
    def old(self) -> bool: ...
    @property
    def found(self) -> Coded | None: ...
    @property
    def slips(self) -> tuple[int, ...]: ...


_OLD = "这是旧版程序的校验码（12 位），防得住误改，防不住有意造假：重要的数请逐项再对一遍。"
_NOBODY = (
    f"纸面和文件{DIFFER_WORD}：这里没有一份报表是这个校验码。请看有没有输错，再看这份报表导入了没有；"
    "都没有问题的，请向对方问清楚纸面是哪一份。"
)
# The same for twelve letters: more often half a new code than an old one.
_NOBODY_OLD = (
    f"{DIFFER_WORD}：12 个字符是旧版校验码，这里没有一份报表是它。纸上有 24 个字符的，请把后面的也输上；"
    "只有 12 个的，请看有没有输错，再看这份报表导入了没有。"
)
# Digits that no code has, and the letter each is taken for.
_MISREAD = {"0": "O", "1": "I", "8": "B"}
_LETTERS = 24


def verdict(match: Matched) -> str:
    """The answer in a word or two, large; empty where paper and file could not be compared."""
    found = match.found
    if match.answer in ("foreign", "incomplete"):
        return ""
    if match.answer != "matches" or found is None:
        return DIFFER_WORD
    if not found.newest:
        return f"{MATCH_WORD}，但不是现在用的那一份"
    if found.corrected:
        return f"{MATCH_WORD}，后来在这里改过"
    return f"{MATCH_WORD}（旧版校验码）" if match.old else MATCH_WORD


def match_sentence(match: Matched) -> str:
    """What a code comes to: whose it is, whether that is what stands, what to do now."""
    typed, found = match.typed, match.found
    if match.answer == "foreign":
        return _foreign(typed.foreign)
    if match.answer == "incomplete":
        return _incomplete(len(typed.letters))
    if found is None:
        return _NOBODY_OLD if match.old else _NOBODY
    if match.answer == "matches":
        told = f"纸面和文件{MATCH_WORD}：{coded_return(found)}（{found.file_name}）。"
        return f"{told}{_standing(found)}{_OLD if match.old else ''}"
    if match.answer == "changed":
        return (
            f"纸面和文件{DIFFER_WORD}：{coded_return(found)}（{found.file_name}）导出时是这个校验码，"
            "收到的文件在导出后改过。请按纸面逐项核对，或请对方重新报送。"
        )
    places = "、".join(str(place) for place in match.slips)
    return (
        f"{DIFFER_WORD}。和{coded_return(found)}的校验码只差第 {places} 个字符，多半是输错了："
        "请看着纸面再输一次。"
    )


def _foreign(signs: str) -> str:
    listed = "、".join(f"“{sign}”" for sign in signs[:5])
    told = f"校验码里没有{listed}，只有字母 A 到 Z 和数字 2 到 7，还没有核对。"
    misread = [f"“{sign}”是不是字母 {letter}" for sign, letter in _MISREAD.items() if sign in signs]
    return f"{told}请看纸面上{'、'.join(misread)}。" if misread else f"{told}请看着纸面再输一次。"


def _incomplete(count: int) -> str:
    told = f"校验码有 24 个字符（旧版 12 个），现在是 {count} 个，还没有核对。"
    return f"{told}请看有没有多输、重复扫。" if count > _LETTERS else f"{told}请看着纸面把它输全。"


def coded_return(found: Coded) -> str:
    """``会宁县 2024年三季度 第 1 次上报``."""
    which = f"第 {found.round} 次上报" if found.round is not None else "以前的一次上报"
    return f"{found.unit.name} {period_title(found.key.period)} {which}"


def _standing(found: Coded) -> str:
    """Whether what was signed is what stands here now."""
    if not found.newest and found.at is None:
        return "注意：这一份后来撤回了，或者又报过一次，现在用的不是它。请看“报送管理”里的经过。"
    if not found.newest:
        return "注意：这不是最近的一份，现在用的是后来的那一份。请找后来那一份的纸面。"
    if found.corrected:
        return f"注意：后来在这里又改过 {found.corrected} 处，都记在“修改记录”里。"
    return "现在用的就是这一份。"
