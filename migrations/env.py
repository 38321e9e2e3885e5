"""Alembic environment: runs on the workspace file that ``storage.migrate`` names."""

from __future__ import annotations

import sqlite3

from alembic import context
from sqlalchemy import create_engine, event, pool

from kjxd_desktop.storage.sqlite.connect import WRITE, connect
from kjxd_desktop.storage.tables import metadata

path = context.config.attributes["workspace"]
engine = create_engine("sqlite://", creator=lambda: connect(path, WRITE), poolclass=pool.NullPool)


@event.listens_for(engine, "connect")
def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # Batch mode copies tables; with foreign keys on, dropping the old one would delete its children.
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA synchronous=FULL")


@event.listens_for(engine, "begin")
def _begin(connection) -> None:  # type: ignore[no-untyped-def]
    connection.exec_driver_sql("BEGIN EXCLUSIVE")


with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
