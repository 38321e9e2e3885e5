"""Widgets that show a text as it was written, whatever marks it holds.

Qt guesses whether the text of a label, a tip or a box is HTML, and HTML may name a file or a share, which Qt then
opens; ``&`` in a caption makes a shortcut. Much of what is shown here was written elsewhere. So the window is built
of the widgets below and never of Qt's own: ``tests/ui/tools/test_plain_sources.py`` looks for others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QMenu,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)

from kjxd_desktop.wording.literal import caption, caption_text, tip

if TYPE_CHECKING:
    _AnyButton = QAbstractButton
else:
    _AnyButton = object


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
