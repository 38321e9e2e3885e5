"""Submissions carry the digests of the files that were sent; steps back of the clock are found at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns and the index."""
    with op.batch_alter_table("submissions") as table:
        table.add_column(sa.Column("workbook", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("evidence", sa.String(length=64), nullable=True))
    op.create_index("ix_history_clock", "history", ["id"], sqlite_where=sa.text("what = 'clock'"))


def downgrade() -> None:
    """Take the index and the columns away again."""
    op.drop_index("ix_history_clock", "history")
    with op.batch_alter_table("submissions") as table:
        table.drop_column("evidence")
        table.drop_column("workbook")
