"""Read a document by what the classes of the tree declare.

The schema has seen the document before, so that every key is known and has the type that it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin

from edusync.spec.build.answers import answer_kind
from edusync.spec.build.known import known_code, known_filter, known_function, known_list
from edusync.spec.build.units import in_bytes, seconds
from edusync.spec.fields import keys_of, names_of
from edusync.spec.formats import Format
from edusync.spec.node import Node
from edusync.spec.payload import Document, Members, Payload, Pieces
from edusync.spec.scopes import OF_SHEET, ROW, RUN
from edusync.spec.texts import (
    AnswerPath,
    Bytes,
    CodeName,
    Expression,
    FilterName,
    FunctionName,
    ListName,
    Path,
    Seconds,
    Template,
)
from edusync.spec.tree import Call, Label, OwnCall, Value
from edusync.spec.verdicts import VERDICTS, Verdict
from edusync.transport.message import AnswerKind

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.kinds import Kinds

    Kind = TypeVar("Kind", bound=Node)

NOWHERE: frozenset[str] = frozenset()
_REPORTED: Mapping[Any, Callable[..., object]] = {
    ListName: known_list,
    FunctionName: known_function,
    CodeName: known_code,
}
"""What has to be declared somewhere under the name that is written."""
_LEFT_OUT: Mapping[Any, Callable[..., bool]] = {ListName: known_list, FilterName: known_filter}
"""Of several, one that is not declared is left out, so that what follows can rest on the others."""
_UNITS: Mapping[Any, Callable[[str], object]] = {Seconds: seconds, Bytes: in_bytes}


def read_kind(
    builder: Builder, kinds: Kinds[Kind], route: Route, scope: frozenset[str] = NOWHERE
) -> Kind:
    """Read the part at a route, of the kind that it says itself."""
    return read_node(builder, kinds[builder.get(route)[kinds.word]], route, scope)


def read_node(
    builder: Builder,
    kind: type[Kind],
    route: Route,
    scope: frozenset[str] = NOWHERE,
    scopes: Mapping[str, frozenset[str]] | None = None,
    /,
    **built: Any,
) -> Kind:
    """Read the mapping at a route, but for what is `built`.

    `scope` are the names that its texts may begin with, `scopes` those of single fields where these
    are others.
    """
    data, own = builder.get(route), scopes or {}
    where = {"place": builder.at(route)} if "place" in names_of(kind) else {}
    builder.naming += [
        (*route, key.name) for key in keys_of(kind) if key.names and key.name in data
    ]
    fields = {
        key.field: _read(
            builder, key.hint, (*route, key.name), own.get(key.field) or key.scope or scope
        )
        for key in keys_of(kind)
        if key.field and key.name in data and key.field not in built
    }
    return kind(**{**where, **fields, **built})


def _read(builder: Builder, hint: Any, route: Route, scope: frozenset[str]) -> Any:
    origin, args = _form_of(hint)
    if origin in {Union, UnionType}:
        return _read_one_of(builder, args, route, scope)
    if origin is tuple:
        return read_several(builder, args[0], route, scope)
    data = builder.get(route)
    if origin is Mapping:
        return {str(name): _read(builder, args[1], (*route, name), scope) for name in data}
    if hint in _REPORTED:
        _REPORTED[hint](builder, route, data)
    if hint in _UNITS:
        return _UNITS[hint](data)
    if hint is AnswerKind:
        return answer_kind(builder, route)
    if isinstance(hint, type) and issubclass(hint, Node):
        return read_part(builder, hint, route, scope)
    return data


@cache
def _form_of(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return what a type is made with, such as a tuple or a union, and of which types."""
    return get_origin(hint), get_args(hint)


def _read_one_of(
    builder: Builder, kinds: tuple[Any, ...], route: Route, scope: frozenset[str]
) -> Any:
    """Read what is one of several: something that is sent, a word, or a mapping."""
    data = builder.get(route)
    nodes = [one for one in kinds if isinstance(one, type) and issubclass(one, Node)]
    if all(issubclass(one, Payload) for one in nodes):
        return builder.payload(route, scope)
    if isinstance(data, dict):
        return read_part(builder, next(one for one in nodes if keys_of(one)), route, scope)
    return next((one() for one in nodes if getattr(one, "word", None) == data), data)


def read_several(builder: Builder, hint: Any, route: Route, scope: frozenset[str]) -> Any:
    """Read several things: a list, one alone, or a mapping of them by their names."""
    data = builder.get(route)
    if isinstance(data, dict) and _form_of(hint)[0] is tuple:
        inner = _form_of(hint)[1][1]
        return tuple((str(name), _read(builder, inner, (*route, name), scope)) for name in data)
    if isinstance(data, dict) and hasattr(hint, "named_by"):
        return tuple(_read_named(builder, hint, route, scope))
    alone = not isinstance(data, list)
    routes = [route] if alone else [(*route, index) for index in range(len(data))]
    if hint in _LEFT_OUT:
        return tuple(
            builder.get(one) for one in routes if _LEFT_OUT[hint](builder, one, builder.get(one))
        )
    return tuple(_read(builder, hint, one, scope) for one in routes)


def _read_named(builder: Builder, kind: Any, route: Route, scope: frozenset[str]) -> list[Any]:
    """Read parts that stand under names: the name is one field of each, what it holds another."""
    hints = {key.field: key.hint for key in keys_of(kind)}
    parts = []
    for name in builder.get(route):
        here, hint = (*route, name), hints[kind.named_by]
        if hint in _LEFT_OUT:
            if not _LEFT_OUT[hint](builder, here, name, key=True):
                continue
        elif hint in _REPORTED:
            _REPORTED[hint](builder, here, name, key=True)
        content = _read(builder, hints[kind.plain], here, scope)
        parts.append(kind(**{kind.named_by: name, kind.plain: content}, place=builder.at(here)))
    return parts


def read_part(builder: Builder, kind: Any, route: Route, scope: frozenset[str]) -> Any:
    """Read the part of a kind at a route, in whatever form the kind is written."""
    if issubclass(kind, Payload):
        return _read_payload(builder, kind, route, scope)
    if issubclass(kind, Path):
        return builder.answer_path(route) if kind is AnswerPath else builder.path(route)
    if issubclass(kind, Template):
        return builder.template(route, scope)
    if issubclass(kind, Expression):
        return builder.optional_expression(route, scope)
    if issubclass(kind, Label):
        return builder.label(route)
    if issubclass(kind, Format):
        return builder.format(route)
    if issubclass(kind, Verdict):
        return read_kind(builder, VERDICTS, route, RUN | {"answer"})
    if not isinstance(builder.get(route), dict) and hasattr(kind, "plain"):
        hint = next(key.hint for key in keys_of(kind) if key.field == kind.plain)
        return kind(**{kind.plain: _read(builder, hint, route, scope)})
    return _read_built(builder, kind, route, scope)


def _read_built(builder: Builder, kind: Any, route: Route, scope: frozenset[str]) -> Any:
    """Read a part whose class is chosen by what is written there."""
    from edusync.spec.build.calls import build_call, build_own_call
    from edusync.spec.build.values import build_value

    if issubclass(kind, Value):
        return build_value(builder, route, scope if scope == OF_SHEET else ROW)
    if issubclass(kind, Call):
        return build_call(builder, route, scope)
    if issubclass(kind, OwnCall):
        return build_own_call(builder, route, scope)
    return read_node(builder, kind, route, scope)


def _read_payload(builder: Builder, kind: Any, route: Route, scope: frozenset[str]) -> Payload:
    if issubclass(kind, Document):
        return builder.xml(route, scope)
    if issubclass(kind, Pieces):
        return builder.text(route, scope)
    if issubclass(kind, Members):
        return Members(builder.members(route, scope))
    return builder.payload(route, scope)
