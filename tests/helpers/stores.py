"""A new, empty workspace, opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kjxd_desktop.paths import migrations_dir
from kjxd_desktop.storage.store import SqlStore, made_store, open_store
from kjxd_desktop.usecases.ports import Clock


@contextmanager
def new_store(path: Path, clock: Clock, who: str = "") -> Iterator[SqlStore]:
    """Make it and open it for writing."""
    with made_store(path, migrations_dir(), clock, who):
        pass
    with open_store(path, migrations_dir(), path.parent / "backups", clock, who) as store:
        yield store
