"""Templates of the city that change what does not show in a figure, and plans that are not taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.domain.plan.indicator import Baseline, Target
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.plan_text.document import plan_digest, plan_to_document
from kjxd_desktop.usecases.planning.targets import SENT_SOURCE
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.shown import Decision, RowStatus
from kjxd_desktop.usecases.sending.exchange import Dispatch, ReturnContent
from tests.helpers.return_contents import OWN_TARGETS, UNIT, built_in_plan, dispatch_content
from tests.helpers.return_files import KEY, Desk, receiving_desk, return_file, row_of

PLAN = built_in_plan()


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    with receiving_desk(tmp_path / "县", Role.COUNTY) as desk:
        yield desk


def sending(**changes: object) -> ReturnContent:
    content = dispatch_content()
    assert content.dispatch is not None
    return replace(content, dispatch=replace(content.dispatch, **changes))  # type: ignore[arg-type]


def kept(desk: Desk) -> tuple[Target, ...]:
    with desk.store.reading() as uow:
        return uow.splits.targets(KEY.plan_id, UNIT)["I13"]


def test_the_same_figure_compared_otherwise_is_a_change(county: Desk) -> None:
    county.take(return_file(dispatch_content()))
    binding, expected = OWN_TARGETS["I13"]
    other = replace(binding, op="<=")
    preview = county.take(return_file(sending(targets={"I13": (other, expected)})))
    row = row_of(preview, "I13", "binding.2025")
    assert (row.was, row.read, row.status, row.reason) == ("12", "12", RowStatus.CHANGED, "sent_down")
    assert row_of(preview, "I13", "expected.2025").status is RowStatus.SAME
    assert kept(county) == (replace(other, source=SENT_SOURCE), replace(expected, source=SENT_SOURCE))


def test_the_same_starting_point_of_another_year_is_a_change(county: Desk) -> None:
    county.take(return_file(dispatch_content()))
    preview = county.take(return_file(sending(baselines={"I13": Baseline(2020, Decimal(7))})))
    row = row_of(preview, "I13")
    assert (row.subject, row.was, row.read, row.status) == ("baseline", "7", "7", RowStatus.CHANGED)
    assert row.reason == "sent_down"
    with county.store.reading() as uow:
        assert uow.splits.baselines(KEY.plan_id, UNIT) == {"I13": Baseline(2020, Decimal(7), SENT_SOURCE)}


def test_only_a_starting_point_that_was_sent_down_is_withdrawn(county: Desk) -> None:
    county.take(return_file(dispatch_content()))
    with county.store.writing("test", None) as uow:
        uow.splits.put_baseline(KEY.plan_id, UNIT, "I14", Baseline(2021, Decimal(3), "自行填写"))
    preview = county.take(return_file(sending(baselines={})))
    row = row_of(preview, "I13")
    assert (row.was, row.read, row.reason) == ("7", "", "withdrawn")
    with county.store.reading() as uow:
        assert uow.splits.baselines(KEY.plan_id, UNIT) == {"I14": Baseline(2021, Decimal(3), "自行填写")}


def test_a_word_about_what_the_plan_does_not_have_is_passed_over(county: Desk) -> None:
    preview = county.take(return_file(sending(assigned={"I99": True, "I14": True, "A1-1": False})))
    words = {row.code: row.read for row in preview.rows if row.field == "assigned"}
    assert words == {"I14": "yes", "A1-1": "no"}
    with county.store.reading() as uow:
        assert uow.splits.assigned(KEY.plan_id, UNIT) == {"I14": True, "A1-1": False}


def test_a_plan_that_is_not_taken_leaves_nothing_behind(county: Desk) -> None:
    """Who leaves the line of the plan out takes nothing of the template."""
    plan = replace(PLAN, id="baiyin-own", title="本市自己的方案")
    content = dispatch_content(plan)
    identity = replace(content.identity, plan_id=plan.id, plan_digest=plan_digest(plan))
    document = json.dumps(plan_to_document(plan), ensure_ascii=False)
    assert isinstance(content.dispatch, Dispatch)
    file = return_file(
        replace(content, identity=identity, dispatch=replace(content.dispatch, plan_document=document))
    )
    preview = county.preview(file)
    decisions = county.receive.accept_all(preview)
    decisions[row_of(preview, plan.id, "revision").index] = (Decision.KEEP, "")
    applied = county.receive.apply(preview, decisions)
    assert (applied.written, applied.import_id, applied.changes.plan) == (0, 0, False)
    with county.store.reading() as uow:
        assert uow.plans.get(plan.id) is None
        assert uow.splits.targets(plan.id, UNIT) == {}
        assert uow.returns.find(ReturnKey(plan.id, UNIT, KEY.period)) is None
        assert uow.exchange.find_import(file.digest) is None
