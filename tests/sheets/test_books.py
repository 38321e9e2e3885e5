"""What the cells of each kind of workbook are taken for (semantics of reading)."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from openpyxl import Workbook

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.grid import Book, BookFormat, CellRange, GridCell
from kjxd_desktop.sheets import xls
from kjxd_desktop.sheets.parse import parse_book
from tests.helpers import workbook_files as files


@pytest.fixture(scope="session")
def odd_books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The odd workbook as openpyxl writes it, and as LibreOffice converts it."""
    source = tmp_path_factory.mktemp("odd") / "odd.xlsx"
    source.write_bytes(files.workbook_of(files.odd_workbook()))
    converted = {extension: files.convert(source, extension).read_bytes() for extension in ("xls", "ods")}
    return {"xlsx": source.read_bytes(), **converted}


def _cells(book: Book) -> dict[str, GridCell | None]:
    places = {
        "A1": (1, 1),
        "A2": (2, 1),
        "B2": (2, 2),
        "C2": (2, 3),
        "A3": (3, 1),
        "B3": (3, 2),
        "C3": (3, 3),
    }
    return {address: book.grids[0].at(*place) for address, place in places.items()}


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_values_and_what_is_shown_in_every_format(odd_books: dict[str, bytes], extension: str) -> None:
    content = odd_books[extension]
    book = parse_book(content, "a")
    assert book.format is BookFormat(extension)
    assert book.digest == hashlib.sha256(content).hexdigest()
    assert book.formats_known
    assert _cells(book) == {
        "A1": GridCell("2024年三季度"),
        "A2": GridCell("65%", "65", percent=True),
        "B2": GridCell("65.50%", "65.50", percent=True),
        "C2": GridCell("1.50", "1.50"),
        "A3": GridCell("85家", "85", suffix="家"),
        "B3": GridCell("1,234.50", "1234.50"),
        "C3": GridCell("0.3", "0.3"),
    }
    assert [cell and cell.value_text for cell in _cells(book).values()] == [
        "2024年三季度",
        "65%",
        "65.50%",
        "1.50",
        "85家",
        "1234.50",
        "0.3",
    ]


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_hidden_and_merged_in_every_format(odd_books: dict[str, bytes], extension: str) -> None:
    book = parse_book(odd_books[extension], "a")
    first, second = book.grids
    assert (first.name, first.hidden, first.merged) == ("表一", False, (CellRange(1, 1, 1, 3),))
    assert (first.hidden_rows, first.hidden_columns) == ({5}, {5})
    assert (second.name, second.hidden) == ("清单", True)
    assert second.at(2, 2) == GridCell("不涉及")
    assert book.grid("清单") is second
    assert book.grid("没有") is None


@pytest.mark.parametrize("extension", ["xls", "ods"])
def test_formulas_with_their_stored_results(odd_books: dict[str, bytes], extension: str) -> None:
    grid = parse_book(odd_books[extension], "a").grids[0]
    assert grid.at(4, 1) == GridCell("2", "2", formula=True)
    assert grid.at(4, 2) == GridCell("#DIV/0!", formula=True, error=True)
    assert grid.at(4, 3) == GridCell("130.0%", "130.0", percent=True, formula=True)
    assert grid.at(5, 2) == GridCell("", formula=True)


def test_a_formula_nobody_computed_is_not_blank(odd_books: dict[str, bytes]) -> None:
    grid = parse_book(odd_books["xlsx"], "a").grids[0]
    assert grid.at(4, 1) == GridCell("", formula=True, uncached=True)


def test_stored_results_in_xlsx() -> None:
    content = files.with_sheet_xml(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1" t="e"><f>#REF!+1</f><v>#REF!</v></c><c r="D1"><f>A1</f><v/></c>'
        '<c><f t="shared" si="0"/><v>7.3599999999999994</v></c></row>'
        '<row r="2"><c r="A2" t="e"><v>#DIV/0!</v></c><c r="B2" t="b"><v>1</v></c></row>'
    )
    grid = parse_book(content, "a").grids[0]
    assert grid.rows == (
        (
            GridCell("2", "2", formula=True),
            GridCell("", formula=True),
            GridCell("#REF!", formula=True, error=True),
            GridCell("", formula=True, uncached=True),
            GridCell("7.36", "7.36", formula=True),
        ),
        (GridCell("#DIV/0!", error=True), GridCell("TRUE")),
    )


def test_dates_are_iso_texts() -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for address, number_format in (("A1", "yyyy-mm-dd"), ("B1", "yyyy/m/d h:mm"), ("C1", "h:mm")):
        sheet[address] = 0.75 if address == "C1" else 45565.5 if address == "B1" else 45565
        sheet[address].number_format = number_format
    grid = parse_book(files.workbook_of(workbook), "a").grids[0]
    assert grid.rows == (
        (
            GridCell("2024-09-30", is_date=True),
            GridCell("2024-09-30 12:00:00", is_date=True),
            GridCell("18:00:00", is_date=True),
        ),
    )


def test_what_openpyxl_cannot_open_calamine_reads_without_formats() -> None:
    # A font family beyond the standard's 14, as some exports have it.
    content = files.edit_part(
        files.plain_workbook(), "xl/styles.xml", b'<family val="2"', b'<family val="99"'
    )
    book = parse_book(content, "a.xlsx")
    assert not book.formats_known
    assert book.grids[0].rows[0] == (GridCell("1", "1"), GridCell("第1行"))


def test_the_strict_dialect_is_not_taken_for_an_empty_book() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    content = files.with_sheet_xml('<row r="1"><c r="A1"><v>85</v></c></row>', namespace=strict)
    book = parse_book(content, "a.xlsx")
    assert book.grids[0].rows == ((GridCell("85", "85"),),)


def test_an_old_workbook_cut_in_the_middle_is_broken(odd_books: dict[str, bytes]) -> None:
    content = odd_books["xls"]
    for length in (700, len(content) // 2, len(content) - 600):
        with pytest.raises(FileFault) as caught:
            parse_book(content[:length], "a.xls")
        assert caught.value.code is FaultCode.BROKEN


def test_a_web_page_saved_as_xls() -> None:
    page = (
        "<html><head><meta charset=gb2312><style>td{color:red}</style></head><body><table border=1>"
        "<tr><th colspan=2>白银市&nbsp;三季度</th></tr>"
        "<tr><td rowspan=2>研发<br>经费<td>7.36</tr><tr><td>85 家</tr></table></body></html>"
    )
    book = parse_book(page.encode("gb18030"), "a.xls")
    assert book.format is BookFormat.HTML
    assert book.grids[0].rows == (
        (GridCell("白银市 三季度"),),
        (GridCell("研发\n经费"), GridCell("7.36")),
        (None, GridCell("85 家")),
    )
    assert book.grids[0].merged == (CellRange(1, 1, 1, 2), CellRange(2, 1, 3, 1))


def test_properties_of_the_document(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.properties.creator = "会宁县科技局"
    workbook.properties.title = "强科技行动 2024年三季度"
    properties = parse_book(files.workbook_of(workbook), "a").properties
    assert properties["creator"] == "会宁县科技局"
    assert properties["title"] == "强科技行动 2024年三季度"


_ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="表">'
)
_ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def _ods(rows: str) -> bytes:
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    return files.zip_of({"mimetype": mimetype, "content.xml": f"{_ODS_HEAD}{rows}{_ODS_TAIL}".encode()})


def _ods_cell(attributes: str, text: str = "") -> str:
    return f"<table:table-cell {attributes}>{text}</table:table-cell>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (
            _ods_cell(
                'office:value-type="date" office:date-value="2024-09-30T00:00:00"', "<text:p>9月</text:p>"
            ),
            GridCell("2024-09-30", is_date=True),
        ),
        (
            _ods_cell('office:value-type="time" office:time-value="PT18H"', "<text:p>18:00</text:p>"),
            GridCell("18:00", is_date=True),
        ),
        (_ods_cell('office:value-type="boolean" office:boolean-value="true"'), GridCell("TRUE")),
        (
            _ods_cell('office:value-type="float" office:value="7.3567"', "<text:p>7.36</text:p>"),
            GridCell("7.36", "7.3567"),
        ),
        (
            _ods_cell('office:value-type="float" office:value="73600"', "<text:p>7.36万元</text:p>"),
            GridCell("7.36万元", "73600", suffix="万元", scaled=True),
        ),
        (
            _ods_cell('office:value-type="float" office:value="-5"', "<text:p>(5.00)</text:p>"),
            GridCell("(5.00)", "-5.00"),
        ),
        (_ods_cell('office:value-type="float" office:value="x"', "<text:p>85</text:p>"), GridCell("85")),
        (_ods_cell('table:formula="of:=1+1"'), GridCell("", formula=True, uncached=True)),
        (
            _ods_cell(
                'office:value-type="string"',
                "<office:annotation><text:p>批注</text:p></office:annotation>"
                '<text:p>研发<text:s text:c="2"/><text:span>经费</text:span><text:line-break/>投入</text:p>',
            ),
            GridCell("研发  经费\n投入"),
        ),
    ],
)
def test_cells_of_an_open_document(xml: str, expected: GridCell) -> None:
    grid = parse_book(_ods(f"<table:table-row>{xml}</table:table-row>"), "a.ods").grids[0]
    assert grid.at(1, 1) == expected


def test_repeated_and_covered_cells_of_an_open_document() -> None:
    text = "<text:p>甲</text:p>"
    twice = _ods_cell('table:number-columns-repeated="2"', text)
    wide = _ods_cell('table:number-rows-spanned="1" table:number-columns-spanned="2"', text)
    rows = (
        '<table:table-header-rows><table:table-row table:number-rows-repeated="2">'
        f"{twice}</table:table-row></table:table-header-rows>"
        '<table:table-row table:visibility="filter">'
        f"{wide}<table:covered-table-cell>{text}</table:covered-table-cell>{_ods_cell('', text)}"
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'
    )
    grid = parse_book(_ods(rows), "a.ods").grids[0]
    cell = GridCell("甲")
    assert grid.rows == ((cell, cell), (cell, cell), (cell, None, cell))
    assert grid.merged == (CellRange(3, 1, 3, 2),)
    assert grid.hidden_rows == {3}


class PanicException(BaseException):
    """Stands for what a bug inside calamine raises; its class cannot be imported."""


def test_a_panic_inside_calamine_is_a_broken_file(
    odd_books: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def panic(*_arguments: object) -> None:
        raise PanicException("slice")

    monkeypatch.setattr(xls, "_grid", panic)
    with pytest.raises(FileFault) as caught:
        parse_book(odd_books["xls"], "a.xls")
    assert caught.value.code is FaultCode.BROKEN


def test_the_interrupt_of_a_person_is_no_panic(
    odd_books: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(xls, "_grid", interrupt)
    with pytest.raises(KeyboardInterrupt):
        parse_book(odd_books["xls"], "a.xls")
