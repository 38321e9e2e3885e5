"""What ``verify`` says: rows that stand for two, histories told otherwise, lost parents, other schemas."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import reading_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.keeping.verification import HEAD_DIFFERS, Discrepancy, Verification
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.plan.plan import Adjustment
from kjxd_desktop.domain.returns.returns import Explanation, Return, ReturnKey
from kjxd_desktop.storage.history.line import LATER_KINDS, StoredLine
from kjxd_desktop.storage.history.rebuild import LATER_KEYS, from_history, same
from kjxd_desktop.usecases.exchanged import ChainHead
from tests.helpers.offices import COUNTY, PLAN, FixedClock, county_office

HERE = ReturnKey("plan-a", COUNTY, Period(2024, 3))
AIM = Target(2025, TargetKind.BINDING, value=Decimal(12), unit_code=COUNTY)


@pytest.fixture
def worked_in(tmp_path: Path) -> Path:
    """Two of everything that its code alone does not tell apart."""
    with county_office(tmp_path) as office:
        plan = BuiltInPlans().load(PLAN)
        with office.store.writing("test", None) as uow:
            uow.returns.put(Return(HERE, 1))
            for target in (AIM, replace(AIM, kind=TargetKind.EXPECTED), replace(AIM, year=2024)):
                uow.splits.put_target("plan-a", COUNTY, "I01", target)
            for rule in ("outlier", "year_change"):
                uow.returns.put_explanation(HERE, Explanation("I01", rule, "ab", f"{rule}的原因"))
            for other in ("plan-b", "plan-c"):
                uow.plans.put_shared(("plan-a", "I01"), (other, "J1"), True)
            for number in (1, 2):
                uow.exchange.add_submission(HERE, number, f"{number}" * 64, f"第{number}次.xlsx")
            revised = Adjustment(Period(2024, 1), "调整", "中期评估")
            uow.plans.add(replace(plan, revision=2, adjustment=revised))
            uow.splits.put_baseline("plan-a", COUNTY, "I01", Baseline(2021, Decimal(8)))
            uow.splits.put_assigned("plan-a", COUNTY, "I01", True)
            uow.plans.put_deadline("plan-a", Period(2024, 3), datetime(2024, 10, 12, 18))
        return office.store.path


def verified(path: Path) -> Verification:
    with reading_office(path, FixedClock()) as office:
        return office.store.verify()


def edit(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            assert connection.execute(statement).rowcount != 0, statement


def test_two_of_everything_are_in_order(worked_in: Path) -> None:
    found = verified(worked_in)
    assert (found.integrity, found.audit_chain, found.schema, found.discrepancies) == ("ok", "ok", "ok", ())


@pytest.mark.parametrize(
    ("statement", "what", "code"),
    [
        ("DELETE FROM targets WHERE kind = 'binding' AND year = 2025", "target", "I01"),
        ("DELETE FROM targets WHERE kind = 'expected'", "target", "I01"),
        ("DELETE FROM targets WHERE year = 2024", "target", "I01"),
        ("DELETE FROM explanations WHERE rule = 'outlier'", "explanation", "I01"),
        ("DELETE FROM explanations WHERE rule = 'year_change'", "explanation", "I01"),
        ("DELETE FROM shared_indicators WHERE other_plan = 'plan-b'", "shared", "I01"),
        ("DELETE FROM shared_indicators WHERE other_plan = 'plan-c'", "shared", "I01"),
        ("UPDATE shared_indicators SET other_indicator = 'J2' WHERE other_plan = 'plan-b'", "shared", "I01"),
        ("DELETE FROM submissions WHERE round = 1", "submission", ""),
        ("DELETE FROM submissions WHERE round = 2", "submission", ""),
        (f"DELETE FROM plan_revisions WHERE plan_id = '{PLAN}' AND revision = 1", "plan", PLAN),
        (f"DELETE FROM plan_revisions WHERE plan_id = '{PLAN}' AND revision = 2", "plan", PLAN),
        ("DELETE FROM assignments", "assignment", "I01"),
        ("UPDATE assignments SET assigned = 0", "assignment", "I01"),
        ("DELETE FROM deadlines", "deadline", ""),
    ],
)
def test_one_of_two_that_is_gone_is_missed(worked_in: Path, statement: str, what: str, code: str) -> None:
    edit(worked_in, statement)
    found = verified(worked_in)
    assert not found.ok
    assert {(item.what, item.code) for item in found.discrepancies} == {(what, code)}
    if statement.startswith("DELETE"):
        assert all(item.held is None and item.told for item in found.discrepancies)


def test_a_row_that_history_never_told_of(worked_in: Path) -> None:
    edit(worked_in, "INSERT INTO baselines VALUES ('plan-a', '620423', 'I01', 2021, '9', '')")
    (only,) = verified(worked_in).discrepancies
    assert only == Discrepancy(
        "baseline", "plan-a", "620423", "", "I01", told=None, held='{"value":"9","year":2021}'
    )


def test_a_submission_that_was_given_another_history(worked_in: Path) -> None:
    """Its head names a line of this history with a link that this history does not have there."""
    with county_office(worked_in.parent, "other.kjxd") as office:
        with office.store.writing("test", None) as uow:
            uow.returns.put(Return(HERE, 1))
            uow.exchange.add_submission(HERE, 1, "ab" * 32, "第1次.xlsx", ChainHead(2, "f" * 64))
            right = uow.history.link_at(2)
        found = office.store.verify()
    assert not found.ok and found.audit_chain == "ok"
    assert found.discrepancies == (
        Discrepancy(
            "submission", "plan-a", COUNTY, "2024Q3", "", told=right, held="f" * 64, reason=HEAD_DIFFERS
        ),
    )


def test_a_submission_of_a_line_that_is_not_there(worked_in: Path) -> None:
    with county_office(worked_in.parent, "other.kjxd") as office:
        with office.store.writing("test", None) as uow:
            uow.returns.put(Return(HERE, 1))
            uow.exchange.add_submission(HERE, 1, "ab" * 32, "第1次.xlsx", ChainHead(999, "f" * 64))
        (only,) = office.store.verify().discrepancies
    assert (only.told, only.held, only.reason) == (None, "f" * 64, HEAD_DIFFERS)


def test_rows_without_their_parent_are_counted(worked_in: Path) -> None:
    edit(worked_in, f"DELETE FROM returns WHERE plan_id = 'plan-a' AND unit_code = '{COUNTY}'")
    found = verified(worked_in)
    # Two reasons and two submissions.
    assert found.integrity == "4 rows without their parent"
    assert not found.ok


def test_another_version_of_the_schema_is_named(worked_in: Path) -> None:
    with reading_office(worked_in, FixedClock()) as office:
        # While it is open: at a start it would be refused.
        edit(worked_in, "ALTER TABLE baselines ADD COLUMN colour TEXT")
        found = office.store.verify()
    assert (found.schema, found.ok) == ("table baselines", False)


def test_a_row_that_no_longer_is_what_it_was_is_told_with_its_kind(worked_in: Path) -> None:
    edit(worked_in, "UPDATE baselines SET value = 'eight'")
    found = verified(worked_in)
    (only,) = found.discrepancies
    assert (only.what, only.plan, only.told, only.held) == ("baseline", "", None, None)
    assert only.reason.startswith("WorkspaceFault")


def test_a_line_of_history_that_cannot_be_read(worked_in: Path) -> None:
    edit(worked_in, "UPDATE history SET period = 'soon' WHERE what = 'deadline'")
    found = verified(worked_in)
    assert (found.audit_chain, found.discrepancies, found.lines) == ("unreadable: WorkspaceFault", (), 0)


def test_the_first_line_that_does_not_fit_is_named(worked_in: Path) -> None:
    lines = verified(worked_in).lines
    edit(worked_in, "UPDATE history SET why = 'x' WHERE id IN (5, 7)")
    found = verified(worked_in)
    assert (found.audit_chain, found.lines) == ("broken at 5", lines)


# What older lines do not speak of


@pytest.mark.parametrize(
    ("what", "told", "held", "alike"),
    [
        ("state", '{"round":1}', '{"round":1}', True),
        ("state", '{"round":1}', '{"round":1,"submitted_at":"2024"}', True),
        ("state", '{"round":1,"submitted_at":"2023"}', '{"round":1,"submitted_at":"2024"}', False),
        ("state", '{"round":1}', '{"round":2,"submitted_at":"2024"}', False),
        ("state", '{"round":1}', '{"round":1,"revision":2}', False),
        ("import", '{"file":"a"}', '{"content":"x","file":"a"}', True),
        ("submission", '{"round":1}', '{"line":1,"link":"x","round":1}', True),
        ("entry", '{"value":"1"}', '{"value":"1","note":"x"}', False),
    ],
)
def test_what_a_line_of_an_earlier_release_leaves_out(what: str, told: str, held: str, alike: bool) -> None:
    assert same(what, told, held) is alike
    assert set(LATER_KEYS) == {"state", "import", "submission"}
    assert LATER_KINDS == {"workspace": "workspace", "submission": "workspace", "own_unit": "own_unit"}


def test_the_last_word_of_history_holds_and_a_restore_changes_nothing() -> None:
    def line(what: str, code: str, old: str | None, new: str | None) -> StoredLine:
        return StoredLine(0, datetime(2024, 1, 1), "", what, "p", "u", "", code, old, new, "", "")

    content = from_history(
        [
            line("baseline", "I01", None, '{"value":"8"}'),
            line("baseline", "I02", None, '{"value":"9"}'),
            line("restore", "", None, '{"line":3}'),
            line("baseline", "I02", '{"value":"9"}', '{"value":"10"}'),
            line("baseline", "I01", '{"value":"8"}', None),
            line("target", "I01", None, '{"kind":"binding","value":"1","year":2025}'),
            line("target", "I01", None, '{"kind":"expected","value":"2","year":2025}'),
            line("target", "I01", '{"kind":"binding","value":"1","year":2025}', None),
        ]
    )
    assert content == {
        ("baseline", "p", "u", "", "I02", ""): '{"value":"10"}',
        ("target", "p", "u", "", "I01", "2025 expected"): '{"kind":"expected","value":"2","year":2025}',
    }
