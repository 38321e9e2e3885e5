"""年度归档: which year, which plan, where to; then what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.file_choice import ARCHIVE, choose_new_file
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.panel_parts import show_sentence
from kjxd_desktop.ui.parts.question_dialog import QuestionDialog
from kjxd_desktop.ui.tools.notices import sentence_of
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.tasks import Cancelled, Task
from kjxd_desktop.usecases.keeping.archive_shown import Archived
from kjxd_desktop.wording.keeping import archive as words

WIDTH = 560
STOP = "停止"


def choose_archive(parent: QWidget, name: str) -> Path | None:
    """Where the archive goes; None when the person cancels."""
    return choose_new_file(parent, words.TITLE, name, ARCHIVE)


class ArchiveDialog(QuestionDialog):
    """Writes one year into a zip behind the dialog; the button stops it, and so does closing.

    Args:
        choose: Asks where the zip goes.
    """

    def __init__(
        self,
        tools: PageTools,
        parent: QWidget | None = None,
        choose: Callable[[QWidget, str], Path | None] = choose_archive,
    ) -> None:
        super().__init__(words.TITLE, words.WHAT, parent, width=WIDTH)
        self._archive, self._desk = tools.actions.archive, tools.actions.desk
        self._tasks, self._notices, self._choose = tools.tasks, tools.notices, choose
        self._running: Task | None = None
        self._file: Path | None = None
        self._gone = False
        self.year, self.plan = QComboBox(), QComboBox()
        self.told = label("", "hint", wrap=True)
        self.open_folder = push_button("打开所在文件夹", tools.theme)
        self.close_button = push_button("关闭 Esc", tools.theme)
        self.confirm = push_button(words.CONFIRM, tools.theme, kind="primary")
        self._build()
        self._connect()
        self._tasks.run(self._read, self._on_read, self._on_failed, "database")

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._plan_label = label("方案", "label")
        for row, (name, box) in enumerate(
            ((label("年份", "label"), self.year), (self._plan_label, self.plan))
        ):
            box.setAccessibleName(name.text())
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            grid.addWidget(name, row, 0)
            grid.addWidget(box, row, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.told)
        self.told.hide()
        self.open_folder.hide()
        self.offer(self.close_button, self.confirm, apart=self.open_folder)
        self.confirm.setEnabled(False)
        self.confirm.setDefault(True)
        self._offer_plans()

    def _offer_plans(self) -> None:
        plans = self._desk.desk().plans
        self.plan.addItem(words.ALL_PLANS, None)
        for plan in plans:
            self.plan.addItem(plan.short_title, plan.id)
        for part in (self._plan_label, self.plan):
            part.setVisible(len(plans) > 1)

    def _connect(self) -> None:
        self.confirm.clicked.connect(self._on_confirm)
        self.close_button.clicked.connect(self.reject)
        self.open_folder.clicked.connect(self._on_open_folder)

    def done(self, result: int) -> None:
        """What still runs is stopped: nothing half stays of it."""
        self._gone = True
        if self._running is not None:
            self._running.cancel()
        super().done(result)

    def _read(self, _task: Task) -> object:
        return self._archive.years()

    def _on_read(self, found: object) -> None:
        assert isinstance(found, tuple)
        if self._gone:
            return
        for item in found:
            self.year.addItem(words.year_text(item.year, item.returns), item.year)
        self.confirm.setEnabled(bool(found))
        (self.year if found else self.close_button).setFocus()
        if not found:
            self._say(words.NO_YEARS, well=True)

    def _on_confirm(self) -> None:
        if self._running is not None:
            self._running.cancel()
            return
        year, plan_id = self.year.currentData(), self.plan.currentData()
        path = self._choose(self, self._archive.suggested_name(year, plan_id))
        if path is None:
            return
        self._file = None
        self._show_running(True)
        self._say(words.BEGUN, well=True)
        self._running = self._tasks.run(
            partial(self._write, year, plan_id, path),
            self._on_written,
            self._on_failed,
            "files",
            words.TITLE,
            self._on_progress,
        )

    def _write(self, year: int, plan_id: str | None, path: Path, task: Task) -> object:
        # Who chose a file that is there was asked about it.
        return self._archive.write(year, path, plan_id=plan_id, replace=True, told=task.report)

    def _on_progress(self, done: int, total: int, _text: str) -> None:
        if self._running is not None and not self._gone:
            self._say(words.GOING.format(done=done, total=total), well=True)

    def _on_written(self, made: object) -> None:
        assert isinstance(made, Archived)
        self._running = None
        missing = len(made.missing)
        sentence = words.archived_sentence(
            made.path.name, made.returns, made.figures, made.files, missing, verified=made.verified
        )
        if self._gone:
            self._notices.success(sentence)
            return
        self._file = made.path
        self._show_running(False)
        self._say(sentence, well=made.verified)
        # Enter closes now: it does not begin anew.
        self.close_button.setDefault(True)
        self.close_button.setFocus()

    def _on_failed(self, error: Exception) -> None:
        stopped = isinstance(error, Cancelled)
        self._running = None
        sentence = words.STOPPED if stopped else sentence_of(error)
        if self._gone or sentence is None:
            if stopped:
                self._notices.success(words.STOPPED)
            else:
                self._notices.error(error)
        if self._gone:
            return
        self._show_running(False)
        self._say(sentence or "", well=stopped)

    def _show_running(self, running: bool) -> None:
        self.confirm.setText(STOP if running else words.CONFIRM)
        for box in (self.year, self.plan):
            box.setEnabled(not running)
        self.open_folder.setVisible(not running and self._file is not None)

    def _say(self, sentence: str, *, well: bool) -> None:
        show_sentence(self.told, sentence, well=well)
        self.told.setVisible(bool(sentence))
        self._fit()

    def _on_open_folder(self) -> None:
        if self._file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))
