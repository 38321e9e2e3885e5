"""What verifying a workspace found, in sentences."""

from __future__ import annotations

from kjxd_desktop.domain.file_names import readable_name
from kjxd_desktop.domain.keeping.verification import (
    CONTENT_MISSING,
    HEAD_DIFFERS,
    OK,
    STRANGE,
    TWICE,
    Discrepancy,
)
from kjxd_desktop.wording.keeping.history import EVENTS, KIND
from kjxd_desktop.wording.receiving.sent_files import head_sentence

SOUND = "数据文件完好：修改记录 {lines} 条，前后连得上，与现有的数一致。"


def discrepancy_sentence(found: Discrepancy) -> str:
    """``指标的数 620422 2024Q3 I13：与修改记录不一致。``"""
    if found.reason == HEAD_DIFFERS:
        return head_sentence(found.unit, found.period)
    place = " ".join(text for text in (found.unit, found.period, found.code) if text)
    place = f"{KIND[found.what]}{f' {place}' if place else ''}"
    if found.reason == CONTENT_MISSING:
        return f"{place}：只剩文件名“{readable_name(found.told or '')}”，文件本身不在了，像是绕过程序删的。"
    if found.reason == TWICE:
        return f"{place}：有重复的，分不出该信哪一个，像是绕过程序加的。"
    if found.reason:
        return f"{place}：有内容损坏，读不出来。"
    if found.told is None:
        return f"{place}：修改记录里没有，像是绕过程序加的。"
    if found.held is None:
        return f"{place}：修改记录里有，现在没有了，像是绕过程序删的。"
    return f"{place}：与修改记录不一致，像是绕过程序改的。"


def verification_sentences(integrity: str, chain: str, schema: str) -> tuple[str, ...]:
    """What is wrong with the file as a whole; empty when nothing is."""
    if schema.startswith(STRANGE):
        added = schema.removeprefix(STRANGE)
        return (
            f"数据文件里有不是本程序放的东西（{added}），没有再往下核对。请不要再填，先用备份恢复，原文件留着。",
        )
    said = []
    if integrity != OK:
        said.append("数据文件有损坏。请不要再填，先用备份恢复，原文件留着。")
    if chain != OK:
        said.append("修改记录前后连不上，有记录被改过、删过或损坏了。")
    if schema != OK:
        said.append("数据文件的结构和这个版本的程序不一样。")
    return tuple(said)


WHATS = frozenset(KIND) - EVENTS
