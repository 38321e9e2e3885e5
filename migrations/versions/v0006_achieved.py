"""Targets in words that a person marked as achieved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "achieved",
        sa.Column("plan_id", sa.String(length=60), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("indicator", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("since", sa.String(length=6), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("evidence_name", sa.String(length=255), nullable=True),
        sa.Column("evidence_bytes", sa.Integer(), nullable=True),
        sa.Column("evidence_digest", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint(
            "plan_id", "unit_code", "indicator", "year", "kind", "wanted", name="pk_achieved"
        ),
    )


def downgrade() -> None:
    """Take the table away again."""
    op.drop_table("achieved")
