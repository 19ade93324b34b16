"""Secrets encrypted in the store, and who changed a connector in the console."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "secret",
        sa.Column("name", sa.String(255), primary_key=True),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user", sa.String(32)),
    )
    op.add_column("release", sa.Column("user", sa.String(32)))
