"""The tables the program speaks of are the tables that migrations make, down to keys and constraints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from kjxd_desktop.storage.sqlite.engine import open_engine
from kjxd_desktop.storage.tables import metadata
from tests.helpers.offices import county_office


def described(engine: Engine, table: str) -> dict[str, Any]:
    """Everything SQLite knows of a table that a write could run into."""
    seen = inspect(engine)
    with engine.connect() as connection:
        columns = connection.execute(text(f"PRAGMA table_info({table})")).all()
    keys = seen.get_foreign_keys(table)
    return {
        "columns": {row.name: (row.type, row.notnull, row.pk) for row in columns},
        "primary key": seen.get_pk_constraint(table),
        "foreign keys": sorted(
            (
                key["name"],
                key["constrained_columns"],
                key["referred_table"],
                key["referred_columns"],
                str(key["options"]),
            )
            for key in keys
        ),
        "unique": sorted((item["name"], item["column_names"]) for item in seen.get_unique_constraints(table)),
        # By what they say: a migration that wrote out a whole name had the table's put before it again.
        "checks": sorted(item["sqltext"] for item in seen.get_check_constraints(table)),
        "indexes": sorted(
            (item["name"], item["column_names"], item["unique"]) for item in seen.get_indexes(table)
        ),
    }


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, Engine]:
    """A workspace as migrations made it, and the tables as the program speaks of them."""
    folder: Path = tmp_path_factory.mktemp("schema")
    with county_office(folder) as office:
        path = office.store.path
    spoken = create_engine("sqlite://")
    metadata.create_all(spoken)
    return open_engine(path, read_only=True), spoken


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_a_table_is_as_it_was_made(engines: tuple[Engine, Engine], table: str) -> None:
    made, spoken = engines
    assert described(spoken, table) == described(made, table)


def test_no_table_more_and_none_less(engines: tuple[Engine, Engine]) -> None:
    made, spoken = engines
    assert set(inspect(made).get_table_names()) - {"alembic_version"} == set(metadata.tables)
    assert set(inspect(spoken).get_table_names()) == set(metadata.tables)
