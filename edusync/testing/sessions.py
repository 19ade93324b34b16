"""A connector that signs in again in mid-run: which sign-in a request bears depends on speed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.spec.payload import Members

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from edusync.spec.tree import Spec

_LONG = 8
"""A shorter text may stand in an answer by chance."""


def any_session(
    request: dict[str, Any], tokens: Collection[str], signed: Collection[str] = ()
) -> dict[str, Any]:
    """Return a request of which each query parameter that holds a sign-in may have any value.

    `tokens` are what the sign-ins gave, without any when it signed in once; `signed` are the
    parameters that sign a request, and are others each time.
    """
    query = request.get("query")
    if not query or not (tokens or signed):
        return request
    values = {
        name: "*" if value in tokens or name in signed else value for name, value in query.items()
    }
    return {**request, "query": values}


def signed_with(spec: Spec) -> frozenset[str]:
    """Return the query parameters that are others for each request, since they sign it."""
    auth = spec.transport.auth
    signs, sent = auth.sign.query if auth.sign else None, auth.send.get("query")
    signing = signs.members if isinstance(signs, Members) else {}
    moving = {
        name: value
        for name, value in (sent.members if isinstance(sent, Members) else {}).items()
        if any("request" in part.roots for part in value.parts)
    }
    return frozenset({**signing, **moving})


def one_session(found: Any, tokens: Sequence[str]) -> Any:
    """Return what was heard as if there had been the first sign-in alone; short ones stay."""
    if isinstance(found, dict):
        return {name: one_session(value, tokens) for name, value in found.items()}
    if isinstance(found, list):
        return [one_session(value, tokens) for value in found]
    for token in tokens[1:]:
        if min(len(token), len(tokens[0])) < _LONG:
            continue
        if isinstance(found, str):
            found = found.replace(token, tokens[0])
        elif isinstance(found, bytes):
            found = found.replace(token.encode(), tokens[0].encode())
    return found
