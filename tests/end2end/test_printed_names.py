"""A unit's name on paper: through LibreOffice into a PDF, and out of it again."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.plans.book_writer import make_plan_workbook
from kjxd_desktop.sheets.writing import save_atomically
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.workbooks.writer import WorkbookWriter
from tests.helpers.plan_books import small_book
from tests.helpers.return_contents import return_content
from tests.helpers.workbook_files import convert

# One start of LibreOffice takes seconds: several traps to a name.
NAMES = ("会宁&D", 'A&B&&R&D5&"x"&18&P')


def named(name: str) -> ReturnContent:
    content = return_content()
    unit = replace(content.duty.unit, name=name)
    return replace(content, duty=replace(content.duty, unit=unit))


def pages(path: Path) -> list[str]:
    """The text of each page, without spaces."""
    pdf = convert(path, "pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    return ["".join(page.split()) for page in text.split("\f") if page.strip()]


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_signed_with_the_units_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "return.xlsx"
    WorkbookWriter().write(named(name), path)
    printed = pages(path)
    assert len(printed) > 2
    for number, page in enumerate(printed, start=1):
        assert f"第{number}页，共{len(printed)}页" in page
        assert f"{name}2024年三季度" in page


def test_plan_workbooks_print_their_pages_only(tmp_path: Path) -> None:
    book = small_book()
    path = tmp_path / "plan.xlsx"
    save_atomically(make_plan_workbook(replace(book, plan=replace(book.plan, title="A&D"))), path)
    printed = pages(path)
    assert all(f"第{number}页，共{len(printed)}页" in page for number, page in enumerate(printed, start=1))
