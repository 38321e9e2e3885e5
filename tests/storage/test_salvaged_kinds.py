"""Every field of every kind of content comes back from a damaged file after its last backup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import reading_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.returns.achieved import Achieved
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Explanation, Return, ReturnKey, ReturnState, Signature
from kjxd_desktop.domain.returns.second_entry import Outcome, SecondEntry
from kjxd_desktop.paths import migrations_dir
from kjxd_desktop.storage.history.rebuild import Content, from_tables
from kjxd_desktop.storage.sqlite.engine import open_engine
from kjxd_desktop.storage.sqlite.vault import SqlVault
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.usecases.keeping.vault import Restored
from kjxd_desktop.usecases.ports import UnitOfWork
from tests.helpers.offices import COUNTY, TODAY, FixedClock, again, county_office

HERE = ReturnKey("plan-a", COUNTY, Period(2024, 3))
SIGNED = Signature("张三", "李四", "王五", "0943-1234567", "2024-10-08")
WHOLE = Entry(EntryStatus.ESTIMATED, Decimal("1.50"), 2023, Decimal("3"), Decimal("200.0"), True, "快报")
PICTURE = b"\xff\xd8 a picture of the works " * 40


def vault(path: Path) -> SqlVault:
    return SqlVault(path, path.parent / "backups", migrations_dir(), FixedClock(), "王芳")


@pytest.fixture
def backed_up(tmp_path: Path) -> Path:
    """A workspace with a backup, and nothing in it yet."""
    with county_office(tmp_path) as office:
        path = office.store.path
    vault(path).make(BackupReason.START)
    return path


def contents(path: Path) -> tuple[Content, ChainHead]:
    engine = open_engine(path, read_only=True)
    try:
        with engine.connect() as connection, connection.begin():
            content, unreadable = from_tables(connection)
            assert not unreadable
    finally:
        engine.dispose()
    with reading_office(path, FixedClock()) as office, office.store.reading() as uow:
        return content, uow.history.head()


def recovered(path: Path) -> Restored:
    """The file's first bytes are gone; the newest backup takes its place, with what came after."""
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    return vault(path).recover()


def returns_of(uow: UnitOfWork) -> None:
    """Heads: a plain one, one that is signed when it is first written, one sent with every field."""
    uow.returns.put(Return(HERE, 1))
    uow.returns.put(replace(Return(replace(HERE, period=Period(2024, 2)), 2), signature=SIGNED))
    sent = replace(HERE, period=Period(2024, 1))
    uow.returns.put(Return(sent, 1, backfilled=True))
    uow.returns.put(
        Return(sent, 3, ReturnState.SUBMITTED, 2, True, SIGNED, "K7QD", TODAY + timedelta(minutes=3))
    )


def figures_of(uow: UnitOfWork) -> None:
    """Cells, double entries, reasons: whole ones, changed ones, and ones that were emptied."""
    uow.returns.put_entry(HERE, "I01", WHOLE)
    uow.returns.put_entry(HERE, "I02", replace(WHOLE, computed=False, note=""))
    uow.returns.put_entry(HERE, "I02", Entry())
    keyed = SecondEntry(WHOLE, Entry(), Outcome.OPEN, None, "王芳", "李明")
    uow.rekeyed.put(HERE, "I01", keyed)
    uow.rekeyed.put(HERE, "I02", keyed)
    uow.rekeyed.put(HERE, "I02", replace(keyed, outcome=Outcome.FIRST, settled=WHOLE))
    uow.returns.put_explanation(HERE, Explanation("I01", "outlier", "ab", "第一个原因"))
    uow.returns.put_explanation(HERE, Explanation("I01", "outlier", "cd", "第二个原因"))
    uow.returns.put_explanation(HERE, Explanation("I01", "year_change", "ef", "第三个原因"))


def progress_of(uow: UnitOfWork) -> None:
    """Tasks with evidence, of which one is only known by name and digest."""
    known = Evidence("照片.jpg", len(PICTURE), uow.returns.add_evidence(PICTURE))
    uow.returns.put_progress(HERE, "T1", Progress(TaskStatus.BLOCKED, 40, "做", "难", "下", (known,)))
    uow.returns.put_progress(HERE, "T2", Progress(TaskStatus.IN_PROGRESS, 0, "开工"))
    # Texts that fill one page of the file after another.
    for length in (600, 1200, 1340, 1366, 2000):
        uow.returns.put_progress(
            HERE, f"L{length}", Progress(TaskStatus.IN_PROGRESS, 1, "字" * length, "难" * length)
        )
    uow.returns.put_progress(HERE, "T2", Progress())


def split_of(uow: UnitOfWork) -> None:
    """Targets with every field, changed and taken away; baselines, words, deadlines."""
    aim = Target(2025, TargetKind.BINDING, "<=", Decimal("8.0"), None, "力争", "市本级", COUNTY, "附件1")
    uow.splits.put_target("plan-a", COUNTY, "I01", aim)
    uow.splits.put_target(
        "plan-a", COUNTY, "I01", replace(aim, value=Decimal("9.0"), certainty=None, scope=None)
    )
    uow.splits.put_target("plan-a", COUNTY, "I01", replace(aim, kind=TargetKind.EXPECTED))
    uow.splits.put_target("plan-a", COUNTY, "I01", replace(aim, year=2024))
    uow.splits.put_target("plan-a", COUNTY, "I01", replace(aim, year=2024, value=None))
    uow.splits.put_target("plan-a", COUNTY, "I02", replace(aim, value=None, text="前五"))
    uow.splits.put_baseline("plan-a", COUNTY, "I01", Baseline(2021, Decimal("8.0"), "年报"))
    uow.splits.put_baseline("plan-a", COUNTY, "I02", Baseline(2021, Decimal("1"), ""))
    uow.splits.put_baseline("plan-a", COUNTY, "I02", None)
    for code, words in (("I01", (True, False)), ("I02", (False, True)), ("T1", (True, None))):
        for word in words:
            uow.splits.put_assigned("plan-a", COUNTY, code, word)
    uow.plans.put_deadline("plan-a", Period(2024, 3), datetime(2024, 10, 12, 18))
    uow.plans.put_deadline("plan-a", Period(2024, 4), datetime(2025, 1, 12, 18))


def marks_of(uow: UnitOfWork) -> None:
    """Targets in words: marked with a file and without, in other words, and taken back."""
    uow.plans.put_own_unit("plan-a", COUNTY)
    proof = Evidence("照片.jpg", len(PICTURE), uow.returns.add_evidence(PICTURE))
    mark = Achieved(2022, TargetKind.TARGET, "0的突破", Period(2024, 3), "首家投产", proof)
    bare = replace(mark, evidence=None)
    for code, item in (("I01", mark), ("I02", bare), ("I03", mark)):
        uow.achieved.put("plan-a", COUNTY, code, item)
    uow.achieved.put("plan-a", COUNTY, "I02", replace(bare, text="两家投产"))
    uow.achieved.put("plan-a", COUNTY, "I02", replace(bare, year=2025, kind=TargetKind.EXPECTED))
    uow.achieved.put("plan-a", COUNTY, "I02", replace(bare, wanted="突破5亿/年", since=Period(2024, 4)))
    uow.achieved.take_back("plan-a", COUNTY, "I03", mark)


def office_of(uow: UnitOfWork) -> None:
    """The office itself: its units in plans, what plans share, its head, what it sent."""
    uow.plans.put_own_unit("plan-a", COUNTY)
    uow.plans.put_own_unit("plan-b", "D7")
    uow.plans.put_own_unit("plan-b", "D8")
    uow.plans.put_shared(("plan-a", "I01"), ("plan-b", "J1"), True)
    uow.plans.put_shared(("plan-a", "I02"), ("plan-b", "J2"), True)
    uow.plans.put_shared(("plan-a", "I02"), ("plan-b", "J2"), False)
    uow.workspace.set(replace(uow.workspace.info(), demo=True, plan_id="plan-a", unit_code="620423"))
    uow.exchange.add_submission(HERE, 1, "ab" * 32, "第1次.xlsx")
    uow.history.add_restore(ChainHead(1, "cd" * 32), None)


@pytest.mark.parametrize(
    "work", [figures_of, progress_of, split_of, marks_of, office_of], ids=lambda work: work.__name__
)
def test_it_comes_back_as_it_was_with_its_links(backed_up: Path, work: Callable[[UnitOfWork], None]) -> None:
    with again(backed_up) as office, office.store.writing("test", None) as uow:
        returns_of(uow)
        work(uow)
    before, head = contents(backed_up)
    restored = recovered(backed_up)
    after, now = contents(backed_up)
    assert restored.lost == ()
    assert after == before
    assert restored.backup.head is not None
    assert restored.lines == head.line - restored.backup.head.line
    # One line more: the restore itself.
    assert now.line == head.line + 1
    with reading_office(backed_up, FixedClock()) as office, office.store.reading() as uow:
        assert uow.history.link_at(head.line) == head.link
        assert office.store.verify().ok
        progress = uow.returns.progress(HERE)
        files = [file for item in progress.values() for file in item.evidence]
        marks = [mark for items in uow.achieved.marks("plan-a", COUNTY).values() for mark in items]
        files += [mark.evidence for mark in marks if mark.evidence is not None]
        assert [uow.returns.evidence(file.digest) for file in files] == [PICTURE] * len(files)


def test_who_wrote_what_when_and_why_comes_back_too(backed_up: Path) -> None:
    with again(backed_up) as office, office.store.writing("补报", None) as uow:
        returns_of(uow)
        figures_of(uow)
    with reading_office(backed_up, FixedClock()) as office, office.store.reading() as uow:
        before = uow.history.of(limit=5)
    recovered(backed_up)
    with reading_office(backed_up, FixedClock()) as office, office.store.reading() as uow:
        restore, *after = uow.history.of(limit=6)
    assert tuple(after) == before and {line.why for line in before} == {"补报"}
    assert (restore.what, restore.who) == ("restore", "王芳")


@pytest.mark.parametrize("work", [progress_of, marks_of], ids=lambda work: work.__name__)
@pytest.mark.parametrize("spoil", [True, False])
def test_evidence_whose_content_is_damaged_is_named_and_the_rest_stands(
    backed_up: Path, spoil: bool, work: Callable[[UnitOfWork], None]
) -> None:
    with again(backed_up) as office, office.store.writing("test", None) as uow:
        returns_of(uow)
        work(uow)
    before, _ = contents(backed_up)
    if spoil:
        data = backed_up.read_bytes()
        assert data.count(PICTURE) == 1
        backed_up.write_bytes(data.replace(PICTURE, PICTURE[::-1]))
    restored = recovered(backed_up)
    lost = [(item.line, item.what, item.code) for item in restored.lost]
    named = 1 if work is progress_of else 2
    assert lost == ([(0, "evidence", "照片.jpg")] * named if spoil else [])
    after, _ = contents(backed_up)
    assert after == before
    with reading_office(backed_up, FixedClock()) as office, office.store.reading() as uow:
        files = [file for item in uow.returns.progress(HERE).values() for file in item.evidence]
        marks = [mark for items in uow.achieved.marks("plan-a", COUNTY).values() for mark in items]
        files += [mark.evidence for mark in marks if mark.evidence is not None]
        assert files and files[0].name == "照片.jpg"
        file = files[0]
        assert uow.returns.evidence(file.digest) == (None if spoil else PICTURE)
