"""Who may sign in to the console, and what they did there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "web_user",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(255), nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("connectors", sa.JSON, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
    )
    op.create_table(
        "web_session",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("user", sa.String(32), nullable=False),
        sa.Column("until", instant, nullable=False),
    )
    op.create_index("ix_web_session_user", "web_session", ["user"])
    op.create_table(
        "web_ticket",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("connectors", sa.JSON, nullable=False),
        sa.Column("user", sa.String(32)),
        sa.Column("until", instant, nullable=False),
    )
    op.create_table(
        "web_tries",
        sa.Column("who", sa.String(64), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("since", instant, nullable=False),
    )
    op.create_table(
        "act",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", instant, nullable=False),
        sa.Column("connector", sa.String(128)),
        sa.Column("user", sa.String(32), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("detail", sa.Text),
        sa.Column("status", sa.String(16)),
        sa.Column("code", sa.String(64)),
    )
    op.create_index("ix_act_connector", "act", ["connector"])
