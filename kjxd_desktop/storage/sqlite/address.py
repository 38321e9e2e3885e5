"""How a workspace file is named to SQLite when it is only read."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


def reading_address(path: Path) -> str:
    """The URI that opens a workspace without the right to write.

    A WAL database in a folder that cannot be written, and that nobody writes now, must be told so:
    SQLite could not make its shared memory file there.
    """
    wal = path.with_name(path.name + "-wal")
    folder_is_closed = not os.access(
        path.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids
    )
    mode = "immutable=1" if folder_is_closed and not wal.exists() else "mode=ro"
    return f"file:{quote(str(path))}?{mode}"
