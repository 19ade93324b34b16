"""When connectors run by themselves, and what keeps them from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "slot",
        sa.Column("connector", sa.String(128), primary_key=True),
        sa.Column("direction", sa.String(8), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("slot", sa.String(16), primary_key=True),
        sa.Column("starts_at", instant, nullable=False),
        sa.Column("ends_at", instant, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("again_at", instant, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("owner", sa.String(64)),
        sa.Column("claimed_at", instant),
        sa.Column("run", sa.String(32)),
        sa.Column("code", sa.String(64)),
    )
    op.create_index("ix_slot_state", "slot", ["state", "again_at"])
    op.create_table(
        "quarantine",
        sa.Column("connector", sa.String(128), primary_key=True),
        sa.Column("direction", sa.String(8), primary_key=True),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("since", instant, nullable=False),
        sa.Column("not_before", instant),
        sa.Column("answers", sa.String(64), nullable=False),
    )
    op.create_table(
        "pause",
        sa.Column("connector", sa.String(128), primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("since", instant, nullable=False),
        sa.Column("until", instant, nullable=False),
    )
    op.create_table(
        "episode",
        sa.Column("connector", sa.String(128), primary_key=True),
        sa.Column("code", sa.String(64), primary_key=True),
        sa.Column("since", instant, nullable=False),
    )
