"""The whole return equal to last quarter's: one finding, at the first figure that should move (rules.md 4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.digests import short_digest
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Indicator, Kind
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.entry import MISSING, Entry, basis_texts

RETURN_COPIED = "return_copied"
# What it says is not said again of each figure.
COVERED = frozenset({"same_as_previous", "not_reset"})
_VERSION = 1
# With fewer figures that are not 0 it may well be so.
_LEAST = 3

Series = Mapping[str, tuple[tuple[Period, Entry], ...]]


def copy_place(indicators: Iterable[Indicator]) -> str | None:
    """The code of the first indicator that moves with the quarters; the finding stands there."""
    return next((item.code for item in indicators if _moves(item)), None)


def may_be_copied(indicators: Iterable[Indicator], period: Period, series: Series) -> bool:
    """Whether the cell at the finding's place is last quarter's: only then the others have to be read."""
    place = next((item for item in indicators if _moves(item)), None)
    if place is None:
        return False
    now = _cell(series, place, period)
    return now.value is not None and _same(now, _cell(series, place, period.previous()))


def found_copied(indicators: Iterable[Indicator], period: Period, series: Series) -> tuple[Finding, ...]:
    """The finding, when every figure that moves is last quarter's; one that is not filled says no.

    Annual figures stand for a year and are not looked at; what a higher level publishes neither. With the
    entries of some indicators only, it says no.
    """
    moving = tuple(item for item in indicators if _moves(item))
    texts: list[str] = []
    told = False
    figures = 0
    for item in moving:
        now, before = _cell(series, item, period), _cell(series, item, period.previous())
        if now.value is None or not _same(now, before):
            return ()
        figures += now.value != 0
        told = told or (item.kind is Kind.YTD and now.value != 0)
        texts.extend((item.code, *basis_texts(now)))
    if not told or figures < _LEAST:
        return ()
    read = (RETURN_COPIED, str(_VERSION), moving[0].code, *texts)
    number = str(len(moving))
    params = {"name": moving[0].name, "count": number}
    return (
        Finding(
            RETURN_COPIED,
            Grade.VERIFY,
            moving[0].code,
            number,
            "≠",
            number,
            params,
            short_digest(read),
            read=read,
        ),
    )


def said_once(found: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of a whole return without those that its being copied says already."""
    kept = tuple(found)
    copied = any(item.rule == RETURN_COPIED for item in kept)
    return (item for item in kept if not (copied and item.rule in COVERED))


def _moves(indicator: Indicator) -> bool:
    return indicator.kind is not Kind.ANNUAL and not indicator.published


def _cell(series: Series, indicator: Indicator, period: Period) -> Entry:
    return next((entry for at, entry in series.get(indicator.code, ()) if at == period), MISSING)


def _same(now: Entry, before: Entry) -> bool:
    return (now.value, now.numerator, now.denominator) == (before.value, before.numerator, before.denominator)
