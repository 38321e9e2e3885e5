"""What a city asks of returns that their units' programs asked about, knowing less or more than these did.

Units, histories and mistakes are those of the second model of ``tests.benchmarks.mistakes``. A unit answers every
question and sends; the city keeps its returns only since some quarter. Whatever it lacks, it has nothing to ask that
the unit's program did not ask: a rule that takes what is not kept here for what never was fails here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.returns import Explanation, ReturnState
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plans.package import load_package
from kjxd_desktop.usecases.checking.check import findings_of
from kjxd_desktop.usecases.exchanged import Snapshot
from kjxd_desktop.usecases.filling.view import ReturnView, Series
from kjxd_desktop.usecases.ports import Role
from tests.benchmarks.mistakes import second
from tests.benchmarks.mistakes.kinds import KINDS
from tests.benchmarks.mistakes.offices import PLANS

# A county and a park of one seed, and so many kinds of mistakes in each of their returns.
OFFICES, MISTAKES = (1, 8), 5
SAID = "经核对无误。"


def sent(plan_name: str) -> Iterator[ReturnView]:
    """Returns with errors in none of them, right ones and with a mistake, as the unit sees them."""
    kinds = 0
    for case in second.cases(load_package(resources_dir() / "plans" / plan_name), [0], OFFICES):
        yield case.view
        for _ in range(MISTAKES):
            kind, kinds = KINDS[kinds % len(KINDS)], kinds + 1
            wrong = kind.make(case.desk, random.Random(f"{kind.name} {case.name}"))
            view = case.view.with_entries(wrong or {})
            if wrong and not any(item.grade is Grade.LOGIC for item in findings_of(view)):
                yield view


def received(view: ReturnView, series: Mapping[str, Series], *, proven: bool = True) -> ReturnView:
    """The return in a city that keeps these entries: every question answered."""
    asked = [item for item in findings_of(view) if item.grade is Grade.VERIFY]
    came: dict[str, dict[str, str]] = {}
    for item in asked:
        came.setdefault(item.code, {})[item.rule] = item.basis
    entries = {item.code: view.entry(item) for item in view.plan.indicators}
    return replace(
        view,
        role=Role.CITY,
        head=replace(view.head, state=ReturnState.SUBMITTED),
        series=series,
        explanations=tuple(Explanation(item.code, item.rule, item.basis, SAID) for item in asked),
        said=Snapshot(entries, reasons=came) if proven else None,
    )


def since(view: ReturnView, first: Period) -> dict[str, Series]:
    return {
        code: tuple(point for point in points if point[0] >= first) for code, points in view.series.items()
    }


def open_questions(view: ReturnView) -> list[tuple[str, str]]:
    return [
        (item.code, item.rule) for item in findings_of(view) if item.blocks and item.grade is not Grade.HINT
    ]


@pytest.mark.parametrize("name", PLANS)
def test_a_city_that_knows_less_asks_nothing_that_the_unit_was_not_asked(name: str) -> None:
    without = 0
    for number, view in enumerate(sent(name)):
        known = sorted({at for points in view.series.values() for at, _ in points})
        kept = since(view, known[number % len(known)])
        assert not open_questions(received(view, kept)), (view.unit.code, view.head.key.period, kept)
        without += len(open_questions(received(view, kept, proven=False)))
    assert without > 100, "or there was nothing to be asked"


@pytest.mark.parametrize("name", PLANS)
def test_a_city_that_knows_more_finds_more(name: str) -> None:
    """Units that began only now sent mistakes that two years of figures show; the city has those."""
    made = found = 0
    plan = load_package(resources_dir() / "plans" / name)
    views = {(case.name, case.label): case for case in second.cases(plan, [0], OFFICES)}
    for (at, label), case in views.items():
        if label != "0":
            continue
        knowing = views[at, "7"].view
        for kind in KINDS[:: len(KINDS) // MISTAKES]:
            wrong = kind.make(case.desk, random.Random(f"{kind.name} {at}"))
            if not wrong:
                continue
            asked = set(open_questions(knowing.with_entries(wrong))) - set(open_questions(knowing))
            series = {**knowing.series, **knowing.with_entries(wrong).series}
            seen = findings_of(received(case.view.with_entries(wrong), series))
            made += bool(asked)
            found += bool(asked) and any(item.code in wrong and item.grade is not Grade.HINT for item in seen)
    assert found >= 0.95 * made > 0, (found, made)
