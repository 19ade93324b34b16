"""Sessions that the ERP moved to a moment that is over, while their sheets are still to come."""

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
