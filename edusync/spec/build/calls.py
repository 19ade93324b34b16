"""Build calls."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from edusync.diagnostics import did_you_mean
from edusync.spec.build.answers import answer_kind
from edusync.spec.build.named import added, report_twice
from edusync.spec.build.reader import read_node
from edusync.spec.build.statements import check_statement
from edusync.spec.build.stray import report_stray
from edusync.spec.payload import Filled, Fixed
from edusync.spec.tree import FileCall, HttpCall, Operation, OwnCall, Statement
from edusync.spec.tree.call import VERBS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Call

NOTHING = Fixed("")
_ASKING = (*VERBS, "method")
_WHOLE = ("{{", "http://", "https://")
_ONE_HOLE = re.compile(r"\s*\{\{(?:(?!\}\}|\{\{).)*\}\}\s*", re.DOTALL)
_HOLE = re.compile(r"\bwith\.(\w+)")


def build_call(builder: Builder, route: Route, scope: frozenset[str]) -> Call | None:
    """Build the call at a route, None when there is none.

    A named call is put in with its holes filled.
    """
    data = builder.get(route)
    if data is None:
        return None
    verbs = [
        word
        for word in (*(() if "call" in data else _ASKING), "call", "sql", "soap", "file")
        if word in data
    ]
    word = next(iter(verbs), "zip" if "zip" in data else "rows" if "rows" in data else "from")
    if word in data:
        report_stray(builder, route, word)
    if not verbs:
        return None
    _check_kind(builder, route, (word,))
    if len(verbs) > 1:
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, verbs[1]),
            f"a call has one verb, not '{verbs[0]}' and '{verbs[1]}'",
            "keep one",
            key=True,
        )
    if verbs[0] not in {"sql", "file"}:
        scope = scope | {"auth"}
    if verbs[0] == "sql":
        check_statement(builder, route, data)
        return read_node(builder, Statement, route, scope)
    if verbs[0] == "file":
        answer = answer_kind(builder, (*route, "answer"))
        return read_node(builder, FileCall, route, scope, answer=answer)
    if verbs[0] == "soap":
        return build_operation(builder, route, ("soap",), scope)
    return _named(builder, route, scope) if verbs[0] == "call" else _written(builder, route, scope)


def _check_kind(builder: Builder, route: Route, word: Route) -> None:
    """Report a call that the transport cannot make.

    That of the way up, where it has one of its own.
    """
    kind = _transport(builder, route)["kind"]
    needed = {"sql": "sql", "soap": "soap", "zip": "soap", "file": "files"}.get(
        str(word[0]), "http"
    )
    if kind != needed and (kind, needed) != ("soap", "http"):  # SOAP is HTTP, too
        verbs = {"http": "get or post", "soap": "soap", "sql": "sql", "files": "file"}[kind]
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, *word),
            f"'{word[0]}' needs a transport of kind {needed}",
            f"say {verbs} here, or 'kind: {needed}' below 'transport'",
            key=True,
        )


def _transport(builder: Builder, route: Route) -> Mapping[str, Any]:
    """Return the transport of a call: that of the way up, where it has one of its own."""
    own = builder.get(("writeback", "transport")) if route[:1] == ("writeback",) else None
    transport: Mapping[str, Any] = own or builder.get(("transport",))
    return transport


def _check_address(builder: Builder, route: Route) -> None:
    """Report a path over SOAP that is no whole address: it would stand below the description."""
    if _transport(builder, route)["kind"] != "soap":
        return
    path, before = builder.get(route), builder.get(("transport", "auth", "send", "path"))
    if path and not any(str(one).startswith(_WHOLE) for one in (path, before)):
        builder.document.report(
            "SPEC_WRONG_VALUE",
            route,
            f"'{route[-1]}' over SOAP needs a whole address, for there is no base to stand below",
            "say soap: PORT.OPERATION here; for what answers over HTTP beside it the whole address",
            key=True,
        )


def build_own_call(builder: Builder, route: Route, scope: frozenset[str]) -> OwnCall | None:
    """Build a call that the transport makes by itself, None when there is none."""
    call = build_call(builder, route, scope)
    return None if call is None else read_node(builder, OwnCall, route, scope, call=call)


def build_operation(
    builder: Builder, route: Route, word: Route, scope: frozenset[str]
) -> Operation:
    """Build a call of a SOAP operation, which is named by a word of what stands at the route."""
    _check_kind(builder, route, word)
    scope = scope | {"auth"}
    _check_members(builder, (*route, "arguments"))
    name = str(builder.get((*route, *word)))
    place = builder.at((*route, *word) if len(word) > 1 else route)
    return read_node(builder, Operation, route, scope, operation=name, place=place)


def _written(builder: Builder, route: Route, scope: frozenset[str]) -> HttpCall:
    data = builder.get(route)
    word = next((word for word in _ASKING if word in data), "")
    _check_method(builder, route, data)
    _check_members(builder, (*route, "form"))
    verb = data["method"] if word == "method" else word.upper()
    where = "path" if word == "method" else word
    if where in data:
        _check_address(builder, (*route, where))
    return read_node(
        builder,
        HttpCall,
        route,
        scope,
        verb=verb,
        path=builder.url_path((*route, where), scope) if where in data else NOTHING,
        answer=answer_kind(builder, (*route, "answer")),
    )


def _check_members(builder: Builder, route: Route) -> None:
    """Report a text that cannot give names and their values, since it is not one hole alone."""
    text = builder.get(route)
    if not isinstance(text, str) or _ONE_HOLE.fullmatch(text):
        return
    builder.document.report(
        "SPEC_WRONG_VALUE",
        route,
        f"'{route[-1]}' needs names and their values, and a text has none",
        "write them out, or one hole that gives them all, as in '{{ line }}'",
    )


def _check_method(builder: Builder, route: Route, data: Mapping[str, Any]) -> None:
    """Report a verb that has a key of its own, and a verb or a path without the other."""
    method = data.get("method")
    if method is not None and method.lower() in VERBS:
        word = method.lower()
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, "method"),
            f"{method} has a key of its own",
            f"write '{word}: {data.get('path', '/…')}' in place of 'method' and 'path'",
            key=True,
        )
    for word, other in (("method", "path"), ("path", "method")):
        if word in data and other not in data:
            builder.document.report(
                "SPEC_MISSING_KEY",
                (*route, word),
                f"'{word}' needs '{other}'",
                "add it, as in 'method: REPORT' with 'path: /calendar'",
                key=True,
            )


def _named(
    builder: Builder, route: Route, scope: frozenset[str], above: tuple[str, ...] = ()
) -> HttpCall | None:
    """Build a call that rests on a named one, which may rest on another itself."""
    calls = builder.get(("transport", "calls")) or {}
    name = str(builder.get((*route, "call")))
    if not _is_known(builder, (*route, "call"), name, above):
        return None
    named: Route = ("transport", "calls", name)
    inner = scope | {"with", "page"}
    its = (
        _named(builder, named, inner, (*above, name))
        if "call" in calls[name]
        else _written(builder, named, inner)
    )
    if its is None:
        return None
    ours = _written(builder, route, scope)
    holes = {
        key: builder.payload((*route, "with", key), scope)
        for key in builder.get((*route, "with")) or {}
    }
    if not _has_one_verb(builder, route, name, its, ours, is_whole=not above):
        return None
    report_twice(builder, route)
    wanted = set(_HOLE.findall(str(calls[name])))  # as written: one with a mistake has holes, too
    for key in [key for key in holes if key not in wanted]:
        builder.document.report(
            "SPEC_UNKNOWN_VARIABLE",
            (*route, "with", key),
            f"the call '{name}' has no hole '{key}'",
            did_you_mean(key, sorted(wanted)),
            key=True,
        )
    return replace(
        ours,
        verb=its.verb or ours.verb,
        path=ours.path if ours.verb else Filled(its.path, holes),
        answers=(*ours.answers, *its.answers),
        answer=ours.answer if builder.get((*route, "answer")) else its.answer,
        repeat=ours.repeat or its.repeat,
        omit_empty=ours.omit_empty or its.omit_empty,
        **added(its, ours, holes),
    )


def _is_known(builder: Builder, route: Route, name: str, above: tuple[str, ...]) -> bool:
    """Report a call that is not described, or that rests on itself."""
    builder.refer("call", name, route)
    calls = builder.get(("transport", "calls")) or {}
    if name not in calls:
        builder.document.report(
            "SPEC_UNKNOWN_CALL",
            route,
            f"no call is called '{name}'",
            did_you_mean(name, list(calls)),
        )
        return False
    builder.used_calls.add(name)
    report_stray(builder, ("transport", "calls", name), "call" if "call" in calls[name] else "get")
    if name in above:
        builder.document.report(
            "SPEC_WRONG_VALUE",
            route,
            f"the calls {' → '.join([*above, name])} rest on each other in a circle",
            "let one of them be whole",
        )
    return name not in above


def _has_one_verb(
    builder: Builder, route: Route, name: str, its: HttpCall, ours: HttpCall, *, is_whole: bool
) -> bool:
    """Report two verbs, and a whole call without any."""
    if its.verb and ours.verb:
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, _word(ours)),
            f"the call '{name}' says '{_word(its)}' already",
            "keep one of them",
            key=True,
        )
    if its.verb or ours.verb or not is_whole:
        return True
    builder.document.report(
        "SPEC_MISSING_KEY",
        route,
        f"neither this nor the call '{name}' says what is asked for",
        "add get: or post: to one of them",
        key=True,
    )
    return False


def _word(call: HttpCall) -> str:
    """Return the key that says the verb of a call."""
    return call.verb.lower() if call.verb.lower() in VERBS else "method"
