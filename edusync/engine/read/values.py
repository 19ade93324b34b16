"""Compile the values of a spec into functions of a row, once per reading."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from edusync.engine.read.table import ids_of
from edusync.model import UNKNOWN
from edusync.model.composite import composite
from edusync.model.ids import ON_EDUSIGN, folded
from edusync.spec.evaluate import Unreadable, called, is_unknown
from edusync.spec.formats import BadFormat
from edusync.spec.formats.moment import local, named_zone
from edusync.spec.tree import (
    AllOf,
    Composite,
    Constant,
    EdusignId,
    FirstOf,
    FunctionValue,
    Later,
    LookUp,
    LookUpAll,
    Moment,
    PathValue,
    TemplateValue,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.diagnostics import Location
    from edusync.engine.read.table import Table
    from edusync.spec.tree import Path, Template, Value
    from edusync.spec.watch import Watch

    Make = Callable[[dict[str, Any], Mapping[str, Any]], Any]


class Tables(Protocol):
    """Where look-ups find other lists, and report what is not there."""

    def key_of(self, name: str) -> Make:
        """Return what makes the key of a list."""

    def table(self, name: str) -> Table:
        """Return a list that is kept."""

    def missing(self, place: Location, name: str, key: str) -> None:
        """Note that a list does not hold a key."""

    def blurred(self, place: Location, name: str, reason: str) -> None:
        """Note that a row of a list cannot be found, since what it is found by cannot be read."""


class ValueCompiler:
    """Turn values into functions `(row, names) -> value`.

    A value that cannot be read raises Unreadable.
    """

    def __init__(
        self,
        tables: Tables,
        zone: str,
        functions: Mapping[str, Callable[..., Any]],
        watch: Watch | None = None,
    ) -> None:
        self.tables, self.zone, self.functions = tables, ZoneInfo(zone), functions
        self.watch = watch

    def compile(self, value: Value) -> Make:
        """Compile one value with its format and condition."""
        make, watch = self._conditional(value), self.watch
        if watch is None:
            return make

        def watched(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
            found = make(row, names)
            watch.saw(value, found)
            return found

        return watched

    def _conditional(self, value: Value) -> Make:
        """Return what makes a value, as its format reads it and when its condition holds."""
        make = self._made(value)
        read = value.format.read if value.format else None
        when = value.when
        if read is None and when is None:
            return make
        if when is None:
            assert read is not None  # noqa: S101 - one of the two is there
            return lambda row, names: read(make(row, names))

        def guarded(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
            held = when.run(row, names)
            if held is UNKNOWN:
                return UNKNOWN
            if not held:
                return None
            found = make(row, names)
            return read(found) if read else found

        return guarded

    def _made(self, value: Value) -> Make:  # noqa: PLR0911 - a line for each kind
        """Return what makes a value, before its format reads it."""
        match value:
            case PathValue(path):
                return _read(path)
            case TemplateValue(template):
                return template.run
            case EdusignId(template):
                return _reference(template)
            case Constant(constant):
                return lambda _row, _names: constant
            case Composite(parts):
                return self._composite(parts)
            case FirstOf(parts):
                return self._first_of(parts)
            case AllOf(parts):
                return self._all_of(parts)
            case Moment():
                return self._moment(value)
            case Later():
                return self._later(value)
            case FunctionValue():
                return self._function(value)
            case LookUpAll():
                return self._look_up_all(value)
            case LookUp():
                return self._look_up(value)
        raise TypeError(f"nothing makes a {type(value).__name__}")

    def _composite(self, values: tuple[Value, ...]) -> Make:
        parts = [self.compile(part) for part in values]

        def joined(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
            found = [part(row, names) for part in parts]
            if any(item is UNKNOWN for item in found):
                return UNKNOWN
            texts = [_part_text(item) for item in found]
            return composite(texts) if all(texts) else None  # type: ignore[arg-type]  # all() rules None out

        return joined

    def _first_of(self, values: tuple[Value, ...]) -> Make:
        parts = [self.compile(part) for part in values]

        def first(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
            for part in parts:
                found = part(row, names)
                if found not in (None, "", [], ()):
                    return found
            return None

        return first

    def _all_of(self, values: tuple[Value, ...]) -> Make:
        parts = [self.compile(part) for part in values]

        def gathered(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
            found: list[Any] = []
            for part in parts:
                some = part(row, names)
                if some is UNKNOWN:
                    return UNKNOWN
                for item in some if isinstance(some, list | tuple) else [some]:
                    if item not in (None, "", []) and item not in found:
                        found.append(item)
            return found

        return gathered

    def _moment(self, value: Moment) -> Make:
        day_of, time_of = self.compile(value.day), self.compile(value.time)
        zone_of = self.compile(value.zone) if value.zone else None
        memory: dict[tuple[date, time], datetime] = {}

        def moment(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
            day, clock = day_of(row, names), time_of(row, names)
            known = (
                memory.get((day, clock))
                if zone_of is None and type(day) is date and type(clock) is time
                else None
            )
            if known is not None:
                return known
            if day is UNKNOWN or clock is UNKNOWN:
                return UNKNOWN
            if day is None or clock is None:
                return None
            if not isinstance(day, date) or not isinstance(clock, time):
                raise Unreadable("expected a day and a time; say `as` for both")
            if zone_of is None:
                found = memory[day, clock] = local(datetime.combine(day, clock), self.zone)
                return found
            zone = zone_of(row, names)
            if zone is UNKNOWN:
                return UNKNOWN
            return local(datetime.combine(day, clock), _zone(zone))

        return moment

    def _later(self, value: Later) -> Make:
        start_of, plus_of = self.compile(value.start), self.compile(value.plus)

        def later(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
            start, plus = start_of(row, names), plus_of(row, names)
            if start is UNKNOWN or plus is UNKNOWN:
                return UNKNOWN
            if start is None or plus is None:
                return None
            if not isinstance(start, datetime) or not isinstance(plus, timedelta):
                raise Unreadable("expected a moment and a duration; say `as` for both")
            try:
                return (start + plus).astimezone(UTC)
            except (OverflowError, ValueError):
                raise Unreadable("this end is too far away") from None

        return later

    def _function(self, value: FunctionValue) -> Make:
        word = value.function
        function = self.functions[word]
        arguments = {name: self.compile(part) for name, part in value.arguments.items()}

        def call(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
            given = {name: make(row, names) for name, make in arguments.items()}
            if is_unknown(given):
                return UNKNOWN
            return called(word, function, given)

        return call

    def _look_up(self, value: LookUp) -> Make:
        find, take = self._finder(value), self._taker(value)
        order, last, place, name = value.order, value.last, value.place, value.list
        report = value.missing == "report"

        def one(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
            keys, rows, whole = find(row, names)
            if keys is UNKNOWN:
                return UNKNOWN
            if not rows:
                if keys and not whole:
                    return UNKNOWN
                if keys and report:
                    self.tables.missing(place, name, keys[0])
                return None
            if order is not None and len(rows) > 1:
                if any(order.read(found) is UNKNOWN for found in rows):
                    return UNKNOWN
                rows = sorted(rows, key=lambda found: _sortable(order.read(found)), reverse=last)
            return take(rows[0], names)

        return one

    def _look_up_all(self, value: LookUpAll) -> Make:
        find, take, order, last = self._finder(value), self._taker(value), value.order, value.last
        again = value.again
        follow = self._follower(value) if again is not None else None

        def every(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
            keys, rows, whole = find(row, names)
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
                    found_there, whole = follow(more, names)
                    if more and not whole:
                        return UNKNOWN
                    rows.extend(found_there)
            if order is not None:
                if any(order.read(found) is UNKNOWN for found in rows):
                    return UNKNOWN
                rows = sorted(rows, key=lambda found: _sortable(order.read(found)), reverse=last)
            found: list[Any] = []
            for other in rows:
                taken = take(other, names)
                if taken is UNKNOWN:
                    return UNKNOWN
                found.extend(
                    taken if isinstance(taken, list | tuple) else [] if taken is None else [taken]
                )
            return found

        return every

    def _finder(
        self, look_up: LookUp
    ) -> Callable[[dict[str, Any], Mapping[str, Any]], tuple[Any, list[dict[str, Any]], bool]]:
        by = self.compile(look_up.by)
        on = self.compile(look_up.on) if look_up.on else self.tables.key_of(look_up.list)
        where, identity, heads = look_up.where, id(look_up), _heads(look_up.on)
        fold = folded if look_up.alike else _as_is

        def find(
            row: dict[str, Any], names: Mapping[str, Any]
        ) -> tuple[Any, list[dict[str, Any]], bool]:
            wanted = by(row, names)
            if is_unknown(wanted):
                return UNKNOWN, [], False
            keys = ids_of(wanted)
            if not keys:
                return keys, [], True
            table = self.tables.table(look_up.list)
            rows = [found for key in keys for found in table.find(key, on, names, identity, fold)]
            if identity in table.blurred:
                self.tables.blurred(look_up.by.place, look_up.list, table.blurred[identity])
            if where is not None:
                verdicts = [
                    where.run(None, {**names, "mine": row, "theirs": found}) for found in rows
                ]
                if UNKNOWN in verdicts:
                    return UNKNOWN, [], False
                rows = [found for found, holds in zip(rows, verdicts, strict=True) if holds]
            return keys, rows, table.knows(keys, on, names, identity, fold, heads)

        return find

    def _follower(
        self, look_up: LookUp
    ) -> Callable[[list[str], Mapping[str, Any]], tuple[list[dict[str, Any]], bool]]:
        """Return what finds the rows of further keys."""
        on = self.compile(look_up.on) if look_up.on else self.tables.key_of(look_up.list)
        identity, fold, heads = (
            -id(look_up),
            folded if look_up.alike else _as_is,
            _heads(look_up.on),
        )

        def follow(keys: list[str], names: Mapping[str, Any]) -> tuple[list[dict[str, Any]], bool]:
            table = self.tables.table(look_up.list)
            return [
                found for key in keys for found in table.find(key, on, names, identity, fold)
            ], table.knows(keys, on, names, identity, fold, heads)

        return follow

    def _taker(self, look_up: LookUp) -> Make:
        return self.compile(look_up.take) if look_up.take else lambda row, _names: row


def _read(path: Path) -> Make:
    """Return what takes a path from a row."""
    read = path.read
    if len(path.steps) == 1:
        (only,) = path.steps
        return lambda row, _names: row.get(only)
    return lambda row, _names: read(row)


def _reference(template: Template) -> Make:
    """Return what refers to something that stands on Edusign already."""

    def reference(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
        found = template.run(row, names)
        return found if found is UNKNOWN or not found else f"{ON_EDUSIGN}{found}"

    return reference


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


def _zone(name: object) -> ZoneInfo:
    try:
        return named_zone(str(name))
    except BadFormat:
        raise Unreadable("expected the name of a time zone") from None


def _as_is(text: str) -> str:
    return text


def _part_text(value: object) -> str | None:
    if isinstance(value, date | time):
        return value.isoformat()
    found = ids_of(value)
    return found[0] if found else None


def _sortable(value: object) -> tuple[int, Any]:
    if value is None:
        return (0, "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (1, value)
    if isinstance(value, date):
        return (1, value.toordinal() if not isinstance(value, datetime) else value.timestamp())
    return (2, str(value))
