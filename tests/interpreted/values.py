"""Values of a spec, as closures."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.model.composite import composite
from edusync.model.ids import ON_EDUSIGN, ids_of
from edusync.spec.compile.lookups import look_up, look_up_all
from edusync.spec.compile.moments import Moments, later, moment_in
from edusync.spec.evaluate import called, is_unknown
from edusync.spec.texts import filters_of
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
    Template,
    TemplateValue,
)
from tests.interpreted import paths, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.engine.read.lists import Lists
    from edusync.spec.compile.make import Make
    from edusync.spec.tree import Expression, Path, Value


class Values:
    """Turn values into functions `(row, names) -> value`.

    A value that cannot be read raises Unreadable.
    """

    def __init__(self, lists: Lists) -> None:
        self.lists, self.zone, self.functions = lists, lists.zone, lists.functions

    def compile(self, value: Value) -> Make:
        """Return what makes a value with its format and condition."""
        return self._conditional(value)

    def _conditional(self, value: Value) -> Make:
        """Return what makes a value, as its format reads it and when its condition holds."""
        make = self._made(value)
        read = value.format.read if value.format else None
        when = text(value.when) if value.when is not None else None
        if read is None and when is None:
            return make
        if when is None:
            assert read is not None
            return lambda row, names: read(make(row, names))

        def guarded(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
            held = when(row, names)
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
                return text(template)
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
                start, plus = self.compile(value.start), self.compile(value.plus)
                return lambda row, names: later(start(row, names), plus(row, names))
            case FunctionValue():
                return self._function(value)
            case LookUpAll():
                return self._looked_up(value, look_up_all(value, self.compile, self.lists))
            case LookUp():
                return self._looked_up(value, look_up(value, self.compile, self.lists))
        raise TypeError(f"nothing makes a {type(value).__name__}")

    def _looked_up(self, value: LookUp, find: Any) -> Make:
        by = self.compile(value.by)
        return lambda row, names: find(by(row, names), row, names)

    def _moment(self, value: Moment) -> Make:
        day, clock = self.compile(value.day), self.compile(value.time)
        if value.zone is None:
            return lambda row, names: Moments(self.zone)(day(row, names), clock(row, names))
        zone = self.compile(value.zone)
        return lambda row, names: moment_in(day(row, names), clock(row, names), zone, row, names)

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


def _read(path: Path) -> Make:
    read = paths.interpreted(path.source)
    return lambda row, _names: read(row)


def text(one: Expression) -> Make:
    """Return what runs an expression or a template of a spec."""
    kind = "template" if isinstance(one, Template) else "expression"
    return texts.interpreted(kind, one.source, filters_of(one.language))


def _reference(template: Template) -> Make:
    run = text(template)

    def reference(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
        found = run(row, names)
        return found if found is UNKNOWN or not found else f"{ON_EDUSIGN}{found}"

    return reference


def _part_text(value: object) -> str | None:
    if isinstance(value, date | time):
        return value.isoformat()
    found = ids_of(value)
    return found[0] if found else None
