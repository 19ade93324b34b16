"""What an answer promises to be, and what means nothing to an answer of its kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.spec.build.named import where_written
from edusync.transport.charset import is_charset, without_charset
from edusync.transport.columns import is_place
from edusync.transport.message import AnswerKind
from edusync.transport.tables import KINDS

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.spec.build.builder import Builder

_BEFORE_BRACKET = re.compile(r"([\w-]+)\[")
_TABLES = {"csv", "xlsx"}
_BELONGS = {
    "attributes": {"xml"},
    "separator": {"csv"},
    "charset": {"json", "xml", "csv", "ics"},
    "sheet": {"xlsx"},
    "header": _TABLES,
    "skip": _TABLES,
}
"""Which kinds a detail of an answer means something to."""


def answer_kind(builder: Builder, route: Route) -> AnswerKind:
    """Build what an answer promises to be: by the call, else the transport, else JSON."""
    declared = builder.get(route)
    if isinstance(declared, dict):
        _check(builder, route, declared)
    data = declared or builder.get(("transport", "answer")) or "json"
    details = {"kind": data} if isinstance(data, str) else data
    return AnswerKind(
        **details,
        listed=_listed(builder) if details["kind"] == "xml" else frozenset(),
        places=_places(builder) if details["kind"] in _TABLES else frozenset(),
    )


def check_default_answer(builder: Builder) -> None:
    """Check what is said of every answer of the transport."""
    declared = builder.get(("transport", "answer"))
    if isinstance(declared, dict):
        _check(builder, ("transport", "answer"), declared)


def _check(builder: Builder, route: Route, declared: dict[str, Any]) -> None:
    kind, charset = declared["kind"], declared.get("charset")
    for word in sorted(_BELONGS.keys() & declared.keys()):
        if kind not in _BELONGS[word]:
            _report(builder, (*route, word), word, f"an answer of kind {kind}")
    if "charset" in declared and route[-2:] == ("inner", "answer"):
        _report(builder, (*route, "charset"), "charset", "a document inside an answer")
    if charset is not None and not is_charset(charset):
        builder.document.report(
            "SPEC_WRONG_VALUE",
            (*route, "charset"),
            *without_charset(charset),
        )


def check_shape(builder: Builder, route: Route, kind: str) -> None:
    """Report where rows are looked for in an answer that is rows, or has one shape only."""
    rows = {*KINDS, "rows"}
    of = "the result of a statement" if kind == "rows" else f"an answer of kind {kind}"
    items = where_written(builder, route, "items")
    if items is not None and kind in rows:
        _report(builder, items, "items", of)
    elif items is not None and not isinstance(builder.get(items), str):
        _report(builder, items, "items", "a list that asks the ERP when it is written out")
    if "shape" in builder.get(route) and kind in {*rows, "xml", "soap"}:
        _report(builder, (*route, "shape"), "shape", of)


def _report(builder: Builder, route: Route, word: str, of: str) -> None:
    builder.document.report(
        "SPEC_UNKNOWN_KEY", route, f"'{word}' means nothing to {of}", "remove it", key=True
    )


def _places(builder: Builder) -> frozenset[str]:
    """Return the columns that some list names by their place: `E-mail#2`, `#5`."""
    return frozenset(
        str(column)
        for name in builder.get(("resources",)) or {}
        for column in (builder.get(("resources", name, "columns")) or {}).values()
        if is_place(str(column))
    )


def _listed(builder: Builder) -> frozenset[str]:
    """Return the names that some path of the spec treats as a list: what stands before `[`."""
    names: set[str] = set()

    def walk(node: Any, key: object) -> None:
        if isinstance(node, dict):
            for name, inner in node.items():
                walk(inner, name)
        elif isinstance(node, list):
            for inner in node:
                walk(inner, key)
        elif isinstance(node, str) and key not in {"label", "help", "gate", "assumed", "en", "fr"}:
            names.update(match.group(1) for match in _BEFORE_BRACKET.finditer(node))

    walk(builder.get(("resources",)), None)
    walk(builder.get(("entities",)), None)
    walk(builder.get(("writeback",)), None)
    return frozenset(names)
