"""What belongs to one year: plans, returns, and which revision each was filled under."""

from __future__ import annotations

from dataclasses import dataclass

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.file_names import safe_names, short_name
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.unit import Unit
from kjxd_desktop.domain.problems import refuse, wrong_call
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.usecases.access import BACKFILL_YEARS, plan_of
from kjxd_desktop.usecases.ports import UnitOfWork

QUARTERS = (1, 2, 3, 4)
# Bytes of a folder's name: folders in folders make long paths, and Windows takes 260 characters of all.
_FOLDER_BYTES = 48


@dataclass(frozen=True, slots=True)
class PlanYear:
    """One plan in the year.

    Attributes:
        plan: In its newest revision.
        folder: Name of its folders in the archive.
        heads: Its returns of the year, by unit and period.
        received: Keys of files that were taken in for the year, also where no return came of them.
        revisions: Those that govern a quarter of the year, or that a return was filled under.
    """

    plan: Plan
    folder: str
    heads: tuple[Return, ...]
    received: frozenset[ReturnKey]
    revisions: tuple[Plan, ...]

    @property
    def keys(self) -> tuple[ReturnKey, ...]:
        """Every return that anything is kept of, by unit and period."""
        return tuple(sorted({*(head.key for head in self.heads), *self.received}))

    @property
    def unit_folders(self) -> dict[str, str]:
        """Name of each unit's folders, by its code."""
        codes = list(dict.fromkeys(key.unit_code for key in self.keys))
        names = (short_name(unit_name(self, code), _FOLDER_BYTES) for code in codes)
        return dict(zip(codes, safe_names(names), strict=True))


def unit_of_year(year: PlanYear, code: str) -> Unit | None:
    """A unit in the newest revision of the year that has it."""
    found = (plan.unit(code) for plan in (year.plan, *reversed(year.revisions)))
    return next((unit for unit in found if unit is not None), None)


def unit_name(year: PlanYear, code: str) -> str:
    """What a unit is called; its code when no revision knows it."""
    unit = unit_of_year(year, code)
    return code if unit is None else unit.name


def plan_years(uow: UnitOfWork, year: int, plan_id: str | None) -> tuple[PlanYear, ...]:
    """The plans that anything is kept of for a year.

    Args:
        plan_id: One of them; None for all.

    Raises:
        CallError: ``unknown_plan``; ``archive_outside_plan`` for a year that no plan speaks of.
        ProblemError: ``archive_year_empty``.
    """
    ids = [plan_id] if plan_id else [kept for kept, _ in uow.plans.kept()]
    plans = [plan_of(uow, one) for one in ids]
    folders = safe_names(short_name(plan.short_title or plan.title, _FOLDER_BYTES) for plan in plans)
    found = [_plan_year(uow, plan, folder, year) for plan, folder in zip(plans, folders, strict=True)]
    kept = tuple(item for item in found if item.keys)
    if not kept:
        _refuse(plans, year)
    return kept


def _plan_year(uow: UnitOfWork, plan: Plan, folder: str, year: int) -> PlanYear:
    heads = tuple(head for head in uow.returns.heads(plan.id) if head.key.period.year == year)
    governing = (uow.plans.at(plan.id, Period(year, quarter)) for quarter in QUARTERS)
    numbers = {item.revision for item in governing if item is not None} | {head.revision for head in heads}
    revisions = tuple(plan_of(uow, plan.id, number) for number in sorted(numbers))
    received = frozenset(file.key for file in uow.exchange.received(plan.id, year))
    return PlanYear(plan, folder, heads, received, revisions)


def _refuse(plans: list[Plan], year: int) -> None:
    """Say why there is nothing: no plan speaks of the year, or nothing was filled.

    Raises:
        CallError, ProblemError: Always.
    """
    first, last = min(plan.period[0] for plan in plans), max(plan.period[1] for plan in plans)
    if first - BACKFILL_YEARS <= year <= last + 1:
        raise refuse("year", "archive_year_empty", year=str(year))
    raise wrong_call("year", "archive_outside_plan", year=str(year), first=str(first), last=str(last))
