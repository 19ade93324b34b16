"""One function an entity: the Python that makes an item of a row, written out of the spec."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from edusync.engine.map.skipped import Skipped
from edusync.engine.map.spoilt import REPLACEMENT, WORDS, looks_like_a_page, looks_strange
from edusync.engine.read.table import UNDECIDED
from edusync.model import Classroom, Course, External, Group, Professor, Student, as_id
from edusync.spec.compile.value_source import ValueSource
from edusync.spec.evaluate import Unreadable
from edusync.spec.language.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from edusync.diagnostics import Location
    from edusync.engine.map.builder import ItemBuilder
    from edusync.spec.compile.values import ValueCompiler
    from edusync.spec.tree import Expression, Value

_CLASSES = {
    "student": Student,
    "professor": Professor,
    "external": External,
    "group": Group,
    "classroom": Classroom,
    "course": Course,
}


class ItemSource(ValueSource):
    """Write what makes an item of a row: `item(row, names)`, and `skipped` for one that is not.

    `made` is called with what values gave; it notes what cannot be read.
    """

    def __init__(self, compiler: ValueCompiler, made: ItemBuilder) -> None:
        super().__init__(compiler, Source(f"{made.entity.kind}, {made.entity.place.file}"))
        self.made, self.entity = made, made.entity
        self.error = self.source.bind(Unreadable, "Unreadable")
        self._item()
        self._skipped()

    def _item(self) -> None:
        source, kind = self.source, self.entity.kind
        with source.function("item", "row", "names"):
            if self.entity.ignore is not None:
                held = self._test(self.entity.ignore, "ignore")
                with source.block(f"if {held}:"):
                    source.line("return None")
            for ignoring in self.entity.ignore_drops:
                held = self._test(ignoring.test, f"ignore {ignoring.code}")
                note, place = (
                    source.bind(self.made.ignored, "ignored"),
                    source.bind(ignoring.place, "place"),
                )
                with source.block(f"if {held}:"):
                    arguments = f"row, names, {ignoring.code!r}, {place}, None"
                    source.line(f"return {note}(skipped({arguments}))")
            for drop in self.entity.drop:
                held = self._test(drop.test, f"drop {drop.code}")
                place = source.bind(drop.place, "place")
                with source.block(f"if {held}:"):
                    source.line(f"return skipped(row, names, {drop.code!r}, {place}, None)")
            self._id(dropped=False)
            fields: list[str] = getattr(self, "_" + kind)()
            made = source.bind(_CLASSES[kind], kind.capitalize())
            source.line(f"return {made}({', '.join(['source_id', *fields])})")

    def _skipped(self) -> None:
        """Write what stands for the item of a row that was dropped."""
        source, kind = self.source, self.entity.kind
        with source.function("skipped", "row", "names", "code", "place", "detail"):
            self._id(dropped=True)
            start = self._field("starts_at") if "starts_at" in self.entity.fields else "None"
            moment = source.bind(datetime, "datetime")
            source.line(f"start = {start}")
            name = self._quiet("name") if kind == "course" else "None"
            arguments = f"{kind!r}, source_id, code, place, detail"
            source.line(
                f"return {source.bind(Skipped, 'Skipped')}"
                f"({arguments}, start if isinstance(start, {moment}) else None, {name})"
            )

    # what is written for each part

    def _remark(self, words: str, place: Location | None) -> None:
        self.source.remark(words, place or self.entity.place)

    def _test(self, test: Expression, word: str) -> str:
        """Write a condition; a row of which nobody can say whether it counts is returned."""
        source = self.source
        self._remark(word, test.place)
        held = source.fresh("held")
        with source.block("try:"):
            source.line(f"{held} = {self.text(test)}")
        with source.block(f"except {self.error}:"):
            source.line(f"{held} = {self.unknown}")
        with source.block(f"if {held} is {self.unknown}:"):
            why = source.bind(self.made.undecided, "undecided")
            source.line(
                f"return skipped(row, names, {UNDECIDED!r}, "
                f"*{why}(row, {source.bind(test, 'test')}, {word!r}))"
            )
        return held

    def _attempt(self, name: str, make: Callable[[], str], otherwise: str) -> str:
        """Write a value, and what is done where it cannot be read; return the name of either."""
        source, found = self.source, self.source.fresh(name)
        with source.block("try:"):
            source.line(f"{found} = {make()}")
        with source.block(f"except {self.error} as error:"):
            source.line(f"{found} = {otherwise}")
        return found

    def _id(self, *, dropped: bool) -> None:
        source, value = self.source, self.entity.fields["source_id"]
        self._remark("source_id", value.place)
        prefix = self.made.ids.prefix
        begins = f"{source.constant(prefix)} + " if prefix else ""
        with source.block("try:"):
            found = source.keep(self.value(value), "id")
            with source.block(f"if type({found}) is int:"):
                source.line(f"source_id = {begins}str({found})")
            with source.block(f"elif {_odd(found)}:"):
                make = source.bind(self.made.id_of, "id_of")
                source.line(f"source_id = {make}({found}, {dropped})")
            with source.block("else:"):
                source.line(f"source_id = {begins}{found}")
        with source.block(f"except {self.error} as error:"):
            source.line(f"source_id = {source.bind(self.made.no_id, 'no_id')}(str(error))")
        with source.block("if source_id is None:"):
            source.line("return None")

    def _field(self, field: str, otherwise: str = "None") -> str:
        """Write the value of a field; one that cannot be read is noted, and `otherwise`."""
        value = self.entity.fields[field]
        self._remark(field, value.place)
        if self.made.is_plain(field):
            return self.value(value)
        note = self.source.bind(self.made.unreadable, "unreadable")
        place = self.source.bind(value.place, "place")
        noted = f"{note}(source_id, {field!r}, {place}, str(error))"
        if otherwise != "None":
            noted = f"{noted} or {otherwise}"  # noting gives nothing
        return self._attempt(field, lambda: self.value(value), noted)

    def _quiet(self, field: str) -> str:
        """Write the value of a field of a row that does not count; nothing is noted of it."""
        value = self.entity.fields.get(field)
        if value is None:
            return "None"
        self._remark(field, value.place)
        return self._attempt(field, lambda: self.value(value), "None")

    def _text(self, field: str) -> str:
        if field not in self.entity.fields:
            return "None"
        found = self.source.keep(self._field(field))
        make = self.source.bind(self.made.text(field), f"text_{field}")
        words = self.source.bind(WORDS, "WORDS")
        page = self.source.bind(looks_like_a_page, "looks_like_a_page")
        strange = self.source.bind(looks_strange, "looks_strange")
        odd = (
            f"{_odd(found)} or {found} in {words} or ('<' in {found} or 'SQLSTATE[' in {found} or "
            f"'ORA-' in {found} or 'Traceback (' in {found}) and {page}({found}) "
            f"or not {found}.isascii() and {strange}({found})"
        )
        with self.source.block(f"if {found} is not None and ({odd}):"):
            self.source.line(f"{found} = {make}({found}, source_id)")
        return found

    def _references(self, field: str) -> str:
        if field not in self.entity.fields:
            return "()"
        found = self._field(field, self.unknown)
        kind = self.made.words if field == "tags" else self.made.references
        make = self.source.bind(kind(field), f"references_{field}")
        return self.source.keep(f"{make}({found}, source_id)", field)

    def _instant(self, field: str) -> str:
        if field not in self.entity.fields:
            return "None"
        found = self.source.keep(self._field(field, self.unknown), field)
        moment = self.source.bind(datetime, "datetime")
        with self.source.block(f"if type({found}) is not {moment}:"):
            make = self.source.bind(self.made.instant(field), f"instant_{field}")
            self.source.line(f"{found} = {make}({found}, source_id)")
        return found

    def _start(self) -> str:
        """Write the start; one that is unknown may be on any day."""
        start = self._instant("starts_at")
        with self.source.block(f"if {start} is {self.unknown}:"):
            self.source.line(f"{self.source.bind(self.made.blur, 'blur')}()")
        return start

    # one method a kind: the fields behind the id, in the order of its class

    def _person(self) -> list[str]:
        return [self._text(field) for field in ("last_name", "first_name", "email", "phone")]

    def _student(self) -> list[str]:
        return [*self._person(), self._references("tags"), self._text("badge")]

    _professor = _person

    def _external(self) -> list[str]:
        return [*self._person(), self._references("students")]

    def _group(self) -> list[str]:
        return [self._text("name"), self._references("students")]

    def _classroom(self) -> list[str]:
        return [self._text("name")]

    def _course(self) -> list[str]:
        source, fields = self.source, self.entity.fields
        name, start, end = self._text("name"), self._start(), self._instant("ends_at")
        if "starts_at" in fields and "ends_at" in fields:
            moment, times = source.bind(datetime, "datetime"), source.bind(self.made.end, "end_of")
            both = f"isinstance({start}, {moment}) and isinstance({end}, {moment})"
            with source.block(f"if {both} and {end} < {start}:"):
                source.line(f"{end} = {times}({start}, {end})")
        professors = self._references("professors")
        students = self._references("students") if "students" in fields else "None"
        groups = self._references("groups")
        if "classroom" in fields:
            found = self._references("classroom")
            lines = f"'\\n'.join({found}) or None"
            place = source.keep(f"{self.unknown} if {found} is {self.unknown} else {lines}")
        else:
            place = self._text("classroom_name")
        description = self._text("description")
        return [
            *(name, start, end, professors, students, groups, place, description),
            self._carried(),
            self._aliases(),
        ]

    def _carried(self) -> str:
        """Write what an item keeps for the way up."""
        if not self.entity.carry:
            return self.source.bind({}, "no_carry")
        carried = self.source.keep("{}", "carry")
        keep = self.source.bind(self.made.keep, "keep")
        for name, value in self.entity.carry.items():
            found = self._further(f"carry.{name}", value)
            place = self.source.bind(value.place, "place")
            self.source.line(f"{keep}({carried}, {name!r}, {found}, source_id, {place})")
        return carried

    def _aliases(self) -> str:
        """Write the other ids of an item, without those that it has not or cannot be read."""
        if not self.entity.also_known_as:
            return "()"
        source = self.source
        aliases, make = source.keep("()", "aliases"), source.bind(as_id, "as_id")
        for at, value in enumerate(self.entity.also_known_as):
            found = self._further("also_known_as", value, make)
            with source.block(f"if {found}:"):
                begins = source.constant(f"{at}:{self.made.ids.prefix}")
                source.line(f"{aliases} += ({begins} + {found},)")
        return aliases

    def _further(self, field: str, value: Value, through: str = "") -> str:
        """Write a value that is kept with an item, UNKNOWN when it cannot be read."""
        self._remark(field, value.place)
        note = self.source.bind(self.made.unreadable, "unreadable")
        place = self.source.bind(value.place, "place")
        noted = f"{note}(source_id, {field!r}, {place}, str(error)) or {self.unknown}"
        return self._attempt("further", lambda: f"{through}({self.value(value)})", noted)


def _odd(found: str) -> str:
    """Return the expression of whether something is no text that can be taken as it stands."""
    blank = f"not {found} or {found}.isspace()"
    return f"type({found}) is not str or {blank} or {REPLACEMENT!r} in {found}"
