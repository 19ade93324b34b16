"""Find whom the ERP sends under the id of somebody else, before any person is written (D8).

Who somebody is, is their names and e-mail together. When one id has those that another had, the ERP
has given ids anew: both are mixed up, and so is whoever it leads to. Whoever is mixed up stays as
they are on Edusign, until their id has the names and the e-mail of before.

Who somebody was, the store says; of who is not linked (a first run, a lost store), the record that
carries their id on Edusign.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.engine.digest import Facts, is_known_as
from edusync.engine.judge.desired import Desired
from edusync.engine.outcome import Outcome
from edusync.engine.plan.renumbered import people_of
from edusync.engine.plan.roll_call import shown
from edusync.errors import LookUpRefused
from edusync.model import UNKNOWN
from edusync.model.ids import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.engine.plan.draft import Draft
    from edusync.model import External, Professor, Student
    from edusync.target.records import Person

    Anybody = Student | Professor | External
    Identity = tuple[str, ...]
    """Digests of the last name, the first name and the e-mail."""

_WHO = ("last_name", "first_name", "email")
_NAMES, _EMAIL = slice(0, 2), slice(2, 3)


@dataclass(frozen=True, slots=True)
class _Suspect:
    """Somebody of ours who is somebody else by now, or whose data were corrected."""

    before: Identity
    now: Identity
    email: str

    @property
    def has_new_names(self) -> bool:
        return self.before[_NAMES] != self.now[_NAMES]

    @property
    def has_new_email(self) -> bool:
        return self.before[_EMAIL] != self.now[_EMAIL]

    @property
    def is_new_in_all(self) -> bool:
        """Whether the last name, the first name and the e-mail are others, each of them."""
        return all(then != now for then, now in zip(self.before, self.now, strict=True))

    @property
    def lost(self) -> list[Identity]:
        """The names and the e-mail that they had, and have not any more."""
        return ([self.before[_NAMES]] if self.has_new_names else []) + (
            [self.before[_EMAIL]] if self.has_new_email else []
        )

    @property
    def gained(self) -> list[Identity]:
        """The names and the e-mail that are new."""
        return ([self.now[_NAMES]] if self.has_new_names else []) + (
            [self.now[_EMAIL]] if self.has_new_email and self.email else []
        )


def find_mixed_up(draft: Draft, kind: str, people: Mapping[str, Anybody]) -> None:
    """Note everybody of a kind who is mixed up, also those who are on no sheet, and block them.

    `people` are those who come down, by source id.
    """
    unlinked = dict(_unlinked(draft, kind, people))
    suspects = dict(_suspects(draft, kind)) | {
        ref: suspect for ref, (suspect, _) in unlinked.items()
    }
    known = draft.view.fingerprints[kind]
    noted = {ref for its_kind, ref in draft.view.mixed_up if its_kind == kind and ref in known}
    valid = people_of(draft, kind).valid
    found = noted - (valid.keys() - suspects.keys())  # the others are who they were
    if suspects:
        found |= {ref for ref, (_, is_another) in unlinked.items() if is_another}
        others = _new_in_all(draft, kind, suspects)
        found -= {ref for ref, is_another in others.items() if not is_another}
        found |= {ref for ref, is_another in others.items() if is_another}
        found |= _exchanged(draft, kind, suspects) | _known_by_email(draft, kind, suspects)
        _follow(found, suspects)
    for ref in sorted(found):
        draft.mixed_up.add((kind, ref))
        draft.blocked.add((kind, ref))
        if ref in suspects:  # of others it is said when they would be made
            draft.note(Outcome("DOWN_PERSON_ID_TAKEN", kind, ref, field="source_id"))


def _suspects(draft: Draft, kind: str) -> Iterator[tuple[str, _Suspect]]:
    """Yield those whose names or e-mail are not what was brought down under their id."""
    known, key = draft.view.fingerprints[kind], draft.view.key
    if not known:
        return
    desired = Desired(draft.setting.spec)
    for ref, person in people_of(draft, kind).valid.items():
        if ref not in known:
            continue
        values = desired.person(kind, person)
        if is_known_as(values, known[ref], key):
            continue
        before, _ = draft.view.details(kind, ref)
        if before.keys() >= set(_WHO):
            then, now = tuple(before[name] for name in _WHO), _identity(draft, person)
            if now is not None and now != then:
                yield ref, _Suspect(then, now, str(person.email or ""))


def _new_in_all(draft: Draft, kind: str, suspects: Mapping[str, _Suspect]) -> dict[str, bool]:
    """Return of whom nothing is as it was, and whether nothing of their record is theirs either.

    The store has digests, in which a name in capitals is another one, so the record is read; and a
    person who looked may have made it theirs. Tutors are known by their e-mail only.
    """
    valid, known = people_of(draft, kind).valid, draft.view.fingerprints[kind]
    client, found = draft.setting.client, {}
    asked = {
        ref: draft.view.links[kind, ref].edusign_id
        for ref, suspect in suspects.items()
        if kind != "external" and ref in known and suspect.is_new_in_all
    }
    listed = shown({*asked.values()}, client.people(kind))
    for ref, edusign_id in asked.items():
        with suppress(LookUpRefused):  # their update is refused as well, and named
            record = listed.get(edusign_id) or client.person(kind, edusign_id)
            if record is not None and record.email:
                found[ref] = _differs(record, valid[ref])
    return found


def _unlinked(
    draft: Draft, kind: str, people: Mapping[str, Anybody]
) -> Iterator[tuple[str, tuple[_Suspect, bool]]]:
    """Yield who is not linked, and has not the names or the e-mail of the record with their id.

    With each, whether nothing of the record is theirs. Tutors are known by their e-mail only.
    """
    known = draft.view.fingerprints[kind]
    if kind == "external" or people.keys() <= known.keys():
        return
    everybody = people_of(draft, kind)
    emails = {
        str(one.email).casefold(): str(one.email)
        for one in (*everybody.valid.values(), *everybody.others)
        if one.email and one.email is not UNKNOWN
    }
    for ref, person in people.items():
        if ref in known or draft.view.is_forgotten(kind, ref):
            continue
        with suppress(LookUpRefused):  # it is named when they are planned
            record = draft.own_record(kind, ref, str(person.email or ""))
            now = None if record is None else _identity(draft, person)
            if record is None or now is None:
                continue
            email = emails.get(record.email.casefold(), record.email)
            then = _digests(draft, record.last_name, record.first_name, email)
            if then != now:
                yield ref, (_Suspect(then, now, str(person.email or "")), _differs(record, person))


def _differs(record: Person, person: Anybody) -> bool:
    """Whether nothing of a record on Edusign is somebody's: no name, and no e-mail."""
    same_email = bool(person.email) and folded(record.email) == folded(str(person.email))
    return not same_email and all(
        folded(there) != folded(str(here))
        for there, here in (
            (record.last_name, person.last_name),
            (record.first_name, person.first_name),
        )
    )


def _identity(draft: Draft, person: Anybody) -> Identity | None:
    """Return who somebody is; None when a part of it could not be read."""
    values = {name: getattr(person, name) for name in _WHO}
    if UNKNOWN in values.values():
        return None
    return _digests(draft, *(values[name] or "" for name in _WHO))


def _digests(draft: Draft, last_name: str, first_name: str, email: str) -> Identity:
    values = {"last_name": last_name, "first_name": first_name, "email": email}
    digests = Facts(values).field_digests(draft.view.key)
    return tuple(digests[name] for name in _WHO)


def _exchanged(draft: Draft, kind: str, suspects: Mapping[str, _Suspect]) -> set[str]:
    """Return who has another id than before, as far as the lists of the ERP and the store say."""
    had: dict[Identity, list[str]] = {}
    for ref, suspect in suspects.items():
        had.setdefault(suspect.before, []).append(ref)
    people, known = people_of(draft, kind), draft.view.fingerprints[kind]
    sent = [(ref, suspect.now) for ref, suspect in suspects.items()]
    for person in (*people.valid.values(), *people.others):
        if person.source_id not in known:
            now = _identity(draft, person)
            sent += [(person.source_id, now)] if now is not None else []
    found: set[str] = set()
    for ref, now in sent:
        for other in had.get(now, ()):
            found |= {ref, other}
    return found


def _known_by_email(draft: Draft, kind: str, suspects: Mapping[str, _Suspect]) -> set[str]:
    """Return whose new e-mail stands on Edusign under another id of ours, and whose id that is."""
    found: set[str] = set()
    people = people_of(draft, kind)
    for ref, suspect in suspects.items():
        if not (suspect.email and suspect.has_new_email and suspect.has_new_names):
            continue
        with draft.unless_unclear(kind, ref):
            record = draft.setting.client.person_by_email(kind, suspect.email)
            holder = None if record is None else draft.ids.refs.get((kind, record.edusign_id))
            if holder is None or holder == ref:
                continue
            found.add(ref)
            is_other = holder in suspects and suspects[holder].has_new_email
            if is_other or (people.whole and not people.is_sent(holder)):
                found.add(holder)
    return found


def _follow(found: set[str], suspects: Mapping[str, _Suspect]) -> None:
    """Add whoever has, or had, something of somebody who is mixed up, until nobody is added."""
    lost: dict[Identity, list[str]] = {}
    gained: dict[Identity, list[str]] = {}
    for ref, suspect in suspects.items():
        for one in suspect.lost:
            lost.setdefault(one, []).append(ref)
        for one in suspect.gained:
            gained.setdefault(one, []).append(ref)
    reached = [ref for ref in found if ref in suspects]
    while reached:
        suspect = suspects[reached.pop()]
        tied = {ref for one in suspect.gained for ref in lost.get(one, ())}
        tied |= {ref for one in suspect.lost for ref in gained.get(one, ())}
        reached += tied - found
        found |= tied
