"""What the keys of a list do to its rows, in the order in which they stand in the spec.

Columns, as, add, ignore, filter_by, drop, key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from edusync.engine.outcome import Outcome
from edusync.engine.read.filter_values import has_value, is_open
from edusync.engine.read.table import UNDECIDED, Dropped
from edusync.engine.verdicts import decided, why
from edusync.model import UNKNOWN, as_id
from edusync.model.ids import ids_of
from edusync.model.marked import Marked
from edusync.spec.evaluate import Unreadable, is_unknown
from edusync.spec.watch import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.diagnostics import Location
    from edusync.engine.read.reading import Reading
    from edusync.spec.compile.make import Make
    from edusync.spec.compile.values import ValueCompiler
    from edusync.spec.tree import Expression
    from edusync.spec.watch import Watch

    Row = dict[str, Any]

_ALWAYS_KEPT = frozenset({"parent", "value"})


class Stages:
    """The keys of one list, compiled."""

    def __init__(self, compiler: ValueCompiler, reading: Reading) -> None:
        resource, compiled = reading.resource, compiler.compile
        self.spec, self.resource, self.status = reading.spec, resource, reading.status
        self.names, self.report = reading.names, reading.report
        self.zone = ZoneInfo(reading.spec.zone)
        self.columns = tuple(resource.columns.items())
        self.formats = [
            (column.path.steps, column.path.read, column.format.read, column.place)
            for column in resource.formats
        ]
        self.adds = [(name, compiled(value), value.place) for name, value in resource.add]
        self.filters = [(by.name, compiled(by.value), by.place) for by in resource.filter_by]
        self.make_key = compiled(resource.key) if resource.key is not None else None
        self.gathers = {name: compiled(value) for name, value in resource.gather.items()}
        self.seen: set[str] = set()
        self.watch = compiler.watch

    def run(self, raw: Iterator[Row | Dropped]) -> Iterator[Row | Dropped]:
        """Yield the rows that are left, and those that were dropped with their reason."""
        rows = self._staged(raw)
        left = self._gathered(rows) if self.resource.same_key == "gather" else rows
        return left if self.watch is None else self._watched(left, self.watch)

    def _watched(self, rows: Iterator[Row | Dropped], watch: Watch) -> Iterator[Row | Dropped]:
        for row in rows:
            watch.saw(self.resource, row)
            yield row

    def _staged(self, raw: Iterator[Row | Dropped]) -> Iterator[Row | Dropped]:
        status, resource = self.status, self.resource
        shapes, ignores = (
            bool(self.columns or self.formats or self.adds),
            resource.ignore is not None,
        )
        drops, keyed, keyless = (
            bool(self.filters or resource.drop),
            self.make_key is not None and resource.same_key != "gather",
            False,
        )
        for item in (
            raw
        ):  # every row of every list comes through here: what a list does not say is not asked
            if type(item) is Dropped:
                yield Dropped(self._shaped(item.row), item.code, item.place, item.detail)
                continue
            status.sent += 1
            row: Row = self._shaped(item) if shapes else item  # type: ignore[arg-type,assignment]  # dropped rows are gone
            if status.file is not None:
                status.note_days(row, self.zone)
            unsure = self._ignored(row) if ignores else None
            if unsure is True:
                continue
            gone = unsure or ((self._filtered(row) or self._dropped(row)) if drops else None)
            if gone is None and self.make_key is not None:
                gone = self._keyless(row)
            if gone is not None:
                yield gone
            elif not (keyed and self._met_before(row)):
                keyless = keyed and not self.seen
                yield row
        if keyless:  # a key that was renamed would let every double through
            self.report.add(
                Outcome(
                    "SPEC_PATH_NEVER_SEEN",
                    field="key",
                    place=resource.place,
                    detail=f"no row of '{resource.name}' has its key",
                )
            )

    def _shaped(self, row: Row) -> Row:
        """Return the row with its columns named, its values parsed and further columns added."""
        if self.columns:
            kept = {
                name: row[name]
                for name in row
                if name in _ALWAYS_KEPT or name in self.spec.resources
            }
            row = {**{name: row[column] for name, column in self.columns if column in row}, **kept}
        for steps, read, parse, place in self.formats:
            try:
                if len(steps) == 1:
                    if row.get(steps[0]) is UNKNOWN:
                        continue
                    if steps[0] in row:
                        row[steps[0]] = parse(row[steps[0]])
                elif (found := read(row)) is not UNKNOWN:
                    _put(row, steps, parse(found))
            except Unreadable as error:
                _put(row, steps, UNKNOWN)
                self._unreadable(row, ".".join(steps), place, str(error))
        for name, make, place in self.adds:
            try:
                row[name] = make(row, self.names)
            except Unreadable as error:
                row[name] = UNKNOWN
                self._unreadable(row, name, place, str(error))
        if self.watch is not None:
            for column in self.resource.formats:
                self.watch.saw(column, column.path.read(row))
        return row

    def _ignored(self, row: Row) -> Literal[True] | Dropped | None:
        """Return true for a row that is ignored, the row when it is undecided, else None."""
        test = self.resource.ignore
        verdict = test is not None and decided(test, row, self.names)
        if verdict is UNKNOWN:
            return self._undecided(row, "ignore", test)
        return True if verdict else None

    def _undecided(self, row: Row, word: str, test: Expression | None) -> Dropped:
        """Return a row of which nobody can say whether it counts."""
        detail = f"{word}: {why(test, row, self.names)}" if test is not None else word
        place = test.place if test is not None and test.place is not None else self.resource.place
        return Dropped(row, UNDECIDED, place, detail)

    def _keyless(self, row: Row) -> Dropped | None:
        """Return a row of which nobody can say whether it came before."""
        assert self.make_key is not None  # noqa: S101 - only called for a list with a key
        try:
            unknown = is_unknown(self.make_key(row, self.names))
        except Unreadable:
            return None
        return Dropped(row, UNDECIDED, self.resource.place, "key: unknown") if unknown else None

    def _filtered(self, row: Row) -> Dropped | None:
        """Return a row that a filter leaves out, None when it passes all of them."""
        gone: Dropped | None = None
        for name, make, place in self.filters:
            allowed = self.names["filters"].get(name)
            if not allowed or (gone is not None and not is_open(self.spec.filters[name])):
                continue
            try:
                value = make(row, self.names)
                ids = ids_of(value)
            except Unreadable as error:
                gone = gone or Dropped(row, UNDECIDED, place, f"filter '{name}': {error}")
                continue
            if is_unknown(value):
                words = f"filter '{name}': it could not be read"
                gone = gone or Dropped(row, UNDECIDED, place, words)
                continue
            question = self.spec.filters[name]
            if is_open(question):
                self.status.filter_values.setdefault(name, set()).update(ids)
            if gone is None and not any(has_value(question, wanted, ids) for wanted in allowed):
                code = question.reason or "DOWN_COURSE_STRUCTURE_MISMATCH"
                gone = Dropped(row, code, place, f"filter '{name}'")
        for by in self.resource.filter_by if self.watch is not None else ():
            if self.names["filters"].get(by.name):
                show(self.names, by, gone is None or gone.place != by.place)
        return gone

    def _dropped(self, row: Row) -> Dropped | None:
        for drop in self.resource.drop:
            verdict = decided(drop.test, row, self.names)
            if verdict is UNKNOWN:
                return self._undecided(row, f"drop {drop.code}", drop.test)
            if verdict:
                return Dropped(row, drop.code, drop.place)
        return None

    def _met_before(self, row: Row) -> bool:
        """Whether a row with this key came already; noted when that is not normal."""
        key = self._key(row)
        if key is None:
            return False
        if key in self.seen:
            code = _TWICE.get(self.resource.same_key)
            if code == "DOWN_KEY_TWICE":
                self.status.problems.append(code)
            if code is not None:
                resource = self.resource
                self.report.add(
                    Outcome(code, source_id=key, field=resource.name, place=resource.place)
                )
            return True
        self.seen.add(key)
        return False

    def _gathered(self, rows: Iterator[Row | Dropped]) -> Iterator[Row | Dropped]:
        makes = self.gathers
        found: dict[str, Row] = {}
        for item in rows:
            if type(item) is Dropped:
                yield item
                continue
            row: Row = item  # type: ignore[assignment]  # dropped rows are gone
            values = {name: self._part(row, name, make) for name, make in makes.items()}
            first = found.setdefault(self._key(row) or "", row)
            if first is row:
                first.update({name: [] for name in makes})
            for name, value in values.items():
                first[name] += [
                    item
                    for item in (value if isinstance(value, list) else [value])
                    if item not in (None, "", *first[name])
                ]
        yield from found.values()

    def _part(self, row: Row, name: str, make: Make) -> Any:
        """Return a value that is gathered, UNKNOWN when it cannot be read."""
        try:
            return make(row, self.names)
        except Unreadable as error:
            self._unreadable(row, name, self.resource.gather[name].place, str(error))
            return UNKNOWN

    def _key(self, row: Row) -> str | None:
        if self.make_key is None:
            return None
        try:
            return as_id(self.make_key(row, self.names))
        except Unreadable as error:
            self._say(None, "key", self.resource.place, str(error))
            return None

    def _unreadable(self, row: Row, field: str, place: Location, reason: str) -> None:
        self._say(self._key(row), field, place, reason)

    def _say(self, source_id: str | None, field: str, place: Location, reason: str) -> None:
        detail = f"list '{self.resource.name}': {reason}"
        self.report.once(
            Outcome(
                "DOWN_VALUE_UNREADABLE",
                source_id=source_id,
                field=field,
                place=place,
                detail=detail,
            )
        )


_TWICE = {"report": "DOWN_KEY_TWICE", "first_reported": "DOWN_KEY_FIRST_KEPT"}
"""What is said of a second row with the same key."""


def _put(row: Row, steps: tuple[str, ...], value: object) -> None:
    here = row
    for step in steps[:-1]:
        inner = here.get(step)
        if isinstance(inner, Marked):
            inner = inner.members
        if not isinstance(inner, dict):
            return
        here[step] = here = dict(inner)  # the row it came from keeps its own
    here[steps[-1]] = value
