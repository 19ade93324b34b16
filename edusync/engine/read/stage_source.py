"""What the keys of a list do to a row, written as Python out of the spec.

`shaped` names columns, reads values and adds columns; `stage` also drops what does not count, and
keeps one row of a key. Where rows are sorted before that, `apart` does so after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.read.table import UNDECIDED, Dropped
from edusync.model import as_id
from edusync.spec.compile.value_source import ValueSource
from edusync.spec.evaluate import Unreadable, is_unknown
from edusync.spec.language.source import Source
from edusync.spec.needs import names_of_people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.diagnostics import Location
    from edusync.engine.read.stages import Stages
    from edusync.spec.compile.values import ValueCompiler
    from edusync.spec.tree import Expression, Resource, Value
    from edusync.spec.tree.list import ReadAs


def _may_join(resource: Resource) -> bool:
    """Whether several rows may become one in silence."""
    return resource.merge is not None or (
        resource.key is not None and resource.same_key != "report"
    )


class StageSource(ValueSource):
    """Write the keys of one list. `stages` is what the written functions call."""

    def __init__(self, compiler: ValueCompiler, stages: Stages) -> None:
        resource = stages.resource
        super().__init__(compiler, Source(f"{resource.name}, {resource.place.file}"))
        self.stages, self.resource = stages, resource
        self.error = self.source.bind(Unreadable, "Unreadable")
        self.dropped = self.source.bind(Dropped, "Dropped")
        self.shapes = bool(resource.columns or resource.formats or resource.add)
        self.gathers = self._functions("gather", resource.gather)
        values: dict[str, Value] = {by.name: by.value for by in resource.filter_by}
        self.filters = self._functions("filter", values)
        if resource.key is not None:
            self._key(resource.key)
        if resource.merge is not None:
            self.merged_by = self.function("merged_by", resource.merge.by)
        names = names_of_people(stages.spec, resource.name) if _may_join(resource) else {}
        self.who = {field: self.function(f"who_{field}", value) for field, value in names.items()}
        if self.shapes:
            self._shaped()
        self._stage()

    def _functions(self, word: str, values: Mapping[str, Value]) -> dict[str, str]:
        """Write a function for each of some values; return their names."""
        found = {}
        for name, value in values.items():
            found[name] = self.function(word, value)
        return found

    def _key(self, key: Value) -> None:
        with self.source.function("key", "row", "names"):
            self.source.remark("key", key.place)
            self.source.line(f"return {self.source.bind(as_id, 'as_id')}({self.value(key)})")

    def _shaped(self) -> None:
        """Write what names columns, reads values by their formats and adds further columns."""
        source, resource = self.source, self.resource
        with source.function("shaped", "row", "names"):
            if resource.columns:
                source.line(f"row = {source.bind(self.stages.columned, 'columned')}(row)")
            for column in resource.formats:
                self._format(column)
            for name, value in resource.add:
                source.remark(f"add {name}", value.place)
                with source.block("try:"):
                    source.line(f"row[{name!r}] = {self.value(value)}")
                self._unreadable(f"row[{name!r}]", name, value.place)
            if self.compiler.saw is not None:
                for column in resource.formats:
                    self.saw(column, column.path.write(source, "row"))
            source.line("return row")

    def _format(self, column: ReadAs) -> None:
        """Write what reads a column; what a row alone holds is read where it stands."""
        source, (*outer, last) = self.source, column.path.steps
        words, box = f"as {column.path.source}", "row"
        source.remark(words, column.place)
        if len(outer) > 1 or (outer and not self._is_its_own()):
            put = source.bind(self.stages.read_deep, "read_deep")
            source.line(f"{put}(row, {source.bind(column, 'column')})")
            return
        if outer:
            box = source.keep(f"row.get({outer[0]!r})", "box")
            with source.block(f"if type({box}) is not dict:"):
                put = source.bind(self.stages.read_deep, "read_deep")
                source.line(f"{put}(row, {source.bind(column, 'column')})")
            head = f"elif {box}.get({last!r}) is not {self.unknown}:"
        else:
            head = f"if {last!r} in row and row[{last!r}] is not {self.unknown}:"
        with source.block(head):
            found = source.keep(f"{box}.get({last!r})")
            with source.block("try:"):
                source.line(f"{box}[{last!r}] = {self.read(found, self.stages.reader(column))}")
            self._unreadable(f"{box}[{last!r}]", column.path.source, column.place)

    def _is_its_own(self) -> bool:
        """Whether no other row holds what stands in a row."""
        resource = self.resource
        plain = bool(resource.items.steps) or resource.items.source == "@"
        return resource.call is not None and resource.for_each is None and plain

    def _unreadable(self, target: str, field: str, place: Location) -> None:
        source = self.source
        with source.block(f"except {self.error} as error:"):
            source.line(f"{target} = {self.unknown}")
            waiting, at = source.bind(self.stages.waiting, "waiting"), source.bind(place, "place")
            source.line(f"{waiting}.append((row, {field!r}, {at}, str(error)))")

    def _stage(self) -> None:
        source, resource = self.source, self.resource
        with source.function("stage", "row", "names"):
            if self.shapes:
                source.line("row = shaped(row, names)")
            status = source.bind(self.stages.status, "status")
            with source.block(f"if {status}.file is not None:"):
                zone = source.bind(self.stages.zone, "zone")
                source.line(f"{status}.note_days(row.values(), {zone})")
            if self.stages.follow is not None:
                source.line(f"{source.bind(self.stages.follow, 'follow')}(row.values())")
            if resource.ignore is not None:
                with source.block(f"if {self._test(resource.ignore, 'ignore')}:"):
                    self._ignored()
            for ignoring in resource.ignore_drops:
                with source.block(f"if {self._test(ignoring.test, f'ignore {ignoring.code}')}:"):
                    note = source.bind(self.stages.ignored, "ignored")
                    place = source.bind(ignoring.place, "place")
                    source.line(f"{note}(row, {ignoring.code!r}, {place})")
                    self._ignored()
            if self.filters:
                gone = source.keep(f"{source.bind(self.stages.filtered, 'filtered')}(row)", "gone")
                with source.block(f"if {gone} is not None:"):
                    source.line(f"return {gone}")
            for drop in resource.drop:
                with source.block(f"if {self._test(drop.test, f'drop {drop.code}')}:"):
                    place = source.bind(drop.place, "place")
                    source.line(f"return {self.dropped}(row, {drop.code!r}, {place})")
            if resource.order_by:
                source.line("return row")
            else:
                self._one_of_a_key()
        if resource.order_by:
            with source.function("apart", "row", "names"):
                self._one_of_a_key()

    def _ignored(self) -> None:
        """Write what lets go of a row, and of what cannot be read of it."""
        if self.shapes:
            self.source.line(f"{self.source.bind(self.stages.waiting, 'waiting')}.clear()")
        if self.stages.looking is not None:
            self.source.line(f"{self.source.bind(self.stages.misses, 'misses')}.clear()")
        self.source.line("return None")

    def _one_of_a_key(self) -> None:
        """Write what looks whether a row with the same key came already, and returns the row."""
        resource = self.resource
        if resource.key is not None:
            self._tell_apart(resource.key)
        if resource.key is None or resource.same_key == "gather":
            self.source.line("return row")

    def _test(self, test: Expression, word: str) -> str:
        """Write a condition; a row of which nobody can say whether it counts is returned."""
        source = self.source
        source.remark(word, test.place or self.resource.place)
        held = source.fresh("held")
        with source.block("try:"):
            source.line(f"{held} = {self.text(test)}")
        with source.block(f"except {self.error}:"):
            source.line(f"{held} = {self.unknown}")
        with source.block(f"if {held} is {self.unknown}:"):
            undecided = source.bind(self.stages.undecided, "undecided")
            source.line(f"return {undecided}(row, {word!r}, {source.bind(test, 'test')})")
        return held

    def _tell_apart(self, key: Value) -> None:
        """Write what looks whether a row with the same key came already."""
        source, stages, place = self.source, self.stages, self.resource.place
        keyed = self.resource.same_key != "gather"
        source.remark("key", key.place)
        found = source.fresh("key")
        with source.block("try:"):
            source.line(f"{found} = {self.value(key)}")
        with source.block(f"except {self.error} as error:"):
            unkeyed = source.bind(stages.unkeyed, "unkeyed")
            source.line(f"return {f'{unkeyed}(row, str(error))' if keyed else 'row'}")
        if keyed:
            seen = source.bind(stages.keys_met, "seen")
            with source.block(f"if type({found}) is int:"):
                source.line(f"{found} = str({found})")
            with source.block(f"if type({found}) is str and {found} and {found} not in {seen}:"):
                source.line(f"{seen}.add({found})")
                if self.who:
                    source.line(
                        f"{source.bind(stages.whose.note_first, 'note_first')}({found}, row)"
                    )
                source.line("return row")
        unknown = source.bind(is_unknown, "is_unknown")
        with source.block(f"if {unknown}({found}):"):
            arguments = f"row, {UNDECIDED!r}, {source.bind(place, 'place')}, 'key: unknown'"
            source.line(f"return {self.dropped}({arguments})")
        if keyed:
            source.line(f"return {source.bind(stages.met, 'met')}(row, {found})")
