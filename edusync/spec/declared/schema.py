"""The JSON Schema of what classes of the tree declare."""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from edusync.spec.fields import keys_of, names_of, said_of
from edusync.spec.formats import FORMATS
from edusync.spec.node import Node
from edusync.spec.paging import PAGING
from edusync.spec.payload import Fixed, Text
from edusync.spec.texts import Expression, Path, Template
from edusync.spec.tree.sign_in import DEFAULT, SIGN_INS
from edusync.spec.verdicts import VERDICTS

if TYPE_CHECKING:
    from edusync.spec.fields import Key
    from edusync.spec.kinds import Kinds

KINDS: tuple[Kinds[Any], ...] = (PAGING, FORMATS, VERDICTS)
"""The parts that come in kinds, of which all are declared."""
CHANGING: tuple[Kinds[Any], ...] = (*KINDS, SIGN_INS)
"""The parts of which kinds may be added."""

_TEXTS: tuple[tuple[type, dict[str, Any], str], ...] = (
    (Path, {"type": "string", "minLength": 1}, "A path into the row."),
    (Template, {"type": "string"}, "Text; {{ … }} holds what varies."),
    (Expression, {"type": "string", "minLength": 1}, "An expression, without braces."),
)
_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number"}


def kinds_schema(kinds: Kinds[Any]) -> dict[str, Any]:
    """Return the schema of a part that comes in kinds.

    Where all kinds have the same keys it is one mapping, else there is a branch for each.
    """
    said = {"description": kinds.meaning, "type": "string", "enum": list(kinds)}
    head = {"description": said_of(kinds.base), "type": "object"}
    common = keys_of(kinds.base)
    if common and all(keys_of(kind) == common for _, kind in kinds.pairs()):
        return {**head, **_members(kinds.base, {kinds.word: said}, (kinds.word,))}
    return {
        **head,
        "required": [kinds.word],
        "properties": {kinds.word: said},
        "allOf": [
            {
                "if": {"properties": {kinds.word: {"const": name}}, "required": [kinds.word]},
                "then": _members(kind, {kinds.word: True}),
            }
            for name, kind in kinds.pairs()
        ],
    }


def node_schema(kind: type[Node]) -> dict[str, Any]:
    """Return the schema of a part that is a mapping."""
    return {"description": said_of(kind), "type": "object", **_members(kind, {})}


def _members(
    kind: type[Node], first: dict[str, Any], also_needed: tuple[str, ...] = ()
) -> dict[str, Any]:
    keys = keys_of(kind)
    found: dict[str, Any] = {"properties": first | {key.name: key_schema(key) for key in keys}}
    needed = [*also_needed, *(key.name for key in keys if key.is_needed)]
    if needed:
        found["required"] = needed
    one_of = getattr(kind, "one_of", ())
    if one_of:
        found["oneOf"] = [{"required": [name]} for name in one_of]
    return {**found, "additionalProperties": False}


def key_schema(key: Key) -> dict[str, Any]:
    """Return the schema of one key."""
    reference = _reference(key.hint)
    if reference is not None:
        more = {"description": key.meaning} if key.meaning else {}
        return {"$ref": f"#/$defs/{reference}", **more}
    for kind, schema, words in _TEXTS:
        if isinstance(key.hint, type) and issubclass(key.hint, kind):
            return {"description": f"{key.meaning} {words}", **schema, **key.says}
    if set(get_args(key.hint)) == {Text, Fixed}:
        words = "Text; {{ … }} holds what varies."
        kinds = ["string", "number", "boolean"]
        return {"description": f"{key.meaning} {words}", "type": kinds, **key.says}
    default = {} if key.default in (None, ()) else {"default": key.default}
    return {"description": key.meaning, **type_schema(key.hint), **key.says, **default}


def type_schema(hint: Any) -> dict[str, Any]:
    """Return what the schema says of a type."""
    if hint is Any:
        return {}
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if get_origin(hint) is Literal:
        return {"type": "string", "enum": list(get_args(hint))}
    if get_origin(hint) is tuple:
        (item, _) = get_args(hint)
        return {"type": "array"} if item is Any else {"type": "array", "items": type_schema(item)}
    if get_origin(hint) in {Union, UnionType}:
        return _word_or_mapping(hint)
    return {"type": "object"}


def definitions(kinds: Kinds[Any]) -> dict[str, dict[str, Any]]:
    """Return the schema of a part that comes in kinds, and of what its keys refer to, by name."""
    found = {kinds.name: kinds_schema(kinds)}
    for _, kind in kinds.pairs():
        for key in keys_of(kind):
            name = _reference(key.hint)
            if name is not None:
                found[name] = _word_or_mapping(key.hint)
    return found


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
    return next(
        (one.defined for one in (hint, *get_args(hint)) if hasattr(one, "defined")),
        None,
    )


def with_kinds(written: dict[str, Any], kinds: Kinds[Any], default: str) -> dict[str, Any]:
    """Return the schema of a part of which one kind is `written` out, with the others.

    That one is meant when no kind is named. Keys of it that all classes share are those of all.
    """
    branches = {one["if"]["properties"]["kind"]["const"]: one["then"] for one in written["allOf"]}
    plain = branches[default]
    shared = {
        name: part
        for name, part in plain["properties"].items()
        if name in names_of(kinds.base) or name == "kind"
    }
    said = {"description": kinds.meaning, "type": "string", "enum": list(kinds), "default": default}
    others = [
        {
            "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
            "then": _members(kind, shared),
        }
        for name, kind in kinds.pairs()
        if name != default
    ]
    first = {"if": {"properties": {"kind": {"const": default}}}, "then": plain}
    return {**written, "properties": {"kind": said}, "allOf": [first, *others]}


def spec_schema(written: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of specs: the one that is `written`, with all that classes declare.

    What is declared in the meantime, such as a kind of a plugin, is in it.
    """
    declared = {name: part for kinds in KINDS for name, part in definitions(kinds).items()}
    auth = with_kinds(written["$defs"]["auth"], SIGN_INS, DEFAULT)
    return {**written, "$defs": {**written["$defs"], **declared, "auth": auth}}
