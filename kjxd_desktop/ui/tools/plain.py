"""Widgets that show a text as it was written, whatever marks it holds.

Qt guesses whether the text of a label, a tip or a box is HTML, and HTML may name a file or a share, which Qt then
opens; ``&`` in a caption makes a shortcut. Much of what is shown here was written elsewhere. So the window is built
of the widgets below and never of Qt's own: ``tests/ui/tools/test_plain_sources.py`` looks for others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QByteArray, QChildEvent, QEvent, Qt, QUrl
from PySide6.QtGui import QAction, QImage, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFileDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from kjxd_desktop.wording.literal import caption, caption_text, tip

if TYPE_CHECKING:
    _AnyButton = QAbstractButton
else:
    _AnyButton = object

# In place of every resource that a text asks for. Not nothing: Qt would then look for the file by itself.
_NO_PICTURE, _NO_BYTES = (1, 1), b"\n"


class _Item(Protocol):
    """What has a tip and no description of its own: a line of a list, an action."""

    def toolTip(self) -> str: ...
    def setToolTip(self, tip: str, /) -> None: ...


def set_tip(target: QWidget | _Item, text: str) -> None:
    """Give a widget, an action or a line of a list its tip; empty takes it away.

    A screen reader is told the same words, and not the HTML they are wrapped in.
    """
    made = tip(text)
    if target.toolTip() == made:
        # Setting it again would tell everybody of a change.
        return
    target.setToolTip(made)
    if isinstance(target, QWidget):
        target.setAccessibleDescription(text)


class PlainLabel(QLabel):
    """A label whose text is only a text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text; beside a field of its own it would be a caption."""
        super().setText(text if self.buddy() is None else caption(text))

    def text(self) -> str:
        """The text as it is read."""
        shown = super().text()
        return shown if self.buddy() is None else caption_text(shown)

    def setBuddy(self, field: QWidget) -> None:
        """Be the label of a field: a screen reader says it there."""
        shown = self.text()
        super().setBuddy(field)
        self.setText(shown)


class _PlainCaption(_AnyButton):
    """A button without shortcuts in its caption; :meth:`text` is what a person reads."""

    def setText(self, text: str) -> None:
        """Show another caption."""
        super().setText(caption(text))

    def text(self) -> str:
        """The caption as it is read."""
        return caption_text(super().text())


class PlainButton(_PlainCaption, QPushButton):
    """A push button."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)


class PlainToolButton(_PlainCaption, QToolButton):
    """A small button with an icon."""


class PlainCheckBox(_PlainCaption, QCheckBox):
    """A box to be ticked."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)


class PlainRadioButton(_PlainCaption, QRadioButton):
    """One of several choices."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)


class PaintedButton(_PlainCaption, QAbstractButton):
    """A button that paints itself."""


class PlainMenu(QMenu):
    """A menu of captions."""

    def add(self, text: str, keys: str = "") -> QAction:
        """Add what can be chosen.

        Args:
            keys: Keys that do the same; they are shown only.
        """
        action = self.addAction("")
        self.rename(action, text, keys)
        return action

    def rename(self, action: QAction, text: str, keys: str = "") -> None:
        """Give an action other words."""
        action.setText(f"{caption(text)}\t{caption(keys)}" if keys else caption(text))
        set_tip(action, text)


class PlainFileDialog(QFileDialog):
    """Qt's file dialog, whose own questions name files."""

    def childEvent(self, event: QChildEvent) -> None:
        """Make a question plain before it is laid out."""
        # Only now: asked for earlier, while it is being made, it would be known as a widget of no kind for good.
        if event.type() == QEvent.Type.ChildPolished and isinstance(box := event.child(), QMessageBox):
            box.setTextFormat(Qt.TextFormat.PlainText)
        super().childEvent(event)


class ClosedBrowser(QTextBrowser):
    """Shows HTML that the program made; whatever file or address it names is never opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Something empty."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            picture = QImage(*_NO_PICTURE, QImage.Format.Format_ARGB32)
            picture.fill(Qt.GlobalColor.transparent)
            return picture
        return QByteArray(_NO_BYTES)
