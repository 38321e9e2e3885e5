"""Qt's two kinds of index; its methods hand over either."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex


def plain_index(index: Index) -> QModelIndex:
    """The same place as a plain index; invalid stays invalid."""
    return index.model().index(index.row(), index.column()) if index.isValid() else QModelIndex()
