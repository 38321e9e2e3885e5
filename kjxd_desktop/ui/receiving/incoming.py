"""Files that come in: read one after the other, each with its own preview."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kjxd_desktop.ui.receiving.import_dialog import ImportDialog
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.tasks import Task
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.receiving.shown import ImportPreview


class Incoming(QObject):
    """Takes files for a page, over which their previews open.

    ``reading`` says which file is being read, empty when none is; ``closed`` that a preview was closed,
    written or not.
    """

    reading = Signal(str)
    closed = Signal()

    def __init__(self, tools: PageTools, page: QWidget) -> None:
        super().__init__(page)
        self._tools = tools
        self._page = page
        self._waiting: deque[Path] = deque()
        self._busy = False

    def take(self, paths: Sequence[Path]) -> None:
        """Read files; those that are asked for meanwhile follow."""
        self._waiting.extend(paths)
        if not self._busy:
            self._read_next()

    def _read_next(self) -> None:
        self._busy = bool(self._waiting)
        if not self._busy:
            return
        path = self._waiting.popleft()
        more = f"，还有 {len(self._waiting)} 份" if self._waiting else ""
        self.reading.emit(f"正在读 {path.name}{more}…")
        self._tools.tasks.run(partial(self._preview, path), self._on_read, self._on_unread, "files", "读报表")

    def _preview(self, path: Path, _task: Task) -> ImportPreview:
        return self._tools.actions.receive.preview(path)

    def _on_read(self, preview: object) -> None:
        assert isinstance(preview, ImportPreview)
        self.reading.emit("")
        dialog = ImportDialog(self._tools, preview, self._page)
        dialog.applied.connect(self._on_applied)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_unread(self, error: Exception) -> None:
        self.reading.emit("")
        self._tools.notices.error(error)
        self._read_next()

    def _on_applied(self, changes: object, text: str) -> None:
        if isinstance(changes, Changes):
            self._tools.changes.publish(changes)
            self._tools.notices.notes(tuple(dict.fromkeys(changes.notes)))
        self._tools.notices.success(text)

    def _on_closed(self, _result: int) -> None:
        self.closed.emit()
        self._read_next()
