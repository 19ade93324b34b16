"""A connector that signs in again in mid-run: which sign-in a request bears depends on speed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_LONG = 8
"""A shorter text may stand in an answer by chance."""


def any_session(request: dict[str, Any], tokens: Collection[str]) -> dict[str, Any]:
    """Return a request of which each query parameter that holds a sign-in may have any value.

    `tokens` are what the sign-ins gave, without any when it signed in once.
    """
    query = request.get("query")
    if not query or not tokens:
        return request
    values = {name: "*" if value in tokens else value for name, value in query.items()}
    return {**request, "query": values}


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
