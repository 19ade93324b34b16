"""The rows of an answer, in whatever shape they come."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from edusync.errors import CallFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from edusync.spec.types import Resource
    from edusync.transport.decode import DECODED
    from edusync.transport.message import Answer, AnswerKind

_NAMES = {
    list: "a list",
    dict: "an object",
    str: "a text",
    int: "a number",
    float: "a number",
    bool: "true or false",
}


def rows_within(
    answer: Answer, resource: Resource, read: Callable[[bytes, AnswerKind], DECODED]
) -> list[dict[str, Any]]:
    """Return the rows of an answer, or of the documents inside it (`inner`)."""
    if resource.inner is None or answer.body is None:
        return rows_of(answer, resource)
    at, kind = resource.inner
    texts = at.read(answer.body)
    rows: list[dict[str, Any]] = []
    for text in texts if isinstance(texts, list) else [] if texts is None else [texts]:
        body, found, root = read(str(text).strip().encode(), replace(kind, charset=None))
        if found not in {kind.kind, "empty"}:
            raise CallFailed(
                "CONN_TRUNCATED",
                f"{answer.label} holds a document that cannot be read as {kind.kind.upper()}",
            )
        rows += rows_of(replace(answer, body=body, type=found, root=root), resource)
    return rows


def rows_of(answer: Answer, resource: Resource) -> list[dict[str, Any]]:
    """Return the rows of an answer.

    CallFailed when they do not have the shape that the spec promises.

    Null is no rows. A row that is a plain value stands under `value`.
    """
    if answer.body is None:
        return []
    if answer.type in {"rows", "csv", "xlsx", "ics", "files"}:
        return [row if type(row) is dict else {"value": row} for row in answer.body]
    if answer.type in {"xml", "soap"}:
        return _xml_rows(answer, resource)
    if resource.items.steps and not resource.items.is_present(answer.body):
        raise CallFailed(
            "CONN_UNEXPECTED_SHAPE", f"{answer.label} has no '{resource.items.source}'"
        )
    found = resource.items.read(answer.body)
    if found is None:
        return []
    match resource.shape, found:
        case (("list" | "list_or_keyed" | "list_or_one" | "keyed"), list()) if (
            resource.shape != "keyed" or not found
        ):
            rows = found
        case (("keyed" | "list_or_keyed"), dict()):
            rows = list(found.values())
        case (("one" | "list_or_one"), dict()):
            rows = [found]
        case _:
            due = {"list": "a list", "keyed": "an object of rows", "one": "one object"}.get(
                resource.shape, "a list or an object"
            )
            raise CallFailed(
                "CONN_UNEXPECTED_SHAPE",
                f"{answer.label} answered with {_NAMES.get(type(found), 'something else')} where "
                f"{due} is due",
            )
    return [row if type(row) is dict else {"value": row} for row in rows]


def _xml_rows(answer: Answer, resource: Resource) -> list[dict[str, Any]]:
    """Return the rows of an XML answer.

    In XML one of something looks like itself, none of it is simply absent.
    """
    found = resource.items.read(answer.body)
    rows = found if isinstance(found, list) else [] if found is None else [found]
    if answer.type == "xml" and None in rows:
        raise CallFailed(
            "CONN_UNEXPECTED_SHAPE",
            f"{answer.label} answered with an empty element where a row is due",
        )
    return [row if type(row) is dict else {"value": row} for row in rows]
