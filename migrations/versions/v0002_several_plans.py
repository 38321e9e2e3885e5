"""Several plans and their revisions: since when one governs, own units, assignments, shared indicators."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column and three tables; the workspace's plan gets its own unit from the head."""
    with op.batch_alter_table("plan_revisions") as table:
        table.add_column(sa.Column("since", sa.String(length=6), nullable=True))
    op.create_table(
        "own_units",
        sa.Column("plan_id", sa.String(length=60), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name="pk_own_units"),
    )
    op.create_table(
        "assignments",
        sa.Column("plan_id", sa.String(length=60), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("assigned", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "unit_code", "code", name="pk_assignments"),
    )
    op.create_table(
        "shared_indicators",
        sa.Column("plan_id", sa.String(length=60), nullable=False),
        sa.Column("indicator", sa.String(length=20), nullable=False),
        sa.Column("other_plan", sa.String(length=60), nullable=False),
        sa.Column("other_indicator", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "indicator", "other_plan", name="pk_shared_indicators"),
    )
    op.execute("INSERT INTO own_units (plan_id, unit_code) SELECT plan_id, unit_code FROM workspace")


def downgrade() -> None:
    """Take the tables and the column away again."""
    op.drop_table("shared_indicators")
    op.drop_table("assignments")
    op.drop_table("own_units")
    with op.batch_alter_table("plan_revisions") as table:
        table.drop_column("since")
