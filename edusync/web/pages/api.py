"""What the pages show, as JSON, for programs with a token: `/api/v1`, described by OpenAPI."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, jsonify, request

from edusync import __version__
from edusync.app.console.events import Choice, events_page
from edusync.app.console.finding import find_items
from edusync.app.console.overview import overview
from edusync.app.console.waiting import waiting_of
from edusync.app.console.why import why
from edusync.codes import get_code, is_code
from edusync.locale.details import in_words
from edusync.web.access import for_everybody, visitor
from edusync.web.asked import day_of, page_of
from edusync.web.console import here
from edusync.web.openapi import description
from edusync.web.words import remedy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from edusync.app.console.overview import Row
    from edusync.state.event_search import EventRow

PAGE = Blueprint("api", __name__, url_prefix="/api/v1")
_RUNS = 50


@PAGE.get("/openapi.json")
@for_everybody
def described() -> ResponseReturnValue:
    """Describe all of it."""
    return jsonify(description(__version__))


@PAGE.get("/connectors")
def connectors() -> ResponseReturnValue:
    """Give a page of connectors."""
    console = here()
    found = overview(
        console.store,
        console.fleet,
        visitor(),
        console.now(),
        request.args.get("q", ""),
        _page(),
    )
    rows = [_row(row) for row in found.rows]
    return jsonify(connectors=rows, found=found.found, page=found.page, pages=found.pages)


@PAGE.get("/connectors/<connector>/runs")
def runs(connector: str) -> ResponseReturnValue:
    """Give the last runs of a connector."""
    return jsonify(
        runs=[
            {
                "id": run["id"],
                "direction": run["direction"],
                "started_at": run["started_at"].isoformat(),
                "finished_at": run["finished_at"].isoformat() if run["finished_at"] else None,
                "status": run["status"],
                "plan_id": run["plan_id"],
                "requests": (run["counts"] or {}).get("requests") or {},
            }
            for run in here().store.runs(connector, _RUNS)
        ]
    )


@PAGE.get("/connectors/<connector>/events")
def events(connector: str) -> ResponseReturnValue:
    """Give a page of events."""
    console, query = here(), request.args
    day = day_of(query["day"]) if "day" in query else None
    if "day" in query and day is None:
        abort(400)
    if query.get("show", "troubles") not in {"troubles", "all"}:
        abort(400)
    choice = Choice(
        query.get("show", "troubles"),
        query.get("run", "last"),
        query.get("code", ""),
        query.get("kind", ""),
        day,
    )
    zone = console.fleet.known()[connector].zone
    page = events_page(console.store, connector, choice, zone, _page())
    shown = _events(page.events)
    return jsonify(events=shown, found=page.found, page=page.page, pages=page.pages)


@PAGE.get("/connectors/<connector>/why")
def answers(connector: str) -> ResponseReturnValue:
    """Give what may be meant, each with the answer."""
    console, words = here(), request.args.get("q")
    if words is None:
        abort(400)
    zone = console.fleet.known()[connector].zone
    items = find_items(console.store, connector, words, zone, console.now())
    explained = [why(console.store, connector, item) for item in items]
    return jsonify(
        items=[
            {
                "kind": one.item.kind,
                "account": one.item.account,
                "source_id": one.item.source_id,
                "edusign_id": one.item.edusign_id,
                "starts_at": one.item.starts_at.isoformat() if one.item.starts_at else None,
                "reasons": _events(one.reasons),
                "stopped": _events([one.failed])[0] if one.failed else None,
                "steps": [{"step": step, "state": state} for step, state in one.steps],
            }
            for one in explained
        ]
    )


@PAGE.get("/needs")
def needs() -> ResponseReturnValue:
    """Give what waits for a person in the connectors that somebody sees."""
    console, user = here(), visitor()
    names = [name for name in sorted(console.fleet.known()) if user.sees(name)]
    return jsonify(
        needs=[
            {
                "connector": one.connector,
                "code": one.code,
                "count": one.count,
                "settled_by": one.settled,
                "plan_id": one.plan or None,
                "sheets": list(one.sheets),
            }
            for one in waiting_of(console.store, console.fleet, names)
        ]
    )


def _row(row: Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "erp": row.known.listed.erp,
        "labels": list(row.known.listed.labels),
        "status": row.status,
        "next_at": row.next_at.isoformat() if row.next_at else None,
        "paused_until": row.pause.until.isoformat() if row.pause else None,
        "needs": len(row.needs),
        "sheets": asdict(row.sheets) if row.looked else None,
        "people": asdict(row.people) if row.looked else None,
    }


def _events(rows: Sequence[EventRow]) -> list[dict[str, Any]]:
    """Return events with words in the language of who asks; the line of the spec for operators."""
    entries = []
    for one in rows:
        known = get_code(one.code) if is_code(one.code) else None
        entries.append(
            {
                **one._asdict(),
                "started_at": one.started_at.isoformat(),
                "spec": one.spec if visitor().is_operator else None,
                "detail": in_words(one.detail),
                "meaning": known.meaning if known else "",
                "remedy": remedy(one.code),
            }
        )
    return entries


def _page() -> int:
    """Return the page that the query asks for, 1 when it is not said; 400 for what is none."""
    return page_of(request.args.get("page", "1")) or abort(400)
