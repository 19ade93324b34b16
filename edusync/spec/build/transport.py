"""Build the section `transport`: the wire, the sign-in, the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean
from edusync.spec.build.answers import check_default_answer
from edusync.spec.build.calls import build_own_call
from edusync.spec.build.reader import read_node
from edusync.spec.fields import keys_of
from edusync.spec.scopes import RUN
from edusync.spec.tree import FilesTransport, Transport
from edusync.spec.tree.sign_in import DEFAULT, SIGN_INS
from edusync.spec.tree.sign_in.steps import StepsAuth
from edusync.spec.tree.transport import WIRES

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Auth, OwnCall, Payload


def build_transport(builder: Builder) -> Transport:
    """Build the whole section."""
    route: Route = ("transport",)
    check_default_answer(builder)
    return _wire(builder, route, auth=_auth(builder))


def build_own_transport(builder: Builder) -> FilesTransport:
    """Build the section of a way up which has a folder of its own."""
    transport = _wire(builder, ("writeback", "transport"))
    assert isinstance(transport, FilesTransport)  # noqa: S101 - the schema lets no other through
    return transport


def _wire(builder: Builder, route: Route, **built: Any) -> Transport:
    wire = WIRES[builder.get(route)["kind"]]
    _check_keys(builder, route, wire)
    return read_node(builder, wire, route, RUN, **built)


def _check_keys(builder: Builder, route: Route, wire: type[Transport]) -> None:
    """Report that it is not said where the ERP is, and what belongs to another wire."""
    data, of = builder.get(route), f"a transport of kind {wire.kind}"
    if wire.entrance not in data:
        builder.document.report(
            "SPEC_MISSING_KEY",
            route,
            f"no '{wire.entrance}' in 'transport'",
            f"{of} needs it",
            key=True,
        )
    known = {key.name for other in WIRES.values() for key in keys_of(other)}
    for name in sorted(data.keys() & known - {key.name for key in keys_of(wire)}):
        builder.document.report(
            "SPEC_UNKNOWN_KEY",
            (*route, name),
            f"'{name}' means nothing to {of}",
            f"write '{wire.entrance}'" if name in _ADDRESSES else "remove it",
            key=True,
        )


_ADDRESSES = {"address", *(wire.entrance for wire in WIRES.values())}


def _auth(builder: Builder) -> Auth:
    """Build the way to sign in, of the kind that it says itself."""
    route: Route = ("transport", "auth")
    data = builder.get(route)
    if data is None:
        return StepsAuth()
    scope = RUN | {"auth"}
    name = data.get("kind", DEFAULT)
    usual = {"login": _login(builder, route, scope)} if name == DEFAULT else {}
    auth_names = SIGN_INS[name].gives | {
        read for step in usual.get("login", ()) for read in step.read
    }
    send = _sent(builder, route, scope, auth_names)
    if data.get("sign") is not None:
        _check_signature(builder, (*route, "sign"))
    scopes = {"sign": scope | {"request"}, "logout": scope}
    return read_node(builder, SIGN_INS[name], route, RUN, scopes, send=send, **usual)


def _check_signature(builder: Builder, route: Route) -> None:
    """Report a signature that adds nothing, and one that is made in two ways."""
    data = builder.get(route)
    places = [word for word in ("headers", "query") if word in data]
    if not places and "function" not in data:
        builder.document.report(
            "SPEC_MISSING_KEY",
            route,
            "'sign' says neither what is added nor which function makes it",
            "add 'headers: {X-Signature: …}' or 'query: …'",
            key=True,
        )
    for word in places if "function" in data else ():
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, word),
            "a function makes all headers that sign",
            f"take '{word}' out, or 'function'",
            key=True,
        )


def _login(builder: Builder, route: Route, scope: frozenset[str]) -> tuple[OwnCall, ...]:
    steps = []
    for index in range(len(builder.get((*route, "login")) or ())):
        step = build_own_call(builder, (*route, "login", index), scope)
        if step is not None:
            steps.append(step)
            continue
        builder.document.report(
            "SPEC_MISSING_KEY",
            (*route, "login", index),
            "a step needs a call",
            "add get: or post:",
            key=True,
        )
    return tuple(steps)


def _sent(
    builder: Builder, route: Route, scope: frozenset[str], auth_names: frozenset[str]
) -> dict[str, Payload]:
    """Build what goes with every call; report names that no sign-in gives."""
    send = {
        place: _payload(builder, (*route, "send", place), scope | {"request"})
        for place in builder.get((*route, "send")) or {}
    }
    for place, payload in send.items():
        for expression in payload.parts:
            for name in expression.names:
                is_read = name[0] != "auth" or len(name) == 1 or name[1] in auth_names
                if not is_read and tuple(name[:2]) not in builder.unknown:
                    builder.document.report(
                        "SPEC_UNKNOWN_VARIABLE",
                        (*route, "send", place),
                        f"no log-in step reads '{name[1]}'",
                        did_you_mean(name[1], sorted(auth_names)),
                    )
    return send


def _payload(builder: Builder, route: Route, scope: frozenset[str]) -> Payload:
    """Build what is sent in one place: XML and paths have rules of their own."""
    if route[-1] == "xml" or (route[-1] == "soap_header" and isinstance(builder.get(route), str)):
        return builder.xml(route, scope)
    if route[-1] == "path":
        return builder.url_path(route, scope)
    return builder.payload(route, scope)
