"""A county's task page with real keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.ui.tasks.tasks_page import TasksPage
from tests.helpers.offices import county_office
from tests.ui.fakes import page_tools


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> TasksPage:
    tools = page_tools(office.actions)
    made = TasksPage(tools)
    made.notices = tools.notices  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    tools.notices.show_over(made)
    made.resize(1230, 640)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.refresh()
    made.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.table)
    return made
