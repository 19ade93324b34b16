"""A spec as far as it is understood: its tree, and every place at which it names something."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from edusync.spec.build import build_spec
from edusync.spec.document import read_document
from edusync.spec.schema_check import check_schema
from edusync.spec.tree import Template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from edusync.diagnostics import Route
    from edusync.lsp.source import Source, Spot
    from edusync.spec.build.builder import Builder
    from edusync.spec.document import Document
    from edusync.spec.tree import Spec

DECLARED: dict[str, Route] = {
    "list": ("resources",),
    "call": ("transport", "calls"),
    "format": ("formats",),
    "option": ("options",),
    "filter": ("filters",),
    "code": ("codes",),
    "answer": ("connection",),
}
"""What can be declared under a name, and where."""
_SECTIONS = {"options": "option", "filters": "filter", "connection": "answer", "the": "list"}
"""Names in scope below which something stands that is declared."""
_HOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")


@dataclass(frozen=True, slots=True)
class Named:
    """A name at its place: of what kind of thing, and whether it declares it."""

    kind: str
    name: str
    start: int
    end: int
    declares: bool = False


@dataclass
class Understood:
    """A spec that can be built, with the text that it is built of."""

    source: Source
    document: Document
    spec: Spec
    builder: Builder
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[Named, ...]:
        """Every name of a list, call, format, option, filter, code or answer, as they stand."""
        named = {*_declared(self), *_referred(self), *_in_texts(self), *_in_paths(self)}
        return tuple(sorted(named, key=lambda one: (one.start, one.end)))

    def name_at(self, offset: int) -> Named | None:
        """Return the name that an offset stands in, or right behind."""
        return next((one for one in self.names if one.start <= offset <= one.end), None)

    def scope_at(self, route: Route) -> frozenset[str] | None:
        """Return the names that the text at a route may begin with, None when there is no text."""
        return next((text.scope for at, text in self.builder.texts if at == route), None)


def understand(
    source: Source, file: str, functions: Mapping[str, Callable[..., Any]] | None = None
) -> Understood | None:
    """Return a spec as far as it can be built, None when its form does not allow it."""
    document = read_document(source.text, file)
    if not isinstance(document.data, dict):
        return None
    whole = check_schema(document, "spec")
    if whole is None:
        return None
    spec, builder = build_spec(whole, source.text, functions or {})
    return Understood(source, whole, spec, builder, functions or {})


def _declared(here: Understood) -> Iterator[Named]:
    for kind, route in DECLARED.items():
        for name in here.document.get(route) or {}:
            spot = here.source.of((*route, name), key=True)
            if spot is not None:
                yield _named(here.source, kind, str(name), spot, declares=True)


def _named(source: Source, kind: str, name: str, spot: Spot, *, declares: bool = False) -> Named:
    """Return a name that is a key or a value by itself, without its quotes."""
    at = source.text.find(name, spot.start, spot.end)
    start = spot.start if at < 0 else at
    return Named(kind, name, start, start + len(name), declares)


def _referred(here: Understood) -> Iterator[Named]:
    for kind, name, route, is_key in here.builder.references:
        spot = here.source.of(route, key=is_key)
        if spot is not None:
            yield _named(here.source, kind, name, spot)
        elif not is_key:  # one of several columns
            yield from _in_items(here, kind, name, route)


def _in_items(here: Understood, kind: str, name: str, route: Route) -> Iterator[Named]:
    for index, item in enumerate(here.builder.get(route) or ()):
        spot = here.source.of((*route, index), key=False)
        if spot is not None and str(item).partition(".")[0] == name:
            yield _named(here.source, kind, name, spot)


def _in_texts(here: Understood) -> Iterator[Named]:
    lists = here.spec.resources
    for route, text in here.builder.texts:
        spot = here.source.of(route, key=False)
        if spot is None:
            continue
        holes = isinstance(text, Template)
        for parts in text.names:
            for kind, word, pattern in _of_parts(parts, lists):
                yield from _occurrences(here.source, spot, kind, word, pattern, holes=holes)
        for name in text.filters & (here.builder.get(("formats",)) or {}).keys():
            pattern = rf"\|\s*({re.escape(name)})\b"
            yield from _occurrences(here.source, spot, "format", name, pattern, holes=holes)


def _of_parts(parts: tuple[str, ...], lists: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what a name of a text refers to: the kind, the name, and how it is written there."""
    head, rest = re.escape(parts[0]), parts[1:]
    if rest and parts[0] in _SECTIONS:
        yield _SECTIONS[parts[0]], rest[0], rf"(?<![\w.]){head}\s*\.\s*({re.escape(rest[0])})\b"
    elif parts[0] in lists:
        yield "list", parts[0], rf"(?<![\w.|'\"])({head})\b"
    elif rest and parts[0] in {"row", "mine", "theirs", "parent"} and rest[0] in lists:
        yield "list", rest[0], rf"(?<![\w.]){head}\s*\.\s*({re.escape(rest[0])})\b"


def _in_paths(here: Understood) -> Iterator[Named]:
    """Yield the lists that paths begin with: rows hold those of the lists that they came of."""
    above = {
        source
        for resource in here.spec.resources.values()
        for source in (*resource.sources, *(resource.for_each.lists if resource.for_each else ()))
    }
    for route, path in here.builder.paths:
        spot = here.source.of(route, key=False)
        if spot is not None and path.first in above:
            head = re.escape(str(path.first))
            yield from _occurrences(
                here.source, spot, "list", str(path.first), rf"(?<![\w.])({head})\."
            )


def _occurrences(
    source: Source, spot: Spot, kind: str, name: str, pattern: str, *, holes: bool = False
) -> Iterator[Named]:
    """Yield where a name stands in a text; only in its holes, where it has `holes`."""
    text = source.written(spot)
    inner = text[1:-1] if spot.is_quoted else text
    shift = spot.start + spot.is_quoted
    hidden = [match.span() for match in _QUOTED.finditer(inner)]
    shown = [match.span() for match in _HOLE.finditer(inner)] if holes else [(0, len(inner))]
    for match in re.finditer(pattern, inner):
        start, end = match.span(1)
        is_shown = any(low <= start < high for low, high in shown)
        if is_shown and not any(low < start < high for low, high in hidden):
            yield Named(kind, name, shift + start, shift + end)
