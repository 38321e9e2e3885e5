"""Ctrl+K: one field that finds indicators, tasks, goals and units of the workspace's plans."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.search.search_delegate import SearchDelegate
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.search.search import MOST_HITS, SearchHit, SearchIndex, by_kind
from kjxd_desktop.wording.search.search import HINT, HIT_KIND, NOTHING_TYPED, found, nothing_found

SIZE = (640, 440)
_MOVING = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class SearchDialog(QDialog):
    """Finds while typing; the field keeps the focus. Emits the hit that was chosen and closes.

    Args:
        plans: The chosen plan first.
    """

    hit_chosen = Signal(object)

    def __init__(self, plans: Sequence[Plan], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("搜索")
        self.resize(*SIZE)
        self._index = SearchIndex(plans)
        self._delegate = SearchDelegate(theme, len(plans) > 1)
        self.field = QLineEdit()
        self.field.setPlaceholderText(HINT)
        self.field.setAccessibleName("搜索")
        self.field.setClearButtonEnabled(True)
        self.field.setFont(theme.font(14))
        self.field.setFixedHeight(36)
        self.list = QListWidget()
        self.list.setAccessibleName("找到的条目")
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.told = label(NOTHING_TYPED, "hint", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.told)
        # Text of an unfinished input-method composition is not in the field yet, and not searched.
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self._on_enter)
        self.list.itemClicked.connect(self._on_item)
        self.field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and pages move through the hits while the field keeps the focus."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _MOVING and self.list.count():
                # The list knows how many of its lines are a page.
                QApplication.sendEvent(self.list, event)
                return True
        return super().eventFilter(watched, event)

    @property
    def hits(self) -> tuple[SearchHit, ...]:
        """What is shown: by kind, the best hit first."""
        return tuple(self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count()))

    def _on_text(self, text: str) -> None:
        hits = by_kind(self._index.find(text))
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, hit)
            # What a screen reader says; the delegate paints the rest.
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{HIT_KIND[hit.kind.value]} {hit.no} {hit.name}"
            )
            self.list.addItem(item)
        if hits:
            self.list.setCurrentRow(0)
            self.told.setText(found(len(hits), MOST_HITS))
        else:
            self.told.setText(nothing_found(text.strip()) if text.strip() else NOTHING_TYPED)

    def _on_enter(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._on_item(item)

    def _on_item(self, item: QListWidgetItem) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        self.hit_chosen.emit(hit)
