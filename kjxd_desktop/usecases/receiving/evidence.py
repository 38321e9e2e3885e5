"""Evidence that travels beside a workbook as ``…_佐证.zip``; a file is known by its size and digest."""

from __future__ import annotations

import logging
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kjxd_desktop.domain.digests import every_digest
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.returns.progress import MAX_EVIDENCE_BYTES, Evidence
from kjxd_desktop.usecases.input_files import open_file
from kjxd_desktop.usecases.zip_directory import BOUNDED_METHODS, TooManyMembersError, open_zip
from kjxd_desktop.wording.receiving.imports import evidence_path

MAX_MEMBERS = 2_000
MAX_TOTAL_BYTES = 500 * 1024 * 1024

# Encrypted members and unknown methods raise the last two.
_BROKEN = (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError)
_log = logging.getLogger(__name__)


class ArchiveTrouble(StrEnum):
    """Why an archive was not looked through."""

    TOO_MANY = "too_many"
    TOO_BIG = "too_big"
    NOT_A_FILE = "not_a_file"
    BROKEN = "broken"


@dataclass(slots=True)
class EvidenceArchive:
    """The archive beside a workbook.

    Nothing is unpacked to disk. A member is read only when its size is one that is wanted, and never further than
    that; one whose digest is not wanted is left out. An archive that is absent, broken or beyond the limits yields
    less or nothing.

    Attributes:
        trouble: After a reading, why nothing or not everything was looked at; None for an archive that is absent
            or was looked through.
    """

    path: Path
    trouble: ArchiveTrouble | None = field(default=None, init=False)

    def contents(self, wanted: Iterable[Evidence]) -> Iterator[tuple[str, bytes]]:
        """The wanted files that it really holds, each once: digest and content, one at a time in memory."""
        missing = {item.digest: item.bytes for item in wanted if 0 < item.bytes <= MAX_EVIDENCE_BYTES}
        if not missing:
            return
        self.trouble = None
        try:
            with open_file(self.path) as file:
                if file.seek(0, 2) > 2 * MAX_TOTAL_BYTES:
                    self.trouble = ArchiveTrouble.TOO_BIG
                    return
                with open_zip(file, MAX_MEMBERS) as opened:
                    yield from self._members(opened, missing)
        except FileFault as fault:
            # A folder of that name is no archive, and none is missed.
            if fault.code not in (FaultCode.NOT_FOUND, FaultCode.IS_FOLDER):
                known = fault.code is FaultCode.NOT_A_FILE
                self.trouble = ArchiveTrouble.NOT_A_FILE if known else ArchiveTrouble.BROKEN
        except TooManyMembersError as error:
            self._note(ArchiveTrouble.TOO_MANY, error)
        except _BROKEN as error:
            self._note(ArchiveTrouble.BROKEN, error)

    def holds(self, wanted: Iterable[Evidence]) -> frozenset[str]:
        """The digests of the wanted files that it really holds."""
        return frozenset(digest for digest, _ in self.contents(wanted))

    def _members(self, opened: zipfile.ZipFile, missing: dict[str, int]) -> Iterator[tuple[str, bytes]]:
        by_size: dict[int, set[str]] = {}
        for digest, size in missing.items():
            by_size.setdefault(size, set()).add(digest)
        total, seen = 0, set[int]()
        for member in opened.infolist():
            digests = by_size.get(member.file_size)
            # Entries that lie on top of one another would let a small archive be read a thousand times.
            if not digests or member.is_dir() or member.header_offset in seen:
                continue
            seen.add(member.header_offset)
            if total > MAX_TOTAL_BYTES:
                self.trouble = ArchiveTrouble.TOO_BIG
                return
            content = self._content(opened, member)
            total += member.file_size
            # Not each wanted one in turn: a file may name thousands of one size.
            found = next((digest for digest in every_digest(content) if digest in digests), None)
            if found is not None:
                digests.remove(found)
                yield found, content

    def _content(self, opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        """What a member holds, at most what it declares; nothing when it cannot be read. The others still can."""
        if member.compress_type not in BOUNDED_METHODS:
            self._note(ArchiveTrouble.BROKEN, NotImplementedError(f"method {member.compress_type}"))
            return b""
        try:
            with opened.open(member) as stream:
                return stream.read(member.file_size)
        except _BROKEN as error:
            self._note(ArchiveTrouble.BROKEN, error)
            return b""

    def _note(self, trouble: ArchiveTrouble, error: Exception) -> None:
        self.trouble = trouble
        _log.info("evidence %s: %s", self.path.name, error)


def evidence_beside(workbook: Path) -> EvidenceArchive:
    """The evidence of a workbook."""
    return EvidenceArchive(evidence_path(workbook))
