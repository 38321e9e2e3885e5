"""``verify``: edits past the program and flipped bytes are found; what the program did itself never is."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import reading_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.keeping.verification import Verification
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.storage.tables import metadata
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, RemarkEdit, TextEdit
from tests.helpers.chains import edit, relink
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, again, city_office, county_office, fill_all

FLIPS_A_PAGE = 5


def verified(path: Path) -> Verification:
    with reading_office(path, FixedClock()) as office:
        return office.store.verify()


@pytest.fixture
def worked_in(tmp_path: Path) -> Path:
    """A county's workspace in which something of every kind was done, changed and undone."""
    with county_office(tmp_path) as office:
        do, fill = office.actions, office.actions.fill
        fill_all(office)
        fill.edit(KEY, "I04", ComponentsEdit("26.5", "3500"))
        fill.edit(KEY, "I13", TextEdit(""))
        fill.edit(KEY, "I13", TextEdit("12"))
        fill.edit(KEY, "I13", RemarkEdit("note", "含 1 家待公示"))
        fill.set_signature(KEY, Signature("张三", "李四", "王五", "0943-1234567", "2024-10-08"))
        code = do.report.sheet(KEY).rows[0].task.code
        do.report.put(KEY, code, Progress(TaskStatus.IN_PROGRESS, 40, "已开工"))
        proof = tmp_path / "照片.jpg"
        proof.write_bytes(b"\xff\xd8" + bytes(range(200)))
        do.report.attach(KEY, code, proof)
        do.targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "14")
        do.targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "15")
        do.targets.set_baseline(PLAN, COUNTY, "I13", 2021, "8")
        path = office.store.path
    return path


def test_what_the_program_wrote_is_always_in_order(worked_in: Path) -> None:
    found = verified(worked_in)
    assert found.ok and found.lines > 20
    with again(worked_in):
        pass
    assert verified(worked_in) == found


@pytest.mark.parametrize(
    ("statement", "what", "code"),
    [
        ("UPDATE entries SET value = '13' WHERE indicator = 'I13'", "entry", "I13"),
        ("UPDATE entries SET note = '' WHERE indicator = 'I13'", "entry", "I13"),
        ("DELETE FROM entries WHERE indicator = 'I15'", "entry", "I15"),
        ("UPDATE progress SET percent = 90", "progress", "A1-1"),
        ("UPDATE progress_evidence SET name = '别的.jpg'", "progress", "A1-1"),
        ("UPDATE returns SET state = 'accepted'", "state", ""),
        ("UPDATE returns SET head = '赵六'", "signature", ""),
        ("UPDATE targets SET value = '1'", "target", "I13"),
        ("DELETE FROM baselines", "baseline", "I13"),
        ("UPDATE workspace SET role = 'city'", "workspace", ""),
        ("UPDATE plan_revisions SET document = replace(document, '130', '131')", "plan", ""),
        ("UPDATE evidence_files SET content = x'00'", "evidence", ""),
        ("UPDATE own_units SET unit_code = '620421'", "own_unit", PLAN),
        (
            "INSERT INTO deadlines VALUES ('baiyin-2022', '2024Q3', '2030-01-01T00:00:00+08:00')",
            "deadline",
            "",
        ),
    ],
)
def test_an_edit_past_the_program_is_found(worked_in: Path, statement: str, what: str, code: str) -> None:
    edit(worked_in, statement)
    found = verified(worked_in)
    assert not found.ok and found.audit_chain == "ok"
    assert {(item.what, item.code) for item in found.discrepancies} == {(what, code)}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET new = replace(new, '12', '13') WHERE id = (SELECT max(id) - 5 FROM history)",
        "UPDATE history SET who = '别人' WHERE id = 4",
        "UPDATE history SET at = '2020-01-01T00:00:00+08:00' WHERE id = 4",
        "DELETE FROM history WHERE id = 7",
        "UPDATE history SET id = id + 1000 WHERE id = 7",
    ],
)
def test_a_line_of_history_that_was_changed_or_taken_away_breaks_the_chain(
    worked_in: Path, statement: str
) -> None:
    edit(worked_in, statement)
    assert verified(worked_in).audit_chain.startswith("broken at ")


def test_lines_cut_off_at_the_end_contradict_the_tables(worked_in: Path) -> None:
    edit(worked_in, "DELETE FROM history WHERE id > (SELECT max(id) - 2 FROM history)")
    found = verified(worked_in)
    assert found.audit_chain == "ok" and found.discrepancies


def test_a_workspace_from_before_history_told_of_its_head_is_in_order(worked_in: Path) -> None:
    """Its chain has no such line; the next opening for writing anchors it, and from then on it is checked."""
    with closing(sqlite3.connect(worked_in)) as connection:
        (first,) = connection.execute("SELECT id FROM history WHERE what = 'workspace'").fetchone()
        assert first == 1
    older = worked_in.with_name("older.kjxd")
    _without_head_line(worked_in, older)
    assert verified(older).ok
    with again(older):
        pass
    assert verified(older).ok
    edit(older, "UPDATE workspace SET unit_code = '620421'")
    assert {item.what for item in verified(older).discrepancies} == {"workspace"}


def test_a_flipped_byte_anywhere_changes_nothing_or_is_found(worked_in: Path, tmp_path: Path) -> None:
    """In every page: what can be read is the same as before, or it is said that it is not."""
    sound, before = worked_in.read_bytes(), dump(worked_in)
    size = int.from_bytes(sound[16:18], "big")
    chance = random.Random(3)
    silent = []
    for page in range(len(sound) // size):
        for at in chance.sample(range(size), FLIPS_A_PAGE):
            place = page * size + at
            damaged = bytearray(sound)
            damaged[place] ^= 1 << chance.randrange(8)
            path = tmp_path / "damaged.kjxd"
            path.write_bytes(damaged)
            if not found(path) and dump(path) != before:
                silent.append(place)
    assert not silent


def found(path: Path) -> bool:
    """Whether the program notices that something is wrong."""
    try:
        return not verified(path).ok
    except WorkspaceFault:
        return True


def dump(path: Path) -> object:
    """Every row of every table, as SQLite gives it.

    The tables are named here: a letter's case in SQLite's own list of them means nothing.
    """
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
            return {
                name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}")))
                for name in metadata.tables
            }
    except sqlite3.Error as error:
        return repr(error)


def _without_head_line(path: Path, older: Path) -> None:
    """The same workspace with a chain that never told of its head."""
    older.write_bytes(path.read_bytes())
    edit(older, "DELETE FROM history WHERE what = 'workspace'")
    relink(older)


def test_a_city_s_workspace_with_imports_is_in_order(tmp_path: Path) -> None:
    with county_office(tmp_path) as county, city_office(tmp_path) as city:
        fill_all(county)
        for row in county.actions.fill.sheet(KEY).rows:
            for finding in row.findings:
                county.actions.fill.explain(KEY, row.indicator.code, finding.rule, "核对过")
        sent = county.actions.send.submit(KEY, tmp_path / "报表.xlsx")
        preview = city.actions.receive.preview(sent.path)
        city.actions.receive.apply(preview, city.actions.receive.accept_all(preview))
        assert county.store.verify().ok and city.store.verify().ok
        path = city.store.path
    for statement in (
        "UPDATE imports SET decisions = '[]'",
        "UPDATE imports SET snapshot = replace(snapshot, '12', '13')",
        "UPDATE imports SET original = x'00'",
    ):
        copy = tmp_path / "copy.kjxd"
        copy.write_bytes(path.read_bytes())
        edit(copy, statement)
        assert {item.what for item in verified(copy).discrepancies} == {"import"}, statement


def test_names_that_were_taken_back_leave_a_file_that_fits(tmp_path: Path) -> None:
    """Typed and emptied again, also beside other changes; a name put back past the program is found."""
    with county_office(tmp_path) as office:
        office.actions.fill.set_signature(KEY, Signature(head="张建平"))
        office.actions.fill.set_signature(KEY, Signature())
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        assert office.store.verify().ok
        path = office.store.path
    edit(path, "UPDATE returns SET head = '张建平'")
    assert not verified(path).ok
