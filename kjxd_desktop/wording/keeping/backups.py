"""Backups in words: why one was made, when, how big, what restoring it would change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.keeping.history import KIND
from kjxd_desktop.wording.terms import ENTRY_STATUS, RETURN_STATE, TASK_STATUS

REASON: Mapping[BackupReason, str] = {
    BackupReason.START: "启动",
    BackupReason.MANUAL: "手工",
    BackupReason.IMPORT: "导入前",
    BackupReason.MIGRATION: "升级前",
    BackupReason.RESTORE: "恢复前",
}
_REASONS = {word: reason for reason, word in REASON.items()}
DAMAGED = "损坏"
_MOST_NAMED = 5
Names = Mapping[tuple[str, str], str]
_NO_NAMES: Names = {}
ENTRY_WORDS = {status.value: word for status, word in ENTRY_STATUS.items()}
TASK_WORDS = {status.value: word for status, word in TASK_STATUS.items()}
STATE_WORDS = {state.value: word for state, word in RETURN_STATE.items()}


def reason_of(word: str) -> BackupReason | None:
    """The reason a word in a file's name stands for; None for another word."""
    return _REASONS.get(word)


def moment_text(at: datetime) -> str:
    """``10月8日 10:21``."""
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def full_moment(at: datetime) -> str:
    """``2024-10-08 10:21``."""
    return f"{at:%Y-%m-%d %H:%M}"


def size_text(count: int) -> str:
    """``496 KB`` or ``3.2 MB``."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"


def backup_line(at: datetime, reason: BackupReason | None, count: int, sound: bool | None) -> str:
    """``2024-10-08 10:21  启动  496 KB  完好``."""
    return f"{full_moment(at)}  {reason_word(reason)}  {size_text(count)}  {sound_word(sound)}"


def reason_word(reason: BackupReason | None) -> str:
    """Why a backup was made; a dash when its name does not say."""
    return "—" if reason is None else REASON[reason]


def sound_word(sound: bool | None) -> str:
    """``完好``, ``已损坏``, or empty before it was verified."""
    return "" if sound is None else "完好" if sound else "已损坏"


def made_sentence(path: Path, count: int) -> str:
    """What is said once a backup is made."""
    return f"备份已做好，核对过，是完好的：{path}（{size_text(count)}）。"


def preview_sentences(
    lines_lost: int | None, same: bool | None, count: int, damaged: bool = False
) -> tuple[str, ...]:
    """What restoring would change, before the places themselves.

    Args:
        lines_lost: None when the backup is not an earlier state of the workspace.
        same: Whether it is a backup of this workspace; None when nothing is here.
        damaged: Whether the workspace is damaged, so that what came after the backup is salvaged.
    """
    if damaged:
        return (
            "现在的数据文件有不对的地方。会换成这份备份，备份以后的修改尽量从里面找回来，找不回来的会写出来。",
            "现在的数据文件会原样另外留着，不会删。",
            f"只看备份本身，有 {count} 处和现在不一样："
            if count
            else "只看备份本身，和现在没有不一样的地方。",
        )
    if same is None:
        return ("这里没有能打开的数据文件，恢复后就用备份里的数据。",)
    said = []
    if not same:
        said.append("注意：这份备份是另一个数据文件的，不是这一个的。恢复后看到的就是那一个的数据。")
    if lines_lost is None:
        said.append("这份备份和现在的修改记录不是前后相连的。")
    elif lines_lost:
        said.append(f"备份以后又有 {lines_lost} 条修改记录，恢复后这些修改就没有了。")
    said.append("现在的数据会先另做一份备份，恢复后还可以再换回来。")
    said.append(f"恢复后有 {count} 处不一样：" if count else "恢复后内容和现在一样。")
    return tuple(said)


class Place(Protocol):
    """A place in a workspace (``usecases.keeping.vault.Difference`` and ``LostLine``)."""

    @property
    def what(self) -> str: ...
    @property
    def plan(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def code(self) -> str: ...


class Differing(Place, Protocol):
    """A place that is not the same now and in a backup."""

    @property
    def now(self) -> str | None: ...
    @property
    def then(self) -> str | None: ...


class Lost(Place, Protocol):
    """A change that could not be brought back."""

    @property
    def line(self) -> int: ...
    @property
    def held(self) -> str | None: ...


def place_text(place: Place, names: Names = _NO_NAMES) -> str:
    """``指标的数 会宁县 2024年三季度 高新技术企业``.

    Args:
        names: What people call units, indicators and tasks, by plan and code; codes stand for the others.
    """
    period = place.period
    # A damaged line may name anything.
    with suppress(ProblemError, ValueError):
        period = period_title(Period.parse(period)) if period else ""
    unit, code = (names.get((place.plan, text), text) for text in (place.unit, place.code))
    where = " ".join(text for text in (unit, period, code) if text)
    kind = "上报时的文件" if place.what == "sent_file" else KIND.get(place.what, "内容")
    return f"{kind}{f' {where}' if where else ''}"


def difference_sentence(item: Differing, names: Names = _NO_NAMES) -> str:
    """``指标的数 会宁县 2024年三季度 高新技术企业：现在 13，备份里 12``."""
    now, then = content_text(item.what, item.now), content_text(item.what, item.then)
    place = place_text(item, names)
    return f"{place}：现在 {now}，备份里 {then}" if now != then else f"{place}：不一样"


def content_text(what: str, text: str | None) -> str:
    """What matters of a content to a person, short; a dash for nothing."""
    if text is None:
        return "—"
    data = json.loads(text) if text.startswith("{") else {}
    if what == "entry":
        value = data.get("value")
        return str(value) if value is not None else _word(ENTRY_WORDS, str(data.get("status", "")))
    if what == "progress":
        percent = data.get("percent")
        word = _word(TASK_WORDS, str(data.get("status", "")))
        return f"{word} {percent}%" if percent is not None else word
    if what == "state":
        return _word(STATE_WORDS, str(data.get("state", "")))
    for name in ("value", "text", "due", "file", "title"):
        if data.get(name):
            return str(data[name])
    return "有"


def _word(words: Mapping[str, str], code: str) -> str:
    return words.get(code, code or "—")


def restored_sentence(at: datetime, kept: Path | None, lines: int, until: datetime | None) -> str:
    """What is said once a backup took the workspace's place."""
    said = f"已换成 {moment_text(at)} 的备份。"
    if lines and until is not None:
        said += f"备份以后到 {moment_text(until)} 的 {lines} 条修改，也从损坏的文件里找回来了。"
    if kept is not None:
        said += f"原来的数据文件没有删，叫“{kept.name}”。"
    return said


def lost_sentence(item: Lost, names: Names = _NO_NAMES) -> str:
    """``没能找回：指标的数 会宁县 2024年三季度 高新技术企业，损坏的文件里显示为 13。请核对后重填。``"""
    if item.what == "evidence":
        return f"没能找回：佐证材料“{item.code}”的内容。请重新添加这个文件。"
    if item.what == "sent_file":
        file = content_text(item.what, item.held)
        return (
            f"没能找回：{place_text(item, names)}“{file}”的原样。数都在；要再存一份，程序会按锁住的数重新做。"
        )
    if not (item.what or item.code or item.unit):
        return f"没能找回：第 {item.line} 条修改，已看不出是哪一处。请对照纸质报表核对。"
    held = content_text(item.what, item.held)
    shown = "" if item.held is None else f"，损坏的文件里显示为 {held}"
    return f"没能找回：{place_text(item, names)}{shown}。请核对后重填。"


def last_backup_sentence(at: datetime | None) -> str:
    """When the last sound backup was made."""
    return "还没有备份。" if at is None else f"最近一份备份：{full_moment(at)}。"


def recover_offer(path: str, at: datetime) -> tuple[str, str, str]:
    """What happened, the button and what it does, where a damaged workspace has a sound backup."""
    return (
        f"数据文件 {path} 损坏了，打不开，原文件没有改动。程序另有一份完好的备份，可以用它恢复。",
        f"用 {moment_text(at)} 的备份恢复",
        "会换成这份备份，备份以后填的数也尽量从损坏的文件里找回来；损坏的文件另外留着，不会删。",
    )


def lost_text(lost: Sequence[Lost], names: Names = _NO_NAMES) -> str:
    """What could not be brought back, in one notice; the first few by name."""
    said = "".join(lost_sentence(item, names) for item in lost[:_MOST_NAMED])
    return said if len(lost) <= _MOST_NAMED else f"{said}……一共 {len(lost)} 处。"
