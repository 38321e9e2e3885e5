"""概况: the head of a plan, why each revision exists, and how the document was read."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from kjxd_desktop.domain.plan.plan import Adjustment, Plan
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.wording.numbers import number_text
from kjxd_desktop.wording.planning.changes import adjustment_sentence
from kjxd_desktop.wording.terms import TASK_LIST


class PlanOverview(QWidget):
    """Shows what is neither indicator, task, goal nor unit."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(theme.font(13))
        self.text.setAccessibleName("方案概况")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)

    def show_plan(self, plan: Plan, revisions: tuple[tuple[int, Adjustment | None], ...]) -> None:
        """Show a plan; ``revisions`` are those kept in the workspace."""
        head = (
            ("方案名称", plan.title),
            ("文号", plan.doc_no),
            ("印发机关", plan.issuer),
            ("印发日期", plan.issued),
            ("起止年份", f"{plan.period[0]}—{plan.period[1]}年"),
            ("填报的任务", f"{TASK_LIST[plan.reported_list]}，{len(plan.reported_tasks)} 项"),
            (
                "亮灯",
                f"只有一种目标的：完成进度的 {number_text((plan.bands.ahead * 100).normalize())}% 以上算达到进度，"
                f"{number_text((plan.bands.between * 100).normalize())}% 以上算基本达到；"
                f"任务比时间进度慢 {plan.bands.task_lag_points} 个百分点以上算滞后",
            ),
        )
        lines = [f"{name}：{text or '（没有）'}" for name, text in head]
        if len(revisions) > 1:
            lines += ["", "各版"]
            lines += [
                "第 1 版，原文件"
                if item is None
                else adjustment_sentence(number, item.since, item.summary) + f"。原因：{item.reason}"
                for number, item in revisions
            ]
        if plan.notes:
            lines += ["", "编录说明（文件里不清楚的地方是怎么读的）"]
            lines += [f"{number}. {note}" for number, note in enumerate(plan.notes, start=1)]
        self.text.setPlainText("\n".join(lines))
