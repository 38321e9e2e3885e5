"""A new password, written twice; before it the old one or the recovery code where one is needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.people.operators import MAX_PASSWORD
from kjxd_desktop.domain.problems import ProblemError, refuse
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.panel_parts import show_sentence
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.people.operators import Kept
from kjxd_desktop.wording.faults import fault_sentence
from kjxd_desktop.wording.literal import window_title
from kjxd_desktop.wording.problems import problem_sentence

WIDTH = 440
# What is asked first, and whether its signs are hidden.
OLD, CODE = "现在的密码", "恢复码"
# Takes what was asked first and the new password.
Act = Callable[[str, str], Kept]


class PasswordDialog(QDialog):
    """Sets a password. Esc leaves everything as it is.

    Args:
        first: ``OLD``, ``CODE`` or empty: what has to be known.
        clear: Asks for no password any more; None where that is not offered.
    """

    kept = Signal(object)

    def __init__(
        self,
        title: str,
        text: str,
        act: Act,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        first: str = "",
        clear: Callable[[str], Kept] | None = None,
    ) -> None:
        super().__init__(parent)
        self._act, self._clear = act, clear
        self.first, self.new, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        self.told = label("", "warn", wrap=True)
        self.remove = push_button("取消密码", theme)
        self.cancel = push_button("不改 Esc", theme)
        self.save = push_button("保存", theme, kind="primary")
        self._build(title, text, first)
        self.remove.setVisible(clear is not None)
        self.save.clicked.connect(self._on_save)
        self.remove.clicked.connect(self._on_remove)
        self.cancel.clicked.connect(self.reject)

    def _build(self, title: str, text: str, first: str) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(window_title(title))
        self.setFixedWidth(WIDTH)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        fields = [(first, self.first)] if first else []
        for word, field in (*fields, ("新密码", self.new), ("再写一次", self.again)):
            field.setAccessibleName(word)
            field.setMaxLength(MAX_PASSWORD)
            if word != CODE:
                field.setEchoMode(QLineEdit.EchoMode.Password)
            form.addRow(label(word, "label"), field)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        self.save.setDefault(True)
        self.told.setMinimumHeight(36)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "h2"))
        layout.addWidget(label(text, "label", wrap=True))
        layout.addLayout(form)
        layout.addWidget(self.told)
        layout.addLayout(buttons)
        (self.first if first else self.new).setFocus()

    def _on_save(self) -> None:
        self._try(self._set)

    def _on_remove(self) -> None:
        if self._clear is not None:
            self._try(partial(self._clear, self.first.text()))

    def _set(self) -> Kept:
        if self.new.text() != self.again.text():
            raise refuse("password", "passwords_differ")
        return self._act(self.first.text(), self.new.text())

    def _try(self, act: Callable[[], Kept]) -> None:
        try:
            done = act()
        except ProblemError as error:
            show_sentence(self.told, problem_sentence(error.problem), well=False)
        except WorkspaceFault as fault:
            show_sentence(self.told, fault_sentence(fault), well=False)
        else:
            self.accept()
            self.kept.emit(done)
