"""Operators, recovery code, double entry; submissions and imports carry heads of history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add three tables and the columns of the heads."""
    op.create_table(
        "operators",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_operators"),
    )
    op.create_table(
        "recovery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recovery"),
    )
    op.create_table(
        "second_entries",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=20), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("return_id", "indicator", name="pk_second_entries"),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name="fk_second_entries_return_id"),
    )
    with op.batch_alter_table("submissions") as table:
        table.add_column(sa.Column("line", sa.Integer(), nullable=True))
        table.add_column(sa.Column("link", sa.String(length=64), nullable=True))
    with op.batch_alter_table("imports") as table:
        table.add_column(sa.Column("heads", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take the columns and the tables away again."""
    with op.batch_alter_table("imports") as table:
        table.drop_column("heads")
    with op.batch_alter_table("submissions") as table:
        table.drop_column("link")
        table.drop_column("line")
    op.drop_table("second_entries")
    op.drop_table("recovery")
    op.drop_table("operators")
