"""The panel's line with a light's shape and the sentence that goes with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kjxd_desktop.domain.pace.standing import Light
from kjxd_desktop.ui.entry.standing_texts import standing_sentence
from kjxd_desktop.ui.grid.cell_texts import SheetView
from kjxd_desktop.ui.parts.glyphs import LIGHT_GLYPHS, GlyphMark
from kjxd_desktop.ui.tools.plain import PlainLabel
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.filling.shown import EntryRow


class StandingLine(QWidget):
    """Light and sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._shape = GlyphMark(theme.palette, *LIGHT_GLYPHS[Light.NONE])
        self._words = PlainLabel()
        self._words.setProperty("tone", "text2")
        self._words.setWordWrap(True)
        layout.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)

    @property
    def sentence(self) -> str:
        """What is said."""
        return self._words.text()

    def show_row(self, row: EntryRow, view: SheetView) -> None:
        """Show where a value stands; no shape while an error stands."""
        sentence = standing_sentence(row)
        light = row.standing.light
        self._words.setText(sentence)
        self._shape.set_glyph(*LIGHT_GLYPHS[light])
        self._shape.setVisible(not (light is Light.NONE and row.entry.filled))
        self.setVisible(bool(sentence))
