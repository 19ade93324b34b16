"""Which types filters make of which: found by trying."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from edusync.app.authoring.filter_examples import FILTER_EXAMPLES
from edusync.spec.language.filters import BUILT_IN


def made_of(name: str) -> dict[str, str]:
    """Return what a filter makes of each type of value: found by trying."""
    from edusync.spec.evaluate import Unreadable
    from edusync.spec.language.expressions import compile_template

    if name not in FILTER_EXAMPLES:
        return {}
    _, written, _ = FILTER_EXAMPLES[name]
    text = f"{{{{ row.value | {written} }}}}"
    found: dict[str, str] = {}
    for type_, value in _samples().items():
        try:
            made = compile_template(text, BUILT_IN).run({"value": value}, {"window": _WINDOW})
        except Unreadable:
            continue
        if not isinstance(value, dict) or isinstance(made, dict | int | list):
            found[type_] = _type_of(made)
    return found


def _samples() -> dict[str, Any]:
    return {
        "text": "ab",
        "number": 7,
        "list": ["a", "b"],
        "mapping": {"a": 1},
        "day": date(2026, 3, 24),
        "moment": datetime(2026, 3, 24, 8, tzinfo=UTC),
        "nothing": None,
    }


_WINDOW = {"first": date(2026, 3, 16)}
"""Where the window of the examples begins."""


def _type_of(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "flag"
        case int() | float():
            return "number"
        case str():
            return "text"
        case list() | tuple():
            inner = sorted({_type_of(one) for one in value} - {"nothing"})
            return f"list of {' and '.join(inner)}" if inner else "list"
        case dict():
            return "mapping"
        case datetime():
            return "moment"
        case date():
            return "day"
    return type(value).__name__
