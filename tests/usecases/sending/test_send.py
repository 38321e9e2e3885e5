"""Sending: files first, then the lock; nothing half done; a city's template."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.check_code import check_code
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.plan_text.document import plan_from_document
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from kjxd_desktop.usecases.sending.exchange import FileKind, ReturnContent
from kjxd_desktop.usecases.sending.send import Send
from kjxd_desktop.workbooks.evidence_zip import write_evidence_zip
from tests.helpers.offices import KEY, PLAN, TODAY, FixedClock, city_office, county_office, fill_all

CITY_KEY = replace(KEY, unit_code="620400")


class Desk:
    """A writer that keeps what it was given and writes a small file."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.contents: list[ReturnContent] = []
        self._meanwhile = meanwhile

    def write(self, content: ReturnContent, path: Path) -> None:
        path.write_bytes(b"workbook")
        self.contents.append(content)
        self._meanwhile()

    def write_evidence(self, files: Iterable[tuple[str, bytes]], path: Path) -> None:
        write_evidence_zip(files, path)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder / "会宁县.xlsx"


def sender(office: Office, desk: Desk) -> Send:
    return Send(office.store, FixedClock(), desk, office.actions.check)


def fill_clean(office: Office) -> None:
    """All cells filled and every question of the checks answered."""
    fill_all(office)
    for finding in office.actions.check.check(KEY).findings:
        if finding.blocks:
            office.actions.fill.explain(KEY, finding.code, finding.rule, "已核对")


def state(office: Office) -> ReturnState:
    return office.actions.fill.sheet(KEY).head.state


def code_of(caught: pytest.ExceptionInfo[ProblemError]) -> str:
    return caught.value.problem.code


def test_an_unfinished_return_is_not_sent(office: Office, target: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        sender(office, Desk()).submit(KEY, target)
    assert code_of(caught) == "not_clean"
    assert caught.value.problem.params["what"] == "14 项没填"
    assert not target.exists()
    assert state(office) is ReturnState.DRAFT


def test_submitting_writes_then_locks(office: Office, target: Path) -> None:
    fill_clean(office)
    desk = Desk()
    send = sender(office, desk)
    code = send.content(KEY).identity.check_code
    sent = send.submit(KEY, target)
    head = office.actions.fill.sheet(KEY).head
    (content,) = desk.contents
    assert (sent.path, sent.check_code, sent.evidence, sent.changes.head) == (target, code, None, True)
    assert target.read_bytes() == b"workbook"
    assert (head.state, head.round, head.check_code) == (ReturnState.SUBMITTED, 1, code)
    assert head.submitted_at == TODAY
    assert content.identity.check_code == code == check_code(content.identity.digest)
    assert content.entries["I12"].value == Decimal("1.50")
    assert content.locked == {"I01", "I02"}
    assert {item.text for item in content.explanations} <= {"已核对"}
    with office.store.reading() as uow:
        assert uow.exchange.submissions(KEY) == (content.identity.digest,)


def test_what_was_sent_is_locked(office: Office, target: Path) -> None:
    fill_clean(office)
    send = sender(office, Desk())
    send.submit(KEY, target)
    with pytest.raises(ProblemError) as again:
        send.submit(KEY, target)
    with pytest.raises(ProblemError) as typed:
        office.actions.fill.edit(KEY, "I13", TextEdit("13"))
    assert (code_of(again), code_of(typed)) == ("already_submitted", "not_editable")


def test_a_round_later_knows_the_one_before(office: Office, target: Path) -> None:
    fill_clean(office)
    desk = Desk()
    send = sender(office, desk)
    assert send.suggested_name(KEY) == "会宁县_强科技行动_2024年三季度_第1次.xlsx"
    first = send.submit(KEY, target)
    send.withdraw(KEY, "高企数填错")
    head = office.actions.fill.sheet(KEY).head
    assert (head.state, head.round) == (ReturnState.DRAFT, 2)
    assert send.suggested_name(KEY) == "会宁县_强科技行动_2024年三季度_第2次.xlsx"
    second = send.submit(KEY, target.with_name("第2次.xlsx"))
    assert second.check_code != first.check_code
    before, after = (content.identity for content in desk.contents)
    assert (after.round, after.earlier) == (2, (before.digest,))


def test_withdrawing_needs_a_sent_return_and_a_reason(office: Office, target: Path) -> None:
    fill_clean(office)
    send = sender(office, Desk())
    with pytest.raises(ProblemError) as early:
        send.withdraw(KEY, "改数")
    send.submit(KEY, target)
    with pytest.raises(ProblemError) as silent:
        send.withdraw(KEY, "  ")
    with office.store.writing("accepted", None) as uow:
        head = uow.returns.find(KEY)
        assert head is not None
        uow.returns.put(replace(head, state=ReturnState.ACCEPTED))
    with pytest.raises(ProblemError) as late:
        send.withdraw(KEY, "改数")
    assert (code_of(early), code_of(silent), code_of(late)) == (
        "not_submitted",
        "why_empty",
        "accepted_already",
    )


@pytest.mark.parametrize("older", [None, b"older export"])
def test_a_cell_changed_meanwhile_takes_the_file_back(
    office: Office, target: Path, older: bytes | None
) -> None:
    fill_clean(office)
    if older is not None:
        target.write_bytes(older)
    desk = Desk(meanwhile=lambda: office.actions.fill.edit(KEY, "I13", RemarkEdit("note", "补充")))
    with pytest.raises(ProblemError) as caught:
        sender(office, desk).submit(KEY, target)
    assert code_of(caught) == "changed_meanwhile"
    assert (target.read_bytes() if target.exists() else None) == older
    assert state(office) is ReturnState.DRAFT
    with office.store.reading() as uow:
        assert uow.exchange.submissions(KEY) == ()


def test_a_full_stick_leaves_everything_as_it_was(office: Office, target: Path) -> None:
    def full() -> None:
        raise FileFault(FaultCode.DISK_FULL, target.name)

    fill_clean(office)
    with pytest.raises(FileFault):
        sender(office, Desk(meanwhile=full)).submit(KEY, target)
    assert list(target.parent.iterdir()) == []
    assert state(office) is ReturnState.DRAFT


def test_evidence_travels_beside_the_workbook(office: Office, target: Path, tmp_path: Path) -> None:
    fill_clean(office)
    photo = tmp_path / "现场照片.jpg"
    photo.write_bytes(b"photo")
    report = office.actions.report
    report.put(KEY, "A2-7", replace(NO_PROGRESS, status=TaskStatus.IN_PROGRESS, percent=50, done="建示范点"))
    report.attach(KEY, "A2-7", photo)
    desk = Desk()
    sent = sender(office, desk).submit(KEY, target)
    assert sent.evidence == target.with_name("会宁县_佐证.zip")
    with zipfile.ZipFile(sent.evidence) as archive:
        assert archive.namelist() == ["2-7_现场照片.jpg"]
        assert archive.read("2-7_现场照片.jpg") == b"photo"
    assert [item.name for item in desk.contents[0].progress["A2-7"].evidence] == ["现场照片.jpg"]


def test_void_explanations_do_not_travel(office: Office) -> None:
    fill_all(office)
    fill = office.actions.fill
    fill.edit(KEY, "I05", TextEdit("90"))
    finding = next(item for item in office.actions.check.check(KEY).findings if item.code == "I05")
    fill.explain(KEY, "I05", finding.rule, "专项拨付")
    send = sender(office, Desk())
    assert [item.text for item in send.content(KEY).explanations] == ["专项拨付"]
    fill.edit(KEY, "I05", TextEdit("91"))
    assert send.content(KEY).explanations == ()


def test_a_city_sends_down_plan_targets_and_values(tmp_path: Path) -> None:
    desk = Desk()
    with city_office(tmp_path) as office:
        actions = office.actions
        actions.fill.edit(KEY, "I01", TextEdit("53.6"))
        actions.fill.edit(KEY, "I12", TextEdit("0.5"))
        actions.targets.set_target(PLAN, KEY.unit_code, "I13", TargetKind.BINDING, 2025, "12")
        actions.targets.set_baseline(PLAN, KEY.unit_code, "I13", 2021, "7")
        due = datetime(2024, 10, 15, 18)
        actions.targets.set_deadline(PLAN, KEY.period, due)
        send = sender(office, desk)
        assert send.suggested_name(KEY, FileKind.DISPATCH) == "会宁县_强科技行动_2024年三季度_报表模板.xlsx"
        assert send.template(KEY, tmp_path / "模板.xlsx") == tmp_path / "模板.xlsx"
        with pytest.raises(ProblemError) as own:
            send.template(CITY_KEY, tmp_path / "本市.xlsx")
        with office.store.reading() as uow:
            plan = uow.plans.get(PLAN)
    assert code_of(own) == "unit_does_not_report"
    (content,) = desk.contents
    assert (content.identity.kind, content.identity.digest, content.deadline) == (FileKind.DISPATCH, "", due)
    assert {code: entry.status for code, entry in content.entries.items()} == {"I01": EntryStatus.REPORTED}
    assert content.dispatch is not None
    assert content.dispatch.sent_down == content.entries
    assert [item.value for item in content.dispatch.targets["I13"]] == [Decimal(12)]
    assert content.dispatch.baselines["I13"].value == Decimal(7)
    assert plan_from_document(json.loads(content.dispatch.plan_document)) == plan


def test_a_county_sends_nothing_down(office: Office, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        sender(office, Desk()).template(KEY, tmp_path / "模板.xlsx")
    assert code_of(caught) == "only_city_dispatches"
