"""What is typed, pasted, cleared or toggled in the decomposition, turned into acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex

from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.ui.grid.clipboard import block_rows
from kjxd_desktop.ui.plans.split_acts import Assign, Pair, SetBaseline, SetTarget, Shown, SplitWriter
from kjxd_desktop.ui.plans.split_cells import SplitMode
from kjxd_desktop.ui.plans.split_model import SplitModel
from kjxd_desktop.ui.tools.notices import Notices
from kjxd_desktop.wording.planning.split import WORDS, pasted_sentence, refused_name

# Code of an item and of a unit.
Place = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Pasted:
    """A text of a block on the cell it falls on; ``index`` is invalid beyond the table's end."""

    index: QModelIndex
    text: str


class SplitEdits:
    """Makes acts of what the hands do.

    Args:
        shown: What the panel shows at a cell.
        select: Selects cells that a person should look at.
    """

    def __init__(
        self,
        model: SplitModel,
        writer: SplitWriter,
        notices: Notices,
        shown: Callable[[QModelIndex], Shown],
        select: Callable[[Sequence[Place]], None],
    ) -> None:
        self._model = model
        self._writer = writer
        self._notices = notices
        self._shown = shown
        self._select = select

    def type(self, index: QModelIndex, text: str) -> str:
        """Keep a typed figure; the sentence why it was not kept, empty when it was."""
        return self._writer.do(self._shown(index), [self._figure(index, text)])[0]

    def clear(self, indexes: Sequence[QModelIndex]) -> None:
        """Take figures away; where words stand, follow the plan again."""
        if not self._model.mode.figures:
            self.assign(indexes, None)
            return
        filled = [
            index for index in indexes if self._model.can_clear(index) and self._model.look(index).edited
        ]
        if filled:
            self._done(self._shown(filled[0]), [self._figure(index, "") for index in filled])

    def toggle(self, current: QModelIndex, indexes: Sequence[QModelIndex]) -> None:
        """Turn the word of the cursor's cell, and make the other chosen cells the same."""
        changed = [index for index in indexes if self._model.can_assign(index)]
        leading = current if current in changed else changed[0] if changed else None
        cell = self._model.cell(leading) if leading is not None else None
        if cell is not None:
            self.assign(changed, not cell.owes)

    def assign(self, indexes: Sequence[QModelIndex], word: bool | None) -> None:
        """Give cells' items to their units, take them off, or follow the plan again."""
        changed = [index for index in indexes if self._model.can_assign(index)]
        pair = self._word(changed, word)
        if pair is not None:
            self._done(self._shown(changed[0]), [pair])

    def paste(self, start: QModelIndex, chosen: Sequence[QModelIndex], text: str) -> None:
        """Write a block from a cell on; a single text fills all chosen cells. Refused cells are named."""
        block = block_rows(text)
        if not start.isValid() or not block or self._model.read_only:
            return
        if len(block) == 1 and len(block[0]) == 1:
            laid = [_Pasted(index, block[0][0].strip()) for index in chosen]
        else:
            laid = self._lay(start, block)
        outside = sum(not cell.index.isValid() for cell in laid)
        inside = [cell for cell in laid if cell.index.isValid() and cell.text]
        if not inside and not outside:
            self._notices.attention("剪贴板里没有可以粘贴的内容。")
            return
        refused = self._write_block(start, inside)
        sentence = pasted_sentence(
            len(inside) - len(refused), [self._name(cell) for cell in refused], outside
        )
        if refused or outside:
            places = [self._place(cell.index) for cell in refused]
            action = partial(self._select, places) if places else None
            self._notices.attention(sentence, f"看这 {len(places)} 格" if places else "", action)
        else:
            self._notices.success(sentence)

    def _lay(self, start: QModelIndex, block: Sequence[Sequence[str]]) -> list[_Pasted]:
        columns, rows = self._model.unit_columns(), self._model.rowCount()
        laid = []
        for down, texts in enumerate(block):
            for right, text in enumerate(texts):
                row, column = start.row() + down, start.column() + right
                within = row < rows and column in columns
                if within or text.strip():
                    index = self._model.index(row, column) if within else QModelIndex()
                    laid.append(_Pasted(index, text.strip()))
        return laid

    def _write_block(self, start: QModelIndex, cells: Sequence[_Pasted]) -> list[_Pasted]:
        """Write what can be written as one step; what was refused, in the order pasted."""
        if not self._model.mode.figures:
            return self._write_words(start, cells)
        open_cells = [cell for cell in cells if self._model.can_type(cell.index)]
        pairs = [self._figure(cell.index, cell.text) for cell in open_cells]
        said = self._writer.do(self._shown(start), pairs) if pairs else ()
        kept = {cell for cell, sentence in zip(open_cells, said, strict=True) if not sentence}
        return [cell for cell in cells if cell not in kept]

    def _write_words(self, start: QModelIndex, cells: Sequence[_Pasted]) -> list[_Pasted]:
        known = [cell for cell in cells if cell.text in WORDS and self._model.can_assign(cell.index)]
        pairs = []
        for word in (True, False, None):
            pair = self._word([cell.index for cell in known if WORDS[cell.text] is word], word)
            if pair is not None:
                pairs.append(pair)
        if pairs:
            self._done(self._shown(start), pairs)
        return [cell for cell in cells if cell not in known]

    def _figure(self, index: QModelIndex, text: str) -> Pair:
        row, unit, cell = (
            self._model.row(index.row()),
            self._model.unit_at(index.column()),
            self._model.cell(index),
        )
        assert row is not None and unit is not None and cell is not None, "figures stand in cells of units"
        code = row.item.code
        if self._model.mode is SplitMode.TARGET:
            kind, year = self._model.target_of
            before = "" if cell.target is None else plain_text(cell.target)
            set_to = partial(SetTarget, unit.code, code, kind, year)
            # What stood before was asked about when it was kept.
            return set_to(text), (set_to(before, sure=True),)
        assert isinstance(row.item, Indicator), "only indicators have baselines"
        year, kept = self._model.baseline_year(row.item), cell.baseline
        back = (
            SetBaseline(unit.code, code, year, "")
            if kept is None
            else SetBaseline(unit.code, code, kept.year, plain_text(kept.value), sure=True)
        )
        return SetBaseline(unit.code, code, year, text), (back,)

    def _word(self, indexes: Sequence[QModelIndex], word: bool | None) -> Pair | None:
        """One act for all cells, and those that give each its own word back; None where nothing changes."""
        before: dict[bool | None, list[Place]] = {}
        for index in indexes:
            cell = self._model.cell(index)
            if cell is not None and cell.assigned is not word:
                code, unit = self._place(index)
                before.setdefault(cell.assigned, []).append((unit, code))
        if not before:
            return None
        every = tuple(place for places in before.values() for place in places)
        backs = tuple(Assign(tuple(places), said) for said, places in before.items())
        return Assign(every, word), backs

    def _done(self, shown: Shown, pairs: Sequence[Pair]) -> None:
        for sentence in self._writer.do(shown, pairs):
            if sentence:
                self._notices.failure(sentence)

    def _place(self, index: QModelIndex) -> Place:
        row, unit = self._model.row(index.row()), self._model.unit_at(index.column())
        assert row is not None and unit is not None, "a cell of a unit"
        return row.item.code, unit.code

    def _name(self, cell: _Pasted) -> str:
        row, unit = self._model.row(cell.index.row()), self._model.unit_at(cell.index.column())
        assert row is not None and unit is not None, "a cell of a unit"
        name = row.item.name if isinstance(row.item, Indicator) else row.item.title
        return refused_name(unit, name, cell.text)
