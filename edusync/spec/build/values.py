"""Build values: one thing taken or made from a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.build.known import known_list
from edusync.spec.build.reader import read_node
from edusync.spec.fields import keys_of
from edusync.spec.scopes import ROW
from edusync.spec.tree.value import SOURCES, Composite, Constant, LookUp, PathValue, Value

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder

_WORDS = [source.word for source in SOURCES]


def build_value(builder: Builder, route: Route, scope: frozenset[str] = ROW) -> Value:
    """Build the value at a route; `scope` are the names that its texts may begin with."""
    data = builder.get(route)
    place = builder.at(route)
    if isinstance(data, str):
        return PathValue(builder.path(route), place=place)
    if isinstance(data, list):
        parts = tuple(build_value(builder, (*route, index), scope) for index in range(len(data)))
        return Composite(parts, place=place)
    sources = [source for source in SOURCES if source.word in data]
    if len(sources) != 1:
        message = (
            "a value has no source word"
            if not sources
            else f"a value has one source word, not '{sources[0].word}' and '{sources[1].word}'"
        )
        builder.document.report(
            "SPEC_MISSING_KEY" if not sources else "SPEC_WRONG_VALUE",
            route,
            message,
            f"one of {', '.join(_WORDS)}",
            key=True,
        )
        return Constant(None, place=place)
    kind = sources[0]
    _report_stray(builder, route, kind)
    if not _is_whole(builder, route, kind):
        read_node(builder, Value, route, scope)  # what all values may say has mistakes of its own
        return Constant(None, place=place)
    return read_node(builder, kind, route, scope)


def _report_stray(builder: Builder, route: Route, kind: type[Value]) -> None:
    """Report keys that belong to another source word."""
    own = {key.name for key in keys_of(kind)}
    for name in builder.get(route):
        owner = next(
            (one.word for one in SOURCES if name in {key.name for key in keys_of(one)}), None
        )
        if name not in own and owner is not None:
            builder.document.report(
                "SPEC_UNKNOWN_KEY",
                (*route, name),
                f"'{name}' means nothing beside '{kind.word}'",
                f"it belongs to '{owner}'",
                key=True,
            )


def _is_whole(builder: Builder, route: Route, kind: type[Value]) -> bool:
    """Whether all that a source word needs is there, in another list too; report what is not."""
    data = builder.get(route)
    if issubclass(kind, LookUp) and not known_list(builder, (*route, kind.word), data[kind.word]):
        return False
    for key in keys_of(kind):
        if key.is_needed and key.name not in data:
            meaning = f"{key.meaning[0].lower()}{key.meaning[1:].rstrip('.')}"
            builder.document.report(
                "SPEC_MISSING_KEY",
                route,
                f"'{kind.word}' needs '{key.name}'",
                f"add '{key.name}: …', {meaning}",
                key=True,
            )
            return False
    if issubclass(kind, LookUp) and "on" not in data:
        name = str(data[kind.word])
        if "key" not in (builder.get(("resources", name)) or {}):
            builder.document.report(
                "SPEC_KEY_NEEDED",
                (*route, kind.word),
                f"the list '{name}' has no key to be looked up by",
                "add 'key:' there, or 'on:' here",
            )
    return True
