"""What a file is, told from its content; the extension is not asked."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass

from kjxd_desktop.domain.file_fault import FaultCode
from kjxd_desktop.domain.grid import BookFormat
from kjxd_desktop.sheets import ole2
from kjxd_desktop.sheets.limits import MAX_PARTS, MAX_UNPACKED_BYTES, Refused, too_big
from kjxd_desktop.usecases.zip_directory import BOUNDED_METHODS, TooManyMembersError, open_zip


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A readable kind, with the text of files that are text."""

    format: BookFormat
    text: str = ""


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_HTML = re.compile(r"<(!doctype html|html|table|head|body|meta)\b", re.IGNORECASE)
_SOMETHING = re.compile(rb"[^\x00 \t\r\n]")
_DELIMITERS = ",\t;"
_HEAD_CHARS = 20_000


def sniff(content: bytes) -> Sniffed:
    """Tell what a file is.

    Args:
        content: The whole file.

    Raises:
        Refused: ``empty``, ``picture``, ``password``, ``broken``, ``too_big``, ``html_as_xls`` (a web
            archive), or ``not_table`` with ``kind``.
    """
    if not _SOMETHING.search(content):
        raise Refused(FaultCode.EMPTY)
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return Sniffed(_sniff_zip(content))
    if content.startswith(ole2.MAGIC):
        return Sniffed(_sniff_ole2(content))
    if _is_picture(content):
        raise Refused(FaultCode.PICTURE)
    if content.startswith(b"%PDF"):
        raise _not_table("pdf")
    if content.startswith(b"{\\rtf"):
        raise _not_table("word")
    if content.startswith(_ARCHIVES):
        raise _not_table("archive")
    return _sniff_text(content)


def _not_table(kind: str) -> Refused:
    return Refused(FaultCode.NOT_TABLE, kind=kind)


def _is_picture(content: bytes) -> bool:
    if content.startswith(_PICTURES):
        # "BM" also begins texts: a bitmap names its own size right behind it.
        return not content.startswith(b"BM") or int.from_bytes(content[2:6], "little") == len(content)
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return is_webp or content[4:12] in (b"ftypheic", b"ftypmif1")


def _sniff_zip(content: bytes) -> BookFormat:
    try:
        with open_zip(io.BytesIO(content), MAX_PARTS) as archive:
            parts = archive.infolist()
            # zipfile never unpacks more of a part than it declares here, whatever its data says.
            if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise too_big("unpacked", MAX_UNPACKED_BYTES)
            names = {part.filename.replace("\\", "/").lower() for part in parts}
            if any(part.flag_bits & 0x1 for part in parts):
                raise Refused(FaultCode.PASSWORD)
            if any(part.compress_type not in BOUNDED_METHODS for part in parts):
                raise Refused(FaultCode.BROKEN, "a part is packed in another way than office programs pack")
            if len({part.filename for part in parts}) < len(parts):
                # Which of two parts of one name a program shows is its own affair.
                raise Refused(FaultCode.BROKEN, "two parts of one name")
            if "content.xml" in names and "mimetype" in names:
                return _open_document(archive, names)
    except TooManyMembersError as error:
        raise too_big("parts", MAX_PARTS) from error
    except (zipfile.BadZipFile, KeyError, NotImplementedError, OSError, ValueError) as error:
        raise Refused(FaultCode.BROKEN, str(error)) from error
    return _office_kind(names)


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> BookFormat:
    kind = archive.read("mimetype").strip()
    if b"spreadsheet" not in kind:
        raise _not_table("slides" if b"presentation" in kind else "word")
    manifest = "META-INF/manifest.xml"
    if manifest.lower() in names and b"encryption-data" in archive.read(manifest):
        raise Refused(FaultCode.PASSWORD)
    return BookFormat.ODS


def _office_kind(names: set[str]) -> BookFormat:
    if "xl/workbook.bin" in names:
        return BookFormat.XLSB
    if "[content_types].xml" in names and any(name.startswith("xl/workbook") for name in names):
        return BookFormat.XLSX
    if any(name.startswith("word/") for name in names):
        raise _not_table("word")
    if any(name.startswith("ppt/") for name in names):
        raise _not_table("slides")
    if "ofd.xml" in names:
        raise _not_table("ofd")
    if "[content_types].xml" in names:
        raise Refused(FaultCode.BROKEN, "OOXML package without a workbook")
    raise _not_table("archive")


def _sniff_ole2(content: bytes) -> BookFormat:
    names = ole2.CompoundFile(content).names
    # Excel and WPS put an encrypted .xlsx into a compound file of its own ([MS-OFFCRYPTO] 2.3.4).
    if "EncryptedPackage" in names:
        raise Refused(FaultCode.PASSWORD)
    if names & {"Workbook", "Book"}:
        return BookFormat.XLS
    if "WordDocument" in names:
        raise _not_table("word")
    if "PowerPoint Document" in names:
        raise _not_table("slides")
    raise _not_table("other")


def decode_text(content: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 with a byte order mark, or GB18030; None when it is none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in content:
        return None
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _sniff_text(content: bytes) -> Sniffed:
    text = decode_text(content)
    if text is None or any(ord(char) < 32 and char not in "\t\r\n\f\x1a" for char in text[:_HEAD_CHARS]):
        raise _not_table("other")
    head = text[:_HEAD_CHARS].lstrip()
    if head.upper().startswith("MIME-VERSION:"):
        raise Refused(FaultCode.HTML_AS_XLS)
    if head.startswith("<"):
        if _HTML.search(head):
            return Sniffed(BookFormat.HTML, text)
        raise _not_table("xml")
    if delimiter_of(text) is None:
        raise _not_table("text")
    return Sniffed(BookFormat.CSV, text)


def delimiter_of(text: str) -> str | None:
    """The character between the columns of a text table; None when the text is no table.

    A table has the same delimiter in at least two rows and in at least half of those not empty.
    """
    best, most = None, 1
    for delimiter in _DELIMITERS:
        try:
            table = csv.reader(io.StringIO(text[:_HEAD_CHARS]), delimiter=delimiter)
            rows = [row for row in table if any(row)]
        except csv.Error:
            continue
        split = sum(len(row) > 1 for row in rows)
        if split > most and split * 2 >= len(rows):
            best, most = delimiter, split
    return best
