"""What the built-in checks read of a cell and what stands beside it, as exact texts: a reason's basis (rules.md 4.8).

A rule names one of these functions; a written explanation is void as soon as a text changes.
"""

from __future__ import annotations

from dataclasses import astuple
from functools import lru_cache

from kjxd_desktop.domain.checks.cells import CellContext
from kjxd_desktop.domain.checks.rules_beside import aims_tell, begins_share
from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.returns.entry import basis_texts, named_texts

# What a rule reads of an earlier cell.
_FIGURE = ("status", "value")
_DATED = ("status", "value", "data_year", "numerator", "denominator")


def own(context: CellContext) -> tuple[str, ...]:
    return basis_texts(context.entry)


def own_and_previous(context: CellContext) -> tuple[str, ...]:
    return (*own(context), *named_texts(context.previous, *_FIGURE))


def own_and_quarter_ago(context: CellContext) -> tuple[str, ...]:
    whole = named_texts(context.last_total, *_FIGURE) if begins_share(context) else ()
    return (*own_and_previous(context), *whole)


def own_and_before(context: CellContext) -> tuple[str, ...]:
    baseline = () if context.baseline is None else (plain_text(context.baseline),)
    return (*own(context), *named_texts(context.before, *_DATED), *baseline, *_settings(context))


def own_and_any_before(context: CellContext) -> tuple[str, ...]:
    """With last year's total where nothing of the season is known."""
    whole = () if context.before.value is not None else named_texts(context.last_total, *_FIGURE)
    return (*own_and_before(context), *whole)


def own_and_baseline(context: CellContext) -> tuple[str, ...]:
    baseline = context.same_as_baseline
    return (*own(context), "" if baseline is None else plain_text(baseline))


def own_and_last_year(context: CellContext) -> tuple[str, ...]:
    return (*own(context), *named_texts(context.last_year, *_DATED), *_settings(context))


def own_and_course(context: CellContext) -> tuple[str, ...]:
    cells = (context.previous, context.last_year, context.year_before_previous)
    return (
        *own(context),
        *(text for cell in cells for text in named_texts(cell, *_FIGURE)),
        *_later(context),
        *_settings(context),
    )


def own_and_earlier(context: CellContext) -> tuple[str, ...]:
    cells = (context.previous, context.last_year, context.same_year)
    return (
        *own(context),
        *(text for cell in cells for text in named_texts(cell, *_DATED)),
        *_settings(context),
    )


def own_and_previous_parts(context: CellContext) -> tuple[str, ...]:
    return (*own(context), *named_texts(context.previous, *_DATED))


def own_and_same_year_parts(context: CellContext) -> tuple[str, ...]:
    return (*own(context), *named_texts(context.same_year, *_DATED))


def own_and_last_total(context: CellContext) -> tuple[str, ...]:
    cells = (context.last_total, context.last_year)
    return (
        *own(context),
        *(text for cell in cells for text in named_texts(cell, *_DATED)),
        *_settings(context),
    )


def own_and_season(context: CellContext) -> tuple[str, ...]:
    return (*own_and_course(context), *named_texts(context.last_total, *_DATED))


def _later(context: CellContext) -> tuple[str, ...]:
    quarter, entry = context.later
    return (str(quarter), *named_texts(entry, *_FIGURE)) if quarter else ()


def own_and_aims(context: CellContext) -> tuple[str, ...]:
    return (*own_and_period(context), *context.aims.texts(), *_settings(context))


def own_before_and_aims(context: CellContext) -> tuple[str, ...]:
    """Own targets are read where they are all there is to compare with."""
    aims = own_and_aims(context) if aims_tell(context) and context.aims.own else ()
    return (*own_and_before(context), *aims)


def own_before_and_first_aims(context: CellContext) -> tuple[str, ...]:
    """As it was when own targets were read of a first return alone."""
    aims = own_and_aims(context) if context.first and context.aims.own else ()
    return (*own_and_before(context), *aims)


def own_and_period(context: CellContext) -> tuple[str, ...]:
    return (*own(context), "" if context.period is None else str(context.period))


def everything(context: CellContext) -> tuple[str, ...]:
    """What any check may have read: for those that name the cause of what others ask."""
    cells = (context.year_before_previous, context.last_total)
    return (
        *own_and_earlier(context),
        *(() if context.baseline is None else (plain_text(context.baseline),)),
        *(text for cell in cells for text in named_texts(cell, *_FIGURE)),
        *map(plain_text, context.history),
        *_later(context),
        *own_and_aims(context),
    )


def own_and_same_year(context: CellContext) -> tuple[str, ...]:
    return (*own(context), *named_texts(context.same_year, *_FIGURE))


def own_and_history(context: CellContext) -> tuple[str, ...]:
    return (*own(context), *map(plain_text, context.history), *_settings(context))


def _settings(context: CellContext) -> tuple[str, ...]:
    return _setting_texts(context.settings)


@lru_cache(maxsize=8)
def _setting_texts(settings: CheckSettings) -> tuple[str, ...]:
    return tuple(str(value) for value in astuple(settings))
