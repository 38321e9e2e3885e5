"""Writing workbooks whole (rules.md 7.6)."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.usecases.saving import DISK_FULL, save_bytes

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_ZIP_MAGIC = b"PK\x03\x04"
# The times a zip can hold.
_FIRST_TIME, _LAST_TIME = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)


def save_atomically(content: Workbook | bytes, path: Path) -> str:
    """Write a workbook, or any bytes, to a file.

    Args:
        content: An openpyxl workbook, or the bytes of the file.
        path: Where it shall be; an existing file is replaced.

    Returns:
        SHA-256 of the file, hexadecimal.

    Raises:
        FileFault: As :func:`save_bytes`; ``written_differently`` for an archive that is damaged already.
    """
    try:
        data = content if isinstance(content, bytes) else workbook_bytes(content)
    except OSError as error:
        # The library puts each sheet into a temporary file first: the folder at fault is not the chosen one.
        code = FaultCode.DISK_FULL if error.errno in DISK_FULL else FaultCode.WRITE_FAILED
        raise FileFault(code, path.name, detail=str(error)) from error
    if data.startswith(_ZIP_MAGIC) and not _is_whole(data):
        raise FileFault(FaultCode.WRITTEN_DIFFERENTLY, path.name)
    return save_bytes(data, path)


def _is_whole(archive: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            return opened.testzip() is None
    except (zipfile.BadZipFile, zlib.error):
        return False


def workbook_bytes(workbook: Workbook) -> bytes:
    """The .xlsx file of a workbook."""
    from openpyxl.writer.excel import ExcelWriter

    if workbook.write_only and not workbook.worksheets:
        workbook.create_sheet()
    buffer = io.BytesIO()
    workbook.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    # As the library saves it, but for the archive's times.
    archive = _Archive(buffer, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False)
    ExcelWriter(workbook, archive).save()
    return buffer.getvalue()


class _Archive(zipfile.ZipFile):
    """A zip that a clock set before 1980 or after 2107 does not keep from being written: such a time is cut."""

    def writestr(self, zinfo_or_arcname: str | zipfile.ZipInfo, data: Any, *args: Any, **named: Any) -> None:
        """As ever, with a time that a zip can hold."""
        entry = zinfo_or_arcname
        if isinstance(entry, str):
            now = time.localtime(time.time())[:6]
            entry = zipfile.ZipInfo(entry, min(max(now, _FIRST_TIME), _LAST_TIME))
            entry.external_attr = 0o600 << 16
            named.setdefault("compress_type", self.compression)
        super().writestr(entry, data, *args, **named)
