"""Small parts of the detail panel: toned labels, sections, the year of a figure."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.domain.returns.data_year import OLDEST_DATA_YEARS, newest_data_year
from kjxd_desktop.ui.tools.plain import PlainButton, PlainLabel, set_tip
from kjxd_desktop.ui.tools.style import set_look
from kjxd_desktop.usecases.filling.shown import EntryRow


def toned(text: str, tone: str, *, wrap: bool = False) -> PlainLabel:
    """A label in one of the panel's tones: section, text, text2, muted, warn, bad, good."""
    label = PlainLabel(text)
    label.setProperty("tone", tone)
    label.setWordWrap(wrap)
    return label


def show_sentence(foot: QLabel, sentence: str, *, well: bool) -> None:
    """Say in a dialog's foot what came of an act."""
    foot.setText(sentence)
    set_look(foot, "role", "good" if well else "warn")


def link(text: str, name: str) -> PlainButton:
    """A button that looks like a link."""
    button = PlainButton(text)
    button.setProperty("kind", "link")
    button.setAccessibleName(name)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


class Section(QWidget):
    """A part of the panel: a line above, a bold title, perhaps a link, and what belongs to it."""

    def __init__(self, title: str, action: QPushButton | None = None) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(4)
        rule = QFrame()
        rule.setProperty("rule", "true")
        rule.setFixedHeight(1)
        head = QHBoxLayout()
        head.setContentsMargins(0, 3, 0, 0)
        head.addWidget(toned(title, "section"))
        head.addStretch(1)
        if action is not None:
            head.addWidget(action)
        self.body.addWidget(rule)
        self.body.addLayout(head)


class YearField(QWidget):
    """The year an annual figure speaks of; hidden for figures of the period itself."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(toned("数据年份", "text2"))
        self.box = QComboBox()
        self.box.setAccessibleName("数据年份")
        layout.addWidget(self.box)
        layout.addStretch(1)
        self._kept = 0
        self.box.activated.connect(self._on_activated)

    def show_row(self, row: EntryRow, period: Period) -> None:
        """Offer the years a figure may speak of, the newest published one first when none is said."""
        self.setVisible(row.indicator.kind is Kind.ANNUAL)
        if row.indicator.kind is not Kind.ANNUAL:
            return
        self.box.clear()
        for year in range(period.year, period.year - OLDEST_DATA_YEARS - 1, -1):
            self.box.addItem(f"{year} 年", year)
        self._kept = row.entry.data_year or newest_data_year(row.indicator, period)
        self.show_kept()
        self.box.setEnabled(row.editable and row.typed)
        set_tip(self.box, "" if row.entry.filled else "填了数再选数据年份")

    def show_kept(self) -> None:
        """Show the year that is kept."""
        self.box.setCurrentIndex(max(0, self.box.findData(self._kept)))

    def _on_activated(self, place: int) -> None:
        self.chosen.emit(self.box.itemData(place))
