"""Texts of a spec: paths, expressions and templates, with where they stand and what they may name.

They stay texts. `run` and `read` follow what the language compiles them to, outside of the tree; a
text that cannot be compiled, which is found when a spec is loaded, gives nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NewType, Self
from zoneinfo import ZoneInfo

from edusync.diagnostics import Location
from edusync.spec.language.code import BadExpression, Code
from edusync.spec.language.expressions import (
    compile_body,
    compile_expression,
    compile_template,
    compile_url_path,
    compile_xml,
)
from edusync.spec.language.filters import BUILT_IN, days_since
from edusync.spec.language.paths import BadPath, PathReader, compile_path
from edusync.spec.node import Node
from edusync.spec.watch import WATCH, show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.spec.formats import Format
    from edusync.spec.language.source import Source

    Grammar = Callable[[str, Mapping[str, Callable[..., Any]]], Code]


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """What the texts of one spec share: its formats, which are filters, and its zone."""

    formats: Mapping[str, Format] = field(default_factory=dict)
    zone: str = "Europe/Paris"


PLAIN = Language()
"""That of a text which stands in no spec."""


@dataclass(frozen=True, slots=True)
class Path(Node):
    """A path into a row or an answer."""

    source: str
    place: Location | None = field(default=None, compare=False, repr=False)

    @property
    def read(self) -> Callable[[Any], Any]:
        """What follows the path; it gives None for what is not there."""
        return _reader(self.source).read

    def write(self, source: Source, row: str) -> str:
        """Write the lines that follow the path from a row; return the name of what it gives."""
        return _reader(self.source).write(source, row)

    @property
    def steps(self) -> tuple[str, ...]:
        """Its names, when it is plain names joined by dots."""
        return _reader(self.source).steps

    @property
    def begins(self) -> tuple[tuple[str, ...], ...]:
        """The plain names that each of its alternatives begins with."""
        reader = _reader(self.source)
        return (reader.steps,) if reader.steps else reader.begins

    @property
    def first(self) -> str | None:
        """The first name of the path, None for `@` and for what begins otherwise."""
        return _reader(self.source).first

    def is_present(self, row: object) -> bool:
        """Whether the row has this path at all, be it null."""
        return _reader(self.source).is_present(row)

    def is_borne(self, answer: object) -> bool:
        """Whether an answer says anything here: a value, null, or a list that is filtered."""
        return self.is_present(answer) or self.may_be_empty(answer)

    def may_be_empty(self, row: object) -> bool:
        """Whether a row in which this path gives nothing has its place."""
        return _reader(self.source).may_be_empty(row)


@dataclass(frozen=True, slots=True)
class AnswerPath(Path):
    """A path into an answer, or `header.<name>`: a header, whatever letters its name has."""


ListName = NewType("ListName", str)
"""The name of a list of the spec."""
FunctionName = NewType("FunctionName", str)
"""The name of a function that a plugin registers."""
CodeName = NewType("CodeName", str)
"""The name of a reason code."""
FilterName = NewType("FilterName", str)
"""The name of a filter of the spec."""
Seconds = NewType("Seconds", float)
"""A length of time, which is written as in 70s or 5min."""
Bytes = NewType("Bytes", int)
"""A size, which is written as in 64MB."""

WHOLE = Path("@")
"""The row, or the answer, itself."""


@dataclass(frozen=True, slots=True)
class Expression(Node):
    """An expression, such as `row.status != 'open'`, or a template."""

    source: str
    language: Language = field(default=PLAIN, compare=False, repr=False)
    scope: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    """The names that it may begin with."""
    place: Location | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of_fact(cls, fact: bool, place: Location | None = None) -> Self:  # noqa: FBT001 - it is what is said
        """Return what `true` or `false` says in place of an expression."""
        return cls(str(fact).lower(), place=place)

    def compiled(self) -> Code:
        """Return what the language compiles it to; BadExpression when it cannot."""
        code = _code(_kind(self), self.source, self.language)
        if code.mistake is not None:
            raise code.mistake
        return code

    def run(self, row: object, names: Mapping[str, Any]) -> Any:
        """Evaluate over a row and the names in scope.

        It gives a value or UNKNOWN; Unreadable is all that is ever raised.
        """
        kind: Any = type(self)
        value = _code(kind, self.source, self.language).run(row, names)
        if WATCH in names:
            show(names, self, value)
        return value

    def write(self, source: Source, row: str, names: str) -> str:
        """Write the lines that do what `run` does where nobody watches; return the value's name."""
        kind: Any = type(self)
        return _code(kind, self.source, self.language).write(source, row, names)

    @property
    def names(self) -> frozenset[tuple[str, ...]]:
        """The names that it reads, part by part."""
        return _code(_kind(self), self.source, self.language).names

    @property
    def roots(self) -> frozenset[str]:
        """The first parts of the names that it reads."""
        return frozenset(name[0] for name in self.names)

    @property
    def filters(self) -> frozenset[str]:
        """The filters that it uses."""
        return _code(_kind(self), self.source, self.language).filters

    @property
    def constant(self) -> bool:
        """Whether it is the same whatever the names hold: a text without holes, true or false."""
        return _code(_kind(self), self.source, self.language).constant


@dataclass(frozen=True, slots=True)
class Template(Expression):
    """Text with holes; one that is exactly `{{ … }}` keeps the type of what is inside."""


@dataclass(frozen=True, slots=True)
class UrlPath(Template):
    """The path of a URL: what fills a hole is percent-encoded, and never empty."""


@dataclass(frozen=True, slots=True)
class BodyText(Template):
    """A text that is sent, made of many pieces."""


@dataclass(frozen=True, slots=True)
class XmlText(Template):
    """A document of XML: what fills a hole is escaped, but for a document that is finished."""


def _kind(text: Expression) -> Any:
    return type(text)


_MOST = 8192
"""So many texts are kept compiled; one of another spec may be compiled anew."""
_NOTHING = Code(lambda _source, _row, _names: "None", lambda _row, _names: None, constant=True)
_NOWHERE = PathReader("", lambda _row: None, ())


_GRAMMARS: Mapping[Any, Grammar] = {
    Expression: compile_expression,
    Template: compile_template,
    UrlPath: compile_url_path,
    BodyText: compile_body,
    XmlText: compile_xml,
}


@lru_cache(maxsize=_MOST)
def _code(kind: Any, source: str, language: Language) -> Code:
    try:
        return _GRAMMARS[kind](source, filters_of(language))
    except BadExpression as error:
        return replace(_NOTHING, mistake=error.with_traceback(None))


@lru_cache(maxsize=64)
def filters_of(language: Language) -> Mapping[str, Callable[..., Any]]:
    """Return the filters that texts of a spec may use."""
    formats = {name: format_.write for name, format_ in language.formats.items()}
    return {**formats, **BUILT_IN, "days_since": days_since(ZoneInfo(language.zone))}


@lru_cache(maxsize=_MOST)
def _reader(source: str) -> PathReader:
    try:
        return compile_path(source)
    except BadPath:
        return _NOWHERE
