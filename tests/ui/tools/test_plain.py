"""Widgets that show a text as it was written: by Qt's own account of what it would show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import ElidedLabel, label
from kjxd_desktop.ui.parts.panel_parts import link, toned
from kjxd_desktop.ui.tools.plain import (
    PaintedButton,
    PlainCheckBox,
    PlainLabel,
    PlainMenu,
    PlainRadioButton,
    PlainToolButton,
    set_tip,
)
from kjxd_desktop.ui.tools.plain_windows import ClosedBrowser, PlainFileDialog
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


IMAGE = "<img src='c.png'>"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(("text", "opens"), [(tip(IMAGE), False), (IMAGE, True)])
def test_only_a_raw_tip_opens_a_file(qtbot: QtBot, picture: Path, text: str, opens: bool) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    with OpenedFile(picture) as file:
        QToolTip.showText(widget.mapToGlobal(widget.rect().center()), text, widget)
        for shown in QApplication.topLevelWidgets():
            if shown.inherits("QTipLabel"):
                shown.grab()
        QToolTip.hideText()
        assert file.was_opened() is opens


@pytest.mark.parametrize(("make", "opens"), [(PlainLabel, False), (QLabel, True)])
def test_only_qts_own_label_opens_a_file(
    qtbot: QtBot, picture: Path, make: Callable[[str], QWidget], opens: bool
) -> None:
    with OpenedFile(picture) as file:
        made = make(IMAGE)
        qtbot.addWidget(made)
        made.grab()
        assert file.was_opened() is opens


HTML = (
    IMAGE,
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
    mime.setHtml(IMAGE)
    mime.setText(IMAGE)
    clipboard = QApplication.clipboard()
    clipboard.setMimeData(mime)
    field.paste()
    assert field.toPlainText() == IMAGE


class Answer(QTimer):
    """Looks at the question that a file dialog asks by itself, and says no."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.timeout.connect(self._on_timeout)
        self.start(1)

    def _on_timeout(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            self.stop()
            self.asked.append(box.text())
            box.grab()
            box.reject()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(("kind", "opens"), [(PlainFileDialog, False), (QFileDialog, True)])
def test_only_qts_own_file_dialog_opens_what_a_file_is_called(
    qtbot: QtBot, picture: Path, kind: type[QFileDialog], opens: bool
) -> None:
    named = picture.parent / f"{IMAGE}.xlsx"
    named.write_bytes(b"x")
    dialog = kind(None, "存", str(picture.parent))
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(named.name)
    dialog.show()
    answer = Answer()
    with OpenedFile(picture) as file:
        dialog.accept()
        assert file.was_opened() is opens
    assert len(answer.asked) == 1 and IMAGE in answer.asked[0]
