"""The same questions to a workspace on disk: many indicators of one return, put there and read back."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.cli.to_json import check_json, monitor_json, show_json, status_json
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Aggregation, Indicator
from kjxd_desktop.domain.returns.returns import Return, ReturnKey, ReturnState
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import FixedClock
from tests.reference.case import CITY, Case
from tests.reference.compare import Disagreement, differing, plan_with, state_of, told_of
from tests.reference.draw import draw, draw_frame

CLOCK = FixedClock(datetime.fromisoformat("2028-01-05T09:00:00+08:00"))


def cases_of_one_return(seed: int, count: int) -> list[Case]:
    """So many cases in one frame."""
    frame = draw_frame(random.Random(f"frame {seed}"))
    return [draw(seed, number, frame) for number in range(count)]


def stored_disagreements(folder: Path, cases: Sequence[Case]) -> list[Disagreement]:
    """What a workspace that holds all these cases answers otherwise."""
    frame = cases[0].frame
    role = Role.CITY if frame.unit == CITY else Role.COUNTY
    first, *later = (
        plan_with(frame, number, tuple(_coded(case, place, number) for place, case in enumerate(cases)))
        for number in range(len(frame.since))
    )
    key = ReturnKey(first.id, frame.unit, frame.period)
    with new_office(folder / "reference.kjxd", role, frame.unit, first, CLOCK) as office:
        with office.store.writing("reference", None) as uow:
            for plan in later:
                uow.plans.add(plan)
        _put(office, cases, key)
        actions = office.actions
        rows = monitor_json(actions.monitor.monitor(key))["indicators"]
        lines = show_json(actions.fill.show(key))["entries"]
        missing = check_json(actions.check.check(key), frame.unit, frame.period.key)["missing"]
        status = status_json(actions.status.status(key), ())["indicators"]
    found = []
    for place, (case, row, line) in enumerate(zip(cases, rows, lines, strict=True)):
        told = told_of(row, line)
        if _owed(case):
            told["filled"] = _code(place) not in missing
        found += differing(case, told)
    owed = sum(_owed(case) for case in cases)
    assert status == {"due": owed, "filled": owed - len(missing)}
    return found


def _owed(case: Case) -> bool:
    """Composites and ranks are filled by the level that publishes them."""
    return case.unit == CITY or case.indicator.aggregation is not Aggregation.CITY


def _code(place: int) -> str:
    return f"I{place + 1:03d}"


def _coded(case: Case, place: int, revision: int) -> Indicator:
    item, code = case.revisions[revision].indicator, _code(place)
    parts = tuple(replace(part, code=f"{code}{part.role.value[0].upper()}") for part in item.components)
    return replace(item, code=code, no=str(place + 1), name=f"{item.name}（{place + 1}）", components=parts)


def _put(office: Office, cases: Sequence[Case], key: ReturnKey) -> None:
    with office.store.writing("reference", None) as uow:
        for place, case in enumerate(cases):
            for target in case.own_targets:
                uow.splits.put_target(key.plan_id, key.unit_code, _code(place), target)
            for mark in case.achieved:
                uow.achieved.put(key.plan_id, key.unit_code, _code(place), mark)
            if case.own_baseline is not None:
                uow.splits.put_baseline(key.plan_id, key.unit_code, _code(place), case.own_baseline)
    for at in sorted({key.period, *(at for case in cases for at in case.series)}):
        _put_return(office, cases, replace(key, period=at))


def _put_return(office: Office, cases: Sequence[Case], key: ReturnKey) -> None:
    with office.store.writing("reference", None) as uow:
        frame = cases[0].frame
        state = state_of(frame) if key.period == frame.period else ReturnState.DRAFT
        uow.returns.put(Return(key, _revision(cases[0], key.period), state))
        for place, case in enumerate(cases):
            if key.period in case.series:
                uow.returns.put_entry(key, _code(place), case.series[key.period])


def _revision(case: Case, at: Period) -> int:
    return max(
        number for number, since in enumerate(case.frame.since, start=1) if since is None or since <= at
    )
