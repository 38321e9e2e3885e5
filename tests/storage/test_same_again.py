"""The same content kept a second time writes nothing and tells history nothing; another content does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.people.operators import Operator, OperatorRole
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Explanation, Return, Signature
from kjxd_desktop.domain.returns.second_entry import Outcome, SecondEntry
from kjxd_desktop.usecases.ports import UnitOfWork
from tests.helpers.chains import edit
from tests.helpers.offices import COUNTY, KEY, PLAN, city_office

Put = Callable[[UnitOfWork, int], None]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as opened:
        with opened.store.writing("test", None) as uow:
            uow.returns.put(Return(KEY, 1))
        yield opened


def entry(number: int) -> Entry:
    return Entry(EntryStatus.REPORTED, Decimal(number), note="注")


def progress(number: int) -> Progress:
    return Progress(TaskStatus.IN_PROGRESS, number, "做", evidence=(Evidence("a.jpg", 3, "ab" * 32),))


def plan(number: int) -> object:
    return replace(BuiltInPlans().load(PLAN), id=f"plan-{number}")


# How the n-th content of a kind is kept.
KINDS: dict[str, Put] = {
    "head": lambda uow, n: uow.returns.put(Return(KEY, 1, round=n)),
    "signature": lambda uow, n: uow.returns.put(Return(KEY, 1, signature=Signature(f"张{n}"))),
    "entry": lambda uow, n: uow.returns.put_entry(KEY, "I13", entry(n)),
    "progress": lambda uow, n: uow.returns.put_progress(KEY, "A1-1", progress(n)),
    "explanation": lambda uow, n: uow.returns.put_explanation(KEY, Explanation("I13", "r", "ab", f"因{n}")),
    "second entry": lambda uow, n: uow.rekeyed.put(
        KEY, "I13", SecondEntry(entry(n), entry(n), Outcome.SAME, entry(n), "王芳", "李明")
    ),
    "assignment": lambda uow, n: uow.splits.put_assigned(PLAN, COUNTY, "I13", bool(n % 2)),
    "target": lambda uow, n: uow.splits.put_target(
        PLAN, COUNTY, "I13", Target(2025, TargetKind.BINDING, value=Decimal(n), unit_code=COUNTY)
    ),
    "baseline": lambda uow, n: uow.splits.put_baseline(PLAN, COUNTY, "I13", Baseline(2021, Decimal(n))),
    "achieved": lambda uow, n: uow.achieved.put(
        PLAN,
        COUNTY,
        "I13",
        Achieved(
            2025, TargetKind.TARGET, "0的突破", KEY.period, f"第 {n} 家", Evidence("a.jpg", 3, "ab" * 32)
        ),
    ),
    "deadline": lambda uow, n: uow.plans.put_deadline(PLAN, KEY.period, datetime(2024, 10, n, 18)),
    "own unit": lambda uow, n: uow.plans.put_own_unit("plan-x", f"D0{n}"),
    "shared": lambda uow, n: uow.plans.put_shared((PLAN, "I13"), ("plan-x", f"J{n}"), True),
    "plan": lambda uow, n: uow.plans.add(plan(n)),  # type: ignore[arg-type]
    "operator": lambda uow, n: uow.people.put(Operator("王五", OperatorRole.FILLER), f"hash-{n}"),
    "workspace": lambda uow, n: uow.workspace.set(  # type: ignore[attr-defined]
        replace(uow.workspace.info(), unit_code=f"62040{n}")
    ),
}


def told(office: Office) -> int:
    with office.store.reading() as uow:
        return uow.history.head().line


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_it_is_kept_and_told_once(office: Office, kind: str) -> None:
    counts = [told(office)]
    for number in (3, 3, 4):
        with office.store.writing("test", None) as uow:
            KINDS[kind](uow, number)
        counts.append(told(office))
    first, again, other = (after - before for before, after in pairwise(counts))
    assert first > 0 and other > 0
    assert again == 0
    assert office.store.verify().ok


def test_a_city_s_word_that_was_never_given_is_not_taken_back(office: Office) -> None:
    """Following the plan again where the plan was followed all along, and no own figures, is no change."""
    before = told(office)
    with office.store.writing("test", None) as uow:
        uow.splits.put_assigned(PLAN, COUNTY, "I13", None)
        uow.splits.put_baseline(PLAN, COUNTY, "I13", None)
        uow.plans.put_shared((PLAN, "I13"), ("plan-x", "J1"), False)
    assert told(office) == before


def test_a_workspace_without_a_head_is_none(office: Office) -> None:
    edit(office.store.path, "DELETE FROM workspace")
    with office.store.reading() as uow, pytest.raises(WorkspaceFault) as caught:
        uow.workspace.info()
    assert caught.value.code == "not_a_workspace"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET value = '1_2'",
        "UPDATE entries SET value = 'zwölf'",
        "UPDATE returns SET period = '2024Q9'",
        "UPDATE returns SET period = '2024q3'",
        "UPDATE history SET at = '2024-10-08 10:21:00+08:00'",
    ],
)
def test_what_the_program_would_not_have_written_is_damage(office: Office, statement: str) -> None:
    """A figure of 1_2 would read as 12: it is not taken for one."""
    with office.store.writing("test", None) as uow:
        uow.returns.put_entry(KEY, "I13", entry(12))
    edit(office.store.path, statement)
    with office.store.reading() as uow, pytest.raises(WorkspaceFault) as caught:
        uow.returns.series(PLAN, COUNTY)
        uow.history.of()
    assert caught.value.code == "damaged"
