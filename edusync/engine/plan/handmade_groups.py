"""Find the group of the ERP that people made on Edusign, instead of making it twice (D13).

Its name and somebody in common say that it is the one: a name alone may be that of another site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.engine.plan.matching import Match
from edusync.errors import LookUpRefused, TargetError
from edusync.model.ids import folded

if TYPE_CHECKING:
    from collections.abc import Collection

    from edusync.engine.plan.draft import Draft
    from edusync.target.records import GroupRecord


def handmade_group(
    draft: Draft, source_id: str, name: str, students: Collection[str]
) -> Match | None:
    """Return the group on Edusign that people made for one of the ERP.

    Args:
        draft: The plan of the account.
        source_id: The id of the group in the ERP.
        name: Its name there.
        students: Who is in it by the ERP.

    Returns:
        The one that has its name and somebody of it; one that blocks when several have; None when
        none has, or the connector takes nothing over that was made by hand. One of its name with
        nobody of it is named, and ours is made.

    Raises:
        LookUpRefused: When Edusign does not show its groups.

    """
    if draft.setting.adopt is None:
        return None
    named = [one for one in _made_by_hand(draft) if folded(one.name) == folded(name)]
    ours = {draft.ids[key] for ref in students if (key := ("student", ref)) in draft.ids}
    met = [one for one in named if not ours.isdisjoint(one.students)]
    others = [
        ref
        for ref, group in draft.verdicts.groups.all.items()
        if ref != source_id and folded(str(group.name)) == folded(name)
    ]
    if len(met) == 1 and not others:
        return Match(met[0], "DOWN_GROUP_MANUAL_LINKED", fill_identity=True)
    if met:
        ids = ", ".join(sorted(one.edusign_id for one in met))
        detail = f"on Edusign: {ids}"
        return Match(met[0], "DOWN_GROUP_MANUAL_AMBIGUOUS", blocks=True, detail=detail)
    for one in named:
        draft.report.add(Outcome("DOWN_GROUP_NAME_TWIN", "group", source_id, one.edusign_id))
    return None


def _made_by_hand(draft: Draft) -> list[GroupRecord]:
    """Return the groups that no connector made, and that are none of ours; they are read once."""
    if draft.groups_there is None:
        try:
            draft.groups_there = [*draft.setting.client.groups()]
        except TargetError as error:
            if error.code != "EDU_UNREADABLE":
                raise
            raise LookUpRefused(
                "EDU_LOOKUP_REFUSED",
                f"Edusign does not list whether the group was made by hand: {error.message}",
                "run again; report it when it stays",
            ) from None
    return [
        one
        for one in draft.groups_there
        if not one.source_id and ("group", one.edusign_id) not in draft.ids.refs
    ]
