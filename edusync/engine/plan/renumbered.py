"""Link people and groups anew whom the ERP sends under another id than before (D8).

A new school year stands in front of every id of some ERPs, and others renumber. Nothing is guessed:
the id of before must be gone from a whole reading, and exactly one newcomer may be meant.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from edusync.engine.digest import Facts
from edusync.engine.plan.matching import Match
from edusync.model.ids import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from edusync.engine.judge.people import People
    from edusync.engine.plan.draft import Draft
    from edusync.target.records import Person

_NAMES = ("last_name", "first_name")


def as_former(draft: Draft, kind: str, source_id: str, wanted: Facts, match: Match) -> Match:
    """Return the match of somebody whose e-mail stands on Edusign under another id.

    It is that of a person to be linked anew, or blocks with the reason. `match` blocks as well.
    """
    person: Person = match.record  # type: ignore[assignment]  # people are matched with people
    former = draft.ids.refs.get((kind, person.edusign_id))
    people = people_of(draft, kind)
    if former is None:
        return match  # of another connector
    if people.is_sent(former):  # somebody who is still there, or whose id is another's by now
        draft.taken[kind, source_id] = former
        return match
    doubt = _doubt(draft, kind, source_id, wanted, person, former)
    if doubt is not None:
        draft.waiting[kind, source_id] = former
        return replace(match, detail=f"it was {former} until now, but {doubt}")
    found = draft.matcher.usable(person, fill_identity=True)
    if found.blocks:
        return found
    return replace(found, code="DOWN_PERSON_RELINKED", replaces=former, detail=f"it was {former}")


def hold_mixed_up(draft: Draft) -> None:
    """Count newcomers whose e-mail stands under an id that is mixed up as mixed up themselves."""
    for (kind, source_id), former in draft.taken.items():
        if (kind, former) in draft.mixed_up:
            draft.mixed_up.add((kind, source_id))


def _doubt(
    draft: Draft, kind: str, source_id: str, wanted: Facts, person: Person, former: str
) -> str | None:
    """Return why nobody can say that somebody is who they were; None when they are."""
    people = people_of(draft, kind)
    if not people.whole:
        return "the ERP was not read wholly"
    if source_id in people.namesakes:
        return "somebody else of the ERP has these names and this e-mail, too"
    details, _ = draft.view.details(kind, former)
    if details.keys() >= set(_NAMES):
        now = wanted.field_digests(draft.view.key)
        same = all(now[name] == details[name] for name in _NAMES)
    else:  # of a link that an old write in doubt left behind
        same = all(folded(str(wanted.values[n])) == folded(getattr(person, n)) for n in _NAMES)
    return None if same else "the names are others"


def people_of(draft: Draft, kind: str) -> People[Any]:
    """Return the people of a kind that the ERP sends."""
    people = draft.verdicts.people
    by_kind: dict[str, People[Any]] = {
        "professor": people.professors,
        "student": people.students,
        "external": people.externals,
    }
    return by_kind[kind]


def gone_link(draft: Draft, kind: str, edusign_id: str) -> str | None:
    """Return the id under which we brought something down that the ERP does not send any more."""
    former = draft.ids.refs.get((kind, edusign_id))
    sent = draft.verdicts.groups if kind == "group" else people_of(draft, kind)
    return former if former is not None and sent.whole and not sent.is_sent(former) else None


def former_group(draft: Draft, source_id: str, wanted: Facts) -> Match | None:
    """Return the match of a group that we brought down under an id that is gone.

    Exactly one such group has its name, no other newcomer has, and somebody is in both. After half
    a reading it blocks.
    """
    groups, links = draft.verdicts.groups, draft.view.links
    gone = [found for kind, found in links if kind == "group" and not groups.is_sent(found)]
    named = [found for found in gone if _is_same_group(draft, found, wanted)]
    if not named or (
        groups.whole
        and (
            len(named) > 1 or sum(g.name == wanted.values["name"] for g in groups.all.values()) > 1
        )
    ):
        return None
    record = draft.setting.client.group(links["group", named[0]].edusign_id)
    if record is None:
        return None
    if not groups.whole:
        draft.waiting["group", source_id] = named[0]
        detail = f"it may be {named[0]}, but the ERP was not read wholly"
        return Match(record, "DOWN_GROUP_HELD", blocks=True, detail=detail)
    return Match(
        record,
        "DOWN_GROUP_RELINKED",
        fill_identity=True,
        detail=f"it was {named[0]}",
        replaces=named[0],
    )


def _is_same_group(draft: Draft, former: str, wanted: Facts) -> bool:
    """Whether a group of before has the name of a newcomer, and a student of it."""
    details, members = draft.view.details("group", former)
    if details.get("name") != wanted.field_digests(draft.view.key)["name"]:
        return False
    now = {draft.now("student", member) for member in members}
    return not now.isdisjoint(wanted.values.get("students", ()))


def keeping(draft: Draft, kind: str, source_id: str, facts: Facts, refs: Iterable[str]) -> Facts:
    """Return the facts of a linked sheet or group with those who stay until it is known who is who.

    `refs` are all its students. Whoever of them may be somebody that stands in it already is not
    brought down, and that somebody is not taken off.
    """
    if not draft.waiting or "students" not in facts.values:
        return facts
    _, noted = draft.view.details(kind, source_id)
    members = {draft.now("student", member) for member in noted}
    stay = [
        former
        for ref in refs
        if (former := draft.waiting.get(("student", ref))) is not None and former in members
    ]
    if not stay:
        return facts
    students = [*facts.values["students"], *stay]
    return Facts({**facts.values, "students": tuple(sorted(students))})
