"""Hold back new sheets of a class that has a sheet already (D5).

An ERP that sends each session a second time under another id, such as once a room, would double
the planning: whoever signs one of the two sheets is absent on the other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from edusync.engine.digest import Facts, as_before
from edusync.engine.judge.doubles import smallest
from edusync.engine.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from edusync.engine.plan.draft import Draft

    Class = tuple[str, ...]

_SAME = ("starts_at", "ends_at", "name", "professors", "students")
_OR_NONE = "groups"


def hold_second_sheets(draft: Draft) -> None:
    """Hold back the creations with the time, the name and all the people of another sheet.

    Of several new ones the smallest id goes. A class of which nobody knows a student is none: a
    lecture to two groups may have two sheets. A person who approves the plan lets them through.
    """
    created = {
        change.source_id
        for change in draft.changes
        if change.kind == "course" and change.action == "create" and change.roster
    }
    classes: dict[Class, list[str]] = {}
    for source_id in created:
        same = _class(_digests(draft, source_id))
        if same is not None:
            classes.setdefault(same, []).append(source_id)
    standing = dict(_standing(draft, created)) if classes else {}
    second: dict[str, str] = {}
    for same, ids in classes.items():
        other = standing.get(same) or smallest(ids)
        second |= {source_id: other for source_id in ids if source_id != other}
    going = []
    for change in draft.changes:
        if change.kind != "course" or change.source_id not in second:
            going.append(change)
            continue
        draft.held.append(replace(change, code="RUN_CREATIONS_HELD"))
        detail = f"the sheet of {second[change.source_id]} has the same time, name and people"
        draft.guard(Outcome("RUN_CREATIONS_HELD", "course", change.source_id, detail=detail))
    draft.changes = going


def _standing(draft: Draft, created: AbstractSet[str]) -> Iterator[tuple[Class, str]]:
    """Yield the coming sheets whose session is still sent, as they will be, each with its id.

    A session that is in step was let go of: its sheet is as it was written.
    """
    before = draft.view.field_digests("course")
    goes = {c.source_id for c in (*draft.changes, *draft.held) if c.action == "delete"}
    for source_id in sorted(draft.view.coming(draft.setting.window) - created - goes):
        if draft.is_sent(source_id):
            now = _digests(draft, source_id) if source_id in draft.verdicts.sheets else None
            same = _class(now or before.get(source_id, {}))
            if same is not None:
                yield same, source_id


def _digests(draft: Draft, source_id: str) -> Mapping[str, str]:
    """Return the digests of a session, with its people as they were called before."""
    sheet = draft.verdicts.sheets.get(source_id)
    if sheet is None:
        return {}
    values = sheet.facts.values
    return Facts(next(as_before(values, draft.formers), values)).field_digests(draft.view.key)


def _class(digests: Mapping[str, str]) -> Class | None:
    """Return what tells a class from others; None when not all of it is known."""
    if not digests.keys() >= {*_SAME}:
        return None
    return tuple(digests.get(name, "") for name in (*_SAME, _OR_NONE))
