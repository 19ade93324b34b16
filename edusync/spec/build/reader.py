"""Read a document by what the classes of the tree declare.

The schema has seen the document before, so that every key is known and has the type that it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin

from edusync.spec.build.known import known_code, known_function, known_list
from edusync.spec.fields import keys_of, names_of
from edusync.spec.formats import Format
from edusync.spec.node import Node
from edusync.spec.payload import Payload
from edusync.spec.texts import CodeName, Expression, FunctionName, ListName, Path, Template
from edusync.spec.tree import Label, Value

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.kinds import Kinds

    Kind = TypeVar("Kind", bound=Node)

NOWHERE: frozenset[str] = frozenset()
_KNOWN: Mapping[Any, Callable[[Builder, Route, str], object]] = {
    ListName: known_list,
    FunctionName: known_function,
    CodeName: known_code,
}
"""What has to be declared somewhere under the name that is written."""


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
    **given: Any,
) -> Kind:
    """Read the mapping at a route, but for what is `given`.

    `scope` are the names that its texts may begin with.
    """
    data = builder.get(route)
    where = {"place": builder.at(route)} if "place" in names_of(kind) else {}
    said = {
        key.field: _read(builder, key.hint, (*route, key.name), key.scope or scope)
        for key in keys_of(kind)
        if key.name in data and key.field not in given
    }
    return kind(**where, **said, **given)


def _read(builder: Builder, hint: Any, route: Route, scope: frozenset[str]) -> Any:
    data, origin, args = builder.get(route), get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        nodes = [one for one in args if isinstance(one, type) and issubclass(one, Node)]
        if all(issubclass(one, Payload) for one in nodes):
            return builder.payload(route, scope)
        return read_node(builder, nodes[0], route, scope) if isinstance(data, dict) else data
    if origin is tuple:
        return tuple(_read(builder, args[0], (*route, index), scope) for index in range(len(data)))
    if origin is Mapping:
        return {str(name): _read(builder, args[1], (*route, name), scope) for name in data}
    if hint in _KNOWN:
        _KNOWN[hint](builder, route, data)
    if isinstance(hint, type) and issubclass(hint, Node):
        return _read_part(builder, hint, route, scope)
    return data


def _read_part(builder: Builder, kind: type[Node], route: Route, scope: frozenset[str]) -> Any:
    from edusync.spec.build.values import build_value

    if issubclass(kind, Value):
        return build_value(builder, route)
    if issubclass(kind, Label):
        return builder.label(route)
    if issubclass(kind, Format):
        return builder.format(route)
    if issubclass(kind, Payload):
        return builder.payload(route, scope)
    if issubclass(kind, Path):
        return builder.path(route)
    if issubclass(kind, Template):
        return builder.template(route, scope)
    if issubclass(kind, Expression):
        return builder.optional_expression(route, scope)
    return read_node(builder, kind, route, scope)
