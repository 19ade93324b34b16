"""Sheets of our connector that the store knows nothing of: it was lost, or is an old copy (D8).

By their own ids they are found one by one. When the ERP has given the sessions other ids meanwhile,
only what is on the sheets tells: no sheet is made beside one that may be the same.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.engine.plan.sheets import ROSTER
from edusync.model.ids import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.look import Look
    from edusync.engine.plan.plan import Change
    from edusync.target.records import Sheet

_NAMED = 3


@dataclass(frozen=True, slots=True)
class _New:
    """A sheet that would be made, as it would stand on Edusign."""

    change: Change
    name: str
    time: tuple[object, object]
    professors: tuple[str, ...]
    students: frozenset[str]
    whole: bool
    """Whether its students are known, and all of them are on Edusign already."""

    def is_same(self, sheet: Sheet) -> bool:
        """Whether a sheet has the same time, name and people."""
        return self._is_at(sheet) and self.name == sheet.name and self._has_people_of(sheet)

    def may_be(self, sheet: Sheet) -> bool:
        """Whether a sheet has the same time and the same people, or the name and some of them."""
        there = {*sheet.professors, *sheet.students}
        some = not there.isdisjoint({*self.professors, *self.students})
        return self._is_at(sheet) and (
            (self.name == sheet.name and some) or self._has_people_of(sheet)
        )

    def is_like(self, sheet: Sheet) -> bool:
        """Whether a sheet has the same time, and the name or somebody in common."""
        there = {*sheet.professors, *sheet.students}
        some = not there.isdisjoint({*self.professors, *self.students})
        return self._is_at(sheet) and (folded(self.name) == folded(sheet.name) or some)

    def _is_at(self, sheet: Sheet) -> bool:
        return self.time == (sheet.starts_at, sheet.ends_at)

    def _has_people_of(self, sheet: Sheet) -> bool:
        return (
            self.whole
            and self.professors == sheet.professors
            and self.students == frozenset(sheet.students)
        )


def take_over_unlinked(draft: Draft, look: Look) -> None:
    """Link sheets that would be made a second time, hold what is not certain, name what is left."""
    new = list(_new(draft))
    listed = [*look.others, *_listed(draft, look, new)]
    _hold_beside(draft, new, listed)
    sheets = _unlinked(draft, listed)
    if not sheets:
        return
    certain = draft.verdicts.whole and not draft.verdicts.unknown_days
    for one, sheet in _pairs(new, list(sheets.values())) if certain else ():
        _link(draft, one.change, sheets.pop(sheet.edusign_id))
        new.remove(one)
    twins = [(one, [sheet for sheet in sheets.values() if one.may_be(sheet)]) for one in new]
    for one, found in twins:
        if found:
            _hold(draft, one.change, found)
    if certain:
        named = {sheet.edusign_id for _, found in twins for sheet in found}
        _name(draft, [sheet for sheet in sheets.values() if sheet.edusign_id not in named])


def _new(draft: Draft) -> Iterator[_New]:
    """Yield the sheets that would be made, of which the store knows nothing."""
    for change in draft.changes:
        if (change.kind, change.action) != ("course", "create") or change.facts is None:
            continue
        ids = draft.ids
        if change.key in draft.view.links:
            continue  # it was deleted by hand
        values = change.facts.values
        roster = values.get(ROSTER, change.roster)
        students = [ids[key] for ref in roster if (key := ("student", ref)) in ids]
        refs = values["professors"]
        professors = [ids[key] for ref in refs if (key := ("professor", ref)) in ids]
        all_there = len(students) == len(roster) and len(professors) == len(refs)
        yield _New(
            change,
            str(values["name"]),
            (values["starts_at"], values["ends_at"]),
            tuple(professors),
            frozenset(students),
            all_there and ROSTER in values,
        )


def _listed(draft: Draft, look: Look, new: Sequence[_New]) -> Iterable[Sheet]:
    """Return the sheets of the days on which some would be made; in a first run, of all days."""
    window = draft.setting.window
    if look.since is None:
        return draft.setting.client.sheets(window.today, window.last)
    days = [window.day_of(one.change.facts.values["starts_at"]) for one in new if one.change.facts]
    if not days:
        return ()
    return draft.setting.client.sheets(min(days), max(days))


def _hold_beside(draft: Draft, new: list[_New], listed: Iterable[Sheet]) -> None:
    """Hold new sheets beside that of another connector with the same time, and name or people.

    Not beside one of a connector that somebody said to leave alone.
    """
    ours = {"", draft.setting.spec.connector, *draft.setting.left}
    there = [one for one in listed if one.source_type not in ours and one.source_id]
    linked = draft.view.linked("course") if there and new else set()
    foreign = [one for one in there if one.edusign_id not in linked]
    for one in [*new] if foreign else ():
        key, apart = one.change.key, draft.setting.apart
        like = (sheet for sheet in foreign if one.is_like(sheet))
        found = next((sheet for sheet in like if (*key, sheet.edusign_id) not in apart), None)
        if found is not None:
            new.remove(one)
            draft.changes.remove(one.change)
            detail = f"it may be {found.edusign_id}, which '{found.source_type}' made"
            code = "DOWN_COURSE_FOREIGN_HELD"
            draft.note(Outcome(code, "course", one.change.source_id, detail=detail))


def _unlinked(draft: Draft, listed: Iterable[Sheet]) -> dict[str, Sheet]:
    """Return the coming sheets of our connector that nobody has, by Edusign id.

    A session of the ERP has its own, and so has a write of which nobody knows whether it landed.
    """
    own, window = draft.setting.spec.connector, draft.setting.window
    doubts = {doubt.source_id for doubt in draft.view.in_doubt if doubt.kind == "course"}
    found = {
        sheet.edusign_id: sheet
        for sheet in listed
        if sheet.source_type == own
        and sheet.source_id
        and window.now < sheet.starts_at < window.ends_at
        and not draft.is_sent(sheet.source_id)
        and sheet.source_id not in doubts
        and ("course", sheet.edusign_id) not in draft.ids.refs
    }
    linked = draft.view.linked("course") if found else set()
    return {edusign_id: sheet for edusign_id, sheet in found.items() if edusign_id not in linked}


def _pairs(new: Sequence[_New], sheets: Sequence[Sheet]) -> list[tuple[_New, Sheet]]:
    """Return each new sheet with the one that is the same, if both are alone."""
    pairs = [(one, sheet) for one in new for sheet in sheets if one.is_same(sheet)]
    ours = Counter(one.change.source_id for one, _ in pairs)
    theirs = Counter(sheet.edusign_id for _, sheet in pairs)
    return [
        (one, sheet)
        for one, sheet in pairs
        if ours[one.change.source_id] == theirs[sheet.edusign_id] == 1
    ]


def _link(draft: Draft, change: Change, sheet: Sheet) -> None:
    """Plan to give a sheet the id that its session has by now, in place of making another."""
    source_id, edusign_id = change.source_id, sheet.edusign_id
    draft.ids[change.key] = edusign_id
    detail = f"it was {sheet.source_id}, of which the store knows nothing"
    draft.report.add(
        Outcome("DOWN_COURSE_RELINKED", "course", source_id, edusign_id, detail=detail)
    )
    linked = replace(
        change,
        action="update",
        edusign_id=edusign_id,
        fields=("identity",),
        replaces=sheet.source_id,
    )
    draft.changes[draft.changes.index(change)] = linked


def _hold(draft: Draft, change: Change, twins: Sequence[Sheet]) -> None:
    draft.changes.remove(change)
    detail = f"it may be {_ids(twins)} on Edusign, of which the store knows nothing"
    draft.note(Outcome("DOWN_COURSE_TWIN_HELD", "course", change.source_id, detail=detail))


def _name(draft: Draft, sheets: Sequence[Sheet]) -> None:
    """Name the sheets that are left over; those with people of others are others' sheets."""
    refs = draft.ids.refs
    left = [
        sheet
        for sheet in sheets
        if (sheet.professors or sheet.students)
        and all(("professor", one) in refs for one in sheet.professors)
        and all(("student", one) in refs for one in sheet.students)
    ]
    if left:
        detail = f"{len(left)} on Edusign: {_ids(left)}"
        draft.report.add(Outcome("DOWN_SHEETS_UNLINKED", "course", detail=detail))


def _ids(sheets: Sequence[Sheet]) -> str:
    """Return the ids of sheets in the ERP, and on Edusign, as many as an event has room for."""
    named = [f"session {sheet.source_id[:40]} ({sheet.edusign_id})" for sheet in sheets[:_NAMED]]
    more = len(sheets) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")
