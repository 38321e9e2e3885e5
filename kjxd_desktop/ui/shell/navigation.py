"""The navigation at the left: pages with icons and how much is left on each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout, QWidget

from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.plain import PaintedButton, set_tip
from kjxd_desktop.ui.tools.style import Theme

WIDE = 136
WIDER = 160
FOLDED = 48
ITEM_HEIGHT = 40
BAR_WIDTH = 3
ICON = 20


@dataclass(frozen=True, slots=True)
class PageName:
    """A page in the navigation.

    Attributes:
        name: Stable name, such as ``entry``.
        title: Chinese title.
        icon: Name of its icon.
    """

    name: str
    title: str
    icon: str


FOLD = PageName("fold", "收起", "collapse")
UNFOLD = PageName("fold", "展开", "expand")


class NavigationItem(PaintedButton):
    """One page: icon, title, and the number of things left to do there."""

    def __init__(self, page: PageName, theme: Theme, icons: Icons, *, checkable: bool = True) -> None:
        super().__init__()
        self._page = page
        self._theme = theme
        self._icons = icons
        self._count = 0
        self._folded = False
        self.setCheckable(checkable)
        self.setText(page.title)
        self.setAccessibleName(page.title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def page(self) -> PageName:
        """The page it leads to."""
        return self._page

    def set_count(self, count: int) -> None:
        """Show how much is left; 0 shows nothing."""
        if count != self._count:
            self._count = count
            self.setAccessibleName(f"{self._page.title}，还有 {count} 项" if count else self._page.title)
            self.update()

    def set_page(self, page: PageName) -> None:
        """Show another title and icon."""
        self._page = page
        self.setText(page.title)
        self.setAccessibleName(page.title)
        self.update()

    def set_folded(self, folded: bool) -> None:
        """Show the icon only; the title is in the tooltip then."""
        self._folded = folded
        set_tip(self, self._page.title if folded else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Full width of the navigation, 40 px high."""
        return QSize(FOLDED, ITEM_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Selected: card background, accent bar, bold."""
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen:
            painter.fillRect(self.rect(), QColor(palette.surface))
            painter.fillRect(0, 0, BAR_WIDTH, self.height(), QColor(palette.accent_fill))
        elif self.underMouse():
            painter.fillRect(self.rect(), QColor(palette.subtle))
        colour = palette.accent if chosen else palette.text2
        pixmap = self._icons.pixmap(self._page.icon, colour, ICON)
        left = 16 if not self._folded else (FOLDED - ICON) // 2
        painter.drawPixmap(left, (self.height() - ICON) // 2, pixmap)
        if not self._folded:
            self._paint_words(painter, chosen)
        if self.hasFocus():
            painter.setPen(QColor(palette.accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), 4, 4)

    def _paint_words(self, painter: QPainter, chosen: bool) -> None:
        palette = self._theme.palette
        font = self.font()
        font.setPixelSize(14)
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(QColor(palette.accent if chosen else palette.text))
        words = self.rect().adjusted(42, 0, -10, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self._count:
            font.setPixelSize(12)
            font.setBold(False)
            painter.setFont(font)
            painter.setPen(QColor(palette.muted))
            painter.drawText(
                words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self._count)
            )


class Navigation(QFrame):
    """All pages; emits the name of the page that was chosen."""

    page_chosen = Signal(str)
    help_asked = Signal()
    data_asked = Signal()

    def __init__(self, pages: tuple[PageName, ...], theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._pages = pages
        self._items: dict[str, NavigationItem] = {}
        self._folded = False
        self._fold_by_person: bool | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("navigation")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.setSpacing(0)
        self._group = QButtonGroup(self)
        for page in self._pages:
            item = NavigationItem(page, self._theme, self._icons)
            self._items[page.name] = item
            self._group.addButton(item)
            layout.addWidget(item)
        layout.addStretch(1)
        self._help = NavigationItem(
            PageName("help", "帮助", "question"), self._theme, self._icons, checkable=False
        )
        self._data = NavigationItem(
            PageName("data", "数据文件", "database"), self._theme, self._icons, checkable=False
        )
        self._fold = NavigationItem(FOLD, self._theme, self._icons, checkable=False)
        for item in (self._data, self._help, self._fold):
            layout.addWidget(item)
        self.setFixedWidth(WIDE)

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._on_clicked)
        self._data.clicked.connect(self.data_asked)
        self._help.clicked.connect(self.help_asked)
        self._fold.clicked.connect(self._on_fold)

    def choose(self, name: str) -> None:
        """Mark a page as the chosen one."""
        self._items[name].setChecked(True)

    def set_count(self, name: str, count: int) -> None:
        """Show how much is left on a page."""
        if name in self._items:
            self._items[name].set_count(count)

    def fit(self, window_width: int) -> None:
        """Fold under 1320 px of window width, widen from 1600 on, unless the person chose otherwise."""
        folded = window_width < 1320 if self._fold_by_person is None else self._fold_by_person
        self._set_folded(folded, WIDER if window_width >= 1600 else WIDE)

    def _set_folded(self, folded: bool, width: int) -> None:
        self._folded = folded
        for item in (*self._items.values(), self._data, self._help, self._fold):
            item.set_folded(folded)
        self._fold.set_page(UNFOLD if folded else FOLD)
        self.setFixedWidth(FOLDED if folded else width)

    def _on_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, NavigationItem):
            self.page_chosen.emit(button.page.name)

    def _on_fold(self) -> None:
        self._fold_by_person = not self._folded
        self.fit(self.window().width())

    def items(self) -> tuple[QWidget, ...]:
        """The items in order, for keyboard focus."""
        return tuple(self._items.values())
