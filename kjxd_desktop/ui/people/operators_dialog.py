"""操作人员: who works here, in which role; roles, passwords and the recovery code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.people.operators import (
    MAX_NAME,
    MAX_PASSWORD,
    MIN_PASSWORD,
    Act,
    Operator,
    OperatorRole,
)
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.panel_parts import show_sentence
from kjxd_desktop.ui.people.password_dialog import OLD, PasswordDialog
from kjxd_desktop.ui.people.recovery_dialog import RecoveryDialog
from kjxd_desktop.ui.tools.plain import PlainMenu
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.people.operators import Kept, Operators
from kjxd_desktop.wording.faults import fault_sentence
from kjxd_desktop.wording.people.operators import role_sentence
from kjxd_desktop.wording.problems import problem_sentence
from kjxd_desktop.wording.terms import OPERATOR_ROLE

SIZE = (640, 560)
COLUMNS = ("姓名", "角色", "密码", "状态")
_NONE = "还没有操作人员，谁打开都能填。写下第一位（管理）以后，填数前要先选名字，修改记录里写这个名字。"
_SOME = "填数前先选名字，修改记录里写这个名字。只有“管理”能改这张表。"
_OPEN = "本单位没有人担任的，谁都可以做。"


class OperatorsDialog(QDialog):
    """A line a person, buttons for the chosen one; every act is kept at once."""

    people_changed = Signal()

    def __init__(self, people: Operators, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people, self._theme = people, theme
        self._shown: tuple[Operator, ...] = ()
        self.table = QTableWidget(0, len(COLUMNS))
        self.name, self.role = QLineEdit(), QComboBox()
        self.add = push_button("增加", theme, kind="primary")
        self.roles = PlainMenu(self)
        self.change = push_button("改角色", theme)
        self.leave = push_button("离开", theme)
        self.password = push_button("设密码…", theme)
        self.recovery = push_button("换恢复码…", theme)
        self.close_button = push_button("关闭 Esc", theme)
        self.told = label("", wrap=True)
        self.intro = label("", "label", wrap=True)
        self._build()
        self._connect()
        self.refresh()
        self.name.setFocus()

    def _build(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("操作人员")
        self.resize(*SIZE)
        self.table.setHorizontalHeaderLabels(list(COLUMNS))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # Tab leaves the table for the buttons; arrow keys choose.
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName("操作人员")
        self.name.setMaxLength(MAX_NAME)
        self.name.setPlaceholderText("姓名")
        self.name.setAccessibleName("姓名")
        self.role.setAccessibleName("角色")
        for role in OperatorRole:
            self.role.addItem(OPERATOR_ROLE[role], role.value)
            self.roles.add(OPERATOR_ROLE[role]).setData(role.value)
        self.change.setMenu(self.roles)
        self.add.setDefault(True)
        new, chosen, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (new, chosen, foot):
            row.setSpacing(8)
        new.addWidget(self.name, 1)
        new.addWidget(self.role)
        new.addWidget(self.add)
        for widget in (self.change, self.leave, self.password):
            chosen.addWidget(widget)
        chosen.addStretch(1)
        chosen.addWidget(self.recovery)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.intro)
        layout.addLayout(new)
        layout.addWidget(self.table, 1)
        layout.addLayout(chosen)
        for role in OperatorRole:
            layout.addWidget(label(role_sentence(role), "label", wrap=True))
        layout.addWidget(label(_OPEN, "label", wrap=True))
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._on_name)
        self.add.clicked.connect(self._on_add)
        self.roles.triggered.connect(self._on_role)
        self.leave.clicked.connect(self._on_leave)
        self.password.clicked.connect(self._on_password)
        self.recovery.clicked.connect(self._on_recovery)
        self.close_button.clicked.connect(self.reject)
        self.table.itemSelectionChanged.connect(self._on_selection)

    def refresh(self) -> None:
        """Read the people anew; the chosen one stays chosen."""
        before = self.chosen
        self._shown = self._people.people()
        self.table.setRowCount(len(self._shown))
        for row, person in enumerate(self._shown):
            words = (
                person.name,
                OPERATOR_ROLE[person.role],
                "有" if person.locked else "没有",
                "在岗" if person.active else "已离开",
            )
            for column, word in enumerate(words):
                self.table.setItem(row, column, QTableWidgetItem(word))
        names = [person.name for person in self._shown]
        if names:
            self.table.selectRow(names.index(before.name) if before and before.name in names else 0)
        known = self._people.rights().known
        self.intro.setText(_SOME if known else _NONE)
        self.role.setEnabled(known)
        if not known:
            self.role.setCurrentIndex(self.role.findData(OperatorRole.ADMIN.value))
        self._on_selection()
        self._on_name(self.name.text())

    @property
    def chosen(self) -> Operator | None:
        """The person of the chosen line."""
        row = self.table.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _on_name(self, text: str) -> None:
        self.add.setEnabled(bool(text.strip()))

    def _on_selection(self) -> None:
        person = self.chosen
        for button in (self.change, self.leave, self.password):
            button.setEnabled(person is not None)
        self.leave.setText("回来" if person is not None and not person.active else "离开")
        self.recovery.setEnabled(any(item.locked for item in self._shown))

    def _on_add(self) -> None:
        name, first = self.name.text().strip(), not self._people.rights().known
        if self._try(partial(self._people.add, name, OperatorRole(self.role.currentData()))):
            self.name.clear()
            self.role.setCurrentIndex(self.role.findData(OperatorRole.FILLER.value))
            now = "，现在由这位操作" if first else ""
            self._say(f"已增加“{name}”{now}。")
        self.name.setFocus()

    def _on_role(self, action: object) -> None:
        person = self.chosen
        role = OperatorRole(action.data())  # type: ignore[attr-defined]
        if person is not None and self._try(partial(self._people.change_role, person.name, role)):
            self._say(f"“{person.name}”现在是“{OPERATOR_ROLE[role]}”。")

    def _on_leave(self) -> None:
        person = self.chosen
        if person is None:
            return
        act = self._people.leave if person.active else self._people.come_back
        if self._try(partial(act, person.name)):
            said = "已离开，修改记录里的名字都在" if person.active else "已回来"
            self._say(f"“{person.name}”{said}。")

    def _on_password(self) -> None:
        person = self.chosen
        if person is not None:
            dialog = set_password_dialog(self._people, person, self._theme, self)
            dialog.kept.connect(self._on_kept)
            dialog.open()

    def _on_kept(self, kept: Kept) -> None:
        self._after()
        self._say(f"“{kept.operator.name}”{'的密码已设好' if kept.operator.locked else '不再要密码'}。")
        if kept.recovery_code:
            RecoveryDialog(kept.recovery_code, self._theme, self).open()

    def _on_recovery(self) -> None:
        codes: list[str] = []
        if self._try(lambda: codes.append(self._people.new_recovery_code())):
            RecoveryDialog(codes[0], self._theme, self).open()

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except ProblemError as error:
            show_sentence(self.told, problem_sentence(error.problem), well=False)
            return False
        except WorkspaceFault as fault:
            show_sentence(self.told, fault_sentence(fault), well=False)
            return False
        self._after()
        return True

    def _after(self) -> None:
        self.refresh()
        self.people_changed.emit()
        if not self._people.rights().may(Act.MANAGE):
            # Who gave his role away, or left, has nothing more to do here.
            self.reject()

    def _say(self, sentence: str) -> None:
        show_sentence(self.told, sentence, well=True)


def set_password_dialog(
    people: Operators, person: Operator, theme: Theme, parent: QWidget | None
) -> PasswordDialog:
    """The dialog that sets a person's password; of who works now it asks the present one first."""
    me = people.rights().me
    own = me is not None and me.name == person.name and person.locked

    def act(old: str, new: str) -> Kept:
        return people.set_password(person.name, new, old)

    def clear(old: str) -> Kept:
        return Kept(people.clear_password(person.name, old))

    return PasswordDialog(
        f"“{person.name}”的密码",
        f"密码要 {MIN_PASSWORD} 到 {MAX_PASSWORD} 个字。忘了密码，只能用恢复码重设。",
        act,
        theme,
        parent,
        first=OLD if own else "",
        clear=clear if person.locked else None,
    )
