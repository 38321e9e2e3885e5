"""‹ 2024年三季度 累计 1—9月 ›."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.plain import PlainToolButton, set_tip
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.wording.dates import period_title, span_title


class PeriodStepper(QFrame):
    """Shows the period; its arrows ask for the one before or after."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.setProperty("role", "card")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 0, 2, 0)
        layout.setSpacing(6)
        self._before = self._arrow("chevron-left", "上一季度 Alt+←", theme, icons)
        self._after = self._arrow("chevron-right", "下一季度 Alt+→", theme, icons)
        self._title = label("", "h2")
        self._span = label("", "label")
        for widget in (self._before, self._title, self._span, self._after):
            layout.addWidget(widget)
        self._before.clicked.connect(self._on_before)
        self._after.clicked.connect(self._on_after)

    @staticmethod
    def _arrow(icon: str, tip: str, theme: Theme, icons: Icons) -> PlainToolButton:
        button = PlainToolButton()
        button.setIcon(icons.icon(icon, theme.palette.text2))
        button.setIconSize(QSize(16, 16))
        set_tip(button, tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        return button

    def set_period(self, period: Period) -> None:
        """Show a period."""
        self._title.setText(period_title(period))
        self._span.setText(span_title(period))

    def show_span(self, shown: bool) -> None:
        """Months beside the quarter are the first words to give way."""
        self._span.setVisible(shown)

    def _on_before(self) -> None:
        self.stepped.emit(-1)

    def _on_after(self) -> None:
        self.stepped.emit(1)
