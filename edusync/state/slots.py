"""The rows of slots: planned, claimed, settled. What they mean: docs/explanation/runner.md."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - a NamedTuple's types are read when it is made
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, delete, exists, func, or_, select, update

from edusync.state.tables import pause, quarantine, slot
from edusync.state.upsert import insert_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import ColumnElement

    from edusync.state.store import Store


class SlotRow(NamedTuple):
    """One slot of a direction of a connector on a day, as it stands."""

    connector: str
    direction: str
    day: date
    slot: str
    starts_at: datetime
    ends_at: datetime
    state: str
    again_at: datetime
    tries: int
    owner: str | None
    claimed_at: datetime | None
    run: str | None
    code: str | None


_COLUMNS = tuple(slot.c[name] for name in SlotRow._fields)


def slots_of(store: Store, connector: str, direction: str | None = None) -> list[SlotRow]:
    """Return the slots of a connector, in the order of their starts."""
    query = select(*_COLUMNS).where(slot.c.connector == connector).order_by(slot.c.starts_at)
    if direction is not None:
        query = query.where(slot.c.direction == direction)
    return _read(store, query)


def last_started(store: Store, connector: str, direction: str, now: datetime) -> datetime | None:
    """Return when the last slot that is known started; None for a connector that is new."""
    query = select(func.max(slot.c.starts_at)).where(
        slot.c.connector == connector, slot.c.direction == direction, slot.c.starts_at <= now
    )
    with store.reading() as connection:
        found: datetime | None = connection.execute(query).scalar()
        return found


def plan_slots(
    store: Store,
    connector: str,
    direction: str,
    now: datetime,
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Write slots as due, and take away those to come that are not among them.

    A row has `day`, `slot`, `starts_at` and `ends_at`. What is known of a slot already stays.
    """
    coming = (
        slot.c.connector == connector,
        slot.c.direction == direction,
        slot.c.starts_at > now,
        slot.c.state == "due",
    )
    wanted = {(row["day"], row["slot"]): row for row in rows}
    query = select(slot.c.day, slot.c.slot, slot.c.starts_at).where(*coming)
    with store.writing() as connection:
        for day, words, starts_at in connection.execute(query).all():
            if wanted.get((day, words), {}).get("starts_at") == starts_at:
                del wanted[day, words]
            else:
                same = (slot.c.day == day, slot.c.slot == words)
                connection.execute(delete(slot).where(*coming, *same))
        if wanted:
            base = {"connector": connector, "direction": direction, "state": "due", "tries": 0}
            connection.execute(
                insert_of(connection)(slot).on_conflict_do_nothing(),
                [{**base, **row, "again_at": row["starts_at"]} for row in wanted.values()],
            )


def due_slots(store: Store, now: datetime, limit: int) -> list[SlotRow]:
    """Return what is to run now, in the order of starts, down before up.

    Not of a connector that runs or is paused, nor of a direction in quarantine; of each connector
    one. Slots that a later one has overtaken: `overtaken`.
    """
    other = slot.alias()
    runs = exists().where(other.c.connector == slot.c.connector, other.c.state == "running")
    first = exists().where(
        other.c.connector == slot.c.connector,
        other.c.state == "due",
        other.c.again_at <= now,
        ~_held(other, now),
        or_(
            other.c.again_at < slot.c.again_at,
            and_(
                other.c.again_at == slot.c.again_at,
                or_(
                    other.c.direction < slot.c.direction,
                    and_(
                        other.c.direction == slot.c.direction,
                        other.c.starts_at < slot.c.starts_at,
                    ),
                ),
            ),
        ),
    )
    query = (
        select(*_COLUMNS)
        .where(slot.c.state == "due", slot.c.again_at <= now, ~runs, ~_held(slot, now), ~first)
        .order_by(slot.c.again_at, slot.c.connector)
        .limit(limit)
    )
    return _read(store, query)


def _held(row: Any, now: datetime) -> ColumnElement[bool]:
    """Whether a pause or a quarantine keeps a slot from running."""
    paused = exists().where(
        pause.c.connector == row.c.connector, pause.c.since <= now, pause.c.until > now
    )
    barred = exists().where(
        quarantine.c.connector == row.c.connector,
        quarantine.c.direction == row.c.direction,
        quarantine.c.not_before > row.c.starts_at,
    )
    return or_(paused, barred)


def next_starts(store: Store, now: datetime) -> dict[tuple[str, str], datetime]:
    """Return when the next slot of each connector and direction starts, after an instant."""
    query = (
        select(slot.c.connector, slot.c.direction, func.min(slot.c.starts_at))
        .where(slot.c.state == "due", slot.c.starts_at > now)
        .group_by(slot.c.connector, slot.c.direction)
    )
    with store.reading() as connection:
        return {(row[0], row[1]): row[2] for row in connection.execute(query)}


def overtaken(store: Store, now: datetime) -> list[SlotRow]:
    """Return the slots that are due while a later one of their direction has started."""
    later = slot.alias()
    query = select(*_COLUMNS).where(
        slot.c.state == "due",
        slot.c.starts_at <= now,
        exists().where(
            later.c.connector == slot.c.connector,
            later.c.direction == slot.c.direction,
            later.c.starts_at > slot.c.starts_at,
            later.c.starts_at <= now,
        ),
    )
    return _read(store, query)


def running_slots(store: Store) -> list[SlotRow]:
    """Return the slots that a runner has."""
    return _read(store, select(*_COLUMNS).where(slot.c.state == "running"))


def claim(store: Store, row: SlotRow, owner: str) -> bool:
    """Take a slot that is due; whether it was still to be had."""
    mine = {"state": "running", "owner": owner, "claimed_at": store.now()}
    return _set(store, row, mine, state="due")


def settle(store: Store, row: SlotRow, owner: str, values: Mapping[str, Any]) -> bool:
    """Write what became of a slot that a runner has; whether the runner still had it."""
    return _set(store, row, values, state="running", owner=owner)


def give_up(store: Store, row: SlotRow, code: str) -> bool:
    """Write that a slot that is due will not run any more: missed, or failed if it was tried."""
    values = {"state": "failed" if row.tries else "missed", "code": row.code or code}
    return _set(store, row, values, state="due")


def _set(store: Store, row: SlotRow, values: Mapping[str, Any], **still: str) -> bool:
    query = (
        update(slot)
        .where(
            slot.c.connector == row.connector,
            slot.c.direction == row.direction,
            slot.c.day == row.day,
            slot.c.slot == row.slot,
            *(slot.c[name] == value for name, value in still.items()),
        )
        .values(**values)
    )
    with store.writing() as connection:
        return connection.execute(query).rowcount == 1


def reopen(store: Store, connector: str, now: datetime, direction: str | None = None) -> None:
    """Let the last slot that started, when it failed, run again at once; both directions or one."""
    for one in ("down", "up") if direction is None else (direction,):
        last = last_started(store, connector, one, now)
        if last is not None:
            query = (
                update(slot)
                .where(
                    slot.c.connector == connector,
                    slot.c.direction == one,
                    slot.c.starts_at == last,
                    slot.c.state == "failed",
                )
                .values(state="due", again_at=now, tries=0)
            )
            with store.writing() as connection:
                connection.execute(query)


def forget_absent(store: Store, connectors: Collection[str]) -> None:
    """Take away what is due of connectors that are not there any more."""
    query = select(slot.c.connector).where(slot.c.state == "due").distinct()
    with store.writing() as connection:
        for name in set(connection.execute(query).scalars()) - set(connectors):
            connection.execute(delete(slot).where(slot.c.connector == name, slot.c.state == "due"))


def _read(store: Store, query: Any) -> list[SlotRow]:
    with store.reading() as connection:
        return [SlotRow(*row) for row in connection.execute(query)]
