"""A step of the quarter on the desk: number, how far, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.cards import Card
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.style import Theme, set_look


class StepNumber(QWidget):
    """A number in a disc, filled while the step is the next one."""

    def __init__(self, number: int, theme: Theme) -> None:
        super().__init__()
        self._number = number
        self._theme = theme
        self._next = False
        self.setFixedSize(24, 24)

    def set_next(self, is_next: bool) -> None:
        """Whether the step is the next one."""
        self._next = is_next
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The disc."""
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent_fill if self._next else palette.track))
        painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))
        painter.setFont(self._theme.font(13, bold=True))
        painter.setPen(QColor(palette.on_accent if self._next else palette.text2))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class StepCard(Card):
    """One step. The page connects ``button``."""

    def __init__(self, number: int, title: str, button_text: str, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._disc = StepNumber(number, theme)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._disc)
        head.addWidget(label(title, "h2"))
        head.addStretch(1)
        self._figure, self._rest = label("", "figure"), label("", "figure_of")
        figure = QHBoxLayout()
        figure.setSpacing(6)
        for words in (self._figure, self._rest):
            figure.addWidget(words, 0, Qt.AlignmentFlag.AlignBaseline)
        figure.addStretch(1)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.detail = label("", "label", wrap=True)
        self.button: QPushButton = push_button(button_text, theme)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(figure)
        column.addWidget(self.bar)
        column.addWidget(self.detail)
        column.addStretch(1)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(column)

    def show_count(self, done: int, total: int, unit: str) -> None:
        """``11 / 16 项`` with its bar."""
        self._show_figure(str(done), f"/ {total} {unit}")
        self.bar.setVisible(True)
        self.bar.setMaximum(max(1, total))
        self.bar.setValue(done)

    def show_words(self, figure: str, rest: str = "") -> None:
        """A figure or a word without a bar."""
        self._show_figure(figure, rest)
        self.bar.setVisible(False)

    def _show_figure(self, figure: str, rest: str) -> None:
        self._figure.setText(figure)
        self._rest.setText(rest)

    def set_next(self, is_next: bool) -> None:
        """Frame the card and fill its button while it is the next sensible step."""
        self._disc.set_next(is_next)
        self.set_state("next" if is_next else "")
        set_look(self.button, "kind", "primary" if is_next else "")
