"""The line of a target in words (0的突破): whether it is achieved, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kjxd_desktop.domain.pace.text_targets import text_target
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import ElidedLabel
from kjxd_desktop.ui.tools.plain import set_tip
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.monitoring.shown import MonitorRow
from kjxd_desktop.wording.monitoring.achieved import (
    CHANGE,
    MARK,
    TAKE_BACK,
    achieved_sentence,
    wanted_sentence,
)


class AchievedBar(QWidget):
    """Shown for indicators whose final target is words."""

    mark_asked = Signal()
    take_back_asked = Signal()
    evidence_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        self._words = ElidedLabel()
        self.mark = push_button(MARK, theme)
        self.evidence = push_button("取出佐证", theme, kind="link")
        self.take_back = push_button(TAKE_BACK, theme)
        row.addWidget(self._words, 1)
        for button in (self.evidence, self.mark, self.take_back):
            row.addWidget(button)
        self.mark.clicked.connect(self.mark_asked)
        self.take_back.clicked.connect(self.take_back_asked)
        self.evidence.clicked.connect(self.evidence_asked)
        self.hide()

    def show_row(self, row: MonitorRow) -> None:
        """Show another indicator."""
        target, mark = text_target(row.standing.yardstick), row.standing.achieved
        self.setVisible(target is not None)
        if target is None:
            return
        self._words.setText(wanted_sentence(target) if mark is None else achieved_sentence(mark))
        self.mark.setText(MARK if mark is None else CHANGE)
        self.mark.setEnabled(row.may_mark)
        self.take_back.setEnabled(row.may_mark)
        self.take_back.setVisible(mark is not None)
        file = None if mark is None else mark.evidence
        self.evidence.setVisible(file is not None)
        set_tip(self.evidence, "" if file is None else file.name)

    @property
    def text(self) -> str:
        """What is said."""
        return self._words.text()
