"""Names that refer to something else: lists, functions, reason codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.codes import all_codes
from edusync.diagnostics import did_you_mean
from edusync.spec.tree.list import SHEETS

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder


def known_list(builder: Builder, route: Route, name: str) -> bool:
    """Report a list that is not declared."""
    builder.refer("list", name, route)
    lists = list(builder.get(("resources",)) or {})
    if name in lists or name == SHEETS:
        return True
    builder.document.report(
        "SPEC_UNKNOWN_LIST",
        route,
        f"no list is called '{name}'",
        did_you_mean(name, [*lists, SHEETS]),
    )
    return False


def known_filter(builder: Builder, route: Route, name: str, *, key: bool = False) -> bool:
    """Report a filter that is not declared."""
    builder.refer("filter", name, route, key=key)
    filters = builder.get(("filters",)) or {}
    if name in filters:
        return True
    builder.document.report(
        "SPEC_UNKNOWN_FILTER",
        route,
        f"no filter is called '{name}'",
        did_you_mean(name, list(filters)),
        key=key,
    )
    return False


def known_function(builder: Builder, route: Route, name: str) -> None:
    """Report a function that no plugin registers."""
    builder.refer("function", name, route)
    if name not in builder.functions:
        builder.document.report(
            "SPEC_UNKNOWN_FUNCTION",
            route,
            f"no plugin registers a function '{name}'",
            did_you_mean(name, sorted(builder.functions)),
        )


def known_code(builder: Builder, route: Route, code: str, *, key: bool = False) -> None:
    """Report a reason code that does not exist."""
    builder.refer("code", code, route, key=key)
    own = builder.get(("codes",)) or {}
    if code not in all_codes() and code not in own:
        builder.document.report(
            "SPEC_UNKNOWN_CODE",
            route,
            f"no reason code is called '{code}'",
            did_you_mean(code, [*own, *all_codes()]),
            key=key,
        )
    builder.used_codes.add(code)
