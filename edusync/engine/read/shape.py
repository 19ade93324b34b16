"""The rows of an answer, in whatever shape they come."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.errors import CallFailed
from edusync.model.marked import Marked
from edusync.transport.envelope import failing_word
from edusync.transport.exchange import unreadable
from edusync.transport.message import Flaw
from edusync.transport.stated import is_error, is_error_alone, states_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from edusync.spec.texts import Path
    from edusync.spec.tree import Resource
    from edusync.transport.message import Answer, AnswerKind, Decoded

_NAMES = {
    list: "a list",
    dict: "an object",
    str: "a text",
    int: "a number",
    float: "a number",
    bool: "true or false",
}


class RowsRead(NamedTuple):
    """The rows of an answer, what of it could not be read, and the files that it came in."""

    rows: list[dict[str, Any]]
    flaws: tuple[Flaw, ...] = ()
    files: tuple[tuple[str, int | None], ...] = ()


def rows_within(
    answer: Answer, resource: Resource, read: Callable[[bytes, AnswerKind], Decoded]
) -> RowsRead:
    """Return the rows of an answer, of its files, or of the documents inside it (`inner`)."""
    if answer.type == "files":
        return _rows_of_files(answer, resource, read)
    if answer.type == "broken":
        raise CallFailed("CONN_UNREADABLE", answer.cause or "")
    _check_declared(answer, resource.inner.at if resource.inner else resource.items)
    if resource.inner is None or answer.body is None:
        return RowsRead(rows_of(answer, resource), answer.flaws)
    kind = resource.inner.answer
    texts = resource.inner.at.read(answer.body)
    rows: list[dict[str, Any]] = []
    flaws = list(answer.flaws)
    for text in texts if isinstance(texts, list) else [] if texts is None else [texts]:
        found = read(str(text).strip().encode(), replace(kind, charset="utf-8"))
        within = replace(answer, body=found.body, type=found.kind, root=found.root)
        if found.kind not in {kind.kind, "empty"}:
            within = replace(within, label=f"{answer.label}, a document inside it,")
            raise CallFailed(*unreadable(replace(within, cause=found.cause), kind.kind))
        rows += rows_of(within, resource)
        flaws += found.flaws
    return RowsRead(rows, tuple(flaws))


def _rows_of_files(
    answer: Answer, resource: Resource, read: Callable[[bytes, AnswerKind], Decoded]
) -> RowsRead:
    """Return the rows of files; one that cannot be read does not hide the others."""
    rows: list[dict[str, Any]] = []
    flaws = list(answer.flaws)
    files: list[tuple[str, int | None]] = []
    for part in answer.body:
        try:
            found = rows_within(_of_several(part, resource), resource, read)
        except CallFailed as failed:
            if len(answer.body) == 1:
                raise
            flaws.append(Flaw("rows", f"of {len(answer.body)} files", failed.message))
            files.append((part.url, None))
            continue
        rows += found.rows
        flaws += [flaw._replace(where=f"{part.label}, {flaw.where}") for flaw in found.flaws]
        files.append((part.url, len(found.rows)))
    return RowsRead(rows, tuple(flaws), tuple(files))


def _of_several(part: Answer, resource: Resource) -> Answer:
    """Return a file as the paths of a list address it.

    A document is one of several where a path begins with a list, as in `[].lines[]`, and where none
    is said; any other path leads into the document, as into an answer over HTTP.
    """
    first = resource.inner.at if resource.inner else resource.items
    leads_in = not first.source.startswith(("[", "@")) or (
        first.source == "@" and resource.shape in {"keyed", "one"}
    )
    if part.body is None or isinstance(part.body, list) or leads_in:
        return part
    return replace(part, body=[part.body])


def rows_of(answer: Answer, resource: Resource) -> list[dict[str, Any]]:
    """Return the rows of an answer.

    CallFailed when they do not have the shape that the spec promises.

    Null is no rows, unless an error is stated beside it. A row that is a plain value stands under
    `value`.
    """
    if answer.body is None:
        return []
    if answer.type in {"rows", "csv", "xlsx", "ics"}:
        return [row if type(row) is dict else row_of(row) for row in answer.body]
    rows = (
        _xml_rows(answer, resource) if answer.type in {"xml", "soap"} else _rows(answer, resource)
    )
    if not rows and (states_error(answer.body) or is_error(answer.root)):
        raise CallFailed(
            "CONN_CALL_FAILED", f"{answer.label} states an error, and holds no rows beside it"
        )
    word = failing_word(answer, steps_to_rows(resource))
    if word is not None:
        raise CallFailed(
            "CONN_CALL_FAILED",
            f"{answer.label} states an error beside its rows, in '{word}'; if it means something "
            "else, a line of `answers` that reads it says `ok`",
        )
    return [row if type(row) is dict else row_of(row) for row in rows]


def steps_to_rows(resource: Resource) -> tuple[str, ...] | None:
    """Return the names that lead to the rows of an answer; None when it is the rows themselves."""
    items = resource.items
    return None if items.source == "@" else items.begins[0] if items.begins else ()


def _check_declared(answer: Answer, path: Path) -> None:
    """Raise CallFailed for a path that no answer can have, since no type declares it.

    One that a type declares may be left out when there is nothing.
    """
    declares = answer.declares
    if declares is None or not path.begins or answer.read(path) is not None:
        return
    if not any(declares(steps) for steps in path.begins):
        raise CallFailed(
            "CONN_UNEXPECTED_SHAPE",
            f"{answer.label} has no '{path.source}'",
            "the WSDL declares no such element in its answer: see which it declares",
        )


def _rows(answer: Answer, resource: Resource) -> list[Any]:
    items = resource.items
    found = items.read(answer.body)
    absent = found is None and not (items.source == "@" or items.may_be_empty(answer.body))
    if absent and states_error(answer.body):
        raise CallFailed(
            "CONN_UNEXPECTED_SHAPE", f"{answer.label} states an error in place of '{items.source}'"
        )
    if absent:
        raise CallFailed("CONN_UNEXPECTED_SHAPE", f"{answer.label} has no '{items.source}'")
    if found is None:
        return []
    if resource.shape != "list" and is_error_alone(found):
        raise CallFailed("CONN_CALL_FAILED", f"{answer.label} states an error in place of its rows")
    match resource.shape, found:
        case (("list" | "list_or_keyed" | "list_or_one" | "keyed"), list()) if (
            resource.shape != "keyed" or not found
        ):
            # what a path puts together of several has null where one of them is not there
            return (
                found
                if items.steps or items.source == "@"
                else [row for row in found if row is not None]
            )
        case (("keyed" | "list_or_keyed"), dict()):
            return list(found.values())
        case (("one" | "list_or_one"), dict()):
            return [found]
    due = {"list": "a list", "keyed": "an object of rows", "one": "one object"}.get(
        resource.shape, "a list or an object"
    )
    raise CallFailed(
        "CONN_UNEXPECTED_SHAPE",
        f"{answer.label} answered with {_NAMES.get(type(found), 'something else')} where {due} is "
        "due",
    )


def _xml_rows(answer: Answer, resource: Resource) -> list[Any]:
    """Return the rows of an XML answer.

    In XML one of something looks like itself, none of it is simply absent.
    """
    found = answer.read(resource.items)
    rows = found if isinstance(found, list) else [] if found is None else [found]
    if answer.type == "xml" and None in rows:
        raise CallFailed(
            "CONN_UNEXPECTED_SHAPE",
            f"{answer.label} answered with an empty element where a row is due",
        )
    return rows


def row_of(value: Any) -> dict[str, Any]:
    """Return something of a list as a row; a plain value stands under `value`."""
    if isinstance(value, Marked):
        return {**value.members, "value": str(value)}
    return value if isinstance(value, dict) else {"value": value}
