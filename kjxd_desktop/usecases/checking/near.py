"""A return as the repair search reads it: what a cell touches, and more of it once it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial

from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.checking.repair import Known, rows_near
from kjxd_desktop.usecases.filling.view import ReturnView, Series, load_view, looked_at
from kjxd_desktop.usecases.ports import UnitOfWork

# Indicators that are read together when one of them is asked for, None for whatever is asked for; and how.
Stage = tuple[Collection[str] | None, Callable[[], Mapping[str, Series]]]


class LateSeries(Mapping[str, Series]):
    """Entries by indicator: those read already, and those of a stage as soon as one of them is asked for.

    Args:
        known: What was read already.
        stages: Read in the same transaction; the first that has an indicator counts.
    """

    def __init__(self, known: Mapping[str, Series], *stages: Stage) -> None:
        self._known, self._waiting = dict(known), list(stages)

    def __getitem__(self, code: str) -> Series:
        if code not in self._known:
            stage = next((stage for stage in self._waiting if stage[0] is None or code in stage[0]), None)
            if stage is not None:
                self._take(stage)
        return self._known[code]

    def _take(self, stage: Stage) -> None:
        self._waiting.remove(stage)
        codes, read = stage
        self._known = {**dict.fromkeys(codes or (), ()), **read(), **self._known}

    def __iter__(self) -> Iterator[str]:
        while self._waiting:
            self._take(self._waiting[0])
        return iter(self._known)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def near_view(uow: UnitOfWork, key: ReturnKey, code: str, known: Known) -> ReturnView:
    """The return as far as a cell's findings go; read on in the same transaction.

    Mostly it is about this cell alone. Then come its neighbours and the wrong rows near it, what rules compare these with, and
    everything.
    """
    view = load_view(uow, key, code)
    book, returns = view.plan.rule_book, uow.returns
    rows = rows_near(view.duty.indicators, code, known)
    compared = {
        item for item in book.needed(rows) - rows if book.places[item].indicator.kind is not Kind.ANNUAL
    } - view.series.keys()
    unit, periods = (key.plan_id, key.unit_code), looked_at(book, key.period)
    return replace(
        view,
        series=LateSeries(
            view.series,
            (rows, partial(returns.series, *unit, rows)),
            (None, partial(returns.series, *unit)),
        ),
        beside=LateSeries(view.beside, (compared, partial(returns.series_at, *unit, compared, periods))),
    )
