"""What the keys of a list do to its rows: columns, as, add, ignore, filter_by, drop, key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from edusync.engine.outcome import Outcome
from edusync.engine.read.deep import put
from edusync.engine.read.filter_values import has_value, is_open, mismatch
from edusync.engine.read.gathering import gathered
from edusync.engine.read.misses import Miss, Misses
from edusync.engine.read.ordered import Merger, in_order
from edusync.engine.read.stage_source import StageSource
from edusync.engine.read.table import UNDECIDED, Dropped
from edusync.engine.read.whose_rows import WhoseRows
from edusync.engine.verdicts import why
from edusync.model import UNKNOWN, as_id
from edusync.model.ids import ids_of
from edusync.spec.evaluate import Unreadable, is_unknown
from edusync.spec.watch import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from edusync.diagnostics import Location
    from edusync.engine.read.reading import Reading
    from edusync.spec.compile.make import Make
    from edusync.spec.compile.values import ValueCompiler
    from edusync.spec.formats.base import Reader
    from edusync.spec.tree import Expression
    from edusync.spec.tree.list import ReadAs
    from edusync.spec.watch import Watch

    Row = dict[str, Any]

_OF_IDS = frozenset({"id", "integer", "pair"})
"""Filters whose values are said: ids of sites and the like. Texts may be names of people."""
_ALWAYS_KEPT = frozenset({"parent", "value"})


class Stages:
    """The keys of one list, compiled."""

    def __init__(self, compiler: ValueCompiler, reading: Reading) -> None:
        resource = reading.resource
        self.spec, self.resource, self.status = reading.spec, resource, reading.status
        self.names, self.report = reading.names, reading.report
        self.zone, self.follow = ZoneInfo(reading.spec.zone), reading.follow
        self.columns = tuple(resource.columns.items())
        self.readers = {column.path: column.format.read for column in resource.formats}
        self.keys_met: set[str] = set()
        self.waiting: list[tuple[Row, str, Location, str]] = []
        """Values of the row of the moment that cannot be read: nobody is told if it is ignored."""
        self.misses: list[Miss] = []
        """What look-ups of it did not find: nobody is told if it is ignored."""
        may_ignore = resource.ignore is not None or bool(resource.ignore_drops)
        looks = may_ignore and bool(resource.add) and isinstance(compiler, Misses)
        self.looking: Misses | None = compiler if looks else None  # type: ignore[assignment]  # it is one
        self.without_key = False
        """Whether a row has no key that can be read."""
        self.watch = compiler.watch
        self.whose = WhoseRows({}, self.names, resource.place, is_watched=self.watch is not None)
        written = StageSource(compiler, self)
        self.source = written.source
        made = self.source.namespace()
        self.make_key: Make | None = made.get("key")
        self.stage: Callable[[Row, Mapping[str, Any]], Row | Dropped | None] = made["stage"]
        self.shaped: Make | None = made.get("shaped")
        self.filters = [
            (by.name, made[written.filters[by.name]], by.place) for by in resource.filter_by
        ]
        self.apart: Callable[[Row, Mapping[str, Any]], Row | Dropped | None] = made.get(
            "apart", self.stage
        )
        self.merger = (
            Merger(self, resource.merge, made[written.merged_by]) if resource.merge else None
        )
        self.whose.fields = {field: made[word] for field, word in written.who.items()}
        self.gathers = {name: made[word] for name, word in written.gathers.items()}

    def run(self, raw: Iterator[Row | Dropped]) -> Iterator[Row | Dropped]:
        """Yield the rows that are left, and those that were dropped with their reason."""
        rows = self._staged(raw)
        if self.resource.order_by:
            rows = self._ordered(rows)
        left = gathered(self, rows) if self.resource.same_key == "gather" else rows
        if self.merger is not None:
            left = self.merger.run(left)
        return left if self.watch is None else self._watched(left, self.watch)

    def _ordered(self, rows: Iterator[Row | Dropped]) -> Iterator[Row | Dropped]:
        """Yield the rows sorted, one of each key; what they are sorted by has to be known."""
        left: list[Row] = []
        for item in rows:
            if type(item) is Dropped:
                yield item
            else:
                left.append(item)  # type: ignore[arg-type]  # dropped rows are gone
        by = self.resource.order_by
        found, is_known = in_order(left, by)
        if not is_known and UNDECIDED not in self.status.problems:
            self.status.problems.append(UNDECIDED)
            self.say_undecided(f"order_by: it is unknown of a row of '{self.resource.name}'")
        for row in found:
            kept = self.apart(row, self.names)
            if kept is not None:
                yield kept
        self._without_keys()

    def _watched(self, rows: Iterator[Row | Dropped], watch: Watch) -> Iterator[Row | Dropped]:
        for row in rows:
            watch.saw(self.resource, row)
            yield row

    def _staged(self, raw: Iterator[Row | Dropped]) -> Iterator[Row | Dropped]:
        status = self.status
        stage, names = self.stage, self.names
        for item in raw:  # every row of every list comes through here
            if type(item) is Dropped:
                row = item.row if self.shaped is None else self.shaped(item.row, names)
                self._tell()
                if self.follow is not None:
                    self.follow(row.values())
                yield Dropped(row, item.code, item.place, item.detail)
                continue
            status.sent += 1
            left = stage(item, names) if self.looking is None else self._looked(item)  # type: ignore[arg-type]  # dropped rows are gone
            if self.waiting:
                self._tell()
            if left is not None:
                yield left
        if not self.resource.order_by:
            self._without_keys()

    def _looked(self, item: Row) -> Row | Dropped | None:
        """Return what becomes of a row; what it lacks is told when it is not ignored."""
        lists = self.looking
        assert lists is not None  # noqa: S101 - asked only of a list that looks into others
        outer, lists.waiting = lists.waiting, self.misses
        try:
            left = self.stage(item, self.names)
        finally:
            lists.waiting = outer
        while self.misses:
            lists.missing(*self.misses.pop(0))
        return left

    def _tell(self) -> None:
        while self.waiting:
            self.unreadable(*self.waiting.pop(0))

    def _without_keys(self) -> None:
        """Note that no row has its key."""
        resource = self.resource
        if self.without_key and not self.keys_met:
            # a key that was renamed would let every double through
            self.report.add(
                Outcome(
                    "SPEC_PATH_NEVER_SEEN",
                    field="key",
                    place=resource.place,
                    detail=f"no row of '{resource.name}' has its key",
                )
            )

    # what is written of a list calls these

    def columned(self, row: Row) -> Row:
        """Return a row with its columns named."""
        kept = {
            name: row[name] for name in row if name in _ALWAYS_KEPT or name in self.spec.resources
        }
        return {**{name: row[column] for name, column in self.columns if column in row}, **kept}

    def reader(self, column: ReadAs) -> Reader:
        """Return what reads a column."""
        return self.readers[column.path]

    def read_deep(self, row: Row, column: ReadAs) -> None:
        """Read a column that stands inside of something which other rows may hold, too."""
        steps = column.path.steps
        try:
            found = column.path.read(row)
            if found is not UNKNOWN:
                put(row, steps, self.reader(column)(found))
        except Unreadable as error:
            put(row, steps, UNKNOWN)
            self.waiting.append((row, ".".join(steps), column.place, str(error)))

    def ignored(self, row: Row, code: str, place: Location) -> None:
        """Note that a row is ignored."""
        name = self.resource.name
        self.report.add(Outcome(code, source_id=self.key_of(row), field=name, place=place))

    def undecided(self, row: Row, word: str, test: Expression) -> Dropped:
        """Return a row of which nobody can say whether it counts."""
        place = test.place if test.place is not None else self.resource.place
        return Dropped(row, UNDECIDED, place, f"{word}: {why(test, row, self.names)}")

    def unkeyed(self, row: Row, reason: str) -> Row:
        """Note that the key of a row cannot be read, and return the row."""
        self.without_key = True
        self._say(None, "key", self.resource.place, reason)
        return row

    def filtered(self, row: Row) -> Dropped | None:
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
                words = f"filter '{name}'"
                if code == "DOWN_COURSE_STRUCTURE_MISMATCH" and question.item in _OF_IDS:
                    words += f": {mismatch(ids, allowed)}"
                gone = Dropped(row, code, place, words)
        for by in self.resource.filter_by if self.watch is not None else ():
            if self.names["filters"].get(by.name):
                show(self.names, by, gone is None or gone.place != by.place)
        return gone

    def met(self, row: Row, found: Any) -> Row | Dropped | None:
        """Return a row unless one with its key came already; noted when that is not normal."""
        try:
            key = as_id(found)
        except Unreadable as error:
            return self.unkeyed(row, str(error))
        if key is None:
            self.without_key = True
            return row
        if key not in self.keys_met:
            self.keys_met.add(key)
            self.whose.note_first(key, row)
            return row
        if (another := self.whose.another(key, row)) is not None:
            return another
        self.status.again += 1
        code = _TWICE.get(self.resource.same_key)
        if code == "DOWN_KEY_TWICE":
            self.status.problems.append(code)
        if code is not None:
            resource = self.resource
            self.report.add(Outcome(code, source_id=key, field=resource.name, place=resource.place))
        return None

    def key_of(self, row: Row) -> str | None:
        """Return the key of a row, None where it has none that can be read."""
        if self.make_key is None:
            return None
        try:
            key: str | None = self.make_key(row, self.names)
        except Unreadable as error:
            self._say(None, "key", self.resource.place, str(error))
            return None
        return key

    def unreadable(self, row: Row, field: str, place: Location, reason: str) -> None:
        """Note that a value of a row cannot be read."""
        self._say(self.key_of(row), field, place, reason)

    def say_undecided(self, detail: str) -> None:
        """Note why nobody can say what the list holds."""
        resource = self.resource
        self.report.add(
            Outcome(UNDECIDED, field=resource.name, place=resource.place, detail=detail)
        )

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
