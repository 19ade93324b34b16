"""What stands beside a call of another kind, and would be passed over.

`values` beside `get`, `query` beside `sql`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.fields import keys_of
from edusync.spec.tree.call import VERBS, FileCall, HttpCall, Operation, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder
    from edusync.spec.tree.call import Call

_READ = {"answer", "inner"}
"""What says how a file is read, and nothing where one is written."""
_KINDS: Mapping[str, type[Call]] = {"sql": Statement, "soap": Operation, "file": FileCall}
"""The calls by the word that says them; any other is one over HTTP."""
_WORDS = {*VERBS, "call", "soap", "sql", "file", "when", "read"}
"""What says itself which call it is, and what any step may say."""
_OWNERS = {
    "with": "call",
    "values": "sql",
    "arguments": "soap or zip",
    "csv": "file",
    "repeat": "a call over HTTP or SOAP",
    "omit_empty": "a call over HTTP or SOAP",
    "csv_as": "file",
    "failing_call": "a list that asks the ERP",
}


def report_stray(builder: Builder, route: Route, kind: str) -> None:
    """Report what means nothing to a call of a kind.

    A kind that is not named here is a verb of HTTP.
    """
    belongs = _belonging(kind)
    if route[0] == "writeback" and kind == "file":
        belongs -= _READ
    known = set[str]().union(*map(_belonging, ("call", "soap", "sql", "file")))
    for word in sorted(builder.get(route).keys() & known - belongs):
        owner = _OWNERS.get(word, "a call over HTTP")
        builder.document.report(
            "SPEC_UNKNOWN_KEY",
            (*route, word),
            f"'{word}' means nothing beside '{kind}'",
            f"it belongs to {owner}: move it, or remove it",
            key=True,
        )


def _belonging(kind: str) -> set[str]:
    """Return what means something beside a call of a kind, by what its class declares."""
    if kind in {"from", "rows"}:
        return set()
    if kind == "zip":
        return {"arguments", "failing_call"}
    call = _KINDS.get(kind, HttpCall)
    own = {key.name for key in keys_of(call)} - _WORDS | call.beside
    return own if kind == "call" else own - {"with"}
