"""Steps of the indicator page that ask in a window of their own: 补录, own targets, 复录, corrections."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from kjxd_desktop.ui.entry.entry_grid import EntryGrid
from kjxd_desktop.ui.entry.writer import EntryWriter, YearAsked
from kjxd_desktop.ui.entry.year_dialog import YearDialog
from kjxd_desktop.ui.parts.reason_dialog import ReasonDialog
from kjxd_desktop.ui.parts.sure_dialog import Asker
from kjxd_desktop.ui.tools.page import Page, PageTools
from kjxd_desktop.usecases.filling.edits import Edit
from kjxd_desktop.usecases.filling.years import surely

_CORRECTION = "这份报表接收过。改数要写原因，和改动一起记进修改记录。"


class EntrySteps(QObject):
    """Opens the windows over the page, once what is being typed is kept.

    Args:
        hidden: What shows first figures, so that it is not seen while they are keyed again.
    """

    def __init__(
        self,
        tools: PageTools,
        writer: EntryWriter,
        grid: EntryGrid,
        page: Page,
        hidden: tuple[QWidget, ...],
    ) -> None:
        super().__init__(page)
        self._tools, self._actions, self._page = tools, tools.actions, page
        self._writer, self._grid, self._hidden = writer, grid, hidden
        self._asking = False
        # Queued: the key that committed the cell comes to its end before a dialog opens.
        queued = Qt.ConnectionType.QueuedConnection
        writer.correction_asked.connect(self._on_correction_asked, queued)
        writer.year_asked.connect(self._on_year_asked, queued)
        self._asker = Asker(tools.theme, page)
        writer.question_asked.connect(self._on_question_asked)

    def backfill(self) -> None:
        """补录: earlier periods as one table."""
        if not self._page.commit_pending():
            return
        from kjxd_desktop.ui.entry.backfill_dialog import BackfillDialog

        BackfillDialog(self._tools, self._actions.desk.desk(), self._page).open()

    def targets(self) -> None:
        """The unit's own targets and baselines."""
        if not self._page.commit_pending():
            return
        from kjxd_desktop.ui.entry.targets_dialog import TargetsDialog

        TargetsDialog(self._tools, self._actions.desk.desk(), self._page).open()

    def rekey(self) -> None:
        """复录; what shows first figures is not seen meanwhile."""
        if not self._page.commit_pending():
            return
        from kjxd_desktop.ui.entry.rekey_dialog import RekeyDialog

        dialog = RekeyDialog(self._tools, self._writer.key, self._page)
        shown = [widget for widget in self._hidden if not widget.isHidden()]
        for widget in shown:
            widget.hide()
            dialog.finished.connect(widget.show)
        dialog.finished.connect(self._grid.setFocus)
        dialog.open()

    def rekey_left(self) -> int | None:
        """How many figures of the return await their second keying; None where the plan asks for none."""
        plan = self._actions.desk.desk().plan
        if not plan.rekeyed:
            return None
        sheet = self._actions.rekey.sheet(self._writer.key)
        return sheet.left if sheet.rows else None

    def _on_question_asked(self, code: str, text: str, edit: Edit) -> None:
        """A data year that can hardly be: kept when the person says so; else the panel shows what stands."""
        self._asker.ask(text, partial(self._writer.choose, code, surely(edit)))

    def _on_correction_asked(self, code: str, edit: Edit) -> None:
        """A figure of a return that was accepted before: the reason first, then it is written."""
        if self._asking:
            return
        self._asking = True
        act = partial(self._correct, code, edit)
        theme = self._tools.theme
        dialog = ReasonDialog("更正这个数？", _CORRECTION, "更正原因", "更正", act, theme, self._page)
        dialog.finished.connect(self._on_asked)
        dialog.open()

    def _on_year_asked(self, code: str, edit: Edit, year: int, why: str) -> None:
        """A figure over one that stands from an earlier return: of which year it is, then it is written."""
        line = self._grid.lines.row_of(code)
        if self._asking:
            return
        self._asking = True
        keep, period = partial(self._keep_of_year, code, edit, why), self._writer.key.period
        dialog = YearDialog(line, year, period, keep, self._tools.theme, self._page)
        dialog.finished.connect(self._on_asked)
        dialog.open()

    def _keep_of_year(self, code: str, edit: Edit, why: str, year: int) -> str | None:
        sentence = self._writer.write_of_year(code, edit, why, year)
        if sentence is None:
            self._grid.cancel_edit()
        return sentence

    def _on_asked(self, _result: int) -> None:
        self._asking = False

    def _correct(self, code: str, edit: Edit, why: str) -> str | None:
        sentence = self._writer.correct(code, edit, why)
        if sentence is None:
            self._grid.cancel_edit()
        # After the reason a window of its own asks for the year.
        return None if isinstance(sentence, YearAsked) else sentence
