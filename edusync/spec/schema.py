"""The JSON Schema of what classes of the tree declare."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from edusync.spec.fields import Key, description_of, keys_of
from edusync.spec.formats import FORMATS, Format
from edusync.spec.node import Node
from edusync.spec.paging import PAGING
from edusync.spec.payload import Fixed, Text
from edusync.spec.texts import CodeName, Expression, FunctionName, ListName, Path, Template
from edusync.spec.tree.value import SOURCES, Value
from edusync.spec.verdicts import VERDICTS

if TYPE_CHECKING:
    from edusync.spec.kinds import Kinds

KINDS: tuple[Kinds[Any], ...] = (PAGING, FORMATS, VERDICTS)
"""The parts that come in kinds, of which all are declared."""

_TEXTS: tuple[tuple[type, dict[str, Any], str], ...] = (
    (Path, {"type": "string", "minLength": 1}, "A path into the row."),
    (Template, {"type": "string"}, "Text; {{ … }} holds what varies."),
    (Expression, {"type": "string", "minLength": 1}, "An expression, without braces."),
)
_NAMES = {ListName, FunctionName, CodeName, Format}
"""What is written as the name of something else."""
_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number"}


def kinds_schema(kinds: Kinds[Any]) -> dict[str, Any]:
    """Return the schema of a part that comes in kinds.

    Where all kinds have the same keys it is one mapping, else there is a branch for each.
    """
    kind_schema = {"description": kinds.meaning, "type": "string", "enum": list(kinds)}
    head = {"description": description_of(kinds.base), "type": "object"}
    common = keys_of(kinds.base)
    if common and all(keys_of(kind) == common for _, kind in kinds.pairs()):
        return {**head, **members(kinds.base, {kinds.word: kind_schema}, (kinds.word,))}
    return {
        **head,
        "required": [kinds.word],
        "properties": {kinds.word: kind_schema},
        "allOf": [
            {
                "if": {"properties": {kinds.word: {"const": name}}, "required": [kinds.word]},
                "then": members(kind, {kinds.word: True}),
            }
            for name, kind in kinds.pairs()
        ],
    }


def node_schema(kind: type[Node]) -> dict[str, Any]:
    """Return the schema of a part that is a mapping."""
    return {"description": description_of(kind), "type": "object", **members(kind, {})}


def members(
    kind: type[Node], first: dict[str, Any], also_needed: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return the keys of a part, those that it needs, and what else it demands."""
    keys = keys_of(kind)
    schema: dict[str, Any] = {"properties": first | {key.name: key_schema(key) for key in keys}}
    needed = [*also_needed, *(key.name for key in keys if key.is_needed)]
    if needed:
        schema["required"] = needed
    one_of = getattr(kind, "one_of", ())
    if one_of:
        schema["oneOf"] = [{"required": [name]} for name in one_of]
    return {**schema, "additionalProperties": False, **getattr(kind, "demands", {})}


def key_schema(key: Key) -> dict[str, Any]:
    """Return the schema of one key."""
    if key.schema is not None:
        meaning = {"description": key.meaning} if key.meaning else {}
        return {**meaning, **key.schema}
    reference = _reference(key.hint)
    if reference is not None:
        meaning = {"description": key.meaning} if key.meaning else {}
        return {"$ref": f"#/$defs/{reference}", **meaning}
    for kind, schema, words in _TEXTS:
        if isinstance(key.hint, type) and issubclass(key.hint, kind):
            more = "A path into the answer." if key.of_answer else words
            return {"description": f"{key.meaning} {more}", **schema, **key.says}
    if set(get_args(key.hint)) == {Text, Fixed}:
        words = "Text; {{ … }} holds what varies."
        kinds = ["string", "number", "boolean"]
        return {"description": f"{key.meaning} {words}", "type": kinds, **key.says}
    default = {} if key.default in (None, ()) else {"default": key.default}
    if isinstance(key.default, Node):
        default = {}
    return {"description": key.meaning, **type_schema(key.hint, key.each), **key.says, **default}


def type_schema(hint: Any, each: str = "") -> dict[str, Any]:
    """Return what the schema says of a type; `each` is said of its entries."""
    reference = _reference(hint)
    if reference is not None:
        return {"$ref": f"#/$defs/{reference}"}
    if hint in _NAMES or hint in _PLAIN:
        return {"type": _PLAIN.get(hint, "string")}
    if isinstance(hint, type) and issubclass(hint, Node):
        return {"type": "object", **members(hint, {})}
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if origin is tuple:
        items = {} if inner[0] is Any else {"items": _entry(inner[0], each)}
        return {"type": "array", **items}
    if origin is Mapping:
        entries = {} if inner[1] is Any else {"additionalProperties": _entry(inner[1], each)}
        return {"type": "object", **entries}
    return _word_or_mapping(hint) if origin in {Union, UnionType} else {}


def _entry(hint: Any, each: str) -> dict[str, Any]:
    """Return the schema of an entry of a list or a mapping."""
    if isinstance(hint, type) and issubclass(hint, Node) and keys_of(hint) and not each:
        return type_schema(hint) if _reference(hint) else node_schema(hint)
    return key_schema(Key("", "", hint, each, is_needed=True, default=None, says={}))


def value_schema() -> dict[str, Any]:
    """Return the schema of values: a path, a list of values, or a mapping with a source word."""
    keys = {key.name: key for kind in SOURCES for key in keys_of(kind)}
    common = {key.name for key in keys_of(Value)}
    ordered = sorted(keys.values(), key=lambda key: key.name in common)
    return {
        "description": description_of(Value),
        "type": ["string", "array", "object"],
        "minLength": 1,
        "items": {"$ref": "#/$defs/value"},
        "minItems": 2,
        "properties": {key.name: key_schema(key) for key in ordered},
        "additionalProperties": False,
    }


def definitions(kinds: Kinds[Any]) -> dict[str, dict[str, Any]]:
    """Return the schema of a part that comes in kinds, and of what its keys refer to, by name."""
    schemas = {kinds.name: kinds_schema(kinds)}
    for _, kind in kinds.pairs():
        for key in keys_of(kind):
            name = _reference(key.hint)
            if name is not None:
                schemas[name] = _word_or_mapping(key.hint)
    return schemas


def _word_or_mapping(hint: Any) -> dict[str, Any]:
    """Return the schema of what is one of some words, or a mapping."""
    node = next(one for one in get_args(hint) if isinstance(one, type) and issubclass(one, Node))
    words = [word for one in get_args(hint) if get_origin(one) is Literal for word in get_args(one)]
    schema = node_schema(node)
    return {
        **schema,
        "type": ["string", "object"],
        "if": {"type": "string"},
        "then": {"enum": words},
    }


def _reference(hint: Any) -> str | None:
    """Return the name under which the schema describes a type once, None for any other."""
    union = get_args(hint) if get_origin(hint) in {Union, UnionType} else ()
    return next((one.defined for one in (hint, *union) if hasattr(one, "defined")), None)
