"""The tables of the store. Ids, codes, instants and keyed digests only."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from edusync.state import adoption_tables, hint_table, web_tables  # noqa: F401 - of the same store
from edusync.state.instant import Instant
from edusync.state.metadata import metadata

__all__ = ["metadata"]  # with those of the console

setting = Table(
    "setting",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

link = Table(
    "link",
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("source_id", String(255), primary_key=True),
    Column("edusign_id", String(64), nullable=False),
    Column("created", Boolean, nullable=False),  # by edusync; only such a sheet is ever deleted
    Column(
        "manual", Boolean, nullable=False
    ),  # a hand-made sheet that was completed: never deleted, never goes up
    Column("fingerprint", String(64), nullable=False),
    Column("fields", JSON, nullable=False),  # field -> keyed digest, so that a change can be named
    Column("members", JSON, nullable=False),  # source ids on a sheet or in a group
    Column("starts_at", Instant),
    Column("carry", JSON, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("connector", String(128), nullable=False, index=True),
    Column("direction", String(8), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("status", String(16), nullable=False),
    Column("plan_id", String(32)),
    Column("counts", JSON, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", String(32), nullable=False, index=True),
    Column("account", String(128)),
    Column("code", String(64), nullable=False),
    Column("severity", String(8), nullable=False),
    Column("kind", String(16)),
    Column("source_id", String(255)),
    Column("edusign_id", String(64)),
    Column("field", String(255)),
    Column("spec", String(512)),
    Column("detail", Text),
)

intent = Table(
    "intent",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("connector", String(128), nullable=False, index=True),
    Column("account", String(128), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("source_id", String(255), nullable=False),
    Column("action", String(16), nullable=False),
    Column("run", String(32), nullable=False),
    Column("intended_at", Instant, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("fence", Integer, nullable=False),
    Column("owner", String(255), nullable=False),
    Column("since", Instant, nullable=False),
)

upload = Table(
    "upload",
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("source_id", String(255), primary_key=True),
    Column("edusign_id", String(64), nullable=False),
    Column(
        "status", String(16), nullable=False
    ),  # sent, or partial: something of it is still to go
    Column(
        "lines", JSON, nullable=False
    ),  # role and id of a person -> what was sent of them, how often it was tried
    Column("updated_at", Instant, nullable=False),
)

step = Table(
    "upload_step",
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("source_id", String(255), primary_key=True),
    Column(
        "person", String(255), primary_key=True
    ),  # role and id, empty for a step of the whole sheet
    Column("step", String(32), primary_key=True),
    Column("status", String(16), nullable=False),  # intended, done
    Column("got", JSON, nullable=False),  # what later steps need of its answer: ids of the ERP
    Column("at", Instant, nullable=False),
)

refusal = Table(
    "refusal",
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("source_id", String(255), primary_key=True),
    Column("content", String(64), nullable=False),  # a keyed digest of what was sent
    Column("message", Text, nullable=False),  # Edusign's words, cut and without people
    Column("at", Instant, nullable=False),
)

former = Table(
    "former",
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("former_id", String(255), primary_key=True),  # the source id until it was linked anew
    Column("source_id", String(255), nullable=False),
)

mixed_up = Table(
    "mixed_up",
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("source_id", String(255), primary_key=True),
)

slot = Table(
    "slot",
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("direction", String(8), primary_key=True),
    Column("day", Date, primary_key=True),  # in the zone of the school
    Column("slot", String(16), primary_key=True),  # as the schedule says it, such as 11:30-13:30
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("state", String(8), nullable=False),  # due, running, done, failed, missed
    Column("again_at", Instant, nullable=False),  # its start, or when it is tried again
    Column("tries", Integer, nullable=False),
    Column("owner", String(64)),  # the runner that has it, or had it last
    Column("claimed_at", Instant),
    Column("run", String(32)),
    Column("code", String(64)),  # why it failed or was missed
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("direction", String(8), primary_key=True),
    Column("code", String(64), nullable=False),
    Column("failures", Integer, nullable=False),  # slots in a row
    Column("since", Instant, nullable=False),
    Column("not_before", Instant),  # slots that start earlier are passed over
    Column("answers", String(64), nullable=False),  # a keyed digest of what the sign-ins need
)

pause = Table(
    "pause",
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
)

episode = Table(
    "episode",
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("since", Instant, nullable=False),  # when somebody was told of it
)

clue = Table(  # by what items are found that somebody asks about: keyed digests of words
    "clue",
    metadata,
    Column("connector", String(128), primary_key=True),
    Column("account", String(128), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("words", Text, nullable=False),  # source id -> digests, and when it starts
)

taken = Table(  # what a run took away from Edusign, noted before it was sent
    "taken",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("connector", String(128), nullable=False),
    Column("account", String(128), nullable=False),
    Column("run", String(32), nullable=False),
    Column("kind", String(16), nullable=False),  # course, or student: a seat
    Column("source_id", String(255), nullable=False),
    Column("of_kind", String(16), nullable=False),  # of a seat: course or group, and its id
    Column("of_id", String(255), nullable=False),
    Column("at", Instant, nullable=False),
)

release = Table(
    "release",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("note", Text, nullable=False),
    Column("connectors", JSON, nullable=False),  # name -> its file and its spec: `Deployed`
    Column("user", String(32)),  # whose change of a connector in the console it is, if one's
)

content = Table(
    "content",
    metadata,
    Column("digest", String(32), primary_key=True),
    Column("text", Text, nullable=False),  # a connector file, a spec, names of its rows
)

secret = Table(  # what connector files name as ${store:NAME}, encrypted
    "secret",
    metadata,
    Column("name", String(255), primary_key=True),
    Column("token", Text, nullable=False),  # name and value, as Fernet encrypts them
    Column("key", String(16), nullable=False),  # by what its key is told from others
    Column("at", Instant, nullable=False),
    Column("user", String(32)),  # who wrote it in the console, none for the command line
)

Index("ix_event_code", event.c.code)
Index("ix_run_last", run.c.connector, run.c.direction, run.c.started_at, run.c.status)
Index("ix_taken_run", taken.c.run)
Index("ix_slot_state", slot.c.state, slot.c.again_at)
Index("ix_link_edusign", link.c.edusign_id)  # a call of Edusign names a sheet, and no school
Index(
    "ix_link_fingerprint",
    link.c.connector,
    link.c.account,
    link.c.kind,
    link.c.source_id,
    link.c.fingerprint,
)  # a run without changes reads nothing else
