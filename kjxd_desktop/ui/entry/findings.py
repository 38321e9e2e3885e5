"""What the checks say of one indicator, and the box for the reason a finding asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.ui.tools.changes import NotSaved
from kjxd_desktop.ui.tools.plain import PlainButton, PlainLabel, set_tip
from kjxd_desktop.usecases.filling.fill import MAX_EXPLANATION
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.wording.checking.findings import finding_sentence
from kjxd_desktop.wording.dates import period_title

# Keeps the reason for a finding (code, rule, text); the sentence that says why not, or None.
KeepReason = Callable[[str, str, str], str | None]
# The reason sent last for the same finding (code, rule), with its period.
EarlierReason = Callable[[str, str], tuple[Period, str] | None]

_TONES = {Grade.LOGIC: "bad", Grade.VERIFY: "warn", Grade.HINT: "text2"}


class FindingBox(QFrame):
    """One finding: the sentence with its numbers, what to do, and ways to the other cells it speaks of.

    Args:
        indicator_at: An indicator of the page by its code; None when it stands on no line of it.
        editable: Whether anything can be done about it here; nobody is asked to mend what is locked.
    """

    cell_asked = Signal(str)

    def __init__(
        self,
        finding: Finding,
        indicator_at: Callable[[str], Indicator | None],
        parent: QWidget | None = None,
        *,
        editable: bool = True,
    ) -> None:
        super().__init__(parent)
        _, sentence, advice = finding_sentence(finding)
        explained = finding.grade is Grade.VERIFY and not finding.blocks
        tone = "text2" if explained else _TONES[finding.grade]
        self.setProperty("box", tone)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(3)
        second = f"说明：{finding.explanation}" if explained else advice if editable else ""
        for text, style in ((sentence, tone), (second, "text")):
            if not text:
                continue
            label = PlainLabel(text)
            label.setWordWrap(True)
            label.setProperty("tone", style)
            layout.addWidget(label)
        links = QHBoxLayout()
        for code in finding.others:
            other = indicator_at(code)
            if other is None:
                continue
            link = PlainButton(f"去看第 {other.no} 项")
            link.setProperty("kind", "link")
            set_tip(link, other.name)
            link.clicked.connect(partial(self.cell_asked.emit, code))
            links.addWidget(link)
        if links.count():
            links.addStretch(1)
            layout.addLayout(links)


class ReasonEdit(QPlainTextEdit):
    """A few lines of text; Ctrl+Enter says it is written, Tab goes on."""

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.done.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class ReasonBox(QWidget):
    """说明: why a value that looks odd is right."""

    written = Signal()
    back_asked = Signal()

    def __init__(self, keep: KeepReason, earlier: EarlierReason, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keep, self._earlier = keep, earlier
        self._offered = ""
        self._finding: Finding | None = None
        # What is half written while the cursor is elsewhere, by what it explains.
        self._drafts: dict[str, str] = {}
        # Written, but not saved by a fault of the workspace: finding and text, by what it explains.
        self._waiting: dict[str, tuple[Finding, str]] = {}
        self.edit = ReasonEdit()
        self.button = PlainButton("说明写好了")
        self.back = PlainButton("回去改数")
        self.offer = PlainButton()
        self._count = PlainLabel()
        self._refusal = PlainLabel()
        self._build()
        self._connect()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        title = QHBoxLayout()
        name = PlainLabel("说明（必填）")
        name.setProperty("tone", "section")
        self._count.setProperty("tone", "muted")
        title.addWidget(name)
        title.addStretch(1)
        title.addWidget(self._count)
        self.edit.setAccessibleName("说明")
        self.edit.setPlaceholderText("写明原因，例如：三季度新增 11 家企业")
        self.edit.setFixedHeight(64)
        self.offer.setProperty("kind", "link")
        buttons = QHBoxLayout()
        self.button.setProperty("kind", "primary")
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        self._refusal.setWordWrap(True)
        self._refusal.setProperty("tone", "bad")
        self._refusal.hide()
        layout.addLayout(title)
        layout.addWidget(self.edit)
        layout.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._refusal)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.done.connect(self._on_written)
        self.button.clicked.connect(self._on_written)
        self.back.clicked.connect(self.back_asked)
        self.offer.clicked.connect(self._on_offer)

    def show_finding(self, finding: Finding | None) -> None:
        """Ask for the reason of a finding; hidden without one. What is half written stays."""
        if self._finding is not None:
            self._drafts[self._finding.basis] = self.edit.toPlainText()
        same = finding is not None and self._finding is not None and finding.basis == self._finding.basis
        self._finding = finding
        self.setVisible(finding is not None)
        if finding is not None and not same:
            self.edit.setPlainText(self._drafts.get(finding.basis, ""))
            self._refusal.hide()
            self._offer_earlier(finding)

    def _offer_earlier(self, finding: Finding) -> None:
        """Offer what was written last time; the person still looks at it and says that it holds."""
        found = self._earlier(finding.code, finding.rule)
        self.offer.setVisible(found is not None)
        if found is not None:
            period, self._offered = found
            self.offer.setText(f"照抄{period_title(period)}的说明")
            set_tip(self.offer, self._offered)

    def _on_offer(self) -> None:
        self.edit.setPlainText(self._offered)
        self.edit.setFocus()

    def _on_text_changed(self) -> None:
        self._count.setText(f"{len(self.edit.toPlainText().strip())} / {MAX_EXPLANATION}")

    def _on_written(self) -> None:
        if self._finding is None:
            return
        finding, text = self._finding, self.edit.toPlainText()
        sentence = self._kept(finding, text)
        self._refusal.setText(sentence or "")
        self._refusal.setVisible(sentence is not None)
        if sentence is None:
            self.written.emit()

    def _kept(self, finding: Finding, text: str) -> str | None:
        sentence = self._keep(finding.code, finding.rule, text)
        if isinstance(sentence, NotSaved):
            self._waiting[finding.basis] = finding, text
        else:
            self._waiting.pop(finding.basis, None)
        return sentence

    @property
    def unsaved(self) -> str:
        """A reason that was written and could not be saved; empty when there is none."""
        return next((text for _, text in self._waiting.values()), "")

    def try_again(self, asked: bool) -> None:
        """Save those reasons; unasked not one that somebody went on writing."""
        for basis, (finding, text) in list(self._waiting.items()):
            shown = self._finding is not None and self._finding.basis == basis
            now = self.edit.toPlainText() if shown else text
            if (asked or now == text) and self._kept(finding, now) is None and shown:
                self._refusal.hide()


def first_to_explain(row: EntryRow) -> Finding | None:
    """The finding whose reason is asked for first."""
    return next((item for item in row.findings if item.grade is Grade.VERIFY and item.blocks), None)
