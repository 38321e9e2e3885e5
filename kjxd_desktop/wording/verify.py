"""What verifying a workspace found, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

OK = "ok"
SOUND = "数据文件完好：修改记录 {lines} 条，前后连得上，与现有的数一致。"
WHAT: Mapping[str, str] = {
    "workspace": "数据文件的单位和方案",
    "plan": "方案",
    "own_unit": "本单位在方案里的位置",
    "shared": "共用的指标",
    "assignment": "由谁承担",
    "target": "目标",
    "baseline": "基期值",
    "deadline": "截止时间",
    "state": "报表状态",
    "signature": "负责人和填表人",
    "entry": "指标的数",
    "progress": "任务进展",
    "explanation": "说明",
    "evidence": "佐证材料",
    "submission": "上报记录",
    "import": "导入记录",
    "second_entry": "复录的数",
    "operator": "操作人员",
    "recovery": "恢复码",
}


class Found(Protocol):
    """One place where the tables and history do not agree (``usecases.verify.Discrepancy``)."""

    @property
    def what(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def told(self) -> str | None: ...
    @property
    def held(self) -> str | None: ...
    @property
    def reason(self) -> str: ...


def discrepancy_sentence(found: Found) -> str:
    """``指标的数 620422 2024Q3 I13：与修改记录不一致。``"""
    place = " ".join(text for text in (found.unit, found.period, found.code) if text)
    place = f"{WHAT[found.what]}{f' {place}' if place else ''}"
    if found.reason:
        return f"{place}：有内容损坏，读不出来。"
    if found.told is None:
        return f"{place}：修改记录里没有，像是绕过程序加的。"
    if found.held is None:
        return f"{place}：修改记录里有，现在没有了，像是绕过程序删的。"
    return f"{place}：与修改记录不一致，像是绕过程序改的。"


def verification_sentences(integrity: str, chain: str, schema: str) -> tuple[str, ...]:
    """What is wrong with the file as a whole; empty when nothing is."""
    said = []
    if integrity != OK:
        said.append("数据文件有损坏。请不要再填，先用备份恢复，原文件留着。")
    if chain != OK:
        said.append("修改记录前后连不上，有记录被改过、删过或损坏了。")
    if schema != OK:
        said.append("数据文件的结构和这个版本的程序不一样。")
    return tuple(said)


WHATS = frozenset(WHAT)
