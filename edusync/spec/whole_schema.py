"""The JSON Schema of a whole spec, put together of what the classes of the tree declare."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from edusync.spec.fields import description_of, keys_of, written
from edusync.spec.forms import TEXT, with_meaning
from edusync.spec.schema import (
    KINDS,
    definitions,
    key_schema,
    kinds_schema,
    members,
    node_schema,
    value_schema,
)
from edusync.spec.tree import (
    Call,
    OwnCall,
    OwnCode,
    Resource,
    Rules,
    Schedule,
    Spec,
    StateRule,
    Step,
    Writeback,
)
from edusync.spec.tree.call import PROMISE, FileCall, HttpCall, Operation, Statement
from edusync.spec.tree.connection import FilterQuestion, Label, Question
from edusync.spec.tree.entity import ENTITIES, Entity
from edusync.spec.tree.sign_in import DEFAULT, SIGN_INS
from edusync.spec.tree.transport import WIRES, Transport

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from edusync.spec.fields import Key

CHANGING = (*KINDS, SIGN_INS)
"""The parts of which kinds may be added."""
_VALUE = {"$ref": "#/$defs/value"}
_NAME = {"pattern": "^[A-Za-z_][A-Za-z0-9_]*$"}
_CODE = {
    "description": "Write X_ and capitals, such as X_NO_CENTRE.",
    "pattern": "^X_[A-Z][A-Z0-9_]*$",
}
_VERBS = "get post put patch delete method path"
_BODIES = "query headers json form text xml"
_STEP = (
    f"{_VERBS} call with {_BODIES} soap arguments omit_empty sql values file answer basic repeat "
    "answers when read"
)
_NAMED = f"{_VERBS} call with {_BODIES} omit_empty answer basic repeat answers items paging"
_LIST = (
    f"when from rows for_each call with {_VERBS} {_BODIES} soap zip arguments omit_empty sql "
    "values file basic answer repeat answers failing_call inner paging items shape columns as add "
    "ignore filter_by drop order_by key same_key merge single optional assumed"
)
"""The keys of calls and lists, in the order in which they are written and act."""
_TRANSPORT = (
    "kind base_url wsdl address values hosts inner_hosts url host_key answer shape charset trim "
    "headers lists auth answers calls limits proxy ca probe assumed"
)


def spec_schema() -> dict[str, Any]:
    """Return the schema of specs. What is added in the meantime, such as a kind, is in it."""
    keys = {key.name: key_schema(key) for key in keys_of(Spec)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://edusync.example/schemas/spec.v1.schema.json",
        "title": "edusync spec, version 1",
        "description": description_of(Spec),
        "type": "object",
        "properties": {
            "edusync": with_meaning("The version of the language.", {"const": 1}),
            **keys,
            **_by_name(keys),
            "schedule": _part(keys, "schedule", node_schema(Schedule)),
            "transport": _part(keys, "transport", _transport()),
            "entities": _part(keys, "entities", _entities()),
            "rules": _part(keys, "rules", node_schema(Rules)),
            "writeback": _part(keys, "writeback", _writeback()),
        },
        "additionalProperties": False,
        "required": ["edusync", *(key.name for key in keys_of(Spec) if key.is_needed)],
        "$defs": _definitions(),
    }


def _part(keys: Mapping[str, Any], name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {**schema, "description": keys[name]["description"]}


def _by_name(keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sections in which things stand under names of their own."""
    things = {
        "connection": node_schema(Question),
        "options": node_schema(Question),
        "filters": node_schema(FilterQuestion),
        "formats": {"$ref": "#/$defs/format"},
        "codes": node_schema(OwnCode),
        "resources": _of(Resource, _LIST, _calls(HttpCall, Operation, Statement, FileCall)),
    }
    return {
        name: {
            "description": keys[name]["description"],
            "type": "object",
            "propertyNames": _CODE if name == "codes" else _NAME,
            "additionalProperties": thing,
        }
        for name, thing in things.items()
    }


def _of(
    kind: type, order: str, more: Iterable[Key] = (), needed: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return the schema of a part, with more keys than its own, in an order."""
    keys = {key.name: key for key in (*more, *keys_of(kind))}
    return {
        "description": description_of(kind),
        "type": "object",
        "properties": {name: key_schema(keys[name]) for name in order.split()},
        **({"required": list(needed)} if needed else {}),
        "additionalProperties": False,
    }


def _calls(*kinds: type[Call]) -> tuple[Key, ...]:
    """Return the keys of calls; none is needed, since one of the calls is chosen."""
    return tuple(replace(key, is_needed=False) for kind in kinds for key in keys_of(kind))


def _definitions() -> dict[str, Any]:
    calls = _calls(HttpCall, Operation, Statement, FileCall)
    step = {**_of(OwnCall, _STEP, calls), "description": "A call that does something."}
    up_step = _of(Step, f"{_STEP} csv csv_as for refused in_doubt", calls)
    declared = {name: part for kinds in KINDS for name, part in definitions(kinds).items()}
    return {
        "label": {**node_schema(Label), "type": ["string", "object"]},
        "value": value_schema(),
        **declared,
        "auth": _auth(),
        "step": step,
        "answer": with_meaning(
            "The kind of answer that is promised, alone or with its details.", PROMISE
        ),
        "up_step": up_step,
        "state": node_schema(StateRule),
    }


def _transport() -> dict[str, Any]:
    wires = [key for wire in WIRES.values() for key in keys_of(wire)]
    kind = written("kind", "The wire.", {**TEXT, "enum": list(WIRES)})
    schema = _of(Transport, _TRANSPORT, (kind, *wires), ("kind",))
    schema["properties"]["calls"] = {
        **schema["properties"]["calls"],
        "additionalProperties": _named_call(),
    }
    return schema


def _named_call() -> dict[str, Any]:
    """Return the schema of a call that is described once: a part of one over HTTP, and its rows."""
    of_list = {key.name: key for key in keys_of(Resource)}
    own = (
        written(
            "call",
            "A call that this one rests on; what stands beside it is added, and nothing is said "
            "twice.",
            TEXT,
        ),
        written("items", "Where the rows stand. A path into the answer.", {**TEXT, "minLength": 1}),
        of_list["paging"],
    )
    keys = {key.name: key for key in (*_calls(HttpCall), *own)}
    return {
        "description": "A call with holes.",
        "type": "object",
        "properties": {name: key_schema(keys[name]) for name in _NAMED.split()},
        "additionalProperties": False,
    }


def _auth() -> dict[str, Any]:
    """Return the schema of the sign-in; its usual kind is meant when none is named."""
    schema = kinds_schema(SIGN_INS)
    branches = [
        {"if": {"properties": {"kind": {"const": DEFAULT}}}, "then": members(kind, {"kind": True})}
        if name == DEFAULT
        else {
            "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
            "then": members(kind, {"kind": True}),
        }
        for name, kind in SIGN_INS.pairs()
    ]
    usual = {**schema["properties"]["kind"], "default": DEFAULT}
    return {
        "description": schema["description"],
        "type": "object",
        "properties": {"kind": usual},
        "allOf": branches,
    }


def _entities() -> dict[str, Any]:
    """Return the schema of the kinds of entities; a spec without sessions is a roster."""
    common = {key.name: key for key in keys_of(Entity)}
    schemas = {}
    for kind, described in ENTITIES.items():
        own = {name: written(name, field, _VALUE) for name, field in described.fields.items()}
        words = ("from", "ignore", *(("drop",) if described.may_drop else ()), *described.keys)
        ordered = [(own | common)[name] for name in words]
        schemas[kind] = {
            "description": described.meaning,
            "type": "object",
            "properties": {key.name: key_schema(key) for key in (*ordered, common["assumed"])},
            "additionalProperties": False,
            "required": ["from", *described.needed],
        }
    return {
        "type": "object",
        "properties": schemas,
        "additionalProperties": False,
        "minProperties": 1,
    }


def _writeback() -> dict[str, Any]:
    schema = node_schema(Writeback)
    return {**schema, "type": ["string", "object"], "pattern": "^none$"}
