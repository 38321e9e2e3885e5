"""Writing a file so that it is either there in full or not at all (rules.md 7.6)."""

from __future__ import annotations

import errno
import io
import os
import time
import zipfile
import zlib
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kjxd_desktop.domain.digests import digest_of, fits
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.scratch import Scratch, clear_scratch, scratch_in
from kjxd_desktop.usecases.targets import require_target

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_ZIP_MAGIC = b"PK\x03\x04"
# The times a zip can hold.
_FIRST_TIME, _LAST_TIME = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DENIED = (errno.EACCES, errno.EPERM)


def save_atomically(content: Workbook | bytes, path: Path) -> str:
    """Write a workbook, or any bytes, to a file.

    The content goes to a new file in the same folder, is forced to the disk, read again and compared,
    and only then takes the name. Whatever fails, an existing file stays as it was and no other file is
    left behind.

    Args:
        content: An openpyxl workbook, or the bytes of the file.
        path: Where it shall be; an existing file is replaced.

    Returns:
        SHA-256 of the file, hexadecimal.

    Raises:
        FileFault: ``target_is_workspace``, ``disk_full``, ``folder_missing``, ``folder_read_only``, ``file_in_use``,
            ``is_folder``, ``written_differently`` or ``write_failed``.
    """
    try:
        data = content if isinstance(content, bytes) else workbook_bytes(content)
    except OSError as error:
        # The library puts each sheet into a temporary file first: the folder at fault is not the chosen one.
        code = FaultCode.DISK_FULL if error.errno in _DISK_FULL else FaultCode.WRITE_FAILED
        raise FileFault(code, path.name, detail=str(error)) from error
    require_target(path, replace=True)
    clear_scratch(path.parent)
    with ExitStack() as made:
        try:
            temporary = made.enter_context(scratch_in(path.parent))
            _write(data, temporary.path)
        except OSError as error:
            raise _fault(error, path, FaultCode.FOLDER_READ_ONLY) from error
        digest = digest_of(data)
        if not _reads_back(temporary.path, digest, data.startswith(_ZIP_MAGIC)):
            raise FileFault(FaultCode.WRITTEN_DIFFERENTLY, path.name)
        try:
            _take_name(temporary, path)
        except OSError as error:
            raise _fault(error, path, FaultCode.FILE_IN_USE) from error
    return digest


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


def _write(data: bytes, path: Path) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _reads_back(path: Path, digest: str, is_zip: bool) -> bool:
    try:
        written = path.read_bytes()
        if not fits(written, digest):
            return False
        if is_zip:
            with zipfile.ZipFile(io.BytesIO(written)) as archive:
                return archive.testzip() is None
    except (OSError, zipfile.BadZipFile, zlib.error):
        return False
    return True


def _take_name(temporary: Scratch, path: Path) -> None:
    # Renaming asks the folder for permission, not the file: one set to read-only would be lost.
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "read-only", str(path))
    temporary.take_name(path)


def _fault(error: OSError, path: Path, when_denied: FaultCode) -> FileFault:
    if error.errno in _DISK_FULL:
        code = FaultCode.DISK_FULL
    elif error.errno == errno.EROFS:
        code = FaultCode.FOLDER_READ_ONLY
    elif error.errno in _DENIED:
        code = when_denied
    elif error.errno in (errno.ENOENT, errno.ENOTDIR):
        code = FaultCode.FOLDER_MISSING
    else:
        code = FaultCode.WRITE_FAILED
    return FileFault(code, path.name, detail=str(error))
