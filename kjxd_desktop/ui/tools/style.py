"""The theme as Qt wants it: fonts, palette and one style sheet for the whole application."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from kjxd_desktop.paths import resources_dir
from kjxd_desktop.theme import FONT_CHAIN, LIGHT, SIZES, Palette
from kjxd_desktop.ui.tools.style_sheet import sheet_text

LARGE_STEP = 2


class Theme:
    """Colours and fonts of one window.

    Args:
        palette: Light or dark.
        large: 字号“大”: letters 2 px larger, rows 34.
    """

    def __init__(self, palette: Palette = LIGHT, *, large: bool = False) -> None:
        self.palette = palette
        self.large = large

    @property
    def scale(self) -> float:
        """How much wider columns are than at the normal letter size."""
        return 1.15 if self.large else 1.0

    @property
    def row_height(self) -> int:
        """Height of a row of a table."""
        return SIZES.row_large if self.large else SIZES.row

    def pixels(self, size: int) -> int:
        """A letter size of the design at this theme's size."""
        return size + LARGE_STEP if self.large else size

    def font(self, size: int = SIZES.grid, *, bold: bool = False) -> QFont:
        """A font of the chain.

        Its figures are equally wide by design in every font of the chain; PySide6 6.8.0.2 cannot
        name the ``tnum`` feature (``QFont.Tag`` has no constructor from text).
        """
        return QFont(_font(self.pixels(size), bold))

    def colour(self, name: str) -> QColor:
        """A colour of the palette by name."""
        return QColor(getattr(self.palette, name))


@lru_cache(maxsize=64)
def _font(pixels: int, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(FONT_CHAIN))
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Dress the whole application."""
    application.setFont(theme.font(SIZES.grid))
    application.setPalette(qt_palette(theme.palette))
    application.setStyleSheet(style_sheet(theme))


def set_look(widget: QWidget, name: str, look: str) -> None:
    """Give a widget another of the looks the style sheet knows by a property, such as ``kind`` or ``role``."""
    if widget.property(name) == look:
        return
    widget.setProperty(name, look)
    # A style sheet looks at properties once, when a widget is dressed for its first showing.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def qt_palette(palette: Palette) -> QPalette:
    """Colours for what Qt paints by itself."""
    made = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, palette.app),
        (QPalette.ColorRole.WindowText, palette.text),
        (QPalette.ColorRole.Base, palette.surface),
        (QPalette.ColorRole.AlternateBase, palette.subtle),
        (QPalette.ColorRole.Text, palette.text),
        (QPalette.ColorRole.Button, palette.surface),
        (QPalette.ColorRole.ButtonText, palette.text),
        (QPalette.ColorRole.Highlight, palette.accent_fill),
        (QPalette.ColorRole.HighlightedText, palette.on_accent),
        (QPalette.ColorRole.ToolTipBase, palette.surface),
        (QPalette.ColorRole.ToolTipText, palette.text),
        (QPalette.ColorRole.PlaceholderText, palette.muted),
        (QPalette.ColorRole.Link, palette.accent),
    ):
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.muted))
    return made


def style_sheet(theme: Theme) -> str:
    """The style sheet of a theme; see :mod:`kjxd_desktop.ui.tools.style_sheet`."""
    return sheet_text(theme.palette, theme.pixels, resources_dir() / "icons")
