"""A byte flipped anywhere: nothing is changed, or it is found, and the work after the backup comes back."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import reading_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.paths import migrations_dir
from kjxd_desktop.storage.history.rebuild import Content, from_tables
from kjxd_desktop.storage.sqlite.engine import open_engine
from kjxd_desktop.storage.sqlite.vault import SqlVault
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, RemarkEdit, TextEdit
from kjxd_desktop.usecases.keeping.vault import LostLine, Restored
from tests.helpers.offices import (
    COUNTY,
    KEY,
    PLAN,
    TODAY,
    FixedClock,
    again,
    county_office,
    fill_all,
)

FLIPS_A_PAGE = 2
LATER = FixedClock(TODAY + timedelta(days=1))


@dataclass(frozen=True)
class Worked:
    """A workspace with a backup, and what it held when it was closed."""

    path: Path
    backups: Path
    content: Content
    head: ChainHead

    def vault(self, path: Path) -> SqlVault:
        return SqlVault(path, self.backups, migrations_dir(), LATER, "王芳")


def contents(path: Path) -> Content:
    engine = open_engine(path, read_only=True)
    try:
        with engine.connect() as connection, connection.begin():
            content, unreadable = from_tables(connection)
            assert not unreadable
            return content
    finally:
        engine.dispose()


def head_of(path: Path) -> ChainHead:
    with reading_office(path, LATER) as office, office.store.reading() as uow:
        return uow.history.head()


def work_on(path: Path) -> None:
    """Entries of many kinds, as a clerk makes them after the last backup."""
    with again(path) as office:
        do, fill = office.actions, office.actions.fill
        fill.edit(KEY, "I13", TextEdit("14"))
        fill.edit(KEY, "I04", ComponentsEdit("26.5", "3500"))
        fill.edit(KEY, "I13", RemarkEdit("note", "含 2 家待公示"))
        fill.edit(KEY, "I14", TextEdit("9"))
        code = do.report.sheet(KEY).rows[0].task.code
        do.report.put(KEY, code, Progress(TaskStatus.IN_PROGRESS, 40, "已开工"))
        proof = path.with_name("照片.jpg")
        proof.write_bytes(b"\xff\xd8" + bytes(range(200)))
        do.report.attach(KEY, code, proof)
        do.targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "15")
        do.targets.set_baseline(PLAN, COUNTY, "I13", 2021, "8")
        fill.edit(KEY, "I15", TextEdit("16"))
        fill.set_signature(KEY, Signature("张三", "李四", "王五", "0943-1234567", "2024-10-08"))
        for finding in do.check.check(KEY).findings:
            if finding.blocks:
                fill.explain(KEY, finding.code, finding.rule, "经核对无误。")
        do.check.mark_checked(KEY)
        do.send.submit(KEY, path.with_name("报表.xlsx"))


@pytest.fixture
def worked(tmp_path: Path) -> Worked:
    backups = tmp_path / "backups"
    with county_office(tmp_path) as office:
        fill_all(office)
        path = office.store.path
        SqlVault(path, backups, migrations_dir(), FixedClock(), "王芳").make(BackupReason.START)
    work_on(path)
    return Worked(path, backups, contents(path), head_of(path))


def found_wrong(path: Path) -> bool:
    try:
        with reading_office(path, LATER) as office:
            return not office.store.verify().ok
    except WorkspaceFault:
        return True


def without_heads(content: Content) -> Content:
    """Behind a lost line history is another chain, and a submission's head is one of that chain."""
    found = dict(content)
    for place, text in content.items():
        if place[0] == "submission":
            kept = {name: value for name, value in json.loads(text).items() if name not in ("line", "link")}
            found[place] = json.dumps(kept)
    return found


def judged(worked: Worked, damaged: Path) -> tuple[str, Restored | None]:
    """What became of a damaged file: unchanged, whole, named or silent."""
    if not found_wrong(damaged):
        same = contents(damaged) == worked.content
        return ("unchanged" if same else "silent"), None
    restored = worked.vault(damaged).recover()
    with reading_office(damaged, LATER) as office:
        assert office.store.verify().ok
    assert restored.kept is not None and restored.kept.exists()
    now, then = without_heads(contents(damaged)), without_heads(worked.content)
    differing = {place for place in {*then, *now} if then.get(place) != now.get(place)}
    if not differing:
        return "whole", restored
    named = {(item.plan, item.unit, item.period, item.code) for item in restored.lost}
    files = {item.code for item in restored.lost if item.what == "evidence"}
    unnamed = {
        place for place in differing if place[1:5] not in named and not (place[0] == "evidence" and files)
    }
    return ("silent" if unnamed else "named"), restored


def flipped(worked: Worked, folder: Path, flips: int, seed: int) -> Iterator[tuple[int, Path]]:
    """The workspace with one bit flipped, in turn in each page, where its backups look for it."""
    sound = worked.path.read_bytes()
    size = int.from_bytes(sound[16:18], "big")
    chance = random.Random(seed)
    for page in range(len(sound) // size):
        for at in chance.sample(range(size), flips):
            for old in folder.glob("*"):
                old.unlink()
            damaged = bytearray(sound)
            damaged[page * size + at] ^= 1 << chance.randrange(8)
            path = folder / "county.kjxd"
            path.write_bytes(damaged)
            yield page * size + at, path


# Outcome, the byte that was flipped, lines that came back, what is lost.
Told = tuple[str, int, int, tuple[LostLine, ...]]


def figures(worked: Worked, folder: Path, flips: int, seed: int) -> tuple[Counter[str], list[Told]]:
    counted: Counter[str] = Counter()
    told: list[Told] = []
    (note,) = worked.backups.glob("*/workspace.txt")
    for place, path in flipped(worked, folder, flips, seed):
        note.write_text(str(path), "utf-8")
        for item in note.parent.glob("*恢复前*"):
            item.unlink()
        outcome, restored = judged(worked, path)
        counted[outcome] += 1
        if outcome in ("named", "silent"):
            told.append(
                (outcome, place, restored.lines if restored else 0, restored.lost if restored else ())
            )
    return counted, told


def test_a_flipped_byte_anywhere_costs_nothing_or_what_it_cost_is_named(
    worked: Worked, tmp_path: Path
) -> None:
    folder = tmp_path / "flipped"
    folder.mkdir()
    counted, told = figures(worked, folder, FLIPS_A_PAGE, 3)
    assert counted["silent"] == 0, told
    assert counted["whole"] > 20 and counted["unchanged"] > 20
    # The files of a submission stand nowhere else; of them it is told which, and all figures are there.
    costly = [item for item in told if {lost.what for lost in item[3]} != {"sent_file"}]
    assert len(costly) <= 3, told
