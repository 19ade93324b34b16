"""An index that holds all that a run without changes reads of the links."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "ix_link_fingerprint", "link", ["connector", "account", "kind", "source_id", "fingerprint"]
    )
