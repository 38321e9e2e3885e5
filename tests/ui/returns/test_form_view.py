"""The form on the screen says what was typed, to the letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from kjxd_desktop.theme import DARK, LIGHT, Palette
from kjxd_desktop.ui.returns.form_view import FormView
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.filling.edits import RemarkEdit
from kjxd_desktop.usecases.sending.form_shown import FormShown
from tests.helpers.offices import KEY, county_office, fill_clean
from tests.helpers.qr_reader import modules_of, read_modules


@pytest.mark.parametrize(
    "text", ("第一行\n第二行  两个空格", "<b>粗</b>&lt;", "　宽的　空格", "R&D <img src='x'>")
)
def test_a_remark_stands_there_as_it_was_typed(qtbot: QtBot, tmp_path: Path, text: str) -> None:
    with county_office(tmp_path) as office:
        fill_clean(office)
        office.actions.fill.edit(KEY, "I13", RemarkEdit("note", f"甲{text}乙"))
        view = FormView(Theme())
        qtbot.addWidget(view)
        view.show_form(office.actions.sign_off.preview(KEY))
    assert f"甲{text}乙" in view.toPlainText()


CODES = ("K7QD-2M4X-5FAA-ABCD-EFGH-IJKL", "ABCD-EFGH-IJKL-MNOP-QRST-UVWX")


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[FormShown]:
    with county_office(tmp_path) as office:
        fill_clean(office)
        yield office.actions.sign_off.preview(KEY)


def paper(image: QImage) -> QImage:
    """The part of a picture that lies within its only white."""
    white = QColor("white").rgb()
    at = [(x, y) for y in range(image.height()) for x in range(image.width()) if image.pixel(x, y) == white]
    left, top = min(x for x, _ in at), min(y for _, y in at)
    return image.copy(left, top, max(x for x, _ in at) - left + 1, max(y for _, y in at) - top + 1)


def read(image: QImage) -> str:
    """What a scanner reads in a picture of a QR code and its quiet zone; only black is read as black."""
    black = QColor("black").rgb()
    pixels = [[image.pixel(x, y) == black for x in range(image.width())] for y in range(image.height())]
    return read_modules(modules_of(pixels))


@pytest.mark.parametrize("palette", (DARK, LIGHT._replace(surface="#FEFEFE")), ids=("dark", "light"))
@pytest.mark.parametrize("large", (False, True))
def test_the_screen_shows_the_code_to_a_scanner(
    qtbot: QtBot, shown: FormShown, palette: Palette, large: bool
) -> None:
    view = FormView(Theme(palette, large=large))
    qtbot.addWidget(view)
    view.resize(880, 330)
    # The next code as well: Qt keeps pictures by their names.
    for code in (shown.check_code, *CODES):
        view.show_form(replace(shown, check_code=code))
        view.show()
        assert read(paper(view.viewport().grab().toImage())) == code


def test_a_draft_shows_its_code_and_no_text_names_another_picture(qtbot: QtBot, shown: FormShown) -> None:
    view = FormView(Theme())
    qtbot.addWidget(view)
    view.show_form(replace(shown, office='<img src="kjxd:check-code/A">', check_code=CODES[0]))
    assert view.toHtml().count("<img") == 1
    assert f"kjxd:check-code/{CODES[0]}" in view.toHtml()
