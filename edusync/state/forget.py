"""Forget a person: links, digests, writes and events go, and a keyed mark stays.

The mark says to the next run that somebody was forgotten, to nobody who it was: it is a digest, and
its key is not in the store.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from sqlalchemy import delete, or_, select, update

from edusync.errors import UsageProblem
from edusync.state.adoption_tables import adopted, apart
from edusync.state.lock import locked
from edusync.state.rename import forgotten_prefix
from edusync.state.tables import (
    clue,
    event,
    former,
    intent,
    link,
    mixed_up,
    refusal,
    run,
    setting,
    step,
    taken,
    upload,
)
from edusync.state.upsert import upsert

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from edusync.state.store import Store

PEOPLE = ("student", "professor", "external")
"""The kinds of people; an external is a tutor."""
NAMED = (link, mixed_up, refusal, intent, adopted, apart, taken)
"""Tables with a row for each person, by kind and source id."""
NOBODY = frozenset(
    {"setting", "run", "lease", "slot", "hint", "quarantine", "pause", "episode"}
    | {"release", "content", "adoption", "secret", "alembic_version"}
    | {"web_user", "web_session", "web_ticket", "web_tries", "act"}
    | {"web_mail", "web_weekly", "web_identity"}
)
"""Tables that hold nobody whom an ERP sends: names of connectors and accounts, moments, digests
and codes; and who may sign in to the console, whom an operator removes there."""

Person = tuple[str, str]
"""A kind and the id in the ERP."""


class Forgotten(NamedTuple):
    """Who was forgotten, how many rows went or were cut, and their ids on Edusign."""

    person: Person
    rows: int
    edusign_ids: tuple[str, ...]


def mark_of(key: bytes, kind: str, source_id: str) -> str:
    """Return the mark of a person; `key` is that of the store's digests."""
    return blake2b(f"{kind}/{source_id}".encode(), key=key, digest_size=16).hexdigest()


def forgotten(store: Store, connector: str) -> frozenset[str]:
    """Return the marks of everybody who was forgotten of a connector."""
    prefix = forgotten_prefix(connector)
    query = select(setting.c.name).where(setting.c.name.startswith(prefix, autoescape=True))
    with store.reading() as connection:
        return frozenset(name.removeprefix(prefix) for name in connection.execute(query).scalars())


def forget_person(
    store: Store, connector: str, person_id: str, kind: str | None = None
) -> Forgotten:
    """Forget somebody of every account of a connector.

    `person_id` is the id in the ERP, what follows the school in it, or the id on Edusign.
    UsageProblem when the store has nobody, or several, of that id. Guarded with RUN_BUSY while it
    runs.
    """
    with locked(store, connector), store.writing() as connection:
        person = _one(_called(connection, connector, person_id, kind), person_id)
        ids, edusign_ids = _all_ids(connection, connector, person)
        rows = sum(_delete(connection, connector, person[0], ids))
        rows += _cut_members(connection, connector, ids) if person[0] == "student" else 0
        rows += _cut_clues(connection, connector, person[0], ids)
        rows += _cut_lines(connection, connector, person[0], ids, edusign_ids)
        rows += _forget_events(connection, connector, person[0], ids, edusign_ids)
        for source_id in ids:
            name = forgotten_prefix(connector) + mark_of(store.key, person[0], source_id)
            upsert(connection, setting, {"name": name, "value": "true"})
    return Forgotten(person, rows, tuple(sorted(edusign_ids)))


def remember_again(store: Store, connector: str, kind: str, source_id: str) -> bool:
    """Take the mark of somebody away, so that the next run brings them down; whether there was one.

    `source_id` is the whole id in the ERP.
    """
    name = forgotten_prefix(connector) + mark_of(store.key, kind, source_id)
    with locked(store, connector), store.writing() as connection:
        query = delete(setting).where(setting.c.name == name)
        return connection.execute(query).rowcount > 0


# who is meant


def _called(
    connection: Connection, connector: str, person_id: str, kind: str | None
) -> set[Person]:
    """Return everybody whom the store knows by an id."""
    kinds = PEOPLE if kind is None else (kind,)
    met: set[Person] = set()
    for table in (*NAMED, former):
        mine = (table.c.connector == connector, table.c.kind.in_(kinds))
        query = select(table.c.kind, table.c.source_id).where(*mine, _is_called(table, person_id))
        met.update((row[0], row[1]) for row in connection.execute(query))
    query = select(event.c.kind, event.c.source_id).where(
        event.c.run.in_(_runs(connector)), event.c.kind.in_(kinds), _is_called(event, person_id)
    )
    met.update((row[0], row[1]) for row in connection.execute(query) if row[1])
    exact = {person for person in met if person[1] == person_id}
    return exact or met


def _is_called(table: Any, person_id: str) -> Any:
    """Return what holds of the rows of somebody with an id, or a part of one."""
    columns = [table.c[name] for name in ("source_id", "former_id") if name in table.c]
    either = [
        test for column in columns for test in (column == person_id, _ends(column, person_id))
    ]
    if "edusign_id" in table.c:
        either.append(table.c.edusign_id == person_id)
    return or_(*either)


def _ends(column: Any, person_id: str) -> Any:
    return column.endswith(f"/{person_id}", autoescape=True)


def _one(met: Collection[Person], person_id: str) -> Person:
    named = ", ".join(f"{kind} {source_id}" for kind, source_id in sorted(met))
    if len(met) > 1:
        hint = "say --kind, and the whole id"
        raise UsageProblem("RUN_USAGE", f"{len(met)} people have that id: {named}", hint)
    if not met:
        raise UsageProblem(
            "RUN_USAGE",
            f"the store has nobody with the id '{person_id}'",
            "`edusync explain NAME student 'First Last'` finds an id by name and e-mail",
        )
    return next(iter(met))


def _all_ids(connection: Connection, connector: str, person: Person) -> tuple[set[str], set[str]]:
    """Return all ids of a person in the ERP, former ones too, and all those on Edusign."""
    kind, source_id = person
    before = select(former.c.former_id).where(
        former.c.connector == connector, former.c.kind == kind, former.c.source_id == source_id
    )
    ids = {source_id, *connection.execute(before).scalars()}
    on_edusign = select(link.c.edusign_id).where(
        link.c.connector == connector, link.c.kind == kind, link.c.source_id.in_(ids)
    )
    return ids, set(connection.execute(on_edusign).scalars())


# what goes


def _delete(connection: Connection, connector: str, kind: str, ids: Collection[str]) -> list[int]:
    """Delete the rows of a person; return how many of each table."""
    queries = [
        delete(table).where(
            table.c.connector == connector, table.c.kind == kind, table.c.source_id.in_(ids)
        )
        for table in NAMED
    ]
    either = or_(former.c.source_id.in_(ids), former.c.former_id.in_(ids))
    mine = (former.c.connector == connector, former.c.kind == kind)
    queries.append(delete(former).where(*mine, either))
    lines = [f"{kind}:{source_id}" for source_id in ids]
    queries.append(delete(step).where(step.c.connector == connector, step.c.person.in_(lines)))
    return [connection.execute(query).rowcount for query in queries]


def _cut_members(connection: Connection, connector: str, ids: Collection[str]) -> int:
    """Take a student out of what is noted of sheets and groups; return how many these were.

    Their fingerprints stay: no sheet is written anew only because somebody was forgotten.
    """
    query = select(link.c.account, link.c.kind, link.c.source_id, link.c.members).where(
        link.c.connector == connector, link.c.kind.in_(("course", "group"))
    )
    count = 0
    for account, kind, source_id, members in connection.execute(query).all():
        left = [member for member in members if member not in ids]
        if len(left) < len(members):
            mine = (link.c.connector == connector, link.c.account == account)
            where = (*mine, link.c.kind == kind, link.c.source_id == source_id)
            connection.execute(update(link).where(*where).values(members=left))
            count += 1
    return count


def _cut_clues(connection: Connection, connector: str, kind: str, ids: Collection[str]) -> int:
    """Take somebody out of what people are found by; return of how many accounts."""
    mine = (clue.c.connector == connector, clue.c.kind == kind)
    count = 0
    for account, words in connection.execute(
        select(clue.c.account, clue.c.words).where(*mine)
    ).all():
        known = orjson.loads(words)
        left = {source_id: one for source_id, one in known.items() if source_id not in ids}
        if len(left) < len(known):
            text = orjson.dumps(left).decode()
            where = (*mine, clue.c.account == account)
            connection.execute(update(clue).where(*where).values(words=text))
            count += 1
    return count


def _cut_lines(
    connection: Connection,
    connector: str,
    kind: str,
    ids: Collection[str],
    edusign_ids: Collection[str],
) -> int:
    """Take somebody out of what is noted of attendance; return of how many sheets."""
    lines = {f"{kind}:{one}" for one in ids} | {f"{kind}@{one}" for one in edusign_ids}
    query = select(upload.c.account, upload.c.source_id, upload.c.lines)
    count = 0
    for account, source_id, known in connection.execute(
        query.where(upload.c.connector == connector)
    ).all():
        left = {key: record for key, record in known.items() if key not in lines}
        if len(left) < len(known):
            mine = (upload.c.connector == connector, upload.c.account == account)
            where = (*mine, upload.c.source_id == source_id)
            connection.execute(update(upload).where(*where).values(lines=left))
            count += 1
    return count


def _forget_events(
    connection: Connection,
    connector: str,
    kind: str,
    ids: Collection[str],
    edusign_ids: Collection[str],
) -> int:
    """Delete the events of somebody, and the words of others that name them."""
    mine = event.c.run.in_(_runs(connector))
    parts = {part for one in ids for part in (one, one.rpartition("/")[2])}
    theirs = or_(
        (event.c.kind == kind) & event.c.source_id.in_(ids),
        event.c.kind.is_(None) & event.c.source_id.in_(parts),
        event.c.edusign_id.in_(edusign_ids),
    )
    count = connection.execute(delete(event).where(mine, theirs)).rowcount
    names = re.compile(
        rf"(?<![\w/-])({'|'.join(map(re.escape, sorted({*ids, *edusign_ids})))})(?![\w/-])"
    )
    query = select(event.c.id, event.c.detail).where(mine, event.c.detail.is_not(None))
    for number, detail in connection.execute(query).all():
        if names.search(detail):
            connection.execute(update(event).where(event.c.id == number).values(detail=None))
            count += 1
    return count


def _runs(connector: str) -> Any:
    return select(run.c.id).where(run.c.connector == connector)
