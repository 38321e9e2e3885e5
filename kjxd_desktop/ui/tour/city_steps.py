"""What a city clerk does: send the template out, take the return in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from kjxd_desktop.ui.tour.hands import Hands, visible_table

Picture = Callable[[QWidget, str], None]
UNIT = "会宁县"
_ALT = Qt.KeyboardModifier.AltModifier


def send_template(hands: Hands, window: QMainWindow, path: Path, picture: Picture) -> None:
    """Choose the unit's row and send out its template."""
    hands.shortcut(window, Qt.Key.Key_5, _ALT)
    hands.choose_row(visible_table(window), 0, UNIT)
    hands.answer_dialog(hands.choose_file(path))
    hands.click_button(window, "下发模板")
    hands.wait_until(path.is_file, "the template")
    picture(window, "市局_报送管理")


def receive_return(hands: Hands, window: QMainWindow, path: Path, picture: Picture) -> None:
    """Take the workbook in: preview, write, look at the unit's analysis."""
    hands.shortcut(window, Qt.Key.Key_5, _ALT)
    hands.answer_dialog(hands.choose_file(path))
    hands.click_button(window, "导入报表")
    hands.wait_until(lambda: _preview() is not None, "the preview")
    dialog = _preview()
    assert dialog is not None, "waited for"
    picture(dialog, "市局_导入预览")
    hands.click_button(dialog, "写入")
    hands.wait_until(lambda: _preview() is None, "the end of the preview")
    picture(window, "市局_已导入")
    hands.choose_row(visible_table(window), 0, UNIT)
    hands.click_button(window, "接收")
    picture(window, "市局_已接收")
    hands.shortcut(window, Qt.Key.Key_2, _ALT)
    picture(window, "市局_指标填报")


def _preview() -> QDialog | None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible() and widget.windowTitle() == "导入预览":
            return widget
    return None
