"""What carries the sign-in in a call: `auth.send`, added to what the call itself sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine import calls
from edusync.errors import CallNotMade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.spec.tree import HttpCall, Payload, Spec

_HIDDEN = "..."


class Carried:
    """What `auth.send` adds; nothing to a step that signs in."""

    def __init__(self, send: Mapping[str, Payload], scope: Mapping[str, Any]) -> None:
        self.send, self.scope = send, scope

    def members(self, place: str) -> dict[str, Any]:
        """Return what is sent under names in a place: headers, query, cookies, form, arguments."""
        return calls.members(self.send.get(place), self.scope)

    def path(self, path: str) -> str:
        """Return a path with what comes before it; a whole URL stays as it is."""
        before = self.send.get("path")
        if before is None or "://" in path:
            return path
        return f"{calls.path(before, self.scope).rstrip('/')}/{path.lstrip('/')}"

    def form(self, form: dict[str, Any] | None) -> dict[str, Any]:
        """Return the fields of a form with its own; nothing for a call that has no form."""
        return {} if form is None else {**form, **self.members("form")}

    def json(self, body: Any) -> Any:
        """Return a JSON body with its members in it; CallNotMade when it is no object."""
        more = self.members("json")
        if not more or body is None:
            return body
        if not isinstance(body, dict):
            raise CallNotMade(
                "CONN_CALL_FAILED",
                "`auth.send.json` adds members to a JSON body, and this one is no object",
            )
        return _together(more, body)

    def xml(self, body: str | None) -> str | None:
        """Return a document with its XML right inside the root; CallNotMade when it has none."""
        more = calls.document(self.send.get("xml"), self.scope)
        return body if not more or not body else within(body, more)


def _together(more: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body with more in it; objects under one name are put together."""
    found = {**body, **more}
    for name in more.keys() & body.keys():
        if isinstance(more[name], dict) and isinstance(body[name], dict):
            found[name] = _together(more[name], body[name])
    return found


def within(document: str, more: str) -> str:
    """Return a document of XML with more of it right inside its root."""
    at = _root(document)
    end = at
    quote = ""
    while 0 <= end < len(document) and (quote or document[end] != ">"):
        sign = document[end]
        quote = "" if sign == quote else quote or (sign if sign in "\"'" else "")
        end += 1
    if at < 0 or end >= len(document):
        raise CallNotMade("CONN_CALL_FAILED", "a body of XML has no root to put the sign-in into")
    if document[end - 1] != "/":
        return document[: end + 1] + more + document[end + 1 :]
    name = document[at + 1 : end - 1].split(maxsplit=1)[0]
    return f"{document[: end - 1]}>{more}</{name}>{document[end + 1 :]}"


def _root(document: str) -> int:
    """Return where the root begins, behind the declaration and comments; -1 when there is none."""
    at = document.find("<")
    while at >= 0 and document[at + 1 : at + 2] in {"?", "!"}:
        end = "-->" if document.startswith("<!--", at) else ">"
        behind = document.find(end, at)
        at = document.find("<", behind) if behind >= 0 else -1
    return at


def shown(call: HttpCall, scope: Mapping[str, Any], spec: Spec, *, prefixed: bool) -> str | None:
    """Return how a call is named to people when its path holds a secret: without it.

    None when the path may be shown as it is.
    """
    secrets = {name for name, one in spec.connection.items() if one.type == "secret"}
    read = {name[:2] for part in call.path.parts for name in part.names}
    hides = any(
        name[0] == "auth" or (name[0] == "connection" and {*name[1:]} & secrets) for name in read
    )
    if not hides and not prefixed:
        return None
    masked = {
        **scope,
        "auth": dict.fromkeys(scope["auth"], _HIDDEN),
        "connection": {**scope["connection"], **dict.fromkeys(secrets, _HIDDEN)},
    }
    try:
        path = calls.path(call.path, masked)
    except CallNotMade:
        path = _HIDDEN
    return f"{call.verb} /{path.lstrip('/').partition('?')[0]}"
