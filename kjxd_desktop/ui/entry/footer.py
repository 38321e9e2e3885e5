"""Foot of the indicator page: who answers for the return, what is still missing, the next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from kjxd_desktop.domain.people.operators import Act, Rights
from kjxd_desktop.domain.returns.returns import SENT, Return, ReturnKey, ReturnState, Signature
from kjxd_desktop.domain.texts import kept_line
from kjxd_desktop.ui.entry.entry_model import Counts
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import ElidedLabel, label
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.plain import set_tip
from kjxd_desktop.ui.tools.style import Theme, set_look
from kjxd_desktop.wording.sending.desk import Whose, sent_sentence
from kjxd_desktop.wording.terms import ACT

HEIGHT = 44
# Below this width the fields carry their labels as placeholders.
_ROOMY = 1150
_FIELDS = (
    ("head", "单位负责人", 66),
    ("statistician", "统计负责人", 66),
    ("filled_by", "填表人", 62),
    ("phone", "电话", 108),
    ("date", "报出日期", 94),
)
_PLACEHOLDER = 94
_READY = {ReturnState.CHECKED: "已审核，请签报", ReturnState.SIGNED: "已签报，可以导出上报"}
NOBODY_NAMED = Rights()


class EntryFooter(QFrame):
    """Signature fields, the reason why a return cannot be sent yet, 审核, then 签报, then 导出上报.

    The last two share a place: what was not signed yet is not exported from here.
    """

    signature_typed = Signal(object)

    def __init__(self, theme: Theme, icons: Icons | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "footer")
        self.setFixedHeight(HEIGHT)
        self.fields: dict[str, QLineEdit] = {}
        self._labels: list[QLabel] = []
        self.reason = ElidedLabel()
        self.check = push_button("审核  F9", theme)
        self.sign = push_button("签报…", theme)
        self.export = push_button("导出上报", theme, icons, "upload")
        self._shown = Signature()
        self._key: ReturnKey | None = None
        self.whose = Whose.COUNTY
        self._build()

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(6)
        for name, title, width in _FIELDS:
            caption, field = label(title, "label"), QLineEdit()
            field.setFixedWidth(width)
            field.setAccessibleName(title)
            set_tip(field, title)
            field.editingFinished.connect(self._on_edited)
            caption.setBuddy(field)
            self._labels.append(caption)
            self.fields[name] = field
            layout.addWidget(caption)
            layout.addWidget(field)
            layout.addSpacing(4)
        self.reason.setProperty("role", "label")
        self.reason.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.reason, 1)
        layout.addSpacing(4)
        layout.addWidget(self.check)
        layout.addWidget(self.sign)
        layout.addWidget(self.export)
        self.export.hide()

    def show_head(self, head: Return, *, editable: bool) -> None:
        """Show who answers for the return; what is typed for it and not saved yet stays."""
        same = self._key == head.key and editable
        typed, before = self.typed_signature(), self._shown
        self._key, self._shown = head.key, head.signature
        for name, field in self.fields.items():
            text = str(getattr(head.signature, name))
            waits = same and getattr(typed, name) not in (kept_line(getattr(before, name)), kept_line(text))
            if not waits and field.text() != text:
                field.setText(text)
            field.setReadOnly(not editable)

    def show_state(
        self, counts: Counts, state: ReturnState, *, checked: bool, rights: Rights = NOBODY_NAMED
    ) -> None:
        """Say what keeps the return from being sent; the solid button is the next sensible step.

        Args:
            checked: Whether 审核 was asked for since the return was opened.
            rights: What the person at the computer may do.
        """
        ready = counts.clean and state not in SENT
        waits = _waits_for(rights, state) if ready else ""
        self.reason.setText(waits or reason_text(counts, state, checked=checked, whose=self.whose))
        self.sign.setVisible(state not in (ReturnState.SIGNED, *SENT))
        self.export.setVisible(not self.sign.isVisibleTo(self))
        self.sign.setEnabled(ready and not waits)
        self.export.setEnabled(ready)
        for button in (self.sign, self.export):
            set_tip(button, "" if button.isEnabled() else self.reason.text())
        self.check.setEnabled(state not in SENT)
        self.check.setText("重新审核  F9" if checked and not counts.clean else "审核  F9")
        steps = {ReturnState.CHECKED: self.sign, ReturnState.SIGNED: self.export}
        self._solid(steps.get(state, self.check) if ready else self.check)

    def _solid(self, wanted: QPushButton) -> None:
        for button in (self.check, self.sign, self.export):
            kind = "primary" if button is wanted else ""
            set_look(button, "kind", kind)

    def typed_signature(self) -> Signature:
        """What stands in the fields, as it is kept."""
        return Signature(**{name: kept_line(field.text()) for name, field in self.fields.items()})

    @property
    def unsaved(self) -> str:
        """What is typed and not saved; empty when nothing is."""
        typed = self.typed_signature()
        changed = [
            str(getattr(typed, name))
            for name in self.fields
            if getattr(typed, name) != kept_line(getattr(self._shown, name))
        ]
        return " ".join(changed) or ("—" if changed else "")

    @property
    def typing(self) -> bool:
        """Whether the cursor is in one of the fields."""
        return any(field.hasFocus() for field in self.fields.values())

    def _on_edited(self) -> None:
        if self.unsaved:
            self.signature_typed.emit(self.typed_signature())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY
        for caption, (name, title, width) in zip(self._labels, _FIELDS, strict=True):
            caption.setVisible(roomy)
            self.fields[name].setPlaceholderText("" if roomy else title)
            self.fields[name].setFixedWidth(width if roomy else max(width, _PLACEHOLDER))


def _waits_for(rights: Rights, state: ReturnState) -> str:
    """Whose step is next when it is not the present person's; empty when it is."""
    acts = {ReturnState.CHECKED: Act.SIGN, ReturnState.SIGNED: Act.SEND}
    act = acts.get(state, Act.CHECK)
    if rights.may(act) or not rights.known:
        return ""
    names = "、".join(item.name for item in rights.holders(act))
    return f"都填好了，等{names}{ACT[act]}" if names else ""


def reason_text(counts: Counts, state: ReturnState, *, checked: bool, whose: Whose = Whose.COUNTY) -> str:
    """Why the return cannot be sent, or that it can."""
    if state in SENT:
        return sent_sentence(whose, state)
    if counts.clean:
        return _READY.get(state, "都填好了，请审核")
    if checked:
        steps = (
            (counts.errors, f"改正 {counts.errors} 处错误"),
            (counts.to_explain, f"写好 {counts.to_explain} 处说明"),
            (counts.missing, f"填完 {counts.missing} 项"),
        )
        return "、".join(text for number, text in steps if number) + "后可上报"
    left = (
        (counts.missing, f"{counts.missing} 项"),
        (counts.errors, f"{counts.errors} 处错误"),
        (counts.to_explain, f"{counts.to_explain} 处待说明"),
    )
    return "还差 " + "、".join(text for number, text in left if number)
