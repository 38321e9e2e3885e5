"""Names print below a sheet as they are, whatever codes they hold."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.sheets.footers import MOST_CODES, set_footer
from kjxd_desktop.sheets.writing import workbook_bytes
from tests.helpers.footer_codes import printed

NAMES = (
    "A&B",
    "R&D",
    "会宁&D",
    "&&",
    "&",
    '5&"x"',
    "&18大",
    "30",
    "&[Page]",
    "&K00FF00红",
    "R&D 2024年",
    "<b>&P",
)
PAGES = "第 {page} 页，共 {pages} 页"


def codes(left: str, right: str) -> str:
    """What the file holds."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    set_footer(sheet, left, right)
    with zipfile.ZipFile(BytesIO(workbook_bytes(workbook))) as archive:
        tree = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    found = tree.find(".//{*}oddFooter")
    assert found is not None and found.text is not None
    return found.text


@pytest.mark.parametrize("name", NAMES)
def test_a_name_prints_as_it_is(name: str) -> None:
    assert printed(codes(name, f"{name} 2024年三季度")) == {
        "L": name,
        "C": PAGES,
        "R": f"{name} 2024年三季度",
    }


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")), max_size=50))
def test_any_name_prints_as_it_is(name: str) -> None:
    assert printed(codes(name, name)) == {"L": name, "C": PAGES, "R": name}


def test_nothing_beside_the_number() -> None:
    assert codes("", "") == "&C第 &P 页，共 &N 页"


def test_a_name_stays_on_one_line() -> None:
    assert printed(codes("", "会宁县\r\n科技局"))["R"] == "会宁县 科技局"


@pytest.mark.parametrize("name", ("县" * 300, "&" * 300, "😀" * 200, "A&" * 140))
def test_excel_can_open_a_footer_of_long_names(name: str) -> None:
    """Longer ones make it call the whole workbook damaged."""
    made = codes("校验码 ABCD", name)
    assert len(made.encode("utf-16-le")) // 2 <= MOST_CODES
    read = printed(made)
    assert (read["L"], read["C"]) == ("校验码 ABCD", PAGES)
    assert read["R"].endswith("…") and name.startswith(read["R"][:-1])
    assert len(read["R"]) > 50
