"""Forms in which keys are written, where these are not the types of fields, as JSON Schema."""

from __future__ import annotations

from typing import Any

HOLES = "Text; {{ … }} holds what varies."
ANYWHERE = (
    "Text may hold {{ … }} anywhere; {each: …, of: …} is a list of one for each `item` of an "
    "expression."
)
ANYTHING: dict[str, Any] = {"type": ["object", "array", "string", "number", "boolean", "null"]}
SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
TEXT: dict[str, Any] = {"type": "string"}
PATTERN_OF_OPERATION = r"^[A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*$"
A_WHILE = r"^[0-9]+(ms|s|min|h)$"


def with_meaning(meaning: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return a form with what it means."""
    return {"description": meaning, **schema}


def mapping(meaning: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the form of a mapping, with what is said of each entry."""
    return {"type": "object", "additionalProperties": with_meaning(meaning, schema), **more}


def one_or_list(meaning: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the form of a text, or of a list with what is said of each entry."""
    return {"type": ["string", "array"], "items": with_meaning(meaning, schema or TEXT)}


def whole(
    properties: dict[str, Any], *needed: str, kind: str | list[str] = "object", **more: Any
) -> dict[str, Any]:
    """Return the form of a mapping with these keys and no others."""
    required = {"required": list(needed)} if needed else {}
    return {
        "type": kind,
        "properties": properties,
        **required,
        "additionalProperties": False,
        **more,
    }


CREDENTIALS = whole(
    {
        "username": with_meaning(f"User name. {HOLES}", SCALAR),
        "password": with_meaning(f"Password. {HOLES}", SCALAR),
    },
    "username",
    "password",
)
PIECES = {
    "each": with_meaning(
        "One piece for each item of `of`, or for each `line` of a sheet; `each` of the documents "
        f"is all of them, one after the other. {HOLES}",
        TEXT,
    ),
    "of": with_meaning(
        "What gives the items, a list such as `batch`: `item` in each piece. An expression, "
        "without braces.",
        {**TEXT, "minLength": 1},
    ),
}
TEXT_OF_PIECES = {
    **PIECES,
    "text": with_meaning(f"The whole text; `each` are its pieces. {HOLES}", TEXT),
}
DOCUMENT = {
    **PIECES,
    "inner": with_meaning(f"The inner document. {HOLES}", TEXT),
    "xml": with_meaning(f"The outer document; `inner` is the inner one. {HOLES}", TEXT),
}


STATEMENT = one_or_list(
    "One piece; one with `when` is left out unless it is true.",
    whole(
        {
            "when": with_meaning(
                "When the piece counts. An expression, without braces.", {**TEXT, "minLength": 1}
            ),
            "sql": with_meaning("The text of the piece.", TEXT),
        },
        "when",
        "sql",
        kind=["string", "object"],
    ),
)
"""The form of a statement."""
