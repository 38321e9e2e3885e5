"""Asks which content of a line shall be put back, beside what holds now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.question_dialog import QuestionDialog
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.plain import PlainRadioButton
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.keeping.shown import RestoreChoice, Side
from kjxd_desktop.wording.keeping.history import NOTHING, back_words
from kjxd_desktop.wording.keeping.history_fields import MAIN, Fields

WIDTH = 480
_TALL = 360


class RestoreDialog(QuestionDialog):
    """What holds now, what stood before the change and after it; one of them is taken.

    Esc leaves everything as it is.
    """

    confirmed = Signal(object)

    def __init__(
        self, choice: RestoreChoice, side: Side, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__("恢复", "", parent, heading=f"恢复“{choice.line.item}”？", width=WIDTH)
        self._choice = choice
        word = back_words(choice.line.kind)
        self.sides = {
            Side.OLD: PlainRadioButton(f"原来的{word}（这次改动以前）"),
            Side.NEW: PlainRadioButton(f"改成的{word}（这次改动以后）"),
        }
        self.body.addWidget(self._contents())
        self.body.addWidget(
            label("恢复也是一次改动，会记进修改记录；现在的内容不会丢，还能再恢复。", "hint", wrap=True)
        )
        cancel = push_button("取消 Esc", theme)
        self.confirm = push_button("恢复", theme, kind="primary")
        self.confirm.setDefault(True)
        self.offer(cancel, self.confirm)
        cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._on_confirm)
        self._choose(side)

    def _contents(self) -> QScrollArea:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(4)
        layout.addWidget(label("现在", "label"))
        layout.addWidget(label(content_text(self._choice.now), wrap=True))
        for side, button in self.sides.items():
            layout.addSpacing(8)
            layout.addWidget(button)
            row = QHBoxLayout()
            row.addSpacing(22)
            row.addWidget(label(content_text(self._choice.line.content(side)), wrap=True), 1)
            layout.addLayout(row)
            if side in self._choice.same:
                button.setEnabled(False)
                button.setText(f"{button.text()}：和现在一样")
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        # As high as the texts need, up to what a small screen has.
        high = body.layout().totalHeightForWidth(WIDTH - 56) if body.layout() else 0
        area.setFixedHeight(min(high + 4, _TALL))
        return area

    def _choose(self, side: Side) -> None:
        chosen = side if side not in self._choice.same else next(s for s in Side if s is not side)
        self.sides[chosen].setChecked(True)
        self.sides[chosen].setFocus()

    def _on_confirm(self) -> None:
        side = next(side for side, button in self.sides.items() if button.isChecked())
        self.accept()
        self.confirmed.emit(side)


def content_text(fields: Fields) -> str:
    """A whole content, a field a line."""
    lines = [text if name == MAIN else f"{name}：{text}" for name, text in fields]
    return "\n".join(lines) or NOTHING


def ask_restore(
    tools: PageTools,
    line: int,
    side: Side | None,
    confirmed: Callable[[Side], None],
    parent: QWidget,
) -> None:
    """Open the dialog for a line, or say why nothing can be put back.

    Args:
        side: What was asked for; None offers both.
        confirmed: Called with the side that is to be put back.
    """
    found: list[RestoreChoice] = []
    if tools.notices.try_to(lambda: found.append(tools.actions.look_back.choice(line, side))):
        dialog = RestoreDialog(found[0], side or Side.OLD, tools.theme, parent)
        dialog.confirmed.connect(confirmed)
        dialog.open()
