"""Who comes down with the sheets: people and groups (R19, D6), and tutors of students (R23)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from edusync.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from edusync.engine.judge.verdicts import Key, Verdicts, WantedSheet
    from edusync.model import External, Group, Professor, Student


@dataclass(frozen=True, slots=True)
class WantedGroup:
    """A group with its valid members; `whole` when nobody may be missing."""

    group: Group
    students: tuple[str, ...]
    """Valid ones; those among them who never had a sheet are not on Edusign yet."""
    whole: bool


@dataclass(frozen=True, slots=True)
class Companions:
    """The people and groups of the sheets that come down, by source id."""

    professors: Mapping[str, Professor]
    externals: Mapping[str, External]
    students: Mapping[str, Student]
    groups: Mapping[str, WantedGroup]


def companions(
    verdicts: Verdicts, others: Sequence[WantedSheet], changed: Iterable[Key], *, tutors: bool
) -> Companions:
    """Return who comes down with the sheets.

    `others` are sessions that complete a hand-made sheet, which keeps the groups that it has, or
    that may be one of before under another id.
    `changed` are people and groups of before that stand otherwise on Edusign, on a sheet or not.
    `tutors` says whether the spec knows who follows a student.
    """
    professors = dict.fromkeys(verdicts.professors_on_sheets)
    students = dict.fromkeys(verdicts.students_on_sheets)
    for sheet in others:
        professors |= dict.fromkeys(sheet.facts.values["professors"])
        students |= dict.fromkeys(sheet.students)
    groups = dict.fromkeys(verdicts.groups_on_sheets)
    named = {"professor": professors, "student": students, "group": groups}
    for kind, source_id in changed:
        if kind in named:  # tutors come down with a student
            named[kind][source_id] = None
    valid_professors, valid_students = (
        verdicts.people.professors.valid,
        verdicts.people.students.valid,
    )
    incomplete = verdicts.people.students.incomplete
    followed = {
        ref: valid_students[ref]
        for ref in students
        if ref in valid_students and ref not in incomplete
    }
    externals = _followers(verdicts, followed)
    return Companions(
        {ref: valid_professors[ref] for ref in professors if ref in valid_professors},
        externals,
        _with_tutors(verdicts, followed) if tutors else followed,
        {ref: group_of(verdicts, ref) for ref in groups if ref in verdicts.groups.valid},
    )


def everybody(verdicts: Verdicts, *, tutors: bool) -> Companions:
    """Return everybody who is valid, and every group, whether on a coming sheet or not.

    `tutors` as in `companions`.
    """
    people = verdicts.people
    all_of_them = [
        *(("professor", ref) for ref in people.professors.valid),
        *(("student", ref) for ref in people.students.valid),
    ]
    found = companions(verdicts, (), all_of_them, tutors=tutors)
    groups = {ref: group_of(verdicts, ref) for ref in verdicts.groups.valid}
    return replace(found, groups={**groups, **found.groups}, externals=people.externals.valid)


def _followers(verdicts: Verdicts, students: Mapping[str, Student]) -> dict[str, External]:
    """Return the tutors who follow one of the students."""
    return {
        source_id: external
        for source_id, external in verdicts.people.externals.valid.items()
        if any(ref in students for ref in _followed(external))
    }


def _with_tutors(verdicts: Verdicts, students: Mapping[str, Student]) -> dict[str, Student]:
    """Return the students with their tutors; unknown as soon as one may be missing.

    So is a tutor of whom nobody can say whether they count, or whose data could not be read.
    """
    externals = verdicts.people.externals
    tutors: dict[str, list[str]] = {}
    for external in externals.valid.values():
        for ref in _followed(external):
            tutors.setdefault(ref, []).append(external.source_id)
    unread = [one for one in externals.others if externals.is_unknown(one.source_id)]
    unsure = {ref for one in unread for ref in _followed(one)}
    nameless = (externals.undecided | externals.unknown) - {one.source_id for one in unread}
    whole = (externals.whole and not nameless) and not any(
        external.students is UNKNOWN for external in (*externals.valid.values(), *unread)
    )
    return {
        ref: replace(
            student,
            externals=tuple(tutors.get(ref, ())) if whole and ref not in unsure else UNKNOWN,
        )
        for ref, student in students.items()
    }


def _followed(external: External) -> tuple[str, ...]:
    return () if external.students is UNKNOWN else external.students


def group_of(verdicts: Verdicts, ref: str) -> WantedGroup:
    """Return a group with its valid members."""
    students, group = verdicts.people.students, verdicts.groups.all[ref]
    if group.students is UNKNOWN:
        return WantedGroup(group, (), whole=False)
    valid = tuple(member for member in group.students if member in students.valid)
    unsure = len(valid) != len(group.students) and any(map(students.is_unknown, group.students))
    return WantedGroup(group, valid, students.whole and not unsure)
