"""Every migration up and down, with rows; the schema is the one the tables describe."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from kjxd_desktop import paths
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Return
from kjxd_desktop.storage.sqlite import migrate, schema
from kjxd_desktop.storage.sqlite.engine import open_engine
from kjxd_desktop.storage.tables import metadata
from tests.helpers.offices import KEY, again, county_office, fill_all

# The newest schema there is, and one that a later program would bring.
HEAD, NEXT = schema.HEAD, "9999"


def test_known_versions_are_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(paths.migrations_dir()))
    script = ScriptDirectory.from_config(config)
    versions = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(versions)) == schema.KNOWN
    assert script.get_current_head() == schema.HEAD


def test_migrated_schema_is_the_described_one(tmp_path: Path) -> None:
    path = tmp_path / "w.kjxd"
    migrate.create_schema(path, paths.migrations_dir())
    engine = open_engine(path)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
    assert schema.version_of(path) == schema.HEAD


def test_down_and_up_again(tmp_path: Path) -> None:
    path = tmp_path / "w.kjxd"
    migrate.create_schema(path, paths.migrations_dir())
    migrate.downgrade(path, paths.migrations_dir(), "base")
    with sqlite3.connect(path) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert tables == {"alembic_version"}
    migrate.create_schema(path, paths.migrations_dir())
    assert schema.version_of(path) == schema.HEAD


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A filled workspace that this program takes for one version older, with one migration to come."""
    with county_office(tmp_path) as office:
        fill_all(office)
        path = office.store.path
    monkeypatch.setattr(schema, "KNOWN", (*schema.KNOWN, NEXT))
    for module in (schema, migrate):
        monkeypatch.setattr(module, "HEAD", NEXT)
    monkeypatch.setattr("kjxd_desktop.storage.opening.HEAD", NEXT)
    return path


def folder_with(tmp_path: Path, body: str) -> Path:
    """The real migrations with one more on top."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for file in paths.migrations_dir().rglob("*.[pm]*"):
        if file.suffix in (".py", ".mako"):
            target = folder / file.relative_to(paths.migrations_dir())
            target.write_text(file.read_text("utf-8"), "utf-8")
    (folder / "versions" / "v9999_next.py").write_text(
        f"from alembic import op\nimport sqlalchemy as sa\nrevision = '{NEXT}'\ndown_revision = '{HEAD}'\n"
        f"def upgrade():\n{body}\ndef downgrade():\n    pass\n",
        "utf-8",
    )
    return folder


def test_upgrade_backs_up_first_and_keeps_child_rows(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch rebuild of the parent table must not take its children along."""
    folder = folder_with(
        tmp_path,
        "    with op.batch_alter_table('returns', recreate='always') as batch:\n"
        "        batch.add_column(sa.Column('extra', sa.Text()))",
    )
    monkeypatch.setattr(paths, "migrations_dir", lambda: folder)
    monkeypatch.setattr(paths, "backup_dir", lambda: tmp_path / "backups")
    with again(older) as office:
        assert str(office.actions.fill.row(KEY, "I12").entry.value) == "1.50"
    (backup,) = (tmp_path / "backups").rglob("*.kjxd")
    with sqlite3.connect(backup) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
        assert connection.execute("SELECT count(*) FROM entries").fetchone() == (14,)
    connection.close()


def test_failed_upgrade_leaves_the_file_as_it_was(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_with(
        tmp_path, "    op.execute('DELETE FROM entries')\n    op.execute('SELECT * FROM nowhere')"
    )
    monkeypatch.setattr(paths, "migrations_dir", lambda: folder)
    monkeypatch.setattr(paths, "backup_dir", lambda: tmp_path / "backups")
    with pytest.raises(WorkspaceFault) as caught, again(older):
        pass
    assert caught.value.code == "migration_failed"
    with sqlite3.connect(older) as connection:
        assert connection.execute("SELECT count(*) FROM entries").fetchone() == (14,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    connection.close()


def test_a_workspace_of_the_first_release_keeps_everything(tmp_path: Path) -> None:
    """Opened by this program it has its values, and knows whose office it is in its plan."""
    with county_office(tmp_path) as office:
        fill_all(office)
        path, unit = office.store.path, KEY.unit_code
        before = office.actions.fill.show(KEY)
    migrate.downgrade(path, paths.migrations_dir(), "0001")
    assert schema.version_of(path) == "0001"
    with again(path) as office:
        assert office.actions.fill.show(KEY) == before
        with office.store.reading() as uow:
            assert uow.plans.own_unit(KEY.plan_id) == unit
            assert uow.plans.revisions(KEY.plan_id) == (1,)
    assert schema.version_of(path) == schema.HEAD


def test_a_workspace_of_the_version_before_marks_takes_them(tmp_path: Path) -> None:
    """Upgraded with its rows, it is told of a target in words; gone back, everything else still stands."""
    with county_office(tmp_path) as office:
        fill_all(office)
        with office.store.writing("test", None) as uow:
            wanted = Target(2025, TargetKind.TARGET, text="0的突破", unit_code=KEY.unit_code)
            uow.splits.put_target(KEY.plan_id, KEY.unit_code, "I13", wanted)
        path, before = office.store.path, office.actions.fill.show(KEY)
    migrate.downgrade(path, paths.migrations_dir(), "0005")
    with again(path) as office:
        assert office.actions.fill.show(KEY) == before
        office.actions.achieve.mark(KEY, "I13", "首家投产")
        assert office.store.verify().ok
        with office.store.reading() as uow:
            assert [mark.text for mark in uow.achieved.marks(KEY.plan_id, KEY.unit_code)["I13"]] == [
                "首家投产"
            ]
    migrate.downgrade(path, paths.migrations_dir(), "0005")
    assert schema.version_of(path) == "0005"
    with again(path) as office:
        assert office.actions.fill.show(KEY) == before


def test_tasks_of_the_version_before_stand_in_later_returns(tmp_path: Path) -> None:
    """Upgraded with its rows, what was reported before stands; gone back, it is a report like any other."""
    later = replace(KEY, period=KEY.period.next())
    with county_office(tmp_path) as office:
        office.actions.report.put(KEY, "A1-1", Progress(TaskStatus.DONE, 100, "验收通过"))
        office.actions.report.put(KEY, "A1-2", Progress(TaskStatus.IN_PROGRESS, 40, "开工"))
        path, before = office.store.path, office.actions.report.sheet(KEY)
    migrate.downgrade(path, paths.migrations_dir(), "0006")
    with again(path) as office:
        assert office.actions.report.sheet(KEY) == before
        stands = office.actions.report.row(later, "A1-1").progress
        assert stands == Progress(TaskStatus.DONE, 100, carried_from=KEY.period.key)
        assert office.actions.report.row(later, "A1-2").progress == NO_PROGRESS
        with office.store.writing("test", None) as uow:
            uow.returns.put(Return(later, 1))
            uow.returns.put_progress(later, "A1-1", stands)
        assert office.store.verify().ok
    migrate.downgrade(path, paths.migrations_dir(), "0006")
    assert schema.version_of(path) == "0006"
    with again(path) as office:
        assert office.actions.report.row(later, "A1-1").progress == Progress(TaskStatus.DONE, 100)
        assert office.actions.report.sheet(KEY) == before
