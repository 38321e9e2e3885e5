"""What the style sheet must make visible: arrows, ticks, discs, focus; figures of equal width."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kjxd_desktop import paths
from kjxd_desktop.theme import DARK, LIGHT, Palette
from kjxd_desktop.ui.parts.chips import Chip
from kjxd_desktop.ui.parts.glyphs import Glyph, Tone
from kjxd_desktop.ui.shell.period_stepper import PeriodStepper
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.style import Theme, apply_theme
from tests.test_theme import contrast

# What is not text needs a contrast of 3 (WCAG 2.1, 1.4.11).
SHAPE = 3.0


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def palette(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Palette]:
    apply_theme(qapp, Theme(request.param))
    yield request.param
    apply_theme(qapp, Theme())


@pytest.fixture
def card(qtbot: QtBot, palette: Palette) -> QWidget:
    """A piece of card to put a widget on."""
    made = QWidget()
    made.setObjectName("card")
    made.setStyleSheet(f"#card {{ background: {palette.surface}; }}")
    qtbot.addWidget(made)
    return made


def picture(widget: QWidget, card: QWidget) -> QImage:
    """The widget on the card, as large as it wants to be."""
    widget.setParent(card)
    widget.resize(widget.sizeHint().expandedTo(QSize(20, 20)))
    card.resize(widget.size())
    card.show()
    widget.show()
    return card.grab().toImage()


def strongest(image: QImage, area: QRect, ground: str) -> float:
    """Contrast of the pixel that stands out most."""
    return max(
        contrast(image.pixelColor(x, y).name(), ground)
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    )


def test_a_choice_shows_an_arrow_only_when_there_is_something_to_choose(
    card: QWidget, palette: Palette
) -> None:
    for enabled in (True, False):
        box = QComboBox()
        box.addItem("会宁县科技局")
        box.setEnabled(enabled)
        image = picture(box, card)
        area = QRect(image.width() - 22, 6, 18, image.height() - 12)
        ground = palette.edit_fill if enabled else palette.locked
        assert (strongest(image, area, ground) >= 2.8) is enabled


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def indicator(button: QCheckBox | QRadioButton) -> QRect:
    option = QStyleOptionButton()
    option.initFrom(button)
    part = (
        QStyle.SubElement.SE_CheckBoxIndicator
        if isinstance(button, QCheckBox)
        else QStyle.SubElement.SE_RadioButtonIndicator
    )
    return button.style().subElementRect(part, option, button)


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_boxes_and_discs_are_seen_and_their_states_differ(
    card: QWidget, palette: Palette, kind: type[QCheckBox] | type[QRadioButton]
) -> None:
    fills = []
    for checked in (False, True):
        button = kind("写入")
        button.setChecked(checked)
        image = picture(button, card)
        area = indicator(button)
        assert strongest(image, area, palette.surface) >= SHAPE
        # Beside the tick of a box, in the middle of a disc.
        place = area.center() if kind is QRadioButton else area.topLeft() + QPoint(3, 3)
        fills.append(image.pixelColor(place).name())
    assert contrast(*fills) >= SHAPE


def test_keyboard_focus_is_seen_on_small_buttons(qtbot: QtBot, card: QWidget, palette: Palette) -> None:
    theme = Theme(palette)
    stepper = PeriodStepper(theme, Icons(paths.resources_dir() / "icons"))
    plain = picture(stepper, card)
    card.activateWindow()
    (before, _after) = stepper.findChildren(QToolButton)
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    focused = card.grab().toImage()
    edge = palette.accent.lower()
    assert edge not in colours(plain)
    assert edge in colours(focused)


def test_chips_of_the_two_good_lights_differ_in_grey(card: QWidget, palette: Palette) -> None:
    grounds = []
    for glyph in (Glyph.AHEAD, Glyph.BETWEEN):
        chip = Chip(Theme(palette), "达到", glyph, Tone.GOOD)
        image = picture(chip, card)
        grounds.append(image.pixelColor(image.width() - 4, image.height() // 2).name())
    assert grounds == [palette.good_bg.lower(), palette.surface.lower()]


def test_figures_are_equally_wide(qapp: QApplication) -> None:
    """Columns of figures stand exactly below each other, without a font feature."""
    for bold in (False, True):
        metrics = QFontMetricsF(Theme().font(13, bold=bold))
        assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
