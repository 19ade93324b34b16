"""The way up: what was sent of each sheet, and the steps of those that are under way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "upload",
        sa.Column("connector", sa.String(128), primary_key=True),
        sa.Column("account", sa.String(128), primary_key=True),
        sa.Column("source_id", sa.String(255), primary_key=True),
        sa.Column("edusign_id", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("lines", sa.JSON, nullable=False),
        sa.Column("updated_at", instant, nullable=False),
    )
    op.create_table(
        "upload_step",
        sa.Column("connector", sa.String(128), primary_key=True),
        sa.Column("account", sa.String(128), primary_key=True),
        sa.Column("source_id", sa.String(255), primary_key=True),
        sa.Column("person", sa.String(255), primary_key=True),
        sa.Column("step", sa.String(32), primary_key=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("got", sa.JSON, nullable=False),
        sa.Column("at", instant, nullable=False),
    )
