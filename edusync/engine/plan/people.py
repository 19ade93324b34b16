"""Plan people and groups: create, adopt what stands on Edusign, or bring in step (D6, D8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from edusync.engine.digest import Facts, is_known_as
from edusync.engine.judge.desired import Desired
from edusync.engine.outcome import Outcome
from edusync.engine.plan.differences import differing_fields
from edusync.engine.plan.handmade_groups import handmade_group
from edusync.engine.plan.leavers import note_leavers
from edusync.engine.plan.mixed_up import find_mixed_up
from edusync.engine.plan.no_effect import no_effect
from edusync.engine.plan.plan import Change
from edusync.engine.plan.renumbered import (
    as_former,
    former_group,
    gone_link,
    hold_mixed_up,
    keeping,
)
from edusync.engine.plan.roll_call import call_roll
from edusync.target.records import GroupRecord

if TYPE_CHECKING:
    from collections.abc import Collection

    from edusync.engine.judge.companions import Companions
    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.look import Look
    from edusync.engine.plan.matching import Match
    from edusync.engine.plan.plan import Action

_UNKNOWN = "-"
"""What nothing has as its fingerprint."""


def plan_people(draft: Draft, everybody: Companions, look: Look) -> None:
    """Plan the professors, the tutors and the students; edits by hand are put right (R33)."""
    desired, key = Desired(draft.setting.spec), draft.view.key
    for kind, people in (
        ("professor", everybody.professors),
        ("external", everybody.externals),
        ("student", everybody.students),
    ):
        known = draft.view.fingerprints[kind]
        new = {
            ref: str(one.email or "")
            for ref, one in people.items()
            if not (ref in known or draft.view.is_forgotten(kind, ref))
        }
        call_roll(draft, kind, {} if kind == "external" else new)
        draft.ask_ahead((kind, ref, email) for ref, email in new.items())
        find_mixed_up(draft, kind, people)
        for source_id, person in people.items():
            if draft.view.is_forgotten(kind, source_id):
                draft.blocked.add((kind, source_id))
                draft.report.skip(Outcome("DOWN_PERSON_FORGOTTEN", kind, source_id))
                continue
            values = desired.person(kind, person)
            if any(("external", ref) in draft.mixed_up for ref in values.get("externals", ())):
                del values["externals"]  # whoever Edusign has stays until it is known who is who
            if draft.blocked and values.get("externals"):
                values["externals"] = draft.allowed("external", values["externals"])
            is_seen = (kind, source_id) in look.people or (kind, source_id) in look.unmade
            if is_seen or not is_known_as(values, known.get(source_id, _UNKNOWN), key):
                with draft.unless_unclear(kind, source_id):
                    _plan_person(draft, kind, source_id, Facts(values), look)
        hold_mixed_up(draft)


def plan_groups(draft: Draft, everybody: Companions, look: Look) -> None:
    """Plan the groups; members who never had a sheet are not on Edusign (D6)."""
    if not everybody.groups:
        return
    desired = Desired(draft.setting.spec)
    present = draft.view.fingerprints["student"].keys() | everybody.students.keys()
    present -= {source_id for kind, source_id in draft.blocked if kind == "student"}
    known = draft.view.fingerprints["group"]
    call_roll(draft, "group", {one: "" for one in everybody.groups if one not in known})
    if not draft.mixed_up:
        draft.ask_ahead(("group", one, "") for one in everybody.groups if one not in known)
    for source_id, group in everybody.groups.items():
        if any(("student", ref) in draft.mixed_up for ref in group.students):
            continue  # who is named by an event of their own
        with draft.unless_unclear("group", source_id):
            facts = desired.group(group, present)
            facts = keeping(draft, "group", source_id, facts, group.students)
            _plan_group(draft, source_id, facts, group.students, look)


def _plan_person(draft: Draft, kind: str, source_id: str, wanted: Facts, look: Look) -> None:
    is_mixed_up = (kind, source_id) in draft.mixed_up
    if is_mixed_up and source_id in draft.view.fingerprints[kind]:
        return  # their record is that of somebody else
    if _update_linked(draft, kind, source_id, wanted, look):
        return
    match = draft.match(kind, source_id, str(wanted.values.get("email", "")))
    if match is not None and match.code == "DOWN_PERSON_EMAIL_CONFLICT":
        match = as_former(draft, kind, source_id, wanted, match)
    if is_mixed_up and (match is None or not match.blocks):
        if match is None or match.record.source_id != source_id:  # else it was said
            draft.note(Outcome("DOWN_PERSON_ID_TAKEN", kind, source_id, field="source_id"))
        return
    if match is None:
        _create(draft, kind, source_id, wanted, look)
        return
    if _noted(draft, kind, source_id, match):
        _adopt(draft, kind, source_id, match, wanted)


def _noted(draft: Draft, kind: str, source_id: str, match: Match) -> bool:
    """Note what is remarkable about a match; return whether it may be taken over."""
    if match.code is not None:
        field = "name" if kind == "group" else "email"
        edusign_id = match.record.edusign_id
        outcome = Outcome(match.code, kind, source_id, edusign_id, field, detail=match.detail)
        (draft.report.skip if match.blocks else draft.report.add)(outcome)
    if match.blocks:
        draft.blocked.add((kind, source_id))
    return not match.blocks


def _plan_group(
    draft: Draft, source_id: str, wanted: Facts, students: Collection[str], look: Look
) -> None:
    if _update_linked(draft, "group", source_id, wanted, look):
        return
    match = (
        draft.match("group", source_id)
        or former_group(draft, source_id, wanted)
        or handmade_group(draft, source_id, str(wanted.values["name"]), students)
    )
    if match is not None:
        if _noted(draft, "group", source_id, match):
            if "students" in wanted.values and isinstance(match.record, GroupRecord):
                note_leavers(draft, "group", match.record, students)
            _adopt(draft, "group", source_id, match, wanted)
        return
    _create(draft, "group", source_id, wanted, look)


def _create(draft: Draft, kind: str, source_id: str, wanted: Facts, look: Look) -> None:
    change = Change(kind, "create", source_id, fields=tuple(wanted.values), facts=wanted)
    draft.add(replace(change, again=(kind, source_id) in look.unmade))


def _adopt(draft: Draft, kind: str, source_id: str, match: Match, wanted: Facts) -> None:
    """Plan to take over what stands on Edusign, which we may have brought under another id."""
    record = match.record
    replaces = match.replaces or gone_link(draft, kind, record.edusign_id)
    if replaces is not None:
        draft.relink(kind, source_id, replaces, record.edusign_id)
    fields = (*differing_fields(wanted, record, draft.ids), *match.extra_fields)
    draft.ids[kind, source_id] = record.edusign_id
    action: Action = "adopt" if match.replaces is None else "update"
    edusign_id = record.edusign_id
    draft.add(Change(kind, action, source_id, edusign_id, fields, facts=wanted, replaces=replaces))


def _update_linked(draft: Draft, kind: str, source_id: str, wanted: Facts, look: Look) -> bool:
    """Plan an update of what is linked; false when there is no link, or it leads nowhere."""
    known = draft.view.fingerprints[kind].get(source_id)
    if known is None:
        return False
    if (kind, source_id) in look.unmade:
        edusign_id = draft.ids.pop((kind, source_id), None)
        code, detail = "DOWN_PERSON_DELETED_BY_HAND", None
        if (kind, source_id) in look.anew:
            code, detail = "EDU_NO_EFFECT", f"it took the {kind}, and has none"
        draft.report.add(Outcome(code, kind, source_id, edusign_id, detail=detail))
        return False
    changed = draft.changed(kind, source_id, known, wanted)
    edited = _edited(draft, kind, source_id, wanted, look)
    fields = tuple(sorted({*changed, *edited}))
    if not fields:
        return True
    edusign_id = draft.view.links[kind, source_id].edusign_id
    again = (kind, source_id) in look.unheard
    if again and (unheard := [name for name in edited if name not in changed]):
        draft.report.add(no_effect(kind, source_id, edusign_id, unheard))
    change = Change(kind, "update", source_id, edusign_id, fields, facts=wanted)
    draft.add(replace(change, by_hand=bool(edited) and not again, again=again))
    return True


def _edited(draft: Draft, kind: str, source_id: str, wanted: Facts, look: Look) -> tuple[str, ...]:
    """Return the fields that are not on Edusign as we sent them, whoever changed them."""
    if kind == "group":
        group = look.groups.get(source_id)
        return differing_fields(wanted, group, draft.ids) if group else ()
    listed = look.people.get((kind, source_id))
    if listed is None or not differing_fields(wanted, listed, draft.ids):
        return ()  # a list may show less than the person's own record
    person = draft.setting.client.person(kind, listed.edusign_id)
    if person is None or person.archived:
        return ()
    return differing_fields(wanted, person, draft.ids)
