"""Tables in narrow windows: what is wide gives way, so that nothing is past the edge."""

from __future__ import annotations

from PySide6.QtGui import QStandardItemModel
from pytestqt.qtbot import QtBot

from kjxd_desktop.ui.parts.marked_table import LEAST_LEFT, MarkedTable, shared_widths
from kjxd_desktop.ui.tools.style import Theme


def test_wide_columns_give_way_in_proportion() -> None:
    least = (96, 96, 96, 0)
    assert shared_widths((200, 90, 148, 0), least, 600) == (200, 90, 148, 0)
    given = shared_widths((200, 90, 148, 0), least, 480)
    assert given[1] == 90, "what is narrow has nothing to give"
    assert sum(given) == 480 - LEAST_LEFT
    assert shared_widths((200, 90, 148, 0), least, 100) == (96, 90, 96, 0)


def test_a_column_that_is_hidden_needs_no_room(qtbot: QtBot) -> None:
    table = MarkedTable(Theme(), (200, 0, 200), "表", 30)
    table.setModel(QStandardItemModel(2, 3, table))
    table.size_columns()
    qtbot.addWidget(table)
    table.resize(430, 200)
    table.show()
    qtbot.waitUntil(lambda: table.columnWidth(0) < 200)
    assert table.columnWidth(1) >= LEAST_LEFT
    assert table.horizontalHeader().length() <= table.viewport().width()
    table.setColumnHidden(2, True)
    table.share_room()
    assert table.columnWidth(0) == 200
