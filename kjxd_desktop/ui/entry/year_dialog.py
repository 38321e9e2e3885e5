"""Asks of which year a figure is that was typed over one that stands from an earlier return."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.wording.filling.carried import correction_button, new_year_button, year_question
from kjxd_desktop.wording.literal import window_title

_TITLE = "填的是哪一年的数？"


class YearDialog(QDialog):
    """Two answers, one a line, the more usual one first. Esc leaves everything as it is.

    A new year's figure is no answer before that year is over.

    Args:
        period: Of the return.
        act: Keeps the figure as that year's; the sentence that says why not, or None.
    """

    def __init__(
        self,
        row: EntryRow,
        year: int,
        period: Period,
        act: Callable[[int], str | None],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(window_title(_TITLE))
        self.setMinimumWidth(420)
        self._act = act
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(_TITLE, "h2"))
        over = year + 1 < period.year
        question = year_question(row.indicator, row.entry, year, over=over)
        layout.addWidget(label(question, "label", wrap=True))
        self.new_year = push_button(new_year_button(year + 1), theme, kind="primary")
        self.correction = push_button(correction_button(year), theme)
        self._cancel = push_button("不改了 Esc", theme)
        for button in (self.new_year, self.correction, self._cancel):
            button.setAutoDefault(True)
            layout.addWidget(button)
        self.refusal = label("", wrap=True)
        self.refusal.setProperty("tone", "bad")
        self.refusal.hide()
        layout.addWidget(self.refusal)
        self.new_year.clicked.connect(partial(self._keep, year + 1))
        self.correction.clicked.connect(partial(self._keep, year))
        self._cancel.clicked.connect(self.reject)
        self.new_year.setVisible(over)
        (self.new_year if over else self.correction).setFocus()

    def _keep(self, year: int, _checked: bool = False) -> None:
        sentence = self._act(year)
        if sentence is None:
            self.accept()
        else:
            self.refusal.setText(sentence)
            self.refusal.show()
