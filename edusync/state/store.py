"""Read and write the store.

A write to Edusign is recorded as intended before it is sent and as done after it (U5).
"""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select

from edusync.state.intents import Intents
from edusync.state.links import Links
from edusync.state.runs import Runs
from edusync.state.settings import Settings
from edusync.state.tables import lease


class Store(Links, Intents, Runs, Settings):
    """One store: what is linked, intended, done and kept, and who holds a connector."""

    def take_lease(self, connector: str, owner: str) -> int:
        """Take the connector over; the number that comes back fences off every earlier run."""
        with self.writing() as connection:
            newest = (
                connection.execute(
                    select(func.max(lease.c.fence)).where(lease.c.connector == connector)
                ).scalar()
                or 0
            )
            connection.execute(delete(lease).where(lease.c.connector == connector))
            connection.execute(
                insert(lease).values(
                    connector=connector, fence=newest + 1, owner=owner, since=self.now()
                )
            )
        return int(newest) + 1

    def owner(self, connector: str) -> str | None:
        """Return who holds, or held last, the connector."""
        with self.reading() as connection:
            row = connection.execute(
                select(lease.c.owner).where(lease.c.connector == connector)
            ).first()
        return str(row[0]) if row else None
