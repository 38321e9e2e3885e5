"""The form on the screen says what was typed, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kjxd_desktop.ui.returns.form_view import FormView
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.filling.edits import RemarkEdit
from tests.helpers.offices import KEY, county_office, fill_clean


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
