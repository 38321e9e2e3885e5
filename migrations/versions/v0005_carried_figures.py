"""Annual figures that stand from an earlier return say so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark; what was kept before was typed.

    Not in a batch: the table would be made anew, with its check under another name.
    """
    op.add_column("entries", sa.Column("carried", sa.Boolean(), nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    """Take the mark away again."""
    op.execute("ALTER TABLE entries DROP COLUMN carried")
