"""The panel's card of a repair: one change of a figure after which the findings above it are gone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.panel_parts import toned
from kjxd_desktop.ui.tools.plain import set_tip
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.checking.repair_shown import Repair
from kjxd_desktop.wording.checking.repairs import repair_button, repair_sentence


class RepairBox(QFrame):
    """What would fit, and the button that puts it in. Hidden where nothing is offered."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._repair: Repair | None = None
        self.setProperty("box", "warn")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(6)
        self.sentence = toned("", "warn", wrap=True)
        self.button = push_button("", theme)
        set_tip(self.button, "请先核对原始资料；改了可以撤回（Ctrl+Z）")
        layout.addWidget(self.sentence)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.clicked.connect(self._on_clicked)

    def show_repair(self, repair: Repair | None, where: str = "") -> None:
        """Offer a repair.

        Args:
            where: The row to change, when it is not the one shown.
        """
        self._repair = repair
        self.setVisible(repair is not None)
        if repair is not None:
            self.sentence.setText(repair_sentence(repair.field, repair.value, repair.settles, where))
            self.button.setText(repair_button(repair.field, repair.value, where))

    def _on_clicked(self) -> None:
        if self._repair is not None:
            self.wanted.emit(self._repair)
