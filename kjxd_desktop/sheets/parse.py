"""From the bytes of a foreign file to a :class:`Book`. Runs inside the reader process."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from xml.parsers.expat import ExpatError

from kjxd_desktop.domain.digests import digest_of
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.grid import Book, BookFormat, Grid
from kjxd_desktop.sheets.limits import MAX_FILE_BYTES, Refused, too_big
from kjxd_desktop.sheets.sniff import Sniffed, sniff

# Everything a parser was seen to raise over files that are not what they claim to be. Bugs of ours look
# the same from outside, but this process is the border: the detail goes to the log in both cases.
_FOREIGN_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,  # ElementTree.ParseError is one
    TypeError,
    ValueError,
    ExpatError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def parse_book(content: bytes, name: str) -> Book:
    """Read a spreadsheet file of any known kind.

    Args:
        content: The whole file.
        name: Its name, for faults only.

    Raises:
        FileFault: It cannot or must not be read.
    """
    try:
        if len(content) > MAX_FILE_BYTES:
            raise too_big("file", MAX_FILE_BYTES)
        return _read(content, sniff(content))
    except Refused as refused:
        raise FileFault(refused.code, name, refused.params, refused.detail) from refused
    except MemoryError as error:
        raise FileFault(FaultCode.TOO_BIG, name, {"what": "memory"}) from error
    except _FOREIGN_ERRORS as error:
        raise FileFault(FaultCode.BROKEN, name, detail=f"{type(error).__name__}: {error}") from error


def _read(content: bytes, sniffed: Sniffed) -> Book:
    # Parsers are imported where they are used: a csv file does not wait for openpyxl.
    properties: Mapping[str, str] = {}
    formats_known = True
    match sniffed.format:
        case BookFormat.XLSX:
            grids, properties, formats_known = _read_xlsx(content)
        case BookFormat.XLSB:
            from kjxd_desktop.sheets.xls import read_with_calamine

            grids, formats_known = read_with_calamine(content), False
        case BookFormat.XLS:
            from kjxd_desktop.sheets.xls import read_xls

            grids, formats_known = read_xls(content)
        case BookFormat.ODS:
            from kjxd_desktop.sheets.ods import read_ods

            grids = read_ods(content)
        case BookFormat.CSV:
            from kjxd_desktop.sheets.text_tables import read_csv

            grids = read_csv(sniffed.text)
        case BookFormat.HTML:
            from kjxd_desktop.sheets.text_tables import read_html

            grids = read_html(sniffed.text)
    return Book(sniffed.format, grids, digest_of(content), properties, formats_known)


def _read_xlsx(content: bytes) -> tuple[tuple[Grid, ...], Mapping[str, str], bool]:
    """Read with openpyxl, and with calamine what openpyxl cannot open: each opens some the other cannot."""
    from kjxd_desktop.sheets.xlsx import read_xlsx

    try:
        grids, properties = read_xlsx(content)
    except _FOREIGN_ERRORS as error:
        from kjxd_desktop.sheets.xls import read_with_calamine

        try:
            return read_with_calamine(content), {}, False
        except Refused as refused:
            refused.detail = f"openpyxl: {type(error).__name__}: {error}; {refused.detail}"
            raise
    return grids, properties, True
