"""The style sheet of the application, part by part.

Widgets choose a look through the properties ``kind``, ``role`` and ``state``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kjxd_desktop.theme import Palette

Pixels = Callable[[int], int]


def sheet_text(palette: Palette, pixels: Pixels, pictures: Path) -> str:
    """The whole sheet.

    Args:
        pixels: A letter size of the design → the one in use.
        pictures: Folder of ``style-*.svg``; a sheet cannot draw a tick or an arrow by itself.
    """
    folder = pictures.as_posix()
    parts = (
        _ground(palette, pixels),
        _labels(palette, pixels),
        _buttons(palette),
        _fields(palette, pixels, folder),
        _indicators(palette, folder),
        _tables(palette, pixels),
        _small(palette),
    )
    return "\n".join(parts)


def _ground(p: Palette, px: Pixels) -> str:
    return f"""
* {{ outline: none; }}
QWidget {{ color: {p.text}; }}
QMainWindow, QDialog, #page {{ background: {p.app}; }}
QToolTip {{ background: {p.surface}; color: {p.text}; border: 1px solid {p.control}; padding: 4px; }}
#navigation {{ background: {p.nav}; border: none; border-right: 1px solid {p.border}; }}
#top_bar {{ background: {p.app}; border: none; border-bottom: 1px solid {p.border}; }}
#top_search {{ background: {p.surface}; border: 1px solid {p.control}; border-radius: 4px; }}
#top_search:hover {{ border-color: {p.accent}; }}
#top_search:focus {{ border: 2px solid {p.accent}; }}
#top_plan {{ background: {p.surface}; border: 1px solid {p.border}; border-radius: 4px; padding: 0 10px;
  font-size: {px(14)}px; }}
#demo_mark {{ background: {p.warn_bg}; color: {p.warn}; border: 1px solid {p.warn_mark}; border-radius: 4px;
  padding: 2px 8px; }}
#reading_mark {{ background: {p.locked}; color: {p.text2}; border: none; border-radius: 4px; padding: 2px 8px;
  font-size: {px(12)}px; }}
#top_person::menu-indicator {{ image: none; width: 0; }}
QFrame[role="card"] {{ background: {p.surface}; border: 1px solid {p.border}; border-radius: 4px; }}
QFrame[role="card"][state="next"] {{ border: 2px solid {p.accent_fill}; }}
QFrame[role="card"][state="chosen"] {{ border: 2px solid {p.accent_fill}; background: {p.tint}; }}
QScrollArea[role="plain"], QScrollArea[role="plain"] > QWidget > QWidget {{ background: transparent; border: none; }}
QFrame[role="empty"] {{ background: {p.subtle}; border: 1px dashed {p.control}; border-radius: 4px; }}
QFrame[role="standing"] {{ background: {p.subtle}; border: 1px solid {p.control}; border-radius: 4px; }}
QFrame[role="footer"] {{ background: {p.surface}; border: none; border-top: 1px solid {p.border}; }}
QFrame[role="line"] {{ background: {p.border}; border: none; max-height: 1px; min-height: 1px; }}
"""


def _labels(p: Palette, px: Pixels) -> str:
    return f"""
QLabel {{ background: transparent; border: none; }}
QLabel[role="h1"] {{ font-size: {px(18)}px; font-weight: bold; }}
QLabel[role="h2"] {{ font-size: {px(14)}px; font-weight: bold; }}
QLabel[role="figure"] {{ font-size: {px(24)}px; font-weight: bold; }}
QLabel[role="figure_of"] {{ color: {p.text2}; font-size: {px(14)}px; }}
QLabel[role="label"] {{ color: {p.text2}; font-size: {px(12)}px; }}
QLabel[role="hint"] {{ color: {p.muted}; font-size: {px(12)}px; }}
QLabel[role="good"] {{ color: {p.good}; }}
QLabel[role="warn"] {{ color: {p.warn}; }}
QLabel[role="bad"] {{ color: {p.bad}; }}
"""


def _buttons(p: Palette) -> str:
    return f"""
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
QPushButton[kind="danger"]:disabled {{ color: {p.muted}; border-color: {p.border}; }}
QPushButton[kind="link"] {{ background: transparent; border: none; color: {p.accent}; padding: 0 2px;
  min-height: 20px; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 1px solid {p.accent}; padding: 0 1px; }}
QPushButton[kind="link"]:disabled {{ color: {p.muted}; }}
QToolButton {{ background: transparent; border: 2px solid transparent; border-radius: 4px; padding: 1px; }}
QToolButton:hover {{ background: {p.subtle}; }}
QToolButton:focus {{ border-color: {p.accent}; }}
"""


def _fields(p: Palette, px: Pixels, folder: str) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {{ background: {p.edit_fill};
  border: 1px solid {p.edit_border}; border-radius: 3px; padding: 0 8px; color: {p.text};
  selection-background-color: {p.accent_fill}; selection-color: {p.on_accent}; }}
QLineEdit, QAbstractSpinBox, QComboBox {{ min-height: 26px; }}
QPlainTextEdit, QTextEdit {{ padding: 4px; }}
QPlainTextEdit[readOnly="true"] {{ background: {p.surface}; border-color: {p.border}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus
  {{ border: 2px solid {p.accent}; background: {p.surface}; padding: 0 7px; min-height: 24px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 3px; min-height: 0; }}
QLineEdit[state="bad"] {{ border: 2px solid {p.bad}; background: {p.bad_bg}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled
  {{ background: {p.locked}; color: {p.text2}; border-color: {p.border}; }}
QLineEdit:read-only {{ background: {p.locked}; border-color: {p.border}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
#top_bar QComboBox {{ background: {p.surface}; border-color: {p.border}; font-size: {px(14)}px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url("{folder}/style-down.svg"); width: 12px; height: 12px; }}
QComboBox::down-arrow:disabled {{ image: none; }}
QComboBox QAbstractItemView {{ background: {p.surface}; border: 1px solid {p.control};
  selection-background-color: {p.tint}; selection-color: {p.text}; }}
"""


def _indicators(p: Palette, folder: str) -> str:
    """Boxes and discs to tick; by themselves they would be too faint in the dark."""
    boxes = "QCheckBox::indicator{0}, QAbstractItemView::indicator{0}"
    dot = (
        f"qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5, stop:0 {p.accent}, stop:0.5 {p.accent}"
    )
    return f"""
QCheckBox, QRadioButton {{ spacing: 6px; }}
{boxes.format("")} {{ width: 14px; height: 14px; border: 1px solid {p.control}; border-radius: 3px;
  background: {p.surface}; }}
{boxes.format(":checked")} {{ border-color: {p.accent_fill}; background: {p.accent_fill};
  image: url("{folder}/style-tick.svg"); }}
{boxes.format(":disabled")} {{ border-color: {p.border}; background: {p.locked}; image: none; }}
{boxes.format(":checked:disabled")} {{ image: url("{folder}/style-tick-grey.svg"); }}
QCheckBox::indicator:focus {{ width: 12px; height: 12px; border: 2px solid {p.text}; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {p.control}; border-radius: 8px;
  background: {p.surface}; }}
QRadioButton::indicator:checked {{ width: 12px; height: 12px; border: 2px solid {p.accent};
  background: {dot}, stop:0.6 {p.surface}, stop:1 {p.surface}); }}
QRadioButton:focus {{ color: {p.accent}; }}
QRadioButton:disabled, QCheckBox:disabled {{ color: {p.muted}; }}
"""


def _tables(p: Palette, px: Pixels) -> str:
    return f"""
QTableView, QTreeView, QListView {{ background: {p.surface}; border: 1px solid {p.border};
  gridline-color: {p.border}; selection-background-color: {p.tint}; selection-color: {p.text}; }}
QTableView:focus, QTreeView:focus, QListView:focus {{ border: 1px solid {p.accent}; }}
QHeaderView {{ background: {p.subtle}; border: none; }}
QHeaderView::section {{ background: {p.subtle}; color: {p.text2}; border: none;
  border-right: 1px solid {p.border}; border-bottom: 1px solid {p.border}; padding: 2px 6px;
  font-size: {px(12)}px; }}
QTableCornerButton::section {{ background: {p.subtle}; border: none; }}
QListWidget::item {{ padding: 5px 8px; border: 1px solid transparent; }}
QListWidget::item:selected {{ background: {p.tint}; color: {p.text}; }}
"""


def _small(p: Palette) -> str:
    return f"""
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
QProgressBar {{ background: {p.track}; border: none; max-height: 8px; text-align: center; }}
QProgressBar::chunk {{ background: {p.accent_fill}; }}
"""
