"""Who leaves a sheet or a group that is taken over, though no link says that we put them there.

A store that was lost knows nobody: a student whom the ERP has elsewhere by now, or nowhere, seems
to be somebody whom people put there (P8). Their record on Edusign says that they are ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from edusync.engine.plan.draft import Draft
    from edusync.target.records import GroupRecord, Sheet


def note_leavers(
    draft: Draft, kind: str, found: Sheet | GroupRecord, students: Collection[str]
) -> None:
    """Note who leaves an item. `students` are all whom the ERP has on it, by source id.

    Where another account or connector has the item too, its students stay.
    """
    strangers = [
        student for student in found.students if ("student", student) not in draft.ids.refs
    ]
    if not strangers or draft.view.is_shared(kind, found.edusign_id):
        return
    for student in strangers:
        source_id = draft.own_student(student)
        if source_id is not None and source_id not in students:
            draft.leavers.add((found.edusign_id, student))
