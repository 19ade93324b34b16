"""Where people of the console get mail, their weekly summaries, who they are at a provider."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "web_mail",
        sa.Column("user", sa.String(32), primary_key=True),
        sa.Column("address", sa.String(255), nullable=False),
    )
    op.create_index("ix_web_mail_address", "web_mail", ["address"])
    op.create_table(
        "web_identity",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("user", sa.String(32), nullable=False),
    )
    op.create_index("ix_web_identity_user", "web_identity", ["user"])
    op.create_table(
        "web_weekly",
        sa.Column("user", sa.String(32), primary_key=True),
        sa.Column("connector", sa.String(128), primary_key=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
    )
