"""The first schema: workspace, plans, returns, exchange of files, history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table, and mark the file as ours."""
    op.execute("PRAGMA application_id = 1802139748")
    op.create_table(
        "baselines",
        sa.Column("plan_id", sa.String(length=60), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("indicator", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "unit_code", "indicator", name="pk_baselines"),
    )
    op.create_table(
        "deadlines",
        sa.Column("plan_id", sa.String(length=60), nullable=False),
        sa.Column("period", sa.String(length=6), nullable=False),
        sa.Column("due", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "period", name="pk_deadlines"),
    )
    op.create_table(
        "evidence_files",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_evidence_files"),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("plan_id", sa.String(length=60), nullable=True),
        sa.Column("unit_code", sa.String(length=20), nullable=True),
        sa.Column("period", sa.String(length=6), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
    )
    op.create_index("ix_history_cell", "history", ["plan_id", "unit_code", "period", "code"], unique=False)
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("plan_id", sa.String(length=60), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("period", sa.String(length=6), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=False),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("original", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_index("ix_imports_digest", "imports", ["digest"], unique=False)
    op.create_index("ix_imports_key", "imports", ["plan_id", "unit_code", "period"], unique=False)
    op.create_table(
        "plan_revisions",
        sa.Column("plan_id", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "revision", name="pk_plan_revisions"),
    )
    op.create_table(
        "returns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("period", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("backfilled", sa.Boolean(), nullable=False),
        sa.Column("head", sa.String(length=60), nullable=False),
        sa.Column("statistician", sa.String(length=60), nullable=False),
        sa.Column("filled_by", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("date", sa.String(length=20), nullable=False),
        sa.Column("check_code", sa.String(length=20), nullable=False),
        sa.Column("submitted_at", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_returns"),
        sa.UniqueConstraint("plan_id", "unit_code", "period", name="uq_returns_key"),
    )
    op.create_table(
        "targets",
        sa.Column("plan_id", sa.String(length=60), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("indicator", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("op", sa.String(length=2), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("certainty", sa.String(length=20), nullable=True),
        sa.Column("scope", sa.String(length=40), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "unit_code", "indicator", "year", "kind", name="pk_targets"),
    )
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("plan_id", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspace"),
    )
    op.create_table(
        "entries",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=True),
        sa.Column("data_year", sa.Integer(), nullable=True),
        sa.Column("numerator", sa.String(length=40), nullable=True),
        sa.Column("denominator", sa.String(length=40), nullable=True),
        sa.Column("computed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(value IS NOT NULL) = (status IN ('reported', 'estimated'))",
            name="ck_entries_value_goes_with_status",
        ),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name="fk_entries_return_id"),
        sa.PrimaryKeyConstraint("return_id", "indicator", name="pk_entries"),
    )
    op.create_table(
        "explanations",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name="fk_explanations_return_id"),
        sa.PrimaryKeyConstraint("return_id", "indicator", "rule", name="pk_explanations"),
    )
    op.create_table(
        "progress",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name="fk_progress_return_id"),
        sa.PrimaryKeyConstraint("return_id", "task", name="pk_progress"),
    )
    op.create_table(
        "progress_evidence",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name="fk_progress_evidence_return_id"),
        sa.PrimaryKeyConstraint("return_id", "task", "position", name="pk_progress_evidence"),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name="fk_submissions_return_id"),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
    )
    op.create_index("ix_submissions_return_id", "submissions", ["return_id"], unique=False)


def downgrade() -> None:
    """Drop every table."""
    op.drop_index("ix_submissions_return_id", table_name="submissions")
    op.drop_table("submissions")
    op.drop_table("progress_evidence")
    op.drop_table("progress")
    op.drop_table("explanations")
    op.drop_table("entries")
    op.drop_table("workspace")
    op.drop_table("targets")
    op.drop_table("returns")
    op.drop_table("plan_revisions")
    op.drop_index("ix_imports_key", table_name="imports")
    op.drop_index("ix_imports_digest", table_name="imports")
    op.drop_table("imports")
    op.drop_index("ix_history_cell", table_name="history")
    op.drop_table("history")
    op.drop_table("evidence_files")
    op.drop_table("deadlines")
    op.drop_table("baselines")
