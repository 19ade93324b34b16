"""The rows of slots: planned, claimed, settled. What they mean: docs/explanation/runner.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence  # noqa: TC003 - as below
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, case, delete, exists, func, or_, select, update

from edusync.state.runs import AT_ONCE
from edusync.state.tables import pause, quarantine, slot
from edusync.state.upsert import insert_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Select

    from edusync.state.store import Store

_SETTLED = ("done", "failed", "missed")
CLOCKS_DIFFER = timedelta(hours=1)
"""By how much the clocks of machines that share a store may differ."""
DIRECTIONS = ("down", "up")
"""The directions that have a schedule; beside them there is `AT_ONCE`."""


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
_KEY = _COLUMNS[:4]


def slots_of(store: Store, connector: str, direction: str | None = None) -> list[SlotRow]:
    """Return the slots of a connector, in the order of their starts."""
    query = select(*_COLUMNS).where(slot.c.connector == connector).order_by(slot.c.starts_at)
    if direction is not None:
        query = query.where(slot.c.direction == direction)
    return _read(store, query)


def last_started(store: Store, now: datetime) -> dict[tuple[str, str], datetime]:
    """Return when the last known slot of each connector and direction started; none of new ones."""
    query = (
        select(slot.c.connector, slot.c.direction, func.max(slot.c.starts_at))
        .where(slot.c.starts_at <= now)
        .group_by(slot.c.connector, slot.c.direction)
    )
    with store.reading() as connection:
        return {(row[0], row[1]): row[2] for row in connection.execute(query)}


class Wanted(NamedTuple):
    """The slots that a direction of a connector is to have from now on.

    Each row has `day`, `slot`, `starts_at` and `ends_at`.
    """

    connector: str
    direction: str
    rows: Sequence[Mapping[str, Any]]


def plan_slots(store: Store, now: datetime, many: Sequence[Wanted]) -> None:
    """Write slots as due, and take away those to come that are not among them.

    What is known of a slot already stays, unless it was settled long before it starts: by a clock
    that was ahead. All or nothing.
    """
    wanted = {
        (one.connector, one.direction, row["day"], row["slot"]): row
        for one in many
        for row in one.rows
    }
    mine = {(one.connector, one.direction) for one in many}
    coming = select(*_KEY, slot.c.state, slot.c.starts_at).where(
        slot.c.connector.in_({one.connector for one in many}),
        or_(
            and_(slot.c.state == "due", slot.c.starts_at > now),
            and_(slot.c.state.in_(_SETTLED), slot.c.starts_at > now + CLOCKS_DIFFER),
        ),
    )
    with store.writing() as connection:
        for *key, state, starts_at in connection.execute(coming).all():
            row = wanted.get(tuple(key))
            if state == "due" and row is not None and row["starts_at"] == starts_at:
                del wanted[tuple(key)]
            elif tuple(key[:2]) in mine:
                is_it = [column == value for column, value in zip(_KEY, key, strict=True)]
                connection.execute(delete(slot).where(*is_it))
        if wanted:
            names = ("connector", "direction", "day", "slot")
            connection.execute(
                insert_of(connection)(slot).on_conflict_do_nothing(),
                [
                    {
                        **dict(zip(names, key, strict=True)),
                        "starts_at": row["starts_at"],
                        "ends_at": row["ends_at"],
                        "again_at": row["starts_at"],
                        "state": "due",
                        "tries": 0,
                    }
                    for key, row in wanted.items()
                ],
            )


def due_slots(store: Store, now: datetime, limit: int) -> list[SlotRow]:
    """Return what is to run now, in the order of starts, down before up; of each connector one.

    Not of a connector that runs or is paused, nor of a direction in quarantine. Slots that a later
    one has overtaken are not looked for here: `overtaken`.
    """
    query = (
        _due(now)
        .order_by(slot.c.again_at, slot.c.direction)
        .limit(limit * (len(DIRECTIONS) + 1))  # a connector has at most one of each
    )
    by_connector: dict[str, SlotRow] = {}
    for row in _read(store, query):
        by_connector.setdefault(row.connector, row)
    return list(by_connector.values())[:limit]


def due_slot(
    store: Store, now: datetime, connector: str, direction: str, day: date, name: str
) -> SlotRow | None:
    """Return one slot when it is to run now, by the same conditions as `due_slots`; else None."""
    mine = zip(_KEY, (connector, direction, day, name), strict=True)
    rows = _read(store, _due(now).where(*(column == value for column, value in mine)))
    return rows[0] if rows else None


def _due(now: datetime) -> Select[Any]:
    other = slot.alias()
    runs = exists().where(other.c.connector == slot.c.connector, other.c.state == "running")
    return select(*_COLUMNS).where(
        slot.c.state == "due", slot.c.again_at <= now, ~runs, ~_blocked(slot, now)
    )


def _blocked(row: Any, now: datetime) -> ColumnElement[bool]:
    """Whether a pause or a quarantine keeps a slot from running."""
    paused = exists().where(
        pause.c.connector == row.c.connector, pause.c.since <= now, pause.c.until > now
    )
    barred = exists().where(
        quarantine.c.connector == row.c.connector,
        quarantine.c.direction == case((row.c.direction == AT_ONCE, "up"), else_=row.c.direction),
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


def add_slot(store: Store, row: Mapping[str, Any]) -> None:
    """Write one slot as due from its start on, unless it is known already."""
    values = {**row, "again_at": row["starts_at"], "state": "due", "tries": 0}
    with store.writing() as connection:
        connection.execute(insert_of(connection)(slot).values(values).on_conflict_do_nothing())


def open_slots(store: Store, direction: str) -> list[SlotRow]:
    """Return the slots of a direction that are due or that a runner has."""
    is_it = (slot.c.direction == direction, slot.c.state.in_(("due", "running")))
    return _read(store, select(*_COLUMNS).where(*is_it))


def reopen(store: Store, connector: str, now: datetime, direction: str | None = None) -> None:
    """Let the last slot that started, when it failed, run again at once; both directions or one."""
    for one in DIRECTIONS if direction is None else (direction,):
        mine = (slot.c.connector == connector, slot.c.direction == one)
        last = select(func.max(slot.c.starts_at)).where(*mine, slot.c.starts_at <= now)
        query = (
            update(slot)
            .where(*mine, slot.c.starts_at == last.scalar_subquery(), slot.c.state == "failed")
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
