"""By what items are found that somebody asks about; the last runs of many connectors at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "clue",
        sa.Column("connector", sa.String(128), primary_key=True),
        sa.Column("account", sa.String(128), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("ix_run_last", "run", ["connector", "direction", "started_at", "status"])
