"""Build values: one thing taken or made from a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean
from edusync.spec.build.builder import ROW, RUN
from edusync.spec.build.questions import known_list
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
    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Value

SOURCES = (
    "path",
    "template",
    "value",
    "first_of",
    "all_of",
    "look_up",
    "look_up_all",
    "day",
    "start",
    "edusign_id",
    "function",
)
_COMPANIONS = {
    "time": "day",
    "zone": "day",
    "plus": "start",
    "arguments": "function",
    "again": "look_up_all",
    **dict.fromkeys(
        ("by", "on", "where", "take", "first_by", "last_by", "alike", "missing"), "look_up"
    ),
}


def build_value(builder: Builder, route: Route) -> Value:
    """Build the value at a route."""
    data = builder.get(route)
    place = builder.at(route)
    if isinstance(data, str):
        return PathValue(builder.path(route), place=place)
    if isinstance(data, list):
        parts = tuple(build_value(builder, (*route, index)) for index in range(len(data)))
        return Composite(parts, place=place)
    said = [word for word in SOURCES if word in data]
    if len(said) != 1:
        message = (
            "a value has no source word"
            if not said
            else f"a value has one source word, not '{said[0]}' and '{said[1]}'"
        )
        builder.document.report(
            "SPEC_MISSING_KEY" if not said else "SPEC_WRONG_VALUE",
            route,
            message,
            f"one of {', '.join(SOURCES)}",
            key=True,
        )
        return Constant(None, place=place)
    word = said[0]
    for key, owner in _COMPANIONS.items():
        if key in data and not word.startswith(owner):
            builder.document.report(
                "SPEC_UNKNOWN_KEY",
                (*route, key),
                f"'{key}' means nothing beside '{word}'",
                f"it belongs to '{owner}'",
                key=True,
            )
    common: dict[str, Any] = {
        "place": place,
        "format": builder.format((*route, "as")) if "as" in data else None,
        "when": builder.optional_expression((*route, "when"), ROW),
        "optional": bool(data.get("optional")),
    }
    return _SOURCES[word](builder, route, common)


def _path(builder: Builder, route: Route, common: dict[str, Any]) -> Value:
    return PathValue(builder.path((*route, "path")), **common)


def _template(builder: Builder, route: Route, common: dict[str, Any]) -> Value:
    return TemplateValue(builder.template((*route, "template"), ROW), **common)


def _edusign_id(builder: Builder, route: Route, common: dict[str, Any]) -> Value:
    return EdusignId(builder.template((*route, "edusign_id"), ROW), **common)


def _constant(builder: Builder, route: Route, common: dict[str, Any]) -> Value:
    return Constant(builder.get((*route, "value")), **common)


def _several(builder: Builder, route: Route, common: dict[str, Any]) -> Value:
    word = "first_of" if "first_of" in builder.get(route) else "all_of"
    parts = tuple(
        build_value(builder, (*route, word, index))
        for index in range(len(builder.get((*route, word))))
    )
    return (FirstOf if word == "first_of" else AllOf)(parts, **common)


def _moment(builder: Builder, route: Route, common: dict[str, Any]) -> Value:
    first, second = ("day", "time") if "day" in builder.get(route) else ("start", "plus")
    if second not in builder.get(route):
        builder.document.report(
            "SPEC_MISSING_KEY", route, f"'{first}' needs '{second}'", f"add '{second}: …'", key=True
        )
        return Constant(None, place=builder.at(route))
    one, other = (build_value(builder, (*route, word)) for word in (first, second))
    if first == "start":
        return Later(one, other, **common)
    zone = build_value(builder, (*route, "zone")) if "zone" in builder.get(route) else None
    return Moment(one, other, zone, **common)


def _function(builder: Builder, route: Route, common: dict[str, Any]) -> Value:
    name = str(builder.get((*route, "function")))
    if name not in builder.functions:
        builder.document.report(
            "SPEC_UNKNOWN_FUNCTION",
            (*route, "function"),
            f"no plugin registers a function '{name}'",
            did_you_mean(name, sorted(builder.functions)),
        )
    arguments = {
        key: build_value(builder, (*route, "arguments", key))
        for key in builder.get((*route, "arguments")) or {}
    }
    return FunctionValue(name, arguments, **common)


def _look_up(builder: Builder, route: Route, common: dict[str, Any]) -> Value:
    data = builder.get(route)
    word = "look_up" if "look_up" in data else "look_up_all"
    name = str(data[word])
    if not known_list(builder, (*route, word), name):
        return Constant(None, place=builder.at(route))
    if "by" not in data:
        builder.document.report(
            "SPEC_MISSING_KEY",
            route,
            f"'{word}' needs 'by'",
            "add 'by: …', what this row is matched by",
            key=True,
        )
        return Constant(None, place=builder.at(route))
    if "on" not in data and "key" not in (builder.get(("resources", name)) or {}):
        builder.document.report(
            "SPEC_KEY_NEEDED",
            (*route, word),
            f"the list '{name}' has no key to be looked up by",
            "add 'key:' there, or 'on:' here",
        )
    order = next((word for word in ("first_by", "last_by") if word in data), None)
    common |= {
        "list": name,
        "by": build_value(builder, (*route, "by")),
        "on": build_value(builder, (*route, "on")) if "on" in data else None,
        "where": builder.optional_expression((*route, "where"), RUN | {"mine", "theirs"}),
        "take": build_value(builder, (*route, "take")) if "take" in data else None,
        "order": builder.path((*route, order)) if order else None,
        "last": order == "last_by",
        "alike": bool(data.get("alike")),
        "missing": data.get("missing", "report"),
    }
    if word == "look_up":
        return LookUp(**common)
    again = builder.path((*route, "again")) if "again" in data else None
    return LookUpAll(again=again, **common)


_SOURCES = {
    "path": _path,
    "template": _template,
    "value": _constant,
    "first_of": _several,
    "all_of": _several,
    "look_up": _look_up,
    "look_up_all": _look_up,
    "day": _moment,
    "start": _moment,
    "edusign_id": _edusign_id,
    "function": _function,
}
