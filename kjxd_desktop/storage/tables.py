"""Tables of a workspace. Every constraint is named in lower case so that batch migrations find it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeEngine

from kjxd_desktop.domain.returns.entry import ENTRY_FIELDS
from kjxd_desktop.domain.returns.fields import Content, RecordField
from kjxd_desktop.domain.returns.progress import PROGRESS_FIELDS
from kjxd_desktop.storage.types import ExactDecimal, Moment, PeriodKey

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

workspace = Table(
    "workspace",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("role", String(10), nullable=False),
    Column("unit_code", String(20), nullable=False),
    Column("plan_id", String(60), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("demo", Boolean(create_constraint=False), nullable=False),
)

# A revision is a document that never changes: old returns keep the one they were filled under.
plan_revisions = Table(
    "plan_revisions",
    metadata,
    Column("plan_id", String(60), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("document", Text, nullable=False),
    # First period it governs; the first revision governs from the plan's beginning.
    Column("since", PeriodKey),
)

# Which unit of a plan this office is: the codes of departments and parks differ from plan to plan.
own_units = Table(
    "own_units",
    metadata,
    Column("plan_id", String(60), primary_key=True),
    Column("unit_code", String(20), nullable=False),
)

# The city's word on who answers for an indicator or task; what is not named follows the plan.
assignments = Table(
    "assignments",
    metadata,
    Column("plan_id", String(60), primary_key=True),
    Column("unit_code", String(20), primary_key=True),
    Column("code", String(60), primary_key=True),
    Column("assigned", Boolean(create_constraint=False), nullable=False),
)

# Indicators of two plans that the office says are one and the same; kept in both directions.
shared_indicators = Table(
    "shared_indicators",
    metadata,
    Column("plan_id", String(60), primary_key=True),
    Column("indicator", String(20), primary_key=True),
    Column("other_plan", String(60), primary_key=True),
    Column("other_indicator", String(20), nullable=False),
)

targets = Table(
    "targets",
    metadata,
    Column("plan_id", String(60), primary_key=True),
    Column("unit_code", String(20), primary_key=True),
    Column("indicator", String(20), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("op", String(2), nullable=False),
    Column("value", ExactDecimal),
    Column("text", Text),
    Column("certainty", String(20)),
    Column("scope", String(40)),
    Column("source", Text, nullable=False),
)

baselines = Table(
    "baselines",
    metadata,
    Column("plan_id", String(60), primary_key=True),
    Column("unit_code", String(20), primary_key=True),
    Column("indicator", String(20), primary_key=True),
    Column("year", Integer, nullable=False),
    Column("value", ExactDecimal, nullable=False),
    Column("note", Text, nullable=False),
)

# Targets in words that a person marked as achieved; the content of the evidence lies among the files.
achieved = Table(
    "achieved",
    metadata,
    Column("plan_id", String(60), primary_key=True),
    Column("unit_code", String(20), primary_key=True),
    Column("indicator", String(20), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("wanted", Text, primary_key=True),
    Column("since", PeriodKey, nullable=False),
    Column("text", Text, nullable=False),
    Column("evidence_name", String(255)),
    Column("evidence_bytes", Integer),
    Column("evidence_digest", String(64)),
)

deadlines = Table(
    "deadlines",
    metadata,
    Column("plan_id", String(60), primary_key=True),
    Column("period", PeriodKey, primary_key=True),
    Column("due", Moment, nullable=False),
)

returns = Table(
    "returns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan_id", String(60), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("unit_code", String(20), nullable=False),
    Column("period", PeriodKey, nullable=False),
    Column("state", String(10), nullable=False),
    Column("round", Integer, nullable=False),
    Column("backfilled", Boolean(create_constraint=False), nullable=False),
    Column("head", String(60), nullable=False),
    Column("statistician", String(60), nullable=False),
    Column("filled_by", String(60), nullable=False),
    Column("phone", String(60), nullable=False),
    Column("date", String(20), nullable=False),
    Column("check_code", String(20), nullable=False),
    Column("submitted_at", Moment),
    UniqueConstraint("plan_id", "unit_code", "period", name="uq_returns_key"),
)

_FIELD_TYPES: Mapping[Content, TypeEngine[Any]] = {
    Content.WORD: String(20),
    Content.NUMBER: ExactDecimal(),
    Content.WHOLE: Integer(),
    Content.FLAG: Boolean(create_constraint=False),
    Content.TEXT: Text(),
}


def _field_column(field: RecordField) -> Column[Any]:
    """The column of a record's field: empty is allowed where a blank has no word of its own."""
    return Column(field.name, _FIELD_TYPES[field.content], nullable=field.blank is None)


entries = Table(
    "entries",
    metadata,
    Column("return_id", Integer, ForeignKey("returns.id"), primary_key=True),
    Column("indicator", String(20), primary_key=True),
    *map(_field_column, ENTRY_FIELDS),
    CheckConstraint(
        "(value IS NOT NULL) = (status IN ('reported', 'estimated'))", name="value_goes_with_status"
    ),
)

progress = Table(
    "progress",
    metadata,
    Column("return_id", Integer, ForeignKey("returns.id"), primary_key=True),
    Column("task", String(20), primary_key=True),
    *map(_field_column, PROGRESS_FIELDS),
)

# Contents by digest: evidence, and the files of submissions.
evidence_files = Table(
    "evidence_files",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("bytes", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# The content may be absent: a workbook brings names and digests even when its zip was left behind.
progress_evidence = Table(
    "progress_evidence",
    metadata,
    Column("return_id", Integer, ForeignKey("returns.id"), primary_key=True),
    Column("task", String(20), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
)

explanations = Table(
    "explanations",
    metadata,
    Column("return_id", Integer, ForeignKey("returns.id"), primary_key=True),
    Column("indicator", String(20), primary_key=True),
    Column("rule", String(60), primary_key=True),
    Column("basis", String(64), nullable=False),
    Column("text", Text, nullable=False),
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("return_id", Integer, ForeignKey("returns.id"), nullable=False, index=True),
    Column("round", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("file_name", Text, nullable=False),
    # How far history was when it was written; absent in what earlier releases sent.
    Column("line", Integer),
    Column("link", String(64)),
    # Digests of the files that were sent, whose contents are kept; absent in what earlier releases sent.
    Column("workbook", String(64)),
    Column("evidence", String(64)),
)

# What second persons keyed without seeing the first figures (double entry), canonical JSON.
second_entries = Table(
    "second_entries",
    metadata,
    Column("return_id", Integer, ForeignKey("returns.id"), primary_key=True),
    Column("indicator", String(20), primary_key=True),
    Column("content", Text, nullable=False),
)

operators = Table(
    "operators",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("role", String(10), nullable=False),
    Column("active", Boolean(create_constraint=False), nullable=False),
    # A password hash with its salt and costs; empty where none is asked for.
    Column("password", Text, nullable=False),
)

# One row: the hash of the printed code that resets a lost password.
recovery = Table(
    "recovery",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hash", Text, nullable=False),
)

# How often in a row a person's password was tried and not found right; of the recovery code the name is empty.
# What waits for that is no content of the office: history tells of wrong tries, and is not compared with this.
wrong_tries = Table(
    "wrong_tries",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("last", Moment, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("plan_id", String(60), nullable=False),
    Column("unit_code", String(20), nullable=False),
    Column("period", PeriodKey, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("submission", String(64), nullable=False),
    Column("decisions", Text, nullable=False),
    Column("snapshot", Text, nullable=False),
    Column("original", LargeBinary, nullable=False),
    # What the sender said of his history, JSON; absent when he said nothing.
    Column("heads", Text),
    # What it came as, JSON; absent when the program did not write it, and in what earlier releases took in.
    Column("came", Text),
    Index("ix_imports_key", "plan_id", "unit_code", "period"),
)

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", String(60), nullable=False),
    Column("what", String(20), nullable=False),
    Column("plan_id", String(60)),
    Column("unit_code", String(20)),
    Column("period", PeriodKey),
    Column("code", String(60)),
    Column("old", Text),
    Column("new", Text),
    Column("why", Text, nullable=False),
    Column("link", String(64), nullable=False),
    Index("ix_history_cell", "plan_id", "unit_code", "period", "code"),
    # Steps back of the clock: asked for at every start, and mostly there are none.
    # (To name it for another database too would load that one's dialect: 15 ms of each start.)
    Index("ix_history_clock", "id", sqlite_where=text("what = 'clock'")),
)
