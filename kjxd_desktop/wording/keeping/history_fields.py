"""What a line of history held before and after, field by field, in words.

Contents are the JSON objects history keeps; keys that an earlier or later release wrote and this one does
not know are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS
from kjxd_desktop.domain.returns.progress import PROGRESS_TEXTS, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.sending.form import rule_word
from kjxd_desktop.wording.terms import (
    ENTRY_FIELD,
    ENTRY_STATUS,
    OPERATOR,
    OPERATOR_ROLE,
    PROGRESS_FIELD,
    RETURN_STATE,
    TARGET_KIND,
    TASK_STATUS,
)

Content = Mapping[str, Any]
# Label and text, in the order they are read.
Fields = tuple[tuple[str, str], ...]
# The label of what needs none: the value itself.
MAIN = "数"
BETWEEN = "；"
# Not told of a return's first round, unless another one came before or after it.
_ROUND, _FIRST_ROUND = "轮次", "第 1 次"
# Told in the whole content only, unless nothing else differs.
_QUIET = frozenset({"文件指纹", "校验码", "上报时间", "方案版本", "问题", "原文", "算法"})


class Names(Protocol):
    """Names of what contents point to by code."""

    def item(self, plan_id: str, code: str) -> str: ...
    def measure(self, plan_id: str, code: str) -> str: ...
    def unit(self, plan_id: str, code: str) -> str: ...
    def plan(self, plan_id: str) -> str: ...


def content_fields(what: str, content: Content | None, plan_id: str, code: str, names: Names) -> Fields:
    """Every field of a content that says something.

    Args:
        what: Kind of the line.
        content: Its content; None for nothing.
        plan_id: Plan of the line; empty for none.
        code: Indicator, task or person of the line; empty for none.
    """
    read = READERS.get(what)
    if content is None or read is None:
        return ()
    return tuple((label, text) for label, text in read(content, plan_id, code, names) if text)


def unreadable(text: str | None) -> Fields:
    """A content that is not what the program writes, as it stands."""
    return () if text is None else (("读不懂的内容", text),)


def differing(old: Fields, new: Fields) -> tuple[str, str]:
    """What differs, in a line each; labels stand where it is not the value itself."""
    before, after = dict(old), dict(new)
    if old and new and (_ROUND in before or _ROUND in after):
        for side in (before, after):
            side.setdefault(_ROUND, _FIRST_ROUND)
    labels = [label for label in {**before, **after} if before.get(label) != after.get(label)]
    if not labels:
        # Only what words do not show differs, such as a password.
        labels = list(after)
    labels = [label for label in labels if label not in _QUIET] or labels
    return _joined(before, labels), _joined(after, labels)


def _joined(texts: Mapping[str, str], labels: list[str]) -> str:
    said = [(label, " ".join(texts[label].split())) for label in labels if label in texts]
    if len(said) == 1 and len(labels) == 1:
        return said[0][1]
    return BETWEEN.join(text if label == MAIN else f"{label} {text}" for label, text in said)


def _entry(content: Content, plan_id: str, code: str, names: Names) -> Fields:
    measure = names.measure(plan_id, code)
    beside = (field.name for field in ENTRY_FIELDS if field.name not in ("status", "value"))
    return (
        (MAIN, _figure(content, measure)),
        *((ENTRY_FIELD[name], _said(name, content.get(name))) for name in beside),
    )


def _said(name: str, value: Any) -> str:
    """A field beside the value in words; empty when it says nothing."""
    if value is None or value is False or value == "":
        return ""
    return _SAID.get(name, "{}").format(value)


_SAID: Mapping[str, str] = {"data_year": "{} 年", "computed": "由分子、分母算出", "carried": "以前填的数"}


def _figure(content: Content, measure: str) -> str:
    status = EntryStatus(content.get("status", EntryStatus.MISSING))
    if content.get("value") is None:
        return "" if status is EntryStatus.MISSING else ENTRY_STATUS[status]
    figure = f"{content['value']} {measure}".strip()
    return f"{figure}（预计数）" if status is EntryStatus.ESTIMATED else figure


def _progress(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    status, percent, source = (content.get(name) for name in ("status", "percent", "carried_from"))
    return (
        (PROGRESS_FIELD["status"], TASK_STATUS[TaskStatus(status)] if status else ""),
        (PROGRESS_FIELD["percent"], "" if percent is None else f"{percent}%"),
        *((PROGRESS_FIELD[name], content.get(name, "")) for name in (field.name for field in PROGRESS_TEXTS)),
        (PROGRESS_FIELD["evidence"], "、".join(item["name"] for item in content.get("evidence", ()))),
        (PROGRESS_FIELD["carried_from"], f"{period_title(Period.parse(source))}的情况" if source else ""),
    )


def _explanation(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    return ("说明", content.get("text", "")), ("问题", rule_word(content.get("rule", "")))


def _target(content: Content, plan_id: str, code: str, names: Names) -> Fields:
    kind = TARGET_KIND[TargetKind(content["kind"])]
    op = content.get("op", "")
    value = content.get("value")
    figure = f"{OPERATOR.get(op, op)} {value} {names.measure(plan_id, code)}" if value is not None else ""
    text = content.get("text") or ""
    return (
        ("目标", f"{content['year']} 年{kind} {figure or text}".strip()),
        ("原文", text if figure else ""),
        ("把握", content.get("certainty") or ""),
    )


def _baseline(content: Content, plan_id: str, code: str, names: Names) -> Fields:
    value = content.get("value")
    figure = "没有数" if value is None else f"{value} {names.measure(plan_id, code)}".strip()
    return ("基期值", f"{content['year']} 年 {figure}"), ("备注", content.get("note") or "")


def _achieved(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    kind = TARGET_KIND[TargetKind(content["kind"])]
    return (
        ("已实现", f"{period_title(Period.parse(content['since']))}起"),
        ("情况", content.get("text", "")),
        ("佐证材料", (content.get("evidence") or {}).get("name", "")),
        ("目标", f"{content['year']} 年{kind} {content.get('wanted', '')}".strip()),
    )


def _assignment(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    return (("承担", "由这个单位承担" if content.get("assigned") == "yes" else "不由这个单位承担"),)


def _deadline(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    return (("截止时间", _moment(content["due"])),)


def _state(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    sent = content.get("submitted_at")
    return (
        ("状态", RETURN_STATE[ReturnState(content["state"])]),
        (_ROUND, f"第 {content['round']} 次" if content.get("round", 1) != 1 else ""),
        ("方案版本", f"第 {content['revision']} 版" if content.get("revision") else ""),
        ("补录", "是" if content.get("backfilled") else ""),
        ("上报时间", _moment(sent) if sent else ""),
        ("校验码", content.get("check_code", "")),
    )


def _signature(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    labels = {
        "head": "单位负责人",
        "statistician": "统计负责人",
        "filled_by": "填表人",
        "phone": "联系电话",
        "date": "报出日期",
    }
    return tuple((label, content.get(name, "")) for name, label in labels.items())


def _plan(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    return ("版本", f"第 {content['revision']} 版"), ("名称", content.get("title", ""))


def _own_unit(content: Content, plan_id: str, _code: str, names: Names) -> Fields:
    return (("本单位", names.unit(plan_id, content["unit"])),)


def _shared(content: Content, _plan: str, _code: str, names: Names) -> Fields:
    other, _, code = content["with"].partition("/")
    return (("共用", f"和“{names.plan(other)}”的“{names.item(other, code)}”是同一个数"),)


def _import(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    return (
        ("文件", content.get("file", "")),
        ("文件指纹", content.get("digest", "")[:12]),
        ("封签或凭据对不上", "已向对方问清楚" if content.get("asked") else ""),
    )


def _submission(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    return (
        ("文件", content.get("file", "")),
        ("轮次", f"第 {content.get('round', 1)} 次"),
        ("文件指纹", content.get("digest", "")[:12]),
    )


def _workspace(content: Content, _plan: str, _code: str, names: Names) -> Fields:
    plan = content.get("plan", "")
    return (
        ("身份", "市级汇总" if content.get("role") == "city" else "县区填报"),
        ("单位", names.unit(plan, content.get("unit", ""))),
        ("方案", names.plan(plan)),
        ("演示数据", "是" if content.get("demo") else ""),
    )


def _operator(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    return (
        ("角色", OPERATOR_ROLE[OperatorRole(content["role"])]),
        ("在用", "是" if content.get("active") == "yes" else "否"),
        ("登录", f"有密码（{_mark(content['password'])}）" if content.get("password") else "没有密码"),
    )


def _recovery(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    return (("恢复码", f"有（{_mark(content['code'])}）" if content.get("code") else "没有"),)


def _mark(fingerprint: str) -> str:
    """Tells one password from another; it is no part of the password."""
    return f"标记 {fingerprint[:4]}"


def _second_entry(content: Content, plan_id: str, code: str, names: Names) -> Fields:
    measure = names.measure(plan_id, code)
    settled = content.get("settled")
    return (
        ("结果", OUTCOME.get(str(content["outcome"]), "")),
        ("第一次", _figure(content["first"], measure) or "空"),
        ("第二次", _figure(content["second"], measure) or "空"),
        ("定为", (_figure(settled, measure) or "空") if settled else ""),
        ("第一次填的人", content.get("first_by", "")),
        ("复录的人", content.get("second_by", "")),
    )


def _restore(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    gone = content.get("replaced_line")
    return (
        ("备份", f"到第 {content.get('line', 0)} 条记录为止"),
        ("换下的数据文件", "" if gone is None else f"到第 {gone} 条记录为止"),
    )


def _clock(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    return (("以前最新的一条记录", _moment(content["newest"])),)


def _wrong_try(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    return (
        ("试的", SECRET[str(content["secret"])]),
        ("连着写错", f"第 {content['count']} 次"),
    )


def _evidence(content: Content, _plan: str, _code: str, _names: Names) -> Fields:
    return (("文件", content.get("name", "")),)


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return f"{moment:%Y-%m-%d %H:%M}"


# What somebody tried to get in with.
SECRET = {"password": "密码", "recovery": "恢复码"}
# How two keyed figures were brought together.
OUTCOME = {
    "same": "两次一样",
    "first": "以第一次为准",
    "second": "以第二次为准",
    "other": "两次都不对，另填",
    "open": "两次不一样，还没有定",
}
READERS: Mapping[str, Callable[[Content, str, str, Names], Fields]] = {
    "entry": _entry,
    "progress": _progress,
    "explanation": _explanation,
    "target": _target,
    "baseline": _baseline,
    "achieved": _achieved,
    "assignment": _assignment,
    "deadline": _deadline,
    "state": _state,
    "signature": _signature,
    "plan": _plan,
    "own_unit": _own_unit,
    "shared": _shared,
    "import": _import,
    "submission": _submission,
    "workspace": _workspace,
    "operator": _operator,
    "recovery": _recovery,
    "second_entry": _second_entry,
    "restore": _restore,
    "clock": _clock,
    "wrong_try": _wrong_try,
    "evidence": _evidence,
}
