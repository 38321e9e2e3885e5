"""The cards of the desk in the smallest window: what scrolls up and down is never cut at the side."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from kjxd_desktop.ui.home.home_page import HomePage
from tests.helpers.offices import county_office, fill_clean
from tests.ui.fakes import page_tools


def test_the_plan_s_progress_has_the_width_it_needs(tmp_path: Path, qtbot: QtBot) -> None:
    with county_office(tmp_path) as office:
        fill_clean(office)
        page = HomePage(page_tools(office.actions))
        qtbot.addWidget(page)
        page.resize(976, 552)
        page.show()
        page.refresh()
        qtbot.waitUntil(lambda: page._progress is not None)
        assert page._progress is not None
        shown, room = page._progress, page._progress_room.viewport()
        qtbot.waitUntil(lambda: room.width() >= shown.minimumSizeHint().width() > 100)
        assert shown.width() == room.width()
