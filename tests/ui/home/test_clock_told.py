"""工作台 with a clock that was set back: it says so, stays at the quarter, and promises no years."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import open_office
from kjxd_desktop.ui.home.home_page import HomePage
from tests.helpers.clocks import DEAD_BATTERY, Watch
from tests.helpers.offices import TODAY, county_office, fill_all
from tests.ui.fakes import page_tools


def test_it_is_told_for_as_long_as_it_is_so(tmp_path: Path, qtbot: QtBot) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        path = office.store.path
    watch = Watch(DEAD_BATTERY)
    with open_office(path, watch) as office:
        page = HomePage(replace(page_tools(office.actions), clock=watch))
        qtbot.addWidget(page)
        page.resize(1230, 640)
        page.show()
        page.refresh()
        assert page.clock_told.isVisible()
        assert "2019-01-01 00:05" in page.clock_told.text() and "2024-10-08" in page.clock_told.text()
        assert page._due_title.text().startswith("三季度")
        assert page._due_left.text() == "还剩 2 天 7 小时"
        watch.moment = TODAY
        page.refresh()
        assert not page.clock_told.isVisible() and page.clock_told.text() == ""
