"""A schema with anything in it that the migrations do not make is refused: opening, verifying, restoring."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from kjxd_desktop.domain.digests import digest_of
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.paths import migrations_dir
from kjxd_desktop.storage.sqlite import migrate
from kjxd_desktop.storage.sqlite.connect import connect
from kjxd_desktop.storage.sqlite.objects import found_objects
from kjxd_desktop.storage.sqlite.schema import KNOWN, version_of
from kjxd_desktop.storage.sqlite.vault import SqlVault
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.wording.keeping.verify import verification_sentences
from tests.helpers.offices import KEY, FixedClock, again, county_office

ADDED = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON entries BEGIN UPDATE entries SET value = 9; END",
    "view": "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
    "table": "CREATE TABLE more (x)",
    "index": "CREATE INDEX odd ON entries (abs(return_id))",
    "virtual": "CREATE VIRTUAL TABLE ft USING fts5(x)",
}
CHANGED = {
    "column": "ALTER TABLE targets ADD COLUMN colour TEXT",
    "default": "ALTER TABLE targets ADD COLUMN c TEXT DEFAULT (hex(randomblob(9)))",
    "generated": "ALTER TABLE targets ADD COLUMN g TEXT GENERATED ALWAYS AS (hex(zeroblob(9))) VIRTUAL",
    "missing": "DROP TABLE baselines",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with county_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        return office.store.path


def spoil(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def opened(path: Path) -> str:
    with pytest.raises(WorkspaceFault) as caught, again(path):
        pass
    return caught.value.code


@pytest.mark.parametrize("kind", ADDED)
def test_what_no_workspace_has_is_not_opened(path: Path, kind: str) -> None:
    spoil(path, ADDED[kind])
    before = path.read_bytes()
    assert opened(path) == "altered"
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", CHANGED)
def test_what_is_not_as_it_was_made_is_not_opened(path: Path, kind: str) -> None:
    spoil(path, CHANGED[kind])
    assert opened(path) == "damaged"


@pytest.mark.parametrize("kind", [*ADDED, *CHANGED])
def test_verifying_an_open_workspace_sees_it(path: Path, kind: str) -> None:
    with again(path) as office:
        spoil(path, (ADDED | CHANGED)[kind])
        found = office.store.verify()
    assert not found.ok
    said = verification_sentences(found.integrity, found.audit_chain, found.schema)
    assert len(said) == 1 and ("不是本程序放的" in said[0]) == (kind in ADDED)


@pytest.mark.parametrize("kind", [*ADDED, *CHANGED])
def test_no_backup_brings_it_along(path: Path, tmp_path: Path, kind: str) -> None:
    spoil(path, (ADDED | CHANGED)[kind])
    place = tmp_path / "mine.kjxd"
    vault = SqlVault(place, tmp_path / "backups", migrations_dir(), FixedClock(), "")
    with pytest.raises(FileFault) as caught:
        vault.restore(path)
    assert caught.value.code == ("backup_altered" if kind in ADDED else "backup_damaged")
    assert not place.exists()
    assert vault.checked(path).sound is False


@pytest.mark.parametrize("kind", ADDED)
def test_recovering_takes_the_figures_and_leaves_the_rest(path: Path, tmp_path: Path, kind: str) -> None:
    vault = SqlVault(path, tmp_path / "backups", migrations_dir(), FixedClock(), "")
    with again(path) as office:
        office.actions.keep.backup()
        office.actions.fill.edit(KEY, "I14", TextEdit("5"))
        office.store.settle()
    from kjxd_desktop.bootstrap.actions import vault_of

    spoil(path, ADDED[kind])
    vault = vault_of(path, FixedClock())
    vault.recover()
    with again(path) as office:
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"
        assert office.store.verify().ok


def made_by_migrations(folder: Path) -> dict[str, dict[str, str]]:
    """What the file of known objects must say."""
    made = {}
    for version in KNOWN:
        path = folder / f"{version}.kjxd"
        path.touch()
        migrate._run(path, migrations_dir(), version)
        with closing(connect(path)) as connection:
            made[version] = {name: digest_of(text) for name, text in sorted(found_objects(connection))}
    return made


def test_the_known_objects_are_those_the_migrations_make(tmp_path: Path) -> None:
    """After a new migration: ``json.dumps(made_by_migrations(folder), indent=1)`` is the new file."""
    kept = json.loads(files("kjxd_desktop.storage.sqlite").joinpath("objects.json").read_text("utf-8"))
    assert kept == made_by_migrations(tmp_path)


@pytest.mark.parametrize("start", KNOWN)
def test_an_upgraded_schema_is_the_one_made_anew(tmp_path: Path, start: str) -> None:
    path = tmp_path / "w.kjxd"
    path.touch()
    migrate._run(path, migrations_dir(), start)
    migrate.upgrade_copy(path, migrations_dir())
    assert version_of(path) == KNOWN[-1]


def test_nothing_hides_behind_many_or_double_rows(path: Path) -> None:
    """Rows put into the schema by hand: five hundred more, or a second one of a name that is known."""
    copied = "INSERT INTO sqlite_master SELECT * FROM sqlite_master WHERE name = 'sqlite_autoindex_entries_1'"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(copied)
    assert opened(path) in ("altered", "damaged")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA writable_schema=ON")
        for _ in range(9):
            connection.execute(copied)
    assert opened(path) in ("altered", "damaged")


def test_a_huge_name_or_version_costs_nothing(path: Path, tmp_path: Path) -> None:
    for number, statement in enumerate(
        (
            "UPDATE alembic_version SET version_num = CAST(zeroblob(25000000) AS TEXT)",
            f'CREATE VIEW "{"n" * 3_000_000}" AS SELECT 1',
        )
    ):
        copy = tmp_path / f"{number}.kjxd"
        copy.write_bytes(path.read_bytes())
        spoil(copy, statement)
        with pytest.raises(WorkspaceFault) as caught:
            version_of(copy)
        assert len(str(caught.value)) < 1_000


def test_what_is_said_of_a_strange_name_can_be_printed(path: Path) -> None:
    spoil(path, 'CREATE VIEW "\x1b[2J\u202e\n\x07" AS SELECT 1')
    with pytest.raises(WorkspaceFault) as caught:
        version_of(path)
    assert caught.value.params["found"].isprintable()


def test_a_constraint_in_quotes_is_none(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'note TEXT NOT NULL', 'note TEXT \"NOT NULL\"') "
            "WHERE name = 'entries'"
        )
    assert opened(path) == "damaged"


def test_a_table_cannot_stand_for_the_version(path: Path) -> None:
    spoil(path, "DROP TABLE alembic_version")
    spoil(path, "CREATE VIEW alembic_version AS SELECT '0003' AS version_num")
    assert opened(path) == "not_a_workspace"
