"""The QR code in a workbook: what it says, how large it is on paper, and that nothing lies below it."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plans.catalogue import load_builtin
from kjxd_desktop.sheets.parse import parse_book
from kjxd_desktop.sheets.styles import column_points, printed_share
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.workbooks.layout import SheetName
from kjxd_desktop.workbooks.writer import WorkbookWriter, make_workbook
from tests.helpers.qr_reader import Modules, read_modules, read_png, symbol_within
from tests.helpers.return_contents import dispatch_content, return_content
from tests.helpers.waiting import PATIENCE_S
from tests.helpers.workbook_files import convert

CODE = "K7QD-2M4X-5FAA-ABCD-EFGH-IJKL"
SHOWN_ON = (SheetName.COVER, SheetName.INDICATORS, SheetName.TASKS)
PLANS = ("baiyin-2015", "baiyin-2022", "jiayuguan-2020", "liupanshui-2021", "wuwei-145")
_EMU_OF_POINT = 12_700
_DPI = 300
_NS = {
    "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "r": "http://schemas.openxmlformats.org/package/2006/relationships",
}


def content_of(plan: Plan | None = None, code: str = CODE) -> ReturnContent:
    content = return_content(plan)
    return replace(content, identity=replace(content.identity, check_code=code))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    WorkbookWriter().write(content_of(), tmp_path / "return.xlsx")
    return tmp_path / "return.xlsx"


def pictures(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as opened:
        return [opened.read(name) for name in opened.namelist() if name.endswith(".png")]


def test_every_printed_sheet_shows_the_code_to_a_scanner(path: Path) -> None:
    assert [read_png(picture) for picture in pictures(path)] == [CODE] * len(SHOWN_ON)


def test_the_same_return_has_the_same_pictures(path: Path, tmp_path: Path) -> None:
    WorkbookWriter().write(content_of(), tmp_path / "again.xlsx")
    assert pictures(tmp_path / "again.xlsx") == pictures(path)


def test_a_template_has_no_code_and_no_picture(tmp_path: Path) -> None:
    WorkbookWriter().write(dispatch_content(), tmp_path / "template.xlsx")
    with zipfile.ZipFile(tmp_path / "template.xlsx") as opened:
        assert [name for name in opened.namelist() if "media" in name or "drawing" in name] == []


def test_what_is_read_back_is_what_is_read_without_pictures(path: Path) -> None:
    book = parse_book(path.read_bytes(), path.name)
    plain = make_workbook(content_of())
    for sheet in plain.worksheets:
        sheet._images.clear()
    plain.save(path)
    assert parse_book(path.read_bytes(), path.name).grids == book.grids


def test_libreoffice_keeps_the_pictures(path: Path, tmp_path: Path) -> None:
    ods = convert(path, "ods")
    saved = convert(ods.rename(tmp_path / "again.ods"), "xlsx")
    # One file for pictures that are the same.
    assert {read_png(picture) for picture in pictures(saved)} == {CODE}
    assert drawings(saved) == [1] * len(SHOWN_ON)


def drawings(path: Path) -> list[int]:
    """How many pictures each drawing of a workbook has."""
    with zipfile.ZipFile(path) as opened:
        names = [name for name in opened.namelist() if name.startswith("xl/drawings/drawing")]
        roots = [ElementTree.fromstring(opened.read(name)) for name in names]
    return [len(root.findall(".//xdr:pic", _NS)) for root in roots]


@pytest.mark.parametrize("plan", PLANS)
def test_a_picture_is_as_large_on_paper_and_nothing_lies_below_it(plan: str) -> None:
    workbook = make_workbook(content_of(load_builtin(resources_dir() / "plans", plan)))
    for name in SHOWN_ON:
        sheet = workbook[name]
        assert isinstance(sheet, Worksheet)
        (image,) = sheet._images
        size = image.anchor.ext.width / _EMU_OF_POINT
        widths = [each.width for each in sheet.column_dimensions.values()]
        assert 19.5 <= size * printed_share(widths) / 72 * 25.4 <= 20.5, name
        assert image.anchor.ext.height == image.anchor.ext.width
        left, top = place_of(sheet, image.anchor._from)
        assert left + size <= sum(column_points(width) for width in widths), "the page grows no wider"
        assert [text for text, box in words(sheet) if meets(box, (left, top, left + size, top + size))] == []


Box = tuple[float, float, float, float]


def place_of(sheet: Worksheet, corner: AnchorMarker) -> tuple[float, float]:
    column, row = corner.col, corner.row
    left = sum(column_points(each.width) for each in list(sheet.column_dimensions.values())[:column])
    top = sum(height_of(sheet, number) for number in range(1, row + 1))
    return left + corner.colOff / _EMU_OF_POINT, top + corner.rowOff / _EMU_OF_POINT


def height_of(sheet: Worksheet, row: int) -> float:
    return sheet.row_dimensions[row].height or 15.0


def words(sheet: Worksheet) -> Iterator[tuple[str, Box]]:
    """Every text with the rectangle it may fill: its cell, or the middle of it where it is centred."""
    spans = {str(span).split(":")[0]: span.size["columns"] for span in sheet.merged_cells.ranges}
    widths = [column_points(each.width) for each in sheet.column_dimensions.values()]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value in (None, ""):
                continue
            assert cell.column is not None
            first = cell.column - 1
            left, room = sum(widths[:first]), sum(widths[first : first + spans.get(cell.coordinate, 1)])
            if cell.alignment.horizontal == "center":
                long = min(room, len(str(cell.value)) * cell.font.size)
                left, room = left + (room - long) / 2, long
            top = sum(height_of(sheet, number) for number in range(1, cell.row))
            yield str(cell.value), (left, top, left + room, top + height_of(sheet, cell.row))


def meets(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_a_print_is_read_and_no_page_more_is_printed(path: Path, tmp_path: Path) -> None:
    plain = make_workbook(content_of())
    for sheet in plain.worksheets:
        sheet._images.clear()
    plain.save(tmp_path / "plain.xlsx")
    printed, without = convert(path, "pdf"), convert(tmp_path / "plain.xlsx", "pdf")
    pages, told = page_texts(printed), page_texts(without)
    assert pages == told
    heads = [number for number, text in enumerate(pages, start=1) if "有效期至" in text]
    assert len(heads) == 2
    for number in heads:
        symbol = symbol_within(corner(printed, number), 25)
        assert read_modules(symbol) == CODE
    assert all(CODE in text for text in pages), "every page says the code"


def page_texts(pdf: Path) -> list[str]:
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    ).stdout
    return text.rstrip("\f").split("\f")


def corner(pdf: Path, page: int) -> Modules:
    """The left upper corner of a page as a laser prints it, above the table: 60 mm by 33 mm, black or not."""
    command = ["pdftoppm", "-r", str(_DPI), "-f", str(page), "-l", str(page), "-gray"]
    command += ["-x", "0", "-y", "0", "-W", "700", "-H", "400", str(pdf)]
    image = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE_S).stdout
    _, size, _, pixels = image.split(b"\n", 3)
    width, height = map(int, size.split())
    return [[grey < 128 for grey in pixels[y * width : (y + 1) * width]] for y in range(height)]
