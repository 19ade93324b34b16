"""What stands beside a call of another kind, and would be passed over.

`values` beside `get`, `query` beside `sql`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder

_ANY = {"failing_call"}
_HTTP = _ANY | {
    "query",
    "headers",
    "json",
    "form",
    "text",
    "xml",
    "basic",
    "answers",
    "answer",
    "inner",
    "paging",
}
_READ = {"answer", "inner"}
"""What says how a file is read, and nothing where one is written."""
_BELONGS = {
    "call": _HTTP | {"with"},
    "sql": _ANY | {"values"},
    "soap": _ANY | {"arguments", "answers", "inner", "paging"},
    "file": _ANY | {"csv", "answer", "inner"},
    "zip": _ANY | {"arguments"},
    "from": set(),
}
_OWNERS = {
    "with": "call",
    "values": "sql",
    "arguments": "soap or zip",
    "csv": "file",
    "failing_call": "a list that asks the ERP",
}


def report_stray(builder: Builder, route: Route, kind: str) -> None:
    """Report what means nothing to a call of a kind.

    A kind that is not named here is a verb of HTTP.
    """
    belongs = _BELONGS.get(kind, _HTTP)
    if route[0] == "writeback" and kind == "file":
        belongs = belongs - _READ
    for word in sorted(builder.get(route).keys() & (_HTTP | _OWNERS.keys()) - belongs):
        owner = _OWNERS.get(word, "a call over HTTP")
        builder.document.report(
            "SPEC_UNKNOWN_KEY",
            (*route, word),
            f"'{word}' means nothing beside '{kind}'",
            f"it belongs to {owner}: move it, or remove it",
            key=True,
        )
