"""Writing lines of history into a workbook beside the page that shows them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from kjxd_desktop.ui.parts.file_choice import choose_new_file
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.tasks import Cancelled, Task
from kjxd_desktop.usecases.ports import LineFilter
from kjxd_desktop.wording.keeping import history as words

EXPORT, STOP = "导出…", "停止"


class HistoryExport(QObject):
    """Runs one export at a time; meanwhile the button stops it.

    Args:
        button: Starts and stops.
        progress: Says how far it is.
    """

    def __init__(
        self,
        tools: PageTools,
        button: QPushButton,
        progress: QLabel,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._actions = tools.actions
        self._tasks = tools.tasks
        self._notices = tools.notices
        self._clock = tools.clock
        self._button = button
        self._progress = progress
        self._page = parent
        self._running: Task | None = None

    def start(self, wanted: LineFilter, about: str) -> None:
        """Ask for a file and write into it; a second call while it is written stops it.

        Args:
            about: What was asked for, in words.
        """
        if self._running is not None:
            self._running.cancel()
            return
        now = self._clock.now()
        path = choose_new_file(self._page, "导出修改记录", f"修改记录_{now:%Y%m%d}.xlsx")
        if path is None:
            return
        self._button.setText(STOP)
        self._running = self._tasks.run(
            partial(self._write, wanted, f"{about}　导出时间 {now:%Y-%m-%d %H:%M}", path),
            partial(self._on_written, path),
            self._on_not_written,
            "files",
            "导出修改记录",
            self._on_progress,
        )

    @property
    def running(self) -> bool:
        """Whether a file is being written."""
        return self._running is not None

    def _write(self, wanted: LineFilter, about: str, path: Path, task: Task) -> int:
        return self._actions.look_back.export(wanted, about, path, partial(_report, task))

    def _on_progress(self, count: int, _total: int, _text: str) -> None:
        if self._running is not None:
            self._progress.setText(words.EXPORTING.format(count=f"{count:,}"))

    def _end(self) -> None:
        self._running = None
        self._progress.setText("")
        self._button.setText(EXPORT)

    def _on_written(self, path: Path, count: object) -> None:
        self._end()
        text = words.EXPORTED_NOTICE.format(count=count, file=path.name)
        self._notices.success(text, "打开所在文件夹", partial(_open_folder, path))

    def _on_not_written(self, error: Exception) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._notices.success(words.EXPORT_STOPPED)
        else:
            self._notices.error(error)


def _report(task: Task, count: int) -> None:
    # How many there are is only known at the end: counting would read everything once more.
    task.report(count, 0)


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
