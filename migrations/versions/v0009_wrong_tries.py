"""Wrong tries at passwords and at the recovery code make the next one wait, whichever process makes it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "wrong_tries",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_wrong_tries"),
    )


def downgrade() -> None:
    """Take the table away again."""
    op.drop_table("wrong_tries")
