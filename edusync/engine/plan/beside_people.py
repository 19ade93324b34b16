"""Hold the people and groups that come down against those that stand, whoever made them.

People are never deleted, nor are groups: what the ERP does not send stays as it is, and is no
difference. Tutors are looked up by e-mail, one by one, for Edusign has no list of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from edusync.engine.digest import Facts
from edusync.engine.edusign_ids import EdusignIds
from edusync.engine.judge.companions import companions
from edusync.engine.judge.desired import Desired
from edusync.engine.outcome import Outcome
from edusync.engine.plan.beside import CHANGED, MADE
from edusync.engine.plan.differences import differing_fields
from edusync.engine.plan.evidence import match_groups
from edusync.errors import LookUpRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from edusync.engine.judge.companions import Companions
    from edusync.engine.judge.verdicts import Verdicts
    from edusync.engine.plan.beside import Known
    from edusync.model import External, Professor, Student
    from edusync.spec.tree import Spec
    from edusync.target.records import GroupRecord, Person

KINDS = ("professor", "student", "group")


@dataclass(slots=True)
class Directory:
    """The people and groups of one account: how many were compared, and what differs.

    `counts` is None when not everybody was read.
    """

    counts: Mapping[str, int] | None
    outcomes: Sequence[Outcome] = field(default_factory=list)


@dataclass
class BesidePeople:
    """People and groups of one account while they are compared.

    `known` says who of the ERP is which record, `there` are the records; `look_up` finds somebody
    by e-mail who is in no list, for archived people are in none.
    """

    verdicts: Verdicts
    spec: Spec
    known: Mapping[str, Known]
    there: Mapping[str, Sequence[Person]]
    groups: Sequence[GroupRecord]
    look_up: Callable[[str, str], Person | None]
    restores: bool = False
    prefix: str = ""

    def compared(self, *, whole: bool) -> Directory:
        """Return what edusync would have made or changed; `whole` when every list was read."""
        desired = Desired(self.spec)
        everybody = companions(self.verdicts, (), (), tutors=desired.follows)
        tutors = self._tutors(everybody.externals)
        found = [
            *self._people(everybody, desired, tutors),
            *self._groups(everybody, desired),
            *(one for ref, record in tutors.items() for one in self._tutor(ref, record, desired)),
        ]
        people, groups = self.verdicts.people, self.verdicts.groups
        judged = people.students, people.professors, people.externals, groups
        whole = whole and all(one.whole for one in judged)
        some = everybody.professors, everybody.students, everybody.groups
        counts = {kind: len(one) for kind, one in zip(KINDS, some, strict=True)}
        if desired.follows:
            counts["external"] = len(everybody.externals)
        return Directory(counts if whole else None, found)

    def _people(
        self, everybody: Companions, desired: Desired, tutors: Mapping[str, Person | None]
    ) -> Iterator[Outcome]:
        """Yield what differs of people; of who follows a student, tutors who stand there."""
        some: tuple[tuple[str, Mapping[str, Professor | Student]], ...] = (
            ("professor", everybody.professors),
            ("student", everybody.students),
        )
        known = {("external", ref): one.edusign_id for ref, one in tutors.items() if one}
        ids = EdusignIds(known)
        for kind, people in some:
            records = {one.edusign_id: one for one in self.there[kind]}
            for ref, person in sorted(people.items()):
                record = records.get(self.known[kind].records.get(ref, ""))
                values = desired.person(kind, person)
                followers = values.pop("externals", None)
                if followers is not None and tutors.keys() >= {*followers}:
                    standing = [one for one in followers if ("external", one) in known]
                    values["externals"] = tuple(standing)
                yield from self._person(kind, ref, Facts(values), record, ids)

    def _tutors(self, externals: Mapping[str, External]) -> dict[str, Person | None]:
        """Look up the tutors; one whose look-up was refused is not compared."""
        found: dict[str, Person | None] = {}
        for ref, external in sorted(externals.items()):
            try:
                found[ref] = self.look_up("external", str(external.email))
            except LookUpRefused:
                continue  # a run names it, and makes nobody
        return found

    def _tutor(self, ref: str, record: Person | None, desired: Desired) -> Iterator[Outcome]:
        external = self.verdicts.people.externals.valid[ref]
        if record is None:
            yield Outcome(MADE, "external", ref, detail="nobody on Edusign is the person")
        else:
            wanted = Facts(desired.person("external", external))
            yield from self._person("external", ref, wanted, record, EdusignIds({}))

    def _person(
        self, kind: str, ref: str, wanted: Facts, record: Person | None, ids: EdusignIds
    ) -> Iterator[Outcome]:
        if record is None:
            try:
                record = self.look_up(kind, str(wanted.values["email"]))
            except LookUpRefused:
                return  # a run names it, and makes nobody
            if record is None:
                words = "nobody on Edusign is the person"
                yield Outcome(MADE, kind, ref, detail=words)
                return
        if record.archived and not self.restores:
            return  # whom a run leaves archived, with a word of its own
        fields = differing_fields(wanted, record, ids)
        if record.archived:
            fields = (*fields, "archived")
        if fields:
            names = ", ".join(fields)
            words = "what the ERP says is something else"
            yield Outcome(CHANGED, kind, ref, record.edusign_id, field=names, detail=words)

    def _groups(self, everybody: Companions, desired: Desired) -> Iterator[Outcome]:
        refs = {("student", one): ref for one, ref in self.known["student"].refs.items()}
        matched = match_groups(everybody.groups, self.groups, refs, self.prefix)
        pairs = {pair.source_id: pair.record for pair in matched.pairs}
        doubts = {one.source_id: one.detail for one in matched.reasons}
        present = self.known["student"].records.keys() | everybody.students.keys()
        for ref, group in sorted(everybody.groups.items()):
            record: GroupRecord | None = pairs.get(ref)  # type: ignore[assignment]  # groups only
            if record is None:
                words = doubts.get(ref) or "no group on Edusign is the one of the ERP"
                yield Outcome(MADE, "group", ref, detail=words)
                continue
            yield from self._group(ref, desired.group(group, present), record)

    def _group(self, ref: str, wanted: Facts, record: GroupRecord) -> Iterator[Outcome]:
        known, fields = self.known["student"], list[str]()
        words = "what the ERP says is something else"
        if wanted.values["name"] != record.name:
            fields.append("name")
        if "students" in wanted.values:
            ours = {known.records.get(one, f"none {one}") for one in wanted.values["students"]}
            there = {one for one in record.students if one in known.refs}
            more, fewer = len(there - ours), len(ours - there)
            if more or fewer:
                fields.append("students")
                words = f"{fewer} students are not in it, {more} are too many"
        if fields:
            names = ", ".join(fields)
            yield Outcome(CHANGED, "group", ref, record.edusign_id, field=names, detail=words)
