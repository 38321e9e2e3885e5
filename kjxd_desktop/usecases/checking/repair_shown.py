"""What the repair search offers."""

from __future__ import annotations

from dataclasses import dataclass

from kjxd_desktop.domain.checks.repair import NUMERATOR, PARTS, VALUE
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, Edit, TextEdit


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of one cell after which nothing is found any more where something was.

    Attributes:
        code: The cell to change, which need not be the one the finding is shown at.
        field: ``value``, ``numerator``, ``denominator``; ``parts`` where both change places.
        value: The figure to type; of ``parts`` both, ``12/40``.
        settles: Findings of the set, all of which go.
        estimated: The figure is an estimate, and stays one.
    """

    code: str
    field: str
    value: str
    settles: int
    estimated: bool = False

    @property
    def edit(self) -> Edit:
        """What a person would do to the cell."""
        if self.field == VALUE:
            return TextEdit(f"预计{self.value}" if self.estimated else self.value)
        if self.field == PARTS:
            return ComponentsEdit(*self.value.split("/"))
        return (
            ComponentsEdit(self.value, None) if self.field == NUMERATOR else ComponentsEdit(None, self.value)
        )
