"""Where specs use each key of the language: the schema and a document, walked side by side.

A part of the language is named as its place in the schema: `resources.*.paging` for what stands
there, `$value` for what stands in many places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.spec.whole_schema import spec_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from edusync.diagnostics import Route

    Part = tuple[str, ...]


def parts(schema: Mapping[str, Any] | None = None) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield every key of the language: its part, its name, what is said of it."""
    whole = schema or spec_schema()
    yield from _parts(whole, ())
    for name, inner in whole["$defs"].items():
        yield from _parts(inner, (f"${name}",))


def _parts(node: Any, part: Part) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    if not isinstance(node, dict):
        return
    for key, inner in node.get("properties", {}).items():
        if isinstance(inner, dict):
            yield ".".join(part), key, inner
            yield from _parts(inner, (*part, key))
    for word in ("additionalProperties", "items"):
        yield from _parts(node.get(word), (*part, "*"))
    for name, then in _branches(node):
        yield from _parts(then, (*part, name))


def _branches(node: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for branch in node.get("allOf", ()):
        if "if" in branch:
            condition = branch["if"]["properties"]
            yield str(next(iter(condition.values()))["const"]), branch["then"]


def below(node: Any) -> Mapping[str, Any]:
    """Return what holds the keys below a key: its own schema, or that of each item or value.

    Nothing for a key that is only named.
    """
    if not isinstance(node, dict):
        return {}
    for word in ("additionalProperties", "items"):
        inner = node.get(word)
        if isinstance(inner, dict) and "properties" in inner:
            return inner
    return node


def of_what(node: Mapping[str, Any]) -> str:
    """Return the part of the language that each item or value behind a key is, such as `step`."""
    for word in ("additionalProperties", "items"):
        inner = node.get(word)
        if isinstance(inner, dict) and "$ref" in inner:
            return str(inner["$ref"].rpartition("/")[2])
    return ""


def uses(data: Any) -> Iterator[tuple[tuple[str, str], Route]]:
    """Yield every key that a spec uses, as its part and its name, and where it stands."""
    whole = spec_schema()
    yield from _uses(whole, whole, data, (), ())


def described_at(
    whole: Mapping[str, Any], data: Any, route: Route
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what a schema says of the place at a route of some data: the part, and the schema."""
    yield from _described(whole, whole, data, (), route)


def _described(
    whole: Mapping[str, Any], node: Any, data: Any, part: Part, route: Route
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if not isinstance(node, dict):
        return
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        yield from _described(whole, whole["$defs"][name], data, (f"${name}",), route)
        return
    for name, then in _branches(node):
        if isinstance(data, dict) and _holds(node, data, name):
            yield from _described(whole, then, data, (*part, name), route)
    if not route:
        yield ".".join(part), node
        return
    step, rest = route[0], route[1:]
    try:
        inner = data[step]
    except (KeyError, IndexError, TypeError):
        inner = None
    if isinstance(step, int):
        yield from _described(whole, node.get("items"), inner, (*part, "*"), rest)
    elif isinstance(node.get("properties", {}).get(step), dict):
        yield from _described(whole, node["properties"][step], inner, (*part, step), rest)
    elif step not in node.get("properties", {}):
        others = node.get("additionalProperties")
        yield from _described(whole, others, inner, (*part, "*"), rest)


def _uses(
    whole: Mapping[str, Any], node: Any, data: Any, part: Part, route: Route
) -> Iterator[tuple[tuple[str, str], Route]]:
    if not isinstance(node, dict):
        return
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        yield from _uses(whole, whole["$defs"][name], data, (f"${name}",), route)
        return
    for name, then in _branches(node):
        if isinstance(data, dict) and _holds(node, data, name):
            yield from _uses(whole, then, data, (*part, name), route)
    if isinstance(data, dict):
        known = node.get("properties", {})
        for key, inner in data.items():
            if isinstance(known.get(key), dict):
                yield (".".join(part), key), (*route, key)
                yield from _uses(whole, known[key], inner, (*part, key), (*route, key))
            elif key not in known:
                others = node.get("additionalProperties")
                yield from _uses(whole, others, inner, (*part, "*"), (*route, key))
    elif isinstance(data, list):
        for index, inner in enumerate(data):
            yield from _uses(whole, node.get("items"), inner, (*part, "*"), (*route, index))


def _holds(node: Mapping[str, Any], data: Mapping[str, Any], name: str) -> bool:
    """Whether the branch of a kind is that of some data."""
    for branch in node.get("allOf", ()):
        if "if" not in branch:
            continue
        word, wanted = next(iter(branch["if"]["properties"].items()))
        if str(wanted["const"]) == name:
            default = node.get("properties", {}).get(word, {})
            chosen = data.get(word, default.get("default") if isinstance(default, dict) else None)
            return str(chosen) == name
    return False


_ALIKE = (
    ("resources.*", "transport.calls.*", "$step", "$up_step"),
    ("connection.*", "options.*", "filters.*"),
    ("transport", "writeback.transport"),
)
"""Parts whose keys of one name mean the same."""
_KINDS = ("entities.", "$format.", "$paging.", "rules.")
"""Families of parts that share keys."""


def alike(part: str, known: Iterable[str]) -> list[str]:
    """Return the parts in which a key of this part means the same, the part itself first."""
    found = [part]
    for family in _ALIKE:
        own = next((one for one in family if part == one or part.startswith(f"{one}.")), None)
        if own is not None:
            found += [other + part.removeprefix(own) for other in family if other != own]
    for head in _KINDS:
        if part.startswith(head):
            found += [one for one in known if one.startswith(head) and one != part]
    return list(dict.fromkeys(found))


_TYPES = {
    "string": "text",
    "object": "mapping",
    "array": "list",
    "boolean": "true or false",
    "integer": "number",
    "null": "nothing",
}


def type_in_words(node: Mapping[str, Any]) -> str:
    """Return what the types of a schema are called for people: `text or list`."""
    kinds = node.get("type", "anything")
    listed = [kinds] if isinstance(kinds, str) else kinds
    return " or ".join(_TYPES.get(kind, kind) for kind in listed)
