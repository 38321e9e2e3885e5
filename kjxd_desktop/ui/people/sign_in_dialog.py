"""Who works now: names to choose from, a password where one is asked for."""

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

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.people.operators import MAX_PASSWORD, Operator
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.panel_parts import show_sentence
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.people.operators import Operators
from kjxd_desktop.wording.faults import fault_sentence
from kjxd_desktop.wording.problems import problem_sentence
from kjxd_desktop.wording.terms import OPERATOR_ROLE

WIDTH, ROW, MOST_ROWS = 440, 40, 7


class SignInDialog(QDialog):
    """Arrow keys choose a name, Enter goes on. Esc leaves everything as it was."""

    signed_in = Signal()
    looking_chosen = Signal()
    forgotten = Signal(str)

    def __init__(self, people: Operators, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = people
        self._all = [item for item in people.people() if item.active]
        self.names = QListWidget()
        self.password = QLineEdit()
        self.told = label("", "warn", wrap=True)
        self.forgot = push_button("忘了密码…", theme, kind="link")
        self.look = push_button("先看看，不填", theme)
        self.enter = push_button("进入", theme, kind="primary")
        self._build(theme)
        self._connect()
        self._fill()

    def _build(self, theme: Theme) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("您是哪一位")
        self.setFixedWidth(WIDTH)
        self.names.setAccessibleName("操作人员")
        self.names.setFont(theme.font(14))
        self.names.setFixedHeight(min(len(self._all), MOST_ROWS) * ROW + 4)
        self._word = label("密码", "label")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(MAX_PASSWORD)
        self.password.setAccessibleName("密码")
        self._word.setBuddy(self.password)
        row = QHBoxLayout()
        for widget in (self._word, self.password, self.forgot):
            # The dialog keeps its size when a name without password is chosen.
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
            row.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.look)
        buttons.addStretch(1)
        buttons.addWidget(self.enter)
        self.enter.setDefault(True)
        self.told.setMinimumHeight(36)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label("您是哪一位？", "h2"))
        layout.addWidget(label("选自己的名字。填的数和改的数，修改记录里都写这个名字。", "label", wrap=True))
        layout.addWidget(self.names)
        layout.addLayout(row)
        layout.addWidget(self.told)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.names.currentRowChanged.connect(self._on_row)
        self.names.itemDoubleClicked.connect(self._on_enter)
        self.enter.clicked.connect(self._on_enter)
        self.look.clicked.connect(self._on_look)
        self.forgot.clicked.connect(self._on_forgot)

    def _fill(self) -> None:
        for person in self._all:
            item = QListWidgetItem(f"{person.name}    {OPERATOR_ROLE[person.role]}")
            item.setSizeHint(QSize(0, ROW))
            self.names.addItem(item)
        me = self._people.rights().me
        row = next((at for at, item in enumerate(self._all) if me is not None and item.name == me.name), 0)
        self.names.setCurrentRow(row)
        self.names.setFocus()

    @property
    def person(self) -> Operator:
        """Whose name is chosen."""
        return self._all[max(0, self.names.currentRow())]

    def ask_password(self, name: str) -> None:
        """Go to a person's password, after it was set anew."""
        self.names.setCurrentRow([item.name for item in self._all].index(name))
        self.password.setFocus()

    def _on_row(self, row: int) -> None:
        self.password.clear()
        show_sentence(self.told, "", well=True)
        for widget in (self._word, self.password, self.forgot):
            widget.setVisible(self.person.locked)

    def _on_enter(self) -> None:
        if self.person.locked and not self.password.text():
            self.password.setFocus()
            return
        try:
            self._people.sign_in(self.person.name, self.password.text())
        except (ProblemError, WorkspaceFault) as error:
            said = (
                fault_sentence(error)
                if isinstance(error, WorkspaceFault)
                else problem_sentence(error.problem)
            )
            show_sentence(self.told, said, well=False)
            self.password.selectAll()
            self.password.setFocus()
            return
        self.accept()
        self.signed_in.emit()

    def _on_look(self) -> None:
        self.accept()
        self.looking_chosen.emit()

    def _on_forgot(self) -> None:
        self.forgotten.emit(self.person.name)
