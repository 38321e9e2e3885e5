"""签报: the head reads the form as it will be printed, writes the names, and answers for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kjxd_desktop.domain.returns.returns import ReturnKey, Signature
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.returns.form_view import FormView, standing_text
from kjxd_desktop.ui.tools.notices import EXPECTED, sentence_of
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.literal import window_title
from kjxd_desktop.wording.problems import problem_sentence
from kjxd_desktop.wording.terms import SIGNATURE

SIZE = (1180, 648)
MAX_FIELD = 60
_FIELDS = (("head", 110), ("statistician", 110), ("filled_by", 110), ("phone", 150), ("date", 120))
_CODE_LETTERS = 24
# What stays to be seen of the window behind.
_EDGE = 24
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SignOffDialog(QDialog):
    """Form, names, check code, one verb. Esc leaves everything as it is."""

    signed = Signal()

    def __init__(self, tools: PageTools, key: ReturnKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions, self._key = tools.actions, key
        self._notices, self._theme, self._changes = tools.notices, tools.theme, tools.changes
        self.fields: dict[str, QLineEdit] = {}
        self.view = FormView(tools.theme)
        self.code = label()
        self._standing = label("", "label")
        self.reason = label("", "warn", wrap=True)
        self.confirm = push_button("确认签报", tools.theme, kind="primary")
        self._cancel = push_button("取消 Esc", tools.theme)
        self._build()
        self._connect()
        shown = tools.actions.sign_off.preview(key)
        for name, field in self.fields.items():
            field.setText(getattr(shown.signature, name))
        self._shown = self.typed()
        self.view.show_form(shown)
        self._show(shown.check_code, standing_text(shown))
        self._start_focus()

    def _build(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(window_title(f"签报 — {period_title(self._key.period)}报表"))
        room = self.parentWidget().window().size() if self.parentWidget() is not None else QSize(*SIZE)
        self.resize(min(SIZE[0], room.width() - _EDGE), min(SIZE[1], room.height() - _EDGE))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label("请单位负责人看过下面的报表，再签报。打印出来就是这个样子。", "label"))
        head.addStretch(1)
        head.addWidget(self._standing)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        layout.addLayout(self._build_names())
        layout.addLayout(self._build_end())

    def _build_names(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for name, width in _FIELDS:
            caption, field = label(SIGNATURE[name], "label"), QLineEdit()
            field.setMaxLength(MAX_FIELD)
            # Narrow screens take from the fields, never from the words beside them.
            field.setMinimumWidth(width // 2)
            field.setMaximumWidth(width)
            field.setAccessibleName(SIGNATURE[name])
            caption.setBuddy(field)
            self.fields[name] = field
            row.addWidget(caption)
            row.addWidget(field, width)
            row.addSpacing(10)
        row.addStretch(1)
        return row

    def _build_end(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label("校验码", "label"))
        self.code.setFont(self._theme.font(_CODE_LETTERS, bold=True))
        self.code.setStyleSheet(f"font-size: {self._theme.pixels(_CODE_LETTERS)}px; font-weight: bold;")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self.code)
        row.addSpacing(12)
        row.addWidget(self.reason, 1)
        for button in (self._cancel, self.confirm):
            button.setMinimumHeight(34)
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        for field in self.fields.values():
            field.textEdited.connect(self._on_text)
            field.editingFinished.connect(self._on_edited)
        self._cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._on_confirm)

    def _start_focus(self) -> None:
        """The first empty name that must be written; when all are there, the button."""
        empty = next((self.fields[name] for name in ("head", "filled_by") if not self._text(name)), None)
        chosen: QWidget = empty or (self.confirm if self.confirm.isEnabled() else self.view)
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> Signature:
        """What stands in the fields."""
        return Signature(**{name: self._text(name) for name in self.fields})

    def _text(self, name: str) -> str:
        return self.fields[name].text().strip()

    def _show(self, code: str, standing: str = "") -> None:
        if standing:
            self._standing.setText(standing)
        self.code.setText(code)
        problems = self._actions.sign_off.lacks(self._key, self.typed())
        self.reason.setText(problem_sentence(problems[0]) if problems else "")
        self.confirm.setEnabled(not problems)

    def _on_text(self, _text: str) -> None:
        """A name that is being typed: whether it may be signed shows at once, the form follows later."""
        self._show(self.code.text())

    def _on_edited(self) -> None:
        """A name was finished: the form and its check code with it."""
        typed = self.typed()
        if typed != self._shown:
            self._shown = typed
            shown = self._actions.sign_off.preview(self._key, typed)
            self.view.show_form(shown)
            self._show(shown.check_code)

    def _on_confirm(self) -> None:
        try:
            changes = self._actions.sign_off.sign_off(self._key, self.typed())
        except EXPECTED as error:
            self.reason.setText(sentence_of(error) or "")
            return
        self.accept()
        self._changes.publish(changes)
        self._notices.success("已签报，可以导出上报了。")
        self.signed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes from name to name and then to the button; there it signs."""
        focus = QApplication.focusWidget()
        if event.key() in _ENTER:
            if focus in (self.confirm, self._cancel):
                focus.click()
            elif isinstance(focus, QLineEdit):
                self._step_on(focus)
            return
        super().keyPressEvent(event)

    def _step_on(self, field: QLineEdit) -> None:
        fields = list(self.fields.values())
        after = fields.index(field) + 1
        if after < len(fields):
            fields[after].setFocus(Qt.FocusReason.TabFocusReason)
        elif self.confirm.isEnabled():
            self.confirm.setFocus(Qt.FocusReason.TabFocusReason)
