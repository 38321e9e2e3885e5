"""Lines that cannot be made again after a damage, and those around them that can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.digests import digest_of
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.people.operators import Operator, OperatorRole
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Return
from kjxd_desktop.usecases.exchanged import ImportRecord, Snapshot
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.keeping.vault import Restored
from tests.helpers.chains import content_of, edit, lines_of, recovered, spoil, spoil_line, vault, verified
from tests.helpers.offices import KEY, PLAN, TODAY, again, county_office, fill_clean

EARLIER = replace(KEY, period=Period(2024, 2))
PICTURE = b"\xff\xd8 a picture of the works " * 40
TWELVE = Entry(EntryStatus.REPORTED, Decimal("12"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A filled county workspace with a backup of it."""
    with county_office(tmp_path) as office:
        fill_clean(office)
        found = office.store.path
    vault(found).make(BackupReason.START)
    return found


@pytest.fixture
def office(path: Path) -> Iterator[Office]:
    """The same, opened to work on after the backup."""
    with again(path) as opened:
        yield opened


def lost(restored: Restored) -> list[tuple[str, str]]:
    return [(item.what, item.code) for item in restored.lost]


def test_a_person_changed_twice_comes_back_as_he_is_now(path: Path) -> None:
    """The first hash stands nowhere any more; only who he is now counts, and nothing is called lost."""
    with again(path) as office, office.store.writing("people", None) as uow:
        uow.people.put(Operator("王五", OperatorRole.FILLER, locked=True), "salt:first")
        uow.people.put(Operator("王五", OperatorRole.HEAD, locked=True), "salt:second")
    before = content_of(path)
    restored = recovered(path)
    assert lost(restored) == [] and content_of(path) == before
    with again(path) as office, office.store.reading() as uow:
        assert uow.people.password_of("王五") == "salt:second"


def test_a_file_whose_archive_is_gone_is_named(path: Path) -> None:
    received(path)
    edit(path, "DELETE FROM imports")
    assert lost(recovered(path)) == [("import", "1")]


def test_an_archived_file_with_other_bytes_is_named_and_not_taken(path: Path) -> None:
    received(path)
    spoil(path, PICTURE)
    restored = recovered(path)
    assert lost(restored) == [("import", "1")]
    with again(path) as office, office.store.reading() as uow:
        assert uow.exchange.imports(PLAN, KEY.period) == ()
        assert uow.returns.entries(KEY)["I13"] == TWELVE


def received(path: Path) -> None:
    """A file was taken in after the backup, and a figure was typed after it."""
    with again(path) as office, office.store.writing("import", None) as uow:
        record = ImportRecord(0, TODAY, KEY, "a.xlsx", "", "", "[]", Snapshot(), PICTURE)
        assert uow.exchange.add_import(replace(record, digest=digest_of(PICTURE))) == 1
        uow.returns.put_entry(KEY, "I13", TWELVE)


def test_a_plan_whose_document_is_damaged_is_named(path: Path) -> None:
    plan = replace(BuiltInPlans().load(PLAN), id="huining-2024", title="会宁县科技计划", short_title="之一")
    with again(path) as office:
        office.actions.plans.adopt(plan)
    data = path.read_bytes()
    kept, read = ('"short_title":"之一"'.encode(), '"short_title":"之二"'.encode())
    assert data.count(kept) == 1
    path.write_bytes(data.replace(kept, read))
    restored = recovered(path)
    assert ("plan", "huining-2024") in lost(restored)
    with again(path) as office, office.store.reading() as uow:
        assert uow.plans.get("huining-2024") is None
    assert verified(path).audit_chain == "ok"


def test_a_photo_of_two_tasks_is_brought_back_once(path: Path, tmp_path: Path) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(PICTURE)
    with again(path) as office:
        for task in ("A1-1", "A1-2"):
            office.actions.report.attach(KEY, task, photo)
    before = content_of(path)
    restored = recovered(path)
    assert lost(restored) == [] and content_of(path) == before
    with again(path) as office, office.store.reading() as uow:
        files = [file for item in uow.returns.progress(KEY).values() for file in item.evidence]
        assert [uow.returns.evidence(file.digest) for file in files] == [PICTURE, PICTURE]


def test_a_photo_known_by_its_name_only_is_named(path: Path) -> None:
    """The workbook told of it, the zip with its content never came: there is nothing to bring back."""
    told = Progress(TaskStatus.IN_PROGRESS, 40, "开工", evidence=(Evidence("现场.jpg", 9, "ab" * 32),))
    with again(path) as office, office.store.writing("import", None) as uow:
        uow.returns.put_progress(KEY, "A1-1", told)
    restored = recovered(path)
    assert lost(restored) == [("evidence", "现场.jpg")]
    with again(path) as office, office.store.reading() as uow:
        assert uow.returns.progress(KEY)["A1-1"] == told


def test_what_hangs_on_a_lost_line_is_named_with_it(path: Path) -> None:
    """The line that began last quarter's return is spoilt: its figure has no return to go into."""
    with again(path) as office:
        with office.store.writing("begun", None) as uow:
            uow.returns.put(Return(EARLIER, 1))
        office.actions.fill.edit(EARLIER, "I13", TextEdit("11"))
        office.actions.fill.edit(KEY, "I14", TextEdit("9"))
    (begun,) = [line for line in lines_of(path) if line.why == "begun"]
    spoil_line(path, begun)
    restored = recovered(path)
    assert sorted(lost(restored)) == [("entry", "I13"), ("state", "")]
    with again(path) as office, office.store.reading() as uow:
        assert uow.returns.find(EARLIER) is None
        assert str(uow.returns.entries(KEY)["I14"].value) == "9"
        assert office.store.verify().ok


def test_a_submission_after_a_lost_line_is_kept_with_the_head_there_is(path: Path, tmp_path: Path) -> None:
    """What the city was told no longer fits this chain, and it will say so; the workspace itself is in order."""
    with again(path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("14"), why="更正")
        for finding in office.actions.check.check(KEY).findings:
            if finding.blocks:
                office.actions.fill.explain(KEY, finding.code, finding.rule, "核对过")
        sent = office.actions.send.submit(KEY, tmp_path / "报表.xlsx").path
    told = lines_of(path)
    spoil_line(path, next(line for line in told if line.why == "更正"))
    restored = recovered(path)
    assert lost(restored) == [("entry", "I13")]
    with again(path) as office:
        with office.store.reading() as uow:
            (head,) = uow.exchange.sent_heads()
            assert uow.history.link_at(head.line) == head.link
        assert office.store.verify().ok
        assert office.actions.sent_files.compare(sent).outcome == "rewritten"
