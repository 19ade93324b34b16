"""The tables of a school that moves in from another connector."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, String, Table

from edusync.state.instant import Instant
from edusync.state.metadata import metadata

adoption = Table(
    "adoption",  # what was decided about the items of another connector on an account
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("api_type", String(128), primary_key=True),
    Column("decision", String(16), nullable=False),  # adopting, adopted, undoing, undone, left
    Column("plan_id", String(32), nullable=False),
    Column("at", Instant, nullable=False),  # when it was looked at, by Edusign's clock
)

adopted = Table(
    "adopted",  # what an item was before it was taken over
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("edusign_id", String(64), primary_key=True),
    Column("api_type", String(128), nullable=False),  # from which connector it was taken over
    Column("source_id", String(255), nullable=False),
    Column("former_id", String(255), nullable=False),  # its API_ID and its API_TYPE of before
    Column("former_type", String(128), nullable=False),
    Column("rewritten", Boolean, nullable=False),  # or the ids on Edusign stay as they were
    Column("state", String(8), nullable=False),  # planned, done, undone
)

apart = Table(
    "apart",  # what a person said is not the same: an item of the ERP and one on Edusign
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("source_id", String(255), primary_key=True),
    Column("edusign_id", String(64), primary_key=True),
    Column("api_type", String(128), nullable=False),  # in whose adoption it was said
)
