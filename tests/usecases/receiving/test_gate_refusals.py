"""Files that do not belong here, refused with everything a person needs to find out where they do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.plan_text.document import plan_digest, plan_to_document
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.sending.exchange import FORMAT, Dispatch, FileCell, ReturnContent, ReturnFile
from tests.helpers.return_contents import built_in_plan, dispatch_content, return_content
from tests.helpers.return_files import Desk, receiving_desk, return_file, signed

PLAN = built_in_plan()
FIRST = signed(return_content(), round=1, earlier=(), workspace_id="county")


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Desk]:
    with receiving_desk(tmp_path / "市", Role.CITY) as desk:
        yield desk


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    with receiving_desk(tmp_path / "县", Role.COUNTY) as desk:
        yield desk


def refusal(desk: Desk, file: ReturnFile) -> tuple[str, str, dict[str, str]]:
    with pytest.raises(ProblemError) as caught:
        desk.preview(file)
    problem = caught.value.problem
    return problem.field, problem.code, dict(problem.params)


def stated(content: ReturnContent = FIRST, **identity: object) -> ReturnFile:
    """The file with another identity sheet."""
    return return_file(replace(content, identity=replace(content.identity, **identity)))  # type: ignore[arg-type]


def handwritten(**cover: str) -> ReturnFile:
    """A form without an identity sheet; only its cover speaks."""
    file = return_file(FIRST)
    cells = tuple(replace(cell, exact=None) for cell in file.cells if cell.sheet != "标识")
    return replace(file, identity=None, cells=cells, **cover)  # type: ignore[arg-type]


def test_a_submission_the_city_does_not_take(city: Desk) -> None:
    name = "会宁县.xlsx"
    with city.store.reading() as uow:
        own = uow.workspace.info().id
    assert refusal(city, stated(format=FORMAT + 1)) == ("file", "newer_format", {"name": name})
    assert refusal(city, stated(workspace_id=own)) == ("file", "own_submission", {"unit": "会宁县"})
    assert refusal(city, stated(plan_id="elsewhere", plan_title="别处的方案")) == (
        "plan",
        "unknown_plan",
        {"plan": "别处的方案"},
    )
    assert refusal(city, stated(revision=2)) == (
        "plan",
        "other_revision",
        {"plan": PLAN.title, "file": "2", "here": "1"},
    )
    assert refusal(city, stated(unit_code="999999", unit_name="某县")) == (
        "unit",
        "unknown_unit",
        {"unit": "某县"},
    )
    assert refusal(city, stated(unit_code="999999", unit_name="")) == (
        "unit",
        "unknown_unit",
        {"unit": "999999"},
    )
    assert refusal(city, stated(unit_code="620421")) == (
        "unit",
        "unit_mixed",
        {"shown": "会宁县", "unit": "靖远县"},
    )
    assert refusal(city, stated(period=Period(2024, 2))) == (
        "period",
        "period_mixed",
        {"shown": "2024Q3", "period": "2024Q2"},
    )
    assert refusal(city, replace(return_file(FIRST), cells=())) == ("file", "no_tables", {"name": name})


@pytest.mark.parametrize(("year", "belongs"), [(2021, False), (2022, True), (2026, True), (2027, False)])
def test_years_from_a_plans_first_to_the_one_after_its_last(city: Desk, year: int, belongs: bool) -> None:
    content = signed(FIRST, period=Period(year, 3))
    file = replace(return_file(content), guessed_period=f"{year}Q3")
    if belongs:
        assert city.preview(file).period == Period(year, 3)
    else:
        assert refusal(city, file) == (
            "period",
            "wrong_period",
            {"period": f"{year}Q3", "first": "2022", "last": "2025"},
        )


def test_a_form_whose_cover_says_too_little(city: Desk) -> None:
    assert refusal(city, handwritten(guessed_unit="")) == ("unit", "unknown_unit", {"unit": "（空）"})
    assert refusal(city, handwritten(guessed_unit="某某局")) == ("unit", "unknown_unit", {"unit": "某某局"})
    assert refusal(city, handwritten(guessed_period="上半年")) == ("period", "no_period", {"text": "上半年"})
    assert refusal(city, handwritten(guessed_period="")) == ("period", "no_period", {"text": "（空）"})
    assert refusal(city, handwritten(guessed_plan="别的方案")) == (
        "plan",
        "unknown_plan",
        {"plan": "别的方案"},
    )
    # Without a plan on its cover it is taken for the workspace's own.
    assert city.preview(handwritten(guessed_plan="")).plan == PLAN


def test_a_unit_that_reports_nothing_sends_nothing(city: Desk) -> None:
    silent = next(unit for unit in PLAN.units if not unit.reports)
    file = stated(unit_code=silent.code, unit_name=silent.name)
    assert refusal(city, replace(file, guessed_unit="")) == (
        "unit",
        "unit_does_not_report",
        {"unit": silent.name},
    )


def test_a_template_that_nobody_filled(city: Desk) -> None:
    assert refusal(city, return_file(dispatch_content())) == (
        "file",
        "nothing_filled",
        {"name": "会宁县.xlsx", "unit": "会宁县"},
    )


# What a county does not take


def brought(plan_document: str, **identity: object) -> ReturnFile:
    content = dispatch_content()
    return stated(replace(content, dispatch=Dispatch(plan_document=plan_document)), **identity)


def test_a_file_the_county_does_not_take(county: Desk) -> None:
    name = "会宁县.xlsx"
    assert refusal(county, return_file(FIRST)) == ("file", "county_takes_dispatch", {"name": name})
    assert refusal(county, replace(return_file(dispatch_content()), dispatch=None)) == (
        "file",
        "county_takes_dispatch",
        {"name": name},
    )
    assert refusal(county, handwritten()) == ("file", "county_takes_dispatch", {"name": name})
    assert refusal(county, brought("", plan_id="elsewhere", plan_title="别处的方案")) == (
        "plan",
        "unknown_plan",
        {"plan": "别处的方案"},
    )
    assert refusal(county, brought("{", plan_id="elsewhere")) == ("plan", "plan_unreadable", {"name": name})
    other = PLAN.unit("620421")
    assert other is not None
    assert refusal(county, stated(dispatch_content(), unit_code=other.code, unit_name=other.name)) == (
        "unit",
        "wrong_unit",
        {"unit": "靖远县", "own": "会宁县"},
    )


def test_a_plan_of_the_same_number_that_measures_otherwise(county: Desk) -> None:
    """亿元 became 万元 without a new revision: 7.36 of one would be read as 7.36 of the other."""
    changed = tuple(
        replace(item, unit="万元") if item.code == "I12" else item
        for item in PLAN.indicators
        if item.code != "I16"
    )
    document = json.dumps(plan_to_document(replace(PLAN, indicators=changed)), ensure_ascii=False)
    assert refusal(county, brought(document)) == (
        "plan",
        "other_plan_content",
        {"plan": PLAN.title, "file": "1", "names": "技术合同成交额"},
    )


# What is told of a file that is taken


def notices(desk: Desk, file: ReturnFile) -> dict[str, dict[str, str]]:
    return {code: dict(params) for code, params in desk.preview(file).notices}


def test_a_plan_of_the_same_number_and_another_content_is_told(city: Desk) -> None:
    assert "plan_differs" not in notices(city, return_file(FIRST))
    other = signed(FIRST, plan_digest="f" * 64)
    assert notices(city, return_file(other))["plan_differs"] == {"plan": PLAN.title}
    assert "plan_differs" not in notices(city, return_file(signed(FIRST, plan_digest="")))
    assert FIRST.identity.plan_digest == plan_digest(PLAN)


def test_what_is_hidden_absent_or_beside_the_plan_is_told(city: Desk) -> None:
    file = replace(return_file(FIRST), hidden=("第3行", "D列"))
    assert notices(city, file)["hidden"] == {"places": "第3行、D列"}
    tasks = {task.code for task in PLAN.reported_tasks}
    cells = tuple(cell for cell in file.cells if cell.subject != "progress")
    told = notices(city, replace(file, cells=cells))
    assert told["tasks_absent"] == {"count": str(len(tasks))}
    one = tuple(cell for cell in file.cells if cell.code != "A2-7")
    assert notices(city, replace(file, cells=one))["tasks_absent"] == {"count": "1"}
    assert "tasks_absent" not in notices(city, file)


def test_a_form_without_identity_says_what_it_was_taken_for(city: Desk) -> None:
    told = notices(city, handwritten())
    assert told["no_identity"] == {"plan": PLAN.title, "unit": "会宁县"}
    assert "unsigned" in told


def test_a_file_taken_in_before_is_told_with_its_name_and_time(city: Desk) -> None:
    city.take(return_file(FIRST))
    told = notices(city, return_file(FIRST))
    assert told["received_before"] == {"at": "2024-10-14T09:00:00+08:00", "name": "会宁县.xlsx"}
    later = signed(FIRST, round=2, earlier=(FIRST.identity.digest,))
    assert "received_before" not in notices(city, return_file(later))


def test_a_history_that_no_longer_says_what_it_said(city: Desk) -> None:
    def heads(*links: str) -> tuple[ChainHead, ...]:
        return tuple(ChainHead(line, link * 64) for line, link in enumerate(links, start=5))

    first = signed(FIRST, heads=heads("a", "b"))
    assert "history_rewritten" not in notices(city, return_file(first))
    city.take(return_file(first))
    going_on = signed(first, round=2, earlier=(first.identity.digest,), heads=heads("a", "b", "c"))
    assert "history_rewritten" not in notices(city, return_file(going_on))
    rewritten = signed(first, round=2, earlier=(first.identity.digest,), heads=heads("a", "x", "c"))
    assert notices(city, return_file(rewritten))["history_rewritten"] == {"names": "6", "unit": "会宁县"}
    # Nothing is written before somebody has asked; what was taken in knowingly is not told a second time.
    preview = city.preview(return_file(rewritten))
    with pytest.raises(ProblemError) as caught:
        city.receive.apply(preview, city.receive.accept_all(preview))
    assert caught.value.problem.code == "heads_not_asked"
    city.receive.apply(preview, city.receive.accept_all(preview), heads_asked=True)
    again = {"round": 3, "earlier": (rewritten.identity.digest,)}
    assert "history_rewritten" not in notices(
        city, return_file(signed(rewritten, **again, heads=heads("a", "x", "c", "d")))
    )
    # No two submissions end at one line.
    stopped = notices(city, return_file(signed(rewritten, **again)))
    assert stopped["history_rewritten"] == {"names": "7", "unit": "会宁县"}


def test_figures_of_earlier_periods_that_are_others_here(city: Desk) -> None:
    """The form repeats 11 for last quarter; 10 was reported then."""
    before = ReturnKey(PLAN.id, "620422", Period(2024, 2))
    with city.store.writing("test", None) as uow:
        uow.returns.put(Return(before, 1))
        uow.returns.put_entry(before, "I13", Entry(EntryStatus.REPORTED, Decimal(10)))
        uow.returns.put_entry(before, "I14", Entry(EntryStatus.REPORTED, Decimal("7.0")))
    said = (
        FileCell("指标", "F13", "entry", "I13", "previous", "11"),
        FileCell("指标", "F14", "entry", "I14", "previous", "7"),
        FileCell("指标", "F15", "entry", "I15", "previous", "3"),
        FileCell("指标", "E13", "entry", "I13", "last_year", "9"),
    )
    file = return_file(FIRST)
    told = notices(city, replace(file, cells=(*file.cells, *said)))["earlier_differs"]
    assert told["count"] == "1"
    assert "高新技术企业" in told["which"] and "11" in told["which"] and "10" in told["which"]
