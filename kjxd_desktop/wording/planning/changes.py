"""What a revision of a plan changes and touches, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.assignment import SplitChange
from kjxd_desktop.domain.plan.diff import ChangeKind, PlanChange
from kjxd_desktop.wording import terms
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.planning.words import field_word, table_word

NOTHING = "（空）"
LONGEST = 60
# What one entry of each table is called.
_ENTRY: Mapping[str, str] = {
    "indicators": "指标",
    "tasks": "任务",
    "goals": "目标事项",
    "boxes": "专栏",
    "units": "单位",
    "collectives": "统称",
    "rules": "审核关系",
    "notes": "编录说明",
}
_OPERATORS = {">=": "≥", "<=": "≤", ">": ">"}
_TARGET = re.compile(r"(\d{4}) (binding|expected|target) (>=|<=|>)")
_ROLES = re.compile(r"\b(numerator|denominator|part)\b")
_LEVELS = re.compile(r"\b(province|city|county|park|department)\b")


class Touching(Protocol):
    """What adopting a revision would touch (``usecases.planning.plans_shown.Touched``)."""

    @property
    def moved(self) -> tuple[object, ...]: ...
    @property
    def kept(self) -> int: ...
    @property
    def hidden_entries(self) -> int: ...
    @property
    def hidden_progress(self) -> int: ...
    @property
    def units_gone(self) -> tuple[str, ...]: ...


def change_sentence(change: PlanChange) -> str:
    """One difference, such as ``指标 I13 高新技术企业，目标：2025年约束值 ≥100 → 2025年约束值 ≥120``."""
    if change.table == "document":
        return "方案原文换了。"
    if change.kind is ChangeKind.MOVED:
        return f"“{table_word(change.table)}”表的先后次序变了。"
    if change.table == "notes":
        word = "新增" if change.kind is ChangeKind.ADDED else "删去"
        return f"{word}编录说明：{_short(change.new or change.old)}"
    if change.table == "plan":
        return f"{field_word('plan', change.field)}：{_both(change)}"
    entry = f"{_ENTRY[change.table]} {change.code}"
    name = f"{entry} {_short(change.name)}" if change.name not in ("", change.code) else entry
    if change.kind is ChangeKind.ADDED:
        return f"新增{name}"
    if change.kind is ChangeKind.REMOVED:
        return f"删去{name}"
    return f"{name}，{field_word(change.table, change.field)}：{_both(change)}"


def touched_sentences(touched: Touching) -> tuple[str, ...]:
    """What adopting a revision touches; empty when it touches nothing filled here."""
    said = []
    if touched.moved:
        said.append(f"{len(touched.moved)} 份正在填的报表改按新版填。")
    if touched.kept:
        said.append(f"{touched.kept} 份报表仍按原来的版本，不受影响。")
    if touched.hidden_entries:
        said.append(f"删去的指标里有 {touched.hidden_entries} 个已填的数，不再显示，数据仍保留。")
    if touched.hidden_progress:
        said.append(f"删去的任务里有 {touched.hidden_progress} 项已填的进展，不再显示，数据仍保留。")
    if touched.units_gone:
        said.append(f"删去的单位已有数据：{'、'.join(touched.units_gone)}。数据仍保留，但打不开，请核对。")
    return tuple(said)


def split_sentence(change: SplitChange) -> str:
    """What a workbook changes of one unit's split, such as ``分解 会宁县：填写或改动 3 个目标，取消 1 个``."""
    parts = [
        words.format(number)
        for number, words in (
            (change.targets, "填写或改动 {} 个目标"),
            (change.baselines, "填写或改动 {} 个基期值"),
            (change.gone, "取消 {} 个目标或基期值"),
            (change.duties, "{} 项承担有变化"),
        )
        if number
    ]
    return f"分解 {change.unit.name}：{'，'.join(parts)}"


def summary_of(changes: Iterable[PlanChange]) -> str:
    """A first draft of 改了什么: the sentences in one line, the longest list cut."""
    sentences = [change_sentence(change).rstrip("。") for change in changes]
    return "；".join(sentences[:6]) + ("；等" if len(sentences) > 6 else "")


def adjustment_sentence(revision: int, since: Period, summary: str) -> str:
    """Why a revision exists: ``第 2 版，从2024年一季度起：高企目标上调``."""
    return f"第 {revision} 版，从{period_title(since)}起：{summary}"


def _both(change: PlanChange) -> str:
    old, new = _shown(change.field, change.old), _shown(change.field, change.new)
    return f"{_short(old)} → {_short(new)}"


def _shown(field: str, text: str) -> str:
    """A field's text with Chinese words for codes."""
    if not text:
        return NOTHING
    words = _CODES.get(field)
    if words is not None:
        return words.get(text, text)
    if text == "yes":
        return "是"
    text = _TARGET.sub(lambda found: f"{found[1]}年{_KINDS[found[2]]} {_OPERATORS[found[3]]}", text)
    text = _ROLES.sub(lambda found: _COMPONENTS[found[0]], text)
    return _LEVELS.sub(lambda found: _UNIT_LEVELS[found[0]], text) if field in ("level", "ranges") else text


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


_KINDS = {kind.value: word for kind, word in terms.TARGET_KIND.items()}
_COMPONENTS = {role.value: word for role, word in terms.COMPONENT_ROLE.items()}
_UNIT_LEVELS = {level.value: word for level, word in terms.LEVEL.items()}
_CODES: Mapping[str, Mapping[str, str]] = {
    "kind": {item.value: word for item, word in terms.KIND.items()},
    "measure": {item.value: word for item, word in terms.MEASURE.items()},
    "direction": {item.value: word for item, word in terms.DIRECTION.items()},
    "aggregation": {item.value: word for item, word in terms.AGGREGATION.items()},
    "list": dict(terms.TASK_LIST),
    "op": {item.value: word for item, word in terms.RULE_OPERATOR.items()},
    "grade": {item.value: word for item, word in terms.GRADE.items()},
    "left_missing": {item.value: word for item, word in terms.MISSING_FIGURES.items()},
    "right_missing": {item.value: word for item, word in terms.MISSING_FIGURES.items()},
    "reported_list": dict(terms.TASK_LIST),
}
