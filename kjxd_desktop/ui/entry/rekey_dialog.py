"""复录: a second person keys figures again, and differences are settled."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.domain.returns.second_entry import Outcome, RekeyStanding
from kjxd_desktop.ui.entry.rekey_row import RekeyLine
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.notices import sentence_of
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, Edit, TextEdit
from kjxd_desktop.usecases.filling.rekey_shown import RekeySheet
from kjxd_desktop.wording.filling.rekey import rate_sentence

SIZE = (760, 560)
_LEAD = "请看着原始资料再填一次，不要看第一次填的数。每填一个按回车；两次不一样的，核对后选一个。"


class RekeyDialog(QDialog):
    """Every indicator the plan wants keyed twice. Esc closes; everything keyed is kept already."""

    def __init__(self, tools: PageTools, key: ReturnKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("复录")
        self.resize(*SIZE)
        self._rekey, self._key = tools.actions.rekey, key
        self._notices, self._changes = tools.notices, tools.changes
        # Lines whose figure is keyed a third time, because neither of the two is right.
        self._others: set[str] = set()
        sheet = self._rekey.sheet(key)
        self.lines = {row.indicator.code: RekeyLine(row, self._keep, tools.theme) for row in sheet.rows}
        self.rate = label("", "label")
        self.done_button = push_button("关闭 Esc", tools.theme)
        self._build(sheet)
        self._show(sheet)
        self._focus_next("")

    def _build(self, sheet: RekeySheet) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(label("复录", "h2"))
        layout.addWidget(label(_LEAD, "label", wrap=True))
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(0)
        for line in self.lines.values():
            line.setEnabled(sheet.editable)
            line.finished.connect(self._on_finished)
            line.chosen.connect(self._on_chosen)
            rows.addWidget(line)
        rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        self._area = area
        layout.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.rate, 1)
        foot.addWidget(self.done_button)
        layout.addLayout(foot)
        # Enter belongs to the fields.
        self.done_button.setAutoDefault(False)
        self.done_button.clicked.connect(self.accept)

    def _show(self, sheet: RekeySheet) -> None:
        for row in sheet.rows:
            self.lines[row.indicator.code].show_row(row)
        self.rate.setText(rate_sentence(self._rekey.rates(self._key.plan_id, self._key.period)))

    def _keep(self, code: str, texts: tuple[str, ...]) -> str | None:
        edit: Edit = TextEdit(texts[0]) if len(texts) == 1 else ComponentsEdit(texts[0], texts[1])
        if code in self._others:
            act = partial(self._rekey.settle, self._key, code, Outcome.OTHER, edit)
        elif len(texts) == 1:
            act = partial(self._rekey.set_text, self._key, code, texts[0])
        else:
            act = partial(self._rekey.set_components, self._key, code, texts[0], texts[1])
        try:
            changes: Changes = act()
        except (ProblemError, WorkspaceFault) as error:
            return sentence_of(error)
        self._others.discard(code)
        self._publish(changes)
        return None

    def _publish(self, changes: Changes) -> None:
        self._changes.publish(changes)
        self._notices.notes(changes.notes)
        self._show(self._rekey.sheet(self._key))

    def _on_finished(self, code: str) -> None:
        self._focus_next(code)

    def _on_chosen(self, code: str, outcome: Outcome) -> None:
        if outcome is Outcome.OTHER:
            self._others.add(code)
            self.lines[code].clear_and_focus()
            return
        if self._notices.try_to(partial(self._settle, code, outcome)):
            self._focus_next(code)

    def _settle(self, code: str, outcome: Outcome) -> None:
        self._publish(self._rekey.settle(self._key, code, outcome))

    def _focus_next(self, code: str) -> None:
        """Go to the next line that is open; a line that differs keeps the keyboard at its buttons."""
        sheet = self._rekey.sheet(self._key)
        here = next((row for row in sheet.rows if row.indicator.code == code), None)
        if here is not None and here.standing is RekeyStanding.DIFFERS:
            button = self.lines[code].focus_choice()
            if button is not None:
                self._area.ensureWidgetVisible(button)
            return
        codes = [row.indicator.code for row in sheet.rows]
        start = codes.index(code) + 1 if code in codes else 0
        order = [*sheet.rows[start:], *sheet.rows[:start]]
        following = next((row for row in order if row.standing is RekeyStanding.AWAITS), None)
        if following is None:
            self.done_button.setFocus()
            return
        field = self.lines[following.indicator.code].fields[0]
        field.setFocus()
        self._area.ensureWidgetVisible(field)
