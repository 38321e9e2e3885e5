"""Who works in the window: signing in at the start, changing the person, the people of the office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.ui.shell.top_bar import TopBar
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.usecases.changes import Changes

if TYPE_CHECKING:
    from kjxd_desktop.ui.people.sign_in_dialog import SignInDialog
    from kjxd_desktop.usecases.people.operators import Kept


class PeopleDesk(QObject):
    """Joins the person's button in the top bar with the dialogs; lives as long as the window."""

    def __init__(self, tools: PageTools, office: Office, window: MainWindow, top_bar: TopBar) -> None:
        super().__init__(window)
        self._office, self._window, self._top_bar = office, window, top_bar
        self._changes, self._theme = tools.changes, tools.theme
        top_bar.sign_in_asked.connect(self.ask)
        top_bar.password_asked.connect(self.own_password)
        top_bar.operators_asked.connect(self.show_people)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.ask)
        self._begin()

    def _begin(self) -> None:
        """Sign in the only person without password; ask several once the window stands."""
        rights = self._office.store.rights()
        people = [item for item in rights.operators if item.active]
        if rights.writable and rights.me is None and people:
            if len(people) == 1 and not people[0].locked:
                self._office.actions.operators.sign_in(people[0].name)
            else:
                self._later.start(0)
        self._top_bar.show_person(self._office.store.rights())

    def ask(self) -> None:
        """Ask who works now; what was being typed is the one's before."""
        from kjxd_desktop.ui.people.sign_in_dialog import SignInDialog

        page = self._window.shown_page
        if page is not None and not page.commit_pending():
            return
        dialog = SignInDialog(self._office.actions.operators, self._theme, self._window)
        dialog.signed_in.connect(self._on_person)
        dialog.looking_chosen.connect(self._on_looking)
        dialog.forgotten.connect(partial(self._on_forgotten, dialog))
        dialog.open()

    def own_password(self) -> None:
        """Let who works set his own password."""
        from kjxd_desktop.ui.people.operators_dialog import set_password_dialog

        people = self._office.actions.operators
        me = people.rights().me
        if me is not None:
            dialog = set_password_dialog(people, people.named(me.name), self._theme, self._window)
            dialog.kept.connect(self._on_kept)
            dialog.open()

    def show_people(self) -> None:
        """操作人员."""
        from kjxd_desktop.ui.people.operators_dialog import OperatorsDialog

        dialog = OperatorsDialog(self._office.actions.operators, self._theme, self._window)
        dialog.people_changed.connect(self._on_person)
        dialog.open()

    def _on_person(self) -> None:
        """Show everything anew: what is locked follows the person."""
        self._top_bar.show_person(self._office.store.rights())
        self._changes.publish(Changes(head=True, plan=True))

    def _on_looking(self) -> None:
        self._office.actions.operators.sign_out()
        self._on_person()

    def _on_forgotten(self, asking: SignInDialog, name: str) -> None:
        from kjxd_desktop.ui.people.password_dialog import CODE, PasswordDialog

        dialog = PasswordDialog(
            f"“{name}”忘了密码",
            "请管理人员拿出锁好的恢复码，照着写。大小写、空格和横线都没关系。",
            partial(self._office.actions.operators.reset_password, name),
            self._theme,
            asking,
            first=CODE,
        )
        dialog.kept.connect(partial(self._on_reset, asking))
        dialog.open()

    def _on_reset(self, asking: SignInDialog, kept: Kept) -> None:
        asking.ask_password(kept.operator.name)
        self._show_code(kept, asking)

    def _on_kept(self, kept: Kept) -> None:
        self._top_bar.show_person(self._office.store.rights())
        self._show_code(kept, self._window)

    def _show_code(self, kept: Kept, parent: MainWindow | SignInDialog) -> None:
        from kjxd_desktop.ui.people.recovery_dialog import RecoveryDialog

        if kept.recovery_code:
            RecoveryDialog(kept.recovery_code, self._theme, parent).open()
