"""What calamine leaves out of an .xls: number formats, formulas, errors, hidden rows ([MS-XLS] 2.4).

Only records that say so are looked at; values, texts and dates are calamine's business. Rows and
columns are counted from 1.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS

from kjxd_desktop.domain.file_fault import FaultCode
from kjxd_desktop.sheets.limits import Refused

_FORMULA, _EOF, _FILEPASS = 0x06, 0x0A, 0x2F
_COLINFO, _BOUNDSHEET, _MULRK, _XF = 0x7D, 0x85, 0xBD, 0xE0
_NUMBER, _BOOLERR, _ROW, _RK, _FORMAT = 0x203, 0x205, 0x208, 0x27E, 0x41E
_BOF = 0x809
_BIFF8 = 0x0600
_WORKSHEET = 0
_ROW_HIDDEN = 0x20

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(slots=True)
class SheetMarks:
    """What the records of one worksheet say about its cells.

    Attributes:
        formats: Format code by (row, column), for numbers.
        formulas: Places of formulas.
        errors: Error text by place.
        hidden_rows: Hidden rows.
        hidden_columns: Hidden columns.
    """

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def scan_workbook(stream: bytes) -> list[SheetMarks] | None:
    """Marks of each worksheet in order, from the ``Workbook`` stream.

    Returns:
        None for files older than Excel 97, whose records differ.

    Raises:
        Refused: ``password`` when the stream is encrypted, ``broken`` when records are cut short.
    """
    try:
        return _scan(stream)
    except (struct.error, IndexError) as error:
        raise Refused(FaultCode.BROKEN, f"BIFF: {error}") from error


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _scan(stream: bytes) -> list[SheetMarks] | None:
    codes = dict(BUILTIN_FORMATS)
    cell_formats: list[int] = []
    places: list[int] = []
    for kind, data in _records(stream, 0):
        if kind == _BOF and struct.unpack_from("<H", data)[0] != _BIFF8:
            return None
        if kind == _FILEPASS:
            raise Refused(FaultCode.PASSWORD)
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = _format_text(data)
        elif kind == _XF:
            cell_formats.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _BOUNDSHEET and data[5] == _WORKSHEET:
            places.append(struct.unpack_from("<I", data)[0])
        elif kind == _EOF:
            break
    by_style = [codes.get(number, "General") for number in cell_formats]
    return [_scan_sheet(stream, place, by_style) for place in places]


def _format_text(data: bytes) -> str:
    count, flags = struct.unpack_from("<HB", data, 2)
    if flags & 1:
        return data[5 : 5 + 2 * count].decode("utf-16-le", "replace")
    return data[5 : 5 + count].decode("latin-1")


def _scan_sheet(stream: bytes, place: int, by_style: list[str]) -> SheetMarks:
    marks = SheetMarks()
    depth = 0
    for kind, data in _records(stream, place):
        # Charts inside a sheet are streams of their own, between a BOF and an EOF.
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            break
        if depth == 1:
            _read_record(kind, data, by_style, marks)
    return marks


def _read_record(kind: int, data: bytes, by_style: list[str], marks: SheetMarks) -> None:
    if kind in (_NUMBER, _RK, _FORMULA, _BOOLERR):
        row, column, style = struct.unpack_from("<HHH", data)
        place = (row + 1, column + 1)
        marks.formats[place] = by_style[style]
        if kind == _FORMULA:
            marks.formulas.add(place)
            # A result that is no number is marked by its last two bytes; 2 is an error.
            if data[12:14] == b"\xff\xff" and data[6] == 2:
                marks.errors[place] = _ERRORS.get(data[8], "#N/A")
        elif kind == _BOOLERR and data[7]:
            marks.errors[place] = _ERRORS.get(data[6], "#N/A")
    elif kind == _MULRK:
        row, first = struct.unpack_from("<HH", data)
        for index in range((len(data) - 6) // 6):
            style = struct.unpack_from("<H", data, 4 + 6 * index)[0]
            marks.formats[row + 1, first + index + 1] = by_style[style]
    elif kind == _ROW:
        if struct.unpack_from("<H", data, 12)[0] & _ROW_HIDDEN:
            marks.hidden_rows.add(struct.unpack_from("<H", data)[0] + 1)
    elif kind == _COLINFO:
        first, last = struct.unpack_from("<HH", data)
        if data[8] & 1:
            marks.hidden_columns.update(range(first + 1, min(last, 0x100) + 2))
