"""Looks at everything a window shows: paints it, lays out each text, and has every tip shown."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QToolTip,
    QWidget,
)

# Roles whose text Qt shows in a box that guesses.
_TIPS = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.WhatsThisRole, Qt.ItemDataRole.StatusTipRole)
# The window Qt shows tips in.
_TIP_WINDOW = "QTipLabel"


class Eye:
    """Looks at widgets, and keeps what would be wrong in any of them.

    Attributes:
        kinds: Names of the classes of all windows that were looked at.
        faults: What is wrong, each once.
        tips: All tips that were shown, as Qt was given them.
        texts: What labels, buttons, fields, tables and titles say.
    """

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.faults: list[str] = []
        # Nothing is shown of an empty one.
        self.tips: set[str] = {""}
        self.texts: set[str] = set()

    def look(self, window: QWidget) -> None:
        """Look at a window, or a page of one, and at all it holds."""
        self.kinds.update(kind.__name__ for kind in type(window).__mro__)
        if window.isHidden():
            window.show()
        settle()
        window.grab()
        self.texts.add(window.windowTitle())
        for widget in (window, *window.findChildren(QWidget)):
            self._widget(widget)
        settle()

    def _widget(self, widget: QWidget) -> None:
        if widget.inherits(_TIP_WINDOW):
            return
        if widget.toolTip() not in self.tips:
            self._help(widget, widget.rect().center())
        for text in (widget.toolTip(), widget.whatsThis(), widget.statusTip()):
            self.show_tip(text, widget)
        if isinstance(widget, QLabel):
            # Also what is hidden or scrolled away is laid out.
            widget.sizeHint()
            widget.heightForWidth(200)
            if widget.text() and widget.textFormat() is not Qt.TextFormat.PlainText:
                self._fault(widget, f"label {widget.text()!r}")
            if widget.buddy() is not None and "&" in widget.text().replace("&&", ""):
                self._fault(widget, f"shortcut of label {widget.text()!r}")
        if isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty():
            self._fault(widget, f"shortcut of button {widget.text()!r}")
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            self.texts.add(widget.text())
        if isinstance(widget, QTextEdit | QPlainTextEdit):
            self.texts.add(widget.toPlainText())
        if isinstance(widget, QTextEdit):
            widget.document().setTextWidth(500)
        if isinstance(widget, QMenu):
            self._menu(widget)
        if isinstance(widget, QComboBox):
            self._model(widget.model(), widget)
        if isinstance(widget, QAbstractItemView) and widget.isVisible():
            self._view(widget)

    def _menu(self, menu: QMenu) -> None:
        for action in menu.actions():
            self.texts.add(action.text().replace("&&", "&"))
            if "&" in action.text().replace("&&", ""):
                self._fault(menu, f"shortcut of action {action.text()!r}")
            self.show_tip(action.toolTip() if menu.toolTipsVisible() else "", menu)
        menu.sizeHint()
        menu.grab()

    def _view(self, view: QAbstractItemView) -> None:
        model = view.model()
        if model is None or isinstance(view, QHeaderView):
            return
        self._model(model, view)
        for row in range(min(model.rowCount(), 12)):
            for column in range(_columns(model)):
                self._help(view.viewport(), view.visualRect(model.index(row, column)).center())
        if isinstance(view, QTableView):
            for header in (view.horizontalHeader(), view.verticalHeader()):
                for section in range(header.count()):
                    place = header.sectionViewportPosition(section) + 2
                    across = header.orientation() is Qt.Orientation.Horizontal
                    self._help(header.viewport(), QPoint(place, 2) if across else QPoint(2, place))

    def _model(self, model: QAbstractItemModel, widget: QWidget) -> None:
        for row in range(model.rowCount()):
            for column in range(_columns(model)):
                self.texts.add(str(model.index(row, column).data() or ""))
        for role in _TIPS:
            for row in range(model.rowCount()):
                for column in range(_columns(model)):
                    self.show_tip(model.index(row, column).data(role), widget)
            for way, count in (
                (Qt.Orientation.Horizontal, _columns(model)),
                (Qt.Orientation.Vertical, model.rowCount()),
            ):
                for section in range(count):
                    self.show_tip(model.headerData(section, way, role), widget)

    def show_tip(self, text: object, widget: QWidget) -> None:
        """Show a text as Qt shows a tip."""
        if not isinstance(text, str) or text in self.tips:
            return
        self.tips.add(text)
        QToolTip.showText(widget.mapToGlobal(QPoint(1, 1)), text, widget)
        for shown in _shown_tips():
            shown.sizeHint()
            shown.grab()

    def _help(self, widget: QWidget, place: QPoint) -> None:
        """What happens when the mouse rests over a place."""
        if widget.rect().contains(place):
            event = QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
            QApplication.sendEvent(widget, event)
            for shown in _shown_tips():
                if shown.text() not in self.tips:
                    self.tips.add(shown.text())
                    shown.grab()

    def _fault(self, widget: QWidget, text: str) -> None:
        if isinstance(widget.window(), QFileDialog):
            # Qt's own words; what files are called stands in its list.
            return
        if text not in self.faults:
            self.faults.append(text)


def settle() -> None:
    """Let everything that waits be done."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _shown_tips() -> Iterator[QLabel]:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QLabel) and widget.inherits(_TIP_WINDOW) and widget.isVisible():
            yield widget


def _columns(model: QAbstractItemModel) -> int:
    """Lists keep theirs to themselves."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()
