"""Targets and baselines that a city sends down: impossible ones are left out, doubtful ones told (rules.md 5.8).

The city was asked when it set them: what is doubtful is taken as the city has it. What cannot be, out of a
template of an earlier release or one changed by hand, is not; what stands here stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.figure_bounds import (
    OwnFigures,
    impossible_baseline,
    impossible_target,
    split_questions,
)
from kjxd_desktop.domain.plan.indicator import Baseline, Target
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.receiving.codes import Notice, Reason
from kjxd_desktop.usecases.receiving.lines import Line
from kjxd_desktop.usecases.receiving.shown import RowStatus


@dataclass(frozen=True, slots=True)
class SentFigures:
    """What a dispatch says of one unit, beside what stands here.

    Attributes:
        split: Targets and baselines the file sets.
        here: Targets and baselines as they stand.
    """

    plan: Plan
    unit_code: str
    split: UnitSplit
    here: UnitSplit

    def impossible(self, code: str, figure: Target | Baseline | None) -> bool:
        """Whether a figure can be neither target nor baseline of the unit's indicator."""
        indicator = self.plan.indicator(code)
        if indicator is None or figure is None:
            return False
        first, last = self.plan.period
        targets = tuple(item for item in self.split.targets.get(code, ()) if first <= item.year <= last)
        own = OwnFigures(self.plan, indicator, self.unit_code, targets, self.split.baselines.get(code))
        if isinstance(figure, Baseline):
            return impossible_baseline(own, figure) is not None
        withdrawn = figure.value is None and figure.text is None
        in_plan = first <= figure.year <= last
        return not withdrawn and (not in_plan or impossible_target(own, figure) is not None)

    def notices(self, refused: Mapping[str, int]) -> Notes:
        """What a person is told: of how many figures, and of which indicators.

        Args:
            refused: How many figures of an indicator were left out, by code.
        """
        return tuple(self._notices(refused))

    def _notices(self, refused: Mapping[str, int]) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        if refused:
            params = (("count", str(sum(refused.values()))), ("which", self._names(refused)))
            yield Notice.FIGURES_IMPOSSIBLE.value, params
        asked = split_questions(self.plan, self.unit_code, self.split, self.here, UnitSplit())
        doubtful = [problem.field for problem in asked if problem.field not in refused]
        if doubtful:
            which = self._names(dict.fromkeys(doubtful, 0))
            yield Notice.FIGURES_DOUBTFUL.value, (("count", str(len(doubtful))), ("which", which))

    def _names(self, codes: Mapping[str, int]) -> str:
        return "、".join(item.name for item in self.plan.indicators if item.code in codes)


def left_out(line: Line) -> Line:
    """The line of a figure that cannot be: never written, what stands here stays."""
    row = replace(line.row, status=RowStatus.SAME, reason=Reason.FIGURE_IMPOSSIBLE.value, params=())
    return replace(line, row=row, take=None)
