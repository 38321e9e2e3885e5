"""What a city clerk does: send the template out, take the return in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QWidget

from kjxd_desktop.ui.tour.hands import Hands

Picture = Callable[[QWidget, str], None]
UNIT = "会宁县"
_PREVIEW = "导入预览"


def send_template(hands: Hands, window: QMainWindow, path: Path, picture: Picture) -> None:
    """Choose the unit's row and send out its template."""
    hands.open_page(window, 5, "returns")
    hands.choose_row(hands.table(window), 0, UNIT)
    hands.click_for_dialog(window, "下发模板", "下发报表模板", hands.choose_file(path))
    hands.wait_for_file(path)
    picture(window, "市局_报送管理")


def receive_return(hands: Hands, window: QMainWindow, path: Path, picture: Picture) -> None:
    """Take the workbook in: preview, write, look at the unit's analysis."""
    hands.open_page(window, 5, "returns")
    hands.click_for_dialog(window, "导入报表", "导入报表", hands.choose_file(path))
    dialog = hands.dialog(_PREVIEW)
    picture(dialog, "市局_导入预览")
    hands.click_button(dialog, "写入")
    hands.wait_closed(_PREVIEW)
    picture(window, "市局_已导入")
    hands.choose_row(hands.table(window), 0, UNIT)
    hands.click_button(window, "接收")
    picture(window, "市局_已接收")
    hands.open_page(window, 2, "entry")
    picture(window, "市局_指标填报")
