"""Asks of which year a figure is that was typed over one that stands from an earlier return."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.question_dialog import QuestionDialog
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.wording.filling.carried import correction_button, new_year_button, year_question

_TITLE = "填的是哪一年的数？"


class YearDialog(QuestionDialog):
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
        over = year + 1 < period.year
        super().__init__(_TITLE, year_question(row.indicator, row.entry, year, over=over), parent)
        self._act = act
        self.new_year = push_button(new_year_button(year + 1), theme, kind="primary")
        self.correction = push_button(correction_button(year), theme)
        self._cancel = push_button("不改了 Esc", theme)
        for button in (self.new_year, self.correction, self._cancel):
            button.setAutoDefault(True)
            self.body.addWidget(button)
        self.new_year.clicked.connect(partial(self._keep, year + 1))
        self.correction.clicked.connect(partial(self._keep, year))
        self._cancel.clicked.connect(self.reject)
        self.new_year.setVisible(over)
        (self.new_year if over else self.correction).setFocus()

    def _keep(self, year: int, _checked: bool = False) -> None:
        self.close_unless(self._act(year))
