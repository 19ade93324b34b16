"""The description of `/api/v1`, as OpenAPI 3.1 wants it."""

from __future__ import annotations

from typing import Any

from edusync.app.console.steps import STEPS
from edusync.web.asked import LONGEST, MOST_PAGES

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_COUNTS = _object(created=_COUNT, changed=_COUNT, deleted=_COUNT, left_out=_COUNT)
_SCHEMAS: dict[str, Schema] = {
    "Connector": _object(
        name=_TEXT,
        erp=_TEXT,
        labels=_list(_TEXT),
        status=_TEXT,
        next_at=_MAYBE,
        paused_until=_MAYBE,
        needs=_COUNT,
        sheets={"anyOf": [_COUNTS, {"type": "null"}]},
        people={"anyOf": [_COUNTS, {"type": "null"}]},
    ),
    "Run": _object(
        id=_TEXT,
        direction={"enum": ["down", "up", "at_once", "one", "adopt", "shadow"]},
        started_at=_TEXT,
        finished_at=_MAYBE,
        status=_TEXT,
        plan_id=_MAYBE,
        requests={"type": "object", "additionalProperties": _COUNT},
    ),
    "Event": _object(
        run=_TEXT,
        direction=_TEXT,
        started_at=_TEXT,
        account=_MAYBE,
        code=_TEXT,
        severity=_TEXT,
        kind=_MAYBE,
        source_id=_MAYBE,
        edusign_id=_MAYBE,
        field=_MAYBE,
        spec=_MAYBE,
        detail=_MAYBE,
        meaning=_TEXT,
        remedy=_TEXT,
    ),
    "Item": _object(
        kind=_TEXT,
        account=_TEXT,
        source_id=_TEXT,
        edusign_id=_MAYBE,
        starts_at=_MAYBE,
        reasons=_list(_named("Event")),
        stopped={"anyOf": [_named("Event"), {"type": "null"}]},
        steps=_list(
            _object(step={"enum": list(STEPS)}, state={"enum": ["passed", "reason", "open"]})
        ),
    ),
    "Need": _object(
        connector=_TEXT,
        code=_TEXT,
        count=_COUNT,
        settled_by=_TEXT,
        plan_id=_MAYBE,
        sheets=_list(_TEXT),
    ),
    "Problem": _object(status={"type": "integer"}, title=_TEXT),
}
_PAGED = {"found": _COUNT, "page": _COUNT, "pages": _COUNT}
_PAGE: Schema = {
    "name": "page",
    "in": "query",
    "schema": {"type": "integer", "minimum": 1, "maximum": MOST_PAGES, "default": 1},
}


_ASKED: Schema = {"type": "string", "maxLength": LONGEST, "pattern": r"^[^\u0000]*$"}
"""A text of a query, as `asked.refuse_unreadable` takes it."""
_DAY: Schema = {"type": "string", "format": "date", "pattern": "^(19[7-9][0-9]|2[0-9]{3})-"}
"""From `asked.EARLIEST` to `asked.LATEST`."""


def _query(name: str, words: str, schema: Schema = _ASKED, *, required: bool = False) -> Schema:
    parameter = {"name": name, "in": "query", "description": words, "schema": schema}
    return {**parameter, "required": required}


_CONNECTOR: Schema = {"name": "connector", "in": "path", "required": True, "schema": _TEXT}


def _get(name: str, words: str, answer: Schema, *parameters: Schema) -> Schema:
    problem = {"content": {"application/json": {"schema": _named("Problem")}}}
    answers = {
        "200": {"description": "It.", "content": {"application/json": {"schema": answer}}},
        "400": {"description": "A parameter says nothing.", **problem},
        "401": {"description": "No token, or one that is not valid any more.", **problem},
        "404": {"description": "There is no such connector for this token.", **problem},
    }
    operation = {"operationId": name, "summary": words, "parameters": list(parameters)}
    return {"get": {**operation, "responses": answers}}


def _paths() -> dict[str, Schema]:
    of = "/connectors/{connector}"
    return {
        "/connectors": _get(
            "connectors",
            "Every connector at a glance, those that need a person first.",
            _object(connectors=_list(_named("Connector")), **_PAGED),
            _query("q", "Words of the name, the ERP or the labels."),
            _PAGE,
        ),
        f"{of}/runs": _get(
            "runs",
            "The last runs, the newest first.",
            _object(runs=_list(_named("Run"))),
            _CONNECTOR,
        ),
        f"{of}/events": _get(
            "events",
            "What runs said of items.",
            _object(events=_list(_named("Event")), **_PAGED),
            _CONNECTOR,
            _query("show", "What did not come through, or all.", {"enum": ["troubles", "all"]}),
            _query("run", "`last`, `all`, or the id of a run."),
            _query("code", "A code."),
            _query("kind", "A kind of item."),
            _query("day", "A day of runs.", _DAY),
            _PAGE,
        ),
        f"{of}/why": _get(
            "why",
            "Why something is, or is not, on Edusign.",
            _object(items=_list(_named("Item"))),
            _CONNECTOR,
            _query("q", "A name, a day, an e-mail or an id.", required=True),
        ),
        "/needs": _get("needs", "What waits for a person.", _object(needs=_list(_named("Need")))),
    }


def description(version: str) -> Schema:
    """Return the description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "edusync",
            "version": version,
            "description": "What the console shows. Words are in the language of Accept-Language.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "components": {
            "schemas": _SCHEMAS,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "paths": _paths(),
    }
