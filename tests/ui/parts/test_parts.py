"""Shared widgets: shapes differ without colour, choices by keyboard, notices come and go."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kjxd_desktop import paths
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.problems import refuse
from kjxd_desktop.theme import DARK, LIGHT
from kjxd_desktop.ui.parts.glyphs import Glyph, paint_glyph
from kjxd_desktop.ui.parts.segments import Segment, Segments
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.notices import MOST, Notices
from kjxd_desktop.ui.tools.style import Theme, apply_theme, style_sheet
from tests.ui.fakes import notices_of

SIDE = 32
# Shapes that stand for different statuses of the same thing must differ in a grey print.
FAMILIES = (
    (Glyph.MET, Glyph.AHEAD, Glyph.BETWEEN, Glyph.BEHIND, Glyph.RING),
    (Glyph.CHECK, Glyph.WARN, Glyph.BAD, Glyph.OPEN),
    (Glyph.RING, Glyph.HALF, Glyph.CHECK, Glyph.PAUSE, Glyph.DASH),
    (Glyph.PLUS, Glyph.ARROW, Glyph.EQUALS, Glyph.CONFLICT, Glyph.BAD),
    (Glyph.HALF, Glyph.UP, Glyph.BACK, Glyph.CHECK),
    (Glyph.CHECK, Glyph.WARN, Glyph.UNEQUAL),
)


def drawn(glyph: Glyph) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    paint_glyph(painter, QRectF(2, 2, SIDE - 4, SIDE - 4), glyph, QColor("#444444"), QColor("white"))
    painter.end()
    return image


@pytest.mark.parametrize("family", FAMILIES)
def test_shapes_differ_in_grey(qapp: object, family: tuple[Glyph, ...]) -> None:
    images = {glyph: drawn(glyph) for glyph in family}
    for first, second in combinations(family, 2):
        differing = sum(
            abs(images[first].pixelColor(x, y).lightness() - images[second].pixelColor(x, y).lightness()) > 80
            for x in range(SIDE)
            for y in range(SIDE)
        )
        assert differing > SIDE, (first, second)


def test_every_icon_draws_something(qapp: object) -> None:
    folder = paths.resources_dir() / "icons"
    icons = Icons(folder)
    names = [path.stem for path in folder.glob("*.svg")]
    assert len(names) > 30
    for name in names:
        image = icons.pixmap(name, "#000000", 24).toImage()
        assert any(image.pixelColor(x, y).alpha() > 100 for x in range(24) for y in range(24)), name
    assert icons.pixmap("home", "#000000") is icons.pixmap("home", "#000000")


def test_both_themes_dress(qapp) -> None:  # type: ignore[no-untyped-def]
    for palette in (DARK, LIGHT):
        theme = Theme(palette, large=True)
        apply_theme(qapp, theme)
        assert palette.edit_fill in style_sheet(theme)
        assert theme.font(13).pixelSize() == 15


def test_choices_by_keyboard_and_mouse(qtbot: QtBot) -> None:
    segments = Segments((Segment("all", "全部 16"), Segment("todo", "待填 5", Glyph.OPEN)), Theme(), "筛选")
    qtbot.addWidget(segments)
    segments.show()
    segments.choose("all")
    segments.button("all").setFocus()
    with qtbot.waitSignal(segments.chosen) as caught:
        qtbot.keyClick(segments.button("all"), Qt.Key.Key_Right)
        qtbot.keyClick(segments.button("todo"), Qt.Key.Key_Space)
    assert caught.args == ["todo"]
    assert segments.current() == "todo"
    qtbot.mouseClick(segments.button("all"), Qt.MouseButton.LeftButton)
    assert segments.current() == "all"
    segments.choose(None)
    assert segments.current() is None


@pytest.fixture
def spoken(qtbot: QtBot) -> Notices:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    bugs: list[BaseException] = []
    notices = notices_of(Theme(), bugs.append)
    notices.show_over(window)
    notices.bugs = bugs  # type: ignore[attr-defined]
    return notices


def test_success_goes_away_and_failure_stays(
    qtbot: QtBot, spoken: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kjxd_desktop.ui.tools.notices.SUCCESS_MS", 30)
    spoken.success("已写入 20 项。")
    spoken.failure("没导出：还有 1 处错误。")
    assert spoken.texts == ("已写入 20 项。", "没导出：还有 1 处错误。")
    qtbot.waitUntil(lambda: spoken.texts == ("没导出：还有 1 处错误。",))
    spoken.clear()
    assert spoken.texts == ()


def test_the_same_notice_is_said_once_and_few_are_kept(spoken: Notices) -> None:
    for number in range(MOST + 3):
        spoken.attention(f"第 {number} 件")
    spoken.attention(f"第 {MOST + 2} 件")
    assert len(spoken.texts) == MOST
    assert len(set(spoken.texts)) == MOST


def test_errors_become_sentences_and_bugs_go_elsewhere(spoken: Notices) -> None:
    def refused() -> None:
        raise refuse("I13", "not_a_number", text="abc")

    def full() -> None:
        raise WorkspaceFault("disk_full", path="w.kjxd")

    assert not spoken.try_to(refused)
    assert not spoken.try_to(full)
    assert spoken.try_to(lambda: None)
    assert "“abc”不是数字" in spoken.texts[0]
    assert "磁盘满了" in spoken.texts[1]
    bug = KeyError("ours")
    spoken.error(bug)
    assert spoken.bugs == [bug]  # type: ignore[attr-defined]


def test_action_of_a_notice(qtbot: QtBot, spoken: Notices) -> None:
    done: list[str] = []
    spoken.success("已导出。", "打开所在文件夹", lambda: done.append("opened"))
    from PySide6.QtWidgets import QPushButton

    window = spoken._window
    assert window is not None
    (button,) = [item for item in window.findChildren(QPushButton) if item.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["opened"]
    assert spoken.texts == ()
