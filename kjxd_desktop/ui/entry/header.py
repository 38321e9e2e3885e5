"""Head of the indicator page: how much is filled, filters with counts, the page's buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kjxd_desktop.ui.entry.entry_model import Counts, Filter
from kjxd_desktop.ui.entry.filled_bar import FilledBar
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.glyphs import Glyph, Tone
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.segments import Segment, Segments
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.plain import set_tip
from kjxd_desktop.ui.tools.style import Theme

_FILTERS = (
    Segment(Filter.ALL, "全部"),
    Segment(Filter.MISSING, "待填", Glyph.OPEN),
    Segment(Filter.CARRIED, "沿用", Glyph.HOOK),
    Segment(Filter.ERRORS, "错误", Glyph.BAD, Tone.BAD),
    Segment(Filter.TO_EXPLAIN, "待说明", Glyph.WARN, Tone.WARN),
)


class EntryHeaderBar(QWidget):
    """One row above the grid."""

    filter_chosen = Signal(object)

    def __init__(self, theme: Theme, icons: Icons | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filled = label("", "")
        self._bar = FilledBar(theme)
        self.filters = Segments(_FILTERS, theme, "只看一部分指标")
        self.rekey = push_button("复录…", theme, icons, "clipboard")
        self.backfill = push_button("补录…", theme, icons, "table-plus")
        self.targets = push_button("本单位目标…", theme, icons, "target")
        self.undo = push_button("撤销", theme, icons, "undo")
        self._build()
        self.filters.chosen.connect(self._on_filter)

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label("指标填报", "h1"))
        layout.addSpacing(6)
        layout.addWidget(self.filled)
        layout.addWidget(self._bar)
        layout.addSpacing(8)
        layout.addWidget(self.filters)
        layout.addStretch(1)
        set_tip(self.backfill, "把以前各季度的数填成一张表")
        set_tip(self.targets, "设定分解到本单位的目标值和基期值")
        set_tip(self.undo, "撤销上一步（Ctrl+Z），恢复用 Ctrl+Y")
        set_tip(self.rekey, "方案要求填两次的指标，由另一个人再填一次")
        self.rekey.hide()
        for button in (self.rekey, self.backfill, self.targets, self.undo):
            layout.addWidget(button)
        self.filters.choose(Filter.ALL)

    def show_counts(self, counts: Counts) -> None:
        """Show how far the return is."""
        carried = f"，其中沿用 {counts.carried}" if counts.carried else ""
        self.filled.setText(f"已填 {counts.filled} / {counts.due}{carried}")
        self._bar.show_parts(counts.filled - counts.carried, counts.carried, counts.due)
        numbers = (counts.total, counts.missing, counts.carried, counts.errors, counts.to_explain)
        for segment, number in zip(_FILTERS, numbers, strict=True):
            self.filters.set_word(segment.name, f"{segment.word} {number}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As ever; in a narrow window the bar gives way before words do."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        without = layout.sizeHint().width()
        if not self._bar.isHidden():
            without -= self._bar.width() + layout.spacing()
        self._bar.setVisible(without + self._bar.width() + layout.spacing() <= self.width())

    def show_rekey(self, left: int | None) -> None:
        """Show how many figures await their second keying; None where the plan asks for none."""
        self.rekey.setVisible(left is not None)
        self.rekey.setText(f"复录 {left}…" if left else "复录…")

    def show_unit(self, mark: str) -> None:
        """Name the button after the kind of unit: 本县目标…, 本区目标…."""
        self.targets.setText("本单位目标…" if mark == "本" else f"本{mark}目标…")

    def _on_filter(self, name: str) -> None:
        self.filter_chosen.emit(Filter(name))
