"""Files are known by their content, and each unreadable kind is refused with its own code."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.grid import BookFormat
from kjxd_desktop.sheets import assemble
from kjxd_desktop.sheets.limits import MAX_PARTS
from kjxd_desktop.sheets.parse import parse_book
from tests.helpers import hostile_zips
from tests.helpers import workbook_files as files

_TABLE = "代码,指标,本期\nI01,研发经费,7.36\n"
_MERGED_BOMB = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
_ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
_BITMAP = b"BM" + (58).to_bytes(4, "little") + bytes(52)
_ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}
_LOCKED_ODS = {
    "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": b"\x00",
    "META-INF/manifest.xml": b"<manifest:encryption-data/>",
}


def _fault(content: bytes) -> FileFault:
    with pytest.raises(FileFault) as caught:
        parse_book(content, "会宁县.xlsx")
    assert caught.value.path_name == "会宁县.xlsx"
    return caught.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", FaultCode.EMPTY),
        (b"\r\n \x00\x00", FaultCode.EMPTY),
        (files.PNG, FaultCode.PICTURE),
        (_BITMAP, FaultCode.PICTURE),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", FaultCode.PICTURE),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", FaultCode.PICTURE),
        (files.plain_workbook()[:2000], FaultCode.BROKEN),
        (files.replace_part(files.plain_workbook(), "xl/workbook.xml", b"<workbook"), FaultCode.BROKEN),
        (files.zip_of({"[Content_Types].xml": b"<Types/>"}), FaultCode.BROKEN),
        (files.encrypted_workbook(), FaultCode.PASSWORD),
        (files.encrypted_workbook()[:600], FaultCode.BROKEN),
        (files.compound_file({"Workbook": b"\x09\x08\x02\x00\x00\x06\x2f\x00\x00\x00"}), FaultCode.PASSWORD),
        (files.zip_of(_LOCKED_ODS), FaultCode.PASSWORD),
        ("<html><body>没有登录</body></html>".encode(), FaultCode.HTML_AS_XLS),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", FaultCode.HTML_AS_XLS),
    ],
)
def test_each_unreadable_file_has_its_code(content: bytes, code: FaultCode) -> None:
    assert _fault(content).code is code


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"{\\rtf1 text}", "word"),
        (files.zip_of({"[Content_Types].xml": b"", "word/document.xml": b""}), "word"),
        (files.zip_of(_ODT), "word"),
        (files.compound_file({"WordDocument": b""}), "word"),
        (files.zip_of({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "slides"),
        (files.zip_of({"OFD.xml": b""}), "ofd"),
        (files.zip_of({"会宁县.xlsx": files.plain_workbook()}), "archive"),
        (b"Rar!\x1a\x07", "archive"),
        (b'<?xml version="1.0"?><Workbook/>', "xml"),
        ("各县区科技局：\n请于十月十日前报送，谢谢。\n".encode(), "text"),
        (b"BM is how this text begins\nand no picture", "text"),
        (bytes(range(256)), "other"),
    ],
)
def test_what_is_no_table_says_what_it_is(content: bytes, kind: str) -> None:
    fault = _fault(content)
    assert (fault.code, fault.params["kind"]) == (FaultCode.NOT_TABLE, kind)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (files.zip_bomb(), "unpacked"),
        (files.zip_of({f"{number}": b"" for number in range(MAX_PARTS + 1)}), "parts"),
        (files.with_sheet_xml(_ONE_CELL, _MERGED_BOMB), "merged"),
        (files.with_sheet_xml('<row r="1">' + "<c s='0'/>" * 600_001 + "</row>"), "cells"),
        (
            files.with_sheet_xml(
                "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 200))
            ),
            "cells",
        ),
    ],
)
def test_files_beyond_a_limit_are_refused(content: bytes, what: str) -> None:
    fault = _fault(content)
    assert (fault.code, fault.params["what"]) == (FaultCode.TOO_BIG, what)


@pytest.mark.parametrize(
    ("content", "limit", "what"),
    [
        (files.plain_workbook(rows=6), "MAX_CELLS", "cells"),
        (b"x,y\n" + b"1,2\n" * 5, "MAX_CELLS", "cells"),
        (b"<table><tr><td>1</table>" * 11, "MAX_SHEETS", "sheets"),
    ],
)
def test_contents_are_counted_over_all_sheets(
    monkeypatch: pytest.MonkeyPatch, content: bytes, limit: str, what: str
) -> None:
    monkeypatch.setattr(assemble, limit, 10)
    fault = _fault(content)
    assert (fault.code, fault.params["what"], fault.params["limit"]) == (FaultCode.TOO_BIG, what, "10")


@pytest.mark.parametrize(
    "content",
    [
        _TABLE.encode(),
        _TABLE.encode("utf-8-sig"),
        _TABLE.encode("gb18030"),
        _TABLE.replace(",", "\t").encode("utf-16"),
        _TABLE.replace(",", ";").encode(),
    ],
)
def test_text_tables_are_read_in_any_encoding_under_any_name(content: bytes) -> None:
    book = parse_book(content, "会宁县.xlsx")
    assert book.format is BookFormat.CSV
    texts = [[cell and cell.text for cell in row] for row in book.grids[0].rows]
    assert texts == [["代码", "指标", "本期"], ["I01", "研发经费", "7.36"]]


def test_one_far_cell_costs_nothing() -> None:
    book = parse_book(files.with_sheet_xml('<row r="9"><c r="XFD9"><v>1</v></c></row>'), "a.xlsx")
    far = book.grids[0].at(9, 16_384)
    assert far is not None
    assert far.number == "1"


@pytest.mark.parametrize("make", [hostile_zips.archive, hostile_zips.big_archive])
def test_a_package_of_a_hundred_thousand_names_is_refused_before_it_is_parsed(
    make: Callable[..., bytes],
) -> None:
    content = make(b"".join(hostile_zips.named(400_000)), told=1, before=b"PK\x03\x04" + bytes(26))
    tracemalloc.start()
    try:
        fault = _fault(content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (fault.code, fault.params["what"]) == (FaultCode.TOO_BIG, "parts")
    assert peak < 4 * 1024 * 1024


def test_parts_that_could_be_two_things_are_no_workbook() -> None:
    """Of two parts of one name each program shows another; what LZMA packs unpacks without a limit."""
    content = files.plain_workbook()
    begin, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    twice = hostile_zips.archive(content[begin:end] * 2, before=content[:begin])
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as new,
    ):
        for part in old.namelist():
            new.writestr(part, old.read(part))
    assert [_fault(made).code for made in (twice, packed.getvalue())] == [FaultCode.BROKEN] * 2
