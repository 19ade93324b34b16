"""Forget somebody, or a group, that was deleted on Edusign by hand.

The notes of what refers to it are not true any more, so the next run compares that with Edusign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from edusync.state.tables import former, link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Any

    from edusync.state.store import Store

_REFER = {
    "student": (("course", "students"), ("group", "students")),
    "professor": (("course", "professors"),),
    "group": (("course", "groups"),),
    "external": (("student", "externals"),),
}
"""Which kinds refer to each kind, and in which field."""


def forget_deleted(
    store: Store, connector: str, account: str, kind: str, source_id: str, *, now: datetime
) -> None:
    """Drop a link, and with it what is noted of the fields that refer to the item.

    Of sheets only of those that are still to come.
    """
    ours = (link.c.connector == connector, link.c.account == account)
    with store.writing() as connection:
        connection.execute(
            delete(link).where(*ours, link.c.kind == kind, link.c.source_id == source_id)
        )
        before = select(former.c.former_id).where(
            former.c.connector == connector,
            former.c.account == account,
            former.c.kind == kind,
            former.c.source_id == source_id,
        )
        refs = {source_id, *connection.execute(before).scalars()}
        rows = connection.execute(
            select(link.c.kind, link.c.source_id, link.c.fields, link.c.members).where(
                *ours, *_may_refer(kind, now)
            )
        ).all()
        fields = dict(_REFER[kind])
        for referring, its_id, digests, members in rows:
            if kind == "student" and refs.isdisjoint(members):
                continue
            known = {name: one for name, one in digests.items() if name != fields[referring]}
            where = (*ours, link.c.kind == referring, link.c.source_id == its_id)
            connection.execute(update(link).where(*where).values(fingerprint="", fields=known))


def _may_refer(kind: str, now: datetime) -> Iterator[Any]:
    """Yield what holds of every link that may refer to an item of a kind."""
    yield link.c.kind.in_([referring for referring, _ in _REFER[kind]])
    yield (link.c.kind != "course") | (link.c.starts_at > now)
