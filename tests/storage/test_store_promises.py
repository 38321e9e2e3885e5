"""What an open workspace promises: one writer, exact sums, whole transactions, names for who wrote what."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Numeric
from sqlalchemy.dialects import postgresql, sqlite

from kjxd_desktop.bootstrap.office import reading_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.keeping.backups import BackupReason
from kjxd_desktop.domain.people.operators import Act, Operator, OperatorRole
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.paths import migrations_dir
from kjxd_desktop.storage.opening import made_store, open_store, open_store_for_reading
from kjxd_desktop.storage.sqlite.connect import READ, address_of
from kjxd_desktop.storage.sqlite.engine import BUSY_MS, WRITE_OPTION, open_engine
from kjxd_desktop.storage.sqlite.lock import lock_workspace
from kjxd_desktop.storage.sqlite.vault import SqlVault
from kjxd_desktop.storage.types import ExactDecimal, Moment, PeriodKey
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.wording.faults import fault_sentence
from tests.helpers.offices import COUNTY, KEY, TODAY, FixedClock, again, county_office

HERE = ReturnKey("plan-a", COUNTY, Period(2024, 3))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with county_office(tmp_path) as office:
        return office.store.path


def fault(act: object) -> tuple[str, dict[str, str]]:
    assert callable(act)
    with pytest.raises(WorkspaceFault) as caught:
        act()
    return caught.value.code, dict(caught.value.params)


# Opening


def test_a_new_workspace_takes_nobodys_place(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    assert fault(lambda: made_store(path, migrations_dir(), FixedClock(), "").__enter__()) == (
        "exists",
        {"path": str(path)},
    )
    assert path.read_bytes() == before
    nowhere = tmp_path / "gone" / "w.kjxd"
    assert fault(lambda: made_store(nowhere, migrations_dir(), FixedClock(), "").__enter__()) == (
        "folder_missing",
        {"path": str(tmp_path / "gone")},
    )


def test_a_workspace_is_opened_by_one_writer_at_a_time(path: Path, tmp_path: Path) -> None:
    lock = lock_workspace(path)
    assert fault(lambda: lock_workspace(path)) == ("in_use", {"path": str(path)})
    assert fault(lambda: open_store(path, migrations_dir(), tmp_path, FixedClock(), "")) == (
        "in_use",
        {"path": str(path)},
    )
    lock.release()
    lock.release()
    lock_workspace(path).release()
    open_store(path, migrations_dir(), tmp_path, FixedClock(), "").close()


@pytest.mark.parametrize(
    "put", [lambda lock: lock.write_text("of a program that syncs"), lambda lock: lock.mkdir(), os.mkfifo]
)
def test_something_else_by_the_lock_s_name(path: Path, tmp_path: Path, put: Callable[[Path], None]) -> None:
    """The workspace is sound: nobody may be led to put an older backup in its place."""
    lock = path.with_name(f"{path.name}.lock")
    lock.unlink()
    put(lock)
    told = ("lock_foreign", {"path": str(path), "found": lock.name})
    assert fault(lambda: open_store(path, migrations_dir(), tmp_path, FixedClock(), "")) == told
    assert "没有坏" in fault_sentence(WorkspaceFault(told[0], **told[1]))
    open_store_for_reading(path, FixedClock()).close()


def test_what_is_not_there_is_absent(tmp_path: Path) -> None:
    gone = tmp_path / "gone.kjxd"
    for act in (
        lambda: open_store(gone, migrations_dir(), tmp_path, FixedClock(), ""),
        lambda: open_store_for_reading(gone, FixedClock()),
    ):
        assert fault(act) == ("absent", {"path": str(gone)})


def test_a_workspace_that_could_not_be_made_leaves_nothing(tmp_path: Path) -> None:
    place = tmp_path / "new.kjxd"
    with pytest.raises(ZeroDivisionError), made_store(place, migrations_dir(), FixedClock(), ""):
        assert not place.exists(), "it takes its name when it is whole"
        raise ZeroDivisionError
    assert {item.name for item in tmp_path.iterdir()} == set()


def test_the_address_of_a_file_that_is_only_read(tmp_path: Path) -> None:
    place = tmp_path / "会宁 50%#?.kjxd"
    address = address_of(place, READ)
    assert address.startswith("file:") and address.endswith("?mode=ro")
    assert "%2550" not in address and "50%25%23%3F.kjxd" in address


# Writing


def test_whoever_only_reads_writes_nothing(path: Path) -> None:
    with reading_office(path, FixedClock()) as office:
        assert not office.store.rights().writable
        with pytest.raises(WorkspaceFault) as caught, office.store.writing("test", None):
            pass
    assert (caught.value.code, caught.value.params) == ("viewing", {"path": str(path)})


def test_a_line_says_who_when_and_why(path: Path) -> None:
    with again(path) as office:
        office.store.sign_in(Operator("张三", OperatorRole.ADMIN))
        with office.store.writing("补报", None) as uow:
            uow.returns.put(Return(HERE, 1))
        office.store.sign_in(None)
        with office.store.writing("再报", None) as uow:
            uow.returns.put(replace(Return(HERE, 1), round=2))
        with office.store.reading() as uow:
            second, first = uow.history.of(limit=2)
    assert (first.who, first.why, first.at) == ("张三", "补报", TODAY)
    assert second.who != "张三" and second.why == "再报"


def test_whose_right_it_is_is_asked_before_anything_is_written(path: Path) -> None:
    with again(path) as office:
        with office.store.writing("people", None) as uow:
            uow.people.put(Operator("张三", OperatorRole.ADMIN), "")
        # The people are read anew once they have changed.
        assert [item.name for item in office.store.rights().operators] == ["张三"]
        with pytest.raises(ProblemError) as caught, office.store.writing("test", Act.FILL) as uow:
            uow.returns.put(Return(HERE, 1))
        assert caught.value.problem.code == "sign_in_first"
        with office.store.reading() as uow:
            assert uow.returns.find(HERE) is None


def test_a_reading_sees_one_moment(path: Path) -> None:
    with again(path) as office, office.store.reading() as before:
        assert before.returns.find(HERE) is None
        with office.store.writing("test", None) as uow:
            uow.returns.put(Return(HERE, 1))
        assert before.returns.find(HERE) is None
        with office.store.reading() as after:
            assert after.returns.find(HERE) is not None


def test_how_a_connection_is_set(path: Path) -> None:
    """Foreign keys, patience, a full sync on every commit; a file that is only read is never written."""
    for read_only in (False, True):
        engine = open_engine(path, read_only=read_only)
        with engine.connect() as connection, connection.begin():
            pragmas = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("foreign_keys", "busy_timeout", "synchronous", "query_only", "journal_mode")
            ]
        engine.dispose()
        assert pragmas == [1, BUSY_MS, 2, int(read_only), "wal"]
    assert BUSY_MS == 5000


def test_a_writing_transaction_keeps_others_from_writing_from_its_start(path: Path) -> None:
    engine = open_engine(path)
    with (
        engine.connect().execution_options(**{WRITE_OPTION: True}) as connection,
        connection.begin(),
        closing(sqlite3.connect(path, timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError),
    ):
        other.execute("BEGIN IMMEDIATE")
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("SELECT 1 FROM history")
        with closing(sqlite3.connect(path, timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.rollback()
    engine.dispose()


# What columns keep


@pytest.mark.parametrize("number", ["0", "1.50", "-12.5", "99999999999999.99", "0.000000000000001"])
def test_decimals_are_kept_digit_for_digit(number: str) -> None:
    column, dialect = ExactDecimal(), sqlite.dialect()
    kept = column.process_bind_param(Decimal(number), dialect)
    assert kept == number
    found = column.process_result_value(kept, dialect)
    assert found is not None and format(found, "f") == number
    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None


def test_other_databases_keep_numbers_as_numbers() -> None:
    column, dialect = ExactDecimal(), postgresql.dialect()
    assert column.process_bind_param(Decimal("1.50"), dialect) == Decimal("1.50")
    assert column.process_result_value(Decimal("1.50"), dialect) == Decimal("1.50")
    assert isinstance(column.load_dialect_impl(dialect), Numeric)
    assert not isinstance(column.load_dialect_impl(sqlite.dialect()), Numeric)


@pytest.mark.parametrize(
    ("column", "kept"),
    [
        (ExactDecimal(), "1e3"),
        (ExactDecimal(), "eight"),
        (ExactDecimal(), " 1"),
        (PeriodKey(), "2024Q5"),
        (PeriodKey(), "2024q3"),
        (PeriodKey(), "2024"),
        (PeriodKey(), "2024Q33"),
        (Moment(), "yesterday"),
        (Moment(), "2024-10-08 10:21"),
    ],
)
def test_what_this_program_did_not_write_is_damage(column: object, kept: str) -> None:
    assert isinstance(column, ExactDecimal | PeriodKey | Moment)
    with pytest.raises(WorkspaceFault) as caught:
        column.process_result_value(kept, sqlite.dialect())
    assert caught.value.code == "damaged"


def test_periods_and_moments_are_kept_as_their_texts() -> None:
    dialect = sqlite.dialect()
    assert PeriodKey().process_bind_param(Period(2024, 3), dialect) == "2024Q3"
    assert PeriodKey().process_result_value("2024Q3", dialect) == Period(2024, 3)
    assert Moment().process_bind_param(TODAY, dialect) == "2024-10-08T10:21:00+08:00"
    assert Moment().process_result_value("2024-10-08T10:21:00+08:00", dialect) == TODAY
    for column in (PeriodKey(), Moment()):
        assert column.process_bind_param(None, dialect) is None
        assert column.process_result_value(None, dialect) is None


# Putting a backup back


def test_a_file_that_somebody_reads_keeps_its_place(path: Path) -> None:
    """A reader in the middle of its reading: what the log holds cannot be brought in first."""
    vault = SqlVault(path, path.parent / "backups", migrations_dir(), FixedClock(), "王芳")
    made = vault.make(BackupReason.MANUAL)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("PRAGMA journal_mode=WAL")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM history").fetchone()
        # Written past the lock, so that the log is not empty.
        with closing(sqlite3.connect(path)) as writer, writer:
            writer.execute("UPDATE alembic_version SET version_num = version_num")
        with pytest.raises(WorkspaceFault) as caught:
            vault.restore(made.path)
        assert caught.value.code == "in_use"
        reader.execute("ROLLBACK")
    assert vault.restore(made.path).backup.path == made.path


def test_what_was_replaced_is_kept_and_said(path: Path) -> None:
    vault = SqlVault(path, path.parent / "backups", migrations_dir(), FixedClock(), "王芳")
    made = vault.make(BackupReason.MANUAL)
    with again(path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        with office.store.reading() as uow:
            replaced = uow.history.head()
    restored = vault.restore(made.path, who="张三")
    assert (restored.lines, restored.until, restored.lost) == (0, None, ())
    assert restored.kept is not None and restored.kept.exists()
    head = made.head
    assert head is not None
    with reading_office(path, FixedClock()) as office, office.store.reading() as uow:
        (line,) = uow.history.of(limit=1)
    assert (line.what, line.who, line.why) == ("restore", "张三", "restore")
    assert line.new == (
        f'{{"line":{head.line},"link":"{head.link}",'
        f'"replaced_line":{replaced.line},"replaced_link":"{replaced.link}"}}'
    )
