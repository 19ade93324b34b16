"""What has to hold of a statement of SQL: no holes, everything bound, reading where it is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean
from edusync.spec.mending import meant
from edusync.transport.message import PARAMETER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder


def check_statement(builder: Builder, route: Route, data: Mapping[str, Any]) -> None:
    """Report a statement with holes, one that writes where it should read, what is not bound."""
    several = isinstance(data["sql"], list)
    texts = [
        str(piece["sql"] if isinstance(piece, dict) else piece)
        for piece in (data["sql"] if several else [data["sql"]])
    ]
    has_holes = False
    for index, text in enumerate(texts):
        hole = re.search(r"\{\{|\{%", text)
        if hole is not None:
            at = (*route, "sql", index) if several else (*route, "sql")
            at = (*at, "sql") if isinstance(builder.get(at), dict) else at
            message, hint = (
                "SQL text has no holes",
                "write :name there, and the value under 'values'",
            )
            place = builder.document.inside(at, text, hole.start())
            builder.document.report("SPEC_BAD_STATEMENT", at, message, hint, place=place)
            has_holes = True
    if not is_reading(texts[0]) and route[0] != "writeback":
        _report(
            builder,
            (*route, "sql"),
            "a list is read, so its statement begins with select or with",
            "what is written stands below 'writeback'",
        )
    if not has_holes:
        _check_bound(builder, route, texts, data.get("values") or {})


def _check_bound(builder: Builder, route: Route, texts: list[str], values: Any) -> None:
    """Report what a statement wants and nothing is bound to, and what is bound to nothing."""
    wanted = {name for text in texts for name in PARAMETER.findall(text)}
    strange = sorted(set(values) - wanted)
    for name in sorted(wanted - set(values)):
        if meant(name, strange) is None:  # else it is bound, under a name that is misspelt
            _report(
                builder,
                (*route, "sql"),
                f"nothing is bound to ':{name}'",
                f"add '{name}: …' under 'values'",
            )
    for name in strange:
        builder.document.report(
            "SPEC_BAD_STATEMENT",
            (*route, "values", values.index(name) if isinstance(values, list) else name),
            f"the statement has no ':{name}'",
            did_you_mean(name, sorted(wanted)),
            key=True,
        )


def is_reading(statement: str) -> bool:
    """Whether a statement only reads."""
    return statement.lower().lstrip().startswith(("select", "with"))


def _report(builder: Builder, route: Route, message: str, hint: str) -> None:
    builder.document.report("SPEC_BAD_STATEMENT", route, message, hint)
