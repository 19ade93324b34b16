"""Values that are looked up in other lists, by keys that equal."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.model.ids import folded, ids_of
from edusync.spec.evaluate import is_unknown
from edusync.spec.tree import Composite, PathValue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.spec.compile.make import Compiled, Make, Tables
    from edusync.spec.tree import LookUp, LookUpAll, Value

    Find = Callable[[Any, dict[str, Any], Mapping[str, Any]], Any]


def look_up(value: LookUp, compiled: Compiled, tables: Tables) -> Find:
    """Return what takes something of one row of another list, by what it is matched by.

    UNKNOWN where several match, nothing says which of them counts, and they do not say the same.
    """
    find, take = _finder(value, compiled, tables), _taker(value, compiled)
    order, last, place, name = value.order, value.last, value.place, value.list
    report = value.missing == "report"

    def one(wanted: Any, row: dict[str, Any], names: Mapping[str, Any]) -> Any:
        keys, rows, whole = find(wanted, row, names)
        if keys is UNKNOWN:
            return UNKNOWN
        if not rows:
            if keys and not whole:
                return UNKNOWN
            if keys and report:
                tables.missing(place, name, keys[0])
            return None
        if order is not None and len(rows) > 1:
            if any(order.read(candidate) is UNKNOWN for candidate in rows):
                return UNKNOWN
            rows = sorted(rows, key=lambda candidate: sortable(order.read(candidate)), reverse=last)
        elif len(rows) > 1:
            taken = [take(candidate, names) for candidate in rows]
            if any(value is UNKNOWN for value in taken):
                return UNKNOWN
            if any(value != taken[0] for value in taken):
                tables.several(place, name, keys[0])
                return UNKNOWN
            return taken[0]
        return take(rows[0], names)

    return one


def look_up_all(value: LookUpAll, compiled: Compiled, tables: Tables) -> Find:
    """Return what takes something of all rows of another list that match, as for `look_up`."""
    find, take = _finder(value, compiled, tables), _taker(value, compiled)
    order, last, again = value.order, value.last, value.again
    follow = _follower(value, compiled, tables) if again is not None else None

    def every(wanted: Any, row: dict[str, Any], names: Mapping[str, Any]) -> Any:
        keys, rows, whole = find(wanted, row, names)
        if keys is UNKNOWN or (keys and not whole):
            return UNKNOWN
        if again is not None and follow is not None:
            known = set(keys)
            for met in rows:  # grows while it is walked; a key is followed once, so circles end
                further = again.read(met)
                if is_unknown(further):
                    return UNKNOWN
                more = [key for key in ids_of(further) if key not in known]
                known.update(more)
                further_rows, whole = follow(more, names)
                if more and not whole:
                    return UNKNOWN
                rows.extend(further_rows)
        if order is not None:
            if any(order.read(candidate) is UNKNOWN for candidate in rows):
                return UNKNOWN
            rows = sorted(rows, key=lambda candidate: sortable(order.read(candidate)), reverse=last)
        items: list[Any] = []
        for other in rows:
            taken = take(other, names)
            if taken is UNKNOWN:
                return UNKNOWN
            items.extend(
                taken if isinstance(taken, list | tuple) else [] if taken is None else [taken]
            )
        return items

    return every


def _finder(
    look_up: LookUp, compiled: Compiled, tables: Tables
) -> Callable[[Any, dict[str, Any], Mapping[str, Any]], tuple[Any, list[dict[str, Any]], bool]]:
    on = compiled(look_up.on) if look_up.on else tables.key_of(look_up.list)
    where, identity, heads = look_up.where, id(look_up), _heads(look_up.on)
    fold = folded if look_up.alike else _as_is

    def find(
        wanted: Any, row: dict[str, Any], names: Mapping[str, Any]
    ) -> tuple[Any, list[dict[str, Any]], bool]:
        if is_unknown(wanted):
            return UNKNOWN, [], False
        keys = ids_of(wanted)
        if not keys:
            return keys, [], True
        table = tables.table(look_up.list)
        rows = [
            candidate for key in keys for candidate in table.find(key, on, names, identity, fold)
        ]
        if identity in table.blurred:
            tables.blurred(look_up.by.place, look_up.list, table.blurred[identity])
        if where is not None:
            verdicts = [
                where.run(None, {**names, "mine": row, "theirs": candidate}) for candidate in rows
            ]
            if UNKNOWN in verdicts:
                return UNKNOWN, [], False
            rows = [candidate for candidate, holds in zip(rows, verdicts, strict=True) if holds]
        return keys, rows, table.knows(keys, on, names, identity, fold, heads)

    return find


def _follower(
    look_up: LookUp, compiled: Compiled, tables: Tables
) -> Callable[[list[str], Mapping[str, Any]], tuple[list[dict[str, Any]], bool]]:
    """Return what finds the rows of further keys."""
    on = compiled(look_up.on) if look_up.on else tables.key_of(look_up.list)
    identity, fold, heads = (
        -id(look_up),
        folded if look_up.alike else _as_is,
        _heads(look_up.on),
    )

    def follow(keys: list[str], names: Mapping[str, Any]) -> tuple[list[dict[str, Any]], bool]:
        table = tables.table(look_up.list)
        return [
            candidate for key in keys for candidate in table.find(key, on, names, identity, fold)
        ], table.knows(keys, on, names, identity, fold, heads)

    return follow


def _taker(look_up: LookUp, compiled: Compiled) -> Make:
    return compiled(look_up.take) if look_up.take else lambda row, _names: row


def _heads(value: Value | None) -> frozenset[str]:
    """Return the first names of the plain paths that a value reads.

    Nothing when it reads anything else.
    """
    parts = () if value is None else value.parts if isinstance(value, Composite) else (value,)
    heads = [
        part.path.first
        for part in parts
        if isinstance(part, PathValue) and part.when is None and part.path.steps
    ]
    return frozenset(filter(None, heads)) if len(heads) == len(parts) else frozenset()


def _as_is(text: str) -> str:
    return text


def sortable(value: object) -> tuple[int, Any]:
    """Return what values of any kind are sorted by: nothing first, then numbers, days and texts."""
    if value is None:
        return (0, "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (1, value)
    if isinstance(value, date):
        return (1, value.toordinal() if not isinstance(value, datetime) else value.timestamp())
    if isinstance(value, timedelta):
        return (1, value.total_seconds())
    return (2, str(value))
