"""Compile the values of a spec into functions of a row, once per reading."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from edusync.model import UNKNOWN
from edusync.model.composite import composite
from edusync.model.ids import ON_EDUSIGN, ids_of
from edusync.spec.compile.lookups import look_up, look_up_all
from edusync.spec.compile.moments import later, moment
from edusync.spec.evaluate import called, is_unknown
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

    from edusync.spec.compile.make import Make, Tables
    from edusync.spec.tree import Path, Template, Value
    from edusync.spec.watch import Watch


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
                return moment(value, self.compile, self.zone)
            case Later():
                return later(value, self.compile)
            case FunctionValue():
                return self._function(value)
            case LookUpAll():
                return look_up_all(value, self.compile, self.tables)
            case LookUp():
                return look_up(value, self.compile, self.tables)
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


def _part_text(value: object) -> str | None:
    if isinstance(value, date | time):
        return value.isoformat()
    found = ids_of(value)
    return found[0] if found else None
