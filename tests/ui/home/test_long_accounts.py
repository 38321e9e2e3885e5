"""Whoever stands in history, a long account too, leaves every page the room it has in the smallest window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import new_office
from kjxd_desktop.domain.people.accounts import account_name
from kjxd_desktop.ui.entry.cell_history import HistoryLines
from kjxd_desktop.ui.entry.panel import WIDTH as PANEL
from kjxd_desktop.ui.history.history_page import HistoryPage
from kjxd_desktop.ui.home.home_page import HomePage
from kjxd_desktop.ui.parts.labels import NameLabel
from kjxd_desktop.ui.returns.returns_page import ReturnsPage
from kjxd_desktop.ui.tools.page import Page, PageTools
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import COUNTY, KEY, PLAN, TODAY, FixedClock, fill_clean
from tests.ui.fakes import page_tools

LONG = account_name("W" * 300)
WIDTH, HEIGHT = 976, 552


@pytest.mark.parametrize("make", [HomePage, HistoryPage, ReturnsPage])
def test_a_page_keeps_its_width(tmp_path: Path, qtbot: QtBot, make: Callable[[PageTools], Page]) -> None:
    path = tmp_path / "w.kjxd"
    with new_office(path, Role.COUNTY, COUNTY, PLAN, FixedClock(), who=LONG) as office:
        fill_clean(office)
        page = make(page_tools(office.actions))
        qtbot.addWidget(page)
        page.resize(WIDTH, HEIGHT)
        page.show()
        page.refresh()
        qtbot.waitUntil(lambda: any("系统用户" in item.text() for item in page.findChildren(QLabel)))
        assert page.width() == WIDTH >= page.minimumSizeHint().width()


def test_the_panel_of_a_cell_keeps_its_width(tmp_path: Path, qtbot: QtBot) -> None:
    with new_office(tmp_path / "w.kjxd", Role.COUNTY, COUNTY, PLAN, FixedClock(), who=LONG) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        with office.store.reading() as uow:
            lines = uow.history.of(key=KEY, code="I13")
    shown = HistoryLines()
    qtbot.addWidget(shown)
    shown.show_lines(lines, TODAY, everything=False, editable=True)
    (name,) = [item for item in shown.findChildren(NameLabel) if item.text() == LONG]
    assert shown.minimumSizeHint().width() < PANEL
    shown.resize(PANEL, 60)
    shown.show()
    qtbot.waitUntil(lambda: name.toolTip() != "")
    assert "WWW" in name.toolTip()


def test_a_short_name_is_never_cut(qtbot: QtBot) -> None:
    for text in ("王芳", "欧阳建国", "系统用户 root"):
        name = NameLabel(text)
        qtbot.addWidget(name)
        assert name.minimumSizeHint().width() == name.sizeHint().width()
    long = NameLabel(LONG)
    qtbot.addWidget(long)
    assert name.minimumSizeHint().width() < long.minimumSizeHint().width() < long.sizeHint().width() / 2
