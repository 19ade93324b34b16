"""What was decided about another connector's items, and what each was before it was taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sqlalchemy import delete, select, update

from edusync.state.adoption_tables import adopted, adoption, apart
from edusync.state.refusals import forget_refusal
from edusync.state.tables import intent, link
from edusync.state.upsert import upsert

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from edusync.state.store import Store

Choice = Literal["adopting", "adopted", "undoing", "undone", "left"]
"""What becomes of another connector's items; `adopting` and `undoing` are not over yet."""


class Decision(NamedTuple):
    """What somebody decided about the items of a type; `at` is by the clock of Edusign."""

    api_type: str
    choice: Choice
    plan_id: str
    at: datetime

    @property
    def is_settled(self) -> bool:
        """Whether runs may go on beside what is left of the type."""
        return self.choice in {"adopted", "left"}


class Adopted(NamedTuple):
    """An item that is, or is about to be, taken over, and what it was before."""

    kind: str
    edusign_id: str
    api_type: str
    source_id: str
    former_id: str
    former_type: str
    rewritten: bool
    state: str


class Apart(NamedTuple):
    """An item of the ERP, and one on Edusign that it is not, by a person's word."""

    kind: str
    source_id: str
    edusign_id: str


def decisions(store: Store, connector: str, account: str) -> dict[str, Decision]:
    """Return what was decided on an account, by the `API_TYPE` that it is about."""
    query = select(
        adoption.c.api_type, adoption.c.decision, adoption.c.plan_id, adoption.c.at
    ).where(adoption.c.connector == connector, adoption.c.account == account)
    with store.reading() as connection:
        return {row[0]: Decision(*row) for row in connection.execute(query)}


def decide(store: Store, connector: str, account: str, decision: Decision) -> None:
    """Write what was decided about a type."""
    with store.writing() as connection:
        upsert(connection, adoption, _decided(connector, account, decision))


def begin(
    store: Store,
    connector: str,
    account: str,
    decision: Decision,
    items: Iterable[Adopted],
    kept_apart: Iterable[Apart] = (),
) -> None:
    """Write what is about to be taken over, what it was, and what is not it, in one transaction.

    What is taken over is not apart from anything any more.
    """
    ours = {"connector": connector, "account": account}
    with store.writing() as connection:
        upsert(connection, adoption, _decided(connector, account, decision))
        for item in items:
            upsert(connection, adopted, {**ours, **item._asdict()})
            this = (apart.c.kind == item.kind, apart.c.source_id == item.source_id)
            connection.execute(delete(apart).where(*_of(connector, account), *this))
        for one in kept_apart:
            upsert(connection, apart, {**ours, **one._asdict(), "api_type": decision.api_type})


def apart_on(store: Store, connector: str, account: str) -> frozenset[Apart]:
    """Return what is kept apart on an account."""
    query = select(*(apart.c[name] for name in Apart._fields))
    with store.reading() as connection:
        rows = connection.execute(query.where(*_of(connector, account)))
        return frozenset(Apart(*row) for row in rows)


def join_again(store: Store, connector: str, account: str, api_type: str) -> None:
    """Forget what was kept apart in the adoption of a type: it was given back."""
    with store.writing() as connection:
        its = apart.c.api_type == api_type
        connection.execute(delete(apart).where(*_of(connector, account), its))


def noted(store: Store, connector: str, account: str, api_type: str) -> list[Adopted]:
    """Return what was, or was about to be, taken over from a type and was not given back."""
    columns = [adopted.c[name] for name in Adopted._fields]
    query = select(*columns).where(
        adopted.c.connector == connector,
        adopted.c.account == account,
        adopted.c.api_type == api_type,
        adopted.c.state != "undone",
    )
    with store.reading() as connection:
        order = (adopted.c.kind, adopted.c.source_id)
        return [Adopted(*row) for row in connection.execute(query.order_by(*order))]


def came_from(store: Store, connector: str, account: str, kind: str, edusign_id: str) -> str | None:
    """Return the type from which an item was taken over: empty when it was made by hand.

    None when it was not taken over.
    """
    query = select(adopted.c.former_type).where(
        *_one(connector, account, kind, edusign_id), adopted.c.state == "done"
    )
    with store.reading() as connection:
        found: str | None = connection.execute(query).scalar()
    return found


def accounts_of(store: Store, connector: str, api_type: str) -> set[str]:
    """Return the accounts on which something of a type was taken over and not given back."""
    query = select(adopted.c.account).where(
        adopted.c.connector == connector,
        adopted.c.api_type == api_type,
        adopted.c.state != "undone",
    )
    with store.reading() as connection:
        return set(connection.execute(query.distinct()).scalars())


def finish(
    store: Store,
    connector: str,
    account: str,
    row: Mapping[str, Any],
    done: str | None,
    *,
    rewritten: bool,
) -> None:
    """Write the link of an item that was taken over, and that its write is done, at once."""
    values = {"connector": connector, "account": account, **row}
    with store.writing() as connection:
        upsert(connection, link, values)
        forget_refusal(connection, connector, account, row["kind"], row["source_id"])
        where = _one(connector, account, row["kind"], row["edusign_id"])
        connection.execute(update(adopted).where(*where).values(state="done", rewritten=rewritten))
        if done is not None:
            connection.execute(delete(intent).where(intent.c.id == done))


def give_back(store: Store, connector: str, account: str, item: Adopted, done: str | None) -> None:
    """Write that an item was given back: its link is gone, and its write is done, at once."""
    ours = (link.c.connector == connector, link.c.account == account)
    this = (link.c.kind == item.kind, link.c.edusign_id == item.edusign_id)
    with store.writing() as connection:
        connection.execute(delete(link).where(*ours, *this))
        where = _one(connector, account, item.kind, item.edusign_id)
        connection.execute(update(adopted).where(*where).values(state="undone"))
        if done is not None:
            connection.execute(delete(intent).where(intent.c.id == done))


def _decided(connector: str, account: str, decision: Decision) -> dict[str, Any]:
    return {
        "connector": connector,
        "account": account,
        "api_type": decision.api_type,
        "decision": decision.choice,
        "plan_id": decision.plan_id,
        "at": decision.at,
    }


def _of(connector: str, account: str) -> tuple[Any, ...]:
    return apart.c.connector == connector, apart.c.account == account


def _one(connector: str, account: str, kind: str, edusign_id: str) -> tuple[Any, ...]:
    return (
        adopted.c.connector == connector,
        adopted.c.account == account,
        adopted.c.kind == kind,
        adopted.c.edusign_id == edusign_id,
    )
