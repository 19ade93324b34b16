"""By what sheets of another connector are those of sessions of the ERP, one to one.

The strongest evidence comes first: the id with the time and the name or somebody, then the time
with name and professors, with the name; then the id with the name, or the time with the professors.
Ids of two systems may be equal by chance, so the id alone, or with somebody in common, is named and
left. So is what several of one side fit, at whatever strength, and two sheets of one hour with
somebody in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from edusync.engine.plan.evidence import Found, Pair
from edusync.model.ids import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from edusync.engine.edusign_ids import EdusignIds
    from edusync.engine.judge.verdicts import WantedSheet
    from edusync.target.records import Sheet


class Session(NamedTuple):
    """A session of the ERP as its sheet would stand on Edusign; ids of people are Edusign's."""

    source_id: str
    ids: frozenset[str]
    name: str
    time: tuple[datetime, datetime]
    professors: frozenset[str]
    students: frozenset[str]

    def has_id(self, sheet: Sheet) -> bool:
        """Whether a sheet has its id."""
        return sheet.source_id in self.ids

    def has_time(self, sheet: Sheet) -> bool:
        """Whether a sheet starts and ends as it does."""
        return self.time == (sheet.starts_at, sheet.ends_at)

    def has_name(self, sheet: Sheet) -> bool:
        """Whether a sheet has its name."""
        return self.name == folded(sheet.name)

    def has_professors(self, sheet: Sheet) -> bool:
        """Whether the same professors, and at least one, are on a sheet."""
        return bool(self.professors) and self.professors == frozenset(sheet.professors)

    def has_people(self, sheet: Sheet) -> bool:
        """Whether somebody of it is on a sheet."""
        return not (self.professors | self.students).isdisjoint(
            {*sheet.professors, *sheet.students}
        )


_LEVELS: tuple[tuple[tuple[str, ...], Callable[[Session, Sheet], bool]], ...] = (
    (
        ("id",),
        lambda one, sheet: (
            one.has_id(sheet)
            and one.has_time(sheet)
            and (one.has_name(sheet) or one.has_people(sheet))
        ),
    ),
    (
        ("time", "name", "professors"),
        lambda one, sheet: (
            one.has_time(sheet) and one.has_name(sheet) and one.has_professors(sheet)
        ),
    ),
    (("time", "name"), lambda one, sheet: one.has_time(sheet) and one.has_name(sheet)),
    (
        ("id",),
        lambda one, sheet: one.has_id(sheet) and (one.has_name(sheet) or one.has_time(sheet)),
    ),
    (("time", "professors"), lambda one, sheet: one.has_time(sheet) and one.has_professors(sheet)),
)


def sessions_of(wanted: Mapping[str, WantedSheet], ids: EdusignIds, prefix: str) -> list[Session]:
    """Return sessions with the people of theirs who are known on Edusign."""

    def there(kind: str, refs: Iterable[str]) -> frozenset[str]:
        return frozenset(ids[kind, ref] for ref in refs if (kind, ref) in ids)

    found = []
    for ref, sheet in wanted.items():
        values = sheet.facts.values
        found.append(
            Session(
                ref,
                frozenset({ref, ref.removeprefix(prefix)}),
                folded(str(values["name"])),
                (values["starts_at"], values["ends_at"]),
                there("professor", values["professors"]),
                there("student", sheet.students),
            )
        )
    return found


def match_sheets(
    sessions: Sequence[Session],
    sheets: Sequence[Sheet],
    standing: Mapping[str, Sheet],
    apart: AbstractSet[tuple[str, str]] = frozenset(),
) -> Found:
    """Match sheets; `standing` are those of edusync itself by their ids in the ERP.

    Beside one of these another is a double.
    `apart` are ids of the ERP and of Edusign that are not the same, by a person's word.
    """
    found = Found()
    open_sessions = {one.source_id: one for one in sessions}
    open_sheets = {one.edusign_id: one for one in sheets}
    for evidence, is_same in _LEVELS:
        near = _near(open_sheets.values())
        pairs = [
            (one, sheet)
            for one in open_sessions.values()
            for sheet in near(one)
            if is_same(one, sheet) and (one.source_id, sheet.edusign_id) not in apart
        ]
        ours = Counter(one.source_id for one, _ in pairs)
        theirs = Counter(sheet.edusign_id for _, sheet in pairs)
        for one, sheet in pairs:
            if ours[one.source_id] == theirs[sheet.edusign_id] == 1:
                found.pairs.append(Pair("course", one.source_id, sheet, evidence))
            else:
                words = f"several fit by {', '.join(evidence)}"
                found.hold("MOVE_AMBIGUOUS", "course", one.source_id, sheet, words)
        for one, sheet in pairs:
            open_sessions.pop(one.source_id, None)
            open_sheets.pop(sheet.edusign_id, None)
    _hold_same_hour(found, [*open_sheets.values()], standing, apart)
    _hold_people_only(found, open_sessions.values(), open_sheets.values(), apart)
    return found


def _near(sheets: Iterable[Sheet]) -> Callable[[Session], Iterable[Sheet]]:
    """Return what finds the sheets that have the time, or an id, of a session."""
    by_time: dict[object, list[Sheet]] = defaultdict(list)
    by_id: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        by_time[sheet.starts_at, sheet.ends_at].append(sheet)
        by_id[sheet.source_id].append(sheet)

    def near(one: Session) -> Iterable[Sheet]:
        found = [*by_time[one.time], *(sheet for an_id in one.ids for sheet in by_id[an_id])]
        return {sheet.edusign_id: sheet for sheet in found}.values()

    return near


def _hold_same_hour(
    found: Found,
    left: Sequence[Sheet],
    standing: Mapping[str, Sheet],
    apart: AbstractSet[tuple[str, str]],
) -> None:
    """Hold sheets of one hour with somebody in common: nobody knows which one is the class."""
    by_time: dict[object, list[Sheet]] = defaultdict(list)
    for one in left:
        by_time[one.starts_at, one.ends_at].append(one)
    kept = []
    for pair in found.pairs:
        sheet: Sheet = pair.record  # type: ignore[assignment]  # sheets are matched with sheets
        twins = [
            one
            for one in by_time[sheet.starts_at, sheet.ends_at]
            if _meet(one, sheet) and (pair.source_id, one.edusign_id) not in apart
        ]
        if not twins:
            kept.append(pair)
            continue
        for one in (sheet, *twins):
            words = f"at the same hour for the same people: {_ids([sheet, *twins])}"
            found.hold("MOVE_DOUBLED", "course", pair.source_id, one, words)
    found.pairs[:] = kept
    for ref, own in standing.items():
        for one in by_time[own.starts_at, own.ends_at]:
            if _meet(one, own) and (ref, one.edusign_id) not in apart:
                words = f"at the same hour for the same people: {_ids([own, one])}"
                found.hold("MOVE_DOUBLED", "course", ref, one, words)


def _hold_people_only(
    found: Found,
    sessions: Iterable[Session],
    sheets: Iterable[Sheet],
    apart: AbstractSet[tuple[str, str]],
) -> None:
    """Name sheets that have the time or the id of a session, some of its people and no more."""
    near, named = _near(sheets), found.named
    for one in sessions:
        for sheet in near(one):
            is_apart = (one.source_id, sheet.edusign_id) in apart
            if is_apart or sheet.edusign_id in named or not one.has_people(sheet):
                continue
            if one.has_time(sheet):
                words = "the time and some of its people; another name, other professors"
            else:
                words = "the id and some of its people; another time and another name"
            found.hold("MOVE_DIFFERS", "course", one.source_id, sheet, words)


def _meet(one: Sheet, other: Sheet) -> bool:
    people = {*one.professors, *one.students}
    return not people.isdisjoint({*other.professors, *other.students})


def _ids(sheets: Sequence[Sheet]) -> str:
    return ", ".join(sheet.edusign_id for sheet in sheets)
