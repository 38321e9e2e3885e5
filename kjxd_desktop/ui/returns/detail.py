"""What became of one return: the states it passed, and the check code large enough to compare with paper."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.cards import Card
from kjxd_desktop.ui.parts.chips import Chip
from kjxd_desktop.ui.parts.glyphs import STATE_GLYPHS
from kjxd_desktop.ui.parts.labels import ElidedLabel, NameLabel, label
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.filling.passage import Transition
from kjxd_desktop.wording.sending.transitions import reason_text
from kjxd_desktop.wording.terms import RETURN_STATE

CODE_LETTERS = 26
LINES = 4
_TOLD_WIDTH = 300


class ReturnDetail(Card):
    """A card below the list of returns."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("经过")
        self.setParent(parent)
        self._theme = theme
        self.code = label()
        self.code.setStyleSheet(f"font-size: {theme.pixels(CODE_LETTERS)}px; font-weight: bold;")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName("校验码")
        self.compare = push_button("核对校验码…", theme)
        self._told = label("", "hint", wrap=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setMinimumHeight(LINES * (SIZES.chip + 4))
        self._area.setMaximumHeight((LINES + 1) * (SIZES.chip + 4))
        code = QVBoxLayout()
        code.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(label("校验码", "label"))
        head.addStretch(1)
        head.addWidget(self.compare)
        code.addLayout(head)
        code.addWidget(self.code)
        code.addWidget(self._told)
        code.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        # Notices come up at the right: the code stays to be read.
        row.addLayout(code)
        row.addWidget(self._area, 1)
        self.body.addLayout(row)

    def show_return(self, title: str, steps: tuple[Transition, ...], code: str, told: str) -> None:
        """Show another return.

        Args:
            code: Its check code; empty when it has none to compare.
            told: What to do with the code, or why there is none.
        """
        self.title.setText(title)
        self.code.setText(code or "—")
        self._told.setText(told)
        # Words that wrap say their height only at a width.
        wide = max(round(_TOLD_WIDTH * self._theme.scale), self.code.sizeHint().width())
        self._told.setFixedSize(wide, max(0, self._told.heightForWidth(wide)))
        self._area.setWidget(self._lines(steps))
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _lines(self, steps: tuple[Transition, ...]) -> QWidget:
        inner = QWidget()
        inner.setObjectName("passed")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(3, 1)
        for row, step in enumerate(steps):
            glyph, tone = STATE_GLYPHS[step.state]
            grid.addWidget(Chip(self._theme, RETURN_STATE[step.state], glyph, tone), row, 0)
            grid.addWidget(NameLabel(step.who), row, 1)
            grid.addWidget(label(f"{step.at:%Y-%m-%d %H:%M}", "label"), row, 2)
            grid.addWidget(ElidedLabel(reason_text(step)), row, 3)
        if not steps:
            grid.addWidget(label("还没有报来，也没有填过。", "hint"), 0, 0, 1, 4)
        grid.setRowStretch(grid.rowCount(), 1)
        return inner

    def sizeHint(self) -> QSize:
        """As low as its lines allow: the list above takes what is left."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())
