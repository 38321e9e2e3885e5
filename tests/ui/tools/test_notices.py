"""Notices end with their window, die when dismissed, and keep to their corner."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kjxd_desktop.theme import DARK, LIGHT, Palette
from kjxd_desktop.ui.parts.toast import Toast
from kjxd_desktop.ui.tools.notices import FOOTER, Notices
from kjxd_desktop.ui.tools.style import Theme
from tests.ui.fakes import notices_of

SENTENCE = "没导出：还有 1 处错误、4 项待填。"


def notices(palette: Palette = LIGHT) -> Notices:
    return notices_of(Theme(palette))


def shown_window() -> QWidget:
    window = QWidget()
    window.resize(800, 600)
    window.show()
    return window


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    made = shown_window()
    yield made
    if shiboken6.isValid(made):
        shiboken6.delete(made)


def test_a_new_window_starts_without_the_words_of_the_old_one(window: QWidget) -> None:
    """The first start's window goes while a refusal still stands over it."""
    spoken = notices()
    spoken.show_over(window)
    spoken.failure(SENTENCE)
    following = shown_window()
    spoken.show_over(following)
    assert spoken.texts == ()
    shiboken6.delete(window)
    spoken.failure(SENTENCE)
    assert spoken.texts == (SENTENCE,)
    shiboken6.delete(following)


def test_a_window_that_is_gone_takes_its_notices_along(window: QWidget) -> None:
    spoken = notices()
    spoken.show_over(window)
    spoken.failure(SENTENCE)
    shiboken6.delete(window)
    assert spoken.texts == ()
    spoken.failure(SENTENCE)
    assert spoken.texts == ()


def test_dismissed_notices_die(qtbot: QtBot, window: QWidget) -> None:
    spoken = notices()
    spoken.show_over(window)
    for number in range(3):
        spoken.attention(f"第 {number} 件")
    (first, *_) = toasts = window.findChildren(Toast)
    assert len(toasts) == 3
    with qtbot.waitSignal(first.destroyed):
        spoken.clear()
    qtbot.waitUntil(lambda: not window.findChildren(Toast))


def test_notices_keep_to_the_corner_above_the_footer(window: QWidget) -> None:
    spoken = notices()
    spoken.show_over(window)
    spoken.attention("第一件")
    spoken.failure(SENTENCE * 4)
    window.resize(1000, 500)
    upper, lower = window.findChildren(Toast)
    assert lower.geometry().right() < 1000 and lower.geometry().right() > 1000 - 24
    assert lower.geometry().bottom() < 500 - FOOTER
    assert upper.geometry().bottom() < lower.geometry().top()
    assert lower.height() > upper.height(), "a long sentence is shown whole"


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edge_says_the_kind(window: QWidget, palette: Palette) -> None:
    spoken = notices(palette)
    spoken.show_over(window)
    spoken.success("已写入 20 项。")
    spoken.attention("2 格不是数字。")
    spoken.failure(SENTENCE)
    edges = []
    for toast in window.findChildren(Toast):
        picture = toast.grab().toImage()
        edges.append(picture.pixelColor(2, picture.height() // 2))
    assert edges == [QColor(palette.good), QColor(palette.warn_mark), QColor(palette.bad)]
