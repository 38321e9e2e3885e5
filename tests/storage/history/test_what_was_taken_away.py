"""Verifying sees an evidence file's content that is gone, and a receiving time that was changed."""

from __future__ import annotations

from pathlib import Path

from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.keeping.verification import CONTENT_MISSING
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.wording.keeping.verify import discrepancy_sentence
from tests.helpers.chains import break_table, edit, relink, vault
from tests.helpers.offices import KEY, FixedClock, again, city_office, county_office, fill_clean


def test_the_content_of_evidence_that_was_deleted(tmp_path: Path) -> None:
    photo = tmp_path / "现场照片.jpg"
    photo.write_bytes(b"picture")
    with county_office(tmp_path) as office:
        task = office.actions.report.sheet(KEY).rows[0].task.code
        office.actions.report.put(KEY, task, Progress(TaskStatus.IN_PROGRESS, 10, "做了"))
        office.actions.report.attach(KEY, task, photo)
        path = office.store.path
        assert office.store.verify().ok
    edit(path, "DELETE FROM evidence_files")
    with again(path) as office:
        found = office.store.verify()
        assert not found.ok and found.intact, "the figures are whole: they can still be backed up"
        (only,) = found.discrepancies
        assert "现场照片.jpg" in discrepancy_sentence(only)
        assert office.actions.keep.look_after().made is not None


def test_a_receiving_time_that_was_changed(tmp_path: Path) -> None:
    sent = tmp_path / "sent.xlsx"
    with county_office(tmp_path) as office:
        fill_clean(office)
        office.actions.send.submit(KEY, sent)
    with city_office(tmp_path) as office:
        preview = office.actions.receive.preview(sent)
        office.actions.receive.apply(preview, office.actions.receive.accept_all(preview))
        path = office.store.path
        assert office.store.verify().ok
    assert FixedClock().now().isoformat().startswith("2024-10")
    edit(path, "UPDATE imports SET at = '2024-10-01T09:00:00+08:00'")
    with again(path) as office:
        (only,) = office.store.verify().discrepancies
        assert only.what == "import"


def test_one_that_an_earlier_release_wrote_without_its_moment(tmp_path: Path) -> None:
    """Compared with when the line was written."""
    sent = tmp_path / "sent.xlsx"
    with county_office(tmp_path) as office:
        fill_clean(office)
        office.actions.send.submit(KEY, sent)
    with city_office(tmp_path) as office:
        preview = office.actions.receive.preview(sent)
        office.actions.receive.apply(preview, office.actions.receive.accept_all(preview))
        path = office.store.path
    edit(path, "UPDATE history SET new = json_remove(new, '$.at') WHERE what = 'import'")
    relink(path)
    with again(path) as office:
        assert not [item for item in office.store.verify().discrepancies if item.what == "import"]
    edit(path, "UPDATE imports SET at = '2024-10-01T09:00:00+08:00'")
    with again(path) as office:
        assert [item.what for item in office.store.verify().discrepancies] == ["import"]


def sent_with_evidence(folder: Path) -> tuple[Path, Path]:
    """A county's return and the archive of its evidence."""
    photo, sent = folder / "现场照片.jpg", folder / "报表.xlsx"
    photo.write_bytes(b"picture")
    with county_office(folder) as office:
        fill_clean(office)
        task = office.actions.report.sheet(KEY).rows[0].task.code
        office.actions.report.put(KEY, task, Progress(TaskStatus.IN_PROGRESS, 10, "做了"))
        office.actions.report.attach(KEY, task, photo)
        office.actions.send.submit(KEY, sent)
    return sent, folder / "报表_佐证.zip"


def test_evidence_that_came_with_a_return_and_was_deleted(tmp_path: Path) -> None:
    sent, _ = sent_with_evidence(tmp_path)
    with city_office(tmp_path) as office:
        preview = office.actions.receive.preview(sent)
        office.actions.receive.apply(preview, office.actions.receive.accept_all(preview))
        path = office.store.path
        assert office.store.verify().ok
    edit(path, "DELETE FROM evidence_files")
    with again(path) as office:
        (only,) = office.store.verify().discrepancies
        assert (only.reason, only.told) == (CONTENT_MISSING, "现场照片.jpg")
        assert office.store.verify().intact


def test_of_evidence_whose_name_alone_came_nothing_is_missed(tmp_path: Path) -> None:
    sent, archive = sent_with_evidence(tmp_path)
    archive.unlink()
    with city_office(tmp_path) as office:
        preview = office.actions.receive.preview(sent)
        office.actions.receive.apply(preview, office.actions.receive.accept_all(preview))
        assert office.store.verify().ok


def test_evidence_put_beside_afterwards_is_taken_in(tmp_path: Path) -> None:
    sent, archive = sent_with_evidence(tmp_path)
    content = archive.read_bytes()
    archive.unlink()
    with city_office(tmp_path) as office:
        for beside, said in ((None, ()), (content, ("evidence_received",)), (content, ())):
            if beside is not None:
                archive.write_bytes(beside)
            preview = office.actions.receive.preview(sent)
            applied = office.actions.receive.apply(preview, office.actions.receive.accept_all(preview))
            assert tuple(code for code, _ in applied.changes.notes) == said
        with office.store.reading() as uow:
            (progress,) = [item for item in uow.returns.progress(KEY).values() if item.evidence]
            assert uow.returns.evidence(progress.evidence[0].digest) == b"picture"
        assert office.store.verify().ok


def test_a_damaged_city_brings_the_evidence_back(tmp_path: Path) -> None:
    sent, _ = sent_with_evidence(tmp_path)
    with city_office(tmp_path) as office:
        backup = vault(office.store.path).make(BackupReason.MANUAL)
        preview = office.actions.receive.preview(sent)
        office.actions.receive.apply(preview, office.actions.receive.accept_all(preview))
        path = office.store.path
    break_table(path, "baselines")
    restored = vault(path).restore(backup.path)
    assert restored.lost == ()
    with again(path) as office:
        assert office.store.verify().ok
        with office.store.reading() as uow:
            (progress,) = [item for item in uow.returns.progress(KEY).values() if item.evidence]
            assert uow.returns.evidence(progress.evidence[0].digest) == b"picture"
