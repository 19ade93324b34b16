"""The table of what Edusign told: ids and instants."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from edusync.state.instant import Instant
from edusync.state.metadata import metadata

hint = Table(
    "hint",  # an archived sheet that somebody says there is: it is read when this has settled
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("source_id", String(255), primary_key=True),
    Column("first_at", Instant, nullable=False),
    Column("settles_at", Instant, nullable=False),
)

Index("ix_hint_settles", hint.c.settles_at)
