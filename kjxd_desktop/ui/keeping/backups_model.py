"""Backups as a table: when, why, how big, whether they are sound."""

from __future__ import annotations

from PySide6.QtCore import QObject

from kjxd_desktop.ui.parts.glyphs import Glyph, Tone
from kjxd_desktop.ui.parts.marked_model import MarkedModel
from kjxd_desktop.ui.parts.marked_table import CellMark
from kjxd_desktop.usecases.keeping.vault import BackupInfo
from kjxd_desktop.wording.keeping.backups import full_moment, reason_word, size_text, sound_word

TITLES = ("时间", "为什么做的", "大小", "是否完好")
_GOOD, _BAD = CellMark(Glyph.CHECK, Tone.GOOD), CellMark(Glyph.BAD, Tone.BAD)


class BackupsModel(MarkedModel[BackupInfo]):
    """One row a backup, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(TITLES, parent)

    def backup(self, row: int) -> BackupInfo:
        """What a row shows."""
        return self._rows[row]

    def text_of(self, row: BackupInfo, column: int) -> str:
        """When, why, how big, whether it is sound."""
        sound = sound_word(row.sound) or "正在核对…"
        return (full_moment(row.at), reason_word(row.reason), size_text(row.bytes), sound)[column]

    def mark_of(self, row: BackupInfo, column: int) -> CellMark | None:
        """Whether it is sound, once that is known."""
        if column != 3 or row.sound is None:
            return None
        return _GOOD if row.sound else _BAD
