"""What waits for a person, each with what settles it.

The list is that of `edusync status` (`edusync/app/runner/needs.py`); here each sheet of attendance
stands for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from edusync.app.runner.needs import needs
from edusync.state.acts import acts_of
from edusync.state.event_search import Wanted, find_events
from edusync.state.latest import last_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.app.runner.fleet import Fleet
    from edusync.app.runner.needs import Need
    from edusync.state.acts import Act
    from edusync.state.event_search import EventRow
    from edusync.state.store import Store

Settled = Literal["plan", "sheets", "reasons", "password", "resume", "file", "look"]
"""By what it is settled."""
PLAN = frozenset(
    {
        "RUN_ADDITIONS_HELD",
        "RUN_CONTENTS_HELD",
        "RUN_CREATIONS_HELD",
        "RUN_DELETIONS_HELD",
        "RUN_MOVES_HELD",
        "RUN_REMOVALS_HELD",
        "RUN_SCOPE_CHANGED",
    }
)
SHEETS = frozenset(
    {
        "UP_COURSE_CHANGED_AFTER_SEND",
        "UP_COURSE_GONE",
        "UP_COURSE_NOT_LOOKED_AT",
        "UP_COURSE_POSTPONED",
        "UP_COURSE_UNKNOWN_IN_ERP",
        "UP_CORRECTION_IMPOSSIBLE",
        "UP_GIVEN_UP",
        "UP_IN_DOUBT",
        "UP_PROFESSOR_VALIDATION_REQUIRED",
        "UP_SENT_FOR_ANOTHER",
    }
)
LINES = frozenset(
    {"UP_PERSON_ID_TAKEN", "UP_PROFESSOR_UNKNOWN_IN_ERP", "UP_STUDENT_UNKNOWN_IN_ERP"}
)
"""What is said of a line when it is left out: its sheet is settled at the event."""
PASSWORD = frozenset({"CONN_AUTH_FAILED", "EDU_AUTH_FAILED"})
_FILE = ("CONF_", "SPEC_", "PLUGIN_", "RUN_USAGE")
_MOST = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing. `events` are what the run said of it, `sheets` the courses that it is about."""

    connector: str
    code: str
    count: int
    settled: Settled
    events: Sequence[EventRow] = ()
    sheets: Sequence[str] = ()
    plan: str = ""
    declined: Act | None = None
    """Who said of this very plan that it is to stay as it is."""


def waiting_of(store: Store, fleet: Fleet, names: Sequence[str]) -> list[Waiting]:
    """Return what waits in some connectors, in their order."""
    files = {name: fleet.files()[name] for name in names}
    found: dict[tuple[str, str], Waiting] = {}
    for need in needs(store, files):
        found.setdefault((need.connector, need.code), _waiting(store, need))
    return list(found.values())


def _waiting(store: Store, need: Need) -> Waiting:
    runs = last_runs(store, [need.connector])
    events, _ = find_events(
        store,
        Wanted(need.connector, [run.id for run in runs.values()], code=need.code),
        _MOST,
    )
    sheets = [sheet for event in events if (sheet := _sheet_of(event))]
    settled = _settled(need)
    if settled == "sheets" and not sheets:
        settled = "look"
    down = runs.get((need.connector, "down"))
    plan = (down.plan_id or "") if down is not None else ""
    declined = None
    if settled == "plan":
        acts = acts_of(store, need.connector, _MOST)
        declined = next((act for act in acts if (act.what, act.detail) == ("leave", plan)), None)
    return Waiting(
        need.connector,
        need.code,
        need.count,
        settled,
        events,
        list(dict.fromkeys(sheets)),
        plan if settled == "plan" else "",
        declined,
    )


def _settled(need: Need) -> Settled:
    if need.code in PLAN:
        return "plan"
    if need.code in SHEETS:
        return "sheets"
    if need.code in PASSWORD:
        return "password"
    if need.code == "UP_REASON_UNKNOWN":
        return "reasons"
    if need.code == "RUN_QUARANTINED" or need.command.startswith("edusync resume"):
        return "resume"
    return "file" if need.code.startswith(_FILE) else "look"


def sheet_to_settle(event: EventRow) -> str | None:
    """Return the sheet that can be sent again, or noted as entered, at an event of attendance."""
    return _sheet_of(event) if event.code in SHEETS | LINES else None


def _sheet_of(event: EventRow) -> str | None:
    """Return the session that an event of attendance is about: its own id, or its field."""
    return event.source_id if event.kind == "course" else event.field
