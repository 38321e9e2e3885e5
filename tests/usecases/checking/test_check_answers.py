"""What 审核 answers: the order of findings, what still is empty, tasks, counts, and the step to 已审核."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.plan.plan import Task
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Return, ReturnState
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.checking.check import require_clean, task_findings
from kjxd_desktop.usecases.checking.shown import CheckResult
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import KEY, county_office, fill_all, fill_clean

KEY_TEXT = "baiyin-2022/620422/2024Q3"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


def finding(grade: Grade, explanation: str | None = None) -> Finding:
    return Finding("r", grade, "I01", "1", "=", "2", explanation=explanation)


@pytest.mark.parametrize(
    ("findings", "missing", "counts", "to_explain", "blocking", "clean"),
    [
        ((), (), (0, 0, 0), 0, 0, True),
        ((), ("I01",), (0, 0, 0), 0, 1, False),
        ((finding(Grade.LOGIC),), (), (1, 0, 0), 0, 1, False),
        ((finding(Grade.VERIFY),), (), (0, 1, 0), 1, 0, False),
        ((finding(Grade.VERIFY, "原因"),), (), (0, 0, 0), 0, 0, True),
        ((finding(Grade.HINT),), (), (0, 0, 1), 0, 0, True),
        ((finding(Grade.LOGIC, "原因"), finding(Grade.LOGIC)), ("I01", "I02"), (2, 0, 0), 0, 4, False),
    ],
)
def test_what_is_counted(
    findings: tuple[Finding, ...],
    missing: tuple[str, ...],
    counts: tuple[int, int, int],
    to_explain: int,
    blocking: int,
    clean: bool,
) -> None:
    answer = CheckResult(findings, missing)
    assert tuple(answer.count(grade) for grade in Grade) == counts
    assert (answer.to_explain, answer.blocking, answer.clean) == (to_explain, blocking, clean)


def test_what_is_said_of_a_task() -> None:
    task = Task("A1", "annex", "", "2-7", "引品种", "引品种。")
    params = {"no": "2-7", "name": "引品种"}
    assert task_findings(task, Progress()) == (
        Finding("task_not_updated", Grade.HINT, "A1", "", "", "", params),
    )
    assert task_findings(task, Progress(TaskStatus.BLOCKED, 40, problems=" ")) == (
        Finding("blocked_without_problem", Grade.LOGIC, "A1", "", "≠", "", params),
    )
    assert task_findings(task, Progress(TaskStatus.BLOCKED, 40, problems="缺资金")) == ()
    assert task_findings(task, Progress(TaskStatus.IN_PROGRESS, 40)) == ()


def test_what_blocks_stands_first_then_the_rest_by_grade_in_the_plans_order(county: Office) -> None:
    fill = county.actions.fill
    fill.edit(KEY, "I13", TextEdit("-1"))
    fill.edit(KEY, "I07", TextEdit("99"))
    fill.edit(KEY, "I03", TextEdit("101"))
    code = county.actions.report.sheet(KEY).rows[1].task.code
    county.actions.report.put(KEY, code, Progress(TaskStatus.BLOCKED, 40))
    answer = county.actions.check.check(KEY)
    grades = [item.grade for item in answer.findings]
    assert grades == sorted(grades, key=list(Grade).index)
    logic = [(item.code, item.rule) for item in answer.findings if item.grade is Grade.LOGIC]
    assert logic == [("I03", "share_above_100"), ("I13", "negative"), (code, "blocked_without_problem")]
    # An explained finding no longer blocks, and steps behind those that do.
    asked = [item for item in answer.findings if item.grade is Grade.VERIFY]
    fill.explain(KEY, asked[0].code, asked[0].rule, "核对过")
    after = [item for item in county.actions.check.check(KEY).findings if item.grade is Grade.VERIFY]
    assert after[-1].explanation == "核对过" and len(after) == len(asked)
    assert [item.code for item in after[:-1]] == [item.code for item in asked[1:]]


def test_cells_still_empty_stand_in_the_plans_order(county: Office) -> None:
    fill_all(county)
    for code in ("I13", "I04"):
        county.actions.fill.edit(KEY, code, TextEdit(""))
    assert county.actions.check.check(KEY).missing == ("I04", "I13")


def test_the_step_to_checked(county: Office) -> None:
    fill_clean(county)
    assert county.actions.check.mark_checked(KEY) == Changes(KEY_TEXT, head=True)
    assert county.actions.fill.sheet(KEY).head.state is ReturnState.CHECKED
    assert county.actions.check.mark_checked(KEY) == Changes(KEY_TEXT)
    with county.store.writing("test", None) as uow:
        uow.returns.put(Return(KEY, 1, ReturnState.SIGNED))
    assert county.actions.check.mark_checked(KEY) == Changes(KEY_TEXT)
    assert county.actions.fill.sheet(KEY).head.state is ReturnState.SIGNED


@pytest.mark.parametrize("step", ["check", "sign_off", "submit"])
def test_what_is_not_clean_says_how_much_is_open(step: str) -> None:
    answer = CheckResult((finding(Grade.LOGIC), finding(Grade.VERIFY)), ("I01", "I02"))
    with pytest.raises(ProblemError) as caught:
        require_clean(answer, step)
    problem = caught.value.problem
    assert (problem.field, problem.code, problem.params["step"]) == ("return", "not_clean", step)
    for number in ("2", "1"):
        assert number in problem.params["what"]
    require_clean(CheckResult((finding(Grade.HINT),), ()), step)


def test_how_far_a_return_is(county: Office) -> None:
    fill_all(county)
    county.actions.fill.edit(KEY, "I13", TextEdit(""))
    code = county.actions.report.sheet(KEY).rows[0].task.code
    county.actions.report.put(KEY, code, Progress(TaskStatus.IN_PROGRESS, 40))
    status = county.actions.status.status(KEY)
    assert (status.indicators_due, status.indicators_filled) == (14, 13)
    assert (status.tasks_due, status.tasks_updated) == (32, 1)
    # Two days and seven hours until the tenth at 18:00.
    assert (status.days_left, status.next, status.waits) == (2, "fill", None)
    standing = county.actions.standing.standing(KEY)
    assert standing.left == county.actions.standing.left(KEY) == (1, 31)
    assert (standing.step, standing.deadline, standing.head) == ("fill", status.deadline, status.head)


@pytest.mark.parametrize(
    ("state", "then"),
    [
        (ReturnState.DRAFT, "check"),
        (ReturnState.CHECKED, "sign_off"),
        (ReturnState.SIGNED, "submit"),
        (ReturnState.SUBMITTED, "wait"),
        (ReturnState.ACCEPTED, "wait"),
        (ReturnState.RETURNED, "answer"),
    ],
)
def test_what_comes_next(county: Office, state: ReturnState, then: str) -> None:
    fill_clean(county)
    with county.store.writing("test", None) as uow:
        head = uow.returns.find(KEY)
        assert head is not None
        uow.returns.put(replace(head, state=state))
    assert county.actions.status.status(KEY).next == then
    # What can be said without a check is never something else.
    assert county.actions.standing.standing(KEY).step == (then if then in ("wait", "answer") else "")


def test_a_reason_is_asked_for_before_checking(county: Office) -> None:
    fill_clean(county)
    county.actions.fill.edit(KEY, "I07", TextEdit("99"))
    assert county.actions.status.status(KEY).next == "explain"
