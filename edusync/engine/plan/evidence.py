"""By what people and groups of another connector are those of the ERP, one to one.

Somebody is the same by the id that the other connector knew them under and both names or the
e-mail, or by their e-mail and a name: ids of two systems may be equal by chance, and so may a first
name or that of a family. A group has its name, or the id, and somebody in common. Whoever may be
several, or is claimed by several, is named and left: nothing is guessed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.model import UNKNOWN
from edusync.model.ids import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from edusync.engine.judge.companions import WantedGroup
    from edusync.model import External, Professor, Student
    from edusync.target.records import GroupRecord, Person, Sheet

    Anybody = Student | Professor | External


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of the ERP and the one on Edusign that it is, with what says so."""

    kind: str
    source_id: str
    record: Person | GroupRecord | Sheet
    evidence: tuple[str, ...]


@dataclass(slots=True)
class Found:
    """What was matched, and why the rest was not."""

    pairs: list[Pair] = field(default_factory=list)
    reasons: list[Outcome] = field(default_factory=list)

    @property
    def named(self) -> set[str]:
        """The ids on Edusign of everything that is matched or named with a reason."""
        named = {one.edusign_id for one in self.reasons if one.edusign_id is not None}
        return named | {pair.record.edusign_id for pair in self.pairs}

    def hold(self, code: str, kind: str, source_id: str | None, record: Any, detail: str) -> None:
        """Name an item that is not taken over, with the reason."""
        edusign_id = None if record is None else record.edusign_id
        self.reasons.append(Outcome(code, kind, source_id, edusign_id, detail=detail))


class Candidates:
    """What may be which item of the ERP, until nothing is left to be compared."""

    def __init__(self, kind: str, apart: AbstractSet[tuple[str, str]]) -> None:
        self.kind, self.apart = kind, apart
        self.of: dict[str, dict[str, tuple[Any, list[str]]]] = defaultdict(dict)
        self.doubts: dict[str, tuple[str, str]] = {}
        """Code and words for items of the ERP of which nobody can say that they are the same."""

    def are_apart(self, source_id: str, record: Any) -> bool:
        """Whether somebody said that a record is not an item."""
        return (source_id, record.edusign_id) in self.apart

    def add(self, source_id: str, record: Any, evidence: str) -> None:
        """Note that a record may be an item, and by what."""
        self.of[source_id].setdefault(record.edusign_id, (record, []))[1].append(evidence)

    def settle(self, found: Found) -> None:
        """Match what stands alone on both sides; name the rest."""
        claims = Counter(edusign_id for some in self.of.values() for edusign_id in some)
        for source_id, some in self.of.items():
            alone = len(some) == 1 and all(claims[one] == 1 for one in some)
            if alone and source_id not in self.doubts:
                ((record, evidence),) = some.values()
                found.pairs.append(Pair(self.kind, source_id, record, tuple(evidence)))
                continue
            others = sorted(
                one for one in self.of if one != source_id and some.keys() & self.of[one]
            )
            code, words = "MOVE_AMBIGUOUS", _several(list(some), others)
            if alone:
                code, words = self.doubts[source_id]
            for record, _ in some.values():
                found.hold(code, self.kind, source_id, record, words)


def _several(edusign_ids: Sequence[str], others: Sequence[str]) -> str:
    """Say what of both sides may be the same."""
    there, here = ", ".join(edusign_ids), ", ".join(others)
    if others:
        return f"on Edusign: {there}; in the ERP also: {here}"
    return f"on Edusign: {there}"


def match_people(
    kind: str,
    wanted: Iterable[Anybody],
    others: Iterable[Anybody],
    records: Sequence[Person],
    prefix: str,
    apart: AbstractSet[tuple[str, str]] = frozenset(),
) -> Found:
    """Match people of one kind.

    `others` are those of the ERP who are not valid: an e-mail may be theirs as well. `prefix` is
    what edusync puts before the ERP's ids. `apart` are ids of the ERP and of Edusign that are not
    the same, by a person's word.
    """
    people = list(wanted)
    shared = _shared([*people, *others])
    by_id, by_email, by_names = _indexed(records)
    candidates, found = Candidates(kind, apart), Found()
    for person in people:
        ref, email, names = person.source_id, _email(person), _names(person)
        ids = {ref, ref.removeprefix(prefix)}
        for record in (one for one_id in sorted(ids) for one in by_id.get(one_id, ())):
            if candidates.are_apart(ref, record):
                continue
            has_email = bool(email) and _plain(record.email) == email
            if has_email or _has_name(record, names):
                candidates.add(ref, record, "id")
                if not has_email and not _has_names(record, names):
                    candidates.doubts[ref] = ("MOVE_DIFFERS", "the same id, and one name in common")
        for record in by_email.get(email, ()) if email else ():
            if candidates.are_apart(ref, record):
                continue
            candidates.add(ref, record, "email")
            if not _has_name(record, names):
                candidates.doubts[ref] = ("MOVE_DIFFERS", "the same e-mail, and other names")
        if email in shared:
            candidates.doubts[ref] = ("MOVE_EMAIL_SHARED", "several people of the ERP have it")
    candidates.settle(found)
    taken = found.named
    for person in people:
        if person.source_id not in candidates.of:
            for record in by_names.get(_names(person), ()):
                is_apart = candidates.are_apart(person.source_id, record)
                if record.edusign_id not in taken and not is_apart:
                    words = "the same names; neither the id nor the e-mail"
                    found.hold("MOVE_NAME_ONLY", kind, person.source_id, record, words)
    return found


def match_groups(
    wanted: Mapping[str, WantedGroup],
    records: Sequence[GroupRecord],
    refs: Mapping[tuple[str, str], str],
    prefix: str,
    apart: AbstractSet[tuple[str, str]] = frozenset(),
) -> Found:
    """Match groups; `refs` says who the students on Edusign are in the ERP.

    `apart` is as for people.
    """
    by_id: dict[str, list[GroupRecord]] = defaultdict(list)
    by_name: dict[str, list[GroupRecord]] = defaultdict(list)
    for record in records:
        by_id[record.source_id].append(record)
        by_name[folded(record.name)].append(record)
    candidates, found = Candidates("group", apart), Found()
    for ref, group in wanted.items():
        name = folded(str(group.group.name))
        for record in (
            one for an_id in sorted({ref, ref.removeprefix(prefix)}) for one in by_id[an_id]
        ):
            is_apart = candidates.are_apart(ref, record)
            if not is_apart and (folded(record.name) == name or _has_members(record, group, refs)):
                candidates.add(ref, record, "id")
        for record in by_name[name]:
            if candidates.are_apart(ref, record):
                continue
            candidates.add(ref, record, "name")
            is_empty = not record.students and not group.students
            if record.source_id not in {ref, ref.removeprefix(prefix)} and not (
                is_empty or _has_members(record, group, refs)
            ):
                candidates.doubts[ref] = ("MOVE_DIFFERS", "the same name, and nobody in common")
    candidates.settle(found)
    return found


def _has_members(
    record: GroupRecord, group: WantedGroup, refs: Mapping[tuple[str, str], str]
) -> bool:
    members = {refs.get(("student", one)) for one in record.students}
    return not members.isdisjoint(group.students)


def _indexed(records: Sequence[Person]) -> tuple[dict[Any, list[Person]], ...]:
    """Return records by their id, by their e-mail and by their names."""
    found: tuple[dict[Any, list[Person]], ...] = ({}, {}, {})
    for record in records:
        names = folded(record.last_name), folded(record.first_name)
        for index, key in zip(found, (record.source_id, _plain(record.email), names), strict=True):
            if key:
                index.setdefault(key, []).append(record)
    return found


def _shared(people: Iterable[Anybody]) -> Collection[str]:
    """Return the e-mails that several people have."""
    owners: dict[str, set[str]] = defaultdict(set)
    for person in people:
        owners[_email(person)].add(person.source_id)
    return {email for email, some in owners.items() if email and len(some) > 1}


def _has_name(record: Person, names: tuple[str, str]) -> bool:
    there = folded(record.last_name), folded(record.first_name)
    return any(one == other != "" for one, other in zip(there, names, strict=True))


def _has_names(record: Person, names: tuple[str, str]) -> bool:
    return "" not in names and (folded(record.last_name), folded(record.first_name)) == names


def _email(person: Anybody) -> str:
    return "" if person.email is UNKNOWN else _plain(str(person.email or ""))


def _plain(email: str) -> str:
    return email.casefold().strip()


def _names(person: Anybody) -> tuple[str, str]:
    last, first = person.last_name, person.first_name
    return folded(str(last or "")), folded(str(first or ""))
