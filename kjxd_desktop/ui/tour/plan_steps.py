"""What anybody does with a plan: read it, see its decomposition, find something in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from kjxd_desktop.ui.tour.city_steps import Picture
from kjxd_desktop.ui.tour.hands import Hands

_SEARCH = "搜索"


def look_at_plans(hands: Hands, window: QMainWindow, picture: Picture) -> None:
    """The plan's lists and the grid of units."""
    hands.open_page(window, 6, "plans")
    picture(window, "方案_概况")
    hands.click_button(window, "目标事项")
    picture(window, "方案_目标事项")
    hands.click_button(window, "分解")
    picture(window, "方案_分解")


def search(hands: Hands, window: QMainWindow, letters: str, picture: Picture) -> None:
    """Ctrl+K, a few letters, Enter."""
    hands.shortcut(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = hands.dialog(_SEARCH)
    hands.bring_to_front(dialog)
    hands.type(letters)
    picture(dialog, "搜索")
    hands.press(Qt.Key.Key_Return)
    hands.wait_closed(_SEARCH)
