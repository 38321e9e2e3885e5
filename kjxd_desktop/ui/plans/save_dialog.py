"""Before a plan is adopted: what changes, what that touches, why, and from which period."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.planning.plans_shown import Consideration
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.literal import window_title
from kjxd_desktop.wording.planning.changes import (
    change_sentence,
    split_sentence,
    summary_of,
    touched_sentences,
)
from kjxd_desktop.wording.planning.faults import plan_fault_sentence
from kjxd_desktop.wording.problems import problem_sentence

SIZE = (720, 560)
QUESTIONS_TITLE = "单位的目标和基期值里，这几处请先核对："
NOTES_TITLE = "没有读的和程序补上的，请看一遍："


class PlanSaveDialog(QDialog):
    """Asks for what a revision needs; a new plan is only shown.

    Args:
        consider: Looks at the plan as if it governed from a period on.
        period: The first period that is offered.
        notes: What reading its workbook left out or filled in, in sentences.

    Emits the first period, the summary and the reason; empty texts and None for a new plan.
    """

    confirmed = Signal(object, str, str)

    def __init__(
        self,
        consider: Callable[[Period], Consideration],
        period: Period,
        theme: Theme,
        parent: QWidget | None = None,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._consider, self._theme, self._notes = consider, theme, tuple(notes)
        self._considered = considered = consider(period)
        self._revision = considered.revises
        self.setWindowTitle(window_title(self._title()))
        self.resize(*SIZE)
        self._build(period)

    def _title(self) -> str:
        if self._revision:
            return f"保存为第 {self._considered.plan.revision} 版"
        return "读入新方案" if self._considered.before is None else "读入分解"

    def _build(self, period: Period) -> None:
        considered, plan = self._considered, self._considered.plan
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(label(plan.title, "h2", wrap=True))
        self.changes = QPlainTextEdit()
        self.changes.setReadOnly(True)
        self.changes.setAccessibleName("改动")
        self.touched = label("", "label", wrap=True)
        if considered.faults:
            lines = [plan_fault_sentence(fault) for fault in considered.faults]
            layout.addWidget(label(f"还有 {len(lines)} 处不对，改好才能保存", "bad"))
        elif considered.before is not None:
            lines = [change_sentence(change) for change in considered.changes]
            said = f"共 {len(lines)} 处改动" if self._revision else "方案没有变，只有分解变了。"
            layout.addWidget(label(said, "label"))
        else:
            lines = [
                f"{len(plan.indicators)} 项指标，{len(plan.reported_tasks)} 项填报的任务，{len(plan.units)} 个单位"
            ]
        lines += map(split_sentence, considered.splits)
        asked = list(dict.fromkeys(problem_sentence(item) for item in considered.questions))
        if asked:
            # First, so that nobody has to scroll to what is asked.
            lines = [QUESTIONS_TITLE, *asked, "", *lines]
        if self._notes:
            lines += ["", NOTES_TITLE, *self._notes]
        self.changes.setPlainText("\n".join(lines))
        layout.addWidget(self.changes, 1)
        layout.addWidget(self.touched)
        self.summary, self.reason, self.since = QLineEdit(), QLineEdit(), QComboBox()
        if self._revision:
            layout.addLayout(self._form(period))
        self._show_touched()
        self.told = label("", "bad", wrap=True)
        self.told.hide()
        layout.addWidget(self.told)
        verb = "仍要保存" if asked else "保存" if self._revision else "读入"
        self.keep = push_button(verb, self._theme, kind="primary")
        self.keep.setEnabled(not considered.faults)
        self.keep.clicked.connect(self._on_keep)
        cancel = push_button("先不保存", self._theme)
        cancel.clicked.connect(self.close)
        end = QHBoxLayout()
        end.addWidget(label("已上报的报表一律按原来的版本，不会变。", "hint"), 1)
        end.addWidget(cancel)
        end.addWidget(self.keep)
        layout.addLayout(end)
        (self.reason if self._revision else self.keep).setFocus()

    def _show_touched(self, *_ignored: object) -> None:
        """What the plan touches from the chosen period on."""
        if not self._revision:
            return
        if self.since.count():
            self._considered = self._consider(Period.parse(self.since.currentData()))
        said = touched_sentences(self._considered.touched)
        self.touched.setText("\n".join(said) or "还没有按它填的报表，不影响已有的数。")

    def _form(self, period: Period) -> QFormLayout:
        plan, given = self._considered.plan, self._considered.plan.adjustment
        first, last = plan.period
        for year in range(first, last + 1):
            for quarter in range(1, 5):
                self.since.addItem(period_title(Period(year, quarter)), Period(year, quarter).key)
        self.since.setCurrentIndex(max(0, self.since.findData(period.key)))
        self.since.currentIndexChanged.connect(self._show_touched)
        self.summary.setText(
            given.summary if given and given.summary else summary_of(self._considered.changes)
        )
        self.summary.setCursorPosition(0)
        self.reason.setText(given.reason if given else "")
        self.reason.setPlaceholderText("例如：中期评估后按市政府意见调整")
        form = QFormLayout()
        for words, field in (
            ("从哪一期起", self.since),
            ("改了什么", self.summary),
            ("为什么改", self.reason),
        ):
            field.setAccessibleName(words)
            form.addRow(label(words), field)
        return form

    def _on_keep(self) -> None:
        if not self._revision:
            self.confirmed.emit(None, "", "")
            self.close()
            return
        summary, reason = self.summary.text().strip(), self.reason.text().strip()
        empty = next((field for field in (self.summary, self.reason) if not field.text().strip()), None)
        if empty is not None:
            self.told.setText("请写清改了什么、为什么改。以后查看各版时要用。")
            self.told.show()
            empty.setFocus()
            return
        self.confirmed.emit(Period.parse(self.since.currentData()), summary, reason)
        self.close()
