"""Qt's file dialog and its browser, closed to the files that a text names; see :mod:`kjxd_desktop.ui.tools.plain`.

Apart from the widgets of every page: a start needs neither.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QChildEvent, QEvent, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QFileDialog, QMessageBox, QTextBrowser, QWidget

# In place of every resource that a text asks for. Not nothing: Qt would then look for the file by itself.
_NO_PICTURE, _NO_BYTES = (1, 1), b"\n"


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
