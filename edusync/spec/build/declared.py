"""The names that texts of a spec may mention, and what is declared under each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.diagnostics import did_you_mean
from edusync.spec.build.inside import place_in
from edusync.spec.paging import PAGING
from edusync.spec.tree.sign_in import DEFAULT, SIGN_INS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.texts import Expression


class Reference(NamedTuple):
    """A place at which something is named that is declared elsewhere, or that should be."""

    kind: str
    """list, call, format, filter, code or function."""
    name: str
    route: Route
    is_key: bool


UPWARD: Mapping[str, frozenset[str]] = {
    "course": frozenset(
        {"source_id", "edusign_id", "name", "starts_at", "ends_at", "carry", "again"}
    ),
    "person": frozenset({"source_id", "role"}),
    "attendance": frozenset(
        {
            *("minutes", "arrived_at", "left_at", "excluded_at", "signed_at"),
            *("reason", "comment"),
        }
    ),
    "reason": frozenset({"id", "label"}),
}
"""What stands under the names of the way up."""
MOMENT = frozenset({"now", "nonce"})
REQUEST = frozenset(
    {"verb", "url", "host", "path", "query", "sent_query", "parameters", "headers", "body"}
)
"""What stands under `request`, of what is sent and of what signs."""
DECIDED = frozenset(
    {"comes_down", "reason", "students", "students_left_out", "professors", "professors_left_out"}
)
"""What stands under `decided`: what the engine made of a session, where reports look at it."""
ANSWER = frozenset({"status", "headers", "body", "text", "type", "root"})
"""What stands under `answer`."""


def line_members(builder: Builder) -> set[str]:
    """Return the names of what lines hold, whatever the state and the role."""
    lines, states = (builder.get(("writeback", word)) or {} for word in ("line", "states"))
    return {key for line in lines.values() for key in line} | {
        key for rule in states.values() for key in rule.get("set") or {}
    }


def declared_below(builder: Builder, route: Route) -> Mapping[str, Any]:
    """Return what may stand below the names in scope of a text at a route, where that is known."""
    declared: dict[str, Any] = {
        "options": builder.get(("options",)),
        "connection": builder.get(("connection",)),
        "filters": builder.get(("filters",)),
        "window": {"first", "last", "today", "starts_at", "ends_at", "days"},
        "account": {"name"},
        "the": {
            name
            for name, data in (builder.get(("resources",)) or {}).items()
            if isinstance(data, dict) and "single" in data
        },
        "page": _page_members(builder, route),
        "answer": ANSWER,
        "auth": _auth_members(builder),
        "request": MOMENT if route[:3] == ("transport", "auth", "send") else MOMENT | REQUEST,
    }
    if route[:2] == ("entities", "attendance"):
        declared["course"] = UPWARD["course"]
    if route[:2] == ("rules", "report"):
        declared["decided"] = DECIDED
    if route[:1] == ("writeback",):
        declared |= UPWARD
        steps = ("for_person", "for_sheet", "then")
        declared["got"] = set().union(*(_reads(builder, ("writeback", one)) for one in steps))
        declared["line"] = line_members(builder)
    return declared


def check_names(builder: Builder, route: Route, text: Expression) -> None:
    """Report names of a text that are not declared, and secrets outside of the transport."""
    declared = declared_below(builder, route)
    for whole in sorted(text.names):
        above, name = _as_names(route, whole, declared)
        root, rest = name[0], name[1:]
        if root in declared and rest and rest[0] not in (declared[root] or ()):
            builder.unknown.add((root, rest[0]))
            hint = did_you_mean(rest[0], list(declared[root] or ()))
            place = place_in(builder.document, route, text, (*above, root, rest[0]))
            builder.document.report(
                "SPEC_UNKNOWN_VARIABLE", route, f"'{root}' has no '{rest[0]}'", hint, place=place
            )
    _check_reason(builder, route, text)
    _check_secrets(builder, route, text)


def _as_names(
    route: Route, name: tuple[str, ...], declared: Mapping[str, Any]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what stands before a name in scope, and that name.

    On the way up no row looks into a list: `mine.course` is the course.
    """
    is_upward = route[:1] == ("writeback",) and name[0] == "mine" and name[1:2]
    return (name[:1], name[1:]) if is_upward and name[1] in declared else ((), name)


def _check_secrets(builder: Builder, route: Route, text: Expression) -> None:
    """Report secrets of the connection outside of the transport."""
    connection = builder.get(("connection",)) or {}
    in_transport = route[:1] == ("transport",)
    for name in text.names:
        question = connection.get(name[1]) if len(name) > 1 and name[0] == "connection" else None
        if isinstance(question, dict) and question.get("type") == "secret" and not in_transport:
            builder.document.report(
                "SPEC_SECRET_EXPOSED",
                route,
                f"the secret '{name[1]}' is used outside 'transport'",
                "use it in a header, a login or a call of 'transport'",
                place=place_in(builder.document, route, text, name[:2]),
            )


def _check_reason(builder: Builder, route: Route, text: Expression) -> None:
    """Report a reason of the ERP where nothing says which there are."""
    named = builder.get(("writeback", "reasons"))
    if route[:1] != ("writeback",) or "reason" not in text.roots or named:
        return
    builder.document.report(
        "SPEC_UNKNOWN_VARIABLE",
        route,
        "'reason' is one of the ERP's, and 'reasons' does not say where these stand",
        "add 'reasons: {from: …, id: …, label: …}', or say attendance.reason, which is Edusign's "
        "own label",
        place=place_in(builder.document, route, text, ("reason",)),
    )


def _page_members(builder: Builder, route: Route) -> frozenset[str]:
    """Return what stands under `page` of the list at a route, of any list where none is."""
    paging = builder.get((*route[:2], "paging")) if route[:1] == ("resources",) else None
    kind = paging.get("kind") if isinstance(paging, dict) else None
    return frozenset().union(*(one.page for name, one in PAGING.pairs() if kind in {name, None}))


def _auth_members(builder: Builder) -> set[str]:
    """Return what stands under `auth`: what steps read, and what the kind of sign-in gives."""
    kind = builder.get(("transport", "auth", "kind")) or DEFAULT
    routes = (("transport", "auth", "login"), ("writeback", "transport", "auth", "login"))
    return set(SIGN_INS[str(kind)].gives).union(*(_reads(builder, route) for route in routes))


def _reads(builder: Builder, route: Route) -> set[str]:
    """Return the names under which the steps at a route keep what they read of answers."""
    return {
        str(name)
        for step in builder.get(route) or ()
        if isinstance(step, dict) and isinstance(step.get("read"), dict)
        for name in step["read"]
    }
