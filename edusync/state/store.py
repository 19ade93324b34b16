"""Read and write the store.

A write to Edusign is recorded as intended before it is sent and as done after it (U5).
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from edusync.errors import Guarded, StateError
from edusync.state.formers import note_former
from edusync.state.refusals import forget_refusal
from edusync.state.tables import event, intent, lease, link, run, setting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Engine


KINDS = ("course", "student", "professor", "group", "external")
"""What is linked."""

ALIASES = "also_known_as"
"""Where a link keeps the other identities of a sheet, beside what it carries for the way up."""
_GONE_AFTER = timedelta(days=2)  # of connectors that run twice a day


class Link(NamedTuple):
    """What is known of one item that was brought down."""

    kind: str
    source_id: str
    edusign_id: str
    created: bool
    manual: bool
    fingerprint: str


class Intent(NamedTuple):
    """A write that was intended and of which nobody knows whether it landed."""

    account: str
    kind: str
    source_id: str
    action: str
    intended_at: datetime


def utc_now() -> datetime:
    """Return what time it is."""
    return datetime.now(UTC)


class Store:
    """One store; `now` is the clock of what it records.

    `lock_folder` holds the lock files of an embedded store, None for a database server.
    """

    def __init__(
        self,
        engine: Engine,
        key: bytes,
        lock_folder: Path | None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.engine, self.key, self.lock_folder, self.now = engine, key, lock_folder, now

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction; StateError when the store cannot be written."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise _unusable("written", error) from None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection to read; StateError when the store cannot be read."""
        try:
            with self.engine.connect() as connection:
                yield connection
        except (SQLAlchemyError, ValueError) as error:  # or what stands there is no JSON, no moment
            raise _unusable("read", error) from None

    # links

    def links(self, connector: str, account: str) -> dict[tuple[str, str], Link]:
        """Return every link of an account, by kind and source id."""
        columns = (
            link.c.kind,
            link.c.source_id,
            link.c.edusign_id,
            link.c.created,
            link.c.manual,
            link.c.fingerprint,
        )
        query = select(*columns).where(link.c.connector == connector, link.c.account == account)
        make = Link._make
        with self.reading() as connection:
            rows = map(make, connection.execute(query).fetchall())
            return {row[:2]: row for row in rows}

    def fingerprints(self, connector: str, account: str) -> dict[str, dict[str, str]]:
        """Return the fingerprint of every link of an account, by kind and source id."""
        query = select(link.c.source_id, link.c.fingerprint).where(
            link.c.connector == connector,
            link.c.account == account,
            link.c.kind == bindparam("kind"),
        )
        with self.reading() as connection:
            return {
                kind: dict(connection.execute(query, {"kind": kind}).fetchall()) for kind in KINDS
            }

    def written(self, connector: str, account: str, kind: str) -> dict[str, tuple[str, datetime]]:
        """Return the source id of every link of a kind, and when it was written, by Edusign id."""
        query = select(link.c.edusign_id, link.c.source_id, link.c.updated_at).where(
            link.c.connector == connector, link.c.account == account, link.c.kind == kind
        )
        with self.reading() as connection:
            return {
                edusign_id: (source_id, updated_at)
                for edusign_id, source_id, updated_at in connection.execute(query)
            }

    def coming(
        self,
        connector: str,
        account: str,
        after: datetime,
        before: datetime,
        *,
        limit: int | None = None,
    ) -> set[str]:
        """Return the source ids of the linked sheets that start between two instants.

        Of that many of them when there is a limit.
        """
        where = (
            link.c.connector == connector,
            link.c.account == account,
            link.c.kind == "course",
            link.c.starts_at > after,
            link.c.starts_at < before,
        )
        with self.reading() as connection:
            return set(
                connection.execute(select(link.c.source_id).where(*where).limit(limit)).scalars()
            )

    def seats(
        self, connector: str, account: str, after: datetime, before: datetime
    ) -> dict[str, int]:
        """Return how many students are on each linked sheet that starts between two instants."""
        query = select(link.c.source_id, link.c.members).where(
            link.c.connector == connector,
            link.c.account == account,
            link.c.kind == "course",
            link.c.starts_at > after,
            link.c.starts_at < before,
        )
        with self.reading() as connection:
            return {source_id: len(members) for source_id, members in connection.execute(query)}

    def details(
        self, connector: str, account: str, kind: str, source_id: str
    ) -> tuple[Mapping[str, str], Sequence[str]]:
        """Return the digests of the fields and the members of one item.

        Empty when it is not linked.
        """
        where = _one(connector, account, kind, source_id)
        with self.reading() as connection:
            row = connection.execute(select(link.c.fields, link.c.members).where(*where)).first()
        return (row[0], row[1]) if row else ({}, ())

    def is_shared(self, connector: str, account: str, kind: str, edusign_id: str) -> bool:
        """Whether another account, of this connector or another, still runs with an item, too."""
        query = select(link.c.connector, link.c.account).where(
            link.c.kind == kind,
            link.c.edusign_id == edusign_id,
            (link.c.connector != connector) | (link.c.account != account),
        )
        with self.reading() as connection:
            others = connection.execute(query).all()
        return any(self._runs(*other, own=other[0] == connector) for other in others)

    def _runs(self, connector: str, account: str, *, own: bool) -> bool:
        """Whether the last whole run of a connector was for an account, too, and not long ago."""
        query = (
            select(run.c.finished_at, run.c.counts)
            .where(run.c.connector == connector, run.c.direction == "down")
            .where(run.c.finished_at.is_not(None), run.c.status.in_(("success", "partial")))
            .order_by(run.c.started_at.desc())
        )
        with self.reading() as connection:
            last = connection.execute(query.limit(1)).first()
        is_gone = last is None or (not own and last[0] < self.now() - _GONE_AFTER)
        return not is_gone and account in last[1].get("lists", {})  # type: ignore[index]  # it is there

    def aliases(self, connector: str, account: str) -> dict[str, str]:
        """Return the other identities of every sheet of an account.

        Each with the source id that has it.
        """
        query = select(link.c.source_id, link.c.carry).where(
            link.c.connector == connector, link.c.account == account, link.c.kind == "course"
        )
        with self.reading() as connection:
            return {
                alias: row[0]
                for row in connection.execute(query)
                for alias in row[1].get(ALIASES, ())
            }

    def carried(self, connector: str, account: str) -> dict[str, Mapping[str, Any]]:
        """Return what the sheets of an account carry for the way up, by source id."""
        query = select(link.c.source_id, link.c.carry).where(
            link.c.connector == connector, link.c.account == account, link.c.kind == "course"
        )
        with self.reading() as connection:
            return {
                row[0]: {name: value for name, value in row[1].items() if name != ALIASES}
                for row in connection.execute(query)
            }

    def save_link(
        self,
        connector: str,
        account: str,
        row: Mapping[str, Any],
        *,
        done: str | None = None,
        replaces: str | None = None,
    ) -> None:
        """Write a link and mark the intent that made it as done, in one transaction.

        The identity that it replaces is forgotten.
        """
        values = {
            "connector": connector,
            "account": account,
            "updated_at": self.now(),
            **row,
        }
        where = _one(connector, account, row["kind"], row["source_id"])
        with self.writing() as connection:
            if connection.execute(update(link).where(*where).values(**values)).rowcount == 0:
                connection.execute(insert(link).values(**values))
            forget_refusal(connection, connector, account, row["kind"], row["source_id"])
            if replaces is not None:
                before = _one(connector, account, row["kind"], replaces)
                connection.execute(delete(link).where(*before))
                note_former(connection, values, replaces)
            if done is not None:
                connection.execute(delete(intent).where(intent.c.id == done))

    def drop_link(
        self, connector: str, account: str, kind: str, source_id: str, *, done: str | None = None
    ) -> None:
        """Forget a link, and mark the intent that deleted the item as done."""
        with self.writing() as connection:
            connection.execute(delete(link).where(*_one(connector, account, kind, source_id)))
            if done is not None:
                connection.execute(delete(intent).where(intent.c.id == done))

    # intents

    def intend(self, connector: str, fence: int, item: Intent, run_id: str) -> str:
        """Record a write before it is sent.

        Refuse when another run took the connector over (P5).
        """
        identity = uuid4().hex
        with self.writing() as connection:
            held = connection.execute(
                select(lease.c.fence).where(lease.c.connector == connector)
            ).scalar()
            if held != fence:
                raise Guarded(
                    "RUN_LOCK_LOST", "another run took this connector over", "the other run goes on"
                )
            connection.execute(
                insert(intent).values(
                    id=identity, connector=connector, run=run_id, **item._asdict()
                )
            )
        return identity

    def done(self, identity: str) -> None:
        """Record that a write is settled: it landed, or was refused for good."""
        with self.writing() as connection:
            connection.execute(delete(intent).where(intent.c.id == identity))

    def settle(self, connector: str, account: str, kind: str, source_id: str) -> None:
        """Record that every write in doubt of an item is settled."""
        with self.writing() as connection:
            connection.execute(
                delete(intent).where(
                    intent.c.connector == connector,
                    intent.c.account == account,
                    intent.c.kind == kind,
                    intent.c.source_id == source_id,
                )
            )

    def in_doubt(self, connector: str) -> list[Intent]:
        """Return the writes that were intended and never recorded as done."""
        query = select(
            intent.c.account,
            intent.c.kind,
            intent.c.source_id,
            intent.c.action,
            intent.c.intended_at,
        ).where(intent.c.connector == connector)
        with self.reading() as connection:
            return [
                Intent(*row) for row in connection.execute(query.order_by(intent.c.intended_at))
            ]

    # runs and events

    def start_run(self, connector: str, direction: str, at: datetime) -> str:
        """Open a run; earlier ones that never ended are marked as crashed."""
        identity = uuid4().hex
        with self.writing() as connection:
            connection.execute(
                update(run)
                .where(run.c.connector == connector, run.c.status == "running")
                .values(status="crashed")
            )
            connection.execute(
                insert(run).values(
                    id=identity,
                    connector=connector,
                    direction=direction,
                    started_at=at,
                    status="running",
                    counts={},
                )
            )
        return identity

    def finish_run(
        self,
        run_id: str,
        status: str,
        at: datetime,
        plan_id: str | None,
        counts: Mapping[str, Any],
        events: Sequence[Mapping[str, Any]],
    ) -> None:
        """Close a run and write its events, both or neither."""
        with self.writing() as connection:
            if events:
                connection.execute(insert(event), [{"run": run_id, **row} for row in events])
            connection.execute(
                update(run)
                .where(run.c.id == run_id)
                .values(status=status, finished_at=at, plan_id=plan_id, counts=dict(counts))
            )

    def runs(
        self, connector: str, limit: int = 50, *, direction: str | None = None
    ) -> list[Mapping[str, Any]]:
        """Return the runs of a connector, newest first; only those down or up when that is said."""
        query = (
            select(run)
            .where(run.c.connector == connector)
            .order_by(run.c.started_at.desc())
            .limit(limit)
        )
        if direction is not None:
            query = query.where(run.c.direction == direction)
        with self.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def events(
        self, run_id: str, *, code: str | None, kind: str | None, source_id: str | None
    ) -> list[Mapping[str, Any]]:
        """Return the events of a run in their order, as far as the filters let them."""
        query = select(event).where(event.c.run == run_id).order_by(event.c.id)
        for column, value in (
            (event.c.code, code),
            (event.c.kind, kind),
            (event.c.source_id, source_id),
        ):
            if value is not None:
                query = query.where(column == bindparam(None, value))
        with self.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    # what is kept by name

    def setting(self, name: str) -> Any:
        """Return what is kept under a name, None when nothing is."""
        with self.reading() as connection:
            query = select(setting.c.value).where(setting.c.name == name)
            found = connection.execute(query).scalar()
            return None if found is None else json.loads(found)

    def save_setting(self, name: str, data: Any) -> None:
        """Keep something that JSON holds under a name."""
        with self.writing() as connection:
            connection.execute(delete(setting).where(setting.c.name == name))
            connection.execute(insert(setting).values(name=name, value=json.dumps(data)))

    def scope(self, connector: str, account: str) -> Mapping[str, Any] | None:
        """Return what decided the scope of an account in its last whole run, None before it."""
        found: Mapping[str, Any] | None = self.setting(scope_name(connector, account))
        return found

    def save_scope(self, connector: str, account: str, data: Mapping[str, Any]) -> None:
        """Write what decides the scope of an account: names of keys, digests and ids."""
        self.save_setting(scope_name(connector, account), data)

    def rare_names(self, connector: str) -> dict[str, set[str]]:
        """Return the names that not every row of a list had in earlier runs, by list."""
        found = self.setting(rare_name(connector)) or {}
        return {name: set(paths) for name, paths in found.items()}

    def save_rare_names(self, connector: str, names: Mapping[str, set[str]]) -> None:
        """Write the names that not every row has: columns of the ERP, nothing of a person."""
        found = {name: sorted(paths) for name, paths in sorted(names.items()) if paths}
        self.save_setting(rare_name(connector), found)

    # leases

    def take_lease(self, connector: str, owner: str) -> int:
        """Take the connector over; the number that comes back fences off every earlier run."""
        with self.writing() as connection:
            held = (
                connection.execute(
                    select(func.max(lease.c.fence)).where(lease.c.connector == connector)
                ).scalar()
                or 0
            )
            connection.execute(delete(lease).where(lease.c.connector == connector))
            connection.execute(
                insert(lease).values(
                    connector=connector, fence=held + 1, owner=owner, since=self.now()
                )
            )
        return int(held) + 1

    def owner(self, connector: str) -> str | None:
        """Return who holds, or held last, the connector."""
        with self.reading() as connection:
            row = connection.execute(
                select(lease.c.owner).where(lease.c.connector == connector)
            ).first()
        return str(row[0]) if row else None


def _unusable(how: str, error: Exception) -> StateError:
    reason = str(error.__cause__ or error).split("\n")[0]
    return StateError(
        "RUN_STATE_UNUSABLE",
        f"the store cannot be {how}: {reason}",
        f"nothing further was sent; run again once it can be {how}",
    )


def scope_name(connector: str, account: str) -> str:
    """Return the name of a setting; that of an account may be longer than a name can be."""
    digest = blake2b(json.dumps([connector, account]).encode(), digest_size=16).hexdigest()
    return f"scope/{digest}"


def rare_name(connector: str) -> str:
    """Return the name of the setting with the rare names of a connector."""
    return f"rare/{blake2b(connector.encode(), digest_size=16).hexdigest()}"


def _one(connector: str, account: str, kind: str, source_id: str) -> tuple[Any, ...]:
    return (
        link.c.connector == connector,
        link.c.account == account,
        link.c.kind == kind,
        link.c.source_id == source_id,
    )
