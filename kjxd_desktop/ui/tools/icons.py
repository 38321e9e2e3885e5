"""The one set of line icons: drawn by us as SVG, coloured when loaded."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


class Icons:
    """Loads icons from a folder, once for each name, colour and size.

    Args:
        folder: Folder of ``NAME.svg`` files drawn on a 24 × 24 grid with ``currentColor`` lines.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size: int = 16) -> QPixmap:
        """The icon as a picture, sharp on the screen it is shown on."""
        screen = QGuiApplication.primaryScreen()
        ratio = screen.devicePixelRatio() if screen is not None else 1.0
        key = (name, colour, size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._draw(name, colour, size, ratio)
            self._pixmaps[key] = found
        return found

    def icon(self, name: str, colour: str, size: int = 16, *, disabled: str = "") -> QIcon:
        """The icon for a button or menu; ``disabled`` is its colour while the button cannot be pressed."""
        icon = QIcon(self.pixmap(name, colour, size))
        if disabled:
            icon.addPixmap(self.pixmap(name, disabled, size), QIcon.Mode.Disabled)
        return icon

    def _draw(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        drawing = (self._folder / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap
