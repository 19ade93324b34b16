"""Check a document against its JSON Schema and say every mistake at its place, in words.

A fast validator says yes or no; only a document with mistakes is looked at again by the one that
explains.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from edusync.diagnostics import did_you_mean
from edusync.resources import bundled
from edusync.spec.mending import Mend, meant, mended
from edusync.spec.whole_schema import CHANGING, spec_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.diagnostics import Route
    from edusync.spec.document import Document

_DETAIL = 3
"""Steps of a route that leads into a thing, such as resources.students.get."""
_DECLARING = frozenset(
    {"calls", "let", "read", "add", "columns", "key", "line", "single", "for_each"}
)
"""What other places of a spec refer to."""

Name = Literal["spec", "connector", "case", "project"]

_CODES: Mapping[str, Mapping[str, str]] = {
    "spec": {
        "unknown": "SPEC_UNKNOWN_KEY",
        "missing": "SPEC_MISSING_KEY",
        "type": "SPEC_WRONG_TYPE",
        "value": "SPEC_WRONG_VALUE",
    },
    "connector": {
        "unknown": "CONF_UNKNOWN_KEY",
        "missing": "CONF_FIELD_MISSING",
        "type": "CONF_WRONG_TYPE",
        "value": "CONF_OPTION_VALUE",
    },
}
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


@cache
def schema_text(name: Name) -> str:
    """Return a schema as it is shipped, for editors."""
    return (bundled("schemas") / f"{name}.v1.schema.json").read_text(encoding="utf-8")


def check_schema(document: Document, name: Name) -> Document | None:
    """Add a finding to the document for everything that its schema does not allow.

    Returns a document to go on with: the same when all is well, one with misspelt words put right,
    None when too much is wrong.
    """
    if fits_schema(document, name):
        return document
    codes = _CODES["spec" if name == "spec" else "connector"]
    mends = [
        mend
        for error in _slow(name).iter_errors(document.data)
        for mend in _explain(document, error, codes)
    ]
    found = mended(document, mends)
    return found if found is not None and fits_schema(found, name) else None


def fits_schema(document: Document, name: Name) -> bool:
    """Whether a document is what its schema wants."""
    return bool(_fast(name).is_valid(document.data)) and isinstance(document.data, dict)


def _fast(name: Name) -> Any:
    return _fast_of(name, _changes())


@cache
def _fast_of(name: Name, changes: int) -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for(_parsed(name, changes))


def _slow(name: Name) -> Any:
    return _slow_of(name, _changes())


def _changes() -> int:
    """Return what tells apart the languages before and after a kind was added."""
    return sum(kinds.changes for kinds in CHANGING)


@cache
def _slow_of(name: Name, changes: int) -> Any:
    """Return the validator that explains.

    To it, as to the fast one, a text that ends in a newline does not end before it.
    """
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend

    def pattern(_validator: Any, wanted: str, text: Any, _schema: Any) -> Iterator[ValidationError]:
        if isinstance(text, str) and not re.search(re.sub(r"\$$", r"\\Z", wanted), text):
            yield ValidationError(f"{text!r} does not match {wanted!r}")

    kind: Any = extend(Draft202012Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]  # jsonschema has no types
    return kind(_parsed(name, changes))


@cache
def _parsed(name: Name, _changes: int) -> Any:
    import json

    return spec_schema() if name == "spec" else json.loads(schema_text(name))


def _explain(document: Document, error: Any, codes: Mapping[str, str]) -> list[Mend | None]:
    """Report an error; return what puts it right, None for what nobody can guess."""
    route: Route = tuple(error.absolute_path)
    where = thing(route)
    match error.validator:
        case "additionalProperties":
            legal = sorted(error.schema.get("properties", {}))
            strange = [key for key in error.instance if key not in legal]
            for key in strange:
                document.report(
                    codes["unknown"],
                    (*route, key),
                    f"unknown key '{key}'{where}",
                    did_you_mean(str(key), legal),
                    key=True,
                )
            return [
                Mend(
                    (*route, key),
                    meant(str(key), [word for word in legal if word not in error.instance]),
                    is_key=True,
                )
                for key in strange
            ]
        case "required":
            match = re.match(r"'(.+)' is a required property", error.message)
            missing = match.group(1) if match else "?"
            strange = [
                str(key) for key in error.instance if key not in error.schema.get("properties", {})
            ]
            misspelt = meant(missing, strange)
            if misspelt is not None:
                if (
                    error.schema.get("additionalProperties") is not False
                ):  # nothing else would say that the key is misspelt
                    document.report(
                        codes["unknown"],
                        (*route, misspelt),
                        f"unknown key '{misspelt}'{where}",
                        f"did you mean '{missing}'?",
                        key=True,
                    )
                return [Mend((*route, misspelt), missing, is_key=True)]
            about = error.schema.get("properties", {}).get(missing, {})
            text = about.get("description") if isinstance(about, dict) else None
            document.report(
                codes["missing"], route, f"no '{missing}'{where}", _hint(missing, text), key=True
            )
            return [None]
        case "type":
            expected = error.validator_value
            wanted = " or ".join(
                _TYPES[kind] for kind in ([expected] if isinstance(expected, str) else expected)
            )
            document.report(
                codes["type"],
                route,
                f"expected {wanted}, got {_kind(error.instance)}{where}",
                error.schema.get("description", f"write {wanted} here"),
            )
        case "enum" | "const":
            known = [
                str(value)
                for value in (
                    error.validator_value if error.validator == "enum" else [error.validator_value]
                )
            ]
            hint = (
                did_you_mean(str(error.instance), known)
                if isinstance(error.instance, str)
                else f"write {' or '.join(known)}"
            )
            code = "SPEC_VERSION" if route == ("edusync",) else codes["value"]
            document.report(
                code,
                route,
                f"'{route[-1] if route else ''}' has a value that is not known{thing(route[:-1])}",
                hint,
            )
            close = meant(str(error.instance), known)
            return [
                _left_out(route)
                if close is None
                else Mend(route, close, is_key=False)
                if route
                else None
            ]
        case "oneOf":
            names = [
                " and ".join(f"'{name}'" for name in branch.get("required", ()))
                for branch in error.validator_value
            ]
            document.report(
                codes["missing"],
                route,
                f"exactly one of {', '.join(names)} is needed{where}",
                f"add one of them, such as {names[0]}",
                key=True,
            )
        case "minItems" if not error.instance:
            document.report(
                codes["value"],
                route,
                f"an empty list{where}",
                error.schema.get("description"),
            )
        case "propertyNames" | "pattern" | "format":
            document.report(
                codes["value"],
                route,
                f"a value or name does not have the form that is needed{where}",
                error.schema.get("description"),
            )
        case _:
            limit = (
                f" ({error.validator} {error.validator_value})"
                if not isinstance(error.validator_value, dict | list)
                else ""
            )
            document.report(
                codes["value"],
                route,
                f"a value is outside what is allowed{limit}{where}",
                error.schema.get("description"),
            )
    return [_left_out(route)]


def _left_out(route: Route) -> Mend | None:
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
