"""What a reading that was not whole means for a plan, and how many rows the next run expects."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.spec.needs import needs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from edusync.engine.plan.plan import AccountPlan
    from edusync.engine.read.table import Status
    from edusync.spec.tree import Spec


def with_reading(
    plan: AccountPlan, spec: Spec, statuses: Mapping[str, Status], before: Mapping[str, int]
) -> AccountPlan:
    """Return the plan with what has to be said of the lists that were read.

    `before` says how many rows each list had in the last run that read it wholly.
    """
    guard = unread(spec, statuses)
    known = {event.code for event in plan.outcomes}
    events = [] if guard is None or guard in known else [Outcome(guard)]
    tutors = _tutors_off(spec, statuses)
    if tutors is not None:
        events.append(tutors)
    sent = {
        name: status.sent
        for name, status in statuses.items()
        if status.whole and not status.switched_off
    }
    return replace(plan.with_outcomes(events, guard=guard), sent={**before, **sent})


def unread(spec: Spec, statuses: Mapping[str, Status]) -> str | None:
    """Return the guard that fires on what was not read; an optional list may be forbidden."""
    broken = {name: status.problems for name, status in statuses.items() if status.problems}
    codes = {
        code
        for problems in broken.values()
        if problems != ["CONN_OPTIONAL_FORBIDDEN"]
        for code in problems
    }
    if not codes or all(spec.resources[name].optional for name in broken):
        return None
    return "RUN_SUSPICIOUS_EMPTY" if codes == {"RUN_SUSPICIOUS_EMPTY"} else "RUN_READ_INCOMPLETE"


_OF_READING = {
    "DOWN_KEY_TWICE",
    "DOWN_LOOK_UP_SEVERAL",
    "DOWN_UNDECIDED",
    "DOWN_VALUE_UNREADABLE",
    "SPEC_NOT_THE_LAST_PAGE",
    "SPEC_PATH_NEVER_SEEN",
}


def unread_codes(outcomes: Iterable[Outcome]) -> list[str]:
    """Return the codes of events that say why something was not read, in the order of the events.

    What is expected is left out.
    """
    found = [one.code for one in outcomes if one.severity != "info"]
    return [*dict.fromkeys(one for one in found if one.startswith("CONN_") or one in _OF_READING)]


def _tutors_off(spec: Spec, statuses: Mapping[str, Status]) -> Outcome | None:
    """Return that tutors do not come down: a list that they come from is switched off."""
    external = spec.entities.get("external")
    waiting, met = [external.source] if external else [], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in met:
            met.add(name)
            waiting.extend(needs(spec.resources[name]))
    off = sorted(name for name in met if name in statuses and statuses[name].switched_off)
    if not off:
        return None
    return Outcome("DOWN_TUTOR_OFF", "external", place=spec.resources[off[0]].place)
