"""Asks who works: names as big choices, a password where there is one."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.operators import MAX_PASSWORD
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.widgets.buttons import push_button
from kjxd_desktop.ui.widgets.labels import label
from kjxd_desktop.usecases.operators import Operators
from kjxd_desktop.wording.problems import problem_sentence
from kjxd_desktop.wording.terms import OPERATOR_ROLE

NAME_HEIGHT = 40
SHOWN_NAMES = 6
_LOCKED = Qt.ItemDataRole.UserRole + 1


class SignInDialog(QDialog):
    """Arrow keys choose a name, Enter goes on, Esc leaves everything as it was: before a name, only looking."""

    chosen = Signal()

    def __init__(self, people: Operators, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = people
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("您是哪一位？")
        self.setMinimumWidth(420)
        self._build(theme)
        self._fill()
        self._connect()

    def _build(self, theme: Theme) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label("您是哪一位？", "h2"))
        layout.addWidget(label("选好姓名再填报，修改记录里会写上您的名字。", "label", wrap=True))
        self.names = QListWidget()
        self.names.setAccessibleName("姓名")
        layout.addWidget(self.names)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(MAX_PASSWORD)
        self.password.setPlaceholderText("密码")
        self.password.setAccessibleName("密码")
        layout.addWidget(self.password)
        self.fault = label("", "label", wrap=True)
        self.fault.hide()
        layout.addWidget(self.fault)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self.look = push_button("先看看，不填 Esc" if self._people.rights().me is None else "取消 Esc", theme)
        self.enter = push_button("开始", theme, kind="primary")
        buttons.addWidget(self.look)
        buttons.addWidget(self.enter)
        layout.addLayout(buttons)

    def _fill(self) -> None:
        rights = self._people.rights()
        for operator in rights.operators:
            if not operator.active:
                continue
            item = QListWidgetItem(f"{operator.name}　{OPERATOR_ROLE[operator.role]}")
            item.setData(Qt.ItemDataRole.UserRole, operator.name)
            item.setData(_LOCKED, operator.locked)
            item.setSizeHint(QSize(0, NAME_HEIGHT))
            self.names.addItem(item)
            if rights.me is not None and rights.me.name == operator.name:
                self.names.setCurrentItem(item)
        if self.names.currentRow() < 0:
            self.names.setCurrentRow(0)
        self.names.setFixedHeight(NAME_HEIGHT * min(SHOWN_NAMES, self.names.count()) + 8)
        self._on_name()
        self.names.setFocus()

    def _connect(self) -> None:
        self.names.currentRowChanged.connect(self._on_name)
        self.names.itemActivated.connect(self._on_enter)
        self.password.returnPressed.connect(self._on_enter)
        self.enter.clicked.connect(self._on_enter)
        self.look.clicked.connect(self.reject)

    def _on_name(self) -> None:
        item = self.names.currentItem()
        self.password.clear()
        self.password.setVisible(item is not None and bool(item.data(_LOCKED)))
        self.fault.hide()

    def _on_enter(self) -> None:
        item = self.names.currentItem()
        if item is None:
            return
        if item.data(_LOCKED) and not self.password.text():
            self.password.setFocus()
            return
        try:
            self._people.sign_in(item.data(Qt.ItemDataRole.UserRole), self.password.text())
        except ProblemError as error:
            self.fault.setText(problem_sentence(error.problem))
            self.fault.show()
            self.password.selectAll()
            self.password.setFocus()
            return
        self.accept()
        self.chosen.emit()
