"""The theme as Qt wants it: fonts, palette and one style sheet for the whole application."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from kjxd_desktop.theme import FONT_CHAIN, LIGHT, SIZES, Palette

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
    application.setStyle("Fusion")
    application.setFont(theme.font(SIZES.grid))
    application.setPalette(qt_palette(theme.palette))
    application.setStyleSheet(style_sheet(theme))


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
    """One style sheet; widgets choose a look through the properties ``kind``, ``role`` and ``state``."""
    p, px = theme.palette, theme.pixels
    return f"""
* {{ outline: none; }}
QWidget {{ color: {p.text}; }}
QMainWindow, QDialog, #page {{ background: {p.app}; }}
QToolTip {{ background: {p.surface}; color: {p.text}; border: 1px solid {p.control}; padding: 4px; }}
#navigation {{ background: {p.nav}; border: none; border-right: 1px solid {p.border}; }}
#top_bar {{ background: {p.app}; border: none; border-bottom: 1px solid {p.border}; }}
#top_plan {{ background: {p.surface}; border: 1px solid {p.border}; border-radius: 4px; padding: 0 10px;
  font-size: {px(14)}px; }}
#demo_mark {{ background: {p.warn_bg}; color: {p.warn}; border: 1px solid {p.warn_mark}; border-radius: 4px;
  padding: 2px 8px; }}
QFrame[role="card"] {{ background: {p.surface}; border: 1px solid {p.border}; border-radius: 4px; }}
QFrame[role="card"][state="next"] {{ border: 2px solid {p.accent_fill}; }}
QFrame[role="card"][state="chosen"] {{ border: 2px solid {p.accent_fill}; background: {p.tint}; }}
QFrame[role="footer"] {{ background: {p.surface}; border: none; border-top: 1px solid {p.border}; }}
QFrame[role="line"] {{ background: {p.border}; border: none; max-height: 1px; min-height: 1px; }}
QLabel {{ background: transparent; border: none; }}
QLabel[role="h1"] {{ font-size: {px(18)}px; font-weight: bold; }}
QLabel[role="h2"] {{ font-size: {px(14)}px; font-weight: bold; }}
QLabel[role="label"] {{ color: {p.text2}; font-size: {px(12)}px; }}
QLabel[role="hint"] {{ color: {p.muted}; font-size: {px(12)}px; }}
QLabel[role="good"] {{ color: {p.good}; }}
QLabel[role="warn"] {{ color: {p.warn}; }}
QLabel[role="bad"] {{ color: {p.bad}; }}
QPushButton {{ background: {p.surface}; border: 1px solid {p.control}; border-radius: 4px; padding: 0 12px;
  min-height: 28px; color: {p.text}; }}
QPushButton:hover {{ background: {p.subtle}; }}
QPushButton:focus {{ border: 2px solid {p.accent}; padding: 0 11px; min-height: 26px; }}
QPushButton:disabled {{ background: {p.locked}; color: {p.muted}; border-color: {p.border}; }}
QPushButton[kind="primary"] {{ background: {p.accent_fill}; border-color: {p.accent_fill};
  color: {p.on_accent}; font-weight: bold; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {p.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {p.locked}; color: {p.muted}; border-color: {p.border}; }}
QPushButton[kind="danger"] {{ border-color: {p.bad}; color: {p.bad}; }}
QPushButton[kind="link"] {{ background: transparent; border: none; color: {p.accent}; padding: 0 2px;
  min-height: 20px; }}
QPushButton[kind="link"]:focus {{ border: 1px solid {p.accent}; padding: 0 1px; }}
QPushButton[kind="link"]:disabled {{ color: {p.muted}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox, QDateTimeEdit {{ background: {p.edit_fill};
  border: 1px solid {p.edit_border}; border-radius: 3px; padding: 0 8px; color: {p.text};
  selection-background-color: {p.accent_fill}; selection-color: {p.on_accent}; }}
QLineEdit, QSpinBox, QComboBox, QDateTimeEdit {{ min-height: 26px; }}
QPlainTextEdit, QTextEdit {{ padding: 4px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus
  {{ border: 2px solid {p.accent}; background: {p.surface}; padding: 0 7px; min-height: 24px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 3px; min-height: 0; }}
QLineEdit[state="bad"] {{ border: 2px solid {p.bad}; background: {p.bad_bg}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ background: {p.locked};
  color: {p.text2}; border-color: {p.border}; }}
QLineEdit:read-only {{ background: {p.locked}; border-color: {p.border}; }}
#top_bar QComboBox {{ background: {p.surface}; border-color: {p.border}; font-size: {px(14)}px; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox QAbstractItemView {{ background: {p.surface}; border: 1px solid {p.control};
  selection-background-color: {p.tint}; selection-color: {p.text}; }}
QTableView, QTreeView, QListView {{ background: {p.surface}; border: 1px solid {p.border};
  gridline-color: {p.border}; selection-background-color: {p.tint}; selection-color: {p.text}; }}
QTableView:focus, QTreeView:focus, QListView:focus {{ border: 1px solid {p.accent}; }}
QHeaderView::section {{ background: {p.subtle}; color: {p.text2}; border: none;
  border-right: 1px solid {p.border}; border-bottom: 1px solid {p.border}; padding: 2px 6px;
  font-size: {px(12)}px; }}
QTableCornerButton::section {{ background: {p.subtle}; border: none; }}
QListWidget::item {{ padding: 5px 8px; }}
QScrollBar:vertical {{ background: {p.surface}; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: {p.surface}; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {p.track_between}; border-radius: 4px; min-height: 24px; min-width: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QMenu {{ background: {p.surface}; border: 1px solid {p.control}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; }}
QMenu::item:selected {{ background: {p.tint}; }}
QMenu::item:disabled {{ color: {p.muted}; }}
QMenu::separator {{ height: 1px; background: {p.border}; margin: 4px 8px; }}
QProgressBar {{ background: {p.track}; border: none; border-radius: 3px; max-height: 8px; text-align: center; }}
QProgressBar::chunk {{ background: {p.accent_fill}; border-radius: 3px; }}
QCheckBox, QRadioButton {{ spacing: 6px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {p.accent}; }}
"""
