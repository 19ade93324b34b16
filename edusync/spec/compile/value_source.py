"""Values of a spec written as Python: a path is a look-up, a template a text, a choice an `if`."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.model.composite import composite
from edusync.model.ids import ON_EDUSIGN, ids_of
from edusync.spec.compile.lookups import look_up, look_up_all
from edusync.spec.compile.moments import Moments, later, moment_in
from edusync.spec.evaluate import called, is_unknown
from edusync.spec.language.distinct import distinct
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

    from edusync.spec.compile.values import ValueCompiler
    from edusync.spec.language.source import Source
    from edusync.spec.tree import Expression, Node, Value

NO_VALUE: tuple[Any, ...] = (None, "", [], ())


class ValueSource:
    """Write values into a source.

    Each method writes the lines that make something and returns the name that it has then. What
    cannot be read raises Unreadable there. `row` and `names` are what the row and the names in
    scope are called.
    """

    def __init__(
        self, compiler: ValueCompiler, source: Source, row: str = "row", names: str = "names"
    ) -> None:
        self.compiler, self.source, self.row, self.names = compiler, source, row, names
        self.unknown = source.bind(UNKNOWN, "UNKNOWN")
        source.mappings = frozenset({"row"})

    def value(self, value: Value) -> str:
        """Write a value with its format and condition."""
        source = self.source
        if source.is_deep:
            return self._apart(value)
        result = self._conditional(value)
        if self.compiler.saw is not None:
            self.saw(value, result)
        return result

    def saw(self, part: Node, result: str) -> None:
        """Tell whoever watches the run what came of a part."""
        saw = self.source.bind(self.compiler.saw, "saw")
        self.source.line(f"{saw}({self.source.bind(part, 'part')}, {result})")

    def text(self, text: Expression) -> str:
        """Write an expression or a template."""
        if self.source.is_deep:
            run = self.source.bind(text.run, "text")
            return self.source.keep(f"{run}({self.row}, {self.names})")
        result = text.write(self.source, self.row, self.names)
        if self.compiler.saw is not None:
            self.saw(text, result)
        return result

    def _apart(self, value: Value) -> str:
        """Write a value as a function of its own."""
        name = self.function("value", value)
        return self.source.keep(f"{name}({self.row}, {self.names})")

    def function(self, word: str, value: Value) -> str:
        """Write a function `(row, names) -> value`; return its name."""
        name, outer = self.source.fresh(word), (self.row, self.names)
        self.row, self.names = "row", "names"
        with self.source.function(name, "row", "names"):
            self.source.line(f"return {self.value(value)}")
        self.row, self.names = outer
        return name

    def _conditional(self, value: Value) -> str:
        """Write what makes a value, as its format reads it and when its condition holds."""
        if value.when is None:
            return self._formatted(value)
        source, condition = self.source, self.text(value.when)
        result = source.fresh("found")
        with source.block(f"if {condition} is {self.unknown}:"):
            source.line(f"{result} = {self.unknown}")
        with source.block(f"elif {condition}:"):
            source.line(f"{result} = {self._formatted(value)}")
        with source.block("else:"):
            source.line(f"{result} = None")
        return result

    def _formatted(self, value: Value) -> str:
        unformatted = self._unformatted(value)
        return unformatted if value.format is None else self.read(unformatted, value.format.read)

    def read(self, value: str, reader: Any) -> str:
        """Write what a format reads of something: texts stand in its table."""
        table = self.source.bind(reader.table, "table")
        read = self.source.bind(reader, "read")
        return self.source.keep(
            f"{table}[{value}] if type({value}) is str else {read}({value})", "read"
        )

    def _unformatted(self, value: Value) -> str:  # noqa: PLR0911 - a line for each kind
        """Write what makes a value, before its format reads it."""
        source = self.source
        match value:
            case PathValue(path):
                return path.write(source, self.row)
            case TemplateValue(template):
                return self.text(template)
            case EdusignId(template):
                edusign_id = source.keep(self.text(template))
                return source.keep(
                    f"{edusign_id} if {edusign_id} is {self.unknown} or not {edusign_id} "
                    f"else f'{ON_EDUSIGN}{{{edusign_id}}}'"
                )
            case Constant(constant):
                return source.constant(constant)
            case Composite(parts):
                return self._call(joined, f"[{', '.join([self.value(part) for part in parts])}]")
            case FirstOf(parts):
                return self._first_of(parts)
            case AllOf(parts):
                return self._all_of(parts)
            case Moment():
                return self._moment(value)
            case Later():
                return self._call(later, self.value(value.start), self.value(value.plus))
            case FunctionValue():
                return self._function(value)
            case LookUp():
                return self._look_up(value)
        raise TypeError(f"nothing makes a {type(value).__name__}")

    def _call(self, function: Callable[..., Any], *arguments: str) -> str:
        name = self.source.bind(function, function.__name__)
        return self.source.keep(f"{name}({', '.join(arguments)})")

    def _first_of(self, parts: tuple[Value, ...]) -> str:
        source, result = self.source, self.source.fresh("first")
        empty = source.bind(NO_VALUE, "NO_VALUE")
        with source.block("while True:"):
            for part in parts:
                source.line(f"{result} = {self.value(part)}")
                with source.block(f"if {result} or {result} not in {empty}:"):
                    source.line("break")
            source.line(f"{result} = None")
            source.line("break")
        return result

    def _all_of(self, parts: tuple[Value, ...]) -> str:
        source, result = self.source, self.source.keep("[]", "all")
        gather = source.bind(gathered, "gathered")
        with source.block("while True:"):
            for part in parts:
                with source.block(f"if not {gather}({result}, {self.value(part)}):"):
                    source.line(f"{result} = {self.unknown}")
                    source.line("break")
            source.line("break")
        return result

    def _moment(self, value: Moment) -> str:
        day, clock = self.value(value.day), self.value(value.time)
        if value.zone is None:
            return self._remembered(day, clock)
        zone = self.function("zone", value.zone)
        return self._call(moment_in, day, clock, zone, self.row, self.names)

    def _remembered(self, day: str, clock: str) -> str:
        """Write a moment of a day and a time of day, which come over and over."""
        source, make = self.source, Moments(self.compiler.zone)
        plain = f"type({day}) is {source.bind(date, 'date')} and type({clock}) is "
        known = f"{source.bind(make.memory, 'memory')}.get(({day}, {clock}))"
        moment = source.keep(f"{known} if {plain}{source.bind(time, 'time')} else None", "moment")
        with source.block(f"if {moment} is None:"):
            source.line(f"{moment} = {source.bind(make, 'make_moment')}({day}, {clock})")
        return moment

    def _function(self, value: FunctionValue) -> str:
        arguments = [f"{name!r}: {self.value(part)}" for name, part in value.arguments.items()]
        word, function = value.function, self.compiler.functions[value.function]

        def call(values: Mapping[str, Any]) -> Any:
            return UNKNOWN if is_unknown(values) else called(word, function, values)

        bound = self.source.bind(call, f"function_{word}")
        return self.source.keep(f"{bound}({{{', '.join(arguments)}}})")

    def _look_up(self, value: LookUp) -> str:
        compiler = self.compiler
        find = (
            look_up_all(value, compiler.compile, compiler.tables)
            if isinstance(value, LookUpAll)
            else look_up(value, compiler.compile, compiler.tables)
        )
        bound = self.source.bind(find, f"{value.word}_{value.list}")
        return self.source.keep(f"{bound}({self.value(value.by)}, {self.row}, {self.names})")


def gathered(items: list[Any], some: Any) -> bool:
    """Add what is new and not empty to a list; false when it is unknown."""
    if some is UNKNOWN:
        return False
    more = some if isinstance(some, list | tuple) else [some]
    items[:] = distinct([*items, *(item for item in more if item not in (None, "", []))])
    return True


def joined(values: list[Any]) -> Any:
    """Return several values as one."""
    if any(item is UNKNOWN for item in values):
        return UNKNOWN
    texts = [_part_text(item) for item in values]
    return composite(texts) if all(texts) else None  # type: ignore[arg-type]  # all() rules None out


def _part_text(value: object) -> str | None:
    if isinstance(value, date | time):
        return value.isoformat()
    ids = ids_of(value)
    return ids[0] if ids else None
