"""The evidence that travels beside a return as ``…_佐证.zip``."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from kjxd_desktop.sheets.writing import save_atomically

# The oldest time a zip can hold: the same evidence makes the same file, whenever it is written.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def write_evidence_zip(files: Iterable[tuple[str, bytes]], path: Path) -> None:
    """Write files under their names, in the order given.

    They are stored as they are: evidence is pictures and office files, which do not shrink.

    Raises:
        FileFault: As :func:`save_atomically`.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.external_attr = _READABLE
            archive.writestr(info, content)
    save_atomically(buffer.getvalue(), path)
