"""Small dialogs are as high as their words need: nothing is cut, also when a refusal comes in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kjxd_desktop.ui.parts.file_choice import ReplaceDialog
from kjxd_desktop.ui.parts.question_dialog import QuestionDialog
from kjxd_desktop.ui.parts.reason_dialog import ReasonDialog
from kjxd_desktop.ui.parts.sure_dialog import SureDialog
from kjxd_desktop.ui.shell.unsaved_dialog import UnsavedDialog
from kjxd_desktop.ui.tools.style import Theme, apply_theme

LONG = "撤回后，这一期和以后各期都不再算已实现。写的情况和佐证材料还留在修改记录里，以后可以再标。"
REFUSED = "没有存上：磁盘满了。请腾出一些地方，或换一个文件夹，再试一次。填的内容都还在。"


def _reason(theme: Theme) -> QuestionDialog:
    name = "撤回“高技术产业增加值占地区生产总值的比重和高新技术产业的比重”的“已实现”？"
    return ReasonDialog(name, LONG, "撤回原因", "撤回", lambda reason: None, theme)


def _sure(theme: Theme) -> QuestionDialog:
    return SureDialog(LONG * 2, lambda: None, theme)


def _unsaved(theme: Theme) -> QuestionDialog:
    return UnsavedDialog("指标 4 的 0.70", LONG, theme)


def _replace(theme: Theme) -> QuestionDialog:
    return ReplaceDialog("白银市强科技行动_会宁县_2024年四季度_上报_" * 3 + ".xlsx")


@pytest.mark.parametrize("make", [_reason, _sure, _unsaved, _replace])
@pytest.mark.parametrize("large", [False, True])
def test_no_word_is_cut_and_nothing_is_squeezed(
    qtbot: QtBot, make: Callable[[Theme], QuestionDialog], large: bool
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme(large=large)
    apply_theme(application, theme)
    dialog = make(theme)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: _cut(dialog) == [])
    first = dialog.height()
    assert not dialog.close_unless(REFUSED)
    qtbot.waitUntil(lambda: dialog.refusal.isVisible() and _cut(dialog) == [])
    assert dialog.height() > first, "it grew for the refusal"
    layout = dialog.layout()
    assert layout is not None
    assert dialog.height() == layout.totalHeightForWidth(dialog.width()), "and has no empty room"


def _cut(dialog: QuestionDialog) -> list[str]:
    """Texts that are lower than they need to be, and buttons that are lower than they want to be."""
    inside = [part for part in QApplication.allWidgets() if dialog.isAncestorOf(part)]
    words = [
        part.text()
        for part in inside
        if isinstance(part, QLabel)
        and part.isVisible()
        and part.wordWrap()
        and part.height() < part.heightForWidth(part.width())
    ]
    buttons = [part for part in inside if isinstance(part, QPushButton)]
    return words + [part.text() for part in buttons if part.height() < part.sizeHint().height()]
