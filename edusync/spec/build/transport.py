"""Build the section `transport`: the wire, the sign-in, the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean
from edusync.spec.build.answers import check_default_answer
from edusync.spec.build.calls import build_call, build_verdicts
from edusync.spec.build.reader import read_node
from edusync.spec.scopes import RUN
from edusync.spec.tree import Limits, Transport
from edusync.spec.tree.sign_in import DEFAULT, SIGN_INS, Signature
from edusync.spec.tree.sign_in.steps import StepsAuth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree import Auth, Call, Payload

_UNITS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0}


def build_transport(builder: Builder, route: Route = ("transport",)) -> Transport:
    """Build the whole section, or that of a way up which has its own."""
    data = builder.get(route)
    if route == ("transport",):
        check_default_answer(builder)
    return Transport(
        kind=data["kind"],
        base_url=builder.payload((*route, _entrance(builder, data, route)), RUN),
        address=builder.optional_payload((*route, "address"), RUN),
        host_key=builder.optional_payload((*route, "host_key"), RUN),
        charset=builder.optional_payload((*route, "charset"), RUN),
        trim=bool(data.get("trim")),
        auth=_auth(builder) if route == ("transport",) else StepsAuth(),
        headers=builder.optional_payload((*route, "headers"), RUN),
        lists=data.get("lists", "comma"),
        answers=build_verdicts(builder, (*route, "answers")),
        limits=_limits(data.get("limits") or {}),
        proxy=builder.optional_payload((*route, "proxy"), RUN),
        ca=builder.optional_payload((*route, "ca"), RUN),
        probe=build_call(builder, (*route, "probe"), RUN),
        assumed=data.get("assumed"),
        place=builder.at(route),
        hosts=builder.optional_payload((*route, "hosts"), RUN),
        inner_hosts=builder.optional_payload((*route, "inner_hosts"), RUN),
    )


def _entrance(builder: Builder, data: Mapping[str, Any], route: Route) -> str:
    """Return the key that says where the ERP is.

    It is reported when it is missing or another one is said.
    """
    entrance = {"http": "base_url", "soap": "wsdl", "sql": "url", "files": "url"}[data["kind"]]
    if entrance not in data:
        builder.document.report(
            "SPEC_MISSING_KEY",
            route,
            f"no '{entrance}' in 'transport'",
            f"a transport of kind {data['kind']} needs it",
            key=True,
        )
    web = {"hosts", "inner_hosts"}
    means = {"http": web, "soap": web | {"address"}}.get(data["kind"], set())
    for other in ({"base_url", "wsdl", "url", "address"} | web) & data.keys() - {entrance} - means:
        builder.document.report(
            "SPEC_UNKNOWN_KEY",
            (*route, other),
            f"'{other}' means nothing to a transport of kind {data['kind']}",
            "remove it" if other in web else f"write '{entrance}'",
            key=True,
        )
    return entrance


def _auth(builder: Builder) -> Auth:
    """Build the way to sign in, of the kind that it says itself."""
    route: Route = ("transport", "auth")
    data = builder.get(route)
    if data is None:
        return StepsAuth()
    scope = RUN | {"auth"}
    name = data.get("kind", DEFAULT)
    steps = _login(builder, route, scope) if name == DEFAULT else ()
    given = SIGN_INS[name].given | {read for step in steps for read in step.read}
    send = _sent(builder, route, scope, given)
    sign = read_node(builder, Signature, (*route, "sign"), scope) if "sign" in data else None
    if name != DEFAULT:
        return read_node(builder, SIGN_INS[name], route, RUN, send=send, sign=sign)
    return StepsAuth(
        login=steps,
        expires_in=builder.path((*route, "expires_in")) if "expires_in" in data else None,
        lasts=seconds(data["lasts"]) if "lasts" in data else None,
        logout=build_call(builder, (*route, "logout"), scope),
        send=send,
        sign=sign,
    )


def _login(builder: Builder, route: Route, scope: frozenset[str]) -> tuple[Call, ...]:
    found = []
    for index in range(len(builder.get((*route, "login")) or ())):
        step = build_call(builder, (*route, "login", index), scope)
        if step is not None:
            found.append(step)
            continue
        builder.document.report(
            "SPEC_MISSING_KEY",
            (*route, "login", index),
            "a step needs a call",
            "add get: or post:",
            key=True,
        )
    return tuple(found)


def _sent(
    builder: Builder, route: Route, scope: frozenset[str], given: frozenset[str]
) -> dict[str, Payload]:
    """Build what goes with every call; report names that no sign-in gives."""
    send = {
        place: builder.payload((*route, "send", place), scope)
        for place in builder.get((*route, "send")) or {}
    }
    for place, payload in send.items():
        for expression in payload.parts:
            for name in expression.names:
                if name[0] == "auth" and len(name) > 1 and name[1] not in given:
                    builder.document.report(
                        "SPEC_UNKNOWN_VARIABLE",
                        (*route, "send", place),
                        f"no log-in step reads '{name[1]}'",
                        did_you_mean(name[1], sorted(given)),
                    )
    return send


def _limits(data: Mapping[str, Any]) -> Limits:
    known: dict[str, Any] = {
        key: data[key] for key in ("at_once", "tries", "per_second", "url_length") if key in data
    }
    known |= {key: seconds(data[key]) for key in ("connect", "read") if key in data}
    if "body" in data:
        size = str(data["body"])
        known["body"] = int(size[:-2]) * (1024 if size.endswith("kB") else 1024 * 1024)
    return Limits(**known)


def seconds(text: str) -> float:
    """Return a length of time such as 70s or 5min in seconds."""
    unit = next(unit for unit in ("ms", "min", "h", "s") if text.endswith(unit))
    return float(text[: -len(unit)]) * _UNITS[unit]
