"""Plan workbooks out and in, and the last question before a plan is adopted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.ui.parts.file_choice import choose_new_file, choose_workbook
from kjxd_desktop.ui.plans.faults_dialog import PlanFaultsDialog
from kjxd_desktop.ui.plans.save_dialog import PlanSaveDialog
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.tasks import Task
from kjxd_desktop.usecases.planning.book import PlanBookReading
from kjxd_desktop.wording.planning.faults import note_sentences

Splits = Mapping[str, UnitSplit] | None


class PlanExchange(QObject):
    """What the page does with files. Emits the changes once a plan was adopted."""

    adopted = Signal(object)

    def __init__(self, tools: PageTools, page: QWidget) -> None:
        super().__init__(page)
        self._actions = tools.actions
        self._tasks = tools.tasks
        self._notices = tools.notices
        self._theme = tools.theme
        self._page = page
        self._dialog: PlanSaveDialog | None = None

    def blank(self) -> None:
        """Write the empty plan workbook."""
        path = choose_new_file(self._page, "空白方案工作簿", "空白方案工作簿.xlsx")
        if path is not None and self._notices.try_to(partial(self._actions.plan_files.blank, path)):
            self._notices.success(f"已写好“{path.name}”。用 WPS 打开，先看“说明”那张表。")

    def send(self, plan: Plan) -> None:
        """Write a plan with its decomposition."""
        name = f"{plan.short_title}_第{plan.revision}版_方案工作簿.xlsx".replace("/", "-")
        path = choose_new_file(self._page, "导出方案工作簿", name)
        if path is None:
            return
        export = partial(self._actions.plan_files.export, plan.id, path, plan.revision)
        if self._notices.try_to(export):
            self._notices.success(f"已导出“{path.name}”。")

    def take(self) -> None:
        """Read a plan workbook, then ask."""
        path = choose_workbook(self._page, "导入方案工作簿")
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a plan workbook beside the window's own work."""
        self._tasks.run(
            partial(self._read, path),
            partial(self._on_read, path),
            self._notices.error,
            "files",
            f"读“{path.name}”",
        )

    def _read(self, path: Path, task: Task) -> PlanBookReading:
        return self._actions.plan_files.read(path)

    def _on_read(self, path: Path, reading: object) -> None:
        assert isinstance(reading, PlanBookReading), "what the reader answers"
        if reading.book is None:
            PlanFaultsDialog(path.name, reading.faults, self._theme, self._page).open()
        else:
            book = self._actions.plans.completed(reading.book)
            self.adopt(book.plan, book.splits, note_sentences(reading.notes))

    def adopt(self, plan: Plan, splits: Splits, notes: Sequence[str] = ()) -> None:
        """Show what adopting a plan changes and touches; write it when the person says so."""
        consider = partial(self._actions.plans.consider, plan, splits=splits)
        dialog = PlanSaveDialog(consider, self._first_period(plan), self._theme, self._page, notes)
        dialog.confirmed.connect(partial(self._on_confirmed, plan, splits))
        dialog.open()

    def _first_period(self, plan: Plan) -> Period:
        """The period a revision governs first, unless the person says another."""
        before = self._actions.plans.consider(plan).before
        if plan.adjustment is not None and (before is None or plan.adjustment != before.adjustment):
            return plan.adjustment.since
        first, last = plan.period
        return max(Period(first, 1), min(self._actions.desk.desk().period, Period(last, 4)))

    def _on_confirmed(
        self, plan: Plan, splits: Splits, since: Period | None, summary: str, reason: str
    ) -> None:
        write = partial(self._write, plan, splits, since, summary, reason)
        if self._notices.try_to(write):
            self._notices.success(f"已保存“{plan.short_title}”。")

    def _write(self, plan: Plan, splits: Splits, since: Period | None, summary: str, reason: str) -> None:
        self.adopted.emit(
            # The dialog has asked.
            self._actions.plans.adopt(
                plan, since=since, summary=summary, reason=reason, splits=splits, sure=True
            )
        )
