"""What is linked: items of the ERP and the items of Edusign that they became."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, delete, func, select

from edusync.state.connected import Connected
from edusync.state.formers import note_former
from edusync.state.refusals import forget_refusal
from edusync.state.tables import intent, link
from edusync.state.upsert import upsert

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime


KINDS = ("course", "student", "professor", "group", "external")
"""What is linked."""

ALIASES = "also_known_as"
"""Where a link keeps the other identities of a sheet, beside what it carries for the way up."""


_AT_ONCE = 500
"""How many ids one query names."""


class Link(NamedTuple):
    """What is known of one item that was brought down."""

    kind: str
    source_id: str
    edusign_id: str
    created: bool
    manual: bool
    fingerprint: str


class Links(Connected):
    """The links of every account."""

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

    def shared(self, connector: str, account: str) -> dict[tuple[str, str], tuple[str, ...]]:
        """Return the source ids of links that lead to one item, by kind and Edusign id.

        Tutors are left out, whom Edusign knows by their e-mail alone.
        """
        ours = (
            link.c.connector == connector,
            link.c.account == account,
            link.c.kind != "external",
            link.c.manual.is_(False),
        )
        what = (link.c.kind, link.c.edusign_id)
        several = select(*what).where(*ours).group_by(*what).having(func.count() > 1)
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        with self.reading() as connection:
            for kind, edusign_id in connection.execute(several).fetchall():
                mine = (link.c.kind == kind, link.c.edusign_id == edusign_id)
                query = select(link.c.source_id).where(*ours, *mine).order_by(link.c.source_id)
                found[kind, edusign_id] = tuple(connection.execute(query).scalars())
        return found

    def accounts(self, connector: str) -> set[str]:
        """Return the accounts of a connector that have links."""
        query = select(link.c.account).where(link.c.connector == connector).distinct()
        with self.reading() as connection:
            return set(connection.execute(query).scalars())

    def begun(
        self, connector: str, account: str, source_ids: Collection[str], now: datetime
    ) -> dict[str, datetime]:
        """Return when those of some linked sheets start that have begun, by source id."""
        starts: dict[str, datetime] = {}
        wanted = sorted(source_ids)
        with self.reading() as connection:
            for first in range(0, len(wanted), _AT_ONCE):
                query = select(link.c.source_id, link.c.starts_at).where(
                    *_ours(connector, account),
                    link.c.source_id.in_(wanted[first : first + _AT_ONCE]),
                    link.c.starts_at <= now,
                )
                starts.update((source_id, at) for source_id, at in connection.execute(query))
        return starts

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
        query = select(link.c.source_id).where(*_between(connector, account, after, before))
        with self.reading() as connection:
            return set(connection.execute(query.limit(limit)).scalars())

    def written_since(
        self, connector: str, account: str, moment: datetime, after: datetime, before: datetime
    ) -> dict[str, str]:
        """Return the linked sheets that start between two instants and were written since a moment.

        Their Edusign ids, by source id.
        """
        query = select(link.c.source_id, link.c.edusign_id).where(
            *_between(connector, account, after, before), link.c.updated_at > moment
        )
        with self.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def seats(
        self, connector: str, account: str, after: datetime, before: datetime
    ) -> dict[str, int]:
        """Return how many students are on each linked sheet that starts between two instants."""
        where = _between(connector, account, after, before)
        query = select(link.c.source_id, link.c.members).where(*where)
        with self.reading() as connection:
            return {source_id: len(members) for source_id, members in connection.execute(query)}

    def rosters(
        self, connector: str, account: str, after: datetime, before: datetime
    ) -> dict[str, Sequence[str]]:
        """Return the students, by source id, of each linked sheet that starts between instants."""
        where = _between(connector, account, after, before)
        query = select(link.c.source_id, link.c.members).where(*where)
        with self.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

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

    def field_digests(
        self, connector: str, account: str, kind: str
    ) -> dict[str, Mapping[str, str]]:
        """Return the digests of the fields of every linked item of a kind, by source id."""
        query = select(link.c.source_id, link.c.fields).where(
            link.c.connector == connector, link.c.account == account, link.c.kind == kind
        )
        with self.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

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
        with self.writing() as connection:
            upsert(connection, link, values)
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


def _one(connector: str, account: str, kind: str, source_id: str) -> tuple[Any, ...]:
    return (
        link.c.connector == connector,
        link.c.account == account,
        link.c.kind == kind,
        link.c.source_id == source_id,
    )


def _ours(connector: str, account: str) -> tuple[Any, ...]:
    """Return what holds of the sheets of an account."""
    return (
        link.c.connector == connector,
        link.c.account == account,
        link.c.kind == "course",
    )


def _between(connector: str, account: str, after: datetime, before: datetime) -> tuple[Any, ...]:
    """Return what holds of the sheets of an account that start between two instants."""
    return (
        *_ours(connector, account),
        link.c.starts_at > after,
        link.c.starts_at < before,
    )
