"""Where the backups of a workspace are."""

from __future__ import annotations

from pathlib import Path


def folder_of(backups: Path, identity: str) -> Path:
    """The folder of one workspace's backups among those of all: they must not mix."""
    return backups / (identity[:8] or "unknown")
