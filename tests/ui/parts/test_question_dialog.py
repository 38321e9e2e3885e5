"""Small dialogs rest on one frame: it dies when closed, and what was refused stays open with its sentence."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import kjxd_desktop
from kjxd_desktop.ui.analysis.achieved_dialog import AchievedDialog
from kjxd_desktop.ui.parts.question_dialog import QuestionDialog
from kjxd_desktop.ui.parts.reason_dialog import ReasonDialog
from kjxd_desktop.ui.parts.sure_dialog import SureDialog
from kjxd_desktop.ui.tools.style import Theme

REFUSED = "没有存上：磁盘满了。"
Answers = list[str | None]


def _reason(act: Callable[..., str | None], theme: Theme) -> ReasonDialog:
    dialog = ReasonDialog("撤回这张报表？", "撤回以后可以改。", "原因", "撤回", act, theme)
    dialog.reason.setText("漏了一个数")
    return dialog


def _sure(act: Callable[..., str | None], theme: Theme) -> SureDialog:
    return SureDialog("约束值比预期值高。", act, theme)


def _achieved(act: Callable[..., str | None], theme: Theme) -> AchievedDialog:
    return AchievedDialog("高技术企业 0的突破", "从2024年三季度起", "7月投产", "", act, theme)


MAKERS = (_reason, _sure, _achieved)


@pytest.fixture
def theme(qapp: object) -> Theme:
    return Theme()


@pytest.mark.parametrize("make", MAKERS)
def test_what_is_refused_stays_open_and_what_is_done_is_gone(
    qtbot: QtBot, theme: Theme, make: Callable[..., QuestionDialog]
) -> None:
    answers: Answers = [REFUSED, None]
    dialog = make(lambda *given: answers.pop(0), theme)
    dialog.open()
    confirm = dialog.confirm  # type: ignore[attr-defined]
    assert isinstance(confirm, QPushButton)
    confirm.click()
    assert dialog.isVisible() and dialog.refusal.isVisible() and dialog.refusal.text() == REFUSED
    confirm.click()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert answers == []


@pytest.mark.parametrize("make", MAKERS)
def test_escape_does_nothing_and_closes(
    qtbot: QtBot, theme: Theme, make: Callable[..., QuestionDialog]
) -> None:
    done: list[object] = []
    dialog = make(lambda *given: done.append(given), theme)
    dialog.open()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert done == []


def test_no_other_dialog_builds_a_question_by_hand() -> None:
    """A dialog as high and wide as its words need, no table in it, rests on the one frame for such."""
    found = []
    for path in Path(kjxd_desktop.__path__[0], "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and "QDialog" in map(ast.unparse, node.bases):
                source = ast.unparse(node)
                if "self.setMinimumWidth(" in source and node.name != QuestionDialog.__name__:
                    found.append(node.name)
    assert found == []
