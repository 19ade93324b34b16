"""Errors that an ERP states in an answer of status 200."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = frozenset({"error", "errors", "erreur", "erreurs", "exception", "fault"})
_NONE = frozenset({"", "0", "false", "no", "non", "none", "null", "ok"})
_BESIDE = frozenset(
    {
        *("code", "status", "statuscode", "success", "ok", "message", "messages", "detail"),
        *("details", "type", "title", "path", "timestamp", "trace", "traceid", "id", "jsonrpc"),
    }
)
"""What an answer that is nothing but an error has beside it."""
_SUCCESS = frozenset({"success", "succes", "succès", "ok", "issuccess"})  # codespell:ignore succes
_NO = frozenset({"false", "0", "no", "non", "ko"})
_STATES = frozenset({"status", "statut", "state", "etat", "état", "result", "resultat", "résultat"})
_FAILED = frozenset(
    {
        *("error", "erreur", "failed", "failure", "fail", "ko", "fault", "exception"),
        *("echec", "échec"),
    }
)
"""What such a member says of an answer that failed."""
_RPC = frozenset({"jsonrpc", "id", "result", "error"})
_GRAPHQL = frozenset({"data", "errors", "extensions"})


def states_error(body: object) -> bool:
    """Whether an answer has a member that states an error, and that is not empty."""
    return isinstance(body, dict) and any(
        is_error(name) and says_something(value) for name, value in body.items()
    )


def failing_member(body: object) -> str | None:
    """Return the name of a member by which an answer says that it failed; None when it has none.

    An error that says something, a flag of success that is false, or a status of failure.
    """
    for name, value in body.items() if isinstance(body, dict) else ():
        if is_error(_bare(name)) and says_something(value):
            return str(name)
    return failing_flag(body)


def failing_flag(body: object) -> str | None:
    """Return the name of a flag of success that is false, or of a status of failure."""
    for name, value in body.items() if isinstance(body, dict) else ():
        word = _bare(name)
        if (word in _SUCCESS and _plain(value) in _NO) or (
            word in _STATES and _plain(value) in _FAILED
        ):
            return str(name)
    return None


def _bare(name: object) -> str:
    return str(name).lower().lstrip("@")


def _plain(value: object) -> str:
    return str(value).strip().lower() if isinstance(value, str | bool | int) else ""


def is_error_alone(body: object) -> bool:
    """Whether an answer states an error and holds nothing else."""
    return states_error(body) and all(
        is_error(name) or name.lower() in _BESIDE or value in (None, [], {})
        for name, value in body.items()  # type: ignore[attr-defined]  # what states an error is a mapping
    )


def is_protocol_error(body: object) -> bool:
    """Whether an answer is an error as JSON-RPC or GraphQL define it; both answer with status 200.

    GraphQL gives null for whatever an error befell, so that nothing beside `errors` is to be
    trusted.
    """
    if not isinstance(body, dict):
        return False
    if body.keys() <= _RPC and body.keys() & {"jsonrpc", "id", "result"}:
        return bool(body.get("error"))
    errors: Any = body.get("errors")
    return (
        body.keys() <= _GRAPHQL
        and isinstance(errors, list)
        and any(isinstance(error, dict) and "message" in error for error in errors)
    )


def is_error(name: object) -> bool:
    """Whether a member or an element is called as errors are."""
    return isinstance(name, str) and name.lower() in _NAMES


def says_something(value: object) -> bool:
    """Whether a value is more than one of the words for nothing."""
    if isinstance(value, str):
        return value.strip().lower() not in _NONE
    return bool(value)


_WORDS = ("message", "detail", "details", "description", "title", "libelle", "reason", "trace")
"""Members in which an ERP says what was wrong, the most telling first."""
_LONGEST = 2_000


def own_words(body: object, kind: str, raw: bytes) -> str | None:
    """Return in the ERP's own words what is wrong; None when it says nothing that can be read.

    Looked for in `error.message`, `errors[].detail` and their like, in a plain text, not in a page.
    """
    if kind == "text":
        return " ".join(raw[:_LONGEST].decode("utf-8", "replace").split()) or None
    texts = dict.fromkeys(_error_texts(body, depth=3))
    return "; ".join(texts)[:_LONGEST] or None


def _error_texts(node: object, *, depth: int) -> Iterator[str]:
    """Yield the texts that say what is wrong."""
    if isinstance(node, str) and node.strip():
        yield " ".join(node.split())
    elif isinstance(node, list) and depth:
        for one in node:
            yield from _error_texts(one, depth=depth - 1)
    elif isinstance(node, dict) and depth:
        names = {name.lower(): name for name in node if isinstance(name, str)}
        stated = [names[name] for name in names if is_error(name)]
        plain = [names[name] for name in _WORDS if names.get(name) and node[names[name]]][:1]
        for name in (*stated, *plain):
            yield from _error_texts(node[name], depth=depth - 1)
