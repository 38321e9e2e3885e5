"""The steps of a return on 报送管理: 审核, 签报, 导出, 再存一份, 撤回 in a county, 接收 and 更正 in a city."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from kjxd_desktop.domain.people.operators import Act, Rights
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.returns import ReturnKey, ReturnState
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.reason_dialog import ReasonDialog
from kjxd_desktop.ui.returns.sign_off_dialog import SignOffDialog
from kjxd_desktop.ui.tools.notices import refusal_of
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.plain import set_tip
from kjxd_desktop.ui.tools.style import set_look
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.sending.shown import StatusShown
from kjxd_desktop.wording.checking.findings import blocked_sentence
from kjxd_desktop.wording.terms import ACT

_ACT_OF_STEP = {"check": Act.CHECK, "sign_off": Act.SIGN, "submit": Act.SEND}


class StepButtons:
    """Buttons of which one is solid: the next sensible step.

    Args:
        page: Dialogs open over it.
        key: The return the steps are about.
    """

    def __init__(self, tools: PageTools, page: QWidget, key: Callable[[], ReturnKey]) -> None:
        self._tools, self._page, self._key = tools, page, key
        self._actions, self._notices, self._theme = tools.actions, tools.notices, tools.theme
        self._icons, self._changes = tools.icons, tools.changes

    def button(self, text: str, icon: str = "", *, primary: bool = False) -> QPushButton:
        """A button in the page's head."""
        kind = "primary" if primary else ""
        return push_button(text, self._theme, self._icons if icon else None, icon, kind=kind)

    def make_solid(self, wanted: QPushButton | None, buttons: dict[QPushButton, str]) -> None:
        """Fill one button, and no other.

        Args:
            buttons: All of them, each with the name of its icon or an empty text.
        """
        palette = self._theme.palette
        for button, icon in buttons.items():
            kind = "primary" if button is wanted else ""
            set_look(button, "kind", kind)
            if icon:
                colour = palette.on_accent if kind else palette.text2
                button.setIcon(self._icons.icon(icon, colour, disabled=palette.muted))

    def ask(self, question: str, text: str, field: str, verb: str, act: Callable[[str], None]) -> None:
        """Ask for the reason of a step, then take it."""
        ReasonDialog(question, text, field, verb, partial(_attempt, act), self._theme, self._page).open()

    def tell(self, changes: Changes, said: str) -> None:
        """Publish a step that was taken, and say it."""
        self._changes.publish(changes)
        self._notices.success(said)
        self._notices.notes(changes.notes)


def _attempt(act: Callable[[str], None], why: str) -> str | None:
    """Take a step; the sentence that says why it was not taken, or None."""
    return refusal_of(partial(act, why))


class CountySteps(StepButtons):
    """再存一份, 撤回, 审核, 签报, 导出上报."""

    def make(self) -> tuple[QPushButton, ...]:
        """The buttons, in the order of the page's head."""
        self.again = self.button("再存一份…", "download")
        self.withdraw = self.button("撤回…", "undo")
        self.take_back = self.button("收回签报…", "undo")
        self.check = self.button("审核")
        self.sign = self.button("签报…")
        self.export = self.button("导出上报…", "upload")
        self.withdraw.clicked.connect(self._on_withdraw)
        self.take_back.clicked.connect(self._on_take_back)
        self.check.clicked.connect(self._on_check)
        self.sign.clicked.connect(self._on_sign)
        return self.again, self.withdraw, self.take_back, self.check, self.sign, self.export

    def show(self, status: StatusShown) -> str:
        """Show which steps can be taken; returns why the next one cannot, or what is next."""
        state, rights = status.head.state, status.rights
        clean = status.head.editable and status.check.clean
        signed = state is ReturnState.SIGNED
        self.again.setVisible(not status.head.editable)
        set_tip(self.again, "U 盘丢了、文件找不到了，可以把上报的文件原样再存一份")
        self.withdraw.setVisible(not status.head.editable)
        self.withdraw.setEnabled(state is ReturnState.SUBMITTED)
        self.take_back.setVisible(signed)
        self.take_back.setEnabled(rights.may(Act.SIGN))
        self.check.setVisible(status.head.editable and not signed)
        self.check.setEnabled(clean and state is not ReturnState.CHECKED and rights.may(Act.CHECK))
        self.sign.setVisible(status.head.editable and not signed)
        may_check = state is ReturnState.CHECKED or rights.may(Act.CHECK)
        self.sign.setEnabled(clean and may_check and rights.may(Act.SIGN))
        self.export.setEnabled(clean and status.waits is None and rights.may(Act.SEND))
        wanted = self.next_button(status)
        icons = {self.check: "", self.sign: "", self.export: "upload"}
        self.make_solid(wanted if wanted is not None and wanted.isEnabled() else None, icons)
        return _reason(status)

    def next_button(self, status: StatusShown) -> QPushButton | None:
        """The button of the next step; None while something else comes first."""
        return {"check": self.check, "sign_off": self.sign, "submit": self.export}.get(status.next)

    def _on_check(self) -> None:
        self._notices.try_to(self._mark_checked)

    def _mark_checked(self) -> None:
        self.tell(self._actions.check.mark_checked(self._key()), "审核通过，请签报。")
        self.sign.setFocus()

    def _on_sign(self) -> None:
        dialog = SignOffDialog(self._tools, self._key(), self._page)
        dialog.signed.connect(self.export.setFocus)
        dialog.open()

    def _on_withdraw(self) -> None:
        text = "撤回后可以接着改，改完要再审核、签报、导出一次。"
        self.ask("撤回这份报表？", text, "撤回原因", "撤回", self._withdraw)

    def _withdraw(self, why: str) -> None:
        self._changes.publish(self._actions.send.withdraw(self._key(), why))

    def _on_take_back(self) -> None:
        text = "收回后报表回到“已审核”，数都不变，可以重新签报。"
        self.ask("收回签报？", text, "收回原因", "收回", self._take_back)

    def _take_back(self, why: str) -> None:
        self._changes.publish(self._actions.sign_off.take_back(self._key(), why))


def _reason(status: StatusShown) -> str:
    """Why the next step cannot be taken here, or what it is."""
    check, rights = status.check, status.rights
    if not status.head.editable:
        sent = "已经上报；要改请点“撤回…”"
        return sent if status.head.state is ReturnState.SUBMITTED else "市局已经接收"
    if not check.clean:
        return blocked_sentence(len(check.missing), check.count(Grade.LOGIC), check.to_explain)
    act = _ACT_OF_STEP.get(status.next)
    return _waits(rights, act) if act is not None and not rights.may(act) else ""


def _waits(rights: Rights, act: Act) -> str:
    names = "、".join(item.name for item in rights.holders(act))
    return f"等{names}{ACT[act]}" if names else ""


class CitySteps(StepButtons):
    """接收, 更正."""

    def make(self) -> tuple[QPushButton, ...]:
        """The buttons, in the order of the page's head."""
        self.reopen = self.button("更正…", "pencil")
        self.accept = self.button("接收", "check")
        self.reopen.clicked.connect(self._on_reopen)
        self.accept.clicked.connect(self._on_accept)
        return self.reopen, self.accept

    def show(self, state: ReturnState | None, errors: int, receive: QPushButton) -> None:
        """Show which steps can be taken on the chosen unit's return."""
        may = self._actions.status.rights().may(Act.RECEIVE)
        waiting = state is ReturnState.SUBMITTED
        self.accept.setEnabled(waiting and not errors and may)
        set_tip(self.accept, "" if not errors or not waiting else f"还有 {errors} 处错误，改好再接收")
        self.reopen.setEnabled(state is ReturnState.ACCEPTED and may)
        wanted = self.accept if self.accept.isEnabled() else receive
        self.make_solid(wanted, {receive: "download", self.accept: "check"})

    def _on_accept(self) -> None:
        self._notices.try_to(self._accept)

    def _accept(self) -> None:
        self.tell(self._actions.accept.accept(self._key()), "已接收。")

    def _on_reopen(self) -> None:
        text = "更正后报表回到“已上报”。到“指标填报”里改数，每改一处都要写原因；改完再点“接收”。"
        self.ask("更正已接收的报表？", text, "更正原因", "更正", self._reopen)

    def _reopen(self, why: str) -> None:
        self._changes.publish(self._actions.accept.reopen(self._key(), why))


def open_folder(path: Path) -> None:
    """Show a file's folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
