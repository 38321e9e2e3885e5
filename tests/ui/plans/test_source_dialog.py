"""原文: opens at the passage of an indicator or task, and can be searched."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kjxd_desktop.ui.plans.source_dialog import SourceDialog
from kjxd_desktop.ui.tools.style import Theme
from tests.helpers.return_contents import built_in_plan


def test_source_opens_at_the_passage(qtbot: QtBot) -> None:
    plan = built_in_plan()
    for indicator in plan.indicators:
        dialog = SourceDialog(plan.document, indicator.quote, indicator.name, Theme())
        qtbot.addWidget(dialog)
        assert indicator.name in "".join(dialog.shown_passage.split()), indicator.code
    task = plan.reported_tasks[6]
    dialog = SourceDialog(plan.document, task.text, task.title, Theme())
    qtbot.addWidget(dialog)
    assert dialog.shown_passage
    assert dialog.windowTitle() == f"方案原文：{task.title}"
    whole = SourceDialog(plan.document, "", plan.title, Theme())
    qtbot.addWidget(whole)
    qtbot.keyClicks(whole._search, "1.32")
    for _ in range(2):
        qtbot.keyClick(whole._search, Qt.Key.Key_Return)
        assert whole.text.textCursor().selectedText() == "1.32"
    missing = SourceDialog(plan.document, "没有这句话", "标题", Theme())
    qtbot.addWidget(missing)
    assert missing.shown_passage == ""
