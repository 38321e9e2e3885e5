"""Tasks whose status stands from an earlier return say from which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add where it comes from; what was kept before was reported.

    Not in a batch: the table would be made anew.
    """
    op.add_column("progress", sa.Column("carried_from", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Take it away again."""
    op.execute("ALTER TABLE progress DROP COLUMN carried_from")
