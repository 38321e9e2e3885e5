"""Odd spreadsheet files, made from nothing, each the way clerks or programs really make them."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

from tests.helpers.waiting import PATIENCE_S

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"

_SECTOR = 512
_END, _FREE, _FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SHEET_PART = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook_of(workbook: Workbook) -> bytes:
    """The file of a workbook."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def plain_workbook(rows: int = 3) -> bytes:
    """A workbook with one sheet 表 of numbered rows."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "表"
    for row in range(1, rows + 1):
        sheet.append([row, f"第{row}行"])
    return workbook_of(workbook)


def odd_workbook() -> Workbook:
    """Percent cells, units in formats, formulas without results, merged, hidden and far cells."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "表一"
    sheet["A1"] = "2024年三季度"
    sheet.merge_cells("A1:C1")
    for address, value, number_format in (
        ("A2", 0.65, "0%"),
        ("B2", 0.655, "0.00%"),
        ("C2", 1.5, "0.00"),
        ("A3", 85, '0"家"'),
        ("B3", 1234.5, "#,##0.00"),
        ("C3", 0.1 + 0.2, "General"),
    ):
        sheet[address] = value
        sheet[address].number_format = number_format
    sheet["A4"] = "=1+1"
    sheet["B4"] = "=1/0"
    sheet["C4"] = "=A2*2"
    sheet["C4"].number_format = "0.0%"
    sheet["A5"] = "看不见的一行"
    sheet.row_dimensions[5].hidden = True
    sheet["B5"] = '=IF(1=1,"","x")'
    sheet["E6"] = 7.36
    sheet.column_dimensions["E"].hidden = True
    hidden = workbook.create_sheet("清单")
    hidden.sheet_state = "hidden"
    hidden["B2"] = "不涉及"
    return workbook


def with_sheet_xml(sheet_data: str, after: str = "", namespace: str = _MAIN) -> bytes:
    """A workbook whose only sheet has the given XML inside ``sheetData``, and behind it."""
    xml = f'<worksheet xmlns="{namespace}"><sheetData>{sheet_data}</sheetData>{after}</worksheet>'
    return replace_part(plain_workbook(), _SHEET_PART, xml.encode())


def replace_part(content: bytes, name: str, data: bytes) -> bytes:
    """The same package with one part's content replaced."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, data if part == name else old.read(part))
    return buffer.getvalue()


def edit_part(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The same package with some bytes of one part replaced, which must be there."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read(name)
    assert old in data
    return replace_part(content, name, data.replace(old, new))


def zip_of(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of the given parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def zip_bomb() -> bytes:
    """A workbook one of whose parts declares to unpack to 3 GiB."""
    content = bytearray(plain_workbook())
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 3 << 30)
    return bytes(content)


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A minimal OLE2 file; each stream is filled up to the 4096 bytes of a big one."""
    padded = {name: data.ljust(4096, b"\x00") for name, data in streams.items()}
    directory_sectors = len(padded) // 4 + 1
    fat = [_FAT_SECTOR, *_chain(1, directory_sectors)]
    entries = [_entry("Root Entry", 5, _END, 0)]
    body = b""
    for name, data in padded.items():
        count = -(-len(data) // _SECTOR)
        entries.append(_entry(name, 2, len(fat), len(data)))
        fat.extend(_chain(len(fat), count))
        body += data.ljust(count * _SECTOR, b"\x00")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(10) + struct.pack("<IIIIIIIII", 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    header = header.ljust(_SECTOR, b"\xff")
    fat_sector = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    return header + fat_sector + b"".join(entries).ljust(directory_sectors * _SECTOR, b"\x00") + body


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END]


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\x00\x00"
    head = encoded.ljust(64, b"\x00") + struct.pack("<HBB", len(encoded), kind, 1)
    return head.ljust(116, b"\x00") + struct.pack("<IQ", start, size)


def encrypted_workbook() -> bytes:
    """What Excel and WPS write when a workbook gets a password."""
    return compound_file({"EncryptionInfo": b"\x04\x00\x04\x00", "EncryptedPackage": bytes(64)})


def convert(source: Path, extension: str, read_as: str = "") -> Path:
    """Let LibreOffice write a file in another format, beside the source.

    Args:
        read_as: How the source is read, where its ending does not say it.

    Raises:
        AssertionError: LibreOffice is not there; tests need it (Debian ``libreoffice-calc-nogui``).
    """
    program = shutil.which("soffice")
    assert program is not None, "LibreOffice (soffice) is needed to make .xls and .ods files"
    profile = (source.parent / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", extension]
    command += [f"--infilter={read_as}"] if read_as else []
    command += ["--outdir", str(source.parent), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)
    return source.with_suffix(f".{extension}")


def reader_command(before: str = "") -> list[str]:
    """A command that runs the reader process, with Python lines to run before it."""
    lines = (
        "import sys",
        f"sys.path[:] = {sys.path!r}",
        "from kjxd_desktop.sheets import limits, parse, reader_worker as worker",
        before,
        "raise SystemExit(worker.run_reader())",
    )
    return [sys.executable, "-c", "\n".join(lines)]
