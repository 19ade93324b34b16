"""Archived sheets that Edusign told of, and the links by the ids of Edusign."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the index of links."""
    op.create_table(
        "hint",
        sa.Column("connector", sa.String(128), primary_key=True),
        sa.Column("account", sa.String(128), primary_key=True),
        sa.Column("source_id", sa.String(255), primary_key=True),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settles_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_hint_settles", "hint", ["settles_at"])
    op.create_index("ix_link_edusign", "link", ["edusign_id"])
