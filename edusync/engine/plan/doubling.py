"""Hold back new sheets that would put somebody into the same time twice (D5).

While a deletion or a move waits for a person, or a session was not read, its sheet stands. A new
timetable with new ids would else stand beside the old one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.plan import Change
    from edusync.target.records import Sheet


def hold_doubling(draft: Draft) -> None:
    """Hold back the creations that overlap with a sheet that should go, or may have to.

    Those beside a held deletion or move are let through with it. Those beside a sheet whose session
    was not read wait for the next whole reading.
    """
    created = [c for c in draft.changes if c.kind == "course" and c.action == "create"]
    held = {str(c.edusign_id): c for c in draft.held if c.action == "delete" or c.moves}
    waiting = {sheet: change.source_id for sheet, change in held.items()}
    standing = {**_unread(draft), **waiting} if created else {}
    if not standing:
        return
    sheets = _sheets(draft, created, standing)
    going: list[Change] = []
    for change in draft.changes:
        creates = change.kind == "course" and change.action == "create"
        beside = _beside(draft, change, sheets) if creates else None
        if beside is None:
            going.append(change)
            continue
        former = standing[beside.edusign_id]
        if beside.edusign_id in held:
            draft.held.append(replace(change, code="RUN_CREATIONS_HELD"))
            detail = (
                f"the sheet of {former}, whose deletion waits, has the same people at that time"
            )
            if held[beside.edusign_id].moves:
                detail = (
                    f"the sheet of {former}, whose move waits, has the same people at that time"
                )
            draft.guard(Outcome("RUN_CREATIONS_HELD", "course", change.source_id, detail=detail))
        else:
            detail = f"it may be session {former}, which was not read"
            code = "DOWN_COURSE_HELD_DEPENDENCY"
            draft.note(Outcome(code, "course", change.source_id, field="source_id", detail=detail))
    draft.changes = going


def _unread(draft: Draft) -> dict[str, str]:
    """Return the coming sheets whose session was not read, by Edusign id."""
    verdicts, view = draft.verdicts, draft.view
    if verdicts.whole and not verdicts.unknown_days:
        return {}
    coming = view.coming(draft.setting.window)
    if verdicts.whole:
        coming &= view.on_days(verdicts.unknown_days, verdicts.window.zone)
    return {
        view.links["course", found].edusign_id: found
        for found in coming
        if not draft.is_sent(found) and found not in verdicts.dropped
    }


def _sheets(
    draft: Draft, created: Sequence[Change], standing: Mapping[str, str]
) -> dict[str, list[Sheet]]:
    """Return the sheets that stand, by the Edusign ids of the people on them."""
    window = draft.setting.window
    days = [window.day_of(change.facts.values["starts_at"]) for change in created if change.facts]
    day = timedelta(days=1)
    found: dict[str, list[Sheet]] = {}
    for sheet in draft.setting.client.sheets(min(days) - day, max(days) + day):
        if sheet.edusign_id in standing:
            for person in {*sheet.professors, *sheet.students}:
                found.setdefault(person, []).append(sheet)
    return found


def _beside(draft: Draft, change: Change, sheets: Mapping[str, Sequence[Sheet]]) -> Sheet | None:
    """Return a sheet that somebody of a new one is on at the same time; None without any."""
    values = change.facts.values if change.facts else {}
    people = [("professor", ref) for ref in values["professors"]]
    people += [("student", ref) for ref in values.get("students", change.roster)]
    for key in people:
        for sheet in sheets.get(draft.ids.get(key, ""), ()):
            if sheet.starts_at < values["ends_at"] and values["starts_at"] < sheet.ends_at:
                return sheet
    return None
