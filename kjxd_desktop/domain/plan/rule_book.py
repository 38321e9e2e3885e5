"""The rules of a plan, found by what they read: a keystroke recomputes only what it touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kjxd_desktop.domain.plan.expressions import At
from kjxd_desktop.domain.plan.indicator import ComponentRole, Indicator
from kjxd_desktop.domain.plan.rules import CheckRule


@dataclass(frozen=True, slots=True)
class Place:
    """What a code in a rule stands for: an indicator, or its numerator or denominator."""

    indicator: Indicator
    role: ComponentRole | None = None


class RuleBook:
    """Rules by the indicators they read and are shown at.

    Args:
        rules: Every code in them is one of ``places_of(indicators)``.

    Attributes:
        times: Of which times they read figures.
    """

    def __init__(self, indicators: Iterable[Indicator], rules: Iterable[CheckRule]) -> None:
        self.places = places_of(indicators)
        self._shown_at: defaultdict[str, list[CheckRule]] = defaultdict(list)
        self._touched: defaultdict[str, set[str]] = defaultdict(set)
        self._read: defaultdict[str, set[str]] = defaultdict(set)
        self.times: set[At] = set()
        for rule in rules:
            self._add(rule)

    def _add(self, rule: CheckRule) -> None:
        subject = self.subject(rule)
        self._shown_at[subject].append(rule)
        for figure in rule.figures:
            code = self.places[figure.code].indicator.code
            self._read[subject].add(code)
            self.times.add(figure.at)
            if figure.at is At.NOW:
                self._touched[code].add(subject)

    def subject(self, rule: CheckRule) -> str:
        """The indicator a rule is shown at: the first whose figure of this period it reads."""
        now = next(figure for figure in rule.figures if figure.at is At.NOW)
        return self.places[now.code].indicator.code

    def others(self, rule: CheckRule) -> tuple[str, ...]:
        """The further indicators whose figures of this period a rule reads."""
        codes = (self.places[figure.code].indicator.code for figure in rule.figures if figure.at is At.NOW)
        subject = self.subject(rule)
        return tuple(dict.fromkeys(code for code in codes if code != subject))

    def of(self, code: str) -> tuple[CheckRule, ...]:
        """The rules shown at an indicator."""
        return tuple(self._shown_at.get(code, ()))

    def touched(self, code: str) -> frozenset[str]:
        """The indicators whose findings may change with this one's entry, itself among them."""
        return frozenset({code, *self._touched.get(code, ())})

    def needed(self, codes: Iterable[str]) -> frozenset[str]:
        """The indicators to be read before the findings of these can be said, themselves among them."""
        found = set(codes)
        return frozenset(found.union(*(self._read.get(code, ()) for code in tuple(found))))


def places_of(indicators: Iterable[Indicator]) -> Mapping[str, Place]:
    """What rules may name: indicators, numerators and denominators, by code."""
    places: dict[str, Place] = {}
    for indicator in indicators:
        places[indicator.code] = Place(indicator)
        for part in indicator.components:
            if part.role is not ComponentRole.PART:
                places[part.code] = Place(indicator, part.role)
    return places
