"""Backups as a table: when, why, how big, whether they are sound."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kjxd_desktop.ui.parts.glyphs import Glyph, Tone
from kjxd_desktop.ui.parts.marked_table import MARK_ROLE, CellMark
from kjxd_desktop.usecases.keeping.vault import BackupInfo
from kjxd_desktop.wording.keeping.backups import full_moment, reason_word, size_text, sound_word

Index = QModelIndex | QPersistentModelIndex
TITLES = ("时间", "为什么做的", "大小", "是否完好")
_GOOD, _BAD = CellMark(Glyph.CHECK, Tone.GOOD), CellMark(Glyph.BAD, Tone.BAD)


class BackupsModel(QAbstractTableModel):
    """One row a backup, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[BackupInfo, ...] = ()

    def show_backups(self, backups: tuple[BackupInfo, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = backups
        self.endResetModel()

    def backup(self, row: int) -> BackupInfo:
        """What a row shows."""
        return self._rows[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Backups."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Fixed."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Column titles."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """Texts and marks."""
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            sound = sound_word(row.sound) or "正在核对…"
            return (full_moment(row.at), reason_word(row.reason), size_text(row.bytes), sound)[index.column()]
        if role == MARK_ROLE and index.column() == 3 and row.sound is not None:
            return _GOOD if row.sound else _BAD
        return None
