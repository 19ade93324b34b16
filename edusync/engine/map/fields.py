"""Make the fields of items from rows: texts, references, moments; what cannot be read is noted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.model import UNKNOWN, as_id
from edusync.model.ids import ON_EDUSIGN, REPLACEMENT, ids_of
from edusync.spec.evaluate import Unreadable
from edusync.spec.tree import PathValue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.diagnostics import Location
    from edusync.engine.outcome import Report
    from edusync.model import Unknown
    from edusync.model.people import Field, References
    from edusync.spec.compile.values import ValueCompiler
    from edusync.spec.tree import Entity, Value

    Row = dict[str, Any]
    Make = Callable[[Row, Mapping[str, Any]], Any]


LOST = "a letter of it was lost where it was read with the wrong charset"
EMPTY = "one of them is empty"


class Ids(dict[Any, str]):
    """Ids by what the ERP writes, a number or a text: one object, however often it is met."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.prefix = prefix
        self.broken: dict[str, str] = {}
        """Those that stand for nobody who can be known, each with the reason."""

    def __missing__(self, found: int | str) -> str:
        text = str(found)
        if REPLACEMENT in text:
            self.broken[self.prefix + text] = LOST
        elif not text.strip():
            self.broken[self.prefix + text] = EMPTY
        text = self[found] = text if text.startswith(ON_EDUSIGN) else self.prefix + text
        return text


_KINDS_OF_IDS = frozenset({frozenset({int}), frozenset({str})})
"""Lists of numbers alone, or of texts alone, need no look at each item."""


class FieldMaker:
    """Make the fields of the items of one entity. `names` are what its expressions may use."""

    def __init__(
        self,
        entity: Entity,
        compiler: ValueCompiler,
        names: Mapping[str, Any],
        ids: Ids,
        report: Report,
    ) -> None:
        self.entity, self.compile, self.names = entity, compiler.compile, names
        self.ids, self.report = ids, report
        self.makes = {name: self.compile(value) for name, value in entity.fields.items()}

    def unreadable(self, source_id: str | None, field: str, place: Location, reason: str) -> None:
        """Note that a value cannot be read."""
        self.report.add(
            Outcome(
                "DOWN_VALUE_UNREADABLE",
                self.entity.kind,
                source_id,
                field=field,
                place=place,
                detail=reason,
            )
        )

    def further(self, row: Row, source_id: str, field: str, value: Value, make: Make) -> Any:
        """Return a value that is kept with an item, UNKNOWN when it cannot be read."""
        try:
            return make(row, self.names)
        except Unreadable as error:
            self.unreadable(source_id, field, value.place, str(error))
            return UNKNOWN

    def place(self, field: str) -> Location:
        """Return the line of the spec that makes a field."""
        value: Value | None = self.entity.fields.get(field)
        return value.place if value else self.entity.place

    def value(self, field: str, *, otherwise: Any = None) -> Callable[[Row, str], Any]:
        """Return what makes a field; one that cannot be read is reported, and `otherwise`."""
        make, names = self.makes.get(field), self.names
        if make is None:
            return nothing

        def value(row: Row, source_id: str) -> Any:
            try:
                return make(row, names)
            except Unreadable as error:
                self.unreadable(source_id, field, self.place(field), str(error))
                return otherwise

        return value

    def plain(self, field: str) -> Make | None:
        """Return what makes a field that is a bare path, which cannot fail; None for any other."""
        value = self.entity.fields.get(field)
        return (
            self.makes[field]
            if value is not None
            and isinstance(value, PathValue)
            and value.format is None
            and value.when is None
            else None
        )

    def text(self, field: str) -> Callable[[Row, str], Field]:
        """Return what makes a text; blanks are empty, numbers are written out."""
        names = self.names
        value, plain = self.value(field), self.plain(field)

        def text(row: Row, source_id: str) -> Field:
            found = plain(row, names) if plain is not None else value(row, source_id)
            if isinstance(found, str):
                if REPLACEMENT in found:
                    self.unreadable(source_id, field, self.place(field), LOST)
                    return UNKNOWN
                return str(found) if found and not found.isspace() else None
            if found is None or found is UNKNOWN:
                return found
            try:
                return as_id(found)
            except Unreadable as error:
                self.unreadable(source_id, field, self.place(field), str(error))
                return UNKNOWN

        return nothing if value is nothing else text

    def references(self, field: str) -> Callable[[Row, str], References]:
        """Return what makes references: distinct ids, UNKNOWN when one could not be read.

        In a list of students or professors that a row holds, something empty stands for somebody.
        """
        value, plain, names = self.value(field, otherwise=UNKNOWN), self.plain(field), self.names
        needs_all = field in ("students", "professors") and plain is not None
        known = self.ids

        def references(row: Row, source_id: str) -> References:
            refs = read(row, source_id)
            if known.broken and refs is not UNKNOWN:
                for ref in refs:
                    if ref in known.broken:
                        self.unreadable(source_id, field, self.place(field), known.broken[ref])
                        return UNKNOWN
            return refs

        def read(row: Row, source_id: str) -> References:
            found = plain(row, names) if plain is not None else value(row, source_id)
            if (
                type(found) is list
                and frozenset(map(type, found)) in _KINDS_OF_IDS
                and "" not in found
            ):
                return tuple(dict.fromkeys(map(known.__getitem__, found)))  # by far the most
            try:
                ids = ids_of(found)
            except Unreadable as error:
                self.unreadable(source_id, field, self.place(field), str(error))
                return UNKNOWN
            if found is UNKNOWN or (
                isinstance(found, list) and len(ids) != len(found) and UNKNOWN in found
            ):
                return UNKNOWN
            if needs_all and isinstance(found, list) and has_empty(found):
                self.unreadable(source_id, field, self.place(field), EMPTY)
                return UNKNOWN
            return tuple(dict.fromkeys(known[found] for found in ids))

        return references

    def instant(self, field: str) -> Callable[[Row, str], datetime | Unknown | None]:
        """Return what makes an instant, UNKNOWN when it cannot be read."""
        value = self.value(field, otherwise=UNKNOWN)

        def instant(row: Row, source_id: str) -> datetime | Unknown | None:
            found = value(row, source_id)
            return found if isinstance(found, datetime) or found is UNKNOWN else None

        return instant

    def person(self) -> tuple[Callable[[Row, str], Field], ...]:
        """Return what makes the fields that all people have."""
        return tuple(self.text(field) for field in ("last_name", "first_name", "email", "phone"))


def has_empty(refs: list[Any]) -> bool:
    """Whether something in a list stands for nobody; an empty list within it is one of nobody."""
    return any(
        has_empty(ref)
        if isinstance(ref, list)
        else ref is None or ref == {} or (isinstance(ref, str) and not ref.strip())
        for ref in refs
    )


def nothing(_row: Row, _source_id: str) -> None:
    """Make a field that the spec does not map."""
    return
