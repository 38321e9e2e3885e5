"""Evidence that travels beside a workbook as ``…_佐证.zip``; a file is known by its size and digest."""

from __future__ import annotations

import logging
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from kjxd_desktop.domain.digests import fits
from kjxd_desktop.domain.returns.progress import MAX_EVIDENCE_BYTES, Evidence
from kjxd_desktop.wording.receiving.imports import EVIDENCE_ENDING

MAX_MEMBERS = 2_000
MAX_TOTAL_BYTES = 500 * 1024 * 1024

_log = logging.getLogger(__name__)


def evidence_beside(workbook: Path) -> Path:
    """Where the evidence of a workbook lies."""
    return workbook.with_name(workbook.stem + EVIDENCE_ENDING)


def read_evidence(archive: Path, wanted: Iterable[Evidence]) -> Iterator[bytes]:
    """Contents of the wanted files that the archive really holds, each once.

    Nothing is unpacked to disk. A member is read only when its size is one that is wanted, and never
    further than that; one whose digest is not wanted is left out. An archive that is absent, broken or
    beyond the limits yields less or nothing.
    """
    missing = {item.digest: item.bytes for item in wanted if 0 < item.bytes <= MAX_EVIDENCE_BYTES}
    if not missing or not archive.is_file():
        return
    try:
        if archive.stat().st_size > 2 * MAX_TOTAL_BYTES:
            return
        with zipfile.ZipFile(archive) as opened:
            yield from _members(opened, missing)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        # Encrypted members and unknown methods raise the last two.
        _log.warning("evidence %s: %s", archive.name, error)


def _members(opened: zipfile.ZipFile, missing: dict[str, int]) -> Iterator[bytes]:
    total = 0
    for member in opened.infolist()[:MAX_MEMBERS]:
        if not missing or total > MAX_TOTAL_BYTES:
            return
        if member.is_dir() or member.file_size not in missing.values():
            continue
        with opened.open(member) as stream:
            content = stream.read(member.file_size + 1)
        total += len(content)
        found = next(
            (digest for digest, size in missing.items() if size == len(content) and fits(content, digest)),
            None,
        )
        if found is not None:
            del missing[found]
            yield content
