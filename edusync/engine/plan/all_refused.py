"""Whether a run came to nothing: all of a kind refused or in conflict, all sessions held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.judge.sessions import NOBODY
from edusync.engine.outcome import Outcome
from edusync.engine.plan.guards import all_refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from edusync.engine.judge.verdicts import Verdicts
    from edusync.engine.plan.plan import AccountPlan, Key
    from edusync.state.view import StoreView

_UNREAD = frozenset({"RUN_READ_INCOMPLETE", "RUN_SUSPICIOUS_EMPTY"})
_SEVERAL = 2
"""How many sessions have to be held before that says something of more than one of them."""


def kinds_refused(
    verdicts: Verdicts, view: StoreView, plan: AccountPlan, failed: AbstractSet[Key]
) -> Iterator[Outcome]:
    """Yield an event for each kind of which nothing came through.

    `failed` is what could not be written. What stands on Edusign already is fine, and so is what is
    planned and did not fail.
    """
    planned = {change.key for change in (*plan.changes, *plan.held)}
    bad = plan.blocked | failed
    for kind, ids in (("student", plan.people.students), ("professor", plan.people.professors)):
        linked = view.fingerprints[kind]
        refused = {source_id for source_id in ids if (kind, source_id) in bad}
        fine = {ref for ref in ids if ref in linked or (kind, ref) in planned} - refused
        if all_refused(ids, refused, fine):
            yield _event(kind, len(refused))
    linked = view.fingerprints["course"]
    refused = {
        source_id
        for source_id in verdicts.sheets
        if ("course", source_id) in bad
        or not (source_id in linked or ("course", source_id) in planned)
    }
    if not refused or refused != verdicts.sheets.keys() or not bad:
        return
    coming = view.coming(verdicts.window)
    if coming.isdisjoint(verdicts.seen) and coming.isdisjoint(plan.sent_before):
        yield _event("course", len(refused))


def all_held(verdicts: Verdicts, view: StoreView, plan: AccountPlan) -> Outcome | None:
    """Return an event when none of several sessions comes down; None when that is normal.

    It is while sessions without a sheet name nobody yet, and after a reading that a guard names. A
    single session says by its own event why it stays away, and nothing of how the ERP writes.
    """
    stuck, linked = verdicts.stuck, view.fingerprints["course"]
    odd = any(code not in NOBODY or source_id in linked for source_id, code in stuck.items())
    if len(stuck) < _SEVERAL or verdicts.came or not odd or _UNREAD.intersection(plan.guards):
        return None
    codes = ", ".join(sorted(set(stuck.values())))
    return Outcome("RUN_ALL_HELD", "course", detail=f"all {len(stuck)}: {codes}")


def nobody_brought(verdicts: Verdicts, view: StoreView, plan: AccountPlan) -> Outcome | None:
    """Return an event when the ERP has people and no sheet carries anybody; None when some are.

    It is normal once somebody was brought down, as in the holidays, and where sessions are stuck
    or lists were not read wholly, which is said otherwise.
    """
    on_sheets = (*verdicts.students_on_sheets, *verdicts.professors_on_sheets)
    brought = view.fingerprints["student"] or view.fingerprints["professor"]
    read = verdicts.people.students.valid.keys() | verdicts.people.professors.valid.keys()
    if on_sheets or brought or not read or verdicts.stuck or plan.guards or verdicts.seen:
        return None
    count = len(verdicts.people.students.valid), len(verdicts.people.professors.valid)
    detail = f"{count[0]} students and {count[1]} professors, and no session"
    return Outcome("RUN_NOBODY_ON_SHEETS", detail=detail)


def _event(kind: str, count: int) -> Outcome:
    word = {"student": "student", "professor": "professor", "course": "sheet"}[kind]
    detail = f"the only {word}" if count == 1 else f"all {count} {word}s"
    return Outcome("RUN_ALL_REFUSED", kind, detail=detail)
