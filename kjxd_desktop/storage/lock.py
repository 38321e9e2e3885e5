"""One writer per workspace: a lock the operating system releases even when the program is killed."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.storage.faults import fault_of_os


def lock_workspace(path: Path) -> FileLock:
    """Take the writer's lock of a workspace, beside the file.

    Raises:
        WorkspaceFault: ``in_use`` when another program holds it; a fault of the folder otherwise.
    """
    lock = FileLock(str(path) + ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise WorkspaceFault("in_use", path=str(path)) from error
    except OSError as error:
        raise fault_of_os(error, path) from error
    return lock
