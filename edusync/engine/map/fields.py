"""Make the fields of items from values: texts, references, moments."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from edusync.engine.map.spoilt import LOST, REPLACEMENT, shows_nothing, why_spoilt
from edusync.engine.outcome import Outcome
from edusync.model import UNKNOWN, as_id
from edusync.model.ids import ON_EDUSIGN, ids_of
from edusync.spec.evaluate import Unreadable
from edusync.spec.tree import PathValue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.diagnostics import Location
    from edusync.engine.outcome import Report
    from edusync.model import Unknown
    from edusync.model.people import Field, References
    from edusync.spec.tree import Entity, Value


EMPTY = "one of them is empty"
NO_MOMENT = "expected a moment; say `as`"


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


_NUMBERS, _TEXTS = frozenset({int}), frozenset({str})
"""Lists of numbers alone, or of texts alone, need no look at each item."""
_NO_LIST = frozenset[type]()
_KINDS = {"students": "student", "professors": "professor", "groups": "group"}
"""The kinds of those to whom a field refers."""


def nobody_else(_kind: str) -> Mapping[str, str]:
    """Return the ids of records that were merged where none were."""
    return {}


class FieldMaker:
    """Make the fields of the items of one entity out of what its values gave.

    What cannot be read is noted, and is UNKNOWN or nothing from there on.
    """

    def __init__(
        self,
        entity: Entity,
        ids: Ids,
        report: Report,
        alias: Callable[[str], Mapping[str, str]] = nobody_else,
    ) -> None:
        self.entity, self.ids, self.report, self.alias = entity, ids, report, alias

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

    def place(self, field: str) -> Location:
        """Return the line of the spec that makes a field."""
        value: Value | None = self.entity.fields.get(field)
        return value.place if value else self.entity.place

    def is_plain(self, field: str) -> bool:
        """Whether a field is a bare path, which cannot fail."""
        value = self.entity.fields.get(field)
        return isinstance(value, PathValue) and value.format is None and value.when is None

    def text(self, field: str) -> Callable[[Any, str], Field]:
        """Return what makes a text of a value; blanks are empty, numbers are written out."""
        rich = field == "description"

        def text(found: Any, source_id: str) -> Field:
            if isinstance(found, str):
                reason = why_spoilt(found, may_hold_a_page=rich)
                if reason is not None:
                    self.unreadable(source_id, field, self.place(field), reason)
                    return UNKNOWN
                return None if shows_nothing(found) else str(found)
            if found is None or found is UNKNOWN:
                return found
            try:
                return as_id(found)
            except Unreadable as error:
                self.unreadable(source_id, field, self.place(field), str(error))
                return UNKNOWN

        return text

    def references(self, field: str, known: Ids | None = None) -> Callable[[Any, str], References]:
        """Return what makes references of a value: distinct ids, UNKNOWN when one is unreadable.

        In a list of students or professors that a row holds, something empty stands for somebody.
        """
        needs_all = field in ("students", "professors") and self.is_plain(field)
        known = self.ids if known is None else known
        alias = self.alias(_KINDS[field]) if field in _KINDS else {}

        def references(found: Any, source_id: str) -> References:
            kinds = frozenset(map(type, found)) if type(found) is list else _NO_LIST
            if kinds == _NUMBERS or (kinds == _TEXTS and "" not in found):
                refs = tuple(dict.fromkeys(map(known.__getitem__, found)))  # by far the most
            else:
                read_refs = read(found, source_id)
                if read_refs is UNKNOWN:
                    return UNKNOWN
                refs = read_refs
            if known.broken:
                for ref in refs:
                    if ref in known.broken:
                        self.unreadable(source_id, field, self.place(field), known.broken[ref])
                        return UNKNOWN
            return tuple(dict.fromkeys(alias.get(ref, ref) for ref in refs)) if alias else refs

        def read(found: Any, source_id: str) -> References:
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

    def instant(self, field: str) -> Callable[[Any, str], datetime | Unknown | None]:
        """Return what makes an instant of a value; what is none is unknown, and noted."""

        def instant(found: Any, source_id: str) -> datetime | Unknown | None:
            if isinstance(found, datetime) or found is UNKNOWN:
                return found
            if found is None or (isinstance(found, str) and not found.strip()):
                return None
            self.unreadable(source_id, field, self.place(field), NO_MOMENT)
            return UNKNOWN

        return instant

    def words(self, field: str) -> Callable[[Any, str], References]:
        """Return what makes distinct words, which are no ids: the namespace is none of theirs."""
        return self.references(field, Ids(""))


def has_empty(refs: list[Any]) -> bool:
    """Whether something in a list stands for nobody; an empty list within it is one of nobody."""
    return any(
        has_empty(ref)
        if isinstance(ref, list)
        else ref is None or ref == {} or (isinstance(ref, str) and not ref.strip())
        for ref in refs
    )
