"""Nothing in the window shows a text that Qt could take for HTML or for a shortcut, but by ui/tools/plain.py."""

from __future__ import annotations

from pathlib import Path

import pytest

import kjxd_desktop
from tests.helpers.plain_sources import faults_in, sources

PACKAGE = Path(kjxd_desktop.__path__[0])

# The helper itself, and who shows HTML of our own making in its ClosedBrowser: where, and what.
ALLOWED = {
    "ui/tools/plain.py": None,
    "ui/tools/plain_windows.py": None,
    "ui/returns/form_view.py": ("setHtml()",),
    "ui/help/help_dialog.py": ("setMarkdown()",),
}


def test_no_source_shows_a_text_in_another_way() -> None:
    found = {}
    looked_at = 0
    for path in sources(PACKAGE / "ui", PACKAGE / "charts", PACKAGE / "bootstrap"):
        name = path.relative_to(PACKAGE).as_posix()
        allowed = ALLOWED.get(name, ())
        faults = [] if allowed is None else faults_in(path.read_text("utf-8"))
        looked_at += 1
        wrong = [fault for fault in faults if fault.split(": ")[1] not in (allowed or ())]
        if wrong:
            found[name] = wrong
    assert looked_at > 150
    assert not found


def test_what_is_allowed_is_there() -> None:
    for name, allowed in ALLOWED.items():
        faults = faults_in((PACKAGE / name).read_text("utf-8"))
        assert faults, name
        if allowed is not None:
            assert {fault.split(": ")[1] for fault in faults} == set(allowed), name


WRONG = (
    "QLabel(text)",
    "QtWidgets.QLabel(text)",
    "Shown(text)",
    "class Mine(QLabel): pass",
    "class Mine(PySide6.QtWidgets.QTextBrowser): pass",
    "QPushButton('R&D')",
    "QCheckBox(text)",
    "QMenu(self)",
    "QAction(text, self)",
    "QMessageBox.warning(self, title, text)",
    "QToolTip.showText(place, text)",
    "widget.setToolTip(text)",
    "widget.setToolTip(tip(text))",
    "widget.setWhatsThis(text)",
    "menu.addAction(text)",
    "tabs.addTab(page, text)",
    "box.setTitle(text)",
    "view.setHtml(text)",
    "label.setTextFormat(Qt.TextFormat.RichText)",
    "pg.TextItem(html=text)",
    "pg.LabelItem(text)",
    "axis.setLabel(text)",
    "pg.ScatterPlotItem(hoverable=True)",
    "pg.ScatterPlotItem(tip=raw)",
    "window.setWindowTitle(text)",
    "window.setWindowTitle(f'{text}')",
    "form.addRow(text, field)",
    "form.addRow('单位', field)",
    "item.setData(Qt.ItemDataRole.ToolTipRole, text)",
    "def data(role):\n    if role == Qt.ItemDataRole.ToolTipRole:\n        return text",
    "def data(role):\n    if role == Qt.ItemDataRole.ToolTipRole:\n        words = text\n    return words",
    "def data(role):\n    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.WhatsThisRole):\n        return text",
    "def data(role):\n    return text if role == Qt.ItemDataRole.ToolTipRole else None",
    "def data(role):\n    return {Qt.ItemDataRole.StatusTipRole: text}.get(role)",
    "def data(role):\n    if role == Qt.ItemDataRole.ToolTipRole:\n        if odd:\n            return text\n        return tip(text)",
)
RIGHT = (
    "PlainLabel(text)",
    "label(text)",
    "set_tip(widget, text)",
    "menu.add(text)",
    "window.setWindowTitle('帮助')",
    "window.setWindowTitle(TITLE)",
    "window.setWindowTitle(window_title(f'{text}'))",
    "form.addRow(label(text), field)",
    "pg.TextItem(color=colour)",
    "pg.ScatterPlotItem(tip=plain)",
    "pg.ScatterPlotItem(tip=None)",
    "item.setData(Qt.ItemDataRole.ToolTipRole, tip(text))",
    "item.setData(Qt.ItemDataRole.UserRole, text)",
    "def data(role):\n    if role == Qt.ItemDataRole.ToolTipRole:\n        return tip(text)",
    "def made() -> QLabel:\n    return isinstance(widget, QMessageBox)",
)
HEAD = """
from PySide6.QtWidgets import QLabel as Shown
def raw(x, y, data): return data
def plain(x, y, data): return tip(data)
"""


@pytest.mark.parametrize("source", WRONG)
def test_a_made_up_module_is_found_out(source: str) -> None:
    assert len(faults_in(HEAD + source)) >= 1


@pytest.mark.parametrize("source", RIGHT)
def test_what_is_right_is_left_alone(source: str) -> None:
    assert faults_in(HEAD + source) == []
