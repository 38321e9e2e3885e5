"""Lines of an import preview as a table, with what was decided on each."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from kjxd_desktop.ui.parts.glyphs import Glyph, Tone
from kjxd_desktop.ui.parts.marked_model import MarkedModel
from kjxd_desktop.ui.parts.marked_table import CellMark
from kjxd_desktop.usecases.receiving.codes import FILE_SUBJECT
from kjxd_desktop.usecases.receiving.shown import Decision, ImportPreview, ImportRow, RowStatus
from kjxd_desktop.wording.receiving.imports import field_title, reason_sentence, shown_text

TITLES = ("类别", "位置", "项目", "内容", "现有", "报表里", "原因", "处理")
STATUS_WORDS = {
    RowStatus.PROBLEM: "有问题",
    RowStatus.CONFLICT: "冲突",
    RowStatus.CHANGED: "有变化",
    RowStatus.NEW: "新增",
    RowStatus.SAME: "相同",
}
STATUS_MARKS = {
    RowStatus.PROBLEM: (Glyph.BAD, Tone.BAD),
    RowStatus.CONFLICT: (Glyph.CONFLICT, Tone.WARN),
    RowStatus.CHANGED: (Glyph.ARROW, Tone.ACCENT),
    RowStatus.NEW: (Glyph.PLUS, Tone.ACCENT),
    RowStatus.SAME: (Glyph.EQUALS, Tone.QUIET),
}
_ORDER = tuple(STATUS_WORDS)
_DECISIONS = {Decision.TAKE: "用报表的", Decision.KEEP: "留现有", Decision.LEAVE_MISSING: "不写入"}


def is_file_line(row: ImportRow) -> bool:
    """Whether a line is about the whole file: taking it means going on all the same."""
    return row.subject == FILE_SUBJECT


def is_writable(row: ImportRow) -> bool:
    """Whether a line stands for a field: not the whole file, not a row that the plan does not have."""
    return row.code != "" or row.subject == "signature"


class ImportModel(MarkedModel[ImportRow]):
    """Problems first, the same folded away unless they are asked for."""

    decided = Signal()

    def __init__(
        self, preview: ImportPreview, easy: dict[int, tuple[Decision, str]], parent: QObject | None = None
    ) -> None:
        super().__init__(TITLES, parent, tips=True)
        self._preview = preview
        self.decisions = dict(easy)
        self.set_filter(None)

    def set_filter(self, wanted: RowStatus | None) -> None:
        """Show the lines of one class; None shows all but the same."""
        shown = [
            row
            for row in self._preview.rows
            if (row.status is wanted if wanted else row.status is not RowStatus.SAME)
        ]
        self.show_rows(sorted(shown, key=lambda row: _ORDER.index(row.status)))

    def line(self, row: int) -> ImportRow:
        """What a row shows."""
        return self._rows[row]

    def decide(self, row: int, decision: Decision, text: str = "") -> None:
        """Keep a person's decision on a line."""
        self.decisions[self._rows[row].index] = (decision, text)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(TITLES) - 1))
        self.decided.emit()

    def decide_rest(self, decision: Decision) -> None:
        """Take or keep everything new and changed."""
        for row in self._preview.rows:
            if row.status in (RowStatus.NEW, RowStatus.CHANGED):
                self.decisions[row.index] = (decision, "")
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(TITLES) - 1))
        self.decided.emit()

    @property
    def undecided(self) -> tuple[int, ...]:
        """Indexes of lines that still wait."""
        return tuple(
            row.index
            for row in self._preview.rows
            if row.status is not RowStatus.SAME and row.index not in self.decisions
        )

    @property
    def writing(self) -> int:
        """How many lines would be written."""
        fields = {row.index for row in self._preview.rows if is_writable(row)}
        return sum(
            index in fields and decision in (Decision.TAKE, Decision.TYPED)
            for index, (decision, _) in self.decisions.items()
        )

    def row_titled(self, title: str) -> int | None:
        """The first shown row of what a person calls so."""
        return next((place for place, row in enumerate(self._rows) if row.title == title), None)

    def next_undecided(self) -> int | None:
        """The first shown row that still waits."""
        waiting = set(self.undecided)
        return next((place for place, row in enumerate(self._rows) if row.index in waiting), None)

    def text_of(self, row: ImportRow, column: int) -> str:
        """The words of a cell, in one line."""
        texts = (
            STATUS_WORDS[row.status],
            f"{row.sheet} {row.cell}",
            row.title,
            field_title(row.subject, row.field),
            shown_text(row.field, row.was),
            shown_text(row.field, row.read) if row.read else row.raw or shown_text(row.field, ""),
            reason_sentence(row),
            self._decision(row),
        )
        return texts[column].replace("\n", " ")

    def _decision(self, row: ImportRow) -> str:
        if row.status is RowStatus.SAME:
            return "—"
        decision, text = self.decisions.get(row.index, (None, ""))
        if decision is None:
            return "请选择"
        if is_file_line(row):
            return "已确认"
        return f"写入 {text}" if decision is Decision.TYPED else _DECISIONS[decision]

    def mark_of(self, row: ImportRow, column: int) -> CellMark | None:
        """The class of a line as a chip, and whether a decision waits."""
        glyph, tone = STATUS_MARKS[row.status]
        if column == 0:
            return CellMark(glyph, tone, chip=True)
        if column == 5:
            return CellMark(bold=True)
        if column == 6 and row.status in (RowStatus.PROBLEM, RowStatus.CONFLICT):
            return CellMark(tone=tone)
        if column == 7 and row.status is not RowStatus.SAME:
            waits = row.index not in self.decisions
            return CellMark(Glyph.OPEN, Tone.WARN) if waits else CellMark(Glyph.CHECK, Tone.ACCENT)
        return None
