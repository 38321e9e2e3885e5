"""The QR code of a check code says the code, as a reader of its own sees it."""

from __future__ import annotations

import pytest

from kjxd_desktop.charts.qr_code import qr_png
from tests.helpers.qr_reader import format_of, modules_of, png_pixels, read_modules, read_png

CODE = "K7QD-2M4X-5FAA-ABCD-EFGH-IJKL"


@pytest.mark.parametrize("code", (CODE, "ABCD-EFGH-2345", "7777-7777-7777-7777-7777-7777", "A"))
@pytest.mark.parametrize("pixels", (1, 3, 10))
def test_a_scanner_types_the_code_as_it_is_printed(code: str, pixels: int) -> None:
    assert read_png(qr_png(code, pixels)) == code


def test_a_code_is_25_modules_wide_and_bears_a_quarter_of_damage() -> None:
    modules = modules_of(png_pixels(qr_png(CODE, 2)))
    assert (len(modules), format_of(modules)[0]) == (25, "Q")


def test_the_picture_holds_nothing_but_the_picture() -> None:
    """No time and no program: the same code is the same bytes."""
    png = qr_png(CODE, 10)
    kinds = [kind for kind in (b"IHDR", b"IDAT", b"IEND", b"tIME", b"tEXt", b"iTXt", b"pHYs") if kind in png]
    assert (png, kinds) == (qr_png(CODE, 10), [b"IHDR", b"IDAT", b"IEND"])


def test_the_reader_of_the_tests_sees_one_wrong_module() -> None:
    modules = [list(row) for row in modules_of(png_pixels(qr_png(CODE, 1)))]
    modules[12][12] = not modules[12][12]
    with pytest.raises(AssertionError, match="a module is wrong"):
        read_modules(modules)
