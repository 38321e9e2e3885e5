"""Steps of the indicator page that ask in a window of their own: 签报, and correcting what was accepted."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from kjxd_desktop.ui.changes import ChangeBus
from kjxd_desktop.ui.dialogs.reason_dialog import ReasonDialog
from kjxd_desktop.ui.notices import Notices
from kjxd_desktop.ui.pages.entry_writer import EntryWriter
from kjxd_desktop.ui.style import Theme
from kjxd_desktop.ui.widgets.entry_grid import EntryGrid
from kjxd_desktop.usecases.actions import Actions
from kjxd_desktop.usecases.edits import Edit

_CORRECTION = "这份报表接收过。改数要写原因，和改动一起记进修改记录。"


class EntrySteps(QObject):
    """Opens the windows over the page."""

    def __init__(
        self,
        actions: Actions,
        writer: EntryWriter,
        grid: EntryGrid,
        notices: Notices,
        theme: Theme,
        changes: ChangeBus,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._actions, self._writer, self._grid = actions, writer, grid
        self._notices, self._theme, self._changes, self._page = notices, theme, changes, page
        self._asking = False
        # Queued: the key that committed the cell comes to its end before a dialog opens.
        queued = Qt.ConnectionType.QueuedConnection
        writer.correction_asked.connect(self._on_correction_asked, queued)

    def sign(self, then: QWidget) -> None:
        """签报; the keyboard goes to ``then`` when it was signed."""
        # Only here: the page opens faster without what shows a form.
        from kjxd_desktop.ui.dialogs.sign_off_dialog import SignOffDialog

        key, changes = self._writer.key, self._changes
        dialog = SignOffDialog(self._actions, key, self._notices, self._theme, changes, self._page)
        dialog.signed.connect(then.setFocus)
        dialog.open()

    def _on_correction_asked(self, code: str, edit: Edit) -> None:
        """A figure of a return that was accepted before: the reason first, then it is written."""
        if self._asking:
            return
        self._asking = True
        dialog = ReasonDialog("更正这个数？", _CORRECTION, "更正原因", "更正", self._theme, self._page)
        dialog.confirmed.connect(partial(self._correct, code, edit))
        dialog.finished.connect(self._on_asked)
        dialog.open()

    def _on_asked(self, _result: int) -> None:
        self._asking = False

    def _correct(self, code: str, edit: Edit, why: str) -> None:
        self._grid.cancel_edit()
        sentence = self._writer.correct(code, edit, why)
        if sentence is not None:
            self._notices.attention(sentence)
