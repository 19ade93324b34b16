"""Writes that were intended, until it is known whether they landed (U5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from sqlalchemy import delete, insert, select

from edusync.errors import Guarded
from edusync.state.connected import Connected
from edusync.state.tables import intent, lease

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class Intent(NamedTuple):
    """A write that was intended and of which nobody knows whether it landed."""

    account: str
    kind: str
    source_id: str
    action: str
    intended_at: datetime


class Intents(Connected):
    """The intended writes of every connector."""

    def intend(self, connector: str, fence: int, item: Intent, run_id: str) -> str:
        """Record a write before it is sent.

        Refuse when another run took the connector over (P5).
        """
        return self.intend_all(connector, fence, [item], run_id)[0]

    def intend_all(
        self, connector: str, fence: int, items: Sequence[Intent], run_id: str
    ) -> list[str]:
        """Record what one request is to write, before it is sent; all of it or nothing.

        Return the identity of each intent. Refuse when another run took the connector over (P5).
        """
        ids = [uuid4().hex for _ in items]
        with self.writing() as connection:
            current = connection.execute(
                select(lease.c.fence)
                .where(lease.c.connector == connector)
                .with_for_update(read=True)  # nobody takes it over before this is recorded
            ).scalar()
            if current != fence:
                raise Guarded(
                    "RUN_LOCK_LOST", "another run took this connector over", "the other run goes on"
                )
            connection.execute(
                insert(intent),
                [
                    {"id": identity, "connector": connector, "run": run_id, **item._asdict()}
                    for identity, item in zip(ids, items, strict=True)
                ],
            )
        return ids

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
