"""Whether a run came to nothing: everything of a kind refused, in conflict, or held for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.engine.plan.guards import all_refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from edusync.engine.check.wanted import Wanted
    from edusync.engine.plan.planner import Planner


def kinds_refused(
    planner: Planner, wanted: Wanted, failed: Collection[tuple[str, str]]
) -> Iterator[Outcome]:
    """Yield an event for each kind of which nothing came through.

    `failed` is what could not be written. What stands on Edusign already is fine, and so is what is
    planned and did not fail.
    """
    planned = {change.key for change in (*planner.plan.changes, *planner.plan.held)}
    bad = {*planner.blocked, *failed}
    for kind, ids in (("student", wanted.students), ("professor", wanted.professors)):
        linked = planner.fingerprints[kind]
        refused = {source_id for source_id in ids if (kind, source_id) in bad}
        fine = {ref for ref in ids if ref in linked or (kind, ref) in planned} - refused
        if all_refused(ids, refused, fine):
            yield _event(kind, len(refused))
    refused = {
        source_id
        for source_id in wanted.courses
        if ("course", source_id) in bad
        or not (source_id in planner.linked or ("course", source_id) in planned)
    }
    if refused and refused == wanted.courses.keys() and bad and not planner.standing(wanted.seen):
        yield _event("course", len(refused))


def _event(kind: str, count: int) -> Outcome:
    word = {"student": "student", "professor": "professor", "course": "sheet"}[kind]
    detail = f"the only {word}" if count == 1 else f"all {count} {word}s"
    return Outcome("RUN_ALL_REFUSED", kind, detail=detail)
