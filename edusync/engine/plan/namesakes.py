"""Name people on Edusign who bear the names of somebody who is made anew (R26).

Whoever was made by hand under another e-mail may be the same person. Nothing is done about them:
names alone prove nothing. Beside somebody of the connector from which a school moved in nobody is
made, either; somebody of that connector with the same id and one of the names counts as well.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.errors import TargetError
from edusync.model.ids import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.plan import Change

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def note_namesakes(draft: Draft) -> None:
    """Note who is made anew although somebody without an id of the ERP has the same names."""
    for kind in ("professor", "student"):
        made = [
            change
            for change in draft.changes
            if (change.kind, change.action) == (kind, "create") and change.facts is not None
        ]
        if made:
            _note(draft, kind, made)


def _note(draft: Draft, kind: str, made: Sequence[Change]) -> None:
    by_names = {_names_of(change): change for change in made}
    by_id = {ref: change for change in made for ref in _ids_of(change)}
    setting, linked = draft.setting, draft.view.linked(kind)
    try:
        for person in setting.client.people(kind, updated_since=_EVER):
            names = _names(person.last_name, person.first_name)
            change = by_names.get(names)
            if person.edusign_id in linked:
                continue
            if person.source_type in setting.taken and person.source_id:
                same = by_id.get(person.source_id)
                if same is not None and _have_one_in_common(_names_of(same), names):
                    change = same
                if change is not None and (*change.key, person.edusign_id) in setting.apart:
                    continue  # somebody said that they are two
                if change is not None and change in draft.changes:
                    draft.changes.remove(change)
                    draft.blocked.add(change.key)
                    code = "DOWN_PERSON_FOREIGN_TWIN"
                    draft.note(Outcome(code, *change.key, person.edusign_id, field="email"))
            elif change is not None and not person.source_id:
                code = "DOWN_PERSON_NAME_TWIN"
                draft.report.add(Outcome(code, *change.key, person.edusign_id))
    except TargetError as error:
        if error.code != "EDU_UNREADABLE":
            raise
        draft.report.add(Outcome("EDU_PEOPLE_NOT_LISTED", kind, detail=error.message))


def _ids_of(change: Change) -> set[str]:
    """Return an id with and without what edusync puts before the ERP's."""
    return {change.source_id, change.source_id.rpartition("/")[2]}


def _names_of(change: Change) -> tuple[str, str]:
    values = change.facts.values if change.facts is not None else {}
    return _names(values["last_name"], values["first_name"])


def _have_one_in_common(some: tuple[str, str], others: tuple[str, str]) -> bool:
    return any(one == other != "" for one, other in zip(some, others, strict=True))


def _names(last: object, first: object) -> tuple[str, str]:
    return folded(str(last)), folded(str(first))
