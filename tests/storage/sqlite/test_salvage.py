"""Every kind of change comes back from a damaged file as it was, with the number and the link it had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office, open_office, reading_office
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.people.operators import Operator, OperatorRole
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.second_entry import Outcome, SecondEntry
from kjxd_desktop.paths import migrations_dir
from kjxd_desktop.storage.history.rebuild import Content, from_tables
from kjxd_desktop.storage.sqlite.carve import carved_lines
from kjxd_desktop.storage.sqlite.engine import open_engine
from kjxd_desktop.storage.sqlite.vault import SqlVault
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.wording.keeping.backups import lost_text, restored_sentence
from tests.helpers.offices import (
    CITY,
    COUNTY,
    KEY,
    PERIOD,
    PLAN,
    TODAY,
    FixedClock,
    again,
    city_office,
    county_office,
    fill_all,
)

OWN = "huining-2024"
FIRST = Entry(EntryStatus.REPORTED, Decimal("12"))


def vault(path: Path) -> SqlVault:
    return SqlVault(path, path.parent / "backups", migrations_dir(), FixedClock(), "王芳")


def state(path: Path) -> tuple[Content, ChainHead]:
    engine = open_engine(path, read_only=True)
    try:
        with engine.connect() as connection, connection.begin():
            content, unreadable = from_tables(connection)
            assert not unreadable
    finally:
        engine.dispose()
    with reading_office(path, FixedClock()) as office, office.store.reading() as uow:
        return content, uow.history.head()


def behead(path: Path) -> None:
    """The file's first bytes are gone: nothing opens it any more."""
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)


def county_work(office: Office) -> None:
    do = office.actions
    plan = BuiltInPlans().load(PLAN)
    do.plans.adopt(replace(plan, id=OWN, title="会宁县科技计划", short_title="会宁县科技计划"))
    do.share.share((PLAN, "I13"), (OWN, "I13"))
    do.fill.edit(KEY, "I13", TextEdit("14"))
    do.share.share((PLAN, "I14"), (OWN, "I14"))
    do.share.part((PLAN, "I14"), (OWN, "I14"))
    do.send.submit(KEY, office.store.path.with_name("报表.xlsx"))
    do.send.withdraw(KEY, "漏了一项")
    do.fill.edit(KEY, "I14", TextEdit("9"))
    do.send.submit(KEY, office.store.path.with_name("报表2.xlsx"))
    with office.store.writing("people", None) as uow:
        uow.people.put(Operator("王五", OperatorRole.FILLER, locked=True), "salt:hash")
        uow.people.put_recovery("salt:code")
        second = SecondEntry(FIRST, FIRST, Outcome.SAME, FIRST, "王五", "赵六")
        uow.rekeyed.put(KEY, "I15", second)
        uow.workspace.set(replace(uow.workspace.info(), plan_id=OWN))


def city_work(office: Office) -> None:
    sent = office.store.path.with_name("报表.xlsx")
    preview = office.actions.receive.preview(sent)
    office.actions.receive.apply(preview, office.actions.receive.accept_all(preview))
    with office.store.writing("split", None) as uow:
        uow.plans.put_deadline(PLAN, PERIOD, TODAY)
        uow.plans.put_deadline(PLAN, PERIOD, datetime.fromisoformat("2024-10-20T18:00:00+08:00"))
        uow.splits.put_assigned(PLAN, COUNTY, "I13", False)
        uow.splits.put_assigned(PLAN, COUNTY, "I14", False)
        uow.splits.put_assigned(PLAN, COUNTY, "I14", None)
        for value in (Decimal("15"), None):
            uow.splits.put_target(
                PLAN, COUNTY, "I13", Target(2025, TargetKind.BINDING, value=value, unit_code=COUNTY)
            )
        uow.splits.put_target(
            PLAN, COUNTY, "I13", Target(2025, TargetKind.EXPECTED, text="争取突破", unit_code=COUNTY)
        )
        uow.splits.put_baseline(PLAN, COUNTY, "I13", Baseline(2021, Decimal("8"), "年报"))
        uow.splits.put_baseline(PLAN, COUNTY, "I14", Baseline(2021, Decimal("1"), ""))
        uow.splits.put_baseline(PLAN, COUNTY, "I14", None)
        uow.plans.put_own_unit(PLAN, CITY)


def explained(office: Office) -> None:
    fill_all(office)
    for finding in office.actions.check.check(KEY).findings:
        if finding.blocks:
            office.actions.fill.explain(KEY, finding.code, finding.rule, "经核对无误。")


@pytest.mark.parametrize("kind", ["county", "city"])
def test_every_kind_comes_back_with_its_link(tmp_path: Path, kind: str) -> None:
    work: Callable[[Office], None] = county_work if kind == "county" else city_work
    with county_office(tmp_path) as office:
        explained(office)
        path = office.store.path
    if kind == "city":
        with again(path) as office:
            office.actions.send.submit(KEY, tmp_path / "报表.xlsx")
        with city_office(tmp_path) as office:
            path = office.store.path
    vault(path).make(BackupReason.START)
    with again(path) as office:
        work(office)
    before, head = state(path)
    behead(path)
    restored = vault(path).recover()
    after, _ = state(path)
    assert restored.lost == () and after == before
    with reading_office(path, FixedClock()) as office, office.store.reading() as uow:
        assert uow.history.link_at(head.line) == head.link and uow.history.head().line == head.line + 1
        assert office.store.verify().ok
    said = restored_sentence(restored.backup.at, restored.kept, restored.lines, restored.until)
    assert f"{restored.lines} 条修改" in said and "损坏" in said


def test_a_line_that_stood_nowhere_else_is_named_and_those_after_it_come_back(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        path = office.store.path
    vault(path).make(BackupReason.START)
    with again(path) as office:
        for code, text in (("I13", "17"), ("I14", "4321"), ("I15", "33")):
            office.actions.fill.edit(KEY, code, TextEdit(text))
    before, _ = state(path)
    data = path.read_bytes()
    # The line of I14 and its entry, wherever they stand, lose a digit.
    assert data.count(b'"value":"4321"') == 1
    damaged = data.replace(b'"value":"4321"', b'"value":"432\xff"')
    path.write_bytes(damaged)
    restored = vault(path).recover()
    # The table still holds it, and the link proves it.
    assert restored.lost == () and state(path)[0] == before
    path.write_bytes(damaged.replace(b"reported4321", b"reported432\xfe"))
    restored = vault(path).recover()
    assert [(item.what, item.code) for item in restored.lost] == [("entry", "I14")]
    assert "I14" in lost_text(restored.lost) and "重填" in lost_text(restored.lost)
    after, _ = state(path)
    assert {place[4] for place in before if before[place] != after.get(place)} == {"I14"}


def test_a_foreign_history_is_not_mixed_in(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        fill_all(office)
        path = office.store.path
    vault(path).make(BackupReason.START)
    with county_office(tmp_path, "other.kjxd") as office:
        fill_all(office)
        office.actions.fill.edit(KEY, "I13", TextEdit("99"))
        other = office.store.path
    expected, _ = state(path)
    path.write_bytes(other.read_bytes())
    behead(path)
    restored = vault(path).recover()
    assert restored.lines == 0 and state(path)[0] == expected


def test_after_a_restore_the_backup_of_what_was_replaced_is_not_taken_for_the_newest(tmp_path: Path) -> None:
    later = FixedClock(TODAY.replace(hour=12))
    with county_office(tmp_path) as office:
        fill_all(office)
        path = office.store.path
    made = vault(path).make(BackupReason.START)
    with again(path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("99"))
    SqlVault(path, path.parent / "backups", migrations_dir(), later, "王芳").restore(made.path)
    with open_office(path, later) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("14"))
    before, _ = state(path)
    behead(path)
    restored = vault(path).recover()
    assert restored.backup.path == made.path and restored.lines == 2
    assert state(path)[0] == before


def test_what_is_no_history_is_not_read_as_one(tmp_path: Path) -> None:
    noise = tmp_path / "noise.kjxd"
    noise.write_bytes(bytes(range(256)) * 400 + b"\x81\x0d" * 3000)
    assert carved_lines(noise, 4096) == {}
