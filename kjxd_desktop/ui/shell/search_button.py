"""The field-like button in the top bar that opens the search."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.plain import PlainButton, PlainLabel, set_tip
from kjxd_desktop.ui.tools.style import Theme

WIDEST = 220
NARROWEST = 118
# Below it there is no room for the key.
WITH_KEY = 180
HEIGHT = 32
SHORTCUT = "Ctrl+K"


class SearchButton(PlainButton):
    """Looks like a field, says its key; narrow windows see less of it."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("top_search")
        self.setAccessibleName("搜指标、任务、目标、单位")
        set_tip(self, f"搜指标、任务、目标、单位（{SHORTCUT}）")
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 0, 10, 0)
        layout.setSpacing(8)
        icon = PlainLabel()
        icon.setPixmap(icons.pixmap("search", theme.palette.text2, 16))
        self._words = label("搜指标、任务", "hint")
        self._key = label(SHORTCUT, "hint")
        layout.addWidget(icon)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._key)
        for part in (icon, self._words, self._key):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As wide as there is room for."""
        return QSize(WIDEST, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Words at least; the key may go."""
        return QSize(NARROWEST, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the key while there is room."""
        super().resizeEvent(event)
        self._key.setVisible(self.width() >= WITH_KEY)
