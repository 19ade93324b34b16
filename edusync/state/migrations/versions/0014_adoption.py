"""What was decided about another connector's items, and what they were before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "adoption",
        sa.Column("connector", sa.String(128), primary_key=True),
        sa.Column("account", sa.String(128), primary_key=True),
        sa.Column("api_type", sa.String(128), primary_key=True),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("plan_id", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "adopted",
        sa.Column("connector", sa.String(128), primary_key=True),
        sa.Column("account", sa.String(128), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("edusign_id", sa.String(64), primary_key=True),
        sa.Column("api_type", sa.String(128), nullable=False),
        sa.Column("source_id", sa.String(255), nullable=False),
        sa.Column("former_id", sa.String(255), nullable=False),
        sa.Column("former_type", sa.String(128), nullable=False),
        sa.Column("rewritten", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
    )
