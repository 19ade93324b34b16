"""Name people on Edusign who bear the names of somebody who is made anew (R26).

Whoever was made by hand under another e-mail may be the same person. Nothing is done about them:
names alone prove nothing. Beside somebody of the connector from which a school moved in nobody is
made, either.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.errors import TargetError
from edusync.model.ids import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.plan import Change

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def note_namesakes(draft: Draft) -> None:
    """Note who is made anew although somebody without an id of the ERP has the same names."""
    for kind in ("professor", "student"):
        made = {
            _names(change.facts.values["last_name"], change.facts.values["first_name"]): change
            for change in draft.changes
            if (change.kind, change.action) == (kind, "create") and change.facts is not None
        }
        if made:
            _note(draft, kind, made)


def _note(draft: Draft, kind: str, made: Mapping[tuple[str, str], Change]) -> None:
    try:
        for person in draft.setting.client.people(kind, updated_since=_EVER):
            change = made.get(_names(person.last_name, person.first_name))
            if change is None:
                continue
            if not person.source_id:
                code = "DOWN_PERSON_NAME_TWIN"
                draft.report.add(Outcome(code, *change.key, person.edusign_id))
            elif person.source_type in draft.setting.taken and change in draft.changes:
                draft.changes.remove(change)
                draft.blocked.add(change.key)
                code = "DOWN_PERSON_FOREIGN_TWIN"
                draft.note(Outcome(code, *change.key, person.edusign_id, field="email"))
    except TargetError as error:
        if error.code != "EDU_UNREADABLE":
            raise
        draft.report.add(Outcome("EDU_PEOPLE_NOT_LISTED", kind, detail=error.message))


def _names(last: object, first: object) -> tuple[str, str]:
    return folded(str(last)), folded(str(first))
