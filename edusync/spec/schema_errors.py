"""What the schema says against a document, in words, and what puts it right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean
from edusync.spec.mending import Mend, meant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.diagnostics import Route
    from edusync.spec.document import Document

    Codes = Mapping[str, str]

UNKNOWN = "additionalProperties"
"""What JSON Schema says of keys that are not known."""
_DETAIL = 3
"""Steps of a route that leads into a thing, such as resources.students.get."""
_DECLARING = frozenset(
    {"calls", "let", "read", "add", "columns", "key", "line", "single", "for_each"}
)
"""What other places of a spec refer to."""

_TYPES = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
_SINGULAR = {
    "resources": "list",
    "formats": "format",
    "options": "option",
    "filters": "filter",
    "connection": "connection answer",
    "calls": "call",
    "entities": "entity",
    "accounts": "account",
}


def explain(document: Document, error: Any, codes: Codes) -> list[Mend | None]:
    """Report an error; return what puts it right, None for what nobody can guess."""
    route: Route = tuple(error.absolute_path)
    match error.validator:
        case "additionalProperties":
            return _unknown(document, error, route, codes)
        case "required":
            return [_missing(document, error, route, codes)]
        case "enum" | "const":
            return [_other_word(document, error, route, codes)]
        case "type":
            _of_another_type(document, error, route, codes)
        case "oneOf":
            _not_one_of(document, error, route, codes)
        case "pattern" if "propertyNames" in error.absolute_schema_path:
            message = f"{_amiss(error)}{thing(route)}"
            named = (*route, error.instance)
            hint = error.schema.get("description", "write letters, digits and underscores")
            document.report(codes["value"], named, message, hint, key=True)
        case _:
            message = f"{_amiss(error)}{thing(route)}"
            document.report(codes["value"], route, message, error.schema.get("description"))
    return [left_out(route)]


def misspelt_keys(error: Any) -> list[Mend]:
    """Return what puts the keys right that are not known, and that a known one is meant by."""
    if error.validator != UNKNOWN:
        return []
    return [one for one in _respelled(error, tuple(error.absolute_path)) if one.to is not None]


def _unknown(document: Document, error: Any, route: Route, codes: Codes) -> list[Mend | None]:
    """Report keys that are not known; the nearest one that is not there yet is meant."""
    legal = sorted(error.schema.get("properties", {}))
    for key in [key for key in error.instance if key not in legal]:
        document.report(
            codes["unknown"],
            (*route, key),
            f"unknown key '{key}'{thing(route)}",
            did_you_mean(str(key), legal),
            key=True,
        )
    return [*_respelled(error, route)]


def _respelled(error: Any, route: Route) -> list[Mend]:
    """Return what to do with each key that is not known: the nearest one is meant, or none."""
    legal = sorted(error.schema.get("properties", {}))
    free = [word for word in legal if word not in error.instance]
    strange = [key for key in error.instance if key not in legal]
    return [Mend((*route, key), meant(str(key), free), is_key=True) for key in strange]


def _missing(document: Document, error: Any, route: Route, codes: Codes) -> Mend | None:
    """Report a key that is missing, unless a misspelt one is meant."""
    match = re.match(r"'(.+)' is a required property", error.message)
    missing = match.group(1) if match else "?"
    properties = error.schema.get("properties", {})
    misspelt = meant(missing, [str(key) for key in error.instance if key not in properties])
    if misspelt is not None:
        if error.schema.get("additionalProperties") is not False:
            document.report(  # nothing else would say that the key is misspelt
                codes["unknown"],
                (*route, misspelt),
                f"unknown key '{misspelt}'{thing(route)}",
                f"did you mean '{missing}'?",
                key=True,
            )
        return Mend((*route, misspelt), missing, is_key=True)
    about = properties.get(missing, {})
    text = about.get("description") if isinstance(about, dict) else None
    message = f"no '{missing}'{thing(route)}"
    document.report(codes["missing"], route, message, _hint(missing, text), key=True)
    return None


def _other_word(document: Document, error: Any, route: Route, codes: Codes) -> Mend | None:
    """Report a value that is none of those that are known; the nearest one is meant."""
    values = error.validator_value if error.validator == "enum" else [error.validator_value]
    known = [str(value) for value in values]
    is_text, close = isinstance(error.instance, str), meant(str(error.instance), known)
    document.report(
        "SPEC_VERSION" if route == ("edusync",) else codes["value"],
        route,
        f"'{route[-1] if route else ''}' has a value that is not known{thing(route[:-1])}",
        error.schema["$comment"]
        if close is None and "$comment" in error.schema
        else did_you_mean(str(error.instance), known)
        if is_text
        else f"write {' or '.join(known)}",
    )
    if close is None:
        return left_out(route)
    return Mend(route, close, is_key=False) if route else None


def _of_another_type(document: Document, error: Any, route: Route, codes: Codes) -> None:
    expected = error.validator_value
    kinds = [expected] if isinstance(expected, str) else expected
    wanted = " or ".join(_TYPES[kind] for kind in kinds)
    document.report(
        codes["type"],
        route,
        f"expected {wanted}, got {_kind(error.instance)}{thing(route)}",
        error.schema.get("description", f"write {wanted} here"),
    )


def _not_one_of(document: Document, error: Any, route: Route, codes: Codes) -> None:
    names = [
        " and ".join(f"'{name}'" for name in branch.get("required", ()))
        for branch in error.validator_value
    ]
    document.report(
        codes["missing"],
        route,
        f"exactly one of {', '.join(names)} is needed{thing(route)}",
        f"add one of them, such as {names[0]}",
        key=True,
    )


def _amiss(error: Any) -> str:
    """Return what is wrong with a value of the right type."""
    if error.validator == "minItems" and not error.instance:
        return "an empty list"
    if error.validator == "maxProperties" and error.validator_value == 1:
        names = " and ".join(f"'{name}'" for name in error.instance)
        return f"{names} are said, and one is wanted,"
    if error.validator in {"propertyNames", "pattern", "format"}:
        return "a value or name does not have the form that is needed"
    if isinstance(error.validator_value, dict | list):
        return "a value is outside what is allowed"
    return f"a value is outside what is allowed ({error.validator} {error.validator_value})"


def left_out(route: Route) -> Mend | None:
    """Leave out a value that nobody can guess.

    Only when it is a detail of some thing, which is still there to be referred to, and declares
    nothing itself.
    """
    return (
        Mend(route, None, is_key=True, is_left_out=True)
        if len(route) >= _DETAIL and _DECLARING.isdisjoint(route)
        else None
    )


def thing(route: Route) -> str:
    """Return ' in list 'students'' and the like for a route, nothing for the top."""
    if not route:
        return ""
    if len(route) >= 2 and route[0] in _SINGULAR and len(route) <= 3:  # noqa: PLR2004 - the name of the thing and one key below
        inside = f"'{route[2]}' of " if len(route) == 3 else ""  # noqa: PLR2004
        return f" in {inside}{_SINGULAR[str(route[0])]} '{route[1]}'"
    return f" in '{'.'.join(str(step) for step in route)}'"


def _hint(missing: str, text: str | None) -> str:
    return f"add '{missing}: …'" + (f" ({text[0].lower()}{text[1:].rstrip('.')})" if text else "")


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    return {
        str: "a text",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "a mapping",
    }.get(type(value), "something else")
