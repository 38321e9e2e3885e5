"""The first files of an office: a workspace out of a template or a plan workbook, blank books, sent files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.progress import Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Return, ReturnState
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.gate import choice_of_dispatch
from kjxd_desktop.usecases.receiving.sent_files import SentFiles
from kjxd_desktop.usecases.sending.exchange import Dispatch, ReturnFile
from tests.helpers.offices import CITY, COUNTY, KEY, PLAN, FixedClock, county_office, fill_clean
from tests.helpers.return_contents import UNIT, built_in_plan, dispatch_content, return_content
from tests.helpers.return_files import OnePlan, receiving_desk, return_file, signed

BUILT_IN = built_in_plan()
NO_PLANS = OnePlan(replace(BUILT_IN, id="other"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


def refused(file: ReturnFile) -> tuple[str, dict[str, str]]:
    with pytest.raises(ProblemError) as caught:
        choice_of_dispatch(file, OnePlan(BUILT_IN))
    return caught.value.problem.code, dict(caught.value.problem.params)


def carrying_nothing(**identity: object) -> ReturnFile:
    """A template without a plan inside."""
    content = dispatch_content()
    assert isinstance(content.dispatch, Dispatch)
    return return_file(
        replace(
            content,
            identity=replace(content.identity, **identity),  # type: ignore[arg-type]
            dispatch=replace(content.dispatch, plan_document=""),
        )
    )


def test_a_template_says_which_plan_and_which_unit() -> None:
    assert choice_of_dispatch(return_file(dispatch_content()), NO_PLANS) == (BUILT_IN, UNIT)
    assert choice_of_dispatch(carrying_nothing(), OnePlan(BUILT_IN)) == (BUILT_IN, UNIT)


def test_only_a_template_begins_a_workspace() -> None:
    template = return_file(dispatch_content())
    files = (
        return_file(return_content()),
        replace(template, identity=None),
        replace(template, dispatch=None),
        # It calls itself a return, whatever it brings.
        replace(return_file(return_content()), dispatch=template.dispatch),
    )
    assert [refused(file) for file in files] == [("county_takes_dispatch", {"name": "会宁县.xlsx"})] * 4


def test_a_template_of_a_plan_nobody_has() -> None:
    title = {"plan": BUILT_IN.title}
    assert refused(carrying_nothing(plan_id="nowhere")) == ("unknown_plan", title)
    assert refused(carrying_nothing(revision=2)) == ("unknown_plan", title)
    # What it carries is not what it says it is of.
    content = dispatch_content()
    for changes in ({"plan_id": "nowhere"}, {"revision": 2}):
        identity = replace(content.identity, **changes)  # type: ignore[arg-type]
        assert refused(return_file(replace(content, identity=identity))) == ("unknown_plan", title)


def test_what_a_plan_workbook_splits_off_stands_from_the_start(tmp_path: Path) -> None:
    own = Target(2025, TargetKind.BINDING, value=Decimal(20), unit_code=COUNTY, source="分解表")
    split = UnitSplit({"I14": False}, {"I13": (own,)}, {"I13": Baseline(2021, Decimal(7), "分解表")})
    path = tmp_path / "city.kjxd"
    splits = {COUNTY: split}
    with (
        new_office(path, Role.CITY, CITY, PLAN, FixedClock(), splits=splits) as office,
        office.store.reading() as uow,
    ):
        assert uow.splits.assigned(PLAN, COUNTY) == {"I14": False}
        assert uow.splits.targets(PLAN, COUNTY) == {"I13": (own,)}
        assert uow.splits.baselines(PLAN, COUNTY) == {"I13": Baseline(2021, Decimal(7), "分解表")}
        assert uow.splits.targets(PLAN, CITY) == {}


def test_a_blank_plan_workbook_is_one_that_can_be_read(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "空白方案.xlsx"
    assert office.actions.plan_files.blank(path) == path
    reading = office.actions.plan_files.read(path)
    assert reading.book is None
    assert {fault.code for fault in reading.faults} == {"missing"}


def test_only_a_sent_return_is_compared_with_history(tmp_path: Path) -> None:
    with receiving_desk(tmp_path / "县", Role.COUNTY) as desk:
        path = desk.folder / "会宁县.xlsx"
        sent = SentFiles(desk.store, desk.hand, OnePlan(BUILT_IN))
        for file in (return_file(dispatch_content()), replace(return_file(return_content()), identity=None)):
            desk.hand.files[path] = file
            with pytest.raises(ProblemError) as caught:
                sent.compare(path)
            assert (caught.value.problem.code, caught.value.problem.params["name"]) == (
                "not_a_return",
                "会宁县.xlsx",
            )
        with desk.store.reading() as uow:
            here = uow.workspace.info().id
            end = uow.history.head()
        # What was sent with a seal says how far history was.
        for workspace, heads, outcome in (
            ("another", (), "elsewhere"),
            (here, (end,), "not_sent"),
            (here, (), "seal_broken"),
        ):
            desk.hand.files[path] = return_file(signed(return_content(), workspace_id=workspace, heads=heads))
            found = sent.compare(path)
            assert (found.file_name, found.outcome) == ("会宁县.xlsx", outcome)


def test_evidence_that_is_gone_keeps_a_return_from_being_sent(office: Office, tmp_path: Path) -> None:
    """Its name stands in the return, its content is nowhere: better no file than one without it."""
    fill_clean(office)
    gone = Progress(TaskStatus.IN_PROGRESS, 50, "建示范点", evidence=(Evidence("照片.jpg", 5, "ab" * 32),))
    with office.store.writing("test", None) as uow:
        uow.returns.put_progress(KEY, "A2-7", gone)
    target = tmp_path / "U盘" / "会宁县.xlsx"
    target.parent.mkdir()
    with pytest.raises(ProblemError) as caught:
        office.actions.send.submit(KEY, target)
    assert (caught.value.problem.code, caught.value.problem.params["name"]) == (
        "evidence_unreadable",
        "照片.jpg",
    )
    assert list(target.parent.iterdir()) == []
    assert state(office) is ReturnState.DRAFT


def test_a_file_that_cannot_be_read_is_not_written_over(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_clean(office)
    target = tmp_path / "会宁县.xlsx"
    target.write_bytes(b"open elsewhere")

    def locked(path: Path, _: Path) -> None:
        raise PermissionError(13, "used by another process", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", locked)
        with pytest.raises(FileFault) as caught:
            office.actions.send.submit(KEY, target)
    assert (caught.value.code, caught.value.path_name) == (FaultCode.FILE_IN_USE, "会宁县.xlsx")
    assert target.read_bytes() == b"open elsewhere"
    assert state(office) is ReturnState.DRAFT


def state(office: Office) -> ReturnState:
    with office.store.reading() as uow:
        found = uow.returns.find(KEY)
    assert isinstance(found, Return)
    return found.state
