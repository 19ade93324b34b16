"""What keeps a connector from running by itself: a pause, a quarantine."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - a NamedTuple's types are read when it is made
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, select

from edusync.state.tables import pause, quarantine
from edusync.state.upsert import upsert

if TYPE_CHECKING:
    from edusync.state.store import Store


class Pause(NamedTuple):
    """Somebody does not want a connector to run by itself for a time."""

    connector: str
    reason: str
    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Whether the connector is paused then."""
        return self.since <= at < self.until


class Quarantine(NamedTuple):
    """One direction of a connector failed in slots in a row, technically or at the sign-in.

    `answers` is a keyed digest of what the sign-ins need: with other answers it is tried at once.
    Slots that start before `not_before` are passed over.
    """

    connector: str
    direction: str
    code: str
    failures: int
    since: datetime
    not_before: datetime | None
    answers: str


def pauses(store: Store) -> dict[str, Pause]:
    """Return the last pause of each connector, also one that is over."""
    query = select(*(pause.c[name] for name in Pause._fields))
    with store.reading() as connection:
        return {row[0]: Pause(*row) for row in connection.execute(query)}


def save_pause(store: Store, wanted: Pause) -> None:
    """Pause a connector, in place of a pause of before."""
    with store.writing() as connection:
        upsert(connection, pause, wanted._asdict())


def end_pause(store: Store, connector: str) -> bool:
    """Let a connector run again; whether it was paused."""
    with store.writing() as connection:
        query = delete(pause).where(pause.c.connector == connector)
        return connection.execute(query).rowcount > 0


def quarantines(store: Store) -> dict[tuple[str, str], Quarantine]:
    """Return what is in quarantine, by connector and direction."""
    query = select(*(quarantine.c[name] for name in Quarantine._fields))
    with store.reading() as connection:
        return {(row[0], row[1]): Quarantine(*row) for row in connection.execute(query)}


def quarantine_of(store: Store, connector: str, direction: str) -> Quarantine | None:
    """Return the quarantine of a direction of a connector, None when it has none."""
    query = select(*(quarantine.c[name] for name in Quarantine._fields)).where(
        quarantine.c.connector == connector, quarantine.c.direction == direction
    )
    with store.reading() as connection:
        row = connection.execute(query).first()
        return None if row is None else Quarantine(*row)


def save_quarantine(store: Store, wanted: Quarantine) -> None:
    """Put a direction into quarantine, or note that it failed again."""
    with store.writing() as connection:
        upsert(connection, quarantine, wanted._asdict())


def end_quarantine(store: Store, connector: str, direction: str | None = None) -> bool:
    """Let a direction run again, or both; whether one was in quarantine."""
    query = delete(quarantine).where(quarantine.c.connector == connector)
    if direction is not None:
        query = query.where(quarantine.c.direction == direction)
    with store.writing() as connection:
        return connection.execute(query).rowcount > 0
