"""What was played, as plain data: cut to what fits on a page, each value with its lines."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.columns import as_sent, cut, leaves
from edusync.codes import get_code
from edusync.model import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from edusync.app.authoring.trying import Tried, TriedList
    from edusync.diagnostics import Diagnostic, Location
    from edusync.engine.outcome import Outcome
    from edusync.engine.read.table import Dropped
    from edusync.testing.coverage import Coverage

MOST = 12
"""So many rows, items, sheets and kinds of events are shown of each; their number is said."""
_COLUMNS = 10
_WIDE = 48


def findings_of(findings: Iterable[Diagnostic], file: str) -> list[dict[str, Any]]:
    """Return the findings in a file, in the order of its lines."""
    own = dict.fromkeys(one for one in findings if one.location.file == file)
    return [one.as_dict() for one in sorted(own, key=lambda one: one.order)]


def lines_of(coverage: Coverage) -> dict[int, list[str]]:
    """Return how each line stands that says something that can be shown, and what was not."""
    return {
        line.number: [line.state, line.note] for line in coverage.lines() if line.state != "plain"
    }


def lists_of(tried: Tried) -> list[dict[str, Any]]:
    """Return each list: how many rows came and were kept, the first of them, what was dropped."""
    causes: dict[str, list[str]] = {}
    for outcome in tried.outcomes:
        if outcome.code.startswith("CONN_"):
            causes.setdefault(str(outcome.field), []).append(_line(outcome))
    return [_list(one, causes.get(one.name, [])) for one in tried.lists]


def _list(one: TriedList, causes: Sequence[str]) -> dict[str, Any]:
    whole = [leaves(row) for row in one.kept[:MOST]]
    names = list(dict.fromkeys(name for row in whole for name in row))
    read = [name for name in names if one.uses(name)] or names
    columns = read[:_COLUMNS]
    return {
        "name": one.name,
        "line": one.place.line,
        "came": one.came,
        "kept": len(one.kept),
        "dropped": [_dropped(gone) for gone in one.dropped[:MOST]],
        "more_dropped": max(0, len(one.dropped) - MOST),
        "switched_off": one.switched_off,
        "problems": list(dict.fromkeys((*causes, *(() if causes else one.problems)))),
        "columns": [[name, _lines(one.used_at(name))] for name in columns],
        "unread": len(names) - len(columns),
        "rows": [[_short(row[name]) if name in row else "" for name in columns] for row in whole],
    }


def _dropped(gone: Dropped) -> dict[str, Any]:
    return {"code": gone.code, "detail": gone.detail, "line": gone.place.line}


def _lines(places: Iterable[Location]) -> list[int]:
    return list(dict.fromkeys(place.line for place in places))


def items_of(tried: Tried) -> list[dict[str, Any]]:
    """Return the first items of each kind, each field with the line that made it."""
    kinds: dict[str, dict[str, Any]] = {}
    for item in tried.items:
        kind = kinds.setdefault(item.kind, {"kind": item.kind, "count": 0, "items": []})
        kind["count"] += 1
        if kind["count"] <= MOST:
            fields = [
                [name, "" if value is None else _short(value), place.line if place else 0]
                for name, value, place in item.fields
            ]
            kind["items"].append({"id": cut(item.source_id, _WIDE), "fields": fields})
    return list(kinds.values())


def events_of(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Return the events by code and line: how bad, what it means, of how many items, the first."""
    events: dict[tuple[str, int], dict[str, Any]] = {}
    for outcome in outcomes:
        line = outcome.place.line if outcome.place else 0
        code = get_code(outcome.code)
        event = events.setdefault(
            (outcome.code, line),
            {
                "code": outcome.code,
                "severity": str(code.severity),
                "meaning": code.meaning,
                "line": line,
                "count": 0,
                "first": [],
            },
        )
        event["count"] += 1
        if len(event["first"]) < MOST:
            event["first"].append(_line(outcome))
    order = ("error", "warning", "info")
    return sorted(events.values(), key=lambda one: order.index(one["severity"]))


def _line(outcome: Outcome) -> str:
    item = " ".join(filter(None, (outcome.kind, outcome.source_id)))
    words = ", ".join(filter(None, (outcome.field, outcome.words)))
    return cut(f"{item} ({words})" if item and words else item or words or outcome.code, 2 * _WIDE)


def sheets_of(on_edusign: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """Return the sheets that Edusign would hold: name, begin and end in Paris time, room, seats."""
    sheets = sorted(on_edusign.get("courses", ()), key=lambda one: str(one.get("START", "")))
    return {
        "count": len(sheets),
        "people": {
            kind: len(on_edusign.get(kind, ())) for kind in ("students", "professors", "groups")
        },
        "rows": [
            [
                cut(str(one.get("NAME", "")), _WIDE),
                *(_moment(one.get(name)) for name in ("START", "END")),
                cut(str(one.get("CLASSROOM", "")), _WIDE),
                len(one.get("STUDENTS", ())),
            ]
            for one in sheets[:MOST]
        ],
    }


def _moment(text: Any) -> str:
    """Return a moment as Edusign has it, in Paris time."""
    if not text:
        return ""
    return f"{datetime.fromisoformat(str(text)).astimezone(PARIS):%Y-%m-%d %H:%M}"


def _short(value: Any) -> str:
    return cut(value if isinstance(value, str) else as_sent(value), _WIDE)
