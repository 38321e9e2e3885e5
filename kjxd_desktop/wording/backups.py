"""Backups in words: why one was made, when, how big, what restoring it would change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kjxd_desktop.domain.backups import BackupReason

REASON: Mapping[BackupReason, str] = {
    BackupReason.START: "启动",
    BackupReason.MANUAL: "手工",
    BackupReason.IMPORT: "导入前",
    BackupReason.MIGRATION: "升级前",
    BackupReason.RESTORE: "恢复前",
}
_REASONS = {word: reason for reason, word in REASON.items()}
DAMAGED = "损坏"


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
