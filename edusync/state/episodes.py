"""What somebody was told of, so that each thing is told once, and once when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from edusync.state.tables import episode
from edusync.state.upsert import upsert

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from edusync.state.store import Store


def open_episodes(store: Store) -> set[tuple[str, str]]:
    """Return what somebody was told of, and is not over: connector and code."""
    with store.reading() as connection:
        rows = connection.execute(select(episode.c.connector, episode.c.code))
        return {(row[0], row[1]) for row in rows}


def begin_episodes(store: Store, what: Iterable[tuple[str, str]], now: datetime) -> None:
    """Note that somebody was told of things."""
    with store.writing() as connection:
        for connector, code in what:
            upsert(connection, episode, {"connector": connector, "code": code, "since": now})


def end_episodes(store: Store, what: Iterable[tuple[str, str]]) -> None:
    """Note that somebody was told that things are over."""
    with store.writing() as connection:
        for connector, code in what:
            connection.execute(
                delete(episode).where(episode.c.connector == connector, episode.c.code == code)
            )
