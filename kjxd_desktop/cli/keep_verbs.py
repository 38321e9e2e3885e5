"""``backup``, ``backups``, ``restore``: keeping a workspace, also one that no longer opens."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from kjxd_desktop.bootstrap.actions import vault_of
from kjxd_desktop.cli.exit_status import DONE
from kjxd_desktop.cli.offices import looking_office, writing_office
from kjxd_desktop.cli.to_json import print_json
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.usecases.keeping.vault import BackupInfo, Restored, RestorePreview
from kjxd_desktop.wording.commands import way_out_sentence
from kjxd_desktop.wording.keeping.backups import (
    backup_line,
    difference_sentence,
    lost_sentence,
    made_sentence,
    preview_sentences,
    restored_sentence,
)

# What a workspace that cannot be opened says; it can be restored all the same.
_CLOSED = ("absent", "damaged", "not_a_workspace")


def backup(options: Namespace) -> int:
    """Make a backup; with a file's name, the workspace as that one file."""
    with looking_office(options.workspace) as office:
        made = office.actions.keep.backup(options.file)
    if options.json:
        print_json(backup_json(made))
    else:
        print(made_sentence(made.path, made.bytes))
    return DONE


def backups(options: Namespace) -> int:
    """The backups of a workspace, newest first, each verified; also of a damaged one."""
    vault = vault_of(options.workspace)
    found = [vault.checked(item.path) for item in vault.listed()]
    if options.json:
        print_json([backup_json(item) for item in found])
        return DONE
    if not found:
        print("还没有备份。用 backup --workspace 做一份。")
    for item in found:
        print(f"{backup_line(item.at, item.reason, item.bytes, item.sound)}  {item.path}")
    return DONE


def restore(options: Namespace) -> int:
    """Put a backup in a workspace's place, or say what that would change."""
    if options.preview:
        preview = vault_of(options.workspace).preview(options.file)
        if options.json:
            print_json(preview_json(preview))
            return DONE
        for sentence in preview_sentences(
            preview.lines_lost, preview.same_workspace, preview.count, preview.damaged
        ):
            print(sentence)
        for differing in preview.differences:
            print(f"  {difference_sentence(differing)}")
        return DONE
    try:
        with writing_office(options) as office:
            restored = office.actions.keep.restore(options.file)
    except WorkspaceFault as fault:
        if fault.code not in _CLOSED:
            raise
        restored = vault_of(options.workspace).restore(options.file)
    if options.json:
        print_json(restored_json(restored))
        return DONE
    print(restored_sentence(restored.backup.at, restored.kept, restored.lines, restored.until))
    for lost in restored.lost:
        print(lost_sentence(lost), file=sys.stderr)
    return DONE


def way_out(path: Path | None) -> str:
    """Which backup would help a damaged workspace, and the command that restores it; empty for none."""
    if path is None or not path.is_file():
        return ""
    best = vault_of(path).best()
    return "" if best is None else way_out_sentence(best.at, best.path, path)


def way_out_of(fault: WorkspaceFault, options: Namespace) -> str:
    """The same for a command whose workspace does not open."""
    damaged = fault.code in ("damaged", "not_a_workspace")
    return way_out(getattr(options, "workspace", None)) if damaged else ""


def backup_json(info: BackupInfo) -> dict[str, Any]:
    """A backup as JSON."""
    return {
        "file": str(info.path),
        "at": info.at.isoformat(),
        "reason": None if info.reason is None else info.reason.value,
        "bytes": info.bytes,
        "sound": info.sound,
        "workspace": info.workspace or None,
        "unit": info.unit or None,
        "line": None if info.head is None else info.head.line,
        "link": None if info.head is None else info.head.link,
    }


def preview_json(preview: RestorePreview) -> dict[str, Any]:
    """What restoring would change as JSON; ``differences`` are the first of ``count``."""
    return {
        "backup": backup_json(preview.backup),
        "lines_lost": preview.lines_lost,
        "same_workspace": preview.same_workspace,
        "count": preview.count,
        "damaged": preview.damaged,
        "differences": [
            {
                "what": item.what,
                "plan": item.plan or None,
                "unit": item.unit or None,
                "period": item.period or None,
                "code": item.code or None,
                "now": item.now,
                "then": item.then,
            }
            for item in preview.differences
        ],
    }


def restored_json(restored: Restored) -> dict[str, Any]:
    """What a restore did as JSON; ``recovered`` are lines brought back from a damaged file."""
    return {
        "backup": backup_json(restored.backup),
        "kept": None if restored.kept is None else str(restored.kept),
        "recovered": restored.lines,
        "until": None if restored.until is None else restored.until.isoformat(),
        "lost": [
            {
                "line": item.line or None,
                "what": item.what or None,
                "plan": item.plan or None,
                "unit": item.unit or None,
                "period": item.period or None,
                "code": item.code or None,
                "held": item.held,
            }
            for item in restored.lost
        ],
    }
