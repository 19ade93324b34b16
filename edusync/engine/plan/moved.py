"""Sessions that the ERP moved to another day, while their sheets stay where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome

if TYPE_CHECKING:
    from edusync.engine.plan.draft import Draft


def note_moved_to_past(draft: Draft) -> None:
    """Name the sheets that stay for a day on which nothing takes place any more.

    A session that has begun is left alone (D2): its sheet is neither moved there nor deleted.
    """
    begun, view = draft.verdicts.left_alone, draft.view
    if not begun:
        return
    for source_id in sorted(begun.keys() & view.coming(draft.setting.window)):
        link = view.links["course", source_id]
        day = draft.verdicts.window.day_of(begun[source_id])
        detail = f"it starts on {day} in the ERP, and its sheet stays where it was, which is later"
        code = "DOWN_COURSE_MOVED_TO_PAST"
        draft.report.skip(
            Outcome(code, "course", source_id, link.edusign_id, field="starts_at", detail=detail)
        )


def note_postponed(draft: Draft) -> None:
    """Note the sessions that the ERP moved to another day after their sheets had begun.

    Their attendance belongs to a day on which the ERP does not have them any more. So it is with
    one that was moved to where it has begun, while its sheet was still to come: who comes to the
    sheet's hour is not who was at the class. Of one that is not read the last run's word holds,
    until it is read at the time of its sheet.
    """
    verdicts, view = draft.verdicts, draft.view
    known, day_of = view.fingerprints["course"], verdicts.window.day_of
    starts = {ref: one.facts.values["starts_at"] for ref, one in verdicts.sheets.items()}
    starts = {ref: at for ref, at in {**starts, **verdicts.left_alone}.items() if ref in known}
    begun = view.begun(starts, verdicts.window.now)
    postponed = {ref for ref, at in begun.items() if day_of(at) != day_of(starts[ref])}
    read = verdicts.seen - verdicts.undecided - verdicts.stuck.keys() - verdicts.dropped.keys()
    noted = {ref for kind, ref in view.mixed_up if kind == "course" and ref in known}
    back = verdicts.left_alone.keys() & view.coming(draft.setting.window)
    elsewhere = {ref for ref in noted & begun.keys() if begun[ref] != starts[ref]}
    found = postponed | back | elsewhere | (noted - read)
    draft.mixed_up |= {("course", ref) for ref in found}
