"""Releases: which connector file and which spec each connector runs with, now and before.

A release is never changed; the newest one is in force. Texts are kept once, by their digest.
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - a NamedTuple's types are read when it is made
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, func, insert, select

from edusync.errors import Guarded, UsageProblem
from edusync.state.tables import content, release
from edusync.state.upsert import insert_of
from edusync.state.web_tables import user

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection

    from edusync.state.store import Store

_KEPT = 50
"""Releases that are kept; one can go back to any of them."""


class Deployed(NamedTuple):
    """What a connector runs with: digests of its file, of its spec and of the names of its rows."""

    file: str
    """The digest of the connector file."""
    spec: str
    """The digest of the spec, whatever edusync brings along by now."""
    spec_name: str
    """What the connector file calls the spec."""
    rare: str | None
    """The digest of the names of rows that not every row has, None when nothing is known."""
    edited: int | None = None
    """The release that changed its file last in its place, such as on a page of the console.

    None when the file came from a folder.
    """

    @property
    def digests(self) -> list[str]:
        """The digests of its texts."""
        return [one for one in (self.file, self.spec, self.rare) if one is not None]


class Release(NamedTuple):
    """What every connector runs with, from an instant on."""

    id: int
    at: datetime
    note: str
    connectors: Mapping[str, Deployed]
    who: str | None = None
    """Who changed a connector in the console by it: their name, or their id once they are gone.

    None for a release of the command line.
    """


def digest_of(text: str) -> str:
    """Return the digest by which a text is kept."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def newest_release(store: Store) -> int:
    """Return the number of the release that is in force, 0 when there is none."""
    with store.reading() as connection:
        return connection.execute(select(func.max(release.c.id))).scalar() or 0


def releases(store: Store, number: int | None = None) -> list[Release]:
    """Return every release that is kept, newest first; or the one of a number.

    UsageProblem when there is none of that number.
    """
    who = func.coalesce(user.c.name, release.c.user)
    query = (
        select(release.c.id, release.c.at, release.c.note, release.c.connectors, who)
        .outerjoin(user, user.c.id == release.c.user)
        .order_by(release.c.id.desc())
    )
    if number is not None:
        query = query.where(release.c.id == number)
    with store.reading() as connection:
        rows = [
            Release(id_, at, note, {name: Deployed(*one) for name, one in rest.items()}, by)
            for id_, at, note, rest, by in connection.execute(query)
        ]
    if number is not None and not rows:
        raise UsageProblem(
            "RUN_USAGE", f"there is no release {number}", "`edusync release list` names them"
        )
    return rows


def texts(store: Store, digests: Collection[str]) -> dict[str, str]:
    """Return what is kept under some digests."""
    query = select(content.c.digest, content.c.text).where(content.c.digest.in_(digests))
    with store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def save_release(
    store: Store,
    before: int,
    note: str,
    connectors: Mapping[str, Deployed],
    contents: Mapping[str, str],
    by: str | None = None,
) -> int:
    """Write a release and the texts that it is the first to name; return its number.

    `by` is the id of a user of the console. Guarded when `before` is not the newest one any more:
    somebody else deployed meanwhile.
    """
    with store.writing() as connection:
        newest = connection.execute(select(func.max(release.c.id))).scalar() or 0
        if newest != before:
            raise Guarded(
                "RUN_BUSY",
                f"somebody deployed release {newest} meanwhile",
                "look at the difference again",
            )
        number = int(newest) + 1
        rows = [{"digest": digest, "text": text} for digest, text in contents.items()]
        if rows:
            connection.execute(insert_of(connection)(content).on_conflict_do_nothing(), rows)
        connection.execute(
            insert(release).values(
                id=number, at=store.now(), note=note, connectors=dict(connectors), user=by
            )
        )
        _drop_old(connection, number - _KEPT)
    return number


def _drop_old(connection: Connection, until: int) -> None:
    if not connection.execute(delete(release).where(release.c.id <= until)).rowcount:
        return
    used: set[str] = set()
    for connectors in connection.execute(select(release.c.connectors)).scalars():
        used.update(one for row in connectors.values() for one in Deployed(*row).digests)
    known = set(connection.execute(select(content.c.digest)).scalars())
    connection.execute(delete(content).where(content.c.digest.in_(known - used)))
