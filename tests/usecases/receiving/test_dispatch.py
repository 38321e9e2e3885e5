"""A county takes in what its city sends down, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.plan.plan import Adjustment, Plan
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Return, ReturnState
from kjxd_desktop.plan_text.document import plan_digest, plan_to_document
from kjxd_desktop.usecases.planning.targets import SENT_SOURCE
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.shown import Decision, RowStatus
from kjxd_desktop.usecases.sending.exchange import Dispatch, ReturnContent
from kjxd_desktop.wording.filling.notes import note_sentence
from tests.helpers.return_contents import (
    DEADLINE,
    OWN_TARGETS,
    SENT_DOWN,
    UNIT,
    built_in_plan,
    dispatch_content,
    return_content,
)
from tests.helpers.return_files import KEY, Desk, receiving_desk, return_file, row_of, signed

PLAN = built_in_plan()
# What the city set for the unit is marked as sent down, so that it goes when the city takes it back.
SENT_TARGETS = {
    code: tuple(replace(target, source=SENT_SOURCE) for target in targets)
    for code, targets in OWN_TARGETS.items()
}


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    with receiving_desk(tmp_path / "县", Role.COUNTY) as desk:
        yield desk


def brought(plan: Plan) -> ReturnContent:
    """A dispatch of another plan, which it carries whole."""
    content = dispatch_content(plan)
    identity = replace(
        content.identity, plan_id=plan.id, revision=plan.revision, plan_digest=plan_digest(plan)
    )
    document = json.dumps(plan_to_document(plan), ensure_ascii=False)
    assert content.dispatch is not None
    return replace(content, identity=identity, dispatch=replace(content.dispatch, plan_document=document))


def refused(desk: Desk, content: ReturnContent) -> str:
    with pytest.raises(ProblemError) as caught:
        desk.preview(return_file(content))
    return caught.value.problem.code


def test_everything_sent_down_arrives(county: Desk) -> None:
    preview = county.take(return_file(dispatch_content()))
    assert preview.kind == "dispatch"
    assert {(row.subject, row.code, row.field, row.read) for row in preview.rows} >= {
        ("target", "I13", "binding.2025", "12"),
        ("target", "I13", "expected.2025", "16"),
        ("baseline", "I13", "value", "7"),
        ("deadline", KEY.plan_id, "due", DEADLINE.isoformat()),
        ("entry", "I01", "value", "53.60"),
    }
    with county.store.reading() as uow:
        assert uow.splits.targets(KEY.plan_id, UNIT) == SENT_TARGETS
        assert uow.splits.baselines(KEY.plan_id, UNIT) == {"I13": Baseline(2021, Decimal("7"), SENT_SOURCE)}
        assert uow.plans.deadline(KEY.plan_id, KEY.period) == DEADLINE
        head = uow.returns.find(KEY)
    assert county.kept().entries == SENT_DOWN
    assert head is not None and head.state is ReturnState.DRAFT


def test_again_changes_nothing(county: Desk) -> None:
    county.take(return_file(dispatch_content()))
    preview = county.preview(return_file(dispatch_content()))
    assert preview.count(RowStatus.SAME) == len(preview.rows)


def test_old_and_new_are_shown_and_withdrawn_targets_go(county: Desk) -> None:
    old = Target(2024, TargetKind.BINDING, value=Decimal("10"), unit_code=UNIT, source="本单位设定")
    with county.store.writing("typed", None) as uow:
        uow.splits.put_target(KEY.plan_id, UNIT, "I13", old)
        uow.splits.put_target(KEY.plan_id, UNIT, "I13", replace(OWN_TARGETS["I13"][0], value=Decimal("11")))
        uow.splits.put_target(KEY.plan_id, UNIT, "I14", old)
    preview = county.take(return_file(dispatch_content()))
    changed, gone = row_of(preview, "I13", "binding.2025"), row_of(preview, "I13", "binding.2024")
    assert (changed.was, changed.read, changed.status) == ("11", "12", RowStatus.CHANGED)
    assert (gone.was, gone.read, gone.reason) == ("10", "", "withdrawn")
    with county.store.reading() as uow:
        assert uow.splits.targets(KEY.plan_id, UNIT) == {**SENT_TARGETS, "I14": (old,)}


def test_a_declined_line_stays_as_it_is(county: Desk) -> None:
    preview = county.preview(return_file(dispatch_content()))
    decisions = county.receive.accept_all(preview)
    decisions[row_of(preview, "I01").index] = (Decision.KEEP, "")
    county.receive.apply(preview, decisions)
    assert county.kept().entries == {}


def test_only_published_figures_come_down(county: Desk) -> None:
    content = dispatch_content()
    forged = Dispatch(sent_down={"I13": Entry(EntryStatus.REPORTED, Decimal("99"))})
    county.take(return_file(replace(content, dispatch=forged)))
    assert county.kept().entries == {}


def test_a_submitted_return_is_left_alone(county: Desk) -> None:
    with county.store.writing("test", None) as uow:
        uow.returns.put(Return(KEY, 1, ReturnState.SUBMITTED))
    preview = county.take(return_file(dispatch_content()))
    assert row_of(preview, "I01").reason == "return_locked"
    assert county.kept().entries == {}
    with county.store.reading() as uow:
        assert uow.plans.deadline(KEY.plan_id, KEY.period) == DEADLINE


@pytest.mark.parametrize("state", [ReturnState.CHECKED, ReturnState.SIGNED])
@pytest.mark.parametrize("later", [KEY.period, KEY.period.next()])
def test_what_was_checked_is_a_draft_again_and_that_is_told(
    county: Desk, state: ReturnState, later: Period
) -> None:
    """The return the values are for, and a later one that carries an annual figure among them."""
    key = replace(KEY, period=later)
    with county.store.writing("test", None) as uow:
        uow.returns.put(Return(key, 1, state))
    preview = county.preview(return_file(dispatch_content()))
    applied = county.receive.apply(preview, county.receive.accept_all(preview))
    with county.store.reading() as uow:
        head = uow.returns.find(key)
    assert head is not None and head.state is ReturnState.DRAFT
    code = "sent_reopened" if later == KEY.period else "later_reopened"
    assert applied.changes.notes == ((code, (("period", later.key),)),)
    assert "再审核一次" in note_sentence(*applied.changes.notes[0])


def test_a_plan_of_the_office_travels_along(county: Desk) -> None:
    plan = replace(PLAN, id="baiyin-own", title="本市自己的方案")
    preview = county.take(return_file(brought(plan)))
    assert (preview.rows[0].subject, preview.rows[0].reason) == ("plan", "plan_new")
    with county.store.reading() as uow:
        assert uow.plans.get("baiyin-own") == plan
        assert uow.splits.targets("baiyin-own", UNIT) == SENT_TARGETS


def test_a_newer_revision_is_added_and_an_older_refused(county: Desk) -> None:
    since = Adjustment(Period(2024, 1), "科技型中小企业目标调整", "中期评估")
    revised = replace(PLAN, revision=2, adjustment=since)
    preview = county.take(return_file(brought(revised)))
    assert preview.rows[0].reason == "plan_revised"
    with county.store.reading() as uow:
        assert uow.plans.get(PLAN.id, 1) == PLAN
        assert uow.plans.get(PLAN.id) == revised
    assert refused(county, dispatch_content()) == "other_revision"


def test_a_broken_plan_is_refused_by_name(county: Desk) -> None:
    content = dispatch_content()
    identity = replace(content.identity, plan_id="other")
    for document in ("{", "[]", '{"id": 1}', json.dumps(plan_to_document(replace(PLAN, units=())))):
        dispatch = Dispatch(plan_document=document)
        assert refused(county, replace(content, identity=identity, dispatch=dispatch)) == "plan_unreadable"


def test_another_units_template_is_refused(county: Desk) -> None:
    content = dispatch_content()
    unit = PLAN.unit("620421")
    assert unit is not None
    identity = replace(content.identity, unit_code=unit.code, unit_name=unit.name)
    assert refused(county, replace(content, identity=identity, duty=Duty(PLAN, unit))) == "wrong_unit"


def test_submissions_are_refused(county: Desk) -> None:
    with county.store.reading() as uow:
        own = uow.workspace.info().id
    assert refused(county, signed(return_content(), workspace_id=own)) == "own_submission"
    assert refused(county, signed(return_content())) == "county_takes_dispatch"


def test_filled_templates_say_what_is_not_taken(county: Desk) -> None:
    preview = county.preview(return_file(dispatch_content(), {("I13", "value"): "9"}))
    assert ("values_not_taken", (("count", "1"),)) in preview.notices


def test_the_usual_deadline_needs_no_line(county: Desk) -> None:
    content = dispatch_content()
    usual = KEY.period.default_deadline()
    for deadline in (usual, usual.astimezone()):
        identity = replace(content.identity, deadline=deadline)
        preview = county.preview(return_file(replace(content, identity=identity)))
        assert "deadline" not in {row.subject for row in preview.rows}


def test_periods_outside_the_plan_are_refused(county: Desk) -> None:
    content = dispatch_content()
    identity = replace(content.identity, period=Period(2031, 1))
    assert refused(county, replace(content, identity=identity, period=Period(2031, 1))) == "wrong_period"
