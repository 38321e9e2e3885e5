"""Faults of the surroundings: disk, locks, damaged or foreign workspace files. Not bugs, not data."""

from __future__ import annotations

from collections.abc import Mapping


class WorkspaceFault(Exception):
    """The workspace cannot be used as asked (exit status 4).

    Attributes:
        code: One of ``FAULT_CODES``; ``wording.faults`` has a sentence for each.
        params: Texts for the sentence, such as ``path``.
    """

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(f"{code} {params}")
        self.code = code
        self.params: Mapping[str, str] = params


FAULT_CODES = (
    "absent",
    "exists",
    "in_use",
    "lock_foreign",
    "newer",
    "older",
    "not_a_workspace",
    "altered",
    "damaged",
    "disk_full",
    "read_only",
    "viewing",
    "no_permission",
    "folder_missing",
    "name_too_long",
    "name_reserved",
    "overwritten",
    "gone",
    "busy",
    "migration_failed",
    "backup_failed",
    "no_backup",
    "restore_failed",
    "io",
)
