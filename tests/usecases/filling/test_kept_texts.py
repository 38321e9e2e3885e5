"""Every text that a person gives passes the gate; what was left out is said, what is too long is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.filling import evidence as evidence_module
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from kjxd_desktop.usecases.filling.signing import MAX_SIGNATURE
from tests.helpers.offices import KEY, county_office, fill_clean

TYPED, KEPT = "\ufeff核\r\n减\x07 2 份\u202e \t", "核\n减 2 份"
LEFT_OUT = (("characters_left_out", (("count", "3"),)),)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        yield opened


def remark(office: Office) -> tuple[Changes, str]:
    changes = office.actions.fill.edit(KEY, "I13", RemarkEdit("note", TYPED))
    return changes, office.actions.fill.row(KEY, "I13").entry.note


def progress(office: Office) -> tuple[Changes, str]:
    changes = office.actions.report.put(KEY, "A1-1", Progress(TaskStatus.BLOCKED, 5, problems=TYPED))
    return changes, office.actions.report.row(KEY, "A1-1").progress.problems


def explanation(office: Office) -> tuple[Changes, str]:
    office.actions.fill.edit(KEY, "I05", TextEdit("12"))
    finding = next(item for item in office.actions.check.check(KEY).findings if item.rule == "outside_range")
    changes = office.actions.fill.explain(KEY, finding.code, finding.rule, TYPED)
    with office.store.reading() as uow:
        (kept,) = uow.returns.explanations(KEY)
    return changes, kept.text


def signature(office: Office) -> tuple[Changes, str]:
    changes = office.actions.fill.set_signature(KEY, Signature(head=TYPED))
    return changes, office.actions.fill.sheet(KEY).head.signature.head


@pytest.mark.parametrize("give", [remark, progress, explanation, signature])
def test_what_is_kept_and_what_is_said_of_it(
    office: Office, give: Callable[[Office], tuple[Changes, str]]
) -> None:
    changes, kept = give(office)
    assert kept == (KEPT.replace("\n", " ") if give is signature else KEPT)
    assert changes.notes == LEFT_OUT


def test_a_text_that_is_kept_as_it_is_is_not_spoken_of(office: Office) -> None:
    assert office.actions.fill.edit(KEY, "I13", RemarkEdit("note", f" {KEPT}\r\n")).notes == ()
    assert office.actions.report.put(KEY, "A1-1", Progress(TaskStatus.IN_PROGRESS, 5, KEPT)).notes == ()


def test_reasons_are_kept_as_lines(office: Office, tmp_path: Path) -> None:
    fill_clean(office)
    office.actions.send.submit(KEY, tmp_path / "sent.xlsx")
    with pytest.raises(ProblemError) as caught:
        office.actions.send.withdraw(KEY, "\u200b\x07 ")
    assert caught.value.problem.code == "why_empty"
    with pytest.raises(ProblemError) as caught:
        office.actions.send.withdraw(KEY, "长" * 201)
    assert caught.value.problem.code == "reason_too_long"
    office.actions.send.withdraw(KEY, TYPED)
    with office.store.reading() as uow:
        assert uow.history.of(key=KEY)[0].why == "核 减 2 份"


def test_a_name_that_no_form_takes_is_refused_before_it_is_signed(office: Office) -> None:
    fill_clean(office)
    long = Signature(head="长" * (MAX_SIGNATURE + 1), filled_by="王芳")
    for act in (office.actions.fill.set_signature, office.actions.sign_off.sign_off):
        with pytest.raises(ProblemError) as caught:
            act(KEY, long)
        assert (caught.value.problem.code, caught.value.problem.params["field"]) == ("text_too_long", "head")
    assert [item.code for item in office.actions.sign_off.lacks(KEY, long)] == ["text_too_long"]
    fits = Signature(head="长" * MAX_SIGNATURE, filled_by=" 王\u200b芳\n")
    office.actions.sign_off.sign_off(KEY, fits)
    assert office.actions.fill.sheet(KEY).head.signature.filled_by == "王芳"


def test_a_figure_is_no_text(office: Office) -> None:
    """What nobody sees in a figure is not dropped silently: the figure is not taken."""
    with pytest.raises(ProblemError) as caught:
        office.actions.fill.edit(KEY, "I13", TextEdit("1\u202e2"))
    assert caught.value.problem.code == "not_a_number"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("验收意见.pdf", "验收意见.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("x:y?.pdf", "x_y_.pdf"),
        (" a\\b.pdf. ", "a_b.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("新建".encode("gb18030").decode("utf-8", "surrogateescape"), "新建"),
        ("照" * 85, "照" * 66),
    ],
)
def test_a_file_keeps_a_name_that_every_system_can_store(
    office: Office, tmp_path: Path, name: str, kept: str
) -> None:
    (tmp_path / name).write_bytes(b"content")
    changes = office.actions.report.attach(KEY, "A1-1", tmp_path / name)
    (file,) = office.actions.report.row(KEY, "A1-1").progress.evidence
    assert file.name == kept
    assert changes.notes == (() if name == kept else (("evidence_renamed", (("name", kept),)),))


def test_files_whose_names_differ_in_big_letters_lie_beside_each_other(
    office: Office, tmp_path: Path
) -> None:
    """Here, and in the archive that travels, also across tasks; a disk of Windows unpacks them all."""
    fill_clean(office)
    for number, (task, name) in enumerate((("A1-1", "b.pdf"), ("A1-1", "B.PDF"), ("A2-7", "b.pdf"))):
        (tmp_path / name).write_bytes(b"%d" % number)
        office.actions.report.attach(KEY, task, tmp_path / name)
    names = [item.name for item in office.actions.report.row(KEY, "A1-1").progress.evidence]
    assert names == ["b.pdf", "B(2).PDF"]
    sent = office.actions.send.submit(KEY, tmp_path / "sent.xlsx")
    assert sent.evidence is not None
    with zipfile.ZipFile(sent.evidence) as archive:
        assert archive.namelist() == ["1-1_b.pdf", "1-1_B(2).PDF", "2-7_b.pdf"]


def test_a_file_that_another_program_is_writing_is_not_taken(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changing(path: Path, limit: int) -> bytes:
        raise FileFault(FaultCode.CHANGING, path.name)

    monkeypatch.setattr(evidence_module, "read_file", changing)
    with pytest.raises(ProblemError) as caught:
        office.actions.report.attach(KEY, "A1-1", tmp_path / "a.pdf")
    assert caught.value.problem.code == "evidence_changing"
