"""A sent return saved once more: the very bytes, whatever became of the stick; else told and made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office, open_office, reading_office
from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.paths import DATA_VARIABLE, migrations_dir
from kjxd_desktop.storage.sqlite.migrate import downgrade
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import KEY, FixedClock, again, answer_all, city_office, county_office, fill_clean

PICTURE = b"\x89PNG the works" * 50


@pytest.fixture(autouse=True)
def own_backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        fill_clean(opened)
        opened.actions.sign_off.sign_off(KEY, Signature(head="张建平", filled_by="王芳"))
        yield opened


def with_evidence(office: Office, folder: Path) -> None:
    picture = folder / "现场照片.png"
    picture.write_bytes(PICTURE)
    office.actions.report.put(
        KEY, "A2-7", Progress(TaskStatus.IN_PROGRESS, 40, "已开工"), evidence=(picture,)
    )


def sent(office: Office, folder: Path, name: str = "上报.xlsx") -> dict[str, bytes]:
    """Files of a submission by the ending of their names; the stick is lost then."""
    stick = folder / "U盘"
    stick.mkdir(exist_ok=True)
    done = office.actions.send.submit(KEY, stick / name)
    files = {"workbook": done.path.read_bytes()}
    if done.evidence is not None:
        files["evidence"] = done.evidence.read_bytes()
    for file in stick.iterdir():
        file.unlink()
    return files


def saved(
    office: Office, folder: Path, name: str = "再存.xlsx", *, replace: bool = True
) -> tuple[dict[str, bytes], bool]:
    done = office.actions.again.save(KEY, folder / name, replace=replace)
    files = {"workbook": done.path.read_bytes()}
    if done.evidence is not None:
        files["evidence"] = done.evidence.read_bytes()
    return files, done.anew


@pytest.mark.parametrize("evidence", [False, True])
def test_byte_for_byte_as_often_as_asked(office: Office, tmp_path: Path, evidence: bool) -> None:
    if evidence:
        with_evidence(office, tmp_path)
    files = sent(office, tmp_path)
    assert ("evidence" in files) is evidence
    assert office.actions.again.suggested_name(KEY) == "上报.xlsx"
    for name in ("一.xlsx", "二.xlsx", "一.xlsx"):
        assert saved(office, tmp_path, name) == (files, False)
    assert office.store.verify().ok


def test_also_after_opening_anew_after_a_restore_and_while_somebody_only_looks(
    office: Office, tmp_path: Path
) -> None:
    with_evidence(office, tmp_path)
    files = sent(office, tmp_path)
    backup, path = office.actions.keep.backup().path, office.store.path
    with reading_office(path, FixedClock()) as looking:
        assert saved(looking, tmp_path) == (files, False)
    office.close()
    with again(path) as reopened:
        reopened.actions.keep.restore(backup)
    with again(path) as restored:
        assert restored.store.verify().ok
        assert saved(restored, tmp_path) == (files, False)


def test_the_last_round_is_the_one_that_stands(office: Office, tmp_path: Path) -> None:
    sent(office, tmp_path)
    office.actions.send.withdraw(KEY, "填错")
    with pytest.raises(ProblemError) as caught:
        saved(office, tmp_path)
    assert (caught.value.problem.code, dict(caught.value.problem.params)) == (
        "nothing_sent",
        {"state": "draft"},
    )
    office.actions.fill.edit(KEY, "I13", TextEdit("11"))
    answer_all(office)
    second = sent(office, tmp_path, "第2次.xlsx")
    assert saved(office, tmp_path) == (second, False)


def test_what_was_never_sent_cannot_be_saved_again(office: Office, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        saved(office, tmp_path)
    assert caught.value.problem.code == "nothing_sent"
    assert not (tmp_path / "再存.xlsx").exists()


@pytest.mark.parametrize("there", ["再存.xlsx", "再存_佐证.zip"])
def test_files_that_are_there_are_replaced_only_when_asked(
    office: Office, tmp_path: Path, there: str
) -> None:
    with_evidence(office, tmp_path)
    files = sent(office, tmp_path)
    (tmp_path / there).write_bytes(b"somebody's")
    with pytest.raises(FileFault) as caught:
        saved(office, tmp_path, replace=False)
    assert (caught.value.code, caught.value.params["name"]) == ("target_exists", there)
    assert (tmp_path / there).read_bytes() == b"somebody's"
    assert not {"再存.xlsx", "再存_佐证.zip"} - {there} & {item.name for item in tmp_path.iterdir()}
    assert saved(office, tmp_path) == (files, False)


def test_a_place_that_does_not_allow_it_leaves_nothing(office: Office, tmp_path: Path) -> None:
    with_evidence(office, tmp_path)
    sent(office, tmp_path)
    with pytest.raises(FileFault):
        saved(office, tmp_path / "没有这个文件夹")
    (tmp_path / "是文件夹.xlsx").mkdir()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(FileFault):
        saved(office, tmp_path, "是文件夹.xlsx")
    assert sorted(tmp_path.iterdir()) == before


def older(office: Office) -> Path:
    """The workspace as the release before would have left it: it kept no files of submissions."""
    path = office.store.path
    office.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    downgrade(path, migrations_dir(), "0003")
    return path


def test_what_an_earlier_release_sent_is_made_anew_with_its_figures_and_check_code(
    office: Office, tmp_path: Path
) -> None:
    with_evidence(office, tmp_path)
    files = sent(office, tmp_path)
    code = office.actions.fill.sheet(KEY).head.check_code
    path = older(office)
    with open_office(path, FixedClock()) as upgraded:
        anew, told = saved(upgraded, tmp_path)
        assert told and anew["evidence"] == files["evidence"]
        assert upgraded.actions.again.save(KEY, tmp_path / "再存2.xlsx").check_code == code
    (tmp_path / "old").mkdir()
    for name, content in (("old/旧.xlsx", files["workbook"]), ("新.xlsx", anew["workbook"])):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "cities").mkdir()
    with city_office(tmp_path / "cities") as city:
        receive = city.actions.receive
        old, new = receive.preview(tmp_path / "old/旧.xlsx"), receive.preview(tmp_path / "新.xlsx")
        assert [(row.code, row.field, row.read) for row in new.rows] == [
            (row.code, row.field, row.read) for row in old.rows
        ]
        receive.apply(new, receive.accept_all(new))
        with city.store.reading() as uow:
            found = uow.returns.find(KEY)
        assert found is not None and found.check_code == code


def test_what_no_longer_has_its_check_code_is_refused(office: Office, tmp_path: Path) -> None:
    sent(office, tmp_path)
    path = older(office)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE submissions SET digest = ?", ("0" * 64,))
    with open_office(path, FixedClock()) as upgraded:
        with pytest.raises(ProblemError) as caught:
            saved(upgraded, tmp_path)
        assert caught.value.problem.code == "again_differs"
    assert not (tmp_path / "再存.xlsx").exists()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM evidence_files WHERE digest = (SELECT workbook FROM submissions)",
        "UPDATE evidence_files SET content = x'00' WHERE digest = (SELECT workbook FROM submissions)",
        "UPDATE submissions SET workbook = NULL",
        "UPDATE submissions SET evidence = workbook",
    ],
)
def test_verify_sees_a_file_that_was_touched(office: Office, tmp_path: Path, damage: str) -> None:
    with_evidence(office, tmp_path)
    sent(office, tmp_path)
    assert office.store.verify().ok
    path = office.store.path
    office.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(damage)
    with again(path) as touched:
        assert not touched.store.verify().ok
