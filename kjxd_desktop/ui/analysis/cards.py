"""The four counts above the analysis: how many indicators show which light."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from kjxd_desktop.domain.pace.standing import UNJUDGED, Light
from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.parts.glyphs import LIGHT_GLYPHS, GlyphMark
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.plain import set_tip
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.monitoring.shown import MonitorShown
from kjxd_desktop.wording.monitoring.standing import light_name

# 已达标 is the best of what is ahead; what is not judged at all stands together.
GROUPS = (
    (Light.AHEAD, Light.MET),
    (Light.BETWEEN,),
    (Light.BEHIND,),
    UNJUDGED,
)
HEIGHT = 40
REST = "未报或不评"


class LightCards(QWidget):
    """One card a group of lights."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SIZES.gap)
        self._words: list[QLabel] = []
        self._figures: list[QLabel] = []
        self._cards: list[QFrame] = []
        for lights in GROUPS:
            card = QFrame()
            card.setProperty("role", "card")
            card.setFixedHeight(HEIGHT)
            line = QHBoxLayout(card)
            line.setContentsMargins(12, 0, 12, 0)
            line.setSpacing(8)
            glyph, tone = LIGHT_GLYPHS[lights[0]]
            word, figure = label(""), label("0")
            figure.setFont(theme.font(22, bold=True))
            # A font set by hand wins over the style sheet only as a style of its own.
            figure.setStyleSheet(f"font-size: {theme.pixels(22)}px; font-weight: bold;")
            line.addWidget(GlyphMark(theme.palette, glyph, tone, 18))
            line.addWidget(word)
            line.addStretch(1)
            line.addWidget(figure)
            line.addWidget(label("项", "hint"))
            layout.addWidget(card, 1)
            self._words.append(word)
            self._figures.append(figure)
            self._cards.append(card)

    def show_json(self, answer: MonitorShown, *, two_kinds: bool) -> None:
        """Count the lights of an answer."""
        for lights, card, word, figure in zip(GROUPS, self._cards, self._words, self._figures, strict=True):
            names = [(light_name(light, two_kinds=two_kinds), answer.count(light)) for light in lights]
            word.setText(names[0][0] if len(lights) < len(GROUPS) else REST)
            figure.setText(str(sum(count for _, count in names)))
            set_tip(card, "，".join(f"{name} {count} 项" for name, count in names if count))
            card.setAccessibleName(f"{word.text()} {figure.text()} 项")

    @property
    def counts(self) -> tuple[int, ...]:
        """The figures shown."""
        return tuple(int(figure.text()) for figure in self._figures)
