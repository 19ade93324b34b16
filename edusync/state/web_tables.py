"""The tables of the console: who may sign in, what they did, and what they are sent."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, String, Table, Text

from edusync.state.instant import Instant
from edusync.state.metadata import metadata

user = Table(  # who may sign in to the console; the name is the one thing that a person chose
    "web_user",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(255), nullable=False, unique=True),
    Column("role", String(16), nullable=False),  # operator, school
    Column("connectors", JSON, nullable=False),  # that a school sees
    Column("password", Text, nullable=False),  # as argon2 writes it
)

session = Table(
    "web_session",
    metadata,
    Column("token", String(64), primary_key=True),  # a keyed digest of what the browser has
    Column("user", String(32), nullable=False, index=True),
    Column("until", Instant, nullable=False),
)

ticket = Table(
    "web_ticket",  # a link that lets somebody choose a password, once
    metadata,
    Column("token", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("connectors", JSON, nullable=False),
    Column("user", String(32)),  # whose password it is, of somebody who is there already
    Column("until", Instant, nullable=False),
)

tries = Table(
    "web_tries",
    metadata,
    Column("who", String(64), primary_key=True),  # a keyed digest of an address or a name
    Column("count", Integer, nullable=False),
    Column("since", Instant, nullable=False),
)

mail = Table(  # the address that somebody gave and confirmed, for links and summaries
    "web_mail",
    metadata,
    Column("user", String(32), primary_key=True),
    Column("address", String(255), nullable=False, index=True),
)

identity = Table(
    "web_identity",  # who somebody is at a provider of OpenID Connect
    metadata,
    Column("digest", String(64), primary_key=True),  # keyed, of the provider and who it says
    Column("user", String(32), nullable=False, index=True),
)

weekly = Table(
    "web_weekly",  # of which connectors somebody wants a weekly summary
    metadata,
    Column("user", String(32), primary_key=True),
    Column("connector", String(128), primary_key=True),
    Column("language", String(8), nullable=False),
    Column("sent_at", Instant, nullable=False),  # the last one, or when it was wished for
)

act = Table(
    "act",  # what people did in the console
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("connector", String(128), index=True),
    Column("user", String(32), nullable=False),
    Column("what", String(16), nullable=False),
    Column("detail", Text),
    Column("status", String(16)),  # how what was asked for ended; none while it goes on
    Column("code", String(64)),
)
