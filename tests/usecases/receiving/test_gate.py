"""Files that do not belong into the city's workspace are refused by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.gate import KnownPlans
from kjxd_desktop.usecases.sending.exchange import FORMAT, ReturnContent, ReturnFile
from tests.helpers.return_contents import dispatch_content, return_content
from tests.helpers.return_files import Desk, OnePlan, receiving_desk, return_file, signed


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Desk]:
    with receiving_desk(tmp_path / "市", Role.CITY) as desk:
        yield desk


def first() -> ReturnContent:
    """The first submission."""
    return signed(return_content(), round=1, earlier=(), workspace_id="county")


def refused(desk: Desk, file: ReturnFile) -> str:
    with pytest.raises(ProblemError) as caught:
        desk.preview(file)
    return caught.value.problem.code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"format": FORMAT + 1}, "newer_format"),
        ({"plan_id": "elsewhere", "plan_title": "别处的方案"}, "unknown_plan"),
        ({"revision": 2}, "other_revision"),
        ({"unit_code": "999999", "unit_name": "某县"}, "unknown_unit"),
        ({"unit_code": "620421"}, "unit_mixed"),
        ({"period": Period(2024, 2)}, "period_mixed"),
    ],
)
def test_files_that_do_not_belong_here(city: Desk, changes: dict[str, object], code: str) -> None:
    content = first()
    identity = replace(content.identity, **changes)  # type: ignore[arg-type]
    assert refused(city, return_file(replace(content, identity=identity))) == code


def test_periods_outside_the_plan_are_refused(city: Desk) -> None:
    content = signed(first(), period=Period(2031, 1))
    assert refused(city, replace(return_file(content), guessed_period="2031Q1")) == "wrong_period"


def test_own_files_do_not_come_back(city: Desk) -> None:
    with city.store.reading() as uow:
        own = uow.workspace.info().id
    assert refused(city, return_file(signed(first(), workspace_id=own))) == "own_submission"


def test_plans_are_found_by_id_title_or_as_the_workspaces_own(city: Desk) -> None:
    plan = first().plan
    plans = KnownPlans(city.store, OnePlan(replace(plan, id="built-in")))
    for named in (plan.id, plan.title, f" {plan.short_title} ", ""):
        assert plans(named) == plan
    assert plans("built-in") is not None
    assert plans("built-in", 9) is None
    assert plans(plan.id, 9) is None
    assert plans("elsewhere") is None


def test_an_empty_template_is_no_return(city: Desk) -> None:
    assert refused(city, return_file(dispatch_content())) == "nothing_filled"


def test_without_identity_the_cover_counts(city: Desk) -> None:
    cells = tuple(replace(cell, exact=None) for cell in return_file(first()).cells if cell.sheet != "标识")
    file = replace(return_file(first()), identity=None, cells=cells)
    preview = city.take(file)
    assert {"no_identity", "unsigned"} <= {code for code, _ in preview.notices}
    assert city.kept().entries["I13"] == Entry(EntryStatus.REPORTED, Decimal("9"))
    assert refused(city, replace(file, guessed_unit="")) == "unknown_unit"
    assert refused(city, replace(file, guessed_period="上半年")) == "no_period"
