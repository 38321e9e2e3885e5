"""Widgets that show a text as it was written: by Qt's own account of what it would show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import ElidedLabel, label
from kjxd_desktop.ui.parts.panel_parts import link, toned
from kjxd_desktop.ui.tools.plain import (
    ClosedBrowser,
    PaintedButton,
    PlainCheckBox,
    PlainFileDialog,
    PlainMenu,
    PlainRadioButton,
    PlainToolButton,
    set_tip,
)
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.wording.literal import tip
from tests.helpers.opened_files import OpenedFile

NAMES = ("A&B", "R&D", "会宁&D", "&&", "&", "a && b", '5&"x"', "<b>粗</b>", "&lt;", "一\n二  三")


@pytest.fixture
def picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A picture in the working folder."""
    monkeypatch.chdir(tmp_path)
    made = QImage(8, 8, QImage.Format.Format_RGB32)
    made.fill(QColor("red"))
    assert made.save(str(tmp_path / "c.png"))
    return tmp_path / "c.png"


@pytest.mark.parametrize("text", NAMES)
def test_a_tip_shows_its_text(qtbot: QtBot, text: str) -> None:
    made = tip(text)
    document = QTextDocument()
    document.setHtml(made)
    assert document.toPlainText() == text


@pytest.mark.parametrize("text", NAMES)
def test_a_tip_is_spoken_as_its_text(qtbot: QtBot, text: str) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tip(widget, text)
    assert widget.toolTip() == tip(text)
    assert widget.accessibleDescription() == text
    set_tip(widget, "")
    assert (widget.toolTip(), widget.accessibleDescription()) == ("", "")


def test_a_long_tip_wraps(qtbot: QtBot) -> None:
    document = QTextDocument()
    document.setHtml(tip("科技" * 400))
    document.setTextWidth(300)
    assert document.size().width() <= 301


def test_lines_of_a_list_have_tips_too(qtbot: QtBot) -> None:
    item = QListWidgetItem("x")
    set_tip(item, "<b>")
    assert item.toolTip() == tip("<b>")


@pytest.mark.parametrize("make", (label, ElidedLabel, lambda text: toned(text, "text")))
def test_labels_are_plain(qtbot: QtBot, make: Callable[[str], QWidget]) -> None:
    made = make("<b>x</b>")
    qtbot.addWidget(made)
    assert made.textFormat() is Qt.TextFormat.PlainText  # type: ignore[attr-defined]
    assert made.text() == "<b>x</b>"  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", NAMES)
def test_the_label_of_a_field_has_no_shortcut(qtbot: QtBot, text: str) -> None:
    window, field = QWidget(), QLineEdit()
    layout = QHBoxLayout(window)
    made, alone = label(text), label(text)
    for widget in (made, alone, field):
        layout.addWidget(widget)
    qtbot.addWidget(window)
    made.setBuddy(field)
    assert made.text() == alone.text() == text
    assert QLabel.text(made) == text.replace("&", "&&").replace("\t", " ")
    assert made.sizeHint() == alone.sizeHint()


def painted(text: str) -> QAbstractButton:
    made = PaintedButton()
    made.setText(text)
    return made


def small(text: str) -> QAbstractButton:
    made = PlainToolButton()
    made.setText(text)
    return made


BUTTONS: tuple[Callable[[str], QAbstractButton], ...] = (
    lambda text: push_button(text, Theme()),
    lambda text: link(text, "x"),
    PlainCheckBox,
    PlainRadioButton,
    painted,
    small,
)


@pytest.mark.parametrize("make", BUTTONS)
@pytest.mark.parametrize("text", NAMES)
def test_a_button_has_no_shortcut_of_its_name(
    qtbot: QtBot, make: Callable[[str], QAbstractButton], text: str
) -> None:
    made = make(text)
    qtbot.addWidget(made)
    assert made.shortcut().isEmpty()
    assert made.text() == text
    made.setText("")
    made.setText(text)
    assert made.shortcut().isEmpty()
    assert made.text() == text


def test_a_button_is_as_wide_as_what_is_read(qtbot: QtBot) -> None:
    """Qt itself shows one & for two."""
    one, other = push_button("R&D", Theme()), QPushButton("R&&D")
    for made in (one, other):
        qtbot.addWidget(made)
    assert one.sizeHint() == other.sizeHint()
    assert QPushButton.text(one) == "R&&D"


@pytest.mark.parametrize("text", NAMES)
def test_an_action_has_no_shortcut_of_its_name(qtbot: QtBot, text: str) -> None:
    menu = PlainMenu()
    qtbot.addWidget(menu)
    action = menu.add(text)
    keyed = menu.add(f"{text}\t{text}", "Ctrl+C")
    assert action.text().replace("&&", "") == text.replace("&", "")
    assert keyed.text().count("\t") == 1
    assert keyed.text().endswith("\tCtrl+C")
    assert action.toolTip() == tip(text)


HTML = (
    "<img src='c.png'>",
    "<img src='{path}'>",
    "<img src='file://{path}'>",
    "<body background='c.png'>x</body>",
    "<table background='c.png'><tr><td>x</td></tr></table>",
    "<p style=\"background-image: url('c.png')\">x</p>",
    "<link rel='stylesheet' href='c.png'>x",
    "<object data='c.png'>x</object>",
)


@pytest.mark.parametrize("html", HTML)
def test_a_browser_opens_nothing(qtbot: QtBot, picture: Path, html: str) -> None:
    with OpenedFile(picture) as file:
        browser = ClosedBrowser()
        qtbot.addWidget(browser)
        browser.setHtml(html.format(path=picture))
        browser.show()
        browser.grab()
        assert not file.was_opened()


def test_another_browser_would(qtbot: QtBot, picture: Path) -> None:
    with OpenedFile(picture) as file:
        document = QTextDocument()
        document.setHtml(HTML[0])
        document.size()
        assert file.was_opened()


def test_what_is_pasted_is_a_text(qtbot: QtBot) -> None:
    """Every field that several lines are typed into is of this kind."""
    field = QPlainTextEdit()
    qtbot.addWidget(field)
    mime = QMimeData()
    mime.setHtml("<img src='c.png'>")
    mime.setText("<img src='c.png'>")
    clipboard = QApplication.clipboard()
    clipboard.setMimeData(mime)
    field.paste()
    assert field.toPlainText() == "<img src='c.png'>"


def test_the_file_dialog_asks_in_plain_text(qtbot: QtBot, picture: Path) -> None:
    named = picture.parent / "<img src='c.png'>.xlsx"
    named.write_bytes(b"x")
    dialog = PlainFileDialog(None, "存", str(picture.parent))
    dialog.setOption(PlainFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(PlainFileDialog.AcceptMode.AcceptSave)
    qtbot.addWidget(dialog)
    box = QMessageBox(dialog)
    box.setText(named.name)
    with OpenedFile(picture) as file:
        box.show()
        box.grab()
        assert not file.was_opened()
    assert box.textFormat() is Qt.TextFormat.PlainText
