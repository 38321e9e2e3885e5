"""What stands typed on the indicator page and is not saved: it waits where it is and is tried again."""

from __future__ import annotations

from PySide6.QtCore import QObject

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.ui.entry.columns import ColumnId
from kjxd_desktop.ui.entry.entry_grid import EntryGrid
from kjxd_desktop.ui.entry.footer import EntryFooter
from kjxd_desktop.ui.entry.panel import EntryPanel
from kjxd_desktop.ui.entry.writer import EntryWriter
from kjxd_desktop.ui.tools.changes import ChangeBus, NotSaved, Unsaved
from kjxd_desktop.ui.tools.notices import Notices
from kjxd_desktop.wording.filling.unsaved import typed_text

PLACE = "entry"


class EntryTyped(QObject):
    """Looks after the open cell, the components, the reason and the signature of one page."""

    def __init__(
        self,
        grid: EntryGrid,
        panel: EntryPanel,
        footer: EntryFooter,
        writer: EntryWriter,
        changes: ChangeBus,
        notices: Notices,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._grid = grid
        self._panel = panel
        self._footer = footer
        self._writer = writer
        self._changes = changes
        self._notices = notices
        # As it was last handed to be kept.
        self._signature = Signature()

    def cell(self) -> tuple[str, ColumnId, str] | None:
        """The changed text in an open editor, with its indicator and column."""
        text, place = self._grid.unsaved_text, self._grid.editing
        line = self._grid.lines.indicator_line(place.row())
        if text is None or line is None:
            return None
        return line.code, self._grid.lines.column(place).id, text

    def keep_signature(self) -> bool:
        """Keep what stands in the footer; False when it could not be kept."""
        if not self._footer.unsaved:
            return True
        self._signature = self._footer.typed_signature()
        sentence = self._writer.write_signature(self._signature)
        if sentence is not None and not isinstance(sentence, NotSaved):
            self._notices.attention(sentence)
        return sentence is None

    def wait(self, fault: WorkspaceFault) -> None:
        """Everything stays where it was typed until it can be saved."""
        self._changes.not_saved(Unsaved(PLACE, fault, self._try_again, self.left))

    def _try_again(self, asked: bool) -> None:
        if asked or self._grid.refused:
            self._grid.commit()
        self._panel.components.try_again(asked)
        self._panel.reason.try_again(asked)
        if asked or not self._footer.typing or self._footer.typed_signature() == self._signature:
            self.keep_signature()

    def left(self) -> str:
        """What is not saved, in words; empty when nothing is."""
        typed = self.cell()
        parts = []
        if typed is not None:
            name = self._grid.lines.row_of(typed[0]).indicator.name
            parts.append(typed_text(name, typed[2]))
        for name, text in (
            ("分子、分母", self._panel.components.unsaved),
            ("说明", self._panel.reason.unsaved),
            ("签字栏", self._footer.unsaved),
        ):
            if text:
                parts.append(typed_text(name, text))
        return "、".join(parts)
