"""What is kept under one plan, unit, period and code is never touched, hidden or repeated by its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.digests import digest_of
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.progress import Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Explanation, Return, ReturnKey, ReturnState, Signature
from kjxd_desktop.domain.returns.second_entry import Outcome, SecondEntry
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.usecases.ports import UnitOfWork
from tests.helpers.neighbouring_keys import HERE, NEIGHBOURS, entry, progress
from tests.helpers.offices import TODAY, city_office

PLACES = [(key, code) for key in (HERE, *NEIGHBOURS.values()) for code in ("C1", "C2")]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as opened:
        yield opened


@dataclass(frozen=True, slots=True)
class Content:
    """A kind of content: how the n-th is kept at a place, and what is read there."""

    put: Callable[[UnitOfWork, ReturnKey, str, int], None]
    read: Callable[[UnitOfWork, ReturnKey, str], Any]
    made: Callable[[int], Any]
    # Places that are one and the same to this kind of content.
    place: Callable[[ReturnKey, str], Any] = lambda key, code: (key, code)


def second(number: int) -> SecondEntry:
    return SecondEntry(entry(number), entry(number + 1), Outcome.SECOND, entry(number + 1), "王芳", "李明")


def target(number: int) -> Target:
    return Target(
        2025,
        TargetKind.BINDING,
        "<=",
        Decimal(number),
        None,
        "力争",
        "市本级",
        None,
        f"附件{number}",
    )


def proof(number: int) -> bytes:
    return f"照片 {number}".encode()


def put_mark(uow: UnitOfWork, key: ReturnKey, code: str, number: int) -> None:
    uow.returns.add_evidence(proof(number))
    uow.achieved.put(key.plan_id, key.unit_code, code, mark(number))


def mark(number: int) -> Achieved:
    file = Evidence(f"{number}.jpg", len(proof(number)), digest_of(proof(number)))
    return Achieved(2025, TargetKind.TARGET, "0的突破", Period(2024, 1 + number % 4), f"第 {number} 家", file)


CONTENTS = {
    "entry": Content(
        lambda uow, key, code, n: uow.returns.put_entry(key, code, entry(n)),
        lambda uow, key, code: uow.returns.entries(key)[code],
        entry,
    ),
    "progress": Content(
        lambda uow, key, code, n: uow.returns.put_progress(key, code, progress(n)),
        lambda uow, key, code: uow.returns.progress(key)[code],
        progress,
    ),
    "explanation": Content(
        lambda uow, key, code, n: uow.returns.put_explanation(
            key, Explanation(code, "year_change", f"{n}" * 8, f"因{n}")
        ),
        lambda uow, key, code: next(item for item in uow.returns.explanations(key) if item.code == code),
        lambda n: None,
    ),
    "second entry": Content(
        lambda uow, key, code, n: uow.rekeyed.put(key, code, second(n)),
        lambda uow, key, code: uow.rekeyed.entries(key)[code],
        second,
    ),
    "assignment": Content(
        lambda uow, key, code, n: uow.splits.put_assigned(key.plan_id, key.unit_code, code, n % 2 == 0),
        lambda uow, key, code: uow.splits.assigned(key.plan_id, key.unit_code)[code],
        lambda n: n % 2 == 0,
        lambda key, code: (key.plan_id, key.unit_code, code),
    ),
    "target": Content(
        lambda uow, key, code, n: uow.splits.put_target(
            key.plan_id, key.unit_code, code, replace(target(n), unit_code=key.unit_code)
        ),
        lambda uow, key, code: tuple(
            replace(item, unit_code=None) for item in uow.splits.targets(key.plan_id, key.unit_code)[code]
        ),
        lambda n: (target(n),),
        lambda key, code: (key.plan_id, key.unit_code, code),
    ),
    "achieved": Content(
        put_mark,
        lambda uow, key, code: uow.achieved.marks(key.plan_id, key.unit_code)[code],
        lambda n: (mark(n),),
        lambda key, code: (key.plan_id, key.unit_code, code),
    ),
    "baseline": Content(
        lambda uow, key, code, n: uow.splits.put_baseline(
            key.plan_id, key.unit_code, code, Baseline(2000 + n, Decimal(n), f"注{n}")
        ),
        lambda uow, key, code: uow.splits.baselines(key.plan_id, key.unit_code)[code],
        lambda n: Baseline(2000 + n, Decimal(n), f"注{n}"),
        lambda key, code: (key.plan_id, key.unit_code, code),
    ),
    "deadline": Content(
        lambda uow, key, code, n: uow.plans.put_deadline(
            key.plan_id, key.period, datetime(2024, 10, n + 1, 18)
        ),
        lambda uow, key, code: uow.plans.deadline(key.plan_id, key.period),
        lambda n: datetime(2024, 10, n + 1, 18),
        lambda key, code: (key.plan_id, key.period),
    ),
}


@pytest.mark.parametrize("kind", [kind for kind in CONTENTS if kind != "explanation"])
def test_every_place_keeps_its_own(office: Office, kind: str) -> None:
    """Ten places filled, then the first changed: it holds the new, all others what they held, in history too."""
    content = CONTENTS[kind]
    wanted: dict[Any, tuple[ReturnKey, str, Any]] = {}
    with office.store.writing("test", None) as uow:
        for key, _ in PLACES:
            uow.returns.put(Return(key, 1))
        for number, (key, code) in enumerate(PLACES, start=1):
            content.put(uow, key, code, number)
            wanted[content.place(key, code)] = key, code, content.made(number)
        content.put(uow, HERE, "C1", 25)
        wanted[content.place(HERE, "C1")] = HERE, "C1", content.made(25)
    with office.store.reading() as uow:
        for key, code, made in wanted.values():
            assert content.read(uow, key, code) == made, (key, code)
    assert office.store.verify().ok


def test_reasons_are_kept_by_cell_and_rule(office: Office) -> None:
    kept = []
    with office.store.writing("test", None) as uow:
        for number, (key, code) in enumerate(PLACES):
            uow.returns.put(Return(key, 1))
            for rule in ("outlier", "year_change"):
                reason = Explanation(code, rule, f"{number:08}", f"{rule}的原因{number}")
                uow.returns.put_explanation(key, reason)
                kept.append((key, reason))
        changed = Explanation("C1", "outlier", "f" * 8, "另一个原因")
        uow.returns.put_explanation(HERE, changed)
    with office.store.reading() as uow:
        for key in (HERE, *NEIGHBOURS.values()):
            reasons = [reason for place, reason in kept if place == key]
            if key == HERE:
                reasons[0] = changed
            assert list(uow.returns.explanations(key)) == reasons
    assert office.store.verify().ok


def heads() -> dict[ReturnKey, Return]:
    """A head with every field, another at every place."""
    return {
        key: Return(
            key,
            number,
            ReturnState.SUBMITTED,
            number + 1,
            number % 2 == 0,
            Signature(f"张{number}", f"李{number}", f"王{number}", f"0943-{number}", f"2024-10-{number:02}"),
            f"CODE-{number}",
            TODAY + timedelta(minutes=number),
        )
        for number, key in enumerate((HERE, *NEIGHBOURS.values()), start=1)
    }


def test_heads_of_returns_are_kept_by_plan_unit_and_period(office: Office) -> None:
    made = heads()
    with office.store.writing("test", None) as uow:
        for head in made.values():
            uow.returns.put(head)
        made[HERE] = replace(made[HERE], state=ReturnState.ACCEPTED)
        uow.returns.put(made[HERE])
    with office.store.reading() as uow:
        assert {key: uow.returns.find(key) for key in made} == made
        assert uow.returns.find(replace(HERE, unit_code="620400")) is None
        # By unit, then by time; of one period when asked.
        assert [head.key for head in uow.returns.heads("plan-a")] == [
            NEIGHBOURS["year"],
            NEIGHBOURS["quarter"],
            HERE,
            NEIGHBOURS["unit"],
        ]
        assert [head.key for head in uow.returns.heads("plan-a", HERE.period)] == [HERE, NEIGHBOURS["unit"]]
        assert uow.returns.heads("plan-c") == ()
    assert office.store.verify().ok


def test_a_units_figures_come_by_indicator_and_in_the_order_of_time(office: Office) -> None:
    """Typed in any order; other plans' and units' figures are not among them."""
    periods = [Period(2024, 3), Period(2023, 4), Period(2024, 1)]
    with office.store.writing("test", None) as uow:
        for number, period in enumerate(periods, start=1):
            for key in (HERE, NEIGHBOURS["plan"], NEIGHBOURS["unit"]):
                place = replace(key, period=period)
                uow.returns.put(Return(place, 1))
                for code in ("C2", "C1"):
                    uow.returns.put_entry(place, code, entry(number if key is HERE else 9))
    with office.store.reading() as uow:
        series = uow.returns.series("plan-a", "620422")
        only = uow.returns.series("plan-a", "620422", {"C2"})
    points = ((Period(2023, 4), entry(2)), (Period(2024, 1), entry(3)), (Period(2024, 3), entry(1)))
    assert dict(series) == {"C1": points, "C2": points}
    assert dict(only) == {"C2": points}


@pytest.mark.parametrize("state", ReturnState)
def test_an_earlier_reason_is_offered_only_if_it_was_sent(office: Office, state: ReturnState) -> None:
    earlier = NEIGHBOURS["quarter"]
    with office.store.writing("test", None) as uow:
        uow.returns.put(Return(earlier, 1, state))
        uow.returns.put_explanation(earlier, Explanation("C1", "outlier", "0" * 8, "上季的原因"))
    with office.store.reading() as uow:
        found = uow.returns.last_explanation(HERE, "C1", "outlier")
    sent = state in (ReturnState.SUBMITTED, ReturnState.ACCEPTED)
    assert found == ((earlier.period, "上季的原因") if sent else None)


def test_the_newest_earlier_reason_of_the_same_cell_and_rule(office: Office) -> None:
    def reason(key: ReturnKey, text: str, code: str = "C1", rule: str = "outlier") -> None:
        uow.returns.put(Return(key, 1, ReturnState.SUBMITTED))
        uow.returns.put_explanation(key, Explanation(code, rule, "0" * 8, text))

    with office.store.writing("test", None) as uow:
        reason(NEIGHBOURS["quarter"], "上季")
        reason(NEIGHBOURS["year"], "上年")
        reason(HERE, "本季")
        reason(replace(HERE, period=Period(2024, 4)), "下季")
        before = NEIGHBOURS["quarter"].period
        reason(replace(NEIGHBOURS["plan"], period=before), "别的方案")
        reason(replace(NEIGHBOURS["unit"], period=before), "别的单位")
        reason(NEIGHBOURS["quarter"], "别的指标", code="C2")
        reason(NEIGHBOURS["quarter"], "别的规则", rule="year_change")
    with office.store.reading() as uow:
        assert uow.returns.last_explanation(HERE, "C1", "outlier") == (Period(2024, 2), "上季")
        assert uow.returns.last_explanation(NEIGHBOURS["quarter"], "C1", "outlier") == (
            Period(2023, 3),
            "上年",
        )
        assert uow.returns.last_explanation(NEIGHBOURS["year"], "C1", "outlier") is None
        assert uow.returns.last_explanation(HERE, "C3", "outlier") is None


def test_what_went_out_is_kept_by_return_oldest_first(office: Office) -> None:
    with office.store.writing("test", None) as uow:
        for key in (HERE, *NEIGHBOURS.values()):
            uow.returns.put(Return(key, 1))
        told = [ChainHead(3, "3" * 64), ChainHead(5, "5" * 64)]
        uow.exchange.add_submission(HERE, 1, "b" * 64, "第1次.xlsx", told[0])
        uow.exchange.add_submission(NEIGHBOURS["unit"], 1, "c" * 64, "别的单位.xlsx", told[1])
        now = uow.history.head()
        uow.exchange.add_submission(HERE, 2, "a" * 64, "第2次.xlsx")
    with office.store.reading() as uow:
        assert uow.exchange.submissions(HERE) == ("b" * 64, "a" * 64)
        assert uow.exchange.submissions(NEIGHBOURS["unit"]) == ("c" * 64,)
        assert uow.exchange.submissions(NEIGHBOURS["plan"]) == ()
        assert uow.exchange.sent_heads() == (*told, now)
        assert uow.history.link_at(now.line) == now.link


def test_evidence_is_kept_once_and_found_by_its_digest(office: Office) -> None:
    with office.store.writing("test", None) as uow:
        one, other = uow.returns.add_evidence(b"one"), uow.returns.add_evidence(b"other")
        assert uow.returns.add_evidence(b"one") == one != other
    with office.store.reading() as uow:
        assert (uow.returns.evidence(one), uow.returns.evidence(other), uow.returns.evidence("0" * 64)) == (
            b"one",
            b"other",
            None,
        )


def test_the_order_of_evidence_is_the_one_it_was_given_in(office: Office) -> None:
    files = tuple(Evidence(name, 1, name * 64) for name in "cab")
    item = Progress(TaskStatus.IN_PROGRESS, 10, evidence=files)
    with office.store.writing("test", None) as uow:
        uow.returns.put(Return(HERE, 1))
        uow.returns.put_progress(HERE, "T1", item)
        uow.returns.put_progress(HERE, "T1", replace(item, evidence=tuple(reversed(files))))
    with office.store.reading() as uow:
        assert [file.name for file in uow.returns.progress(HERE)["T1"].evidence] == ["b", "a", "c"]


def test_which_unit_the_office_is_in_each_plan(office: Office) -> None:
    with office.store.writing("test", None) as uow:
        uow.plans.put_own_unit("plan-a", "620422")
        uow.plans.put_own_unit("plan-b", "D7")
        uow.plans.put_own_unit("plan-a", "620423")
    with office.store.reading() as uow:
        assert (uow.plans.own_unit("plan-a"), uow.plans.own_unit("plan-b"), uow.plans.own_unit("plan-c")) == (
            "620423",
            "D7",
            None,
        )


def test_shared_figures_of_several_plans(office: Office) -> None:
    a, b, c = ("plan-a", "I1"), ("plan-b", "J1"), ("plan-c", "K1")
    with office.store.writing("test", None) as uow:
        uow.plans.put_shared(a, c, True)
        uow.plans.put_shared(a, b, True)
        uow.plans.put_shared(("plan-a", "I2"), ("plan-b", "J2"), True)
        assert uow.plans.shared("plan-a") == {"I1": (b, c), "I2": (("plan-b", "J2"),)}
        assert uow.plans.shared("plan-b") == {"J1": (a,), "J2": (("plan-a", "I2"),)}
        uow.plans.put_shared(a, b, False)
        assert uow.plans.shared("plan-a") == {"I1": (c,), "I2": (("plan-b", "J2"),)}
        assert uow.plans.shared("plan-b") == {"J2": (("plan-a", "I2"),)}
        assert uow.plans.shared("plan-c") == {"K1": (a,)}
    assert office.store.verify().ok


def test_a_figure_that_is_shared_with_another_of_the_same_plan_from_now_on(office: Office) -> None:
    """The first partner of that plan is none any more, in the rows and in what history tells of them."""
    with office.store.writing("test", None) as uow:
        uow.plans.put_shared(("plan-a", "C1"), ("plan-b", "C2"), True)
        uow.plans.put_shared(("plan-a", "C1"), ("plan-b", "C3"), True)
    with office.store.reading() as uow:
        assert uow.plans.shared("plan-a") == {"C1": (("plan-b", "C3"),)}
    assert office.store.verify().discrepancies == ()
