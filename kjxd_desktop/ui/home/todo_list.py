"""Lines that say what is to be done, each with a shape, a sentence, a hint, and one link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.glyphs import Glyph, GlyphMark, Tone
from kjxd_desktop.ui.parts.labels import ElidedLabel, NameLabel, label, line
from kjxd_desktop.ui.tools.style import Theme


@dataclass(frozen=True, slots=True)
class TodoLine:
    """One thing to do.

    Attributes:
        act: What its link does; a bound callable.
    """

    glyph: Glyph
    tone: Tone
    text: str
    hint: str
    link: str
    act: Callable[[], None]


class TodoList(QWidget):
    """Shows lines one below the other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def show_lines(self, lines: tuple[TodoLine, ...]) -> None:
        """Replace what is shown."""
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for number, todo in enumerate(lines):
            if number:
                self._layout.addWidget(line())
            self._layout.addWidget(self._row(todo))
        self._layout.addStretch(1)

    def _row(self, todo: TodoLine) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.setSpacing(12)
        layout.addWidget(
            GlyphMark(self._theme.palette, todo.glyph, todo.tone, 18), 0, Qt.AlignmentFlag.AlignVCenter
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(todo.text))
        hint = ElidedLabel(todo.hint)
        hint.setProperty("role", "hint")
        words.addWidget(hint)
        layout.addLayout(words, 1)
        link = push_button(todo.link, self._theme, kind="link")
        link.setAccessibleName(f"{todo.link}：{todo.text}")
        link.clicked.connect(todo.act)
        layout.addWidget(link)
        return row


class RecentList(QWidget):
    """Time, what was done, by whom."""

    def __init__(self) -> None:
        super().__init__()
        # The times are as wide as the longest of them: one of another year carries its year.
        self._layout = QGridLayout()
        self._layout.setHorizontalSpacing(12)
        self._layout.setVerticalSpacing(4)
        self._layout.setColumnStretch(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._layout)
        outer.addStretch(1)

    def show_lines(self, lines: tuple[tuple[str, str, str], ...]) -> None:
        """Replace what is shown."""
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for place, (moment, text, who) in enumerate(lines):
            name = NameLabel(who)
            name.setProperty("role", "label")
            for column, widget in enumerate((label(moment, "label"), ElidedLabel(text), name)):
                self._layout.addWidget(widget, place, column)
