"""The one description of a return workbook: sheets, columns, header words, records of the identity sheet.

Writing and reading both go by it. Reading never relies on addresses: it looks for the codes and the
header words given here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.returns.entry import REMARKS, Entry
from kjxd_desktop.domain.returns.form_texts import entry_texts
from kjxd_desktop.domain.returns.progress import PROGRESS_FIELDS, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.wording.sending.form_columns import (
    NOTE_FORM_COLUMNS,
    TASK_FORM_COLUMNS,
    FormColumn,
    indicator_form_columns,
)
from kjxd_desktop.wording.terms import ENTRY_STATUS, SIGNATURE, TASK_STATUS

YES = "是"
NO = "否"
# Words that stand in a value cell instead of a number.
VALUE_WORDS: Mapping[EntryStatus, str] = MappingProxyType(
    {
        EntryStatus.NOT_APPLICABLE: ENTRY_STATUS[EntryStatus.NOT_APPLICABLE],
        EntryStatus.NOT_PUBLISHED: ENTRY_STATUS[EntryStatus.NOT_PUBLISHED],
    }
)
TASK_STATUS_WORDS: tuple[str, ...] = tuple(TASK_STATUS[status] for status in TaskStatus)


class SheetName(StrEnum):
    """The sheets, in their order."""

    COVER = "封面"
    INDICATORS = "指标"
    TASKS = "任务"
    NOTES = "说明"
    GUIDE = "填报须知"
    IDENTITY = "标识"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        key: What it holds; for columns that are read, the ``field`` of :class:`FileCell`.
        header: Header word of the form. Line breaks and white space do not count when it is looked for.
        width: Width in characters.
        read: Whether its cells answer for a field of the return; others only show.
        beside: Whether its cells repeat a figure of an earlier period, to be held against what is kept.
        aliases: Other header words people use for it.
        mark: What the form's row of column marks (甲 乙 丙 1 2 …) has under it.
    """

    key: str
    header: str
    width: float
    read: bool = False
    beside: bool = False
    aliases: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _OnSheet:
    """What a sheet adds to a column of the form; see :class:`Column`."""

    width: float
    read: bool = False
    beside: bool = False
    aliases: tuple[str, ...] = ()


# A row of an indicator has its code in ``code``; below a ratio stand two rows with the codes of its
# numerator and denominator, whose numbers are in the column ``value`` too. A row with a text in ``no``
# alone (merged across) is a class heading.
_INDICATORS = {
    "no": _OnSheet(5.5),
    "name": _OnSheet(50, aliases=("指标", "名称")),
    "unit": _OnSheet(9, aliases=("单位",)),
    "code": _OnSheet(7.5, aliases=("指标代码", "编码")),
    "last_year": _OnSheet(12, beside=True, aliases=("去年同期",)),
    "previous": _OnSheet(12, beside=True, aliases=("上季", "上期累计")),
    "value": _OnSheet(14, read=True, aliases=("本期", "本期数", "本期值", "填报值", "实际值")),
    "estimate": _OnSheet(7.5, read=True, aliases=("是否预计数", "预计")),
    "data_year": _OnSheet(8.5, read=True, aliases=("数据年度", "年份")),
    "binding": _OnSheet(13),
    "expected": _OnSheet(13),
    "completion": _OnSheet(10),
    "note": _OnSheet(24, read=True, aliases=("说明", "注")),
}
# A remark without words of its own here is as wide as 备注.
_REMARK = _OnSheet(24, read=True)
_INDICATORS = {**{remark.name: _REMARK for remark in REMARKS}, **_INDICATORS}
_TASKS = {
    "no": _OnSheet(6.5, aliases=("序号",)),
    "text": _OnSheet(38, aliases=("任务", "重点任务", "任务全文")),
    "lead": _OnSheet(12, aliases=("牵头部门", "责任单位", "负责单位")),
    "previous": _OnSheet(9.5, aliases=("上期完成比例",)),
    "status": _OnSheet(9, read=True, aliases=("任务状态", "进展状态")),
    "percent": _OnSheet(9.5, read=True, aliases=("完成比例", "完成率", "进度")),
    "done": _OnSheet(36, read=True, aliases=("工作进展", "进展")),
    "problems": _OnSheet(20, read=True, aliases=("问题", "存在的问题")),
    "next_step": _OnSheet(20, read=True, aliases=("下一步打算", "下一步工作", "下步打算")),
    "evidence": _OnSheet(16, aliases=("佐证", "附件")),
    "code": _OnSheet(7.5, aliases=("任务代码",)),
}
_NOTES = {
    "code": _OnSheet(8),
    "name": _OnSheet(44),
    "short": _OnSheet(18),
    "text": _OnSheet(64, read=True, aliases=("原因", "原因说明")),
    "rule": _OnSheet(24),
}


def _sheet_columns(form: Iterable[FormColumn], sheet: Mapping[str, _OnSheet]) -> tuple[Column, ...]:
    return tuple(
        Column(each.key, each.heading, on.width, on.read, on.beside, on.aliases, each.mark)
        for each in form
        for on in (sheet[each.key],)
    )


TASK_COLUMNS: tuple[Column, ...] = _sheet_columns(TASK_FORM_COLUMNS, _TASKS)
NOTE_COLUMNS: tuple[Column, ...] = _sheet_columns(NOTE_FORM_COLUMNS, _NOTES)


def indicator_columns(plan: Plan) -> tuple[Column, ...]:
    """The columns of the 指标 sheet."""
    return _sheet_columns(indicator_form_columns(plan), _INDICATORS)


# Label of a cell and what stands in the next filled cell to its right (label ends in a colon on the form).
SIGNATURE_LABELS: Mapping[str, str] = MappingProxyType(SIGNATURE)
COVER_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "plan": "方案",
        "unit": "填报单位",
        "unit_code": "单位代码",
        "period": "报告期",
        "deadline": "报送期限",
        "round": "报送次数",
        "check_code": "校验码",
        "counts": "填报情况",
    }
)

_TARGET_FIELDS = (
    "code",
    "year",
    "kind",
    "op",
    "value",
    "text",
    "certainty",
    "scope",
    "unit_code",
    "source",
)
IDENTITY_MARK = "kjxd-return"
# Also of characters that count twice in a cell.
PLAN_CHUNK = 15_000
# Rows of the identity sheet: the kind of record in column A, then these values from column B, all texts.
# ``entry`` and ``sent_down`` have one row for each filled field of :func:`entry_cells`, ``progress`` for
# :func:`progress_cells`; empty ones have none. Numbers are exact decimals, times ISO 8601.
RECORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        IDENTITY_MARK: ("format",),
        "kind": ("value",),
        "plan_id": ("value",),
        "plan_title": ("value",),
        "revision": ("value",),
        "plan_digest": ("value",),
        "unit_code": ("value",),
        "unit_name": ("value",),
        "period": ("value",),
        "workspace_id": ("value",),
        "round": ("value",),
        "earlier": ("digest",),
        "digest": ("value",),
        "check_code": ("value",),
        "deadline": ("value",),
        "created_at": ("value",),
        "head": ("line", "link"),
        "seal": ("value",),
        "entry": ("code", "field", "text"),
        "progress": ("code", "field", "text"),
        "evidence": ("code", "name", "bytes", "digest"),
        "explanation": ("code", "rule", "basis", "text"),
        "signature": ("field", "text"),
        # How many marks follow: none is something else than a program that knew of no such marks.
        "marks": ("count", "of"),
        "mark": ("code", "year", "kind", "wanted", "since", "text", "name", "bytes", "digest"),
        "target": _TARGET_FIELDS,
        "baseline": ("code", "year", "value", "note"),
        "assignment": ("code", "assigned"),
        "sent_down": ("code", "field", "text"),
        "plan": ("number", "chunk"),
    }
)


def entry_cells(entry: Entry) -> dict[str, str]:
    """What each cell of an indicator says, by field of ``form_texts``, the codes of states as words.

    ``value`` is the exact number or 不适用 / 未公布, ``estimate`` is 是 for a 预计数. ``computed`` has no
    cell; only the identity sheet keeps it.
    """
    texts = entry_texts(entry)
    word = VALUE_WORDS.get(entry.status, texts["value"])
    return {**texts, "value": word, "estimate": YES if texts["estimate"] else ""}


def progress_cells(progress: Progress) -> dict[str, str]:
    """What each cell of a task says, by field; evidence aside."""
    texts = {field.name: field.text_of(progress) for field in PROGRESS_FIELDS}
    return {**texts, "status": "" if progress.status is None else TASK_STATUS[progress.status]}


def signature_texts(signature: Signature) -> dict[str, str]:
    """What each cell of the footer says, by field."""
    return {name: getattr(signature, name) for name in SIGNATURE_LABELS}
