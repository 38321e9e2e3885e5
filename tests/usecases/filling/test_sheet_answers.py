"""What the indicator page counts and finds, and tasks that a later plan no longer has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.plan import Adjustment
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.keeping.shown import Side
from kjxd_desktop.usecases.ports import LineFilter
from tests.helpers.offices import KEY, PLAN, county_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


def test_only_due_cells_with_an_answer_count_as_filled(office: Office) -> None:
    assert (office.actions.fill.sheet(KEY).due, office.actions.fill.sheet(KEY).filled) == (14, 0)
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    office.actions.fill.edit(KEY, "I14", TextEdit("未公布"))
    sheet = office.actions.fill.sheet(KEY)
    assert (sheet.due, sheet.filled) == (14, 2)
    # 综合科技创新水平指数 is not the county's to fill: what the city publishes stands here, and is not due.
    locked = next(row.indicator.code for row in sheet.rows if row.locked)
    with office.store.writing("test", None) as uow:
        uow.returns.put_entry(KEY, locked, sheet.row("I13").entry)
    sheet = office.actions.fill.sheet(KEY)
    assert (sheet.row(locked).entry.filled, sheet.row(locked).due, sheet.filled) == (True, False, 2)


def test_a_line_is_found_by_its_code(office: Office) -> None:
    office.actions.fill.edit(KEY, "I13", TextEdit("12"))
    sheet = office.actions.fill.sheet(KEY)
    assert sheet.row("I13").indicator.name == "高新技术企业"
    assert str(sheet.row("I13").entry.value) == "12"
    with pytest.raises(KeyError):
        sheet.row("I99")


def test_progress_of_a_task_the_plan_lost_is_not_put_back(office: Office) -> None:
    report = office.actions.report
    for percent in (20, 40):
        report.put(KEY, "A1-1", Progress(TaskStatus.IN_PROGRESS, percent, "已开工"))
    with office.store.writing("plan", None) as uow:
        plan, head = uow.plans.get(PLAN), uow.returns.find(KEY)
        assert plan is not None and head is not None
        why = Adjustment(Period(2024, 3), "删去一项", "调整")
        tasks = tuple(task for task in plan.tasks if task.code != "A1-1")
        uow.plans.add(replace(plan, tasks=tasks, revision=2, adjustment=why))
        uow.returns.put(replace(head, revision=2))
    look_back = office.actions.look_back
    line = look_back.page(LineFilter(code="A1-1")).lines[0]
    with pytest.raises(ProblemError) as caught:
        look_back.restore(line.line, Side.OLD)
    problem = caught.value.problem
    assert (problem.field, problem.code, dict(problem.params)) == ("A1-1", "restore_gone", {"code": "A1-1"})
