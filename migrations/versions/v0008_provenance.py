"""Imports keep what the file came as: the format of its code, its round, its content's digest, when it was sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of what was taken in before nothing is known."""
    op.add_column("imports", sa.Column("came", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    op.execute("ALTER TABLE imports DROP COLUMN came")
