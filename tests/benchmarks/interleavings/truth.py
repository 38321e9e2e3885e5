"""What the city must hold of each unit: the merge told a second time, by plain texts (rules.md 6.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kjxd_desktop.usecases.receiving.shown import Decision, ImportRow
from tests.benchmarks.interleavings.post import FIELDS, Letter

Place = tuple[str, str]


class Truth:
    """What the units' last applied files held, and where the city holds its own.

    Attributes:
        said: By unit: the last applied file's texts, by code and field.
        city: By unit: what must stand in the city.
        own: By unit: places in which the city typed, or kept, something else than that file.
        county: By unit: what must stand in the county itself.
    """

    def __init__(self, units: Sequence[str]) -> None:
        self.said: dict[str, dict[Place, str]] = {unit: {} for unit in units}
        self.city: dict[str, dict[Place, str]] = {unit: {} for unit in units}
        self.own: dict[str, set[Place]] = {unit: set() for unit in units}
        self.county: dict[str, dict[Place, str]] = {unit: {} for unit in units}

    def city_put(self, unit: str, code: str, texts: Mapping[str, str]) -> None:
        """The city typed into a unit's return."""
        for name in FIELDS:
            place = code, name
            if texts[name] != self.city[unit].get(place, ""):
                self.city[unit][place] = texts[name]
                self.own[unit].add(place)
            self._settle(unit, place)

    def county_put(self, unit: str, code: str, texts: Mapping[str, str]) -> None:
        """A county typed into its own return."""
        self.county[unit].update({(code, name): texts[name] for name in FIELDS})

    def applied(
        self,
        letter: Letter,
        due: Sequence[str],
        rows: Sequence[ImportRow],
        decisions: Mapping[int, tuple[Decision, str]],
    ) -> None:
        """The city took a unit's file in."""
        unit = letter.unit
        taken = {
            (row.code, row.field)
            for row in rows
            if row.subject == "entry" and decisions.get(row.index, (Decision.KEEP, ""))[0] is Decision.TAKE
        }
        for place in [(code, name) for code in due for name in FIELDS]:
            file, here = letter.texts.get(place, ""), self.city[unit].get(place, "")
            if file not in (here, self.said[unit].get(place, "")) and place in taken:
                self.city[unit][place] = file
            self.said[unit][place] = file
            if self.city[unit].get(place, "") != file:
                self.own[unit].add(place)
            self._settle(unit, place)

    def _settle(self, unit: str, place: Place) -> None:
        if self.city[unit].get(place, "") == self.said[unit].get(place, ""):
            self.own[unit].discard(place)
