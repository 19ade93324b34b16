"""The first store: links, runs, events, intents, leases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "setting",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "link",
        sa.Column("connector", sa.String(128), primary_key=True),
        sa.Column("account", sa.String(128), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("source_id", sa.String(255), primary_key=True),
        sa.Column("edusign_id", sa.String(64), nullable=False),
        sa.Column("created", sa.Boolean, nullable=False),
        sa.Column("manual", sa.Boolean, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("members", sa.JSON, nullable=False),
        sa.Column("starts_at", instant),
        sa.Column("carry", sa.JSON, nullable=False),
        sa.Column("updated_at", instant, nullable=False),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("connector", sa.String(128), nullable=False, index=True),
        sa.Column("direction", sa.String(8), nullable=False),
        sa.Column("started_at", instant, nullable=False),
        sa.Column("finished_at", instant),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("plan_id", sa.String(32)),
        sa.Column("counts", sa.JSON, nullable=False),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("run", sa.String(32), nullable=False, index=True),
        sa.Column("account", sa.String(128)),
        sa.Column("code", sa.String(64), nullable=False, index=True),
        sa.Column("severity", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(16)),
        sa.Column("source_id", sa.String(255)),
        sa.Column("edusign_id", sa.String(64)),
        sa.Column("field", sa.String(255)),
        sa.Column("spec", sa.String(512)),
        sa.Column("detail", sa.Text),
    )
    op.create_table(
        "intent",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("connector", sa.String(128), nullable=False, index=True),
        sa.Column("account", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("source_id", sa.String(255), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("run", sa.String(32), nullable=False),
        sa.Column("intended_at", instant, nullable=False),
    )
    op.create_table(
        "lease",
        sa.Column("connector", sa.String(128), primary_key=True),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("owner", sa.String(255), nullable=False),
        sa.Column("since", instant, nullable=False),
    )
