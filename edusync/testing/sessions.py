"""What differs from one request to the next: a sign-in that is made anew in mid-run, a signature.

Which sign-in a request bears depends on speed, and a signature is another each time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.spec.payload import Each, Fixed, Items, Members, Text
from edusync.spec.texts import Expression
from edusync.spec.tree import walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from edusync.spec.payload import Payload
    from edusync.spec.tree import Spec

ANY = "*"
"""Stands for whatever is sent under a name."""
_LONG = 8
"""A shorter text may stand in an answer by chance."""
_MADE_OF_SECRETS = frozenset({"connection", "auth"})
_ONE_WAY = re.compile(r"\|\s*(?:hmac|digest)\b")
_ELEMENT = re.compile(r"(<(?:[\w.-]+:)?([\w.-]+)(?:\s[^<>]*)?(?<!/)>)([^<]*)(?=</)")
_HOLE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_REQUEST = re.compile(r"\brequest\s*[.\[]")


def any_session(
    request: dict[str, Any], tokens: Collection[str], signed: Collection[str] = ()
) -> dict[str, Any]:
    """Return a request of which what signs it may have any value, and each parameter that signs in.

    `tokens` are what the sign-ins gave, without any when it signed in once; `signed` are the names
    under which a request holds what is another each time.
    """
    query = request.get("query")
    if query and (tokens or signed):
        values = {
            name: ANY if value in tokens or name in signed else value
            for name, value in query.items()
        }
        request = {**request, "query": values}
    return {**request, "body": any_of(request["body"], signed)} if "body" in request else request


def any_of(body: Any, names: Collection[str]) -> Any:
    """Return a body in which whatever stands under some names may be anything."""
    if not names:
        return body
    if isinstance(body, dict):
        return {
            name: ANY if name in names else any_of(value, names) for name, value in body.items()
        }
    if isinstance(body, list):
        return [any_of(value, names) for value in body]
    if isinstance(body, str) and body.lstrip().startswith("<"):
        return _ELEMENT.sub(lambda found: found[1] + (ANY if found[2] in names else found[3]), body)
    return body


def names_of_any(body: Any) -> Iterator[str]:
    """Yield the names under which a body may hold anything."""
    if isinstance(body, dict):
        for name, value in body.items():
            if value == ANY:
                yield str(name)
            yield from names_of_any(value)
    elif isinstance(body, list):
        for value in body:
            yield from names_of_any(value)
    elif isinstance(body, str) and body.lstrip().startswith("<"):
        yield from (found[2] for found in _ELEMENT.finditer(body) if found[3] == ANY)


def signed_with(spec: Spec) -> frozenset[str]:
    """Return the names under which requests hold what is another each time.

    What signs them, and what is made one way of a secret, which no recording holds.
    """
    names = set[str]()
    for met in walk(spec):
        if isinstance(met.node, Members):
            names |= {name for name, value in met.node.members.items() if _is_moving(value)}
        elif isinstance(met.node, Expression) and "<" in str(met.node.source):
            names |= {
                element[2]
                for element in _ELEMENT.finditer(str(met.node.source))
                if any(_moves(hole) for hole in _HOLE.findall(element[3]))
            }
    return frozenset(names)


def _is_moving(value: Payload) -> bool:
    """Whether what stands under a name is a text that is another each time."""
    if not isinstance(value, Text | Fixed | Items | Each):
        return False
    return any(
        "request" in part.roots
        or (part.roots & _MADE_OF_SECRETS and _ONE_WAY.search(str(part.source)))
        for part in value.parts
    )


def _moves(hole: str) -> bool:
    """Whether a hole of a piece of XML is filled with something else each time."""
    is_of_secrets = any(f"{name}." in hole for name in _MADE_OF_SECRETS)
    return bool(_REQUEST.search(hole) or (is_of_secrets and _ONE_WAY.search(hole)))


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
