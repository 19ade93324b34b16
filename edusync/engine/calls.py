"""Build what a call sends.

What cannot be evaluated, or is unknown, refuses the call: nothing goes out with a hole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.engine.verdicts import Undecided, holds
from edusync.errors import CallNotMade, ConfigurationProblem
from edusync.spec.compile.payloads import render
from edusync.spec.evaluate import Unreadable, called, is_unknown
from edusync.transport.query import as_json, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from edusync.spec.tree import Expression, Payload
    from edusync.transport.message import Request

_HEADER = re.compile(r"(?:[^\s\x00-\x1f\x7f][^\r\n\x00]*)?\Z")


def content(payload: Payload | None, names: Mapping[str, Any]) -> Any:
    """Return what is sent, None when there is nothing; CallNotMade when it cannot be worked out."""
    if payload is None:
        return None
    found = _rendered(payload, names)
    if is_unknown(found):
        raise CallNotMade("CONN_CALL_FAILED", "a call needs something that could not be read")
    return found


def members(payload: Payload | None, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is sent under names: a query, headers, a form, arguments."""
    found = content(payload, names)
    if not isinstance(found, dict | None):
        raise CallNotMade("CONN_CALL_FAILED", "a call needs names and their values here")
    return dict(found or {})


def document(payload: Payload | None, names: Mapping[str, Any]) -> str | None:
    """Return a text that is sent, None when there is none."""
    found = content(payload, names)
    return None if found is None else text(found)


def bound(
    payload: Payload | None, used: set[str], names: Mapping[str, Any], *, empty: bool
) -> dict[str, Any]:
    """Return the values that a statement uses, by name; `empty` says whether one may be empty."""
    rendered = _rendered(payload, names) if payload is not None else {}
    values = {name: value for name, value in rendered.items() if name in used}
    if is_unknown(values):
        raise CallNotMade("CONN_CALL_FAILED", "a statement needs a value that could not be read")
    if not empty and None in values.values():
        raise CallNotMade("CONN_CALL_FAILED", "a statement needs a value that is empty")
    if any(isinstance(value, dict) for value in values.values()):
        raise CallNotMade("CONN_CALL_FAILED", "a statement needs single values, or a list of them")
    return values


def path(payload: Payload, names: Mapping[str, Any]) -> str:
    """Return the path of a URL, or the name of a file; CallNotMade when there is none."""
    found = content(payload, names)
    if not found and payload.parts and not payload.parts[0].constant:
        raise CallNotMade("CONN_CALL_FAILED", "a call needs something for its path that is empty")
    return text(found)


def counts(condition: Expression | None, names: Mapping[str, Any]) -> bool:
    """Whether a call, or a piece of one, counts; CallNotMade when that cannot be decided."""
    try:
        return holds(condition, names)
    except Undecided as undecided:
        raise CallNotMade(
            "CONN_CALL_FAILED", f"nobody can say whether a call counts: {undecided}"
        ) from None


def signature(
    name: str, function: Callable[..., Any], arguments: Mapping[str, Any]
) -> dict[str, str]:
    """Return the headers that a function of a plugin signs a request with."""
    try:
        made = called(name, function, arguments)
    except Unreadable as error:
        raise CallNotMade("CONN_CALL_FAILED", f"a call could not be signed: {error}") from None
    if not isinstance(made, dict) or is_unknown(made):
        raise CallNotMade("CONN_CALL_FAILED", f"the function '{name}' gives no headers")
    return {str(key): text(value) for key, value in made.items()}


def setting(payload: Payload | None, names: Mapping[str, Any], word: str) -> str | None:
    """Return what the spec makes of the answers, None for nothing.

    Raises ConfigurationProblem when it cannot be worked out.
    """
    if payload is None:
        return None
    try:
        found = render(payload, None, names)
    except Unreadable as error:
        reason = str(error)
    else:
        if not is_unknown(found):
            return text(found) if found else None
        reason = "it needs something that could not be read"
    raise ConfigurationProblem(
        "CONF_WRONG_TYPE",
        f"the spec makes no '{word}' of the answers: {reason}",
        "correct the answers that it names",
    )


def checked(request: Request) -> Request:
    """Return a request that can be written; CallNotMade when a text of it cannot, or its JSON."""
    headers = [*request.headers.values(), *request.cookies.values()]
    if not all(_HEADER.match(value) and fits(value, "latin-1") for value in headers):
        raise CallNotMade("CONN_CALL_FAILED", "a header of a call cannot be written")
    if not all(fits(part, "latin-1") for part in request.basic or ()):
        raise CallNotMade("CONN_CALL_FAILED", "user or password of a call cannot be written")
    if not all(fits(part) for part in _texts(request)):
        raise CallNotMade("CONN_CALL_FAILED", "a text of a call cannot be written")
    if request.json is not None:
        try:
            as_json(request.json)
        except (TypeError, ValueError):
            raise CallNotMade("CONN_CALL_FAILED", "the JSON of a call cannot be written") from None
    return request


def _texts(request: Request) -> Iterator[str]:
    yield request.url
    for name, value in (*request.query, *(request.form or {}).items()):
        yield from (name, value)
    yield from (part for part in (request.text, request.xml) if part)


def fits(part: str, charset: str = "utf-8") -> bool:
    """Whether a text can be written: lone halves of a character cannot."""
    try:
        part.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _rendered(payload: Payload, names: Mapping[str, Any]) -> Any:
    try:
        return render(payload, None, names)
    except Unreadable as error:
        raise CallNotMade("CONN_CALL_FAILED", f"a call could not be written: {error}") from None
